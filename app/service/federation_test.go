package service_test

import (
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

func TestAFederationWithItsMembersOverTime(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx, day := w.Service, t.Context(), calendar.MustParse
	mustImport(t, s.ImportListSizes, lists(map[string]int{"X10001": 20000, "X10006": 15000}), "2016-09-30")
	ok(t, s.AddMember(ctx, w.By("admin"), practice.Membership{Federation: 1, Practice: servicetest.Yarrow, From: day("2016-12-01")}))
	combined := func(on string) string {
		t.Helper()
		f, err := s.Federation(ctx, 1, day(on))
		ok(t, err)
		return f.Combined.Words() + " " + f.Combined.Size()
	}
	for on, want := range map[string]string{
		"2016-03-31": "No practice belongs to it on this day ",
		"2016-04-01": "Not known ", // the lists are newer
		"2016-11-30": "At least 20,000 patients: the lists of 1 of 2 practices are known, the oldest as at 30 September 2016 ",
		"2017-01-18": "At least 35,000 patients: the lists of 2 of 3 practices are known, the oldest as at 30 September 2016 ",
	} {
		if got := combined(on); got != want {
			t.Errorf("on %s: %q, want %q", on, got, want)
		}
	}
	f, err := s.Federation(ctx, 1, calendar.Date{})
	ok(t, err)
	teasel := f.Members[1]
	if len(f.Members) != 3 || teasel.Practice != servicetest.Teasel {
		t.Fatalf("members are %+v", f.Members)
	}
	teasel.LastDay = day("2017-01-17")
	ok(t, s.ChangeMembership(ctx, w.By("lead"), teasel))
	if got, want := combined("2017-01-18"), "35,000 patients of 2 practices, by lists of which the oldest is as at 30 September 2016 Within the 30,000 to 50,000 patients that a network is meant to have"; got != want {
		t.Errorf("without Teasel %q, want %q", got, want)
	}
	if err := s.ChangeMembership(ctx, w.By("lead"), teasel); !fault.IsStale(err) {
		t.Errorf("an older version: %v", err)
	}
	list, err := s.Federations(ctx, "dale net", 1)
	ok(t, err)
	if len(list.Rows) != 1 || list.Total != 1 || list.Rows[0].Members != 2 || list.Rows[0].WithList != 2 || list.Rows[0].Patients != 35000 {
		t.Errorf("listed is %+v", list)
	}
	of, err := s.FederationsOf(ctx, servicetest.Teasel)
	ok(t, err)
	if len(of) != 1 || of[0].Of != "Dale Network" || of[0].Since() != "from 1 April 2016 to 17 January 2017" {
		t.Errorf("Teasel: %+v", of)
	}
	teasel.Version++
	ok(t, s.RemoveMembership(ctx, w.By("lead"), teasel))
	if of, err = s.FederationsOf(ctx, servicetest.Teasel); err != nil || len(of) != 0 {
		t.Errorf("taken out: %+v, %v", of, err)
	}
}

func TestWhatCannotBeOfAFederation(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx, from := w.Service, t.Context(), calendar.MustParse("2016-06-01")
	join := func(who string, m practice.Membership) error { return s.AddMember(ctx, w.By(who), m) }
	add := func(who string, d practice.FederationDetails) error {
		_, err := s.AddFederation(ctx, w.By(who), d)
		return err
	}
	for name, test := range map[string]struct {
		err   error
		wrong string
	}{
		"twice at once":         {join("lead", practice.Membership{Federation: 1, Practice: servicetest.Marigold, From: from}), "belongs to it already since 1 April 2016"},
		"no practice":           {join("lead", practice.Membership{Federation: 1, Practice: "X19999", From: from}), "no practice with this code"},
		"a team":                {join("lead", practice.Membership{Federation: 1, Practice: servicetest.Own, From: from}), "no practice with this code"},
		"no federation":         {join("lead", practice.Membership{Federation: 9, Practice: servicetest.Yarrow, From: from}), "not found"},
		"a practice's manager":  {join("pm", practice.Membership{Federation: 1, Practice: servicetest.Yarrow, From: from}), "Only a caseworker"},
		"a programme manager":   {add("nation", practice.FederationDetails{Name: "New", Kind: "network"}), "Only a caseworker"},
		"the name of another":   {add("lead", practice.FederationDetails{Name: " DALE  network", Kind: "network"}), "with this name already"},
		"neither one nor other": {add("lead", practice.FederationDetails{Name: "New", Kind: "club"}), "Choose whether"},
	} {
		if test.err == nil || !strings.Contains(test.err.Error(), test.wrong) {
			t.Errorf("%s: %v", name, test.err)
		}
	}
}

// A case for a group is opened for practices of the team alone; each sees it once it is acknowledged.
func TestACaseForPracticesOfANetwork(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	open := func(others ...practice.Code) (casework.ID, error) {
		return s.OpenCase(ctx, w.By("holder"), servicetest.Marigold, casework.Opening{Route: casework.ByTeam, Reason: "One nurse for both.", Others: others})
	}
	for code, wrong := range map[practice.Code]string{servicetest.Quillwort: "is of another local team", servicetest.ClosedOne: "has closed", servicetest.Dental: "not a GP practice"} {
		if _, err := open(servicetest.Teasel, code); err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%s: %v", code, err)
		}
	}
	id, err := open(servicetest.Teasel, servicetest.Marigold, servicetest.Teasel)
	ok(t, err)
	f, err := s.Case(ctx, w.By("holder"), id)
	ok(t, err)
	if len(f.Practices) != 2 || f.Lead().Code != servicetest.Marigold || !f.Has(servicetest.Teasel) {
		t.Fatalf("its practices are %+v", f.Practices)
	}
	together, err := s.FederationsToday(ctx, f)
	ok(t, err)
	if len(together) != 1 || len(together[0].Practices) != 2 || together[0].Name != "Dale Network" {
		t.Errorf("they belong to %+v", together)
	}
	if _, err := s.Case(ctx, w.By("pm member"), id); !fault.IsNotFound(err) {
		t.Errorf("a member sees it before it is acknowledged: %v", err)
	}
	ok(t, s.Acknowledge(ctx, w.By("holder"), service.On{Case: id, Version: f.Version}, "We come to both."))
	if _, err := s.Case(ctx, w.By("pm member"), id); err != nil {
		t.Errorf("a member does not see it: %v", err)
	}
}
