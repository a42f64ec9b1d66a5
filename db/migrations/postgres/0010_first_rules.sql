-- The rest of the built-in rule sets of 2016/17 and 2017/18: criteria, matrix, limits and templates.
--
-- The criteria are the programme's suggested national ones; the thresholds are those of the Vulnerable Practice
-- Programme, the only ones ever published. No score formula, matrix priority or delegated limit was published: these
-- are placeholders, set locally and marked so.

-- +goose Up
INSERT INTO rule_criterion (rule_set_id, code, domain, name, threshold, subjective, position, local)
SELECT s.id, c.code, c.domain, c.name, c.threshold, c.subjective, c.position, c.local
FROM rule_set s, (
    SELECT 'cqc' AS code, 'Safety' AS domain, 'CQC rating inadequate or requires improvement' AS name, '' AS threshold, 0 AS subjective, 1 AS position, 0 AS local
    UNION ALL SELECT 'performance', 'Safety', 'Individual performance issues (never name a person)', '', 1, 2, 0
    UNION ALL SELECT 'patients_per_gp', 'Workforce', 'Registered patients for each full-time-equivalent GP', '', 0, 3, 0
    UNION ALL SELECT 'patients_per_nurse', 'Workforce', 'Registered patients for each full-time-equivalent nurse', '', 0, 4, 0
    UNION ALL SELECT 'vacancies', 'Workforce', 'Vacancies, and sessions that are not filled as a rule', '', 0, 5, 0
    UNION ALL SELECT 'concern', 'External perspective', 'Concern or support from the LMC, the CCG or NHS England', '', 1, 6, 0
    UNION ALL SELECT 'changes', 'Organisational issues', 'Significant changes in the practice (a split is worse than a merger)', '', 1, 7, 0
    UNION ALL SELECT 'isolation', 'Organisational issues', 'Professional isolation', '', 1, 8, 0
    UNION ALL SELECT 'leadership', 'Organisational issues', 'Leadership issues in the practice', '', 1, 9, 0
    UNION ALL SELECT 'qof', 'Efficiency', 'Lower achievement in the Quality and Outcomes Framework', 'Below 85% (Vulnerable Practice Programme)', 0, 10, 0
    UNION ALL SELECT 'referral', 'Efficiency', 'Referral or prescribing against the average of the CCG', 'Upper quartile (Vulnerable Practice Programme)', 0, 11, 0
    UNION ALL SELECT 'closed_list', 'Patient experience and access', 'List closed, or an application to close it', '', 0, 12, 0
    UNION ALL SELECT 'survey', 'Patient experience and access', 'GP Patient Survey: would recommend, and ease of getting through by telephone', '', 0, 13, 0
    UNION ALL SELECT 'other', 'Other', 'Anything else that the local team has to weigh', '', 1, 14, 1
) c;

INSERT INTO rule_matrix_cell (rule_set_id, scope, impact, priority, local)
SELECT s.id, m.scope, m.impact, m.priority, 1
FROM rule_set s, (
    SELECT 'high' AS scope, 'high' AS impact, 1 AS priority
    UNION ALL SELECT 'medium', 'high', 2
    UNION ALL SELECT 'high', 'medium', 3
    UNION ALL SELECT 'medium', 'medium', 4
    UNION ALL SELECT 'low', 'high', 5
    UNION ALL SELECT 'high', 'low', 6
    UNION ALL SELECT 'low', 'medium', 7
    UNION ALL SELECT 'medium', 'low', 8
    UNION ALL SELECT 'low', 'low', 9
) m;

INSERT INTO rule_target (rule_set_id, code, name, working_days, local)
SELECT s.id, t.code, t.name, t.working_days, 1
FROM rule_set s, (
    SELECT 'offer' AS code, 'We send you an offer, if the answer is yes' AS name, 40 AS working_days
    UNION ALL SELECT 'agreement', 'We agree the memorandum of understanding with you', 55
) t;

-- Pence. Whoever approves more than their limit is refused, and somebody with a higher one is needed.
INSERT INTO rule_limit (rule_set_id, step, role, pence, local)
SELECT s.id, l.step, l.role, l.pence, 1
FROM rule_set s, (
    SELECT 'offer' AS step, 'team_lead' AS role, 2500000 AS pence
    UNION ALL SELECT 'offer', 'finance_officer', 10000000
    UNION ALL SELECT 'claim', 'team_lead', 2500000
    UNION ALL SELECT 'claim', 'finance_officer', 10000000
) l;

INSERT INTO rule_template (rule_set_id, code, title, body, local)
SELECT s.id, t.code, t.title, t.body, 1
FROM rule_set s, (
    SELECT 'decision_support' AS code, 'Your request for support: we will help' AS title,
'Dear colleague

{practice} ({practice_code}), reference {reference}

Thank you for telling us how things stand. We have looked at your request of {referred_on} with care, and we will support your practice.

Our reasons:
{reasons}

What happens next: {contact} works out an offer of support with you. Support is not conditional on matched funding, and you will not be asked for a contribution.

If you think that we have got something wrong, you can ask for a review of this decision. Somebody who had no part in it will look at it. Write to {contact} at {contact_email}.

{decider}
{team}
{today}' AS body
    UNION ALL SELECT 'decision_reserve', 'Your request for support: you are on our reserve list',
'Dear colleague

{practice} ({practice_code}), reference {reference}

Thank you for telling us how things stand. We have looked at your request of {referred_on} with care. We cannot offer support now, but you are on our reserve list, and we will come back to you when we can.

Our reasons:
{reasons}

We look at the reserve list again at least every six months. Tell {contact} at {contact_email} at once if things get worse: we will look again.

If you think that we have got something wrong, you can ask for a review of this decision. Somebody who had no part in it will look at it.

{decider}
{team}
{today}'
    UNION ALL SELECT 'decision_not_now', 'Your request for support: our decision',
'Dear colleague

{practice} ({practice_code}), reference {reference}

Thank you for telling us how things stand. We have looked at your request of {referred_on} with care. We have decided not to offer support from this programme now.

Our reasons:
{reasons}

You can ask again at any time, and nothing in your request counts against you. {contact} at {contact_email} can tell you what other help there is.

If you think that we have got something wrong, you can ask for a review of this decision. Somebody who had no part in it will look at it.

{decider}
{team}
{today}'
    UNION ALL SELECT 'agreement', 'Memorandum of understanding',
'Memorandum of understanding

between {team} (the local team) and {practice} ({practice_code}) (the practice)
Reference {reference}

1. Purpose
This memorandum says what support the local team gives the practice under the General Practice Resilience Programme, and what each side does so that it works. It is not legally binding.

2. Support agreed
{support}

3. What the practice does
The practice names a lead for this work, gives those who help it the access that they need, and acts on the plan. {practice_time}

4. What the local team does
The local team pays or provides what is agreed above, names a contact ({contact}, {contact_email}), and answers questions within five working days.

5. No matched funding
Support is not conditional on matched funding. The practice is not asked for a contribution of money.

6. Conditions
{conditions}

7. Review
Both sides look at progress at least once in three months, and at the end.

8. Confidentiality
Both sides treat what they learn about each other as confidential. No patient data is shared under this memorandum.

9. Ending
Either side may end this memorandum in writing, with its reasons. What was claimed by then is settled.'
) t;

-- +goose Down
DELETE FROM rule_template;
DELETE FROM rule_limit;
DELETE FROM rule_target WHERE code IN ('offer', 'agreement');
DELETE FROM rule_matrix_cell;
DELETE FROM rule_criterion;
