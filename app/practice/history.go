package practice

import "resilience/app/calendar"

// History is every period of every attribute of one organisation, by attribute in the order of Attributes and then by
// day.
type History []Fact

// Of is the history of one attribute, oldest first.
func (h History) Of(a Attribute) []Fact {
	var facts []Fact
	for _, f := range h {
		if f.Attribute == a {
			facts = append(facts, f)
		}
	}
	return facts
}

// Current is what holds now, one fact for each attribute that a file told of.
func (h History) Current() []Fact {
	var facts []Fact
	for _, f := range h {
		if f.Until.IsZero() {
			facts = append(facts, f)
		}
	}
	return facts
}

// On is what held on the day. Before the first file the earliest known holds, and early is true. ok is false when
// nothing was ever told of the attribute.
func (h History) On(a Attribute, day calendar.Date) (fact Fact, early, ok bool) {
	for _, f := range h {
		if f.Attribute != a {
			continue
		}
		if day.Before(f.From) {
			if !ok {
				return f, true, true
			}
			break
		}
		fact, ok = f, true
	}
	return fact, false, ok
}

// FactsOn is every attribute as it held on the day.
func (h History) FactsOn(day calendar.Date) Facts {
	var facts Facts
	for _, a := range Attributes() {
		if f, _, ok := h.On(a, day); ok {
			facts[a] = f.Value
		}
	}
	return facts
}

// StandingOn is where the practice belonged on the day.
func (h History) StandingOn(code Code, day calendar.Date) Standing {
	facts := h.FactsOn(day)
	area, early, _ := h.On(AttributeArea, day)
	region, _, _ := h.On(AttributeRegion, day)
	commissioner, _, _ := h.On(AttributeCommissioner, day)
	return Standing{
		Practice: code, Day: day, Name: facts.Name(), Active: facts.ActiveGPPractice(), Early: early,
		Area: facts.Area(), AreaName: area.RefersTo, From: area.From, Source: area.Source,
		Region: facts.Region(), RegionName: region.RefersTo,
		Commissioner: facts.Commissioner(), CommissionerName: commissioner.RefersTo,
	}
}
