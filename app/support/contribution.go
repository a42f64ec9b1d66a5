package support

import (
	"math/bits"
	"slices"
)

// AsksForContribution says whether a text asks the practice, its partners or its staff for a contribution of their own:
// money, a share of a cost, or goods and time counted as match. The programme never asks for one. The phrase is the
// part of the text that asks, exactly as it was typed, for the writer to see; the first, where there are several.
//
// It reads sentence by sentence: words get their kinds (who, verb of paying, money, "not"), the patterns of the table
// of rules are laid on them, and what fits one is let go where an excuse holds: it is denied, long past, claimed back,
// or another funder's. It is a guard for people who write in good faith, and misses what is put artfully enough:
// docs/decisions/0018-no-matched-funding.md has its figures.
func AsksForContribution(text string) (phrase string, found bool) {
	for _, sentence := range sentences(text) {
		for _, clause := range bracketed(sentence) {
			if from, to, _, found := asks(read(clause)); found {
				return text[from:to], true
			}
		}
	}
	return "", false
}

// asks looks for the earliest place of a sentence where a rule holds.
func asks(s []token) (from, to int, why string, found bool) {
	has := heldBy(s)
	for i := range s {
		for r := range beginningWith(s[i]).each {
			if !has.all(needs[r]) {
				continue
			}
			rule := &rules[r]
			last := along(compiled[r], s, i)
			if last < 0 || excused(rule, s, i, last) {
				continue
			}
			first := i
			for first < last-1 && s[first].lead {
				first++
			}
			for last > first+1 && s[last-1].is(kEnd|kPunct) {
				last--
			}
			return s[first].start, s[last-1].end, rule.reason + ": " + rule.pattern, true
		}
	}
	return 0, 0, "", false
}

var compiled = func() [][]step {
	all := make([][]step, len(rules))
	for i, r := range rules {
		all[i] = compile(r.pattern)
	}
	return all
}()

// ruleSet has a bit for each rule.
type ruleSet [4]uint64

func (set *ruleSet) add(r int) { set[r/64] |= 1 << (r % 64) }

// each yields the rules in the order of their table.
func (set ruleSet) each(yield func(int) bool) {
	for i, word := range set {
		for ; word != 0; word &= word - 1 {
			if !yield(i*64 + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// byKind has the rules whose first step takes a kind of word, by the bit of the kind; byWord those that take a word.
var byKind, byWord = func() (ofKind [64]ruleSet, ofWord map[string]ruleSet) {
	ofWord = map[string]ruleSet{}
	for r, steps := range compiled {
		for k := uint64(steps[0].kind); k != 0; k &= k - 1 {
			ofKind[bits.TrailingZeros64(k)].add(r)
		}
		for _, w := range steps[0].words {
			set := ofWord[w]
			set.add(r)
			ofWord[w] = set
		}
	}
	return ofKind, ofWord
}()

// beginningWith are the rules whose first step takes the token.
func beginningWith(t token) ruleSet {
	set := byWord[t.word]
	for k := uint64(t.kind); k != 0; k &= k - 1 {
		for i, word := range byKind[bits.TrailingZeros64(k)] {
			set[i] |= word
		}
	}
	return set
}

// A need is what a rule cannot do without: a word of one of the kinds, or one of some words, by their bits in wordBit.
type need struct {
	kind  kinds
	words uint64
}

// wordBit has a bit for each word that a pattern names; several words share one. needs are those of each rule, a need for each step that
// is not optional.
var wordBit, needs = func() (bit map[string]uint64, all [][]need) {
	bit = map[string]uint64{}
	for _, steps := range compiled {
		var of []need
		for _, step := range steps {
			n := need{kind: step.kind}
			for _, w := range step.words {
				if bit[w] == 0 {
					bit[w] = 1 << (len(bit) % 64)
				}
				n.words |= bit[w]
			}
			if !step.optional {
				of = append(of, n)
			}
		}
		all = append(all, of)
	}
	return bit, all
}()

// heldBy is what the words of a sentence are, in whatever order.
func heldBy(s []token) (has need) {
	for i := range s {
		has.kind |= s[i].kind
		has.words |= wordBit[s[i].word]
	}
	return has
}

// all tells whether each need can be met: most rules fail by what a sentence does not have at all.
func (has need) all(needs []need) bool {
	for _, n := range needs {
		if n.kind&has.kind == 0 && n.words&has.words == 0 {
			return false
		}
	}
	return true
}

func excused(r *rule, s []token, from, to int) bool {
	for _, excuse := range r.unless {
		if excuse(s, from, to) {
			return true
		}
	}
	return false
}

// bracketed takes what stands in brackets out of a sentence, as sentences of their own after it.
func bracketed(sentence []token) [][]token {
	if !slices.ContainsFunc(sentence, func(t token) bool { return t.word == "(" || t.word == ")" }) {
		return [][]token{sentence}
	}
	var outer []token
	var inner [][]token
	depth := 0
	for _, t := range sentence {
		switch {
		case t.word == "(":
			depth++
			inner = append(inner, nil)
		case t.word == ")":
			depth = max(depth-1, 0)
		case depth > 0 && !t.is(kEnd):
			inner[len(inner)-1] = append(inner[len(inner)-1], t)
		default:
			outer = append(outer, t)
		}
	}
	all := [][]token{outer}
	for _, tokens := range inner {
		if n := len(tokens); n > 0 {
			all = append(all, append(tokens, token{start: tokens[n-1].end, end: tokens[n-1].end, kind: kEnd}))
		}
	}
	return all
}
