package web

import (
	"bytes"
	"strings"
	"testing"
)

// An offer that was sent is a PDF, too: in the words of the memorandum, for the practice and the team alike, without whose money
// it is.
func TestOfferPDF(t *testing.T) {
	s := newSite(t)
	base := s.caseURL("offered")
	pm := s.as("pm")
	path, _ := pm.page(base + "/offer").Find(`a[href*="/offer/pdf"]`).Attr("href")
	w := pm.get(path)
	f, err := s.Service.Offer(t.Context(), s.By("pm"), s.Case("offered"))
	if err != nil {
		t.Fatal(err)
	}
	if want := `attachment; filename="` + f.Reference + ` offer 1.pdf"`; w.Header().Get("Content-Disposition") != want || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-")) {
		t.Errorf("%s: %d, %q", path, w.Code, w.Header().Get("Content-Disposition"))
	}
	if team := s.as("holder").get(path); !bytes.Equal(team.Body.Bytes(), w.Body.Bytes()) {
		t.Error("the team has another one")
	}
	said := ""
	for _, b := range offerSheet(f, f.Offers[0]).Blocks {
		for _, fact := range b.Facts {
			said += fact.Label + ": " + fact.Text + "\n"
		}
		said += b.Text + "\n"
	}
	for _, want := range []string{"you are not asked to pay anything", "Backfill while two partners leave", "How much: ", "Answer by: ", "To: MARIGOLD SURGERY X10001"} {
		if !strings.Contains(said, want) {
			t.Errorf("the PDF does not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "General Practice Resilience Programme, 2016/17") {
		t.Error("the PDF says whose money it is")
	}
	if w := pm.get(base + "/offer/pdf?number=9"); w.Code != 404 {
		t.Errorf("an offer that does not exist gets %d", w.Code)
	}
}
