package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/support"
)

type factsRow struct {
	AssessmentID      *int64
	AssessmentDone    bool
	AssessmentReview  *string
	ReviewedBy        *int64
	RecommendedBy     *int64
	Recommended       *string
	DecidedBy         *int64
	Decided           *string
	LetterDue         bool
	LettersSent       int
	DecisionSentAt    instant
	DecisionPostedOn  day
	OfferID           *int64
	OfferState        *string
	OfferShared       bool
	OfferLines        int
	OfferDraftedBy    *int64
	OfferApprovedBy   *int64
	OfferQuestion     *int64
	OfferExpiresOn    day
	ForwardOpen       int
	ForwardAsked      bool
	OffersSent        int
	FirstOfferAt      instant
	SignedAt          instant
	CountersignedAt   instant
	VariationID       *int64
	VariationState    *string
	VariationApprover *int64
	AgreementID       *int64
	AgreementState    *string
	AgreementPractice bool
	AgreementTeam     bool
	PracticeNotice    day
	TeamNotice        day
	EndedOn           day
	Rapid             bool
	EarlyAskedBy      *int64
	EarlyDue          day
	ReportsUnread     int
	ReportsNewest     int
	Milestones        int
	MilestonesOpen    int
	Owing             bool
}

// letterDue is the condition under which a case c is decided and its letter is not sent. A case that ended since needs
// none.
const letterDue = `(c.state = 'decision' AND EXISTS (SELECT 1 FROM letter l WHERE l.case_id = c.id AND l.sent_at IS NULL))`

// forwardFacts tell from how many budgets the approved offer o of a case, or the approved variation v of it, takes something without an
// authorisation, and whether somebody was asked for one.
const forwardFacts = `CASE WHEN COALESCE(v.state, o.state) IN ('approved', 'variation_approved') THEN (SELECT COUNT(DISTINCT fl.budget_id) FROM support_line fl WHERE fl.offer_id = COALESCE(v.id, o.id) AND ` + forwardUnauthorised + `) ELSE 0 END AS forward_open,
		EXISTS (SELECT 1 FROM forward_commitment fa WHERE fa.offer_id = COALESCE(v.id, o.id) AND fa.state = 'asked') AS forward_asked`

