package part

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"resilience/views/part/parttest"
)

// TestAgainstDesignSystem draws every example of the design system that our
// parts can express and compares it with the markup that the design system
// itself draws. An example that cannot be expressed must be listed, with its
// reason, in testdata/left_out.txt; one that is listed must really not be expressible.
func TestAgainstDesignSystem(t *testing.T) {
	for _, component := range slices.Sorted(maps.Keys(oracle)) {
		t.Run(component, func(t *testing.T) { compareAll(t, component) })
	}
}

func compareAll(t *testing.T, component string) {
	out := leftOut(t, component)
	compared, all := 0, parttest.Fixtures(t, component)
	for _, fixture := range all {
		name := fixture.FullName()
		options := parttest.Read(fixture)
		drawn := oracle[component](options)
		strange := options.Strange()
		switch {
		case len(strange) > 0 && !out[name]:
			t.Errorf("%q cannot be expressed and is not listed: %v", name, strange)
			continue
		case len(strange) > 0:
			continue
		case out[name]:
			t.Errorf("%q is listed as left out but can be expressed", name)
		}
		compared++
		want, got := parttest.Normal(t, fixture.HTML), parttest.Normal(t, parttest.Draw(t, drawn))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-design system +ours)\n%s", name, diff)
		}
	}
	for name := range out {
		if !slices.ContainsFunc(all, func(f parttest.Fixture) bool { return f.FullName() == name }) {
			t.Errorf("%q is listed as left out but there is no such example", name)
		}
	}
	want := expected[component]
	if got := (count{compared, len(all)}); got != want {
		t.Errorf("compared %d of %d examples, expected %d of %d: change the table if this is right", got.compared, got.all, want.compared, want.all)
	}
}
