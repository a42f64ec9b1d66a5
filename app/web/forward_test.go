package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/service/servicetest"
)

// A part of an offer in a year without a budget is shown apart to whoever approves, asked for by the holder and authorised by a programme
// manager; the practice reads that its money is not set yet, and nothing of who authorised it.
func TestForwardCommitmentOnThePages(t *testing.T) {
	s := newSite(t)
	ctx, id := t.Context(), s.Case("offerdraft")
	l := servicetest.PaidLine(3_000_00, "In the next year.")
	l.Source, l.Starts, l.Ends = "other", calendar.MustParse("2017-05-01"), calendar.MustParse("2017-09-30")
	if err := s.Service.AddLine(ctx, s.By("holder"), id, casework.LineInput{Line: l}); err != nil {
		t.Fatal(err)
	}
	offer, approve, ask := paths.Section(id, paths.OfferSection), paths.Act(id, paths.OfferApproval), paths.Act(id, paths.OfferForward)
	const apart = "£3,000 in 2017/18, for which there is no budget yet (Other)"
	holder, lead, region := s.as("holder"), s.as("lead"), s.as("region")
	mustContain(t, holder.page(offer), apart)
	mustContain(t, lead.page(approve), apart, "once a programme manager, who neither wrote nor approved it, has authorised")
	if w := lead.submit(approve, approve, nil); w.Code != http.StatusSeeOther {
		t.Fatalf("the lead approves: %d", w.Code)
	}
	mustContain(t, holder.page(offer), apart, "Ask for the forward commitment", "Send the offer: A part of it falls in a year without a budget")
	wrong := holder.submit(ask, ask, url.Values{"reason": {""}})
	if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), "Say why it is promised before its budget is there") {
		t.Errorf("without a reason: %d", wrong.Code)
	}
	if w := holder.submit(ask, ask, url.Values{"reason": {"The doctor begins in May."}}); w.Code != http.StatusSeeOther {
		t.Fatalf("the holder asks: %d", w.Code)
	}
	list, err := s.Store.Forwards(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	page := paths.Forward(list[0].ID)
	mustContain(t, region.page(paths.Allocations), "To be authorised", "£0 agreed by both sides, and £3,000 in offers")
	mustContain(t, region.page("/work"), "Authorise a forward commitment")
	mustContain(t, lead.page(page), "Only a programme manager", "The doctor begins in May.")
	refused := region.submit(page, paths.ForwardRefusal(list[0].ID), url.Values{"reason": {""}})
	if refused.Code != http.StatusUnprocessableEntity || !strings.Contains(refused.Body.String(), "Say why it is refused") {
		t.Errorf("refused without a reason: %d", refused.Code)
	}
	if w := region.submit(page, paths.ForwardAuthorisation(list[0].ID), nil); w.Code != http.StatusSeeOther {
		t.Fatalf("the programme manager authorises: %d", w.Code)
	}
	again := s.as("nation").post(paths.ForwardAuthorisation(list[0].ID), url.Values{"submission": {"another"}})
	if again.Code != http.StatusConflict || !strings.Contains(again.Body.String(), "decided already") {
		t.Errorf("authorised twice: %d", again.Code)
	}
	mustContain(t, lead.page(offer), "Authorised; no budget yet", "Rae Region", "its money is reserved, but for what has no budget yet")
	if err := s.Service.SendOffer(ctx, s.By("holder"), s.On("offerdraft"), servicetest.Day.AddWorkingDays(20)); err != nil {
		t.Fatal(err)
	}
	seen := s.as("pm").get(offer).Body.String()
	if !strings.Contains(seen, "whose money is not set yet") {
		t.Error("the practice does not read that the money of the part is not set yet")
	}
	mustNotContain(t, seen, "Rae Region", "no budget yet", "Forward commitments")
}
