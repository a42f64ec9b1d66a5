package casework

import (
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/support"
)

// Recommendation is what the team's caseworker recommends, on a complete assessment, to who decides.
type Recommendation struct {
	ID         int64
	Case       ID
	Assessment int64
	Outcome    Verdict
	Reasons    string
	By         account.PersonID
	ByName     string
	At         time.Time // UTC
}

// Decided is a decision: what the team decided on a recommendation, with all that it relied on.
type Decided struct {
	ID             int64
	Case           ID
	Recommendation int64
	RuleSet        int64
	Outcome        Verdict
	Codes          []string // of DecisionReasons; none in decisions from before there were codes
	Reasons        string   // for the practice: they stand in the letter
	Evidence       string   // JSON of assessment.Evidence
	By             account.PersonID
	ByName         string
	At             time.Time // UTC
}

// Verdicting is what a person says who recommends or decides.
type Verdicting struct {
	Outcome Verdict
	// Codes are the reasons of a decision as reports count them, of those of its outcome; a recommendation has none.
	Codes   []string
	Reasons string
	// NoInterest: the person states that they have no interest in the practice or in who may give the help.
	NoInterest bool
}

// NoInterest is what a person states before they recommend or decide.
const NoInterest = "I have no interest in this practice or in who may give the help"

// check looks at what was said; coded is set where the reasons that reports count belong to it.
func (v Verdicting) check(reasons string, coded bool) error {
	var wrong fault.Invalid
	if !slices.Contains(Verdicts, v.Outcome) {
		wrong.Add("outcome", "Choose one of the three")
	} else if coded && !codesOf(v.Outcome, v.Codes) {
		wrong.Add("codes-"+string(v.Outcome), "Choose at least one reason") // the name of the field of the form
	}
	required(&wrong, "reasons", v.Reasons, reasons, LongText)
	NoContribution(&wrong, "reasons", v.Reasons)
	if !v.NoInterest {
		wrong.Add("no_interest", "State that you have no interest, or declare one")
	}
	return wrong.Err()
}

// NoContribution refuses a text that asks the practice for a contribution.
func NoContribution(wrong *fault.Invalid, field, text string) {
	if phrase, found := support.AsksForContribution(text); found {
		wrong.Add(field, "Support is never conditional on a contribution by the practice. Take out: “%s”", phrase)
	}
}

// noAsk is NoContribution for a text that is checked by itself.
func noAsk(field, text string) error {
	var wrong fault.Invalid
	NoContribution(&wrong, field, text)
	return wrong.Err()
}

// asTeam is NoContribution for what the team writes where a practice, too, could have written it in its own words.
func (c *Case) asTeam(wrong *fault.Invalid, field, text string, a account.Actor) {
	if c.teamActs(a) {
		NoContribution(wrong, field, text)
	}
}

// RecommendWith recommends an outcome on the newest assessment.
func (c *Case) RecommendWith(in Verdicting, a account.Actor, m calendar.Moment) (Recommendation, audit.Event, error) {
	t, err := c.Permit(Recommend, a)
	if err != nil {
		return Recommendation{}, audit.Event{}, err
	}
	if err := in.check("Give your reasons", false); err != nil {
		return Recommendation{}, audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("recommendation", "", string(in.Outcome))
	say(&e, "recommended", in.Outcome.Name())
	say(&e, "reasons", in.Reasons)
	say(&e, "statement", NoInterest)
	return Recommendation{Case: c.ID, Assessment: c.Facts.AssessmentID, Outcome: in.Outcome, Reasons: strings.TrimSpace(in.Reasons), By: a.ID, ByName: a.Name, At: m.Now}, e, nil
}

// ReturnWith sends the recommendation back to who assesses, with what has to be looked at again.
func (c *Case) ReturnWith(points string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Return, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "points", points, "Say what has to be looked at again", LongText)
	NoContribution(&wrong, "points", points)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("recommendation", string(c.Facts.Recommended), "")
	say(&e, "points", points)
	return e, nil
}

// Basis is what a decision is made on, and what its letter says beside the reasons.
type Basis struct {
	Recommendation Recommendation
	Evidence       assessment.Evidence
	Rules          Rules // those of the assessment, with the letter's template
	CaseRules      Rules // those under which the case was referred
	TeamName       string
	Contact        account.Person
}

