package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/paths"
)

// A variation by its pages: begun with a reason, a line changed, approved by somebody else, proposed, read with its
// differences by the practice, and accepted by both sides, while the version in force stays.
func TestAVariationByItsPages(t *testing.T) {
	s := newSite(t)
	id := s.Case("delivery")
	at := func(section string) string { return paths.Section(id, section) }
	holder, finance, signer, lead := s.as("holder"), s.as("finance"), s.as("signatory"), s.as("lead")
	version := func() string { return strconv.FormatInt(s.On("delivery").Version, 10) }
	see := func(b *browser, path string, words ...string) {
		t.Helper()
		body := b.get(path).Body.String()
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("%s does not say %q", path, w)
			}
		}
	}
	send := func(b *browser, path string, form url.Values, status int, words ...string) {
		t.Helper()
		form.Set("version", version())
		got := b.post(path, form)
		if got.Code != status {
			t.Fatalf("POST %s gives %d:\n%s", path, got.Code, got.Body)
		}
		for _, w := range words {
			if !strings.Contains(got.Body.String(), w) {
				t.Errorf("POST %s does not say %q", path, w)
			}
		}
	}
	see(holder, at("agreement/variation"), "the version in force stays")
	send(holder, at("agreement/variation"), url.Values{"reason": {""}}, http.StatusUnprocessableEntity, "Say why it is to be changed")
	send(holder, at("agreement/variation"), url.Values{"reason": {"The practice pays half from now on."}}, http.StatusUnprocessableEntity, "never conditional", "pays half from now on")
	send(holder, at("agreement/variation"), url.Values{"reason": {"The second partner begins in March."}}, http.StatusSeeOther)
	file, err := s.Service.Offer(t.Context(), s.By("holder"), id)
	if err != nil {
		t.Fatal(err)
	}
	line := paths.Line(id, file.Variation.Lines[0].ID)
	see(holder, at("offer"), "Variation of what was agreed", "The second partner begins in March.", "What is agreed now")
	see(s.as("pm"), at("offer"), "Accepted")
	edit := lineOf("12,000", "0", url.Values{"offer_version": {strconv.FormatInt(file.Variation.Version, 10)}})
	edit.Set("ends-day", "30")
	edit.Set("ends-month", "4")
	send(holder, line, edit, http.StatusUnprocessableEntity, "add a line for what is given in another year")
	edit.Set("ends-day", "31")
	edit.Set("ends-month", "3")
	send(holder, line, edit, http.StatusSeeOther)
	see(holder, at("offer"), "Was:", "Is to be:", "£2,000 more is taken")
	see(finance, at("offer/approval"), "Approve this variation")
	send(finance, at("offer/approval"), url.Values{}, http.StatusSeeOther)
	send(holder, at("agreement/draft"), url.Values{}, http.StatusSeeOther)
	see(signer, at("agreement"), "Version 1 stays in force until both sides have accepted this one", "The second partner begins in March.", "What changed since version 1", "Decline the variation")
	send(signer, at("agreement/acceptance"), url.Values{"hash": {s.hash(paths.Case(id))}, "name": {"Sam Signatory"}, "role": {"Partner"}, "read": {"yes"}}, http.StatusSeeOther)
	see(lead, at("agreement/countersignature"), "takes the place of the version in force")
	send(lead, at("agreement/countersignature"), url.Values{"hash": {s.hash(paths.Case(id))}}, http.StatusSeeOther)
	see(lead, at("agreement"), "Both sides have accepted the memorandum as varied", "In force")
	if f := s.File("pm", "delivery"); f.State != casework.Delivery || f.Facts.VariationID != 0 {
		t.Errorf("the case is at %s, with the variation %d", f.State, f.Facts.VariationID)
	}
}
