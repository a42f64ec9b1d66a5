package service_test

import (
	"slices"
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

func reserveList(t *testing.T, w *servicetest.World, who string) service.ReserveFile {
	t.Helper()
	f, err := w.Service.Reserve(t.Context(), w.By(who), "", 0, 1)
	ok(t, err)
	return f
}

// order is the cases on the list, in order, and fails where the places have a gap.
func order(t *testing.T, f service.ReserveFile) []casework.ID {
	t.Helper()
	var list []casework.ID
	for i, e := range f.Entries {
		if e.Place != i+1 {
			t.Errorf("place %d stands at %d", e.Place, i+1)
		}
		list = append(list, e.Case)
	}
	return list
}

func TestTheReserveListHasAnOrder(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	one, two := w.Case("reserve"), w.Case("reservetwo")
	f := reserveList(t, w, "lead")
	if got := order(t, f); !slices.Equal(got, []casework.ID{one, two}) || f.Total != 2 || f.Unknown != 2 || f.Team != servicetest.Own || !f.Now() {
		t.Fatalf("the list is %+v", f)
	}
	if e := f.Entries[0]; e.Priority != 3 || e.LookAgainOn != servicetest.Day.AddMonths(6) || e.EnteredOn != servicetest.Day {
		t.Errorf("the first is %+v", e)
	}
	if w.File("lead", "reservetwo").Facts.ReservePlace != 2 {
		t.Error("the case does not know its place")
	}
	move := func(who string, name string, to int, reason, list string) error {
		return s.MoveOnReserve(ctx, w.By(who), w.On(name), casework.Moving{To: to, Reason: reason, List: list})
	}
	for _, wrong := range []error{move("lead", "reservetwo", 3, "Worse off.", f.Version), move("lead", "reservetwo", 2, "Worse off.", f.Version), move("lead", "reservetwo", 1, " ", f.Version)} {
		if _, invalid := fault.AsInvalid(wrong); !invalid {
			t.Errorf("a wrong move gets %v", wrong)
		}
	}
	if err := move("holder", "reservetwo", 1, "Worse off.", f.Version); !fault.IsForbidden(err) {
		t.Errorf("a caseworker gets %v", err)
	}
	ok(t, move("lead", "reservetwo", 1, "Their second partner has left.", f.Version))
	if err := move("lead", "reserve", 1, "No, they come first.", f.Version); !fault.IsStale(err) {
		t.Errorf("a move on an older list gets %v", err)
	}
	f = reserveList(t, w, "auditor")
	if got := order(t, f); !slices.Equal(got, []casework.ID{two, one}) {
		t.Errorf("moved, the order is %v", got)
	}
	if len(f.Moves) != 1 || f.Moves[0].From != 2 || f.Moves[0].To != 1 || f.Moves[0].Reason != "Their second partner has left." || f.Moves[0].ByName != "Leah Lead" {
		t.Errorf("the history is %+v", f.Moves)
	}
	event := w.File("lead", "reservetwo").Timeline[0]
	if event.Act != "place on the reserve list changed" || *event.Changes[0].Before != "2" || *event.Changes[0].After != "1" {
		t.Errorf("recorded is %+v", event)
	}
	if got := acts(w.File("pm", "reservetwo")); slices.Contains(got, "place on the reserve list changed") {
		t.Error("the practice reads of the move")
	}
	if _, err := s.Reserve(ctx, w.By("lead other"), servicetest.Own, 0, 1); !fault.IsNotFound(err) {
		t.Errorf("another team gets %v", err)
	}
}

// A case comes in behind those of its priority and before those of a lower one, and leaves no gap when it goes.
func TestOnAndOffTheReserveList(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.BeginAssessment(ctx, w.By("holder"), w.On("reserve")))
	if got := order(t, reserveList(t, w, "lead")); !slices.Equal(got, []casework.ID{w.Case("reservetwo")}) {
		t.Errorf("one left, and the list is %v", got)
	}
	f := servicetest.Findings()
	f.Impact = "high" // priority 1
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("reserve"), casework.Assessing{Findings: f, Version: 1, Complete: true}))
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), w.On("reserve"), servicetest.Agreed))
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("reserve"), told(casework.ForReserve, "So.")))
	ok(t, s.Decide(ctx, w.By("lead"), w.On("reserve"), told(casework.ForReserve, "So.")))
	ok(t, s.SendLetter(ctx, w.By("holder"), w.On("reserve"), casework.Posting{}))
	list := reserveList(t, w, "lead")
	if got := order(t, list); !slices.Equal(got, []casework.ID{w.Case("reserve"), w.Case("reservetwo")}) || list.Entries[0].Priority != 1 {
		t.Errorf("come back, the list is %+v", list.Entries)
	}
	if len(list.Gone) != 1 || list.Gone[0].LeftHow != "assessment begun" {
		t.Errorf("gone are %+v", list.Gone)
	}
	ok(t, s.Withdraw(ctx, w.By("pm"), w.On("reserve"), "We have found help."))
	if got := order(t, reserveList(t, w, "lead")); !slices.Equal(got, []casework.ID{w.Case("reservetwo")}) {
		t.Errorf("withdrawn, the list is %v", got)
	}
}

