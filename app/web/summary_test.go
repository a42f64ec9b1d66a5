package web

import (
	"encoding/csv"
	"math"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// everyCase is what the person sees of every case of the world, one by one: what the figures are compared with.
func everyCase(t *testing.T, s *site, person string) []*casework.Case {
	t.Helper()
	var list []*casework.Case
	for _, name := range servicetest.Cases {
		file, err := s.Service.Case(t.Context(), s.By(person), s.Case(name))
		if err == nil && file.Reference != "" {
			list = append(list, file.Case)
		}
	}
	if len(list) == 0 {
		t.Fatalf("%s sees no case", person)
	}
	return list
}

func where(list []*casework.Case, is func(*casework.Case) bool) int {
	n := 0
	for _, c := range list {
		if is(c) {
			n++
		}
	}
	return n
}

// rowsBehind follows a link of a summary through all of its pages, and tells how many rows there are and how many the page says.
func rowsBehind(t *testing.T, b *browser, path string) (rows, said int) {
	t.Helper()
	for page := path; page != ""; {
		doc := b.page(page)
		rows += doc.Find("table tbody tr").Length()
		said = leadingNumber(t, doc.Find("[aria-live=polite]").First().Text())
		page, _ = doc.Find("nav.nhsuk-pagination a[rel=next]").Attr("href")
	}
	return rows, said
}

func leadingNumber(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(regexp.MustCompile(`^[\d,]+`).FindString(strings.TrimSpace(text)), ",", ""))
	if err != nil {
		t.Fatalf("%q does not begin with a number", text)
	}
	return n
}

// TestEveryFigureOpens opens each number and each amount of a summary, as people with different views, and compares it with the rows
// behind it.
func TestEveryFigureOpens(t *testing.T) {
	for _, person := range []string{"holder", "lead", "finance", "region", "nation", "auditor", "cw other"} {
		t.Run(person, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			forwardsOfBothKinds(t, s)
			b := s.as(person)
			doc := b.page("/summary")
			checked, amounts := 0, 0
			doc.Find("main table a, main .app-figures a").Each(func(_ int, link *goquery.Selection) {
				path, _ := link.Attr("href")
				switch list, _, _ := strings.Cut(path, "?"); list {
				case "/cases":
				case "/entries", "/forward-commitments":
					opensAmount(t, b, link)
					amounts++
					return
				case "/summary":
					return
				default: // the budget by which a row is named
					if link.Closest("th").Length() == 0 {
						t.Errorf("%q leads to %s, and no test opens that", link.Text(), path)
					}
					return
				}
				want := leadingNumber(t, link.Text())
				rows, said := rowsBehind(t, b, path)
				if rows != want || said != want {
					t.Errorf("%s: the figure is %d, the list has %d rows and says %d", path, want, rows, said)
				}
				checked++
			})
			if checked < 40 {
				t.Errorf("only %d figures were found", checked)
			}
			if manages := person != "holder" && person != "cw other"; manages != (amounts >= 8) {
				t.Errorf("%d amounts were found", amounts)
			}
		})
	}
}

// TestFiguresAreTrue compares the figures of a summary with the cases as they are read one by one.
func TestFiguresAreTrue(t *testing.T) {
	for _, person := range []string{"lead", "region", "nation", "cw other"} {
		s := newSite(t)
		list := everyCase(t, s, person)
		doc := s.as(person).page("/summary")
		figure := func(query string) int {
			link := doc.Find(`main a[href*="` + query + `"]`).First()
			if link.Length() == 0 {
				t.Fatalf("%s: no figure leads to %s", person, query)
			}
			return leadingNumber(t, link.Text())
		}
		for _, state := range casework.States[1:] {
			if want := where(list, func(c *casework.Case) bool { return c.State == state }); figure("stage="+string(state)) != want {
				t.Errorf("%s: %d at %s, not %d", person, figure("stage="+string(state)), state, want)
			}
		}
		for _, route := range casework.Routes {
			if want := where(list, func(c *casework.Case) bool { return c.Route == route }); figure("route="+string(route)) != want {
				t.Errorf("%s: %d by %s, not %d", person, figure("route="+string(route)), route, want)
			}
		}
		for _, one := range casework.FollowUpStates {
			if want := where(list, func(c *casework.Case) bool { return c.Facts.FollowUp == one.State }); figure("follow-up="+string(one.State)) != want {
				t.Errorf("%s: %d follow-ups %s, not %d", person, figure("follow-up="+string(one.State)), one.State, want)
			}
		}
		for _, one := range casework.ReachedList {
			if got := figure("reached=" + string(one.Reached)); got != 0 {
				t.Errorf("%s: %d cases count as %s, and no follow-up is recorded", person, got, one.Name)
			}
		}
		for _, need := range []string{"hr", "it", "staffing", "practice_management"} {
			want := where(list, func(c *casework.Case) bool {
				return strings.Contains(" "+strings.Join(c.Request.Needs, " ")+" ", " "+need+" ")
			})
			if got := figure("need=" + need); got != want {
				t.Errorf("%s: %d asked for %s, not %d", person, got, need, want)
			}
		}
	}
}

