package casework

import "slices"

// DecisionReason is a reason of a decision as reports count it; the words to the practice stand beside it.
type DecisionReason struct {
	Code    string
	Outcome Verdict
	Name    string
}

// DecisionReasons lists those of every outcome, in the order in which people choose. The codes stay for ever.
var DecisionReasons = []DecisionReason{
	{"risk_of_closure", ForSupport, "The practice is at risk of closing"},
	{"workforce", ForSupport, "Workforce: vacancies, sickness or retirement"},
	{"quality", ForSupport, "Quality or safety needs help to improve"},
	{"prevents_worse", ForSupport, "Help now prevents worse later"},
	{"neighbours", ForSupport, "Neighbouring practices would be hit"},
	{"money_short", ForReserve, "The need is there, and the money is not there yet"},
	{"others_first", ForReserve, "Other practices need help more urgently"},
	{"not_ready", ForReserve, "The practice is not ready to take up help yet"},
	{"waits_on_other", ForReserve, "Waits for something else, such as a merger or a building"},
	{"need_not_shown", ForNotNow, "The evidence does not show a need for support"},
	{"no_impact", ForNotNow, "Support would not solve the problem"},
	{"other_programme", ForNotNow, "Another programme is the right one"},
	{"already_helped", ForNotNow, "The same work has support already"},
	{"outside", ForNotNow, "Outside the programme"},
}

// ReasonsFor lists the reasons of an outcome.
func ReasonsFor(v Verdict) []DecisionReason {
	return slices.DeleteFunc(slices.Clone(DecisionReasons), func(r DecisionReason) bool { return r.Outcome != v })
}

// ReasonNames turns codes into names, in the order of the list.
func ReasonNames(codes []string) []string {
	var names []string
	for _, r := range DecisionReasons {
		if slices.Contains(codes, r.Code) {
			names = append(names, r.Name)
		}
	}
	return names
}

// codesOf says whether every code is one of the outcome's, and that there is one.
func codesOf(v Verdict, codes []string) bool {
	for _, code := range codes {
		if !slices.ContainsFunc(DecisionReasons, func(r DecisionReason) bool { return r.Code == code && r.Outcome == v }) {
			return false
		}
	}
	return len(codes) > 0
}
