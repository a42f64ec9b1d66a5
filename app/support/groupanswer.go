package support

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/practice"
)

// Answer is what one practice of a group said to an offer whose cost is shared.
type Answer struct {
	Practice practice.Code
	Accepted bool
	Reason   string           // why it declined
	By       account.PersonID // 0: nobody answered by the last day
	At       time.Time        // UTC
}

// AnswerOf finds the answer of a practice.
func (o Offer) AnswerOf(code practice.Code) (Answer, bool) {
	i := slices.IndexFunc(o.Answers, func(a Answer) bool { return a.Practice == code })
	if i < 0 {
		return Answer{}, false
	}
	return o.Answers[i], true
}

// DeclineOwn takes lines that are for the practice alone out of what it accepts, each with its reason, and returns them as
// they were. One of them at the least has to stand: a practice that declines all of them declines the offer.
func (o *Offer) DeclineOwn(code practice.Code, reasons map[int64]string) ([]Line, error) {
	return o.declineOf(o.OwnLines(code), reasons)
}

// Forgo declines every line that is for the practice alone, for one reason, and returns them as they were.
func (o *Offer) Forgo(code practice.Code, reason string) []Line {
	gone := o.OwnLines(code)
	for i := range o.Lines {
		if o.Lines[i].Practice == code && !o.Lines[i].Declined {
			o.Lines[i].Declined, o.Lines[i].DeclineReason = true, reason
		}
	}
	return gone
}

// declineOf declines some of the lines that somebody may answer for.
func (o *Offer) declineOf(mine []Line, reasons map[int64]string) ([]Line, error) {
	var wrong fault.Invalid
	var gone []Line
	for _, id := range slices.Sorted(maps.Keys(reasons)) {
		i := slices.IndexFunc(mine, func(l Line) bool { return l.ID == id })
		if i < 0 {
			return nil, fault.NotFound{What: "line of support"}
		}
		gone = append(gone, mine[i])
		switch n := utf8.RuneCountInString(strings.TrimSpace(reasons[id])); {
		case n == 0:
			wrong.Add(WhyField(id), "Say in a few words why you decline “%s”", strings.TrimSuffix(mine[i].Description, "."))
		case n > ReasonText:
			wrong.Add(WhyField(id), "Use at most %d characters. There are %d now", ReasonText, n)
		case fault.BankDetails(reasons[id]):
			wrong.Add(WhyField(id), fault.NoBankDetails)
		}
	}
	if len(gone) > 0 && len(gone) == len(mine) {
		wrong.Add(fmt.Sprintf("line-%d", gone[0].ID), "You decline every line. Accept one of them, or go back and decline the offer")
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	for i := range o.Lines {
		if reason, no := reasons[o.Lines[i].ID]; no {
			o.Lines[i].Declined, o.Lines[i].DeclineReason = true, strings.TrimSpace(reason)
		}
	}
	return gone, nil
}