// TestMoneyOfASummary opens each amount and compares it with the sum of its entries, and with the budgets.
func TestMoneyOfASummary(t *testing.T) {
	s := newSite(t)
	for _, person := range []string{"lead", "region", "nation", "auditor", "lead other"} {
		b := s.as(person)
		doc := b.page("/summary")
		money, err := s.Service.Allocations(t.Context(), s.By(person), funding.AllocationFilter{Year: 2016})
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range funding.Figures {
			link := doc.Find("#money tbody a").Eq(i)
			var want funding.Pence
			for _, budget := range money.Budgets {
				want += f.Figure.Of(budget.Balances)
			}
			path, _ := link.Attr("href")
			if got := strings.Fields(link.Text())[0]; got != want.String() {
				t.Errorf("%s: %s is %s, not %s", person, f.Name, got, want)
			}
			if sum := sumOfFile(t, b, strings.Replace(path, "/entries", "/entries.csv", 1), "Adds in pounds"); sum != want {
				t.Errorf("%s: the entries of %s come to %s, not %s", person, f.Name, sum, want)
			}
			if shown := b.page(path); want != 0 {
				mustContain(t, shown, f.Name+": "+want.String())
			}
		}
	}
	if doc := s.as("holder").page("/summary"); doc.Find("#money").Length() != 0 {
		t.Error("a caseworker sees the money of the team")
	}
}

// TestWaitsAreTrue compares the waits of a summary with the papers of each case.
func TestWaitsAreTrue(t *testing.T) {
	s := newSite(t)
	waits := map[casework.Span][]int{}
	for _, c := range everyCase(t, s, "lead") {
		for span, days := range stepsOf(t, s, c).Spans() {
			waits[span] = append(waits[span], days)
		}
	}
	doc := s.as("lead").page("/summary")
	for i, span := range casework.Spans {
		row := doc.Find("#spans tbody tr").Eq(i)
		list := slices.Sorted(slices.Values(waits[span]))
		if got := leadingNumber(t, row.Find("a").Text()); got != len(list) || got == 0 {
			t.Errorf("%s: %d cases, not %d", span.Name(), got, len(list))
			continue
		}
		want := strconv.FormatFloat(float64(list[(len(list)-1)/2]+list[len(list)/2])/2, 'f', -1, 64)
		if got := row.Find("td").First().Text(); !strings.HasSuffix(strings.TrimSpace(got), want) {
			t.Errorf("%s: the median is %q, not %s", span.Name(), got, want)
		}
	}
}

