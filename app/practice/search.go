package practice

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// SearchCap is how many results a search counts; beyond it, it says that there are more.
const SearchCap = 200

// Query is what somebody typed to find a practice, understood.
type Query struct {
	Code     Code     // the whole text is a code; look for it first
	Postcode string   // the whole text is a postcode or the beginning of one, without a space
	Words    []string // words of the name, in any order, each with at most one wrong letter
}

// Empty tells whether there is nothing to look for.
func (q Query) Empty() bool { return q.Code == "" && q.Postcode == "" && len(q.Words) == 0 }

// postcodeStart is the beginning of a postcode that is long enough to mean one: letters and a digit at least.
var postcodeStart = regexp.MustCompile(`^[A-Z]{1,2}[0-9][A-Z0-9]?([0-9][A-Z]{0,2})?$`)

// maxWords bounds the work of one search; no name has more.
const maxWords = 12

// ParseQuery understands what was typed. Several readings can hold at once: X10001 is a code and a word.
func ParseQuery(text string) Query {
	var q Query
	squeezed := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	if practiceCodeShape.MatchString(squeezed) {
		q.Code = Code(squeezed)
	}
	if postcodeStart.MatchString(squeezed) {
		q.Postcode = squeezed
	}
	q.Words = Words(text)
	if len(q.Words) > maxWords {
		q.Words = q.Words[:maxWords]
	}
	return q
}

// noise is left out of names and of what is typed, because people write it or not.
var noise = map[string]bool{"the": true, "and": true, "of": true, "at": true}

// Words is the different words of a name, as search compares them: small letters and digits, no apostrophes, without
// "the", "and", "of" and "at" unless there is nothing else.
func Words(name string) []string {
	plain := strings.NewReplacer("'", "", "’", "", "`", "").Replace(strings.ToLower(name))
	all := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var words []string
	for _, w := range all {
		if !noise[w] && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if words == nil {
		slices.Sort(all)
		return slices.Compact(all)
	}
	return words
}

// Variants is the word and the word without each one of its letters. Two words with at most one wrong letter share a
// variant, so that a plain index finds what a mistyped word may have meant (the symmetric deletion of SymSpell).
func Variants(word string) []string {
	letters := []rune(word)
	variants := []string{word}
	for i := range letters {
		v := string(letters[:i]) + string(letters[i+1:])
		if v != "" && !slices.Contains(variants, v) {
			variants = append(variants, v)
		}
	}
	return variants
}

// Near tells whether two words differ by at most one wrong letter: one too many, one missing, one other, or two
// neighbours swapped. A single letter is near itself only.
func Near(typed, word string) bool {
	a, b := []rune(typed), []rune(word)
	if typed == word {
		return true
	}
	if len(a) < 2 || len(b) < 2 {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return slices.Equal(a[i+1:], b[i+1:]) ||
			i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
	case 1:
		return slices.Equal(a[i:], b[i+1:])
	}
	return false
}

// PostcodeKey is a postcode as search compares it: capitals, no space.
func PostcodeKey(postcode string) string {
	return strings.ToUpper(strings.Join(strings.Fields(postcode), ""))
}
