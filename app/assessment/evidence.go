package assessment

import (
	"encoding/json"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/practice"
)

// Evidence is all that a decision relied on, in words, so that it can be read when the rules, names and people have
// changed. It is kept as JSON with the decision and never rewritten: a field may be added here, none renamed.
type Evidence struct {
	Year          string      `json:"year"`     // of the rule set, such as 2016/17
	RuleSet       int64       `json:"rule_set"` // its number
	Version       int         `json:"version"`  // of the assessment, within the case
	Practices     []string    `json:"practices"`
	Request       Asked       `json:"request"`
	Facts         []FoundFact `json:"facts,omitempty"` // of open data, all that the assessment took
	Criteria      []Found     `json:"criteria"`
	Needs         []FoundNeed `json:"needs"`
	Scope         Judged      `json:"scope"`
	Impact        Judged      `json:"impact"`
	Priority      int         `json:"priority"` // of the place on the matrix; 0: none set
	PriorityLocal bool        `json:"priority_local"`
	JudgedBy      string      `json:"judged_by"`
	CompletedBy   string      `json:"completed_by"`
	CompletedAt   string      `json:"completed_at"` // UTC
	Review        Reviewed    `json:"review"`
	Recommended   Recommended `json:"recommended"`
}

// Asked is the request as it stood.
type Asked struct {
	Problem    string   `json:"problem"`
	Needs      []string `json:"needs"`
	Menu       []string `json:"menu"`
	Success    string   `json:"success"`
	ReferredOn string   `json:"referred_on"` // day
}

// Found is a criterion with what was found for it, in the case as a whole or in one practice of a group.
type Found struct {
	Code      string `json:"code,omitempty"` // of the criterion
	Practice  string `json:"practice,omitempty"`
	Domain    string `json:"domain"`
	Name      string `json:"name"`
	Threshold string `json:"threshold,omitempty"`
	Local     bool   `json:"local"`
	Value     string `json:"value"`
	Unit      string `json:"unit,omitempty"` // of the value; empty: it stands in the value, or there is none
	AsAt      string `json:"as_at"`          // day; empty: no value
	Source    string `json:"source"`
	Compared  string `json:"compared,omitempty"` // how others stand beside the value that was entered
	Instead   string `json:"instead,omitempty"`  // why the value stands in the place of the one from open data
	Concern   string `json:"concern"`            // in words
	Rationale string `json:"rationale"`
	EnteredBy string `json:"entered_by"`
	EnteredAt string `json:"entered_at"` // UTC
}

// FoundFact is what open data told when the evidence was taken.
type FoundFact struct {
	Practice  string   `json:"practice"`
	Indicator string   `json:"indicator"`
	Name      string   `json:"name"`
	Value     string   `json:"value"`
	AsAt      string   `json:"as_at"`            // day
	Number    int64    `json:"number,omitempty"` // the figure in millionths
	Source    string   `json:"source"`
	Basis     string   `json:"basis,omitempty"`
	Doubt     string   `json:"doubt,omitempty"`
	Beside    []string `json:"beside,omitempty"`
	TakenAt   string   `json:"taken_at"` // UTC
}

// FoundNeed is a need in an area.
type FoundNeed struct {
	Area     string `json:"area"`
	Local    bool   `json:"local"`
	Severity string `json:"severity"`
	Detail   string `json:"detail"`
}

// Judged is one side of the matrix.
type Judged struct {
	Level     string `json:"level"`
	Rationale string `json:"rationale"`
}

// Reviewed is what a second person said of the assessment; empty in decisions from before there was a review.
type Reviewed struct {
	By     string `json:"by"`
	At     string `json:"at"` // UTC
	Points string `json:"points"`
}

// Recommended is what was recommended to who decides.
type Recommended struct {
	Outcome string `json:"outcome"`
	Reasons string `json:"reasons"`
	By      string `json:"by"`
	At      string `json:"at"` // UTC
}

// Freeze puts a complete assessment into words. names has the names of the people in it.
func Freeze(a *Assessment, rules Rules, names map[account.PersonID]string) Evidence {
	e := Evidence{
		Year: rules.Year.String(), RuleSet: rules.Set, Version: a.Number,
		Scope: Judged{a.Scope.Name(), a.ScopeRationale}, Impact: Judged{a.Impact.Name(), a.ImpactRationale},
		JudgedBy: names[a.JudgedBy], CompletedBy: names[a.CompletedBy], CompletedAt: stamp(a.CompletedAt),
	}
	if cell, ok := rules.Cell(a.Scope, a.Impact); ok {
		e.Priority, e.PriorityLocal = cell.Priority, cell.Local
	}
	for _, f := range a.Known {
		e.Facts = append(e.Facts, FoundFact{
			string(f.Practice), string(f.Indicator), f.Name, f.Value, f.AsAt.String(), int64(f.Number), f.Source, f.Basis, f.Doubt, f.Beside, stamp(f.TakenAt),
		})
	}
	for _, c := range rules.Criteria {
		ratings := a.RatingsOf(c.Code)
		if len(ratings) == 0 {
			ratings = []Rating{{Criterion: c.Code}}
		}
		for _, r := range ratings {
			f := Found{Code: c.Code, Practice: string(r.Practice), Domain: c.Domain, Name: c.Name, Threshold: c.Threshold, Local: c.Local, Concern: rules.ConcernName(r.Concern)}
			f.Value, f.Unit, f.AsAt, f.Source, f.Compared, f.Instead, f.Rationale = r.Value, r.Unit, r.AsAt.String(), r.Source, r.Compared, r.Instead, r.Rationale
			f.EnteredBy, f.EnteredAt = names[r.EnteredBy], stamp(r.EnteredAt)
			e.Criteria = append(e.Criteria, f)
		}
	}
	for _, area := range rules.Areas {
		if n, ok := a.Need(area.Code); ok {
			e.Needs = append(e.Needs, FoundNeed{area.Name, area.Local, n.Severity.Name(), n.Detail})
		}
	}
	return e
}

// Known are the facts that were frozen, to hold them against what is known now. What cannot be read is left out.
func (e Evidence) Known() []Fact {
	var list []Fact
	for _, f := range e.Facts {
		day, err := calendar.ParseDate(f.AsAt)
		taken, wrong := time.Parse(stampLayout, f.TakenAt)
		if err != nil || wrong != nil {
			continue
		}
		list = append(list, Fact{
			practice.Code(f.Practice), practice.Indicator(f.Indicator), f.Name, f.Value, day, practice.Amount(f.Number), f.Source, f.Basis, f.Doubt, f.Beside, taken,
		})
	}
	return list
}

const stampLayout = "2006-01-02T15:04:05.000Z"

// stamp is an instant in UTC, to the millisecond.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(stampLayout)
}

// People lists whose names the evidence of the assessment says.
func (a *Assessment) People() []account.PersonID {
	list := []account.PersonID{a.StartedBy, a.JudgedBy, a.CompletedBy}
	for _, r := range a.Ratings {
		list = append(list, r.EnteredBy)
	}
	return list
}

// JSON is the evidence as it is kept.
func (e Evidence) JSON() string {
	b, err := json.Marshal(e)
	if err != nil {
		panic(err) // strings, numbers and lists of them always marshal
	}
	return string(b)
}

// ReadEvidence reads back what JSON wrote.
func ReadEvidence(text string) (Evidence, error) {
	var e Evidence
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return e, fmt.Errorf("read the evidence of a decision: %w", err)
	}
	return e, nil
}
