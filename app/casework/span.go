package casework

import "resilience/app/calendar"

// Span is a part of the way of a case that a practice waits through, across stages.
type Span string

// Spans of a case. They are counted in working days; the code is what the database holds.
const (
	ToLetter    Span = "letter"    // from the referral until the practice is told the first decision
	ToAgreement Span = "agreement" // from the decision to support it until both sides agreed a memorandum
	ToClaim     Span = "claim"     // from there until money is first claimed
	ToPayment   Span = "payment"   // from the first claim until money is first paid
)

// Spans are all spans in their order.
var Spans = []Span{ToLetter, ToAgreement, ToClaim, ToPayment}

// Name is how pages call the span.
func (s Span) Name() string {
	switch s {
	case ToLetter:
		return "From referral to decision letter"
	case ToAgreement:
		return "From decision to agreed memorandum"
	case ToClaim:
		return "From memorandum to first claim"
	case ToPayment:
		return "From first claim to first payment"
	}
	return string(s)
}

// Steps are the days on which a case first came to the steps between which its spans are; a zero day is not yet.
type Steps struct {
	Referred, Told, Decided, Agreed, Claimed, Paid calendar.Date
}

// Spans are the working days of each span that has ended. What was done before the span began, as a claim before the
// memorandum in a rapid intervention, took none.
func (s Steps) Spans() map[Span]int {
	days := map[Span]int{}
	for _, one := range []struct {
		span     Span
		from, to calendar.Date
	}{{ToLetter, s.Referred, s.Told}, {ToAgreement, s.Decided, s.Agreed}, {ToClaim, s.Agreed, s.Claimed}, {ToPayment, s.Claimed, s.Paid}} {
		if !one.from.IsZero() && !one.to.IsZero() {
			days[one.span] = max(0, one.from.WorkingDaysUntil(one.to))
		}
	}
	return days
}