// What stands beside a case c: how it was assessed and decided, and what was offered and agreed since. Nothing is offered before a
// letter says that the case is supported, and no act leads back from an offer that was written.
const (
	decidedFacts = `
	SELECT a.id AS assessment_id, a.completed_at IS NOT NULL AS assessment_done, ar.outcome AS assessment_review, ar.person_id AS reviewed_by,
		n.person_id AS recommended_by, n.outcome AS recommended, d.person_id AS decided_by, d.outcome AS decided,
		` + letterDue + ` AS letter_due,
		(SELECT COUNT(*) FROM letter l WHERE l.case_id = c.id AND l.sent_at IS NOT NULL) AS letters_sent,
		w.sent_at AS decision_sent_at, w.posted_on AS decision_posted_on`
	decidedFrom = `
	FROM support_case c
	LEFT JOIN assessment a ON a.case_id = c.id AND a.number = (SELECT MAX(x.number) FROM assessment x WHERE x.case_id = c.id)
	LEFT JOIN assessment_review ar ON ar.assessment_id = a.id
	LEFT JOIN recommendation n ON n.assessment_id = a.id AND c.state = 'decision'
		AND n.id = (SELECT MAX(x.id) FROM recommendation x WHERE x.assessment_id = a.id)
	LEFT JOIN decision d ON d.recommendation_id = n.id
	LEFT JOIN letter w ON w.case_id = c.id
		AND w.number = (SELECT MIN(x.number) FROM letter x WHERE x.case_id = c.id AND x.kind = 'decision' AND x.sent_at IS NOT NULL)`
	offeredFacts = `,
		o.id AS offer_id, o.state AS offer_state, EXISTS (SELECT 1 FROM support_line h WHERE h.offer_id = o.id AND h.practice IS NOT NULL) AS offer_shared, (SELECT COUNT(*) FROM support_line s WHERE s.offer_id = o.id) AS offer_lines,
		o.drafted_by AS offer_drafted_by, o.approved_by AS offer_approved_by, o.expires_on AS offer_expires_on,
		` + forwardFacts + `,
		(SELECT q.id FROM offer_question q WHERE q.offer_id = o.id AND q.answered_at IS NULL) AS offer_question,
		(SELECT COUNT(*) FROM offer s WHERE s.case_id = c.id AND s.sent_at IS NOT NULL) AS offers_sent,
		(SELECT s.sent_at FROM offer s WHERE s.case_id = c.id AND s.sent_at IS NOT NULL ORDER BY s.number LIMIT 1) AS first_offer_at,
		h.practice_at AS signed_at, h.team_at AS countersigned_at, v.id AS variation_id, v.state AS variation_state, v.approved_by AS variation_approver,
		g.id AS agreement_id, g.state AS agreement_state, g.practice_at IS NOT NULL AS agreement_practice, g.team_at IS NOT NULL AS agreement_team,
		(SELECT e.ends_on FROM agreement_ending e WHERE e.case_id = c.id AND e.state = 'noticed' AND e.practice IS NULL AND e.by_practice = 1) AS practice_notice,
		(SELECT e.ends_on FROM agreement_ending e WHERE e.case_id = c.id AND e.state = 'noticed' AND e.practice IS NULL AND e.by_practice = 0) AS team_notice,
		(SELECT e.ends_on FROM agreement_ending e WHERE e.case_id = c.id AND e.whole = 1) AS ended_on,
		COALESCE(o.state, '') = 'accepted' AND EXISTS (SELECT 1 FROM support_line y WHERE y.offer_id = o.id AND y.menu_item = '` + support.RapidItem + `' AND y.declined = 0 AND y.budget_id IS NOT NULL) AS rapid,
		(SELECT y.asked_by FROM early_commitment y WHERE y.offer_id = o.id AND y.state = 'asked') AS early_asked_by,
		(SELECT y.due_on FROM early_commitment y WHERE y.offer_id = o.id AND y.state = 'approved') AS early_due,
		(SELECT COUNT(*) FROM progress_report p WHERE p.case_id = c.id AND p.read_at IS NULL) AS reports_unread,
		(SELECT COALESCE(MAX(p.number), 0) FROM progress_report p WHERE p.case_id = c.id) AS reports_newest,
		(SELECT COUNT(*) FROM milestone s WHERE s.case_id = c.id) AS milestones,
		(SELECT COUNT(*) FROM milestone s WHERE s.case_id = c.id AND s.state = 'open') AS milestones_open,
		` + recoveryOpen + ` AS owing`
	offeredFrom = `
	LEFT JOIN offer o ON o.case_id = c.id AND o.state IN ('draft', 'approved', 'sent', 'accepted')
	LEFT JOIN offer v ON v.case_id = c.id AND v.state IN ('variation', 'variation_approved')
	LEFT JOIN agreement g ON g.case_id = c.id AND g.state IN ('proposed', 'in_force')
		AND (g.state = 'proposed' OR NOT EXISTS (SELECT 1 FROM agreement x WHERE x.case_id = c.id AND x.state = 'proposed'))
	LEFT JOIN agreement h ON h.case_id = c.id
		AND h.number = (SELECT MIN(x.number) FROM agreement x WHERE x.case_id = c.id AND x.practice_at IS NOT NULL AND x.team_at IS NOT NULL AND x.state <> 'proposed')`
	ofCase = `
	WHERE c.id = ?`
	earlyFacts = decidedFacts + decidedFrom + ofCase
	allFacts   = decidedFacts + offeredFacts + decidedFrom + offeredFrom + ofCase
)

