package support

import (
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/funding"
)

func forwardLine(id int64, starts string, net funding.Pence) Line {
	return Line{ID: id, Position: int(id), Description: "A doctor.", Route: ToPractice, Net: net, Budget: 7, Source: "other", Starts: calendar.MustParse(starts), Ends: calendar.MustParse(starts).AddDays(30)}
}

// Of a variation what comes in in a year without a budget is marked, and what waits already and costs more; nothing else is.
func TestMarkForwardOfAVariation(t *testing.T) {
	base := Offer{ID: 1, State: Accepted, Lines: []Line{forwardLine(1, "2017-05-01", 3_000_00), forwardLine(2, "2017-05-01", 3_000_00), forwardLine(3, "2017-05-01", 3_000_00), forwardLine(4, "2016-12-01", 3_000_00)}}
	for i := range 3 {
		base.Lines[i].Forward, base.Lines[i].Commitment = true, 5
	}
	v := base.Vary(2, "More is needed.")
	v.Lines[1].Net, v.Lines[2].Net, v.Lines[3].Net = 4_000_00, 1_000_00, 4_000_00
	v.Lines = append(v.Lines, forwardLine(5, "2017-05-01", 500_00))
	v.Lines[4].ID = 15
	v.MarkForward(map[int64]bool{7: true}, calendar.MustParse("2016-11-01"))
	for i, want := range []bool{false, true, false, false, true} {
		if v.Lines[i].Forward != want {
			t.Errorf("line %d of the variation is marked: %v", i+1, v.Lines[i].Forward)
		}
	}
	parts := v.Forward()
	if len(parts) != 1 || parts[0].Amount != 1_500_00 || parts[0].Had != 3_000_00 || parts[0].Promised() != 4_500_00 {
		t.Fatalf("the variation promises %+v", parts)
	}
	if words := ForwardWords(parts[0].Promised(), parts[0].Had, parts[0].Year); words != "£4,500 in 2017/18, in the place of £3,000 that was promised before" {
		t.Error(words)
	}
	if words := v.FreedWords(base); words != "£1,000 more is taken, and £1,500 more waits for money that is not set yet." {
		t.Error(words)
	}
	for i := range v.Lines {
		if v.Lines[i].Forward {
			v.Lines[i].Commitment = 9
		}
	}
	base.Take(v)
	for i, want := range []int64{5, 9, 5, 0, 9} {
		if l := base.Lines[i]; l.Commitment != want || l.Forward != (want != 0) {
			t.Errorf("line %d is agreed by the commitment %d, and waits: %v", i+1, l.Commitment, l.Forward)
		}
	}
	met := base.Meet(9, func(l Line) bool { return l.ID == 15 })
	if len(met.Lines) != 1 || met.Takes() != 4_000_00 || base.Lines[1].Forward || !base.Lines[0].Forward {
		t.Errorf("of the commitment %d lines are met, with %s", len(met.Lines), met.Takes())
	}
	base.State = Cancelled
	if met := base.Meet(5, func(Line) bool { return false }); len(met.Lines) != 0 {
		t.Error("something is met of an offer that is no more")
	}
}

// What waits and what it becomes wait together: a budget that bears only one of them keeps the variation from taking more of it.
func TestAVariationWaitsWithWhatItVaries(t *testing.T) {
	for _, one := range []struct {
		before, after bool
		costs         funding.Pence
		refused       string
	}{
		{true, true, 4_000_00, ""}, {false, false, 4_000_00, ""}, {true, false, 4_000_00, "does not bear it yet"}, {false, true, 4_000_00, "not set aside yet"}, {true, false, 2_000_00, ""},
	} {
		base := Offer{ID: 1, State: Accepted, Lines: []Line{forwardLine(1, "2017-05-01", 3_000_00)}}
		v := base.Vary(2, "More is needed.")
		base.Lines[0].Forward, v.Lines[0].Forward, v.Lines[0].Net = one.before, one.after, one.costs
		err := v.Releasable(base, map[int64]funding.Pence{1: 3_000_00})
		if (err == nil) != (one.refused == "") || err != nil && !strings.Contains(err.Error(), one.refused) {
			t.Errorf("before %v, after %v: %v", one.before, one.after, err)
		}
	}
}