// How far the money reaches is what is left of every source against the estimates, in order.
func TestTheReachOfTheMoney(t *testing.T) {
	w := servicetest.Make(t)
	left := reserveList(t, w, "finance")
	var sum funding.Pence
	purses, err := w.Store.Purses(t.Context(), servicetest.Own, 2016)
	ok(t, err)
	for _, p := range purses {
		sum += p.Left
	}
	if left.Left != sum || left.Left == 0 || left.Reach != 2 {
		t.Errorf("left is %s, and reaches to %d; the purses have %s", left.Left, left.Reach, sum)
	}
	before, err := w.Service.Reserve(t.Context(), w.By("lead"), servicetest.Own, 2015, 1)
	if err != nil || len(before.Entries) != 0 || before.Now() || before.Left != 0 {
		t.Errorf("the year before has %+v, %v", before.ReserveList, err)
	}
}

func answered(reasons string) casework.Answering {
	return casework.Answering{Reasons: reasons, NoInterest: true}
}

// One act promotes: the practice has its letter, an offer is begun, and the list closes up.
func TestPromote(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	on := w.On("reserve")
	if _, wrong := fault.AsInvalid(s.Promote(ctx, w.By("lead"), on, casework.Answering{Reasons: "Money is free."})); !wrong {
		t.Error("it was promoted without the statement on interests")
	}
	if _, wrong := fault.AsInvalid(s.Promote(ctx, w.By("lead"), on, answered("We help if the practice must pay half."))); !wrong {
		t.Error("the letter asks for a contribution")
	}
	ok(t, s.Promote(ctx, w.By("lead"), on, answered("Money has become free.")))
	if err := s.Promote(ctx, w.By("lead"), on, answered("Money has become free.")); err == nil {
		t.Error("it was promoted twice")
	}
	f := w.File("lead", "reserve")
	if f.State != casework.Supported || f.Facts.OfferState != "draft" || f.Facts.LetterDue || f.Facts.LettersSent != 2 {
		t.Errorf("promoted, it is at %s with %+v", f.State, f.Facts)
	}
	letters, err := s.Letters(ctx, w.By("pm"), w.Case("reserve"))
	if err != nil || len(letters) != 2 || letters[0].Kind != casework.PromotionLetter || letters[0].Number != 2 || !strings.Contains(letters[0].Body, "Money has become free.") {
		t.Errorf("the practice has %+v, %v", letters, err)
	}
	list := reserveList(t, w, "lead")
	if got := order(t, list); !slices.Equal(got, []casework.ID{w.Case("reservetwo")}) || list.Gone[0].LeftHow != "case promoted" {
		t.Errorf("the list is %v, gone are %+v", got, list.Gone)
	}
	// Who promoted does not approve the offer that they began.
	ok(t, s.AddLine(ctx, w.By("holder"), w.Case("reserve"), casework.LineInput{Line: servicetest.PaidLine(1_000_00, "")}))
	if err := s.ApproveOffer(ctx, w.By("lead"), w.On("reserve")); err == nil {
		t.Error("who promoted approved the offer")
	}
	ok(t, s.ApproveOffer(ctx, w.By("finance"), w.On("reserve")))
	ok(t, s.SendOffer(ctx, w.By("holder"), w.On("reserve"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	if w.File("pm", "reserve").State != casework.Offered {
		t.Error("the practice has no offer")
	}
}

// Two people who promote at once: the second is told that the case has moved on.
func TestTwoPromote(t *testing.T) {
	w := servicetest.Make(t)
	on := w.On("reserve")
	results := make(chan error, 2)
	for range 2 {
		go func() {
			results <- w.Service.Promote(t.Context(), w.By("lead"), on, answered("Money has become free."))
		}()
	}
	first, second := <-results, <-results
	if (first == nil) == (second == nil) {
		t.Errorf("they get %v and %v", first, second)
	}
	letters, err := w.Service.Letters(t.Context(), w.By("pm"), w.Case("reserve"))
	if err != nil || len(letters) != 2 {
		t.Errorf("there are %d letters, %v", len(letters), err)
	}
}

// Who recommended does not promote, nor does somebody with an interest.
func TestWhoMayNotPromote(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.DeclareInterest(ctx, w.By("lead"), w.On("reserve"), "My brother is a partner there."))
	if err := s.Promote(ctx, w.By("lead"), w.On("reserve"), answered("So.")); err == nil {
		t.Error("somebody with an interest promoted")
	}
	if err := s.MoveOnReserve(ctx, w.By("lead"), w.On("reserve"), casework.Moving{To: 2, Reason: "So.", List: reserveList(t, w, "lead").Version}); err == nil {
		t.Error("somebody with an interest moved the case")
	}
}

// After six months a case is back in the queue by itself, once, and waits while it is on hold.
func TestTheListIsLookedAtAgain(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	n, err := s.LookAgain(ctx)
	if err != nil || n != 0 {
		t.Fatalf("before its day %d are back, %v", n, err)
	}
	ok(t, s.Hold(ctx, w.By("holder"), w.On("reservetwo"), "The partners meet.", servicetest.Day.AddDays(30)))
	later := onDay(w, servicetest.Day.AddMonths(6))
	for i, want := range []int{1, 0} {
		if n, err := later.LookAgain(ctx); err != nil || n != want {
			t.Errorf("run %d: %d are back, %v", i+1, n, err)
		}
	}
	f := w.File("lead", "reserve")
	if f.State != casework.Assessment || f.Timeline[0].Act != "case back in the queue" || f.Timeline[0].Actor != "system" {
		t.Errorf("it is at %s, after %+v", f.State, f.Timeline[0])
	}
	if got := acts(w.File("pm", "reserve")); !slices.Contains(got, "case back in the queue") {
		t.Error("the practice is not told")
	}
	if w.File("lead", "reservetwo").State != casework.Reserve {
		t.Error("the case on hold did not wait")
	}
	ok(t, later.Resume(ctx, w.By("holder"), w.On("reservetwo"), ""))
	if n, err := later.LookAgain(ctx); err != nil || n != 1 {
		t.Errorf("off hold, %d are back, %v", n, err)
	}
	if list := reserveList(t, w, "lead"); len(list.Entries) != 0 {
		t.Errorf("on the list are %+v", list.Entries)
	}
	ok(t, later.Recommend(ctx, w.By("holder"), w.On("reserve"), told(casework.ForSupport, "Money is free.")))
}
