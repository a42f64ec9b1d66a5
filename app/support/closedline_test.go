package support

import (
	"strings"
	"testing"
)

// A line names a line of its own case, of an earlier year that is closed, and both were paid for.
func TestTheLineOfAClosedYear(t *testing.T) {
	right := ClosedLineProof{ID: 5, SameCase: true, Year: 2017, Of: 2016, Closed: true, Money: true, OfAccepted: true}
	for _, c := range []struct {
		change func(*ClosedLineProof)
		says   string
	}{
		{func(*ClosedLineProof) {}, ""},
		{func(p *ClosedLineProof) { p.Year = 2019 }, ""},
		{func(p *ClosedLineProof) { p.SameCase = false }, "another case"},
		{func(p *ClosedLineProof) { p.Closed = false }, "2016/17, which is not closed"},
		{func(p *ClosedLineProof) { p.Money = false }, "never paid for"},
		{func(p *ClosedLineProof) { p.OfAccepted = false }, "never paid for"},
		{func(p *ClosedLineProof) { p.Year = 2016 }, "is of 2016/17, and names a line of 2016/17"},
		{func(p *ClosedLineProof) { p.Year = 2015 }, "is of 2015/16"},
	} {
		p := right
		c.change(&p)
		wrong := p.Check()
		if (wrong == nil) != (c.says == "") || wrong != nil && !strings.Contains(wrong.String(), c.says) {
			t.Errorf("%+v: %v, not %q", p, wrong, c.says)
		}
	}
}