// facts reads what stands beside a case and guards its acts. A recommendation stands while it belongs to the newest
// assessment and the case waits for the decision on it.
func (r reader) facts(ctx context.Context, c *casework.Case) error {
	switch c.State {
	case casework.Draft:
		return nil
	case casework.Referred, casework.Triage: // nothing but interests stands beside a case before its first assessment
		var err error
		c.Facts.Barred, c.Facts.Acted, err = r.barred(ctx, c.ID)
		return err
	}
	query := allFacts
	switch c.State {
	case casework.Assessment, casework.Decision, casework.Reserve, casework.NotNow:
		query = earlyFacts
	}
	f, err := one[factsRow](ctx, r, "what stands beside the case", query, int64(c.ID))
	if err != nil {
		return err
	}
	c.Facts = casework.Facts{
		AssessmentID: deref(f.AssessmentID), AssessmentComplete: f.AssessmentDone,
		AssessmentReview: casework.ReviewOutcome(deref(f.AssessmentReview)), AssessmentReviewedBy: account.PersonID(deref(f.ReviewedBy)),
		RecommendedBy: account.PersonID(deref(f.RecommendedBy)), Recommended: casework.Verdict(deref(f.Recommended)),
		DecidedBy: account.PersonID(deref(f.DecidedBy)), Decided: casework.Verdict(deref(f.Decided)), LetterDue: f.LetterDue, LettersSent: f.LettersSent,
		OfferID: deref(f.OfferID), OfferState: deref(f.OfferState), OfferLines: f.OfferLines,
		OfferDraftedBy: account.PersonID(deref(f.OfferDraftedBy)), OfferApprovedBy: account.PersonID(deref(f.OfferApprovedBy)), OfferExpiresOn: f.OfferExpiresOn.Date, ForwardOpen: f.ForwardOpen, ForwardAsked: f.ForwardAsked, OfferQuestion: deref(f.OfferQuestion), OffersSent: f.OffersSent,
		VariationID: deref(f.VariationID), VariationState: deref(f.VariationState), VariationApprovedBy: account.PersonID(deref(f.VariationApprover)),
		AgreementID: deref(f.AgreementID), AgreementState: deref(f.AgreementState), PracticeAccepted: f.AgreementPractice, TeamAccepted: f.AgreementTeam,
		PracticeNotice: f.PracticeNotice.Date, TeamNotice: f.TeamNotice.Date, EndedOn: f.EndedOn.Date,
		Rapid: f.Rapid, EarlyAskedBy: account.PersonID(deref(f.EarlyAskedBy)), EarlyDue: f.EarlyDue.Date,
		Owing: f.Owing, ReportsUnread: f.ReportsUnread, ReportsNewest: f.ReportsNewest, Milestones: f.Milestones, MilestonesOpen: f.MilestonesOpen,
	}
	if c.Facts.DecisionLetterOn = f.DecisionPostedOn.Date; c.Facts.DecisionLetterOn.IsZero() {
		c.Facts.DecisionLetterOn = calendar.DateOf(f.DecisionSentAt.Time)
	}
	c.Facts.FirstOfferOn, c.Facts.AgreedOn = calendar.DateOf(f.FirstOfferAt.Time), calendar.DateOf(f.SignedAt.Time)
	if f.CountersignedAt.After(f.SignedAt.Time) {
		c.Facts.AgreedOn = calendar.DateOf(f.CountersignedAt.Time)
	}
	if err := r.afterDecision(ctx, c); err != nil {
		return err
	}
	if f.OfferShared {
		if c.Facts.Sharing, err = r.sharing(ctx, c); err != nil {
			return err
		}
	}
	if c.State == casework.Delivery {
		if err := r.deliveryFacts(ctx, c); err != nil {
			return err
		}
	}
	if c.State == casework.Closed {
		if err := r.followUpFacts(ctx, c); err != nil {
			return err
		}
	}
	if c.State == casework.Assessment {
		if c.Facts.AssessmentWriters, err = r.assessmentWriters(ctx, c.Facts.AssessmentID); err != nil {
			return err
		}
	}
	if c.Facts.OfferWriters, err = r.offerWriters(ctx, cmp.Or(c.Facts.VariationID, c.Facts.OfferID)); err != nil {
		return err
	}
	c.Facts.Barred, c.Facts.Acted, err = r.barred(ctx, c.ID)
	return err
}

