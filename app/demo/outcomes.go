package demo

import "resilience/app/support"

// outcomes says for the cases that are told one by one, by area of need what a line is to bring about, and how that will be seen.
var outcomes = map[string]struct{ outcome, measure string }{
	"hr":                  {"Everybody has a contract that fits how they work", "Contracts signed, and days lost to absence by the end of the support"},
	"it":                  {"Nobody waits for the system in the morning", "Calls to the help desk in the last month of the support"},
	"staffing":            {"No session goes without somebody to take it", "Sessions filled in the rota of the last month of the support"},
	"practice_management": {"The practice is run by a plan and not by telephone", "The rota and the accounts are ready four weeks ahead"},
	"finance":             {"The practice knows three months ahead what it has", "A forecast that the partners look at every month"},
	"premises":            {"Every consultation is behind a door", "Rooms in use on a weekday morning"},
	"leadership":          {"The partners lead the practice together", "What the partners say at the last review"},
	"demand":              {"Whoever calls in the morning is answered", "Calls answered within ten minutes in the last month of the support"},
}

// aimed adds to a line what is expected of it.
func aimed(l support.Line) support.Line {
	if of := outcomes[l.Need]; l.Outcome == "" {
		l.Outcome, l.Measure = of.outcome, of.measure
	}
	return l
}

// aimed is that of a generated case, in words of its own.
func (s *story) aimed(l support.Line) support.Line {
	in := s.while(l.Starts, l.Ends)
	l.Outcome, l.Measure = s.text(in, s.says("brings", l.Need)), s.text(in, s.says("seen", l.Need))
	return l
}
