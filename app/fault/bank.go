package fault

import (
	"regexp"
	"time"
)

// NoBankDetails is what somebody is told who types bank details into a text.
const NoBankDetails = "Take out what looks like bank details. They are never kept here: the paying system has them"

var (
	// bankWords are the words for bank details with digits after them: "sort code 20-00-00", "account no. 1234 5678".
	bankWords = regexp.MustCompile(`(?i)\b(?:sort ?code|account(?: (?:number|no))?|acct?|a/c|iban)\b[^0-9\n]{0,12}[0-9](?:[ -]?[0-9]){5,}`)
	iban      = regexp.MustCompile(`\bGB[0-9]{2} ?[A-Z]{4}(?: ?[0-9]){6,}`)
	sortCode  = regexp.MustCompile(`\b[0-9]{2}([- ])[0-9]{2}[- ][0-9]{2}\b`)
	eight     = regexp.MustCompile(`\b[0-9]{8}\b`)
	bankNamed = regexp.MustCompile(`(?i)\b[0-9]{2}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{8}\b|\bGB[0-9]{2} ?[A-Z]{4}\b|\bsort code\b|\baccount (?:number|no)\b|\bIBAN\b`)
)

// NamesBankDetails is BankDetails for the register of providers, where no number of an invoice and no day belongs: any such number, and any
// word for one.
func NamesBankDetails(text string) bool { return bankNamed.MatchString(text) }

// BankDetails tells whether a text has what looks like the number of a bank account. A number of eight digits alone can be an invoice’s, and
// what stands like a sort code can be a day: both together, or a sort code that is no day, are bank details.
func BankDetails(text string) bool {
	if longestNumber(text) < 6 { // as in most texts
		return false
	}
	if bankWords.MatchString(text) || iban.MatchString(text) {
		return true
	}
	number := eight.MatchString(text)
	for _, found := range sortCode.FindAllStringSubmatch(text, -1) {
		if number {
			return true
		}
		if _, err := time.Parse("02-01-06", found[0]); err != nil && found[1] == "-" {
			return true
		}
	}
	return false
}

// longestNumber is how many digits stand in the longest number of a text, where a hyphen or a blank alone does not divide it.
func longestNumber(text string) int {
	longest, n := 0, 0
	for i := range len(text) {
		switch b := text[i]; {
		case '0' <= b && b <= '9':
			n++
			longest = max(longest, n)
		case (b == ' ' || b == '-') && i > 0 && '0' <= text[i-1] && text[i-1] <= '9':
		default:
			n = 0
		}
	}
	return longest
}
