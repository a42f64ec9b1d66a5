package ruleset

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/audit"
	"resilience/app/fault"
)

// stale says that somebody else was quicker.
func stale(what string) error {
	return fault.Conflict{Reason: "Somebody else changed this " + what + " while you were working on it", Stale: true}
}

// mostEntries is how many entries a part may have.
const mostEntries = 60

// Add puts a new entry at the end of an open part. teams are the local teams by code, for a limit.
func (s *Set) Add(p Part, in Input, from Content, teams map[string]string, a account.Actor) (Entry, audit.Event, error) {
	k, err := s.open(p, a)
	if err != nil {
		return Entry{}, audit.Event{}, err
	}
	var wrong fault.Invalid
	e := Entry{Position: len(s.Content[p]) + 1}
	if p == Limits {
		e = in.limit(&wrong, s.Content, teams)
	}
	e = in.read(&wrong, k, e)
	if p != Limits {
		e.Code = s.code(p, e.Name, from)
		s.twice(&wrong, p, e)
	}
	e = s.checked(&wrong, k, in, e, Entry{}, from)
	if len(s.Content[p]) >= mostEntries {
		wrong.Add("name", "There are %d already, which is the most", mostEntries)
	}
	if err := inOrder(wrong, k); err != nil {
		return Entry{}, audit.Event{}, err
	}
	s.Content[p] = append(s.Content[p], e)
	event := s.entryEvent("rule added", k, e)
	s.say(&event, k, Entry{}, e)
	return e, event, nil
}

// Change replaces an entry that was as seen says.
func (s *Set) Change(p Part, code string, in Input, seen string, from Content, a account.Actor) (Entry, audit.Event, error) {
	k, ok := KindOf(p)
	before, found := s.Content.Find(p, code)
	if err := s.MayEdit(a); err != nil {
		return before, audit.Event{}, err
	}
	if !ok || !found {
		return before, audit.Event{}, fault.NotFound{What: "rule"}
	}
	if seen != before.Seal() {
		return before, audit.Event{}, stale(k.One)
	}
	var wrong fault.Invalid
	e := in.read(&wrong, k, before)
	s.twice(&wrong, p, e)
	e = s.checked(&wrong, k, in, e, before, from)
	if err := inOrder(wrong, k); err != nil {
		return before, audit.Event{}, err
	}
	s.replace(p, e)
	event := s.entryEvent("rule changed", k, e)
	s.say(&event, k, before, e)
	return e, event, nil
}

// checked looks at an entry that was read and settles who set it.
func (s *Set) checked(wrong *fault.Invalid, k Kind, in Input, e, before Entry, from Content) Entry {
	base, _ := from.Find(k.Part, e.Code)
	if _, ok := s.Content.Find(Domains, e.Group); k.Part == Criteria && !ok {
		e.Group = ""
	}
	check(wrong, k, e, base)
	return in.origin(wrong, k.Part, e, before, base)
}

// twice refuses a name that another entry of the part has.
func (s *Set) twice(wrong *fault.Invalid, p Part, e Entry) {
	for _, other := range s.Content[p] {
		if e.Name != "" && other.Code != e.Code && strings.EqualFold(other.Name, e.Name) {
			wrong.Add("name", "There is one with this name already")
			return
		}
	}
}

// Retire takes an entry out of the draft. Sets that are published keep it, and so do the cases under them.
func (s *Set) Retire(p Part, code, seen string, a account.Actor) (audit.Event, error) {
	k, err := s.open(p, a)
	if err != nil {
		return audit.Event{}, err
	}
	e, found := s.Content.Find(p, code)
	if !found || seen != e.Seal() {
		return audit.Event{}, stale(k.One)
	}
	if p == Domains && slices.ContainsFunc(s.Content[Criteria], func(c Entry) bool { return c.Group == code }) {
		return audit.Event{}, fault.Conflict{Reason: "There are criteria in this domain. Move them to another one first"}
	}
	s.Content[p] = slices.DeleteFunc(slices.Clone(s.Content[p]), func(o Entry) bool { return o.Code == code })
	event := s.entryEvent("rule retired", k, e)
	s.say(&event, k, e, Entry{})
	return event, nil
}

// Retired lists what the set that was copied has and this one has not.
func (s *Set) Retired(p Part, from Content) []Entry {
	var list []Entry
	for _, e := range from[p] {
		if _, ok := s.Content.Find(p, e.Code); !ok {
			list = append(list, e)
		}
	}
	return list
}

// Restore puts a retired entry back, as it was in the set that was copied, at the end.
func (s *Set) Restore(p Part, code string, from Content, a account.Actor) (Entry, audit.Event, error) {
	k, err := s.open(p, a)
	if err != nil {
		return Entry{}, audit.Event{}, err
	}
	e, found := from.Find(p, code)
	if _, there := s.Content.Find(p, code); there || !found {
		return e, audit.Event{}, stale(k.One)
	}
	if e.Position = 0; k.Ordered {
		e.Position = len(s.Content[p]) + 1
	}
	if _, ok := s.Content.Find(Domains, e.Group); p == Criteria && !ok {
		return e, audit.Event{}, fault.Conflict{Reason: "The domain of this criterion is retired. Put the domain back first"}
	}
	s.Content[p] = append(s.Content[p], e)
	event := s.entryEvent("rule put back", k, e)
	s.say(&event, k, Entry{}, e)
	return e, event, nil
}

