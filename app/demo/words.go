package demo

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"resilience/db"
)

// phrases are alternatives by what they are for, in the order of the file.
type phrases map[string][]string

// section is a part of a file of texts: a situation of practices, or what people of one sort say.
type section struct {
	name    string
	phrases phrases
	tags    map[string]*helpTag // of texts that are a piece of help
}

// readTexts reads a file of db/demo/texts: sections that begin with ==, lines of "what it is for: text" below them. The text of a piece of help
// begins with what it is in angle brackets: the menu item and the need, the skill of who gives it, and the price of a day. The skill is missing
// where the practice is paid, the price where the help is in kind; after the menu item ",rapid_intervention" stands where it can begin at once.
func readTexts(name string) ([]section, error) {
	content, err := db.Demo.ReadFile("demo/texts/" + name)
	if err != nil {
		return nil, fmt.Errorf("read the texts of the demonstration: %w", err)
	}
	var all []section
	for i, line := range strings.Split(string(content), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "== "):
			all = append(all, section{strings.TrimPrefix(line, "== "), phrases{}, map[string]*helpTag{}})
		default:
			key, text, ok := strings.Cut(line, ": ")
			if !ok || len(all) == 0 {
				return nil, fmt.Errorf("%s, line %d: it is neither a section nor a text", name, i+1)
			}
			last := all[len(all)-1]
			text, tag, err := cutTag(key, text)
			if err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", name, i+1, err)
			}
			if tag != nil {
				last.tags[text] = tag
			}
			last.phrases[key] = append(last.phrases[key], text)
		}
	}
	return all, nil
}

// values fill the named fields of a text.
type values map[string]string

// span is a field that is a number of a range.
var span = regexp.MustCompile(`^[0-9]+-[0-9]+(/[0-9]+)?$`)

// compose chooses one of the alternatives in each pair of brackets, from the inside out, and fills the fields.
func compose(text string, r *rand.Rand, v values) (string, error) {
	for {
		open := strings.LastIndexByte(text, '[')
		if open < 0 {
			break
		}
		length := strings.IndexByte(text[open:], ']')
		if length < 0 {
			return "", fmt.Errorf("a bracket is not closed in %q", text)
		}
		choices := strings.Split(text[open+1:open+length], "|")
		text = text[:open] + choices[r.IntN(len(choices))] + text[open+length+1:]
	}
	var filled strings.Builder
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "{")
		filled.WriteString(before)
		if !found {
			break
		}
		name, more, closed := strings.Cut(after, "}")
		value, known := v[name]
		switch {
		case span.MatchString(name):
			value = numberWithin(name, r)
		case !known || !closed:
			return "", fmt.Errorf("nothing is known of the field {%s} in %q", name, text)
		}
		filled.WriteString(value)
		rest = more
	}
	if strings.ContainsAny(filled.String(), "{}|") {
		return "", fmt.Errorf("there are marks left in %q", filled.String())
	}
	return filled.String(), nil
}

var loose = strings.NewReplacer(" .", ".", " ,", ",", ",,", ",", "..", ".")

// tidy takes out what a choice of nothing leaves behind, and begins sentences with a capital.
func tidy(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	text = loose.Replace(text)
	letters := []byte(text)
	for i, c := range letters {
		begins := i == 0 || i > 1 && letters[i-1] == ' ' && strings.IndexByte(".?!", letters[i-2]) >= 0
		if begins && c >= 'a' && c <= 'z' {
			letters[i] = c - 'a' + 'A'
		}
	}
	return string(letters)
}

// capital is a text with a capital letter at its beginning.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// numberWithin draws from a range such as 3-6, or 100-900/50 for a multiple of 50.
func numberWithin(text string, r *rand.Rand) string {
	text, by, _ := strings.Cut(text, "/")
	low, high, _ := strings.Cut(text, "-")
	from, to, step := atoi(low), atoi(high), max(atoi(by), 1)
	return numeral(from + step*r.IntN((to-from)/step+1))
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // the pattern of fields lets digits through, and nothing else
	return n
}

var smallNumbers = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// numeral is a number as people write it in a sentence.
func numeral(n int) string {
	switch {
	case n < len(smallNumbers):
		return smallNumbers[n]
	case n >= 1000 && (n < 1900 || n > 2100): // else a year
		return fmt.Sprintf("%d,%03d", n/1000, n%1000)
	default:
		return strconv.Itoa(n)
	}
}

// pick is one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// between is a number from low to high, both included.
func between(r *rand.Rand, low, high int) int { return low + r.IntN(high-low+1) }
