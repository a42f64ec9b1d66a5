package ruleset

import (
	"fmt"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
)

// Missing lists what keeps the set from being published, in words. from is what it was copied from.
func (s *Set) Missing(from Content) []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	for _, p := range []Part{Criteria, Domains, Needs, Menu, Limits} {
		if kind, _ := KindOf(p); len(s.Content[p]) == 0 {
			add("%s: there is none. At least one %s is needed", kind.Title, kind.One)
		}
	}
	for _, c := range s.Content[Criteria] {
		if _, ok := s.Content.Find(Domains, c.Group); !ok {
			add("Criteria: “%s” stands in no domain", c.Name)
		}
	}
	for _, scope := range assessment.Levels {
		for _, impact := range assessment.Levels {
			if s.Content.Cell(scope, impact).Code == "" {
				add("Matrix: the cell of scope %s and impact %s is missing", scope, impact)
			}
		}
	}
	list = append(list, s.outOfOrder()...)
	for _, k := range Kinds {
		for _, e := range s.Content[k.Part] {
			var wrong fault.Invalid
			base, _ := from.Find(k.Part, e.Code)
			check(&wrong, k, e, base)
			for _, f := range wrong.Fields {
				add("%s: “%s”: %s", k.Title, e.Title(k.Part), f.Message)
			}
		}
	}
	return list
}

// outOfOrder lists promises and settings that contradict each other.
func (s *Set) outOfOrder() []string {
	var list []string
	days := func(p Part, code string) int64 { e, _ := s.Content.Find(p, code); return e.Number }
	before := func(p Part, codes ...string) {
		for i := 1; i < len(codes); i++ {
			first, second := days(p, codes[i-1]), days(p, codes[i])
			if second > 0 && first > second {
				a, _ := s.Content.Find(p, codes[i-1])
				b, _ := s.Content.Find(p, codes[i])
				kind, _ := KindOf(p)
				list = append(list, fmt.Sprintf("%s: “%s” (%d working days) cannot be promised for later than “%s” (%d)", kind.Title, a.Title(p), first, b.Title(p), second))
			}
		}
	}
	before(Targets, casework.ByAcknowledgement, casework.ByDecision, casework.ByOffer, casework.ByAgreement)
	before(ClaimTargets, "checked", "approved", "paid")
	if days(Settings, casework.OfferReminder) >= days(Settings, casework.OfferNotice) {
		list = append(list, "Settings: the reminder of an offer has to come after it is sent, so it needs fewer days than the least time for an answer")
	}
	return list
}

// Note says that a year without rules of its own goes by those of another; "" when it has its own.
func Note(year, of calendar.Year) string {
	if year == of {
		return ""
	}
	return fmt.Sprintf("There are no published rules of %s. Cases that come in then go by the rules of %s", year, of)
}
