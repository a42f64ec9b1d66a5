package support_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

func TestDivide(t *testing.T) {
	for _, c := range []struct {
		amount  funding.Pence
		weights []int64
		want    []funding.Pence
	}{
		{100_00, []int64{1, 1, 1}, []funding.Pence{3334, 3333, 3333}},
		{1, []int64{1, 1}, []funding.Pence{1, 0}},
		{10_01, []int64{5000, 2500, 2500}, []funding.Pence{501, 250, 250}},
		{10_00, []int64{0, 7}, []funding.Pence{0, 1000}},
	} {
		if got := support.Divide(c.amount, c.weights); !slices.Equal(got, c.want) {
			t.Errorf("%s by %v is %v, not %v", c.amount, c.weights, got, c.want)
		}
	}
}

// Whatever is divided, the parts add up to it, and none is a penny or more from its exact part.
func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := funding.Pence(rapid.Int64Range(0, 1_000_000_000).Draw(t, "amount"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 100_000), 1, 8).Draw(t, "weights")
		weights[0]++
		var total int64
		for _, w := range weights {
			total += w
		}
		var sum funding.Pence
		for i, p := range support.Divide(amount, weights) {
			sum += p
			if off := int64(p)*total - int64(amount)*weights[i]; off >= total || off <= -total {
				t.Fatalf("part %d of %d by %v is %d", i, amount, weights, p)
			}
		}
		if sum != amount {
			t.Fatalf("%d by %v adds up to %d", amount, weights, sum)
		}
	})
}

func groupOffer(net, vat funding.Pence) support.Offer {
	day := calendar.MustParse("2017-02-01")
	return support.Offer{Lines: []support.Line{
		{ID: 1, Position: 1, Description: "Cover.", Route: support.ToPractice, Unit: support.Fixed, Net: net, VAT: vat, Source: "gprp", Starts: day, Ends: day},
		{ID: 2, Position: 2, Description: "A mentor", Route: support.InKind, HalfDays: 3, Starts: day, Ends: day},
		{ID: 3, Position: 3, Description: "A manager", Route: support.ByInvoice, Provider: 1, Unit: support.ByDay, Halves: 3, Price: 100_01, Net: 150_02, Source: "gprp", Starts: day, Ends: day},
	}}
}

func shares(weights ...int64) []support.Share {
	var list []support.Share
	for i, w := range weights {
		list = append(list, support.Share{Practice: practice.Code([]string{"X10001", "X10002", "X10003"}[i]), Name: []string{"One", "Two", "Three"}[i], Weight: w})
	}
	return list
}

// A cost that is shared, and shared anew, is to the penny what it was; what is in kind stays with the group.
func TestSharingKeepsTheCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := funding.Pence(rapid.Int64Range(1_000_00, 90_000_00).Draw(t, "net"))
		o := groupOffer(net, net/5)
		before := o.Gross()
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			list := shares(rapid.Int64Range(1000, 9000).Draw(t, "one"), rapid.Int64Range(1000, 9000).Draw(t, "two"), rapid.Int64Range(0, 1).Draw(t, "three")*5000)
			if err := o.ShareOut(list); err != nil {
				t.Fatal(err)
			}
			var sum funding.Pence
			for _, s := range list {
				sum += o.Cost(s.Practice)
			}
			if sum != before || o.Gross() != before || o.HalfDays() != 3 {
				t.Fatalf("%s of %s and %d half days after %v", sum, before, o.HalfDays(), list)
			}
		}
		positions := map[int]bool{}
		for _, l := range o.Lines {
			if positions[l.Position] {
				t.Fatalf("two lines at %d", l.Position)
			}
			positions[l.Position] = true
		}
		o.Unshare()
		if len(o.Lines) != 3 || o.Gross() != before || o.Shared() {
			t.Fatalf("%d lines with %s when it is put together again", len(o.Lines), o.Gross())
		}
	})
}

