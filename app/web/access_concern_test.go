package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resilience/app/casework"
)

// concernsWait leaves concerns of the practice where concerns are looked at: one open for the holder, and one answered.
func concernsWait(t *testing.T, s *site, pattern string) {
	t.Helper()
	if !strings.Contains(pattern, "{delivery}/concerns") {
		return
	}
	raise := func() {
		in := casework.Concerning{Kind: "absent", Severity: "minor", Words: "Nobody came on Tuesday."}
		if err := s.Service.RaiseConcern(t.Context(), s.By("pm"), s.On("delivery"), in); err != nil {
			t.Fatal(err)
		}
	}
	if concernThat(s, casework.ConcernResolved) == 0 {
		raise()
		if err := s.Service.AnswerConcern(t.Context(), s.By("holder"), s.On("delivery"), concernThat(s, casework.ConcernOpen), "put_right", "They come on Friday."); err != nil {
			t.Fatal(err)
		}
	}
	if concernThat(s, casework.ConcernOpen) == 0 {
		raise()
	}
}

// concernThat is the number of the newest concern in a state at the level of the holder; 0: there is none.
func concernThat(s *site, state casework.ConcernState) int {
	s.t.Helper()
	file, err := s.Service.Concerns(s.t.Context(), s.By("pm"), s.Case("delivery"))
	if err != nil {
		s.t.Fatal(err)
	}
	i := slices.IndexFunc(file.Concerns, func(n casework.Concern) bool { return n.State == state && n.Level == casework.ForHolder })
	if i < 0 {
		return 0
	}
	return file.Concerns[i].Number
}

// concernForm is a right answer to a form about concerns; nil where the path is none of theirs.
func concernForm(s *site, path string) url.Values {
	_, noun, is := strings.Cut(path, "/concerns/")
	if !is {
		return nil
	}
	newest := func(state casework.ConcernState) []string { return []string{strconv.Itoa(concernThat(s, state))} }
	switch noun {
	case "new":
		return url.Values{"kind": {"quality"}, "severity": {"serious"}, "words": {"The report leaves the rota out."}}
	case "answer":
		return url.Values{"concern": newest(casework.ConcernOpen), "answer": {"They add it by Friday."}, "outcome": {"provider_agreed"}}
	case "objection":
		return url.Values{"concern": newest(casework.ConcernResolved), "reason": {"Nobody came on Friday."}}
	default:
		return url.Values{"concern": newest(casework.ConcernOpen), "reason": {"It needs somebody else."}}
	}
}
