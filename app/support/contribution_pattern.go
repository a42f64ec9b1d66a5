package support

import (
	"fmt"
	"strconv"
	"strings"
)

// A step of a pattern is one word or kind of word, with how many others may stand before it.
type step struct {
	kind     kinds
	words    []string
	optional bool
	first    bool // only as the first word of a sentence or clause
	gap      int  // most words before it
	near     bool // the gap holds no "and", "or", comma or "that"
	over     bool // the gap may hold other parties and the beginning of a new clause
}

// compile reads a pattern. It is a row of steps: a word, several divided by |, or a kind with an at sign; a ? after it
// makes it optional, a ^ before it keeps it to the first word of a clause. Between two steps "..5" allows up to five other words of the same clause in which nobody else acts,
// "--5" the same without a new part of the sentence, and "~5" any five words of the sentence.
func compile(pattern string) []step {
	var steps []step
	var next step
	for field := range strings.FieldsSeq(pattern) {
		if most, ok := strings.CutPrefix(field, ".."); ok {
			next.gap = atoi(most)
			continue
		}
		if most, ok := strings.CutPrefix(field, "--"); ok {
			next.gap, next.near = atoi(most), true
			continue
		}
		if most, ok := strings.CutPrefix(field, "~"); ok {
			next.gap, next.over = atoi(most), true
			continue
		}
		field, next.first = strings.CutPrefix(field, "^")
		field, next.optional = strings.CutSuffix(field, "?")
		for choice := range strings.SplitSeq(field, "|") {
			if name, ok := strings.CutPrefix(choice, "@"); ok {
				if named[name] == 0 {
					panic("support: no kind of words is called " + name)
				}
				next.kind |= named[name]
			} else {
				next.words = append(next.words, strings.ReplaceAll(choice, "_", " "))
			}
		}
		steps = append(steps, next)
		next = step{}
	}
	return steps
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("support: a gap of %q words", s))
	}
	return n
}

// joins begin a new part of a sentence.
var joins = setOf("and or , : that which who whom where")

func (p *step) takes(t *token) bool {
	if p.first && !t.is(kStart) {
		return false
	}
	if p.kind != 0 && t.is(p.kind) {
		return true
	}
	for _, w := range p.words {
		if w == t.word {
			return true
		}
	}
	return false
}

// along follows the steps from token i on, and gives the place after the last; -1 where they do not fit.
func along(steps []step, s []token, i int) int {
	if len(steps) == 0 {
		return i
	}
	first := &steps[0]
	for skipped := 0; skipped <= first.gap && i+skipped < len(s); skipped++ {
		t := &s[i+skipped]
		if first.takes(t) {
			if last := along(steps[1:], s, i+skipped+1); last >= 0 {
				return last
			}
		}
		if t.is(kEnd) || !first.over && (t.wall || t.is(kUs|kThird) && !t.owner) {
			break
		}
		if first.near && joins[t.word] {
			break
		}
	}
	if first.optional {
		return along(steps[1:], s, i)
	}
	return -1
}
