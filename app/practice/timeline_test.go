package practice_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// seen is one observation of a test: a day and what a file said on it.
type seen struct {
	day   calendar.Date
	value string
}

var firstDay = calendar.MustParse("2016-01-01")

// drawFiles draws observations on different days, in the order of their days.
func drawFiles(t *rapid.T) []seen {
	days := rapid.SliceOfNDistinct(rapid.IntRange(0, 40), 1, 8, rapid.ID[int]).Draw(t, "days")
	values := rapid.SampledFrom([]string{"", "one", "two", "three"})
	inOrder := make([]bool, 41)
	for _, d := range days {
		inOrder[d] = true
	}
	var files []seen
	for d, there := range inOrder {
		if there {
			files = append(files, seen{firstDay.AddDays(d), values.Draw(t, "value")})
		}
	}
	return files
}

func observe(line *practice.Timeline, s seen) practice.Outcome {
	return line.Observe(practice.AttributeName, practice.Observation{Value: s.value, Day: s.day, Import: 1})
}

// mustBeSound checks what holds of every timeline.
func mustBeSound(t *rapid.T, line practice.Timeline) {
	for i, p := range line {
		if p.LastSeen.Before(p.From) {
			t.Fatalf("last seen before it began: %+v", p)
		}
		if i == len(line)-1 {
			if !p.Until.IsZero() {
				t.Fatalf("the last period is closed: %+v", line)
			}
			continue
		}
		next := line[i+1]
		if p.Until != next.From || !p.LastSeen.Before(p.Until) {
			t.Fatalf("periods do not meet, or overlap: %+v then %+v", p, next)
		}
		if p.Value == next.Value {
			t.Fatalf("two neighbours say the same: %+v", line)
		}
	}
}

func TestTimelineInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := drawFiles(t)
		var line practice.Timeline
		for _, f := range files {
			if got := observe(&line, f); got == practice.Filled || got == practice.Kept || got == practice.Corrected {
				t.Fatalf("outcome %v from a file newer than all before", got)
			}
			mustBeSound(t, line)
		}
		for d := range 50 {
			day := firstDay.AddDays(d)
			want, early := files[0].value, day.Before(files[0].day)
			for _, f := range files {
				if !f.day.After(day) {
					want = f.value
				}
			}
			got, gotEarly, ok := line.On(day)
			if !ok || got.Value != want || gotEarly != early {
				t.Fatalf("on %s: %q (early %v), want %q (early %v)", day, got.Value, gotEarly, want, early)
			}
		}
	})
}

func TestTimelineInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := drawFiles(t)
		newest := files[len(files)-1]
		shuffled := rapid.Permutation(files).Draw(t, "order")
		var line practice.Timeline
		kept := map[calendar.Date]bool{}
		for _, f := range shuffled {
			if observe(&line, f) == practice.Kept {
				kept[f.day] = true
			}
			mustBeSound(t, line)
		}
		if line.Current() != newest.value {
			t.Fatalf("now %q, but the newest file says %q", line.Current(), newest.value)
		}
		for _, f := range files {
			got, _, _ := line.On(f.day)
			if (got.Value == f.value) == kept[f.day] {
				t.Fatalf("on %s: %q, the file says %q, reported as kept: %v", f.day, got.Value, f.value, kept[f.day])
			}
		}
	})
}

func TestTimelineTheSameTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := rapid.Permutation(drawFiles(t)).Draw(t, "order")
		var line practice.Timeline
		outcomes := map[calendar.Date]practice.Outcome{}
		for _, f := range files {
			outcomes[f.day] = observe(&line, f)
		}
		before := append(practice.Timeline{}, line...)
		again := rapid.SampledFrom(files).Draw(t, "again")
		got := observe(&line, again)
		if got != practice.Unchanged && (got != practice.Kept || outcomes[again.day] != practice.Kept) {
			t.Fatalf("the same file again: outcome %v", got)
		}
		if !slices.Equal(before, line) {
			t.Fatalf("the same file again changed something: %+v, before %+v", line, before)
		}
	})
}

