package practice

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Amount is a figure of open data, never below zero, in millionths, so that both databases keep exactly what a file says to six places.
type Amount int64

// One is the amount of one.
const One Amount = 1_000_000

// Whole is the amount of n.
func Whole(n int) Amount { return Amount(n) * One }

// mostAmount bounds what can be read: no list and no workforce is near it, and sums stay far from overflowing.
const mostAmount = 1_000_000_000

// ParseAmount reads a decimal number without a sign, such as 6.546666667 or 1,204. What is beyond six places is rounded.
func ParseAmount(s string) (Amount, error) {
	text := strings.TrimSpace(s)
	if grouped(text) {
		text = strings.ReplaceAll(text, ",", "")
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if whole == "" && fraction == "" || !onlyDigits(whole) || !onlyDigits(fraction) {
		return 0, fmt.Errorf("%q is not a number", shorten(s))
	}
	v, err := strconv.ParseFloat("0"+text, 64)
	if err != nil || v > mostAmount {
		return 0, fmt.Errorf("%q is larger than any figure of a practice", shorten(s))
	}
	return Amount(math.Round(v * float64(One))), nil
}

// grouped tells whether commas stand before each three digits, as in 1,204,300.
func grouped(s string) bool {
	whole, _, _ := strings.Cut(s, ".")
	parts := strings.Split(whole, ",")
	for i, p := range parts {
		if i > 0 && len(p) != 3 || i == 0 && (p == "" || len(p) > 3) {
			return false
		}
	}
	return len(parts) > 1
}

func onlyDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// Per divides, rounding to the nearest millionth; false where there is nothing to divide by.
func (a Amount) Per(by Amount) (Amount, bool) {
	if by <= 0 {
		return 0, false
	}
	return Amount(math.Round(float64(a) / float64(by) * float64(One))), true
}

// Round is the amount with this many decimal places, from 0 to 6, a half rounded up; without those that are zero at its
// end, and with commas between thousands.
func (a Amount) Round(places int) string {
	unit := Amount(1)
	for range 6 - places {
		unit *= 10
	}
	a = (a + unit/2) / unit * unit
	whole := strconv.FormatInt(int64(a/One), 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction := strings.TrimRight(fmt.Sprintf("%06d", int64(a%One)), "0"); fraction != "" {
		whole += "." + fraction
	}
	return whole
}
