package support

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word, a number, a sum of money or a mark of punctuation of a text, with the place at which it stands.
type token struct {
	start, end int    // bytes of the text
	word       string // lower case, without what follows an apostrophe; "" after the end of a sentence
	kind       kinds
	owner      bool // the practice's, the partners'
	denied     bool // stands in the reach of "not", "no", "without" …
	wall       bool // a new clause begins here: neither a pattern's gap nor a "not" reaches across
	lead       bool // belongs to the words before a list, repeated for each of its items
}

func (t *token) is(k kinds) bool { return t.kind&k != 0 }

// sentences cuts a text into its sentences, each ending with a token of kind kEnd. The items of a list are sentences
// that begin with the words that lead to the list, so that "the practice will:" reaches each of them.
func sentences(text string) [][]token {
	var all [][]token
	var lead []token
	var open []token
	finish := func() {
		if len(open) == 0 {
			return
		}
		last := open[len(open)-1]
		all = append(all, append(open, token{start: last.end, end: last.end, kind: kEnd}))
		open = nil
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		r = plain(r)
		switch {
		case r == '\n':
			next, blank, item := lineStart(text, i)
			switch {
			case item:
				if n := len(open); n > 0 && open[n-1].word == ":" {
					lead = leading(open)
				}
				finish()
				open = append(open, lead...)
			case blank && len(open) > 0 && open[len(open)-1].word == ":":
				// A list often stands apart from the words that lead to it.
			case blank:
				finish()
				lead = nil
			}
			i = next
			continue
		case r == '.' || r == '!' || r == '?':
			if r == '.' && !fullStop(text, i, open) {
				break
			}
			finish()
		case strings.ContainsRune(",;:()/=–", r) || r == '-' && dash(text, i):
			if r == '-' {
				r = '–'
			}
			open = append(open, token{start: i, end: i + size, word: string(r), kind: kPunct})
		case r == '£' || r == '%' || unicode.IsLetter(r) || unicode.IsDigit(r):
			if open == nil {
				open = make([]token, 0, 32)
			}
			t := wordAt(text, i)
			open = append(open, t)
			size = t.end - i
		}
		i += size
	}
	finish()
	return all
}

// leading is the last sentence before a list, marked so that a phrase is never shown across other items.
func leading(open []token) []token {
	lead := append([]token(nil), open...)
	for i := range lead {
		lead[i].lead = true
	}
	return lead
}

// lineStart looks at what follows a line break: where the words go on, whether a blank line stood between, and whether
// the line is an item of a list.
func lineStart(text string, i int) (next int, blank, item bool) {
	breaks := 0
	for next = i; next < len(text); {
		r, size := utf8.DecodeRuneInString(text[next:])
		if r = plain(r); r == '\n' {
			breaks++
		} else if !unicode.IsSpace(r) {
			break
		}
		next += size
	}
	rest := text[next:]
	for _, bullet := range []string{"- ", "* ", "• ", "– ", "· ", "o "} {
		if after, ok := strings.CutPrefix(rest, bullet); ok && strings.TrimSpace(after) != "" {
			return next + len(bullet), breaks > 1, true
		}
	}
	mark := strings.TrimLeft(strings.TrimPrefix(rest, "("), "0123456789")
	number := len(rest) - len(mark)
	if strings.HasPrefix(rest, "(") && len(rest) > 2 && rest[2] == ')' {
		return next + 3, breaks > 1, true
	}
	if number > 0 && number < 4 && (strings.HasPrefix(mark, ". ") || strings.HasPrefix(mark, ") ")) {
		return next + number + 2, breaks > 1, true
	}
	if len(rest) > 2 && rest[1] == ')' && rest[2] == ' ' {
		return next + 2, breaks > 1, true
	}
	return next, breaks > 1, false
}

// abbreviations end with a full stop that ends no sentence.
var abbreviations = setOf("e.g i.e eg ie approx inc incl excl ex no nos dr mr mrs ms st etc. para p pp")

// fullStop says whether the stop at i ends a sentence.
func fullStop(text string, i int, open []token) bool {
	r, _ := utf8.DecodeRuneInString(text[i+1:])
	if i+1 < len(text) && !unicode.IsSpace(r) && !strings.ContainsRune(`"')”’`, r) {
		return false
	}
	if n := len(open); n > 0 && open[n-1].end == i && open[n-1].kind != kPunct {
		last := open[n-1].word
		return !abbreviations[last] && utf8.RuneCountInString(last) != 1
	}
	return true
}

// dash says whether the hyphen at i stands between spaces, as a dash.
func dash(text string, i int) bool {
	return i > 0 && i+1 < len(text) && text[i-1] == ' ' && text[i+1] == ' '
}

