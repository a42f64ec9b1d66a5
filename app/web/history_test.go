package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/service/servicetest"
)

// The history has every note, page by page, and nothing of another kind where it is narrowed; a practice reads its own.
func TestHistory(t *testing.T) {
	s := newSite(t)
	id := s.Case("triage")
	for n := range 60 {
		audience := audit.ForTeam
		if n%2 == 0 {
			audience = audit.ForPractice
		}
		if err := s.Service.AddNote(t.Context(), s.By("holder"), id, casework.Note{Audience: audience, Body: fmt.Sprintf("Note %02d.", n)}); err != nil {
			t.Fatal(err)
		}
	}
	read := func(person, path string) string {
		var all strings.Builder
		for b := s.as(person); path != ""; {
			doc := b.page(path)
			all.WriteString(doc.Find("main").Text())
			path, _ = doc.Find(`main a:contains("See what happened before")`).Attr("href")
		}
		return all.String()
	}
	staff, practice := read("lead", "/cases/"+id.String()+"/history"), read("pm", "/cases/"+id.String()+"/history")
	for n := range 60 {
		note := fmt.Sprintf("Note %02d.", n)
		if strings.Count(staff, note) != 1 {
			t.Errorf("the team reads %q %d times", note, strings.Count(staff, note))
		}
		if want := 1 - n%2; strings.Count(practice, note) != want {
			t.Errorf("the practice reads %q %d times, not %d", note, strings.Count(practice, note), want)
		}
	}
	if !strings.Contains(staff, "Request acknowledged") {
		t.Error("the history does not go back to the beginning")
	}
	if only := read("lead", "/cases/"+id.String()+"/history?about=progress"); strings.Contains(only, "Note 01.") || !strings.Contains(only, "Request acknowledged") {
		t.Errorf("the progress of the case is shown as %s", only)
	}
	if only := read("lead", "/cases/"+id.String()+"/history?about=messages"); !strings.Contains(only, "Note 01.") || strings.Contains(only, "Request acknowledged") {
		t.Errorf("messages are shown as %s", only)
	}
	if strings.Contains(practice, servicetest.MarkInternal) {
		t.Error("the practice reads an internal note")
	}
	doc := s.as("lead").page("/cases/" + id.String())
	if n := strings.Count(doc.Find("main").Text(), "Note "); n > casework.Newest {
		t.Errorf("the page of the case shows %d notes", n)
	}
	mustContain(t, doc, "See everything that has happened")
}

// Each event of the table is in just one strand.
func TestStrands(t *testing.T) {
	seen := map[string]casework.Strand{}
	for _, strand := range casework.Strands {
		for _, name := range strand.Events() {
			if before, ok := seen[name]; ok {
				t.Errorf("%q is in %s and in %s", name, before, strand)
			}
			seen[name] = strand
		}
	}
	for _, tr := range casework.Transitions {
		if _, ok := seen[tr.Records]; !ok {
			t.Errorf("%q is in no strand", tr.Records)
		}
	}
	if !slices.Contains(casework.Funds.Events(), "claim paid") {
		t.Error("a payment is not about money")
	}
}
