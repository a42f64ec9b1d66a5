package account

import (
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"resilience/app/fault"
)

// Slowing down guesses: after so many failed sign-ins in a row each further one blocks for twice as long, up to
// longestBlock. The count is forgotten after forgetAfter without a failure. A network address is freer than an
// account, since a whole office may stand behind one.
const (
	FreeForAccount = 5
	FreeForAddress = 50

	firstBlock   = 30 * time.Second
	longestBlock = 15 * time.Minute
	forgetAfter  = time.Hour
)

// Failures counts failed sign-ins for one account or one network address.
type Failures struct {
	Count        int
	LastAt       time.Time
	BlockedUntil time.Time
}

// Wait is how long nobody may try again; zero when they may.
func (f Failures) Wait(now time.Time) time.Duration {
	return max(0, f.BlockedUntil.Sub(now))
}

// After is the count with one more failure at that instant; free is FreeForAccount or FreeForAddress.
func (f Failures) After(now time.Time, free int) Failures {
	if now.Sub(f.LastAt) > forgetAfter {
		f.Count = 0
	}
	f.Count, f.LastAt, f.BlockedUntil = f.Count+1, now, now
	if over := f.Count - free; over >= 0 {
		f.BlockedUntil = now.Add(min(longestBlock, firstBlock<<min(over, 10)))
	}
	return f
}

// shortestName is from how many letters on a name in a password gives it away: nearly every password has an "a".
const shortestName = 4

// Lengths of a password, in characters, after NIST SP 800-63B and OWASP ASVS 6.2.
const (
	ShortestPassword = 12
	LongestPassword  = 128
)

// CheckPassword says what is wrong with a new password; field is the name of the input.
func CheckPassword(field, password string, person Person) error {
	var wrong fault.Invalid
	n := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	local, _, _ := strings.Cut(person.Email, "@")
	switch {
	case n < ShortestPassword:
		wrong.Add(field, "Use at least %d characters. Three or four words that do not belong together work well", ShortestPassword)
	case n > LongestPassword:
		wrong.Add(field, "Use at most %d characters", LongestPassword)
	case len(local) >= shortestName && strings.Contains(lower, local), strings.Contains(lower, "resilience"), strings.Contains(lower, "password"):
		wrong.Add(field, "Choose something that is harder to guess than your name, this service or the word password")
	case len(distinct(lower)) < 5:
		wrong.Add(field, "Use more different characters")
	}
	return wrong.Err()
}

func distinct(s string) map[rune]bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return seen
}

// CleanEmail is the address in lower case, or an error that says what is wrong with it.
func CleanEmail(s string) (string, error) {
	a, err := mail.ParseAddress(strings.TrimSpace(s))
	if err != nil || a.Name != "" {
		var wrong fault.Invalid
		wrong.Add("email", "Enter an email address in the form name@example.org")
		return "", wrong.Err()
	}
	return strings.ToLower(a.Address), nil
}
