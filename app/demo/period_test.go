package demo_test

import (
	"database/sql"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"resilience/app/calendar"
)

var (
	monthWord = regexp.MustCompile(`\b(January|February|March|April|May|June|July|August|September|October|November|December)\b`)
	dayCount  = regexp.MustCompile(`(?i)\b(two|three|four|five|six|seven|eight|nine|ten|[0-9]+) (?:[a-z’']+ )?(days|training days|half days)\b`)
	sessions  = regexp.MustCompile(`(?i)\b(two|three|four|five|six|seven|eight|nine|ten|[0-9]+) (?:[a-z’']+ ){0,2}sessions\b`)
)

// counted is a number as people write it.
func counted(word string) int {
	if i := slices.Index([]string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}, strings.ToLower(word)); i >= 0 {
		return i + 2
	}
	n, _ := strconv.Atoi(word)
	return n
}

// outside tells which month the words name that no day of a period is in; none: "".
func outside(words string, from, to calendar.Date) string {
	for _, name := range monthWord.FindAllString(words, -1) {
		in := false
		for d := from; !d.After(to); d = d.AddDays(1) {
			in = in || d.Month().String() == name
		}
		if !in {
			return name
		}
	}
	return ""
}

// What a claim is for was done in its period: its words name no month beside it, and no more days or sessions than it can have, four
// sessions a day at the most. It is not made before its last day, and shares no day with another claim of its line unless somebody said why.
func TestClaimsSayWhatTheirPeriodsCanHold(t *testing.T) { claimsFit(t, usual(t)) }

// claimsFit looks at every claim of a demonstration.
func claimsFit(t *testing.T, db *sql.DB) {
	t.Helper()
	rows, err := db.Query(`SELECT case_id, number, period_from, period_to, substr(claimed_at, 1, 10), detail FROM claim ORDER BY case_id, number`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for rows.Next() {
		var id, number int
		var first, last, made, detail string
		if err := rows.Scan(&id, &number, &first, &last, &made, &detail); err != nil {
			t.Fatal(err)
		}
		n++
		from, to := calendar.MustParse(first), calendar.MustParse(last)
		days, working := from.DaysUntil(to)+1, 0
		for d := from; !d.After(to); d = d.AddDays(1) {
			if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
				working++
			}
		}
		fail := func(what string) {
			t.Errorf("claim %d of case %d, of %s to %s: %s: %s", number, id, first, last, what, detail)
		}
		if month := outside(detail, from, to); month != "" {
			fail("it names " + month)
		}
		for _, m := range dayCount.FindAllStringSubmatch(detail, -1) {
			if counted(m[1]) > days {
				fail("it has more days than there are")
			}
		}
		for _, m := range sessions.FindAllStringSubmatch(detail, -1) {
			if counted(m[1]) > 4*working {
				fail("it has more sessions than there can be")
			}
		}
		if made < last {
			fail("it was made on " + made)
		}
	}
	if n < 40 {
		t.Errorf("there are %d claims", n)
	}
	for _, which := range column(t, db, `SELECT a.case_id || ', claims ' || a.number || ' and ' || b.number FROM claim a JOIN claim b ON b.line_id = a.line_id AND b.number > a.number
		AND b.period_from <= a.period_to AND b.period_to >= a.period_from WHERE a.state <> 'returned' AND b.state <> 'returned' AND a.alike_why = '' AND b.alike_why = ''`) {
		t.Errorf("two claims for the same days: case %s", which)
	}
}

// What is said afterwards of a claim, of progress and of how a case ended speaks of the support, not of a time before it or to come.
func TestWhatIsSaidOfTheSupportIsOfItsTime(t *testing.T) {
	for what, query := range map[string]string{
		"what is asked back": `SELECT m.period_from, m.period_to, r.words FROM recovery r JOIN claim m ON m.id = r.claim_id`,
		"a claim in part":    `SELECT m.period_from, m.period_to, m.cut_why FROM claim m WHERE m.cut_why <> ''`,
		"a claim returned":   `SELECT m.period_from, m.period_to, m.returned_why FROM claim m WHERE m.returned_why <> ''`,
		"a dispute":          `SELECT m.period_from, substr(d.raised_at, 1, 10), d.words || ' ' || COALESCE(d.answer, '') FROM receipt_dispute d JOIN claim m ON m.id = d.claim_id`,
		"a closing":          `SELECT MIN(l.starts_on), (SELECT MAX(substr(e.recorded_at, 1, 10)) FROM event e WHERE e.case_id = c.id AND e.act = 'case closed'), c.ended_reason FROM support_case c JOIN offer o ON o.case_id = c.id AND o.state = 'accepted' JOIN support_line l ON l.offer_id = o.id WHERE c.state = 'closed' GROUP BY c.id`,
		"what was not given": `SELECT MIN(l.starts_on), (SELECT MAX(substr(e.recorded_at, 1, 10)) FROM event e WHERE e.case_id = c.id AND e.act = 'case closed'), u.detail FROM undelivered_line u JOIN support_line l ON l.id = u.line_id JOIN support_case c ON c.id = u.case_id GROUP BY u.line_id`,
		"a milestone":        `SELECT m.due_on, m.due_on, m.what FROM milestone m`,
	} {
		rows, err := usual(t).Query(query)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		n := 0
		for rows.Next() {
			var first, last, words string
			if err := rows.Scan(&first, &last, &words); err != nil {
				t.Fatal(err)
			}
			n++
			if month := outside(words, calendar.MustParse(first), calendar.MustParse(last)); month != "" {
				t.Errorf("%s, of %s to %s, names %s: %s", what, first, last, month, words)
			}
		}
		if err := rows.Close(); err != nil || n == 0 {
			t.Errorf("%d of %s, %v", n, what, err)
		}
	}
}

// An answer is of the month that was asked about.
func TestAnAnswerIsOfTheMonthOfItsQuestion(t *testing.T) {
	n := 0
	for _, both := range column(t, usual(t), `SELECT question || '//' || answer FROM information_request WHERE answer <> ''`) {
		question, answer, _ := strings.Cut(both, "//")
		if asked, told := monthWord.FindString(question), monthWord.FindString(answer); strings.Contains(question, " did you have in ") || strings.Contains(question, " came in ") {
			if n++; asked != told {
				t.Errorf("asked about %s, told of %s: %s", asked, told, both)
			}
		}
	}
	if n == 0 {
		t.Error("no answer has a month")
	}
}
