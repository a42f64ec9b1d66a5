package web

import (
	"database/sql"
	"log/slog"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// summarised is who looks at a summary here, and the condition on the team and the region of what they see.
var summarised = map[string]string{
	"lead": `team = 'Q72'`, "region": `region = 'Y54'`, "nation": `1 = 1`, "auditor": `1 = 1`, "lead other": `team = 'Q71'`, "reg other": `region = 'Y56'`,
}

// summaryDay is the day of the summaries: months after most of the world was made, and in the next financial year.
var summaryDay = calendar.MustParse("2017-04-12")

// summarySite is a site on summaryDay, whose cases were at their stages for some days and of which one is of the new year. Both
// regions have money, and two forward commitments wait.
func summarySite(t *testing.T) *site {
	t.Helper()
	w := servicetest.Make(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	forwardsOfBothKinds(t, siteOf(t, w))
	must(w.Service.ApproveAllocation(ctx, w.By("nation"), servicetest.WaitingOther, false))
	on := func(day string) *service.Service {
		return service.New(w.Store, service.ClockFrom(calendar.MustParse(day)), slog.New(slog.DiscardHandler))
	}
	must(on("2017-01-24").Acknowledge(ctx, w.By("holder"), w.On("assigned"), "We have your request."))
	must(on("2017-01-27").Assign(ctx, w.By("lead"), w.On("unassigned"), w.By("holder").Actor.ID))
	must(on("2017-02-03").Acknowledge(ctx, w.By("holder"), w.On("unassigned"), "We have your request."))
	must(on("2017-02-06").BeginAssessment(ctx, w.By("holder"), w.On("triage")))
	must(on("2017-02-08").Withdraw(ctx, w.By("pm"), w.On("held"), "We found help elsewhere."))
	must(on("2017-01-20").Assign(ctx, w.By("lead other"), w.On("foreign"), w.By("cw other").Actor.ID))
	must(on("2017-01-31").Acknowledge(ctx, w.By("cw other"), w.On("foreign"), "We have your request."))
	must(on("2017-02-14").BeginAssessment(ctx, w.By("cw other"), w.On("foreign")))
	closing, err := w.Service.Closing(ctx, w.By("holder"), w.Case("received"))
	must(err)
	must(on("2017-02-15").Close(ctx, w.By("holder"), w.On("received"), servicetest.ClosingOf(closing, "improved", "Every session is filled again.")))
	must(on("2017-02-21").BeginAssessment(ctx, w.By("holder"), w.On("assigned")))
	must(on("2017-03-02").Recommend(ctx, w.By("holder"), w.On("assessed"), casework.Verdicting{Outcome: casework.ForSupport, Reasons: "They can be helped in time.", NoInterest: true}))
	must(on("2017-03-09").Promote(ctx, w.By("lead"), w.On("reserve"), casework.Answering{Reasons: "Money is free now.", NoInterest: true}))
	must(on("2017-04-10").SendRequest(ctx, w.By("pm"), w.On("draft")))
	w.Service = on(summaryDay.String())
	return siteOf(t, w)
}

// asked is a copy of the database of the site, to ask without any query of the program.
type asked struct {
	t  *testing.T
	db *sql.DB
}

func (s *site) asked(t *testing.T) asked {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Store.Copy(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return asked{t, db}
}

func (a asked) number(query string, args ...any) int {
	a.t.Helper()
	var n int
	if err := a.db.QueryRowContext(a.t.Context(), query, args...).Scan(&n); err != nil {
		a.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// pairs are the two columns of a query.
func (a asked) pairs(query string, args ...any) (list [][2]string) {
	a.t.Helper()
	rows, err := a.db.QueryContext(a.t.Context(), query, args...)
	if err != nil {
		a.t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p [2]string
		if err := rows.Scan(&p[0], &p[1]); err != nil {
			a.t.Fatal(err)
		}
		list = append(list, p)
	}
	if err := rows.Err(); err != nil {
		a.t.Fatal(err)
	}
	return list
}

// ofTheYear are the cases c that were referred in 2016/17.
const ofTheYear = `FROM support_case c WHERE c.reference IS NOT NULL AND c.referred_on BETWEEN '2016-04-01' AND '2017-03-31' AND `

// promised is the beginning of a condition on a line l that both sides have accepted.
const promised = `EXISTS (SELECT 1 FROM support_line l JOIN offer o ON o.id = l.offer_id WHERE o.case_id = c.id AND o.state = 'accepted' AND l.declined = 0 AND l.ended_by IS NULL AND `

// countsBy are the conditions of this test, by what the address of a list has for them. The mark is the value.
var countsBy = map[string]string{
	"stage":     `c.state = ?`,
	"passed":    `c.state <> ?1 AND EXISTS (SELECT 1 FROM event e JOIN event_change h ON h.event_id = e.id WHERE e.case_id = c.id AND h.attribute = 'state' AND h.before_value = ?1)`,
	"route":     `c.route = ?`,
	"need":      `EXISTS (SELECT 1 FROM case_help h WHERE h.case_id = c.id AND h.kind = 'need' AND h.code = ?)`,
	"menu":      `EXISTS (SELECT 1 FROM case_help h WHERE h.case_id = c.id AND h.kind = 'menu' AND h.code = ?)`,
	"agreed":    promised + `l.need = ?)`,
	"item":      promised + `l.menu_item = ?)`,
	"outcome":   `c.outcome = ?`,
	"follow-up": `EXISTS (SELECT 1 FROM follow_up u WHERE u.case_id = c.id AND u.state = ?)`,
	"reached":   `EXISTS (SELECT 1 FROM follow_up_aim u WHERE u.case_id = c.id AND u.reached = ?)`,
	"region":    `c.region = ?`,
	"team":      `c.team = ?`,
}

// figureLink is an amount or a number of a summary: what it shows, and what its address has beside the year.
type figureLink struct {
	shown string
	query url.Values
}

func linkOf(t *testing.T, a *goquery.Selection) figureLink {
	t.Helper()
	u, err := url.Parse(a.AttrOr("href", ""))
	if err != nil || a.Length() != 1 {
		t.Fatalf("%d links, %v", a.Length(), err)
	}
	return figureLink{strings.Fields(a.Text())[0], u.Query()}
}

// tableRow is one row of a table: its header, and the links of its other cells.
func tableRow(t *testing.T, row *goquery.Selection) (header string, links []figureLink) {
	t.Helper()
	row.Find("td a").Each(func(_ int, a *goquery.Selection) { links = append(links, linkOf(t, a)) })
	head := row.Find("th")
	head.Find(".nhsuk-u-visually-hidden, .nhsuk-table__heading").Remove()
	words := strings.TrimSpace(head.Find("a").Text())
	if words == "" {
		words = strings.TrimSpace(head.Text())
	}
	return words, links
}

// numbered is a table of numbers of cases: the codes and names of its rows, and for each of its numbers what the address of the list has,
// to which the code belongs.
type numbered struct {
	table  string
	rows   [][2]string
	counts []string
}

func tablesOfNumbers(a asked) []numbered {
	named := func(table string) [][2]string {
		return a.pairs(`SELECT code, name FROM ` + table + ` WHERE rule_set_id = 1 ORDER BY position`)
	}
	list := []numbered{
		{table: "needs", rows: named("rule_need_area"), counts: []string{"need", "agreed"}},
		{table: "menu", rows: named("rule_menu_item"), counts: []string{"menu", "item"}},
		{table: "stages", counts: []string{"stage", "passed"}}, {table: "routes", counts: []string{"route"}}, {table: "outcomes", counts: []string{"outcome"}},
		{table: "follow-ups", counts: []string{"follow-up"}}, {table: "reached", counts: []string{"reached"}},
	}
	for _, s := range casework.States[1:] {
		list[2].rows = append(list[2].rows, [2]string{string(s), s.Name()})
	}
	for _, r := range casework.Routes {
		list[3].rows = append(list[3].rows, [2]string{string(r), r.Name()})
	}
	for _, o := range casework.Outcomes {
		list[4].rows = append(list[4].rows, [2]string{string(o.Outcome), o.Name})
	}
	for _, f := range casework.FollowUpStates {
		list[5].rows = append(list[5].rows, [2]string{string(f.State), f.Name})
	}
	for _, r := range casework.ReachedList {
		list[6].rows = append(list[6].rows, [2]string{string(r.Reached), r.Name})
	}
	return list
}

// TestNumbersOfASummaryByTheTables compares every number of cases with a count of the tables themselves, by queries of this test.
func TestNumbersOfASummaryByTheTables(t *testing.T) {
	s := summarySite(t)
	a := s.asked(t)
	seen := map[string]int{} // the greatest number for each condition: a test of zeros says nothing
	for who, sees := range summarised {
		doc := s.as(who).page("/summary?year=2016")
		for _, table := range tablesOfNumbers(a) {
			rows := doc.Find("#" + table.table + " tbody tr")
			if rows.Length() != len(table.rows) {
				t.Errorf("%s: %s has %d rows, not %d", who, table.table, rows.Length(), len(table.rows))
				continue
			}
			for i, row := range table.rows {
				header, links := tableRow(t, rows.Eq(i))
				if header != row[1] {
					t.Errorf("%s: row %d of %s is %q, not %q", who, i, table.table, header, row[1])
				}
				for j, link := range links {
					key := table.counts[j]
					want := a.number(`SELECT COUNT(*) `+ofTheYear+sees+` AND `+countsBy[key], row[0])
					if link.shown != strconv.Itoa(want) || link.query.Get(key) != row[0] || link.query.Get("year") != "2016" {
						t.Errorf("%s: %s of %q is %s by %v, not %d", who, key, header, link.shown, link.query, want)
					}
					seen[key] = max(seen[key], want)
				}
			}
		}
		all, silent := linkOf(t, doc.Find(".app-figures a").Eq(0)), linkOf(t, doc.Find(".app-figures a").Eq(1))
		if want := a.number(`SELECT COUNT(*) ` + ofTheYear + sees); leadingNumber(t, all.shown) != want {
			t.Errorf("%s: %s cases, not %d", who, all.shown, want)
		}
		want := a.number(`SELECT COUNT(*) FROM support_case c WHERE c.reference IS NOT NULL AND c.state NOT IN ('not_now', 'closed', 'withdrawn')
			AND COALESCE(SUBSTR(c.practice_told_at, 1, 10), c.referred_on) < ? AND `+sees, summaryDay.AddDays(-30).String())
		if leadingNumber(t, silent.shown) != want {
			t.Errorf("%s: %s cases are silent, not %d", who, silent.shown, want)
		}
		seen["silent"] = max(seen["silent"], want)
	}
	for _, key := range []string{"stage", "passed", "route", "need", "menu", "agreed", "item", "outcome", "silent"} {
		if seen[key] == 0 {
			t.Errorf("nothing was counted by %s", key)
		}
	}
}

// partsSeen are the regions, or local teams, of a summary: what the address has for them, and the code and the name of each.
func partsSeen(a asked, who string) (key string, parts [][2]string) {
	switch who {
	case "nation", "auditor":
		return "region", a.pairs(`SELECT code, name FROM organisation WHERE code IN ('Y54', 'Y56') ORDER BY name, code`)
	case "region":
		return "team", a.pairs(`SELECT code, name FROM organisation WHERE code = 'Q72'`)
	case "reg other":
		return "team", a.pairs(`SELECT code, name FROM organisation WHERE code = 'Q71'`)
	}
	return "", nil
}

// TestPartsOfASummaryByTheTables compares the cases of each region and local team with a count of the tables.
func TestPartsOfASummaryByTheTables(t *testing.T) {
	s := summarySite(t)
	a := s.asked(t)
	for who := range summarised {
		key, parts := partsSeen(a, who)
		rows := s.as(who).page("/summary?year=2016").Find("#parts tbody tr")
		if rows.Length() != len(parts) {
			t.Fatalf("%s sees %d parts, not %d", who, rows.Length(), len(parts))
		}
		for i, part := range parts {
			header, links := tableRow(t, rows.Eq(i))
			if header != part[1] {
				t.Errorf("%s: the part is %q, not %q", who, header, part[1])
			}
			for j, stage := range []string{"", "delivery", "closed"} {
				want := a.number(`SELECT COUNT(*) `+ofTheYear+countsBy[key]+` AND ?2 IN ('', c.state)`, part[0], stage)
				if got := links[j]; got.shown != strconv.Itoa(want) || got.query.Get(key) != part[0] || got.query.Get("stage") != stage {
					t.Errorf("%s: %s %s is %s by %v, not %d", who, header, stage, got.shown, got.query, want)
				}
			}
		}
	}
}

// mediansOf are the medians of working days at each stage that a case has left, from the days on which it came and went.
func mediansOf(a asked, sees string) map[string]string {
	moves := a.pairs(`SELECT c.id || ' ' || COALESCE(h.before_value, ''), SUBSTR(e.holds_from, 1, 10) || ' ' || h.after_value
		FROM event e JOIN event_change h ON h.event_id = e.id JOIN support_case c ON c.id = e.case_id WHERE h.attribute = 'state' AND c.id IN (SELECT c.id ` + ofTheYear + sees + `) ORDER BY c.id, e.id`)
	came := map[string]calendar.Date{}   // a case at a stage, and since when
	stays := map[string]map[string]int{} // by stage and case
	for _, m := range moves {
		id, left, _ := strings.Cut(m[0], " ")
		on, entered, _ := strings.Cut(m[1], " ")
		day := calendar.MustParse(on)
		if since, ok := came[m[0]]; ok {
			if stays[left] == nil {
				stays[left] = map[string]int{}
			}
			stays[left][id] += since.WorkingDaysUntil(day)
			delete(came, m[0])
		}
		came[id+" "+entered] = day
	}
	medians := map[string]string{}
	for stage, cases := range stays {
		var days []int
		for id, n := range cases {
			if _, back := came[id+" "+stage]; !back {
				days = append(days, n)
			}
		}
		slices.Sort(days)
		if len(days) > 0 {
			medians[stage] = strconv.FormatFloat(float64(days[(len(days)-1)/2]+days[len(days)/2])/2, 'f', -1, 64)
		}
	}
	return medians
}

// TestStageMediansByTheEvents compares each median of the stages with the days on which the events say that cases came and went.
func TestStageMediansByTheEvents(t *testing.T) {
	s := summarySite(t)
	a := s.asked(t)
	longer := map[string]bool{}
	for who, sees := range summarised {
		want := mediansOf(a, sees)
		rows := s.as(who).page("/summary?year=2016").Find("#stages tbody tr")
		for i, stage := range casework.States[1:] {
			words := strings.Fields(rows.Eq(i).Find("td").Eq(2).Text())
			median, known := want[string(stage)]
			if !known {
				median = "–"
			}
			if got := words[len(words)-1]; got != median {
				t.Errorf("%s: the median of %s is %s, not %s", who, stage, got, median)
			}
			longer[median] = true
		}
	}
	if len(longer) < 4 {
		t.Errorf("the medians are just %v", longer)
	}
}

// countedStates are the states of money that each figure of a summary counts.
var countedStates = []struct{ figure, name, states string }{
	{"allocated", "Allocated", `'available', 'reserved', 'committed', 'claimed', 'approved', 'paid', 'received', 'recoverable', 'waived'`},
	{"left", "Left to promise", `'available'`},
	{"reserved", "Reserved", `'reserved'`},
	{"committed", "Committed", `'committed', 'claimed', 'approved', 'paid', 'received', 'recoverable', 'waived'`},
	{"claimed", "Claimed", `'claimed', 'approved', 'paid', 'received', 'recoverable', 'waived'`},
	{"approved", "Approved", `'approved', 'paid', 'received', 'recoverable', 'waived'`},
	{"paid", "Paid", `'paid', 'received', 'recoverable', 'waived'`},
	{"received", "Received", `'received', 'recoverable', 'waived'`},
}

// entries adds up what the ledger moved into these states of the budgets b of 2016/17, less what it moved out of them.
func (a asked) entries(states, budgets string) funding.Pence {
	a.t.Helper()
	return funding.Pence(a.number(`SELECT COALESCE(SUM(CASE WHEN m.id = e.to_account THEN e.amount ELSE -e.amount END), 0) FROM ledger_entry e JOIN money_account m ON m.id IN (e.from_account, e.to_account)
		JOIN budget b ON b.id = m.budget_id WHERE b.year = 2016 AND m.state IN (` + states + `) AND ` + budgets))
}

// amountsAre compares the amounts of a row with the entries of the budgets that it is about, and with what each of them opens.
func amountsAre(t *testing.T, a asked, b *browser, row *goquery.Selection, budgets string, part map[string]string) (sum funding.Pence) {
	t.Helper()
	links := row.Find("td a")
	if links.Length() != len(countedStates) {
		t.Fatalf("%d amounts", links.Length())
	}
	for i, figure := range countedStates {
		got, want := linkOf(t, links.Eq(i)), a.entries(figure.states, budgets)
		if got.shown != want.String() || got.query.Get("figure") != figure.figure || got.query.Get("year") != "2016" {
			t.Errorf("%s of %s is %s by %v, not %s", figure.name, budgets, got.shown, got.query, want)
		}
		for key, code := range part {
			if got.query.Get(key) != code {
				t.Errorf("%s of %s leads to %v", figure.name, budgets, got.query)
			}
		}
		opensAmount(t, b, links.Eq(i))
		sum += want
	}
	return sum
}

// opensAmount opens an amount of a summary: the page says it again, and the file of its rows comes to it.
func opensAmount(t *testing.T, b *browser, a *goquery.Selection) {
	t.Helper()
	path, shown := a.AttrOr("href", ""), strings.Fields(a.Text())[0]
	if head := strings.TrimSpace(b.page(path).Find("h1").Text()); !strings.HasSuffix(head, ": "+shown) {
		t.Errorf("%s, which shows %s, opens %q", path, shown, head)
	}
	list, query, _ := strings.Cut(path, "?")
	column := map[string]string{"/entries": "Adds in pounds", "/forward-commitments": "Waits in pounds"}[list]
	if sum := sumOfFile(t, b, list+".csv?"+query, column); sum.String() != shown {
		t.Errorf("%s shows %s, and its file comes to %s", path, shown, sum)
	}
}

// TestMoneyOfASummaryByTheLedger compares each amount of a summary, of the whole and of each region and local team, with the entries of
// the ledger, by queries of this test.
func TestMoneyOfASummaryByTheLedger(t *testing.T) {
	s := summarySite(t)
	a := s.asked(t)
	for who, sees := range summarised {
		b := s.as(who)
		doc := b.page("/summary?year=2016")
		if doc.Find("#money tbody tr").Length() != 1 || amountsAre(t, a, b, doc.Find("#money tbody tr"), sees, nil) == 0 {
			t.Errorf("%s sees no money", who)
		}
		key, parts := partsSeen(a, who)
		rows := doc.Find("#parts-money tbody tr")
		if rows.Length() != len(parts) {
			t.Fatalf("%s sees the money of %d parts, not of %d", who, rows.Length(), len(parts))
		}
		for i, part := range parts {
			if header, _ := tableRow(t, rows.Eq(i).Clone()); header != part[1] {
				t.Errorf("%s: the part is %q, not %q", who, header, part[1])
			}
			if amountsAre(t, a, b, rows.Eq(i), `b.`+key+` = '`+part[0]+`'`, map[string]string{key: part[0]}) == 0 {
				t.Errorf("%s: %s has no money, which says nothing", who, part[1])
			}
		}
		stands := doc.Find(".app-stack__key li")
		for i, state := range []string{"available", "reserved", "committed", "claimed", "approved", "paid", "received", "recoverable", "waived"} {
			if text := strings.TrimSpace(stands.Eq(i).Text()); !strings.HasSuffix(text, " "+a.entries(`'`+state+`'`, sees).String()) {
				t.Errorf("%s: %q stands for %s, not %s", who, text, state, a.entries(`'`+state+`'`, sees))
			}
		}
	}
}

// waiting adds up the lines of forward commitments that wait for budgets b: agreed, in offers, or both together.
func (a asked) waiting(budgets string) (sums [3]funding.Pence) {
	a.t.Helper()
	for _, p := range a.pairs(`SELECT EXISTS (SELECT 1 FROM agreement g WHERE g.offer_id = o.id AND g.state = 'in_force'), l.gross
		FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN budget b ON b.id = l.budget_id WHERE l.forward = 1 AND b.year >= 2016 AND ` + budgets) {
		amount, err := strconv.Atoi(p[1])
		if err != nil {
			a.t.Fatal(err)
		}
		kind := 1
		if p[0] == "1" {
			kind = 0
		}
		sums[kind] += funding.Pence(amount)
		sums[2] += funding.Pence(amount)
	}
	return sums
}

// TestForwardCommitmentsOfASummaryByTheLines compares what waits for budgets with the lines that wait, by a query of this test, and
// opens each amount.
func TestForwardCommitmentsOfASummaryByTheLines(t *testing.T) {
	s := summarySite(t)
	a := s.asked(t)
	found := 0
	for who, sees := range summarised {
		b := s.as(who)
		rows := b.page("/summary?year=2016").Find("#forward-figures tbody tr")
		if rows.Length() == 0 && a.waiting(sees)[2] != 0 {
			t.Errorf("%s does not see %s", who, a.waiting(sees)[2])
		}
		for at := range rows.Length() {
			links := rows.Eq(at).Find("td a")
			budgets := sees
			if budget := linkOf(t, links.Eq(0)).query.Get("budget"); budget != "" {
				budgets += ` AND b.id = ` + budget
			} else if at != rows.Length()-1 {
				t.Errorf("%s: row %d is of no budget", who, at)
			}
			for i, want := range a.waiting(budgets) {
				if got := linkOf(t, links.Eq(i)); got.shown != want.String() {
					t.Errorf("%s: row %d, figure %d of what waits is %s, not %s", who, at, i, got.shown, want)
				}
				opensAmount(t, b, links.Eq(i))
				found++
			}
		}
	}
	if found < 24 { // four people, two rows, three amounts
		t.Errorf("only %d amounts were found", found)
	}
}
