package web

import (
	"net/http"
	"net/url"
	"testing"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// The cost of an offer is shared between two practices on pages; one declines, and the other goes on.
func TestSharingTheCostOfAGroup(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offerdraft").String()
	cw, lead, pm, member := s.as("holder"), s.as("lead"), s.as("pm"), s.as("pm member")
	one, two := "percent-"+string(servicetest.Marigold), "percent-"+string(servicetest.Teasel)

	mustContain(t, cw.page(base+"/offer"), "The practices of this group", "Combined list", "The cost is not shared", "Share the cost between the practices")
	mustContain(t, cw.page(base+"/offer/shares"), "How is the cost shared?", "the practice that leads first", "It is not shared")
	for want, form := range map[string]url.Values{
		"Choose how the cost is shared":                                         {"how": {""}},
		"The shares must be 100 per cent together. They are 90.00":              {"how": {"percent"}, one: {"60"}, two: {"30"}},
		"Enter a share in per cent with at most two decimals":                   {"how": {"percent"}, one: {"most"}, two: {"40"}},
		"The registered list of MARIGOLD SURGERY is not known. Type the shares": {"how": {"list"}},
	} {
		w := cw.submit(base+"/offer/shares", base+"/offer/shares", form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%v gets %d", form, w.Code)
		}
		page := parse(t, w)
		mustContain(t, page, want)
		if v, _ := page.Find("#" + two).Attr("value"); form.Get(two) != v {
			t.Errorf("what was typed is lost: %q", v)
		}
	}
	mustContain(t, cw.follow(cw.submit(base+"/offer/shares", base+"/offer/shares", url.Values{"how": {"percent"}, one: {"60"}, two: {"40"}})),
		"The shares are saved.", "What falls to each practice", "60.00%", "40.00%", "All shares", "Each practice answers and signs for itself")
	cw.follow(lead.submit(base+"/offer/approval", base+"/offer/approval", nil))
	cw.follow(cw.submit(base+"/offer/sending", base+"/offer/sending", nil))

	mustContain(t, member.page(base+"/offer/refusal"), "You decline for TEASEL")
	if w := member.submit(base+"/offer/refusal", base+"/offer/refusal", url.Values{"reason": {" "}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a share is declined without a reason: %d", w.Code)
	}
	mustContain(t, member.follow(member.submit(base+"/offer/refusal", base+"/offer/refusal", url.Values{"reason": {"We manage."}})), "You have declined the offer.")
	mustContain(t, cw.page(base+"/offer"), "Declined, ", "We manage.", "Not answered yet")
	mustContain(t, cw.page(base), "Offer declined", "For: TEASEL")
	if w := member.get(base + "/offer/acceptance"); w.Code == http.StatusOK {
		t.Error("who declined can accept")
	}
	mustContain(t, pm.page(base+"/offer/acceptance"), "You answer for MARIGOLD SURGERY")
	mustContain(t, pm.follow(pm.submit(base+"/offer/acceptance", base+"/offer/acceptance", nil)), "You have accepted the offer.", "Agreement")
}

// The pages of the case and of its memorandum tell the team, and not the practice, that nobody at a practice can accept it.
func TestNobodyCanAcceptIsSaid(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offerdraft").String()
	cw, lead, pm, member := s.as("holder"), s.as("lead"), s.as("pm"), s.as("pm member")
	cw.follow(cw.submit(base+"/offer/shares", base+"/offer/shares", url.Values{"how": {"percent"}, "percent-" + string(servicetest.Marigold): {"60"}, "percent-" + string(servicetest.Teasel): {"40"}}))
	cw.follow(lead.submit(base+"/offer/approval", base+"/offer/approval", nil))
	cw.follow(cw.submit(base+"/offer/sending", base+"/offer/sending", nil))
	member.follow(member.submit(base+"/offer/acceptance", base+"/offer/acceptance", nil))
	pm.follow(pm.submit(base+"/offer/acceptance", base+"/offer/acceptance", nil))
	said := []string{"Nobody can accept the memorandum for TEASEL", "Ask the practice who may sign for it", "ask an administrator of this service"}
	for _, page := range []string{base, base + "/agreement"} {
		mustContain(t, cw.page(page), said...)
		mustContain(t, lead.page(page), said...)
	}
	mustNotContain(t, pm.page(base).Text(), said...)
	mustContain(t, cw.page("/work?what=signatory"), "Have a signatory named", "MARIGOLD SURGERY")
	cw.follow(cw.submit(base+"/agreement/draft", base+"/agreement/draft", nil))
	mustContain(t, cw.page(base+"/agreement"), said...)
	for _, who := range []*browser{pm, member} {
		mustNotContain(t, who.page(base+"/agreement").Text(), said...)
	}
}

// What two practices agreed, each for itself, is varied by pages: its cost is shared anew, what was typed wrong is said beside the field, each of them
// is asked, and one declines for both.
func TestVaryingWhatAGroupAgreed(t *testing.T) {
	s := newSite(t)
	ctx, id := t.Context(), s.Case("supported")
	base := "/cases/" + id.String()
	cw, lead, pm, member, signer := s.as("holder"), s.as("lead"), s.as("pm"), s.as("pm member"), s.as("signatory")
	one, two := "percent-"+string(servicetest.Marigold), "percent-"+string(servicetest.Teasel)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	memberSigner := s.By("pm member")
	memberSigner.Actor.Assignments = append(memberSigner.Actor.Assignments, account.Assignment{Role: account.Signatory, Place: account.AtPractice, Code: string(servicetest.Teasel)})
	must(s.Service.AddLine(ctx, s.By("holder"), id, casework.LineInput{Line: servicetest.PaidLine(10_001_01, "")}))
	offer, err := s.Service.Offer(ctx, s.By("holder"), id)
	must(err)
	must(s.Service.ShareCost(ctx, s.By("holder"), id, offer.Written().Version, map[practice.Code]int64{servicetest.Marigold: 60_00, servicetest.Teasel: 40_00}))
	must(s.Service.ApproveOffer(ctx, s.By("lead"), s.On("supported")))
	must(s.Service.SendOffer(ctx, s.By("holder"), s.On("supported"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	must(s.Service.AcceptOffer(ctx, memberSigner, s.On("supported")))
	must(s.Service.AcceptOffer(ctx, s.By("pm"), s.On("supported")))
	must(s.Service.DraftAgreement(ctx, s.By("holder"), s.On("supported")))
	file, err := s.Service.Agreement(ctx, s.By("holder"), id)
	must(err)
	words := support.Signature{Name: "Dr A. Nair", Role: "Partner", Read: true, Hash: file.Live().Hash}
	must(s.Service.SignAgreement(ctx, s.By("signatory"), id, words))
	must(s.Service.SignAgreement(ctx, memberSigner, id, words))
	must(s.Service.CountersignAgreement(ctx, s.By("lead"), id, words.Hash))

	mustContain(t, cw.page(base+"/agreement"), "Propose a variation")
	cw.follow(cw.submit(base+"/agreement/variation", base+"/agreement/variation", url.Values{"reason": {"The second practice does more of it."}}))
	mustContain(t, cw.page(base+"/offer"), "Variation of what was agreed", "Agreed now", "As varied", "£6,000.61", "Has to accept the variation", "Share the cost between the practices")
	shares := cw.page(base + "/offer/shares")
	mustContain(t, shares, "practices that have a part in what was agreed", "Back to the variation")
	mustNotContain(t, cw.get(base+"/offer/shares").Body.String(), "It is not shared")
	wrong := parse(t, cw.submit(base+"/offer/shares", base+"/offer/shares", url.Values{"how": {"percent"}, one: {"60"}, two: {"30"}}))
	mustContain(t, wrong, "The shares must be 100 per cent together. They are 90.00")
	if v, _ := wrong.Find("#" + two).Attr("value"); v != "30" {
		t.Errorf("what was typed is lost: %q", v)
	}
	mustContain(t, cw.follow(cw.submit(base+"/offer/shares", base+"/offer/shares", url.Values{"how": {"percent"}, one: {"50"}, two: {"50"}})), "The shares are saved.", "£5,000.51", "£5,000.50", "£10,001.01")
	lead.follow(lead.submit(base+"/offer/approval", base+"/offer/approval", nil))
	cw.follow(cw.submit(base+"/agreement/draft", base+"/agreement/draft", nil))
	mustContain(t, pm.page(base+"/agreement"), "The second practice does more of it.", "What changed since version 1")
	mustContain(t, signer.page(base+"/agreement/acceptance"), "Accept")
	mustContain(t, member.page(base+"/offer/refusal"), "You decline for TEASEL", "comes to nothing by this, for the others too")
	mustContain(t, member.follow(member.submit(base+"/offer/refusal", base+"/offer/refusal", url.Values{"reason": {"We keep our share."}})), "What was agreed stays as it is.")
	mustContain(t, cw.page(base), "We keep our share.", "For: TEASEL")
	mustContain(t, cw.page(base+"/agreement"), "In force", "Not agreed")
}
