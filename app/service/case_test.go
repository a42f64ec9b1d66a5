package service_test

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

func TestWorld(t *testing.T) {
	w := servicetest.Make(t)
	want := map[string]casework.State{
		"draft": casework.Draft, "unassigned": casework.Referred, "assigned": casework.Referred, "triage": casework.Triage,
		"held": casework.Triage, "asked": casework.Triage, "untold": casework.Referred, "foreign": casework.Referred, "withdrawn": casework.Withdrawn,
	}
	for name, state := range want {
		if f := w.File("auditor", name); f.State != state {
			t.Errorf("%s is at %s, not %s", name, f.State, state)
		}
	}
	if f := w.File("auditor", "unassigned"); f.Reference != "PRP-2016-000001" || f.Team != servicetest.Own || f.Region != "Y54" {
		t.Errorf("the first case sent is %s of %s in %s", f.Reference, f.Team, f.Region)
	}
}

// One form sent twice makes one thing.
func TestSubmittedTwice(t *testing.T) {
	w := servicetest.Make(t)
	by := w.By("pm")
	by.Submission = "one-and-the-same"
	first, err := w.Service.BeginRequest(t.Context(), by, servicetest.Marigold)
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.Service.BeginRequest(t.Context(), by, servicetest.Marigold)
	if err != nil || second != first {
		t.Errorf("the second copy made %d, %v; the first made %d", second, err, first)
	}
	other := w.By("pm member")
	other.Submission = by.Submission
	if _, err := w.Service.BeginRequest(t.Context(), other, servicetest.Teasel); err == nil {
		t.Error("somebody else's form was taken")
	}
}

// A form that was wrong can be sent again with the same token.
func TestSubmittedAfterMending(t *testing.T) {
	w := servicetest.Make(t)
	by, on := w.By("holder"), w.On("triage")
	by.Submission = "mended"
	if _, ok := fault.AsInvalid(w.Service.Hold(t.Context(), by, on, "", servicetest.Day.AddDays(9))); !ok {
		t.Fatal("a hold without a reason was taken")
	}
	if err := w.Service.Hold(t.Context(), by, on, "The partners meet.", servicetest.Day.AddDays(9)); err != nil {
		t.Fatal(err)
	}
}

func TestStaleVersion(t *testing.T) {
	w := servicetest.Make(t)
	on := w.On("draft")
	mine, theirs := servicetest.Answers("mine"), servicetest.Answers("theirs")
	if err := w.Service.SaveRequest(t.Context(), w.By("pm"), on, theirs); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.SaveRequest(t.Context(), w.By("pm"), on, mine); !fault.IsStale(err) {
		t.Fatalf("an edit of an old version gave %v", err)
	}
	if got := w.File("pm", "draft").Request.Problem; got != theirs.Problem {
		t.Errorf("the draft says %q", got)
	}
}

// A practice of the case is not told who has it, and does not see a case, before it is acknowledged.
func TestUntoldCaseIsHiddenFromThePractice(t *testing.T) {
	w := servicetest.Make(t)
	if _, err := w.Service.Case(t.Context(), w.By("pm"), w.Case("untold")); !fault.IsNotFound(err) {
		t.Fatalf("the practice reads a case that it was not told of: %v", err)
	}
	if err := w.Service.Acknowledge(t.Context(), w.By("holder"), w.On("untold"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.Case(t.Context(), w.By("pm"), w.Case("untold")); err != nil {
		t.Errorf("the practice cannot read the case that it was told of: %v", err)
	}
}

func TestTimelineOfThePracticeHasNoInternalNote(t *testing.T) {
	w := servicetest.Make(t)
	for who, want := range map[string]bool{"pm": false, "signatory": false, "pm member": false, "holder": true, "auditor": true} {
		found := false
		for _, h := range w.File(who, "triage").Timeline {
			found = found || strings.Contains(h.Words["note"], servicetest.MarkInternal)
		}
		if found != want {
			t.Errorf("%s reads the internal note: %t", who, found)
		}
	}
}

func TestCannotHaveCase(t *testing.T) {
	w := servicetest.Make(t)
	for code, why := range map[string]string{string(servicetest.ClosedOne): "closed", string(servicetest.Dental): "not a GP practice", "X19999": "no practice"} {
		_, err := w.Service.OpenCase(t.Context(), w.By("lead"), "X10001", casework.Opening{})
		if _, ok := fault.AsInvalid(err); !ok {
			t.Fatalf("an empty opening gave %v", err)
		}
		_, err = w.Service.OpenCase(t.Context(), w.By("lead"), practice.Code(code), casework.Opening{Route: casework.ByTeam, Reason: "because"})
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, err := w.Service.OpenCase(t.Context(), w.By("lead"), servicetest.Quillwort, casework.Opening{Route: casework.ByTeam, Reason: "because"}); !fault.IsForbidden(err) {
		t.Errorf("a lead opened a case of another team: %v", err)
	}
}

// References are numbered without gaps, also when a request is refused.
func TestReferencesHaveNoGap(t *testing.T) {
	w := servicetest.Make(t)
	id, err := w.Service.BeginRequest(t.Context(), w.By("pm"), servicetest.Marigold)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Service.SendRequest(t.Context(), w.By("pm"), service.On{Case: id, Version: 1}); err == nil {
		t.Fatal("an empty request was sent")
	}
	if err := w.Service.SendRequest(t.Context(), w.By("pm"), w.On("draft")); err != nil {
		t.Fatal(err)
	}
	want := casework.Reference(2016, len(servicetest.Cases)) // all of the world's were sent before but the draft
	if got := w.File("pm", "draft").Reference; got != want {
		t.Errorf("the next case is %s, not %s", got, want)
	}
}

// Somebody of a practice who also works for another team reads the case of the practice as the practice does.
func TestTwoPlacesAreKeptApart(t *testing.T) {
	w := servicetest.Make(t)
	by := w.By("pm")
	by.Actor.Assignments = append(by.Actor.Assignments, account.Assignment{Role: account.TeamLead, Place: account.AtArea, Code: servicetest.Other})
	f, err := w.Service.Case(t.Context(), by, w.Case("triage"))
	if err != nil {
		t.Fatal(err)
	}
	if f.ReadByStaff(by.Actor) {
		t.Error("the lead of another team reads the case as staff")
	}
	for _, h := range f.Timeline {
		if strings.Contains(h.Words["note"], servicetest.MarkInternal) {
			t.Error("the lead of another team reads the internal note by way of the practice")
		}
	}
}
