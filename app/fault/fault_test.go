package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"resilience/app/fault"
)

func TestAKindIsKnownThroughWrapping(t *testing.T) {
	wrap := func(err error) error { return fmt.Errorf("assign the case: %w", fmt.Errorf("read it: %w", err)) }
	kinds := map[string]func(error) bool{"not found": fault.IsNotFound, "forbidden": fault.IsForbidden, "stale": fault.IsStale,
		"invalid": func(err error) bool { _, ok := fault.AsInvalid(err); return ok }}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"not found":          {fault.NotFound{What: "support case"}, "not found"},
		"forbidden":          {fault.Forbidden{Reason: "Only the team lead can do this"}, "forbidden"},
		"an older version":   {fault.Conflict{Reason: "It changed", Stale: true}, "stale"},
		"the wrong state":    {fault.Conflict{Reason: "It is on hold"}, ""},
		"wrong input":        {fault.Invalid{Fields: []fault.Field{{Name: "due", Message: "Enter a day"}}}, "invalid"},
		"a defect":           {errors.New("no such column"), ""},
		"joined with others": {errors.Join(errors.New("close the file"), fault.NotFound{What: "person"}), "not found"},
	} {
		for kind, is := range kinds {
			if got := is(wrap(c.err)); got != (kind == c.want) {
				t.Errorf("%s: is %s: %v", name, kind, got)
			}
		}
	}
	for kind, is := range kinds {
		if is(nil) {
			t.Errorf("no error is %s", kind)
		}
	}
}

func TestInvalidKeepsTheOrderOfTheForm(t *testing.T) {
	var wrong fault.Invalid
	if err := wrong.Err(); err != nil {
		t.Fatalf("nothing was wrong, and yet: %v", err)
	}
	wrong.Add("problem", "Tell us what is wrong")
	wrong.Add("success", "Use at most %d characters", 4000)
	err := fmt.Errorf("send: %w", wrong.Err())
	wrong.Add("cost", "later") // does not reach an error already returned
	got, ok := fault.AsInvalid(err)
	if !ok || len(got.Fields) != 2 || got.Fields[0].Name != "problem" || got.Fields[1].Message != "Use at most 4000 characters" {
		t.Errorf("carried %+v", got.Fields)
	}
	if want := "send: problem: Tell us what is wrong; success: Use at most 4000 characters"; err.Error() != want {
		t.Errorf("says %q, want %q", err, want)
	}
}

func TestNotFoundSaysWhat(t *testing.T) {
	if got := (fault.NotFound{What: "support case"}).Error(); got != "support case not found" {
		t.Errorf("says %q", got)
	}
}