// A day that an older file covers never changes what was known of any newer day that a file covers.
func TestTimelineNewerIsNeverLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := rapid.Permutation(drawFiles(t)).Draw(t, "order")
		var line practice.Timeline
		held := map[calendar.Date]string{}
		for _, f := range files {
			observe(&line, f)
			for day, value := range held {
				if got, _, _ := line.On(day); got.Value != value {
					t.Fatalf("file of %s changed %s from %q to %q", f.day, day, value, got.Value)
				}
			}
			got, _, _ := line.On(f.day)
			held[f.day] = got.Value
		}
	})
}

func TestTimelineCorrection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := drawFiles(t)
		var line practice.Timeline
		for _, f := range files {
			observe(&line, f)
		}
		i := len(files) - 1 // the newest day is always a day on which its period was seen
		if rapid.Bool().Draw(t, "the first day") {
			i = 0
		}
		o := practice.Observation{Value: "corrected", Day: files[i].day, Import: 2}
		if i > 0 {
			o.Previous = files[i-1].day
		}
		if i+1 < len(files) {
			o.Next = files[i+1].day
		}
		if got := line.Observe(practice.AttributeName, o); got != practice.Corrected {
			t.Fatalf("outcome %v", got)
		}
		mustBeSound(t, line)
		files[i].value = "corrected"
		for _, f := range files {
			if got, _, _ := line.On(f.day); got.Value != f.value {
				t.Fatalf("on %s: %q, want %q in %+v", f.day, got.Value, f.value, line)
			}
		}
	})
}

func TestTimelineOlderFile(t *testing.T) {
	day := calendar.MustParse
	known := practice.Timeline{
		{Value: "A", From: day("2016-05-13"), Until: day("2018-05-11"), LastSeen: day("2016-11-30"), Import: 1},
		{Value: "B", From: day("2018-05-11"), LastSeen: day("2026-02-20"), Import: 3},
	}
	tests := []struct {
		name, value, day string
		want             practice.Outcome
		holds            string // "value from" of each period
	}{
		{"before the first, the same", "A", "2015-11-27", practice.Filled, "A 2015-11-27, B 2018-05-11"},
		{"before the first, another", "Z", "2015-11-27", practice.Filled, "Z 2015-11-27, A 2016-05-13, B 2018-05-11"},
		{"in the gap, the later value", "B", "2017-02-24", practice.Filled, "A 2016-05-13, B 2017-02-24"},
		{"in the gap, another", "C", "2017-02-24", practice.Filled, "A 2016-05-13, C 2017-02-24, B 2018-05-11"},
		{"in the gap, the earlier value", "A", "2017-02-24", practice.Unchanged, "A 2016-05-13, B 2018-05-11"},
		{"seen before and after, another", "C", "2020-01-31", practice.Kept, "A 2016-05-13, B 2018-05-11"},
		{"seen before and after, the same", "B", "2020-01-31", practice.Unchanged, "A 2016-05-13, B 2018-05-11"},
		{"newer, another", "C", "2026-03-20", practice.Changed, "A 2016-05-13, B 2018-05-11, C 2026-03-20"},
		{"newest day again, another", "C", "2026-02-20", practice.Corrected, "A 2016-05-13, B 2018-05-11, C 2026-02-20"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			line := append(practice.Timeline{}, known...)
			got := line.Observe(practice.AttributeName, practice.Observation{Value: test.value, Day: day(test.day), Import: 9})
			if got != test.want {
				t.Errorf("outcome %v, want %v", got, test.want)
			}
			holds := ""
			for i, p := range line {
				if i > 0 {
					holds += ", "
				}
				holds += p.Value + " " + p.From.String()
			}
			if holds != test.holds {
				t.Errorf("periods %s, want %s", holds, test.holds)
			}
		})
	}
}

func TestTelephoneIsComparedByDigits(t *testing.T) {
	var line practice.Timeline
	for i, number := range []string{"01632 960123", "016 3296 0123"} {
		o := practice.Observation{Value: number, Day: firstDay.AddDays(i), Import: int64(i)}
		line.Observe(practice.AttributeTelephone, o)
	}
	if len(line) != 1 || line.Current() != "01632 960123" {
		t.Errorf("re-spaced number counted as a change: %+v", line)
	}
}
