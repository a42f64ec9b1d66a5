package web

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// accessColumns are the people of the policy by the name of their column; "" is nobody.
var accessColumns = map[string]string{
	"nobody": "", "pm": "pm", "member": "pm member", "pm-": "pm other", "sig": "signatory", "sig-": "sig other",
	"cw": "holder", "cw+": "colleague", "cw-": "cw other", "lead": "lead", "lead-": "lead other", "fin": "finance", "fin-": "fin other",
	"reg": "region", "reg-": "reg other", "nat": "nation", "aud": "auditor", "adm": "admin",
}

// mayRead lists the markers that may stand in an answer to somebody; every other marker is a leak.
func mayRead(person string) []string {
	team := []string{servicetest.MarkProblem, servicetest.MarkInternal, servicetest.MarkUntold, servicetest.MarkReasons}
	switch person {
	case "pm", "signatory":
		return []string{servicetest.MarkProblem, servicetest.MarkDraft, servicetest.MarkReasons}
	case "pm member":
		return []string{servicetest.MarkProblem, servicetest.MarkReasons}
	case "holder", "colleague", "lead", "finance", "region":
		return team
	case "pm other", "sig other", "cw other", "lead other", "fin other", "reg other":
		return []string{servicetest.MarkForeign}
	case "nation", "auditor":
		return append(team, servicetest.MarkForeign)
	}
	return nil
}

var markers = []string{servicetest.MarkProblem, servicetest.MarkInternal, servicetest.MarkDraft, servicetest.MarkUntold, servicetest.MarkForeign, servicetest.MarkReasons}

// completeForms are right answers to every form, by the last part of the path or the whole of it. Versions come from
// the case.
func completeForms(s *site, path string) url.Values {
	due := servicetest.Day.AddDays(20)
	dueForm := url.Values{"due-day": {strconv.Itoa(due.Day())}, "due-month": {strconv.Itoa(int(due.Month()))}, "due-year": {strconv.Itoa(due.Year())}}
	with := func(form url.Values) url.Values {
		for name, values := range dueForm {
			form[name] = values
		}
		return form
	}
	if form := concernForm(s, path); form != nil {
		return form
	}
	switch last := path[strings.LastIndex(path, "/")+1:]; last {
	case "sign-in":
		return url.Values{"email": {"nobody@nowhere.example"}, "password": {"wrong"}}
	case "received":
		return url.Values{"choice": {"accrue"}, "amount": {"1200.00"}, "reason": {"The timesheets of March are in."}}
	case "password":
		return url.Values{"current": {servicetest.Password}, "chosen": {"pebble-sandal-orchard"}, "again": {"pebble-sandal-orchard"}}
	case "cases":
		return url.Values{"practice": {"X10002"}, "route": {"identified"}, "problem": {"Said to be in trouble."}}
	case "requests":
		return url.Values{"practice": {"X10001"}}
	case "practices":
		return url.Values{"practice": {"X10002"}}
	case "assignment":
		return url.Values{"assignee": {strconv.FormatInt(int64(s.By("colleague").Actor.ID), 10)}}
	case "information-request":
		return with(url.Values{"question": {"How many?"}})
	case "milestone":
		return with(url.Values{"what": {"The rota is agreed"}, "owner": {"team"}, "high_impact": {"productive_workflows"}})
	case "done":
		return url.Values{"milestone": {"1"}, "due-day": {"18"}, "due-month": {"1"}, "due-year": {"2017"}}
	case "day":
		return with(url.Values{"milestone": {"1"}, "reason": {"The adviser is ill."}})
	case "dropping":
		return url.Values{"milestone": {"1"}, "reason": {"The rota is not needed any more."}}
	case "hold":
		return with(url.Values{"reason": {"They meet first."}})
	case "answer":
		return url.Values{"answer": {"Eleven."}}
	case "withdrawal":
		return url.Values{"reason": {"Not needed."}}
	case "notes":
		return url.Values{"body": {"Rang them."}, "audience": {"team"}}
	}
	for _, more := range moreForms {
		if form := more(s, path); form != nil {
			return form
		}
	}
	return url.Values{"problem": {"Still so."}, "needs": {"hr"}, "success": {"It is better."}}
}

// moreForms are right answers to the forms of other files; nil where the path is not theirs.
var moreForms []func(s *site, path string) url.Values

var caseInPath = regexp.MustCompile(`\{(\w+)\}`)