func TestWhatSharesSay(t *testing.T) {
	o := groupOffer(100_00, 0)
	if err := o.ShareOut(shares(1, 1)); err != nil {
		t.Fatal(err)
	}
	words := support.SupportWords(o)
	for _, want := range []string{"For: One.", "For: Two.", "A manager (part of 1½ days at £100.01 each)", "£50 without VAT"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not in\n%s", want, words)
		}
	}
	if phrase, asks := support.AsksForContribution(words); asks {
		t.Errorf("it is read as a contribution: %q", phrase)
	}
	small := groupOffer(1, 0)
	if _, refused := fault.AsInvalid(small.ShareOut(shares(1, 1))); !refused {
		t.Error("a penny is divided between two")
	}
	for typed, want := range map[string]int64{"33.33": 3333, " 5 % ": 500, "100": 10000, "": 0, "0.5": 50} {
		if got, err := support.ParsePercent(typed); err != nil || got != want {
			t.Errorf("%q is %d, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"101", "half", "1.234", "-3"} {
		if _, err := support.ParsePercent(typed); err == nil {
			t.Errorf("%q is a share", typed)
		}
	}
}

// However the cost of a group's agreement is shared anew, once or again, with lines that come in, and after parts were made dearer,
// cheaper or taken out: all shares are to the penny what was divided, what was agreed keeps its number, and once in force the offer costs just that.
func TestSharingAnewKeepsTheCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := func() []support.Share {
			w := rapid.SliceOfN(rapid.Int64Range(0, 9_000), 3, 3).Draw(t, "weights")
			w[rapid.IntRange(0, 2).Draw(t, "some")] += 10_00
			return shares(w...)
		}
		net := rapid.Int64Range(100_000_00, 900_000_00)
		o := groupOffer(funding.Pence(net.Draw(t, "net")), 0)
		if err := o.ShareOut(weights()); err != nil {
			t.Fatal(err)
		}
		for i := range o.Lines {
			o.Lines[i].ID = int64(i + 1)
		}
		o.ID, o.State = 7, support.Accepted
		next := int64(100)
		v := o
		for round := range rapid.IntRange(1, 3).Draw(t, "variations") {
			v = o.Vary(round+2, "It costs more.")
			v.ID = int64(round + 8)
			for i := range v.Lines {
				next++
				v.Lines[i].ID = next
			}
			for range rapid.IntRange(1, 5).Draw(t, "steps") {
				switch rapid.IntRange(0, 3).Draw(t, "step") {
				case 0:
					l := groupOffer(funding.Pence(net.Draw(t, "comes in")), 0).Lines[0]
					if next++; len(v.Lines) < support.MostLines {
						l.ID, l.Description = next, "Cover "+strconv.FormatInt(next, 10)
						if err := v.Add(l); err != nil {
							t.Fatal(err)
						}
					}
				case 1:
					if i := rapid.IntRange(0, len(v.Lines)-1).Draw(t, "costs"); v.Lines[i].Money() {
						v.Lines[i].Net = funding.Pence(net.Draw(t, "now"))
					}
				case 2:
					if len(v.Lines) > 2 {
						if _, err := v.Remove(v.Lines[rapid.IntRange(0, len(v.Lines)-1).Draw(t, "out")].ID); err != nil {
							t.Fatal(err)
						}
					}
				}
				before, list := v.Gross(), weights()
				if err := v.ShareAnew(list); err != nil {
					continue // nothing to share, a share of nothing, or too many lines: then it stays as it was
				}
				for i := range v.Lines {
					if v.Lines[i].ID == 0 {
						next++
						v.Lines[i].ID = next
					}
				}
				if v.Gross() != before {
					t.Fatalf("shared anew %s is %s", before, v.Gross())
				}
				positions, varies := map[int]bool{}, map[int64]bool{}
				for _, l := range v.Lines {
					if positions[l.Position] || l.Varies != 0 && varies[l.Varies] || l.Money() && l.Practice == "" && l.Varies == 0 {
						t.Fatalf("the lines are %+v", v.Lines)
					}
					if old, err := o.Line(l.Varies); l.Varies != 0 && (err != nil || old.Practice != l.Practice) {
						t.Fatalf("%+v is the next wording of %+v", l, old)
					}
					positions[l.Position], varies[l.Varies] = true, true
				}
			}
			o.Take(v)
			if o.Gross()-endedOf(o) != v.Gross() {
				t.Fatalf("in force it costs %s, and %s was agreed", o.Gross()-endedOf(o), v.Gross())
			}
			of := map[int]support.Line{}
			for _, l := range o.Standing() { // parts of one cost stay parts of one cost, and of no other
				if first, known := of[l.Shared]; l.Shared != 0 && l.EndedBy == 0 {
					if known && first.Description != l.Description {
						t.Fatalf("%+v and %+v share a number", first, l)
					}
					of[l.Shared] = l
				}
			}
		}
	})
}

// endedOf is what the lines cost that a variation took out and that still stand.
func endedOf(o support.Offer) funding.Pence {
	var sum funding.Pence
	for _, l := range o.Standing() {
		if l.EndedBy != 0 {
			sum += l.Gross()
		}
	}
	return sum
}
