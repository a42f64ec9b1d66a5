-- The letters of the program thank a practice for a request that it made, and tell one that did not ask why they write. Only texts that came
-- with the program change: in those that people wrote, they put {opening} and {matter} where they want them.

-- +goose Up
INSERT INTO rule_upgrade (migration) VALUES ('0251_letters_without_a_request');
UPDATE rule_template SET
    title = replace(title, 'Your request for support: ', 'Support for your practice: '),
    body = replace(replace(replace(replace(replace(body,
        'Thank you for telling us how things stand. We have looked at your request of {referred_on} with care', '{opening}'),
        'our decision on your request of {referred_on}', 'our decision on {matter}'),
        'nothing in your request counts against you', 'nothing of this counts against you'),
        'nothing in your request or in this review counts against you', 'nothing of this counts against you'),
        'the team takes your request up again', 'the team takes the case up again')
WHERE (code LIKE 'decision_%' OR code LIKE 'review_%') AND rule_set_id IN (SELECT id FROM rule_set WHERE drafted_by IS NULL AND published_by IS NULL);
UPDATE rule_template SET title = 'Review of our decision: we look at it again'
WHERE title = 'Review of our decision: we look at your request again' AND rule_set_id IN (SELECT id FROM rule_set WHERE drafted_by IS NULL AND published_by IS NULL);
DELETE FROM rule_upgrade WHERE migration = '0251_letters_without_a_request';

-- +goose Down
INSERT INTO rule_upgrade (migration) VALUES ('0251_letters_without_a_request');
UPDATE rule_template SET title = 'Review of our decision: we look at your request again'
WHERE title = 'Review of our decision: we look at it again' AND rule_set_id IN (SELECT id FROM rule_set WHERE drafted_by IS NULL AND published_by IS NULL);
UPDATE rule_template SET
    title = replace(title, 'Support for your practice: ', 'Your request for support: '),
    body = replace(replace(replace(replace(replace(body,
        '{opening}', 'Thank you for telling us how things stand. We have looked at your request of {referred_on} with care'),
        'our decision on {matter}', 'our decision on your request of {referred_on}'),
        'for support again at any time, and nothing of this counts against you', 'for support again at any time, and nothing in your request or in this review counts against you'),
        'nothing of this counts against you', 'nothing in your request counts against you'),
        'the team takes the case up again', 'the team takes your request up again')
WHERE (code LIKE 'decision_%' OR code LIKE 'review_%') AND rule_set_id IN (SELECT id FROM rule_set WHERE drafted_by IS NULL AND published_by IS NULL);
DELETE FROM rule_upgrade WHERE migration = '0251_letters_without_a_request';
