package demo_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
)

// What waits for a person is read by one query and what a person may do is decided by the table of transitions: on every
// case of the demonstration, for everybody in the programme, the two say the same.
func TestWorkIsWhatAPersonMayDo(t *testing.T) {
	people := column(t, usual(t), `SELECT DISTINCT p.email FROM person p JOIN role_assignment a ON a.person_id = p.id WHERE a.role NOT IN ('practice_manager', 'signatory') ORDER BY p.email`)
	cases := column(t, usual(t), `SELECT id FROM support_case WHERE state NOT IN ('draft', 'withdrawn') ORDER BY id`)
	db, err := store.Open(usualOnce.path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	s := service.New(db, service.ClockFrom(usualDay), nil)
	seen := map[casework.WorkKind]bool{}
	for _, one := range people {
		actor, err := s.ActorByEmail(t.Context(), one)
		if err != nil {
			t.Fatal(err)
		}
		by := service.By{Actor: actor}
		waits := map[string]bool{}
		for page := 1; ; page++ {
			work, err := s.Work(t.Context(), by, "", page)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range work.Items {
				seen[w.Kind] = true
				waits[fmt.Sprint(w.Kind, w.Case)] = true
				if act := w.Kind.Act(); act != "" {
					file, err := s.Case(t.Context(), by, w.Case)
					if err != nil {
						t.Fatal(err)
					}
					if !file.May(act, actor) {
						t.Errorf("%s has the work %q on case %d, and may not do it", one, w.Kind, w.Case)
					}
				}
			}
			if page >= work.Pages() {
				break
			}
		}
		if !actor.Has(account.Caseworker, account.TeamLead, account.FinanceOfficer) {
			for _, kind := range []casework.WorkKind{casework.WorkCloseYear, casework.WorkAllocation, casework.WorkBudgetChange} { // compared below, and where they are made
				delete(waits, fmt.Sprint(kind, casework.ID(0)))
			}
			for what := range waits {
				if !strings.HasPrefix(what, string(casework.WorkAuthorise)) && !strings.HasPrefix(what, string(casework.WorkProgrammeConcern)) || !actor.Has(account.ProgrammeManager) {
					t.Errorf("%s has work: %s", one, what)
				}
			}
			continue
		}
		for _, id := range cases {
			n, _ := strconv.ParseInt(id, 10, 64)
			file, err := s.Case(t.Context(), by, casework.ID(n))
			if err != nil {
				continue // it is of another team
			}
			for kind, is := range map[casework.WorkKind]bool{
				casework.WorkAssign:         file.Assignee.ID == 0 && file.State == casework.Referred,
				casework.WorkAcknowledge:    file.Assignee.ID == actor.ID,
				casework.WorkReview:         true,
				casework.WorkRecommend:      file.Assignee.ID == actor.ID,
				casework.WorkDecide:         true,
				casework.WorkLetter:         file.Assignee.ID == actor.ID,
				casework.WorkDecisionReview: true,
				casework.WorkApproveOffer:   true,
				casework.WorkAskForward:     file.Assignee.ID == actor.ID,
				casework.WorkSendOffer:      file.Assignee.ID == actor.ID,
				casework.WorkReply:          file.Assignee.ID == actor.ID,
				casework.WorkCountersign:    file.Facts.PracticeAccepted,
				casework.WorkReport:         true,
				casework.WorkFollowUp:       file.Assignee.ID == actor.ID,
			} {
				if may := is && file.May(kind.Act(), actor); may && !waits[fmt.Sprint(kind, casework.ID(n))] {
					t.Errorf("%s may do %q on case %d, and has no such work", one, kind, n)
				}
			}
		}
	}
	for _, at := range column(t, usual(t), `SELECT team || ' ' || year FROM year_closing WHERE state = 'asked'`) {
		team, year, _ := strings.Cut(at, " ")
		n, _ := strconv.Atoi(year)
		for _, one := range people {
			actor, err := s.ActorByEmail(t.Context(), one)
			if err != nil {
				t.Fatal(err)
			}
			work, err := s.Work(t.Context(), service.By{Actor: actor}, casework.WorkCloseYear, 1)
			if err != nil {
				t.Fatal(err)
			}
			waits := slices.ContainsFunc(work.Items, func(w casework.WorkItem) bool {
				return w.Kind == casework.WorkCloseYear && string(w.Team) == team && int(w.Year) == n
			})
			y, err := s.YearEnd(t.Context(), service.By{Actor: actor}, practice.Code(team), calendar.Year(n))
			if may := err == nil && y.RefuseSettling(actor, usualDay) == ""; may != waits {
				t.Errorf("%s may agree to the closing of %s: %v, and it waits for them: %v", one, at, may, waits)
			}
		}
	}
	for _, kind := range casework.WorkKinds() {
		if !seen[kind] && !slices.Contains(rare, kind) {
			t.Errorf("nobody has the work %q", kind)
		}
	}
}

// rare are kinds of work of which the demonstration has none on its day.
var rare = []casework.WorkKind{casework.WorkDecider, casework.WorkHold, casework.WorkInformation, casework.WorkProviderReceipt, casework.WorkStopped}
