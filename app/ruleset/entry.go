package ruleset

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/audit"
)

// Entry is one entry of a part: a criterion, a cell of the matrix, a letter. Which of its fields mean something is said
// by the kind of the part.
type Entry struct {
	Code   string // within the part; it never changes
	Name   string
	Group  string // the domain of a criterion, the unit of a setting, the name of the team of a limit
	Text   string // a threshold, a hint, the body of a letter
	Unit   string // of the value of a criterion, which is then a number
	Number int64  // a weight, a priority, working days, pence, the value of a setting
	Judged bool   // a criterion that rests on somebody's judgement
	// Position is the place in the order that people chose; 0 where there is none.
	Position int
	// Local entries are set here. The others were published by the programme; Source says where, and is empty for what
	// the program came with.
	Local  bool
	Source string
}

// Seal tells two states of an entry apart: a form carries that of the state which it shows.
func (e Entry) Seal() string { return seal(e) }

func seal(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers and lists of them always marshal
	}
	return audit.Digest(string(b))
}

// Title is what people call an entry of a part.
func (e Entry) Title(p Part) string {
	switch p {
	case Matrix:
		scope, impact, _ := strings.Cut(e.Code, "-")
		return "Scope " + strings.ToLower(assessment.Level(scope).Name()) + ", impact " + strings.ToLower(assessment.Level(impact).Name())
	case ClaimTargets:
		if name := claimSteps[e.Code]; name != "" {
			return name
		}
		return capital(strings.ReplaceAll(e.Code, "_", " "))
	case Limits:
		step, role, _ := LimitOf(e.Code)
		return StepName(step) + ": " + strings.ToLower(role.Name()) + ", " + e.Group
	}
	return e.Name
}

// published is the part of an entry that the programme can have published: not its place, and not the domain, the
// weight or the unit of a criterion, which are always local.
func (e Entry) published(p Part) Entry {
	e.Local, e.Source, e.Position = false, "", 0
	if p == Criteria {
		e.Group, e.Number, e.Unit = "", 0, ""
	}
	return e
}

// Content is what a rule set says, by part. The entries of a part are in order.
type Content map[Part][]Entry

// Find finds an entry by its code.
func (c Content) Find(p Part, code string) (Entry, bool) {
	i := slices.IndexFunc(c[p], func(e Entry) bool { return e.Code == code })
	if i < 0 {
		return Entry{}, false
	}
	return c[p][i], true
}

// Seal tells two states of the whole content apart.
func (c Content) Seal() string {
	var all []any
	for _, k := range Kinds {
		all = append(all, k.Part, c[k.Part])
	}
	return seal(all)
}

// PartSeal tells two states of a part apart, its order too.
func (c Content) PartSeal(p Part) string { return seal(c[p]) }

// Cell is a cell of the matrix.
func (c Content) Cell(scope, impact assessment.Level) Entry {
	e, _ := c.Find(Matrix, CellCode(scope, impact))
	return e
}

// CellCode is the code of a cell of the matrix.
func CellCode(scope, impact assessment.Level) string { return string(scope) + "-" + string(impact) }

// Option is one of the values of a choice.
type Option struct{ Code, Name string }

// DomainOptions are the domains that a criterion can stand in.
func (c Content) DomainOptions() []Option {
	var list []Option
	for _, d := range c[Domains] {
		list = append(list, Option{d.Code, d.Name})
	}
	return list
}

// StepOptions are the steps for which a limit can be set.
func (c Content) StepOptions() []Option {
	var list []Option
	add := func(code string) {
		if !slices.ContainsFunc(list, func(o Option) bool { return o.Code == code }) {
			list = append(list, Option{code, StepName(code)})
		}
	}
	for _, s := range steps {
		add(s.code)
	}
	for _, l := range c[Limits] {
		step, _, _ := LimitOf(l.Code)
		add(step)
	}
	return list
}

// RoleOptions are the roles for which a limit can be set: those by which money is approved.
func (c Content) RoleOptions() []Option {
	roles := []account.Role{account.TeamLead, account.FinanceOfficer}
	for _, l := range c[Limits] {
		if _, role, _ := LimitOf(l.Code); !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	var list []Option
	for _, r := range roles {
		list = append(list, Option{string(r), r.Name()})
	}
	return list
}

// Sort puts the entries of every part in order: as people put them, of criteria by domain, of the matrix by priority, of
// promises by days, and otherwise by code.
func (c Content) Sort() {
	domain := map[string]int{}
	for _, d := range c[Domains] {
		domain[d.Code] = d.Position
	}
	for p, list := range c {
		slices.SortFunc(list, func(a, b Entry) int {
			first := a.Position - b.Position
			switch p {
			case Criteria:
				first = cmp.Or(domain[a.Group]-domain[b.Group], strings.Compare(a.Group, b.Group), first)
			case Matrix, Targets, ClaimTargets:
				first = cmp.Compare(a.Number, b.Number)
			}
			return cmp.Or(first, strings.Compare(a.Code, b.Code))
		})
	}
}