// plain turns signs that look alike into one: kinds of space, dash and apostrophe, letters of full width.
func plain(r rune) rune {
	switch {
	case r < utf8.RuneSelf && r != '`' && r != '\v' && r != '\f':
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= '！' && r <= '～':
		return unicode.ToLower(r - '！' + '!')
	case r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f':
		return '\n'
	case strings.ContainsRune("’‘ʼ`´", r):
		return '\''
	case strings.ContainsRune("‐‑", r):
		return '-'
	case strings.ContainsRune("—―−", r):
		return '–'
	case r == '￡' || r == '₤':
		return '£'
	}
	return unicode.ToLower(r)
}

// unseen are signs inside a word that nobody sees: soft hyphen, zero-width space and joiners.
const unseen = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

// wordAt reads the word, number, sum or percentage at i.
func wordAt(text string, i int) token {
	if end := plainWord(text, i); end > i {
		return token{start: i, end: end, word: text[i:end]}
	}
	var word strings.Builder
	digits, letters := 0, 0
	apostrophe, tail := -1, ""
	next := i
	for next < len(text) {
		r, size := utf8.DecodeRuneInString(text[next:])
		r = plain(r)
		switch {
		case r == utf8.RuneError && size <= 1:
			return closed(word.String(), tail, digits, apostrophe, i, next)
		case r >= utf8.RuneSelf && strings.ContainsRune(unseen, r):
		case unicode.IsDigit(r):
			if letters > 0 && apostrophe < 0 && digits == 0 && word.Len() > 1 {
				return closed(word.String(), tail, digits, apostrophe, i, next)
			}
			digits++
			word.WriteRune(r)
		case r == '£' && word.Len() == 0:
			word.WriteRune(r)
		case r == '%' && (digits > 0 || word.Len() == 0):
			word.WriteRune(r)
			return closed(word.String(), tail, digits, apostrophe, i, next+size)
		case (r == ',' || r == '.' || r == ':' || r == '/') && digits > 0 && letters == 0 && digitAfter(text, next+size):
			if r != ',' {
				word.WriteRune(r)
			}
		case unicode.IsLetter(r) && apostrophe >= 0:
			tail += string(r)
		case unicode.IsLetter(r):
			letters++
			word.WriteRune(r)
		case r == '\'' && letters > 0 && apostrophe < 0 && (letterAfter(text, next+size) || strings.HasSuffix(word.String(), "s")):
			apostrophe = next
		default:
			return closed(word.String(), tail, digits, apostrophe, i, next)
		}
		next += size
	}
	return closed(word.String(), tail, digits, apostrophe, i, next)
}

// plainWord finds where a word of nothing but small letters ends, as most words are: i where the word at i is of other signs too.
func plainWord(text string, i int) int {
	end := i
	for end < len(text) && 'a' <= text[end] && text[end] <= 'z' {
		end++
	}
	if end == len(text) || strings.IndexByte(" \n.,;:()!?-", text[end]) >= 0 {
		return end
	}
	return i
}

// closed makes the token of a word: what follows the apostrophe says "not", names an owner, or is dropped.
func closed(word, tail string, digits, apostrophe, start, end int) token {
	t := token{start: start, end: max(end, start+1), word: word}
	switch {
	case tail == "t" && strings.HasSuffix(word, "n"):
		t.word = "n't"
		t.kind |= kModal
	case apostrophe >= 0 && (tail == "s" || tail == ""):
		t.owner = true
	}
	switch {
	case word == "%":
		t.kind |= kPercent
	case word == "100%":
	case strings.HasSuffix(word, "%"):
		t.kind |= kPercent | kPart
	case digits > 0 && strings.ContainsAny(word, ":/") && !strings.HasPrefix(word, "£"):
		if ratio(word) {
			t.kind |= kFifty
		}
	case digits > 0 && strings.HasPrefix(word, "£"):
		t.kind |= kAmount
	case digits > 0 && strings.HasSuffix(word, "p"), digits > 0 && strings.HasSuffix(word, "k"):
		t.kind |= kAmount
	case digits > 0:
		t.kind |= kNumber
	}
	if strings.Trim(word, "£0.%") == "" && digits > 0 {
		t.kind = kNought
	}
	return t
}

// ratio says whether a word such as 50:50 or 60/40 divides a hundred, or is 1:1.
func ratio(word string) bool {
	sides := strings.FieldsFunc(word, func(r rune) bool { return r == ':' || r == '/' })
	if len(sides) != 2 {
		return false
	}
	sum := 0
	for _, side := range sides {
		n := 0
		for _, r := range side {
			if r < '0' || r > '9' || n > 100 {
				return false
			}
			n = 10*n + int(r-'0')
		}
		sum += n
	}
	return sum == 100 || word == "1:1"
}

func digitAfter(text string, i int) bool {
	return i < len(text) && text[i] >= '0' && text[i] <= '9'
}

func letterAfter(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[min(i, len(text)):])
	return unicode.IsLetter(r)
}

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