// deliveryFacts counts the claims of a case, and the concerns about its support, by what they wait for. There are none before support is
// given, and none is open after it.
func (r reader) deliveryFacts(ctx context.Context, c *casework.Case) error {
	type row struct {
		Concern bool
		State   string
		Route   string // of a claim; of a concern its level
		N       int
	}
	rows, err := scan[row](ctx, r, `
		SELECT 0 AS concern, m.state, l.route, COUNT(*) AS n FROM claim m JOIN support_line l ON l.id = m.line_id WHERE m.case_id = ? GROUP BY m.state, l.route
		UNION ALL SELECT 1, x.state, x.level, COUNT(*) FROM concern x WHERE x.case_id = ? GROUP BY x.state, x.level`, int64(c.ID), int64(c.ID))
	if err != nil {
		return fmt.Errorf("count the claims and concerns of the case: %w", err)
	}
	for _, one := range rows {
		if one.Concern {
			countConcerns(&c.Facts, casework.ConcernState(one.State), casework.ConcernLevel(one.Route), one.N)
			continue
		}
		state := funding.ClaimState(one.State)
		if state.Over() {
			continue
		}
		c.Facts.ClaimsOpen += one.N
		switch {
		case state == funding.ClaimSubmitted:
			c.Facts.ClaimsToCheck += one.N
		case state == funding.ClaimChecked:
			c.Facts.ClaimsToApprove += one.N
		case state == funding.ClaimPaid && one.Route == funding.PaidToPractice:
			c.Facts.ClaimsToConfirm += one.N
		}
	}
	return nil
}

// barred lists who declared an interest in the case, in one of its practices or in a provider of it that has not ended, and who acted in
// it for somebody who was away.
func (r reader) barred(ctx context.Context, id casework.ID) ([]account.PersonID, []account.Acted, error) {
	found, err := remembered(r, barredOf(id), func() (barring, error) { return r.barredNow(ctx, id) })
	return found.barred, found.acted, err
}

// barring is what keeps people from acts in a case.
type barring struct {
	barred []account.PersonID
	acted  []account.Acted
}

// liveOffers are the states of an offer or a variation that can still become help, or has, as OfferState.Live has them.
const liveOffers = `('draft', 'approved', 'sent', 'accepted', 'variation', 'variation_approved')`

// providersOf are those who give help by an offer of a case or a variation of it that is live, but for lines that the practice declined.
const providersOf = `SELECT CAST(l.provider_id AS TEXT) FROM support_line l JOIN offer o ON o.id = l.offer_id
	WHERE o.case_id = ? AND o.state IN ` + liveOffers + ` AND l.declined = 0 AND l.provider_id IS NOT NULL`

func (r reader) barredNow(ctx context.Context, id casework.ID) (barring, error) {
	type row struct{ ID, ForID int64 }
	rows, err := scan[row](ctx, r, `
		SELECT i.person_id AS id, 0 AS for_id FROM interest i WHERE i.valid_until IS NULL AND i.subject = 'case' AND i.subject_id = ?
		UNION ALL
		SELECT i.person_id, 0 FROM case_practice m JOIN interest i ON i.subject = 'practice' AND i.subject_id = m.practice
		WHERE m.case_id = ? AND m.valid_until IS NULL AND i.valid_until IS NULL
		UNION ALL
		SELECT i.person_id, 0 FROM interest i WHERE i.valid_until IS NULL AND i.subject = 'provider' AND i.subject_id IN (`+providersOf+`)
		UNION ALL
		SELECT f.person_id, f.for_id FROM acted_for f WHERE f.case_id = ?`,
		id.String(), int64(id), int64(id), int64(id))
	var found barring
	if err != nil {
		return found, fmt.Errorf("read interests: %w", err)
	}
	for _, row := range rows {
		if row.ForID != 0 {
			found.acted = append(found.acted, account.Acted{Person: account.PersonID(row.ID), For: account.PersonID(row.ForID)})
			continue
		}
		found.barred = append(found.barred, account.PersonID(row.ID))
	}
	slices.Sort(found.barred)
	found.barred = slices.Compact(found.barred)
	slices.SortFunc(found.acted, func(x, y account.Acted) int {
		return cmp.Or(cmp.Compare(x.Person, y.Person), cmp.Compare(x.For, y.For))
	})
	found.acted = slices.Compact(found.acted)
	return found, nil
}
