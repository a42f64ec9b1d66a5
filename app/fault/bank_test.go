package fault

import "testing"

func TestBankDetails(t *testing.T) {
	for text, want := range map[string]bool{
		"Account 12345678 sort code 20-00-00 closed":            true,
		"Please pay to 20-45-45 12345678.":                      true,
		"20 45 45, 12345678":                                    true,
		"Sort code: 204545":                                     true,
		"account no. 1234 5678":                                 true,
		"GB29 NWBK 6016 1331 9268 19":                           true,
		"IBAN: GB29NWBK60161331926819":                          true,
		"The sort code is 20-45-45":                             true,
		"It went to 20-45-45":                                   true,
		"Invoice 12345678 of 18-01-17 is paid":                  true, // both together: rather ask once too often
		"Invoice 12345678 is paid":                              false,
		"Visits on 12-01-17 and on 18-01-17":                    false,
		"Ring 01632 960123 about it":                            false,
		"The account was closed in 2016, on 18 January":         false,
		"Line 14 of the bank statement of account, under Q72-1": false,
		"£1,250.00 for 12 13 14 sessions":                       false,
	} {
		if got := BankDetails(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