// DecideWith decides on the recommendation, and drafts the letter that says so. The decision is not done before that
// letter is sent: the case stays at its stage.
func (c *Case) DecideWith(in Verdicting, on Basis, a account.Actor, m calendar.Moment) (Decided, Letter, audit.Event, error) {
	t, err := c.Permit(Decide, a)
	if err != nil {
		return Decided{}, Letter{}, audit.Event{}, err
	}
	if err := in.check("Give the practice the reasons", true); err != nil {
		return Decided{}, Letter{}, audit.Event{}, err
	}
	in.Reasons = strings.TrimSpace(in.Reasons)
	letter, err := c.decisionLetter(in, on, a, m)
	if err != nil {
		return Decided{}, Letter{}, audit.Event{}, err
	}
	evidence := c.evidence(on).JSON()
	e := c.enter(t, m)
	e.Changed("decision", "", string(in.Outcome))
	e.Changed(EvidenceHash, "", support.Hash(evidence))
	e.Changed("letter_due", "", audit.Flag(true))
	for _, code := range in.Codes {
		e.Changed("decision_reason", "", code)
	}
	say(&e, "decided", in.Outcome.Name())
	say(&e, "because", strings.Join(ReasonNames(in.Codes), "; "))
	say(&e, "reasons", in.Reasons)
	say(&e, "statement", NoInterest)
	return Decided{
		Case: c.ID, Recommendation: on.Recommendation.ID, RuleSet: on.Evidence.RuleSet, Outcome: in.Outcome, Codes: in.Codes, Reasons: in.Reasons,
		Evidence: evidence, By: a.ID, ByName: a.Name, At: m.Now,
	}, letter, e, nil
}

// evidence adds to the frozen assessment what the case itself says.
func (c *Case) evidence(on Basis) assessment.Evidence {
	e, r := on.Evidence, on.Recommendation
	for _, p := range c.Practices {
		e.Practices = append(e.Practices, p.Name+" "+string(p.Code))
	}
	e.Request = assessment.Asked{
		Problem: c.Request.Problem, Needs: Names(on.CaseRules.Needs, c.Request.Needs), Menu: Names(on.CaseRules.Menu, c.Request.Menu),
		Success: c.Request.Success, ReferredOn: audit.Day(c.ReferredOn),
	}
	e.Recommended = assessment.Recommended{Outcome: r.Outcome.Name(), Reasons: r.Reasons, By: r.ByName, At: audit.Instant(r.At)}
	return e
}

// PreviewLetter is the letter as it would be drafted for a decision that is not made yet.
func (c *Case) PreviewLetter(in Verdicting, on Basis, a account.Actor, m calendar.Moment) (Letter, error) {
	if _, err := c.Permit(Decide, a); err != nil {
		return Letter{}, err
	}
	if err := in.check("Give the practice the reasons", true); err != nil {
		return Letter{}, err
	}
	in.Reasons = strings.TrimSpace(in.Reasons)
	return c.decisionLetter(in, on, a, m)
}

// DeclareInterestOf records that the person has an interest in the case, which bars them from what is decided, approved
// and paid in it.
func (c *Case) DeclareInterestOf(nature string, a account.Actor, m calendar.Moment) (Interest, audit.Event, error) {
	t, err := c.Permit(DeclareInterest, a)
	if err != nil {
		return Interest{}, audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "nature", nature, "Say what your interest is", ShortText)
	if err := wrong.Err(); err != nil {
		return Interest{}, audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("interest", "", "declared")
	say(&e, "nature", nature)
	return Interest{Case: c.ID, Person: a.ID, Name: a.Name, Nature: strings.TrimSpace(nature), From: m.Today}, e, nil
}

// Interest is what somebody declared in a case, in one of its practices or in a provider of it.
type Interest struct {
	Case     ID
	Practice practice.Code // empty: in the case as such, or in a provider
	Provider string        // name of one that gives help in the case
	Person   account.PersonID
	Name     string
	Nature   string
	From     calendar.Date
}
