package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/service/servicetest"
)

// The lead moves a case on the reserve list, sees why it stands where it does, and promotes it with the letter before
// their eyes.
func TestFromReserveToSupport(t *testing.T) {
	s := newSite(t)
	lead, pm := s.as("lead"), s.as("pm")
	at := s.caseURL("reservetwo")
	mustContain(t, lead.page("/reserve"), "Reserve list", "2016/17", "is left to promise", "No case on the list has an estimate", "Priority 3", "Move up", "Promote", "18 July 2017")
	mustNotContain(t, s.as("holder").get("/reserve").Body.String(), "Move up", "Promote")
	mustContain(t, lead.page(at), "Place 2 of 2", "Move on the reserve list", "Promote to support")
	mustNotContain(t, pm.get(at).Body.String(), "Place 2 of 2")

	place := at + "/reserve-place"
	early := lead.submit(place+"?to=1", place, url.Values{"reason": {""}})
	if early.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a move without a reason gets %d", early.Code)
	}
	mustContain(t, parse(t, early), "Say why it comes before or after others")
	old := fill(lead.page(place), place, url.Values{"place": {"1"}, "reason": {"Too late."}})
	mustContain(t, lead.follow(lead.submit(place+"?to=1", place, url.Values{"reason": {"Their partner has left."}})), "The case has its new place", "Moved on the reserve list", "Place 2, now 1")
	mustContain(t, lead.page("/reserve"), "From 2 to 1", "Their partner has left.", "Leah Lead")
	stale := lead.post(place, old)
	if stale.Code != http.StatusConflict && stale.Code != http.StatusUnprocessableEntity {
		t.Errorf("a move on an older list gets %d", stale.Code)
	}

	promotion := at + "/promotion"
	mustContain(t, parse(t, lead.steps(lead.submit(promotion, promotion, url.Values{"reasons": {"You must pay half."}, "then": {"preview"}}))), "Support is never conditional on a contribution", "State that you have no interest")
	preview := parse(t, lead.steps(lead.submit(promotion, promotion, url.Values{"reasons": {"Money has become free."}, "no_interest": {"yes"}, "then": {"preview"}})))
	mustContain(t, preview, "Your place on our reserve list: we will help", "Money has become free.", "set locally", "has an account, so the letter stands in their tracker", "somebody else approves it")
	if s.File("lead", "reservetwo").State != casework.Reserve {
		t.Fatal("the preview promoted")
	}
	mustContain(t, parse(t, lead.steps(lead.post(promotion, fill(preview, promotion, url.Values{"then": {"change"}})))), "Reasons to the practice", "Money has become free.")
	mustContain(t, lead.follow(lead.post(promotion, fill(preview, promotion, url.Values{"then": {"send"}}))), "The practice has its letter, and the draft of an offer is begun", "Supported", "Promoted from the reserve list to support")
	mustContain(t, pm.page(at+"/letters/2"), "Money has become free.")
	mustContain(t, lead.page("/reserve"), "Promoted to support")
	mustContain(t, lead.page(at+"/offer"), "Leah Lead")
}

// A practice asks for a review from its letter; somebody who had no part in the decision answers it.
func TestReviewOfADecision(t *testing.T) {
	s := newSite(t)
	pm, lead, two := s.as("pm"), s.as("lead"), s.as("colleague")
	at := s.caseURL("notnow")
	ask := at + "/decision-review"
	if link := pm.page(at + "/letters/1").Find("a[href='" + ask + "']"); link.Length() != 1 {
		t.Error("the letter does not lead to the review")
	}
	mustContain(t, parse(t, pm.submit(ask, ask, url.Values{"reason": {""}})), "Say what the decision got wrong")
	mustContain(t, pm.follow(pm.submit(ask, ask, url.Values{"reason": {"Our second partner has left."}})), "Somebody who had no part in the decision looks at it again", "Review of decision", "15 February 2017")
	mustContain(t, pm.page("/cases"), "Review of decision", "15 February 2017")
	mustContain(t, lead.page(at), "You made this decision, so somebody else must review it")
	mustContain(t, two.page("/cases?waiting=decision_review"), "Review of decision")
	answer := at + "/decision-review/upholding"
	mustContain(t, two.page(answer), "What the practice says", "Our second partner has left.", "Pat Marigold asked on 18 January 2017. The answer is due by 15 February 2017.")
	if w := pm.get(ask); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "There is nothing to do here now: it was done already") {
		t.Errorf("asking again while a review is open: %d", w.Code)
	}
	preview := parse(t, two.steps(two.submit(answer, answer, url.Values{"reasons": {"Others are worse off."}, "no_interest": {"yes"}, "then": {"preview"}})))
	mustContain(t, preview, "Review of our decision: it stands", "Others are worse off.", "Colin Colleague")
	mustContain(t, two.follow(two.post(answer, fill(preview, answer, url.Values{"then": {"send"}}))), "The practice has its answer: the decision stands", "Decision reviewed: it stands")
	mustContain(t, pm.page(at), "Decision reviewed: it stands", "Not now")
	mustNotContain(t, pm.get(at).Body.String(), "Ask for a review of the decision")
	mustContain(t, pm.page(at+"/letters"), "Review of our decision: it stands")
}

// Where nobody at the practice has an account the answer goes by post, with the day.
func TestPromotionByPost(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	id, err := s.Service.OpenCase(ctx, s.By("holder"), servicetest.Yarrow, casework.Opening{Route: casework.ByTeam, Reason: "No reply to letters."})
	if err != nil {
		t.Fatal(err)
	}
	cw, lead := s.as("holder"), s.as("lead")
	at := "/cases/" + id.String()
	verdict := url.Values{"outcome": {"reserve"}, "codes-reserve": {"others_first"}, "reasons": {"We come back in spring."}, "no_interest": {"yes"}, "then": {"decide"}}
	day := url.Values{"due-day": {"18"}, "due-month": {"1"}, "due-year": {"2017"}, "posted": {"yes"}}
	for _, step := range []struct {
		who  *browser
		noun string
		form url.Values
	}{
		{cw, "/acknowledgement", nil}, {cw, "/assessment/beginning", nil}, {cw, "/assessment", also(whole, url.Values{"then": {"complete"}})},
		{lead, "/assessment/review", url.Values{"outcome": {"agreed"}}}, {cw, "/recommendation", verdict}, {lead, "/decision", verdict}, {cw, "/letter", day},
	} {
		if w := step.who.submit(at+step.noun, at+step.noun, step.form); w.Code != http.StatusSeeOther {
			t.Fatalf("%s gets %d", step.noun, w.Code)
		}
	}
	promotion := at + "/promotion"
	preview := parse(t, lead.steps(lead.submit(promotion, promotion, url.Values{"reasons": {"Money is free."}, "no_interest": {"yes"}, "then": {"preview"}})))
	mustContain(t, preview, "so the letter goes by post", "When did you post it?")
	early := lead.post(promotion, fill(preview, promotion, url.Values{"then": {"send"}}))
	if early.Code != http.StatusUnprocessableEntity {
		t.Fatalf("without a day it gets %d", early.Code)
	}
	again := parse(t, early)
	mustContain(t, again, "Enter the day on which you posted the letter", "Money is free.")
	mustContain(t, lead.follow(lead.post(promotion, fill(again, promotion, also(day, url.Values{"then": {"send"}})))), "The practice has its letter")
}
