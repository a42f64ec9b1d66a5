package demo

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/support"
)

// helpTag is what the words of a piece of help are, as it stands before them in the texts: <items need skill £price>.
type helpTag struct {
	items []string // codes of the menu: the usual one, and rapid intervention where such help can begin at once
	need  string
	skill string        // of the provider; empty where the practice is paid
	price funding.Pence // of a day; 0 in kind
}

// tagged is a tag and the words behind it.
var tagged = regexp.MustCompile(`^<([a-z_,]+) ([a-z_]+)(?: ([a-z]+))?(?: £([0-9]+))?> (.+)$`)

// helpKeys are those of texts that need a tag.
var helpKeys = []string{"line", "bought", "kind"}

// cutTag takes the tag of a text off; nil: it has none.
func cutTag(key, text string) (string, *helpTag, error) {
	m := tagged.FindStringSubmatch(text)
	if m == nil {
		if slices.Contains(helpKeys, key) || strings.HasPrefix(text, "<") {
			return "", nil, fmt.Errorf("%q does not begin with what it is, such as <workforce staffing £600>", text)
		}
		return text, nil, nil
	}
	tag := &helpTag{items: strings.Split(m[1], ","), need: m[2], skill: m[3], price: funding.Pence(atoi(m[4])) * 100}
	if (key != "line") != (tag.skill != "") && slices.Contains(helpKeys, key) || (key == "kind") != (tag.price == 0) {
		return "", nil, fmt.Errorf("%q: help that is bought or in kind has a skill, and what is paid for has a price", text)
	}
	return m[5], tag, nil
}

// quantity is a number of days, half days or sessions as the words of a piece of help name it, in all or for each week.
var quantity = regexp.MustCompile(`(?i)\b(one|two|three|four|five|six|seven|eight|nine|ten|[0-9]+) (?:[a-z’']+ ){0,2}?(half day|day|session)s?\b( a week)?`)

// halfDaysNamed is how many half days of help the words name, over a period where they name those of a week.
func halfDaysNamed(words string, over period) (int, error) {
	m := quantity.FindStringSubmatch(words)
	if m == nil {
		return 0, fmt.Errorf("%q names no days", words)
	}
	n := slices.Index(smallNumbers, strings.ToLower(m[1]))
	if n < 0 {
		n, _ = strconv.Atoi(m[1])
	}
	if strings.ToLower(m[2]) == "day" {
		n *= 2
	}
	if m[3] != "" {
		n *= over.weeks()
	}
	return n, nil
}

// weeks is how many weeks of five working days it has, about; one at least.
func (p period) weeks() int { return max((p.working()+2)/5, 1) }

// help is a piece of help in words that have a tag, by one of the ways in which it reaches a practice: what it is, who gives it and what it costs
// go by the words.
func (s *story) help(route support.Route, from section, words []string, starts, ends calendar.Date) support.Line {
	n := s.r.IntN(len(words))
	tag := from.tags[words[n]]
	l := support.Line{MenuItem: tag.items[0], Need: tag.need, Description: s.text(s.while(starts, ends), words[n:n+1], lineWords), Route: route, Starts: starts, Ends: ends}
	halves, err := halfDaysNamed(l.Description, period{starts, ends})
	s.d.try("find how much help there is", err)
	if route != support.ToPractice {
		l.Provider = pick(s.r, s.d.world.skilled[tag.skill])
	}
	if route == support.InKind {
		l.HalfDays = halves
		return l
	}
	l.Net, l.Source = tag.price*funding.Pence(halves)/2, payer(s.today())
	if route == support.ByInvoice {
		l.VAT = l.Net / 5
	}
	s.rates[l.Description] = tag.price
	return l
}

// canBeRapid tells whether the money for the practice can be for rapid intervention in this situation.
func canBeRapid(situation section) bool {
	for _, text := range situation.phrases["line"] {
		if !slices.Contains(situation.tags[text].items, support.RapidItem) {
			return false
		}
	}
	return true
}
