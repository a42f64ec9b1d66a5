package support

import (
	"slices"
	"testing"
)

// What was taken out stands before what came in its place; what both have is left out, and so are blank lines.
func TestTextChanges(t *testing.T) {
	out := func(text string) TextChange { return TextChange{Text: text} }
	in := func(text string) TextChange { return TextChange{New: true, Text: text} }
	for _, row := range []struct {
		name, before, after string
		want                []TextChange
	}{
		{"the same", "One\n\nTwo\n", "One\nTwo\n\n", nil},
		{"a line changed", "One\nTwo\nThree\n", "One\n2\nThree\n", []TextChange{out("Two"), in("2")}},
		{"a line more", "One\nThree\n", "One\nTwo\nThree\n", []TextChange{in("Two")}},
		{"a line less", "One\nTwo\nThree\n", "One\nThree\n", []TextChange{out("Two")}},
		{"moved", "One\nTwo\n", "Two\nOne\n", []TextChange{out("One"), in("One")}},
		{"from nothing", "", "One\n", []TextChange{in("One")}},
		{"to nothing", "One\n", "", []TextChange{out("One")}},
	} {
		if got := TextChanges(row.before, row.after); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v", row.name, got)
		}
	}
}

func TestTheVersionBefore(t *testing.T) {
	all := []Agreement{{Number: 3}, {Number: 2}, {Number: 1}}
	if got := all[0].Before(all); got == nil || got.Number != 2 {
		t.Errorf("before version 3 came %v", got)
	}
	if got := all[2].Before(all); got != nil {
		t.Errorf("before the first came %v", got)
	}
}
