package web

import (
	"bytes"
	"strings"
	"testing"
)

// The PDF of a memorandum holds exactly its text, the hash of it, and who accepted it for each side.
func TestMemorandumAsPDF(t *testing.T) {
	s := newSite(t)
	for _, one := range []struct {
		world  string
		agreed bool
	}{{"proposed", false}, {"delivery", true}} {
		f, err := s.Service.Agreement(t.Context(), s.By("auditor"), s.Case(one.world))
		if err != nil {
			t.Fatal(err)
		}
		g := *f.Live()
		d := agreementSheet(f, g)
		facts := map[string]string{}
		for _, b := range d.Blocks {
			for _, fact := range b.Facts {
				facts[fact.Label] = fact.Text
			}
		}
		if last := d.Blocks[len(d.Blocks)-1]; last.Text != g.Body {
			t.Errorf("%s: the text is %q", one.world, last.Text)
		}
		if facts["Hash of the text (SHA-256)"] != g.Hash {
			t.Errorf("%s: the hash is %q", one.world, facts["Hash of the text (SHA-256)"])
		}
		for label, by := range map[string]string{"For the practice": g.Practice.Name + ", " + g.Practice.Role, "For the local team": g.Team.Name + ", " + g.Team.Role} {
			if got := facts[label]; one.agreed && (by == ", " || !strings.HasPrefix(got, by+"\nAccepted on ")) || !one.agreed && got != "Not accepted yet" {
				t.Errorf("%s: %s is %q", one.world, label, got)
			}
		}
		base := "/cases/" + s.Case(one.world).String() + "/agreement"
		path, _ := s.as("pm").page(base).Find(`a[href*="/agreement/pdf"]`).Attr("href")
		w := s.as("pm").get(path)
		if want := `attachment; filename="` + f.Reference + ` memorandum 1.pdf"`; w.Header().Get("Content-Disposition") != want || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-")) {
			t.Errorf("%s: %q, %s", path, w.Header().Get("Content-Disposition"), w.Body.String()[:20])
		}
		if again := s.as("pm").get(path); !bytes.Equal(again.Body.Bytes(), w.Body.Bytes()) {
			t.Errorf("%s: drawn again it differs", path)
		}
		if w := s.as("pm").get(base + "/pdf?version=9"); w.Code != 404 {
			t.Errorf("a version that does not exist gets %d", w.Code)
		}
	}
}
