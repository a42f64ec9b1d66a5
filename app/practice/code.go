// Package practice has general practices and the organisations above them: commissioners, areas (NHS England's
// local teams, later integrated care boards) and regions, each with its dated history.
//
// What a national file says holds from the file's as-at date until a later file says otherwise. Absence from a
// file means nothing. A blank stays "not known".
package practice

import (
	"fmt"
	"regexp"
	"strings"
)

// Code is the national (ODS) code of an organisation, in capitals: X10001, 00X, Q72, Y54.
type Code string

var (
	codeShape         = regexp.MustCompile(`^[A-Z0-9]{1,10}$`)
	practiceCodeShape = regexp.MustCompile(`^[A-Z][A-Z0-9]{2}[0-9]{3}$`)
	mainlandCodeShape = regexp.MustCompile(`^[A-Z][0-9]{5}$`)
)

// ParseCode reads the code of any organisation; small letters are made capitals.
func ParseCode(s string) (Code, error) {
	c := strings.ToUpper(strings.TrimSpace(s))
	if !codeShape.MatchString(c) {
		return "", fmt.Errorf("%q is not an organisation code", shorten(s))
	}
	return Code(c), nil
}

// ParsePracticeCode reads the code of a row of the register of practices: a capital and five digits in England and
// Wales, three capitals and three digits on the islands, one with a digit second in 2026.
func ParsePracticeCode(s string) (Code, error) {
	c := strings.ToUpper(strings.TrimSpace(s))
	if !practiceCodeShape.MatchString(c) {
		return "", fmt.Errorf("%q is not a practice code, such as X12345", shorten(s))
	}
	return Code(c), nil
}

// LooksLikePractice tells whether the code has the shape of a practice in England or Wales: a capital, five digits.
func (c Code) LooksLikePractice() bool { return mainlandCodeShape.MatchString(string(c)) }

// shorten keeps a message to one line when the input is long.
func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
