package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/audit"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// Where the budget cannot bear what was promised, the page on which the lead accepts the memorandum says how much is missing and what
// to do, and keeps the text before the reader; the practice reads nothing of the budget.
func TestTheTeamReadsWhatIsMissing(t *testing.T) {
	s := newSite(t)
	ctx, id := t.Context(), s.Case("proposed")
	file, err := s.Service.Offer(ctx, s.By("lead"), id)
	if err != nil {
		t.Fatal(err)
	}
	line, left := file.Live().Lines[0], file.Available()[file.Live().Lines[0].Budget]
	err = s.Store.Change(ctx, func(tx *store.Tx) error {
		tx.Post(funding.Entry{
			Kind: funding.Release, From: funding.Account{Budget: line.Budget, Line: line.ID, State: funding.Reserved}, To: funding.Account{Budget: line.Budget, State: funding.Available},
			Amount: 4_000_00, Effective: servicetest.Day, Case: int64(id), Practice: servicetest.Marigold,
		})
		_, err := tx.Record(ctx, audit.Event{
			Act: "budget cut", Actor: "person", PersonID: s.By("lead").Actor.ID, Subject: audit.Subject{Kind: "case", ID: id.String()}, Audience: audit.ForTeam,
			RecordedAt: servicetest.Day.Start(), Words: map[string]string{},
		}, "salt")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	change, err := s.Service.AskForBudgetChange(ctx, s.By("region"), service.NewBudgetChange{
		Kind: funding.Virement, Year: 2016, From: servicetest.Own, Team: servicetest.Other, Source: "gprp", Amount: left + 4_000_00, Reason: "A practice there closes in March.",
	})
	if err != nil {
		t.Fatal(err)
	}
	for who, side := range map[string]funding.Side{"finance": funding.Giver, "lead other": funding.Taker} {
		if err := s.Service.AgreeToBudgetChange(ctx, s.By(who), change, side); err != nil {
			t.Fatal(err)
		}
	}
	hash := s.hash(paths.Case(id))
	accept := url.Values{"hash": {hash}, "name": {"Sam Signatory"}, "role": {"Partner"}, "read": {"yes"}}
	if got := s.as("signatory").post(paths.Section(id, paths.AgreementAcceptance), accept); got.Code != http.StatusSeeOther {
		t.Fatalf("the practice accepts: %d", got.Code)
	}
	got := s.as("lead").post(paths.Section(id, paths.AgreementCountersignature), url.Values{"hash": {hash}})
	if got.Code != http.StatusConflict {
		t.Fatalf("the team accepts: %d", got.Code)
	}
	for _, w := range []string{"cannot be accepted now", "£4,000 is missing", "£0 is left", "topped up", hash} {
		if !strings.Contains(got.Body.String(), w) {
			t.Errorf("the page does not say %q", w)
		}
	}
	for _, page := range []string{paths.Case(id), paths.Section(id, paths.AgreementSection)} {
		if body := s.as("pm").get(page).Body.String(); strings.Contains(body, "missing") || strings.Contains(body, "topped up") {
			t.Errorf("the practice reads of the budget on %s", page)
		}
	}
}