// stepsOf reads from the papers of a case when it came to each step.
func stepsOf(t *testing.T, s *site, c *casework.Case) casework.Steps {
	t.Helper()
	by, steps := s.By("lead"), casework.Steps{Referred: c.ReferredOn}
	letters, err := s.Service.Letters(t.Context(), by, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		if l.Sent() && l.Kind == casework.DecisionLetter { // the newest first
			steps.Told = calendar.DateOf(l.SentAt)
			if !l.PostedOn.IsZero() {
				steps.Told = l.PostedOn
			}
		}
	}
	file, err := s.Service.Agreement(t.Context(), by, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range file.Agreements {
		if !g.Practice.At.IsZero() && !g.Team.At.IsZero() {
			steps.Agreed = calendar.DateOf(slices.MaxFunc([]time.Time{g.Practice.At, g.Team.At}, time.Time.Compare))
		}
	}
	decisions, err := s.Store.Decisions(t.Context(), by.Actor, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	supported := slices.ContainsFunc(decisions, func(d casework.Decided) bool { return d.Outcome == casework.ForSupport })
	for _, d := range decisions { // the newest first
		if d.Outcome == casework.ForSupport || !supported {
			steps.Decided = calendar.DateOf(d.At)
		}
	}
	money, err := s.Service.Money(t.Context(), by, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, claim := range money.Claims { // the newest first
		steps.Claimed = calendar.DateOf(claim.ClaimedAt)
		if !claim.PaidOn.IsZero() && (steps.Paid.IsZero() || claim.PaidOn.Before(steps.Paid)) {
			steps.Paid = claim.PaidOn
		}
	}
	return steps
}

// sumOfFile adds up the amounts of a file that stand under a heading.
func sumOfFile(t *testing.T, b *browser, path, heading string) funding.Pence {
	t.Helper()
	var sum funding.Pence
	rows := records(t, b, path)
	at := slices.Index(rows[0], heading)
	if at < 0 {
		t.Fatalf("%s has no column %q: %q", path, heading, rows[0])
	}
	for _, row := range rows[1:] {
		amount, err := strconv.ParseFloat(row[at], 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += funding.Pence(math.Round(amount * 100))
	}
	return sum
}

func records(t *testing.T, b *browser, path string) [][]string {
	t.Helper()
	w := b.get(path)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
		t.Fatalf("%s answers %d, %s", path, w.Code, w.Header().Get("Content-Type"))
	}
	list, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The file of a list has just its rows, and that it was taken out is recorded.
func TestFileOfCases(t *testing.T) {
	s := newSite(t)
	b := s.as("lead")
	rows, _ := rowsBehind(t, b, "/cases?stage=delivery")
	list := records(t, b, "/cases.csv?stage=delivery")
	if len(list)-1 != rows || rows == 0 {
		t.Errorf("the file has %d cases, the list %d", len(list)-1, rows)
	}
	for _, row := range list[1:] {
		if row[4] != "Delivery" || row[9] != servicetest.Own {
			t.Errorf("%q is in the file", row)
		}
	}
	if w := s.as("pm").get("/cases.csv"); w.Code != http.StatusForbidden {
		t.Errorf("a practice takes out the list: %d", w.Code)
	}
	v, err := s.Service.Verify(t.Context(), "")
	if err != nil || v.Wrong != nil {
		t.Errorf("%v %v", v.Wrong, err)
	}
}

// A summary of another team or region is not there, and the year before is empty but drawn.
func TestSummaryScopes(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]int{
		"/summary?team=" + servicetest.Other: http.StatusNotFound, "/summary?region=Y56": http.StatusNotFound, "/summary?team=nonsense": http.StatusNotFound,
		"/summary?team=" + servicetest.Own: http.StatusOK, "/summary?year=2015": http.StatusOK, "/summary?year=x": http.StatusOK,
		"/entries?figure=paid&team=" + servicetest.Other: http.StatusNotFound, "/entries?figure=nonsense": http.StatusNotFound, "/entries?figure=paid": http.StatusOK,
	} {
		if w := s.as("lead").get(path); w.Code != want {
			t.Errorf("%s answers %d, not %d", path, w.Code, want)
		}
	}
	doc := s.as("nation").page("/summary?year=2016")
	if doc.Find("#parts tbody tr").Length() < 2 {
		t.Error("the nation is not shown by region")
	}
	mustContain(t, doc, "England", "As at 18 January 2017", "Each region")
}

// A region and a local team that only a practice in Wales names are not offered, and have no summary. Once they have a case or a budget they are.
func TestPlacesOfTheProgrammeAlone(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	first, _, _ := strings.Cut(servicetest.Register(), "\n")
	register := servicetest.Register() + strings.NewReplacer(string(servicetest.Marigold), "X10042", `"Y54"`, `"W00"`, `"Q72"`, `"Q99"`).Replace(first) + "\n"
	_, err := s.Service.ImportPractices(ctx, service.By{Actor: account.Operator}, service.RegisterFile{Name: "wales.csv", Content: strings.NewReader(register), AsAt: servicetest.Day})
	if err != nil {
		t.Fatal(err)
	}
	nation := s.as("nation")
	offered := func() string {
		return nation.page("/summary?year=2016").Find("select[name=region], select[name=team]").Text()
	}
	mustNotContain(t, offered(), "W00", "Q99")
	if text := offered(); !strings.Contains(text, "Y54") || !strings.Contains(text, servicetest.Own) {
		t.Errorf("%q are offered", text)
	}
	for _, path := range []string{"/summary?region=W00", "/summary?team=Q99", "/entries?figure=paid&region=W00"} {
		if w := nation.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	err = s.Store.Change(ctx, func(tx *store.Tx) error {
		_, err := tx.Budget(ctx, 2016, "Q99", "gprp")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := offered(); !strings.Contains(text, "Q99") {
		t.Errorf("a team with a budget is not offered: %q", text)
	}
}

// Each part of the chart of the money has a rule of its own in the style sheet, whose colour no other has and which stands out from the
// parts beside it.
func TestPartsOfTheMoneyAreToldApart(t *testing.T) {
	sheet, err := os.ReadFile("../../static/css/chart.css")
	if err != nil {
		t.Fatal(err)
	}
	parts := newSite(t).as("lead").page("/summary").Find(".app-stack__chart rect")
	if parts.Length() < 9 {
		t.Fatalf("the money has %d parts", parts.Length())
	}
	var colours []string
	parts.Each(func(_ int, part *goquery.Selection) {
		rule := regexp.MustCompile(`\.` + part.AttrOr("class", "?") + ` \{ fill: (#[0-9a-f]+); \}`).FindSubmatch(sheet)
		if rule == nil {
			t.Fatalf("the style sheet has no rule for %s", part.AttrOr("class", "?"))
		}
		colours = append(colours, string(rule[1]))
	})
	for i, c := range colours {
		if slices.Index(colours, c) != i {
			t.Errorf("part %d is %s, as another is", i+1, c)
		}
		if i > 0 {
			if ratio := contrast(t, colours[i-1], c); ratio < 3 {
				t.Errorf("parts %d and %d, %s and %s, have a contrast of %.2f", i, i+1, colours[i-1], c, ratio)
			}
		}
	}
}

// contrast is the contrast ratio of two colours as WCAG reckons it.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(colour string) float64 {
		digits := strings.TrimPrefix(colour, "#")
		if len(digits) == 3 {
			digits = strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
		}
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			c := float64(n) / 255
			if c <= 0.04045 {
				sum += weight * c / 12.92
			} else {
				sum += weight * math.Pow((c+0.055)/1.055, 2.4)
			}
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
