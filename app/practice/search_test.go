package practice_test

import (
	"slices"
	"testing"

	"github.com/agnivade/levenshtein"
	"pgregory.net/rapid"

	"resilience/app/practice"
)

var shortWord = rapid.StringMatching(`[abc]{2,6}`)

// near is Near by an independent measure of distance, plus the swap of two neighbours.
func near(a, b string) bool {
	if levenshtein.ComputeDistance(a, b) <= 1 {
		return true
	}
	x, y := []byte(a), []byte(b)
	for i := 0; len(x) == len(y) && i+1 < len(x); i++ {
		x[i], x[i+1] = x[i+1], x[i]
		if slices.Equal(x, y) {
			return true
		}
		x[i], x[i+1] = x[i+1], x[i]
	}
	return false
}

func TestNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := shortWord.Draw(t, "a"), shortWord.Draw(t, "b")
		if got, want := practice.Near(a, b), near(a, b); got != want {
			t.Fatalf("Near(%q, %q) = %v, want %v", a, b, got, want)
		}
	})
}

// Whatever is near shares a variant: else the index would miss it.
func TestNearWordsShareAVariant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := shortWord.Draw(t, "a"), shortWord.Draw(t, "b")
		if !practice.Near(a, b) {
			return
		}
		for _, v := range practice.Variants(a) {
			if slices.Contains(practice.Variants(b), v) {
				return
			}
		}
		t.Fatalf("%q and %q are near but share no variant", a, b)
	})
}

func TestWords(t *testing.T) {
	tests := map[string][]string{
		"THE ST. ORRIN'S & QUILL MEDICAL PRACTICE": {"st", "orrins", "quill", "medical", "practice"},
		"DR A B XAMPLE": {"dr", "a", "b", "xample"},
		"The and":       {"and", "the"},
		"":              nil,
		"Mill/Mill":     {"mill"},
	}
	for name, want := range tests {
		if got := practice.Words(name); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestParseQuery(t *testing.T) {
	tests := map[string]practice.Query{
		" x10001 ":     {Code: "X10001", Words: []string{"x10001"}},
		"qx1 2yz":      {Postcode: "QX12YZ", Words: []string{"qx1", "2yz"}},
		"QX1":          {Postcode: "QX1", Words: []string{"qx1"}},
		"mill surgery": {Words: []string{"mill", "surgery"}},
		"  ":           {},
	}
	for text, want := range tests {
		got := practice.ParseQuery(text)
		if got.Code != want.Code || got.Postcode != want.Postcode || !slices.Equal(got.Words, want.Words) {
			t.Errorf("ParseQuery(%q) = %+v, want %+v", text, got, want)
		}
	}
}