// asksAboutOffer leaves a question about the offer open where one is to be answered, and none where one is to be asked.
func asksAboutOffer(t *testing.T, s *site, pattern string) {
	t.Helper()
	open := s.File("pm", "offered").Facts.OfferQuestion != 0
	var err error
	switch {
	case strings.HasSuffix(pattern, "/offer/answer") && !open:
		err = s.Service.AskAboutOffer(t.Context(), s.By("pm"), s.On("offered"), "On which days?")
	case strings.HasSuffix(pattern, "/offer/question") && open:
		err = s.Service.AnswerAboutOffer(t.Context(), s.By("holder"), s.On("offered"), "On Tuesdays.")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// reportsWait leaves a report of the practice unread where reports are to be read.
func reportsWait(t *testing.T, s *site, pattern string) {
	t.Helper()
	if !strings.HasSuffix(pattern, "/progress/reading") || s.File("holder", "delivery").Facts.ReportsUnread > 0 {
		return
	}
	if err := s.Service.ReportProgress(t.Context(), s.By("pm"), s.On("delivery"), s.ReportOf("delivery", "1")); err != nil {
		t.Fatal(err)
	}
}

// earlyAsked leaves rapid intervention asked for where it is to be decided on, and refused where it is to be asked for.
func earlyAsked(t *testing.T, s *site, pattern string) {
	t.Helper()
	asked := s.File("holder", "accepted").Facts.EarlyAskedBy != 0
	var err error
	switch {
	case strings.HasSuffix(pattern, "/agreement/rapid/commitment") && !asked:
		err = s.Service.AskEarly(t.Context(), s.By("holder"), s.On("accepted"), "The last partner is ill.")
	case strings.HasSuffix(pattern, "/agreement/rapid") && asked:
		err = s.Service.DecideEarly(t.Context(), s.By("lead"), s.On("accepted"), casework.EarlyAnswer{Outcome: casework.EarlyNo, Why: "The memorandum is ready tomorrow."})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// forwardAsked leaves a part of an approved offer in a year without a budget where a forward commitment is asked for or decided on, and
// has it asked for where it is decided on; everywhere else the offer has no such part.
func forwardAsked(t *testing.T, s *site, pattern string) {
	t.Helper()
	wanted, decided := strings.Contains(pattern, "forward-commitment"), strings.HasPrefix(pattern, "/forward-commitments")
	if !wanted && !strings.Contains(pattern, "{offerapproved}") {
		return
	}
	ctx, id := t.Context(), s.Case("offerapproved")
	file, err := s.Service.Offer(ctx, s.By("holder"), id)
	if err != nil {
		t.Fatal(err)
	}
	has := file.Live().Lines[len(file.Live().Lines)-1]
	switch {
	case wanted && !has.Forward:
		l := servicetest.PaidLine(3_000_00, "")
		l.Source, l.Starts, l.Ends = "other", calendar.MustParse("2017-05-01"), calendar.MustParse("2017-09-30")
		err = errors.Join(s.Service.AddLine(ctx, s.By("holder"), id, casework.LineInput{Line: l}), s.Service.ApproveOffer(ctx, s.By("lead"), s.On("offerapproved")))
	case !wanted && has.Forward:
		err = errors.Join(s.Service.RemoveLine(ctx, s.By("holder"), s.On("offerapproved"), has.ID), s.Service.ApproveOffer(ctx, s.By("lead"), s.On("offerapproved")))
	}
	if asked := s.File("holder", "offerapproved").Facts.ForwardAsked; err == nil && wanted && asked != decided {
		if decided {
			err = s.Service.AskForward(ctx, s.By("holder"), s.On("offerapproved"), "The doctor begins in May.")
		} else {
			list, reading := s.Store.Forwards(ctx, id)
			err = errors.Join(reading, s.Service.DecideForward(ctx, s.By("region"), list[0].ID, casework.ForwardAnswer{Why: "Next year is full."}))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// noticesGiven leaves a notice of either side open where one is to be withdrawn, and none where one is to be given.
func noticesGiven(t *testing.T, s *site, pattern string) {
	t.Helper()
	wanted := strings.HasSuffix(pattern, "/agreement/ending/withdrawal")
	if !wanted && !strings.HasSuffix(pattern, "/agreement/ending") {
		return
	}
	for person, open := range map[string]bool{"pm": !s.File("pm", "delivery").Facts.PracticeNotice.IsZero(), "lead": !s.File("pm", "delivery").Facts.TeamNotice.IsZero()} {
		var err error
		switch {
		case wanted && !open:
			err = s.Service.EndAgreement(t.Context(), s.By(person), s.On("delivery"), support.EndingInput{Reason: "no_help", Detail: "The adviser has no time.", On: servicetest.Day.AddDays(30)})
		case !wanted && open:
			err = s.Service.KeepAgreement(t.Context(), s.By(person), s.On("delivery"), "", "The adviser comes after all.")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// followUpDue lets the day of the follow-up of a closed case come where it is to be recorded.
func followUpDue(t *testing.T, s *site, pattern string) {
	t.Helper()
	if !strings.Contains(pattern, "{closed}/follow-up/") || s.File("holder", "closed").Facts.FollowUp != casework.FollowUpPlanned {
		return
	}
	if _, err := s.later(servicetest.Day.AddMonths(6)).BeginFollowUps(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// milestoneOpen leaves a milestone of the practice open where the action plan is looked at.
func milestoneOpen(t *testing.T, s *site, pattern string) {
	t.Helper()
	if !strings.Contains(pattern, "/plan") || s.File("holder", "delivery").Facts.MilestonesOpen > 0 {
		return
	}
	in := casework.Planning{What: "Both rotas are on one sheet", Owner: support.ByPractice, Due: servicetest.Day.AddDays(14)}
	if err := s.Service.PlanMilestone(t.Context(), s.By("holder"), s.On("delivery"), in); err != nil {
		t.Fatal(err)
	}
}

// sendAs sends the request of a row as the person of a column.
func sendAs(t *testing.T, s *site, person, method, pattern string) *httptest.ResponseRecorder {
	b := s.nobody()
	if person != "" {
		b = s.as(person)
	}
	asksAboutOffer(t, s, pattern)
	reportsWait(t, s, pattern)
	milestoneOpen(t, s, pattern)
	noticesGiven(t, s, pattern)
	earlyAsked(t, s, pattern)
	followUpDue(t, s, pattern)
	forwardAsked(t, s, pattern)
	concernsWait(t, s, pattern)
	correctionAsked(t, s, pattern)
	versions := url.Values{}
	path := caseInPath.ReplaceAllStringFunc(pattern, func(m string) string {
		name := strings.Trim(m, "{}")
		versions.Set("version", strconv.FormatInt(s.On(name).Version, 10))
		return s.Case(name).String()
	})
	if strings.Contains(path, "/removal") && !s.File("pm", "draft").Has(servicetest.Teasel) {
		if err := s.Service.AddPractice(t.Context(), s.By("pm"), s.Case("draft"), servicetest.Teasel); err != nil {
			t.Fatal(err)
		}
	}
	if method == http.MethodGet {
		return b.get(path)
	}
	form := completeForms(s, path)
	maps.Copy(form, versions)
	return b.post(path, form)
}

// TestAccess sends every row of the policy as every person, and checks status and markers.
func TestAccess(t *testing.T) {
	content, err := os.ReadFile("testdata/access.txt")
	if err != nil {
		t.Fatal(err)
	}
	var header []string
	named := map[string]bool{}
	for _, line := range strings.Split(string(content), "\n") {
		cells := strings.Fields(line)
		switch {
		case len(cells) == 0 || strings.HasPrefix(line, "#"):
			continue
		case header == nil:
			header = cells[1:]
			continue
		case len(cells) != len(header)+2:
			t.Fatalf("%q has %d cells, not %d", line, len(cells), len(header)+2)
		}
		method, path := cells[0], cells[1]
		named[method+" "+patternOf(t, method, path)] = true
		t.Run(method+" "+path, func(t *testing.T) {
			t.Parallel()
			var s *site // a fresh one for the first, and after each request that changed something
			for i, want := range cells[2:] {
				if s == nil {
					s = newSite(t)
				}
				if checkAccess(t, s, accessColumns[header[i]], header[i], method, path, want) {
					s = nil
				}
			}
		})
	}
	for _, r := range Routes() {
		if !named[r.Method+" "+r.Path] {
			t.Errorf("the policy does not say who may use %s %s", r.Method, r.Path)
		}
	}
	if len(header) != len(accessColumns) {
		t.Errorf("the policy has %d columns, not %d", len(header), len(accessColumns))
	}
}

// checkAccess sends one request and tells whether it may have changed something.
func checkAccess(t *testing.T, s *site, person, column, method, path, want string) (changed bool) {
	t.Helper()
	w := sendAs(t, s, person, method, path)
	got := strconv.Itoa(w.Code)
	if w.Code == http.StatusUnauthorized || w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/sign-in") && path != "/sign-out" && path != "/account/sessions" {
		got = "in"
	}
	if got != want {
		t.Errorf("%s: the policy says %s, the program %s", column, want, got)
	}
	body := w.Body.String() + w.Header().Get("Location")
	for _, m := range markers {
		if strings.Contains(body, m) && !slices.Contains(mayRead(person), m) {
			t.Errorf("%s reads %q in the answer", column, m)
		}
	}
	return method == http.MethodPost && w.Code < http.StatusBadRequest
}

// patternOf finds the route that a path of the policy belongs to.
func patternOf(t *testing.T, method, path string) string {
	t.Helper()
	path, _, _ = strings.Cut(path, "?")
	best := ""
	for _, r := range Routes() {
		if r.Method == method && fits(r.Path, path) && (best == "" || strings.Count(r.Path, ":") < strings.Count(best, ":")) {
			best = r.Path
		}
	}
	if best == "" {
		t.Errorf("there is no route %s %s", method, path)
	}
	return best
}

func fits(pattern, path string) bool {
	p, q := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] && !strings.HasPrefix(p[i], ":") && p[i] != "*" {
			return false
		}
	}
	return true
}

// Routes that change something are POSTs and nothing else, and the list of the routes command says so.
func TestOnlyPostsChange(t *testing.T) {
	for _, r := range Routes() {
		if r.Changes != (r.Method == http.MethodPost) {
			t.Errorf("%s %s: changes is %t", r.Method, r.Path, r.Changes)
		}
		if len(r.Roles) == 0 {
			t.Errorf("%s %s: nobody may use it", r.Method, r.Path)
		}
	}
}
