// Package funding has money: whole pence, financial years and what moves between states of a budget.
package funding

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// Pence is an amount of money in whole pence.
type Pence int64

// largest keeps sums far from overflow and catches a slip of the keyboard: £100m, more than the whole programme.
const largest Pence = 100_000_000_00

var typed = regexp.MustCompile(`^£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?$`)

// ParsePence reads an amount as people type it: "1250", "1,250", "£1,250.00". Anything else is refused with a reason
// that can be shown beside the field.
func ParsePence(s string) (Pence, error) {
	m := typed.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		//lint:ignore ST1005 people read it beside the field
		return 0, errors.New("Enter an amount in pounds, such as 1,250 or 1,250.00")
	}
	if m[2] != "" && len(m[2]) != 2 {
		//lint:ignore ST1005 people read it beside the field
		return 0, errors.New("Enter pounds and two digits of pence, such as 1,250.50")
	}
	pounds, err := strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64)
	if err != nil || Pence(pounds) > largest/100 {
		//lint:ignore ST1005 people read it beside the field
		return 0, errors.New("Enter an amount of at most £100,000,000")
	}
	pence, _ := strconv.ParseInt("0"+m[2], 10, 64) // two digits at the most
	return Pence(pounds*100 + pence), nil
}

// String is the amount as people write it: £1,250 or £1,250.50.
func (p Pence) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	s := sign + "£" + thousands(int64(p)/100)
	if rest := int64(p) % 100; rest != 0 {
		s += "." + strconv.FormatInt(100+rest, 10)[1:]
	}
	return s
}

func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