// Move moves an entry one place up or down. seen is the seal of the part. A criterion moves within its domain.
func (s *Set) Move(p Part, code string, up bool, seen string, a account.Actor) (audit.Event, error) {
	k, err := s.open(p, a)
	if err != nil {
		return audit.Event{}, err
	}
	if seen != s.Content.PartSeal(p) {
		return audit.Event{}, stale("order")
	}
	list := slices.Clone(s.Content[p])
	i := slices.IndexFunc(list, func(e Entry) bool { return e.Code == code })
	j := i + 1
	if up {
		j = i - 1
	}
	if !k.Ordered || i < 0 || j < 0 || j >= len(list) || p == Criteria && list[i].Group != list[j].Group {
		return audit.Event{}, fault.Conflict{Reason: "It stands at the end already"}
	}
	list[i], list[j] = list[j], list[i]
	for n := range list {
		list[n].Position = n + 1
	}
	s.Content[p] = list
	event := s.entryEvent("rules reordered", k, list[j])
	event.Words["now after"] = "the beginning"
	if j > 0 {
		event.Words["now after"] = list[j-1].Title(p)
	}
	return event, nil
}

// SetMatrix gives every cell of the matrix its priority. seen is the seal of the part. The faults are named as the
// fields of the form: "high-medium" and so on.
func (s *Set) SetMatrix(priorities map[string]string, in Input, seen string, from Content, a account.Actor) (audit.Event, error) {
	k, _ := KindOf(Matrix)
	if err := s.MayEdit(a); err != nil {
		return audit.Event{}, err
	}
	if seen != s.Content.PartSeal(Matrix) {
		return audit.Event{}, stale("matrix")
	}
	var wrong fault.Invalid
	var list []Entry
	event := s.entryEvent("rule changed", k, Entry{Code: string(Matrix)})
	for _, before := range s.Content[Matrix] {
		var own, of fault.Invalid
		base, _ := from.Find(Matrix, before.Code)
		e := Input{Number: priorities[before.Code]}.read(&own, k, before)
		check(&own, k, e, base)
		for _, f := range own.Fields {
			wrong.Add(before.Code, "%s: %s", before.Title(Matrix), f.Message)
		}
		e = in.origin(&of, Matrix, e, before, base)
		for _, f := range of.Fields {
			if !has(wrong, f.Name) {
				wrong.Fields = append(wrong.Fields, f)
			}
		}
		s.say(&event, k, before, e)
		list = append(list, e)
	}
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	slices.SortStableFunc(list, func(a, b Entry) int { return int(a.Number - b.Number) })
	s.Content[Matrix] = list
	return event, nil
}

// open refuses an act on a part whose entries do not come and go, and whoever may not edit.
func (s *Set) open(p Part, a account.Actor) (Kind, error) {
	k, ok := KindOf(p)
	if !ok || !k.Open {
		return k, fault.NotFound{What: "rule"}
	}
	return k, s.MayEdit(a)
}

func (s *Set) replace(p Part, e Entry) {
	list := slices.Clone(s.Content[p])
	for i := range list {
		if list[i].Code == e.Code {
			list[i] = e
		}
	}
	s.Content[p] = list
}

var notInCode = regexp.MustCompile(`[^a-z0-9]+`)

// code makes a code of a name that is neither in the set nor in the one that it was copied from.
func (s *Set) code(p Part, name string, from Content) string {
	base := strings.Trim(notInCode.ReplaceAllString(strings.ToLower(name), "_"), "_")
	if len(base) > 40 {
		base = strings.Trim(base[:40], "_")
	}
	if base == "" || base == "new" || base == "order" {
		base += "_1"
	}
	code := base
	for n := 2; ; n++ {
		_, here := s.Content.Find(p, code)
		_, there := from.Find(p, code)
		if !here && !there {
			return code
		}
		code = fmt.Sprintf("%s_%d", base, n)
	}
}

// limit begins a new limit from its step, role and team.
func (in Input) limit(wrong *fault.Invalid, c Content, teams map[string]string) Entry {
	named := func(list []Option, code string) bool {
		return slices.ContainsFunc(list, func(o Option) bool { return o.Code == code })
	}
	if !named(c.StepOptions(), in.Step) {
		wrong.Add("step", "Choose what is approved")
	}
	if !named(c.RoleOptions(), in.Role) {
		wrong.Add("role", "Choose the role")
	}
	e := Entry{Code: LimitCode(in.Step, account.Role(in.Role), in.Team), Group: teams[in.Team]}
	if in.Team == EveryTeam {
		e.Group = AnyTeam
	}
	if e.Group == "" {
		wrong.Add("team", "Choose a local team, or every team")
	}
	if _, there := c.Find(Limits, e.Code); there {
		wrong.Add("step", "There is a limit of this role at this step for this team already. Change that one")
	}
	return e
}

// AnyTeam is the name of a limit that holds for every team without its own.
const AnyTeam = "every team"

func (s *Set) entryEvent(act string, k Kind, e Entry) audit.Event {
	event := s.Event(act)
	event.Words["part"], event.Words["entry"] = k.Title, e.Title(k.Part)
	if e.Code == string(Matrix) {
		event.Words["entry"] = k.Title
	}
	return event
}

// say notes what an entry says now, and what it said before.
func (s *Set) say(event *audit.Event, k Kind, before, after Entry) {
	for _, c := range k.changes(before, after, s.Content, s.Content) {
		label := c.Label
		if k.Part == Matrix {
			label = after.Title(Matrix) + ", " + strings.ToLower(label)
		}
		if c.Before != "" {
			event.Words[label+", before"] = c.Before
		}
		if c.After != "" {
			event.Words[label] = c.After
		}
	}
}

// Priorities are those of the matrix as a form shows them.
func (c Content) Priorities() map[string]string {
	list := map[string]string{}
	for _, scope := range assessment.Levels {
		for _, impact := range assessment.Levels {
			list[CellCode(scope, impact)] = strconv.FormatInt(c.Cell(scope, impact).Number, 10)
		}
	}
	return list
}
