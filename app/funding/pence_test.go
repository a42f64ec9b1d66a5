package funding_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/funding"
)

func TestAmountsAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]funding.Pence{
		"0": 0, "1": 100, "1250": 125000, "1,250": 125000, "£1,250.00": 125000, " £ 1,250.50 ": 125050, "0.05": 5, "0.99": 99,
		"1,234,567.89": 123456789, "100000000": 100_000_000_00, "007": 700,
	} {
		if got, err := funding.ParsePence(typed); err != nil || got != want {
			t.Errorf("%q is %d pence, %v; want %d", typed, got, err, want)
		}
	}
}

func TestWhatIsNoAmountIsRefused(t *testing.T) {
	for typed, says := range map[string]string{
		"":                      "Enter an amount in pounds",
		"about 1000":            "Enter an amount in pounds",
		"1.250,00":              "Enter an amount in pounds",
		"12,50":                 "Enter an amount in pounds",
		"1,25,000":              "Enter an amount in pounds",
		",100":                  "Enter an amount in pounds",
		"-5":                    "Enter an amount in pounds",
		"1e6":                   "Enter an amount in pounds",
		"1000 pounds":           "Enter an amount in pounds",
		"$100":                  "Enter an amount in pounds",
		"££100":                 "Enter an amount in pounds",
		"1250.5":                "two digits of pence",
		"1250.505":              "two digits of pence",
		"1250.":                 "Enter an amount in pounds",
		".50":                   "Enter an amount in pounds",
		"100000001":             "at most £100,000,000",
		"99999999999999999999":  "at most £100,000,000",
		"9223372036854775807":   "at most £100,000,000",
		"١٢٣":                   "Enter an amount in pounds",
		"1 250":                 "Enter an amount in pounds",
		strings.Repeat("9", 99): "at most £100,000,000",
	} {
		if got, err := funding.ParsePence(typed); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is %d pence, %v; want a refusal that says %q", typed, got, err, says)
		}
	}
}

func TestAmountsAsPeopleReadThem(t *testing.T) {
	for pence, want := range map[funding.Pence]string{
		0: "£0", 5: "£0.05", 50: "£0.50", 100: "£1", 99999: "£999.99", 100000: "£1,000", 125050: "£1,250.50", 100_000_000_00: "£100,000,000", -125050: "-£1,250.50",
	} {
		if got := pence.String(); got != want {
			t.Errorf("%d pence reads %q, want %q", int64(pence), got, want)
		}
	}
}

func TestWhatIsShownCanBeTypedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := funding.Pence(rapid.Int64Range(0, 100_000_000_00).Draw(t, "pence"))
		if got, err := funding.ParsePence(p.String()); err != nil || got != p {
			t.Fatalf("%s reads back as %d, %v; want %d", p, got, err, p)
		}
	})
}
