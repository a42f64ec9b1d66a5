package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// What a provider offers in a month is set against what approved offers have promised; a draft, a declined line and a
// cancelled offer promise nothing.
func TestOfferedAgainstPromised(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	march := calendar.MustParse("2017-03-01")
	p, err := s.ProviderFile(ctx, servicetest.Helper)
	must(t, err)
	supply := support.Supply{
		Rates: map[string]funding.Pence{"management_capacity": 400_00, "coaching": 0}, Needs: []string{"staffing"}, Areas: []string{"Y54"}, Offered: map[calendar.Date]int{march: 100},
	}
	must(t, s.ChangeSupply(ctx, w.By("holder"), servicetest.Helper, p.Version, supply, fault.Invalid{}))
	if err := s.ChangeSupply(ctx, w.By("holder"), servicetest.Helper, p.Version, supply, fault.Invalid{}); !fault.IsStale(err) {
		t.Errorf("an older version: %v", err)
	}
	q := support.SupplyQuery{Item: "coaching", Need: "staffing", Area: servicetest.Own, Month: march.AddDays(14)}
	promised := func() int {
		t.Helper()
		f, err := s.Suppliers(ctx, q)
		must(t, err)
		if len(f.Suppliers) != 1 || f.Suppliers[0].Offered != 100 || !f.Suppliers[0].Said {
			t.Fatalf("it finds %+v", f.Suppliers)
		}
		return f.Suppliers[0].Promised
	}
	before := promised()
	kind := servicetest.KindLine(10, "")
	kind.Starts, kind.Ends = march, march.AddDays(30)
	sessions := servicetest.InvoiceLine(0, 0, "")
	sessions.Unit, sessions.Halves, sessions.Price, sessions.Starts, sessions.Ends = support.BySession, 12, 200_00, march, march.AddDays(30)
	fixed := servicetest.InvoiceLine(1_000_00, 0, "")
	for _, l := range []support.Line{kind, sessions, fixed} {
		must(t, s.AddLine(ctx, w.By("holder"), w.Case("supported"), casework.LineInput{Line: l}))
	}
	if got := promised(); got != before {
		t.Errorf("a draft promises %d half days", got-before)
	}
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	if got := promised(); got != before+10+6 { // six sessions are three days
		t.Errorf("the offer promises %d half days", got-before)
	}
	must(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), servicetest.Day.AddWorkingDays(15)))
	must(t, s.AnswerOffer(ctx, w.By("pm"), w.On("supported"), map[int64]string{offerOf(t, w, "pm", "supported").Live().Lines[0].ID: "We have a mentor."}))
	if got := promised(); got != before+6 {
		t.Errorf("without the declined line it promises %d half days", got-before)
	}
	f, err := s.ProviderFile(ctx, servicetest.Helper)
	must(t, err)
	if m := f.Months[2]; m.Month != march || m.Left() != 100-promised() {
		t.Errorf("the page of the provider says %+v", m)
	}
	for _, elsewhere := range []support.SupplyQuery{{Item: "diagnostic", Month: march}, {Item: "coaching", Need: "it", Month: march}, {Item: "coaching", Area: servicetest.Other, Month: march}} {
		if f, err := s.Suppliers(ctx, elsewhere); err != nil || len(f.Suppliers) != 0 {
			t.Errorf("%+v finds %d, %v", elsewhere, len(f.Suppliers), err)
		}
	}
	// Without areas a provider serves all of England, and what is not asked about does not narrow.
	f, err = s.ProviderFile(ctx, servicetest.Helper)
	must(t, err)
	must(t, s.ChangeSupply(ctx, w.By("lead"), servicetest.Helper, f.Version, support.Supply{Rates: supply.Rates}, fault.Invalid{}))
	if found, err := s.Suppliers(ctx, support.SupplyQuery{Area: servicetest.Other, Month: march}); err != nil || len(found.Suppliers) != 1 || found.Suppliers[0].Offered != 100 || found.Suppliers[0].Rate != 400_00 || found.Suppliers[0].MostRate != 400_00 {
		t.Errorf("it finds %+v, %v", found.Suppliers, err)
	}
	if found, err := s.Suppliers(ctx, support.SupplyQuery{Item: "coaching", Month: march}); err != nil || len(found.Suppliers) != 1 || found.Suppliers[0].MostRate != 0 {
		t.Errorf("for coaching, of which no price is agreed, it finds %+v, %v", found.Suppliers, err)
	}
}

// Where help is needed is asked of the places that there are today. One that is gone is asked about only as long as a provider is said to
// serve it, so that what is kept can be saved again.
func TestPlacesThatAreGoneAreNotAskedAbout(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	area := func(code, name, closed string) string {
		return fmt.Sprintf(`"%s","%s","Y54","","1 INVENTED STREET","","","NOWHERE","","VX1 1AA","20150401","%s","","S","","","","","","","","0","","","","",""`+"\n", code, name, closed)
	}
	_, err := s.ImportAreas(ctx, service.By{Actor: account.Operator}, service.RegisterFile{Name: "areas.csv", AsAt: calendar.MustParse("2016-12-30"), Content: strings.NewReader(area("Q90", "GONE BEFORE TODAY", "20160331") + area("Q91", "GONE AT THE END OF TODAY", strings.ReplaceAll(servicetest.Day.String(), "-", "")))})
	must(t, err)
	has := func(name string) bool {
		t.Helper()
		f, err := s.Suppliers(ctx, support.SupplyQuery{})
		must(t, err)
		return slices.ContainsFunc(f.Teams, func(team funding.Team) bool { return strings.EqualFold(team.Name, name) })
	}
	if has("Gone before today") || !has("Gone at the end of today") {
		t.Errorf("gone before today: %v, at its end: %v", has("Gone before today"), has("Gone at the end of today"))
	}
	must(t, w.Store.Change(ctx, func(tx *store.Tx) error {
		return tx.SaveSupply(ctx, servicetest.Helper, support.Supply{Areas: []string{"Q90"}})
	}))
	if !has("Gone before today") {
		t.Error("a place that a provider serves is not there")
	}
}
