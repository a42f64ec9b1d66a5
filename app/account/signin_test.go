package account_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/fault"
)

func TestPasswords(t *testing.T) {
	person := account.Person{Name: "Ana Weir", Email: "ana.weir@practice.example"}
	for _, c := range []struct{ password, says string }{
		{"marigold-tractor-window", ""},
		{"twelve chars", ""},
		{"žluťoučký kůň", ""},
		{strings.Repeat("abcdefghij", 12) + "12345678", ""}, // 128 characters
		{"elevenchars", "at least 12 characters"},
		{"", "at least 12 characters"},
		{"žluťoučkůň", "at least 12 characters"}, // 10 characters, more bytes
		{strings.Repeat("abcdefghij", 12) + "123456789", "at most 128 characters"},
		{"my-ANA.WEIR-secret", "harder to guess"},
		{"Resilience2017!!", "harder to guess"},
		{"correct-PassWord-horse", "harder to guess"},
		{"aaaaaaaaaaaaaaaa", "more different characters"},
		{"ababababABABAB", "more different characters"},
	} {
		invalid, refused := fault.AsInvalid(account.CheckPassword("chosen", c.password, person))
		switch {
		case !refused && c.says != "":
			t.Errorf("%q was allowed", c.password)
		case refused && (len(invalid.Fields) != 1 || invalid.Fields[0].Name != "chosen" || c.says == "" || !strings.Contains(invalid.Fields[0].Message, c.says)):
			t.Errorf("%q was refused with %v, want %q", c.password, invalid, c.says)
		}
	}
}

func TestAShortAddressForbidsNoPassword(t *testing.T) {
	if err := account.CheckPassword("chosen", "marigold-tractor-window", account.Person{Email: "a@practice.example"}); err != nil {
		t.Errorf("refused: %v", err)
	}
}

func TestAPasswordIsNeverRepeatedInItsRefusal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		password := rapid.StringMatching(`[A-Z0-9#]{4,11}`).Draw(t, "password")
		if err := account.CheckPassword("chosen", password, account.Person{}); err == nil || strings.Contains(err.Error(), password) {
			t.Fatalf("%q: %v", password, err)
		}
	})
}

func TestGuessingSlowsDown(t *testing.T) {
	now := time.Date(2017, time.January, 18, 9, 0, 0, 0, time.UTC)
	var f account.Failures
	want := []time.Duration{0, 0, 0, 0, 30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute}
	for i, w := range want {
		f = f.After(now, account.FreeForAccount)
		if got := f.Wait(now); got != w {
			t.Errorf("after %d failures one waits %s, want %s", i+1, got, w)
		}
		now = now.Add(f.Wait(now))
		if f.Wait(now) != 0 {
			t.Errorf("after waiting, one still waits %s", f.Wait(now))
		}
	}
	if f = f.After(now.Add(61*time.Minute), account.FreeForAccount); f.Count != 1 || f.Wait(now.Add(61*time.Minute)) != 0 {
		t.Errorf("an hour later there are %d failures, and one waits %s", f.Count, f.Wait(now.Add(61*time.Minute)))
	}
}

func TestAnOfficeIsFreerThanAnAccount(t *testing.T) {
	now := time.Date(2017, time.January, 18, 9, 0, 0, 0, time.UTC)
	var f account.Failures
	for range account.FreeForAddress - 1 {
		f = f.After(now, account.FreeForAddress)
	}
	if f.Wait(now) != 0 {
		t.Errorf("49 failures from one office: wait %s", f.Wait(now))
	}
	if f = f.After(now, account.FreeForAddress); f.Wait(now) != 30*time.Second {
		t.Errorf("50 failures from one office: wait %s", f.Wait(now))
	}
}

func TestTheWaitOnlyGrowsAndHasAnEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2017, time.January, 18, 9, 0, 0, 0, time.UTC)
		var f account.Failures
		var last time.Duration
		for range rapid.IntRange(1, 200).Draw(t, "failures") {
			f = f.After(now, account.FreeForAccount)
			if wait := f.Wait(now); wait < last || wait > 15*time.Minute {
				t.Fatalf("%d failures: wait %s after %s", f.Count, wait, last)
			}
			last = f.Wait(now)
			now = now.Add(time.Duration(rapid.IntRange(0, 3600).Draw(t, "pause")) * time.Second)
		}
	})
}

func TestEmailAddresses(t *testing.T) {
	for typed, want := range map[string]string{
		"ana.weir@practice.example": "ana.weir@practice.example", " Ana.WEIR@Practice.Example ": "ana.weir@practice.example",
		"o'neil@practice.example": "o'neil@practice.example",
		"":                        "", "ana": "", "@practice.example": "", "Ana Weir <ana@practice.example>": "", "a@b@c.example": "", "ana @practice.example": "",
		"ana@practice.example, bo@practice.example": "", "ana@practice.example\nBcc: x@y.example": "",
	} {
		got, err := account.CleanEmail(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", typed, got, err, want)
		}
	}
}
