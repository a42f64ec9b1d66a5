package assessment

import (
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// Assessment is what the local team found out, in one of its versions. A new version stands beside the old one. Once
// complete it never changes.
type Assessment struct {
	ID     int64
	Case   int64
	Number int // within the case, from 1
	Set    int64
	Findings
	Known       []Fact             // what open data told when the evidence was taken
	JudgedBy    account.PersonID   // who placed it on the matrix; 0: nobody yet
	Writers     []account.PersonID // everybody who wrote in this version
	StartedBy   account.PersonID
	StartedAt   time.Time // UTC
	CompletedBy account.PersonID
	CompletedAt time.Time // UTC; zero: still open
	Version     int64
}

// Findings are the part that people fill in.
type Findings struct {
	// Ratings: at most one of a criterion for the case as a whole, or one for each of its practices. Criteria that were not
	// looked at are left out.
	Ratings []Rating
	Needs   []Need // at most one of an area
	Judgement
}

// Rating is what was found for one criterion: a dated fact with its source, and what the team makes of it.
type Rating struct {
	Criterion string
	Practice  practice.Code // of a group; empty: the case as a whole
	Value     string        // a number where there is a unit, and otherwise words. Where open data tell one, it stands in its place
	Unit      string        // of the value when it was entered
	AsAt      calendar.Date
	Source    string
	Compared  string // how others stand: its commissioner, local team or England
	Instead   string // why the value stands in the place of the one that open data tell
	Concern   Concern
	Rationale string
	EnteredBy account.PersonID // who last changed it
	EnteredAt time.Time        // UTC
}

// Need is help that the practice needs in one area.
type Need struct {
	Area     string
	Severity Level
	Detail   string
}

// Judgement is the place on the matrix. Scope is how strong the evidence is that support is needed; impact is whether
// support would solve the problem.
type Judgement struct {
	Scope           Level
	ScopeRationale  string
	Impact          Level
	ImpactRationale string
}

// Version is a version of a case's assessment as a list shows it.
type Version struct {
	Number      int
	StartedOn   calendar.Date
	CompletedOn calendar.Date // zero: still open
}

// Longest texts, in characters.
const (
	LongText  = 2000
	ShortText = 200
)

// Complete tells whether it is frozen.
func (a *Assessment) Complete() bool { return !a.CompletedAt.IsZero() }

// Begin is the first assessment of a case, or a new version prefilled from the one before. What was found keeps who
// found it and when.
func Begin(caseID int64, before *Assessment, rules Rules, by account.PersonID, m calendar.Moment) *Assessment {
	a := &Assessment{Case: caseID, Number: 1, Set: rules.Set, StartedBy: by, StartedAt: m.Now}
	if before == nil {
		return a
	}
	a.Number, a.JudgedBy, a.Judgement = before.Number+1, before.JudgedBy, before.Judgement
	for _, r := range before.Ratings {
		if _, ok := rules.Criterion(r.Criterion); ok {
			a.Ratings = append(a.Ratings, r)
		}
	}
	for _, n := range before.Needs {
		if _, ok := rules.Area(n.Area); ok {
			a.Needs = append(a.Needs, n)
		}
	}
	return a
}

// Save replaces the findings with others, finished or not: nothing is required, but what is there has to be of the
// year's rules and has to fit. What stayed the same keeps who entered it. The faults are named as the fields of the
// form: "value-cqc", "as_at-cqc-day", "severity-hr", and for one practice of a group "value-cqc-X10001", …
func (a *Assessment) Save(f Findings, rules Rules, by account.PersonID, m calendar.Moment) error {
	if a.Complete() {
		return fault.Conflict{Reason: "This assessment is complete and no longer changes. Assess again to make a new one"}
	}
	f = f.trimmed()
	if err := f.fits(rules, f.measured(rules, a.Findings), m.Today); err != nil {
		return err
	}
	for i, r := range f.Ratings {
		f.Ratings[i].EnteredBy, f.Ratings[i].EnteredAt = by, m.Now
		if old, ok := a.RatingOf(r.Criterion, r.Practice); ok && old.same(r) {
			f.Ratings[i] = old
		}
	}
	switch {
	case f.Judgement == Judgement{}:
		a.JudgedBy = 0
	case f.Judgement != a.Judgement:
		a.JudgedBy = by
	}
	a.Findings = f
	a.wrote(by)
	return nil
}

// Finish freezes the assessment, provided that it says what a recommendation needs. No criterion has to be of concern,
// and none has to be rated: criteria alone never decide.
func (a *Assessment) Finish(rules Rules, by account.PersonID, m calendar.Moment) error {
	if a.Complete() {
		return fault.Conflict{Reason: "This assessment is complete already"}
	}
	if err := a.finished(rules, a.Known); err != nil {
		return err
	}
	a.CompletedBy, a.CompletedAt = by, m.Now
	a.wrote(by)
	return nil
}

func (a *Assessment) wrote(by account.PersonID) {
	if !slices.Contains(a.Writers, by) {
		a.Writers = append(a.Writers, by)
	}
}

func (f Findings) finished(rules Rules, known []Fact) error {
	var wrong fault.Invalid
	for _, c := range rules.Criteria {
		for _, r := range f.Ratings {
			if r.Criterion == c.Code {
				r.finished(c, For(known, c.Code, r.Practice), &wrong)
			}
		}
	}
	if len(f.Needs) == 0 && len(rules.Areas) > 0 {
		wrong.Add("severity-"+rules.Areas[0].Code, "Say how severe the need is in at least one area")
	}
	for _, n := range f.Needs {
		area, _ := rules.Area(n.Area)
		if n.Severity == "" {
			wrong.Add("severity-"+n.Area, "%s: say how severe the need is, or take out the text", area.Name)
		}
		if n.Detail == "" {
			wrong.Add("detail-"+n.Area, "%s: say what is needed", area.Name)
		}
	}
	if f.Scope == "" {
		wrong.Add("scope", "Judge the scope for support")
	}
	if f.ScopeRationale == "" {
		wrong.Add("scope_rationale", "Say why you judge the scope so")
	}
	if f.Impact == "" {
		wrong.Add("impact", "Judge the impact of support")
	}
	if f.ImpactRationale == "" {
		wrong.Add("impact_rationale", "Say why you judge the impact so")
	}
	return wrong.Err()
}

// finished adds what a rating lacks. known is what open data tell for it.
func (r Rating) finished(c Criterion, known []Fact, wrong *fault.Invalid) {
	key := Key(c.Code, r.Practice)
	if r.Value != "" && r.AsAt.IsZero() {
		wrong.Add("as_at-"+key+"-day", "%s: say as at which day the value holds", c.Name)
	}
	if r.Value != "" && r.Source == "" {
		wrong.Add("source-"+key, "%s: say where the value is from", c.Name)
	}
	switch {
	case r.Value != "" && r.Instead == "" && len(known) > 0:
		wrong.Add("instead-"+key, "%s: say why your value stands in the place of the one from open data", c.Name)
	case r.Value == "" && r.Instead != "":
		wrong.Add("value-"+key, "%s: enter the value that stands in the place of the one from open data, or take out why", c.Name)
	case r.Value == "" && r.Compared != "":
		wrong.Add("value-"+key, "%s: enter the value beside which others stand so, or take out how they stand", c.Name)
	}
	if r.Concern == "" {
		wrong.Add("concern-"+key, "%s: rate it, or take out what is entered", c.Name)
	}
	if c.Subjective && r.Concern != "" && r.Concern != NotKnown && r.Rationale == "" {
		wrong.Add("rationale-"+key, "%s: this rests on judgement, so say why you rate it so", c.Name)
	}
}

// Rating finds what was found for a criterion in the case as a whole.
func (f Findings) Rating(criterion string) (Rating, bool) { return f.RatingOf(criterion, "") }

// RatingOf finds what was found for a criterion in one practice of a group, or where it is empty in the case as a whole.
func (f Findings) RatingOf(criterion string, code practice.Code) (Rating, bool) {
	for _, r := range f.Ratings {
		if r.Criterion == criterion && r.Practice == code {
			return r, true
		}
	}
	return Rating{}, false
}

// RatingsOf lists what was found for a criterion: that of the case as a whole first, then by practice.
func (f Findings) RatingsOf(criterion string) []Rating {
	var list []Rating
	for _, r := range f.Ratings {
		if r.Criterion == criterion {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b Rating) int { return strings.Compare(string(a.Practice), string(b.Practice)) })
	return list
}

// Need finds the need in an area.
func (f Findings) Need(area string) (Need, bool) {
	for _, n := range f.Needs {
		if n.Area == area {
			return n, true
		}
	}
	return Need{}, false
}

func (r Rating) empty() bool {
	return r == Rating{Criterion: r.Criterion, Practice: r.Practice, Unit: r.Unit}
}

// same tells whether two ratings say the same, whoever entered them.
func (r Rating) same(other Rating) bool {
	r.EnteredBy, r.EnteredAt = other.EnteredBy, other.EnteredAt
	return r == other
}

// trimmed leaves out blanks around texts and what is empty altogether.
func (f Findings) trimmed() Findings {
	var t Findings
	for _, r := range f.Ratings {
		r.Value, r.Source, r.Rationale = strings.TrimSpace(r.Value), strings.TrimSpace(r.Source), strings.TrimSpace(r.Rationale)
		r.Compared, r.Instead = strings.TrimSpace(r.Compared), strings.TrimSpace(r.Instead)
		r.EnteredBy, r.EnteredAt = 0, time.Time{}
		if !r.empty() {
			t.Ratings = append(t.Ratings, r)
		}
	}
	for _, n := range f.Needs {
		if n.Detail = strings.TrimSpace(n.Detail); n != (Need{Area: n.Area}) {
			t.Needs = append(t.Needs, n)
		}
	}
	t.Judgement = f.Judgement
	t.ScopeRationale, t.ImpactRationale = strings.TrimSpace(f.ScopeRationale), strings.TrimSpace(f.ImpactRationale)
	return t
}
