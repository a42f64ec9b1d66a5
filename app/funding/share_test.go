package funding_test

import (
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/funding"
)

var ofNation2 = who(12, at(account.ProgrammeManager, account.Everywhere, ""))

func listed(patients ...int) []funding.Listed {
	var list []funding.Listed
	for i, n := range patients {
		team := yorkshire
		team.Code = yorkshire.Code[:1] + practiceCode(i)
		list = append(list, funding.Listed{Team: team, Patients: n})
	}
	return list
}

// Any total among any teams: the shares come to it to the penny, all but one are whole thousands, none is below zero, and
// none is a thousand or more from its exact part, but for what the largest takes beyond the last thousand.
func TestSharesComeToTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		teams := listed(rapid.SliceOfN(rapid.IntRange(0, 6_000_000), 1, 14).Draw(t, "patients")...)
		total := funding.Pence(rapid.Int64Range(1, 20_000_000_00).Draw(t, "total"))
		shares, all := funding.Shares(total, teams), funding.PatientsOf(teams)
		if all == 0 {
			if shares != nil {
				t.Fatalf("no patients, and the shares %v", shares)
			}
			return
		}
		var sum funding.Pence
		odd := 0
		for _, s := range shares {
			sum += s.Amount
			if s.Amount%1_000_00 != 0 {
				odd++
			}
			exact := float64(total) * float64(s.Patients) / float64(all)
			if s.Amount < 0 || float64(s.Amount) > exact+2_000_00 || float64(s.Amount) < exact-2_000_00 {
				t.Fatalf("%d patients of %d get %s of %s", s.Patients, all, s.Amount, total)
			}
			if s.Patients == 0 && s.Amount != 0 {
				t.Fatalf("a team without patients gets %s", s.Amount)
			}
		}
		if sum != total || odd > 1 {
			t.Fatalf("shares of %s come to %s, %d of them no whole thousand", total, sum, odd)
		}
	})
}

func TestSharesByHand(t *testing.T) {
	shares := funding.Shares(10_000_50, listed(500, 300, 200, 0))
	for i, want := range []funding.Pence{5_000_50, 3_000_00, 2_000_00, 0} {
		if shares[i].Amount != want {
			t.Errorf("share %d is %s, not %s", i, shares[i].Amount, want)
		}
	}
	// A third each of £10,000: the thousand that is left goes to the first by code.
	for i, s := range funding.Shares(10_000_00, listed(7, 7, 7)) {
		if want := []funding.Pence{4_000_00, 3_000_00, 3_000_00}[i]; s.Amount != want {
			t.Errorf("of three alike, %d gets %s", i, s.Amount)
		}
	}
	for _, c := range []struct {
		amount   funding.Pence
		patients int64
		want     string
	}{{27_50, 100, "27.5p"}, {100, 3, "33.3p"}, {200, 3, "66.7p"}, {5, 0, ""}, {1, 20, "0.1p"}} {
		if got := funding.PerPatient(c.amount, c.patients); got != c.want {
			t.Errorf("%d pence for %d patients is %q, not %q", c.amount, c.patients, got, c.want)
		}
	}
}

func TestWhoDivides(t *testing.T) {
	in := funding.DivisionInput{Year: 2016, Source: funding.Source{Code: "gprp"}, Total: 12_000_00, Reason: "Board paper 4.", Patients: 12}
	teams := listed(7, 5)
	for _, a := range []account.Actor{ofRegion, ofTeam, teamLead, theAuditor, {}} {
		if _, _, err := funding.NewDivision(in, teams, a, moment); !fault.IsForbidden(err) {
			t.Errorf("%v divided a total: %v", a.Assignments, err)
		}
	}
	d, waiting, err := funding.NewDivision(in, teams, ofNation, moment)
	if err != nil || len(waiting) != 2 || waiting[0].Amount+waiting[1].Amount != in.Total {
		t.Fatalf("%v, %v", waiting, err)
	}
	if _, _, err := d.Approve(waiting, ofNation, moment); !fault.IsForbidden(err) {
		t.Errorf("who entered them approved them: %v", err)
	}
	if _, entries, err := d.Approve(waiting, ofNation2, moment); err != nil || len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
	if _, _, err := d.Approve(nil, ofNation2, moment); err == nil {
		t.Error("nothing was approved twice")
	}
	in.Patients++
	if _, _, err := funding.NewDivision(in, teams, ofNation, moment); err == nil {
		t.Error("shares were entered that are not those of the lists")
	}
}
