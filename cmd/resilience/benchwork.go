package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"log/slog"
	"net/url"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/demo"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/store"
)

// benchPage is a page to measure: who opens it, and the requests that clients take turns with.
type benchPage struct {
	name, email string
	asks        []ask
}

// benchWork is what there is to measure in a database.
type benchWork struct {
	cases   int // that the nation sees
	entries int // of the ledger
	pages   []benchPage
}

// finder looks up, in the way of the people who open them, what pages have to show.
type finder struct {
	ctx                   context.Context
	s                     *service.Service
	nation, lead, manager service.By
}

// work finds what to ask for in the database of p, which a demonstration made, after it has made its ledger so many
// entries long.
func (p *program) work(ctx context.Context, entries int) (work *benchWork, err error) {
	c, err := p.config()
	if err != nil {
		return nil, err
	}
	if fresh, err := missing(ctx, c.Database); err != nil {
		return nil, err
	} else if fresh {
		return nil, fmt.Errorf("there is no demonstration at %s", c.DatabaseName())
	}
	s, err := store.Open(c.Database)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Ready(ctx); err != nil {
		return nil, err
	}
	if made, err := demo.Demonstrates(ctx, s); err != nil {
		return nil, err
	} else if !made {
		return nil, fmt.Errorf("%s was not made by a demonstration: nobody is known who could sign in", c.DatabaseName())
	}
	f := &finder{ctx: ctx, s: service.New(s, clock(c), slog.New(slog.DiscardHandler))}
	if err := f.day(); err != nil {
		return nil, err
	}
	if err := f.people(); err != nil {
		return nil, err
	}
	entries, err = demo.LengthenLedger(ctx, s, f.nation.Actor, clock(c).Programme(), entries)
	if err != nil {
		return nil, err
	}
	if work, err = f.all(); err == nil {
		work.entries = entries
	}
	return work, err
}

// day does what the day brings, which the server would otherwise do while it is measured.
func (f *finder) day() error {
	for _, do := range []func(context.Context) (int, error){f.s.LapseOffers, f.s.RemindOffers, f.s.EndOverCommitments, f.s.MeetForwards, f.s.EndAgreements, f.s.AskForReceipts, f.s.RemindOfRecoveries, f.s.HandToSuccessors, f.s.LookAgain, f.s.BeginFollowUps, f.s.PassConcerns} {
		for done := 1; done > 0; {
			var err error
			if done, err = do(f.ctx); err != nil {
				return fmt.Errorf("do what the day brings: %w", err)
			}
		}
	}
	return nil
}

// people finds one of each role that is needed among those whom the demonstration offers.
func (f *finder) people() error {
	for _, one := range demo.SignIns() {
		token, err := f.s.SignIn(f.ctx, one.Email, demo.Password, "127.0.0.1", "bench")
		if err != nil {
			return fmt.Errorf("sign in as %s: %w", one.Email, err)
		}
		actor, session, err := f.s.SignedIn(f.ctx, token)
		if err == nil {
			err = f.s.SignOut(f.ctx, service.By{Actor: actor}, session)
		}
		if err != nil {
			return fmt.Errorf("sign in as %s: %w", one.Email, err)
		}
		for role, by := range map[account.Role]*service.By{account.TeamLead: &f.lead, account.ProgrammeManager: &f.nation, account.PracticeManager: &f.manager} {
			national := len(actor.Assignments) > 0 && actor.Assignments[0].Place == account.Everywhere
			if !by.Actor.Known() && actor.Has(role) && (national || role != account.ProgrammeManager) {
				by.Actor = actor
			}
		}
	}
	if !f.lead.Actor.Known() || !f.nation.Actor.Known() || !f.manager.Actor.Known() {
		return errors.New("the demonstration has no team lead, national programme manager or practice manager")
	}
	return nil
}

// all lists the pages in the order in which they are measured. What writes comes last.
func (f *finder) all() (*benchWork, error) {
	work := &benchWork{}
	page, _, err := f.s.Cases(f.ctx, f.nation, casework.Filter{}, 1)
	if err != nil {
		return nil, err
	}
	work.cases = page.Total
	for _, add := range []func() (benchPage, error){
		f.caseList, f.filteredList, f.search, f.teamList, f.casePage, f.history, f.requestForm, f.teamSummary, f.nationalSummary, f.myWork, f.statement, f.reconciliation, f.position, f.forecast, f.addNote,
	} {
		page, err := add()
		if err == nil && len(page.asks) == 0 {
			err = errors.New("the demonstration is too small for it")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", page.name, err)
		}
		work.pages = append(work.pages, page)
	}
	return work, nil
}

// list is a request for one page of a list, which has to show the reference of every row.
func (f *finder) list(by service.By, filter casework.Filter, number int) (ask, []casework.Row, error) {
	page, _, err := f.s.Cases(f.ctx, by, filter, number)
	a := ask{path: paths.CaseList(filter, page.Page)}
	for _, row := range page.Rows {
		a.wants = append(a.wants, row.Reference)
	}
	return a, page.Rows, err
}

// lists has the first pages of a list.
func (f *finder) lists(name string, by service.By, filter casework.Filter, pages int) (benchPage, error) {
	page := benchPage{name: name, email: by.Actor.Email}
	for number := 1; number <= pages; number++ {
		a, rows, err := f.list(by, filter, number)
		if err != nil {
			return page, err
		}
		if len(rows) > 0 {
			page.asks = append(page.asks, a)
		}
	}
	return page, nil
}

func (f *finder) caseList() (benchPage, error) {
	return f.lists("case list", f.nation, casework.Filter{}, 3)
}

func (f *finder) teamList() (benchPage, error) {
	return f.lists("case list of a team", f.lead, casework.Filter{}, 3)
}

func (f *finder) filteredList() (benchPage, error) {
	page := benchPage{name: "filtered list", email: f.nation.Actor.Email}
	for _, filter := range []casework.Filter{
		{State: casework.Assessment}, {State: casework.Delivery, Route: casework.Routes[0]}, {Waiting: casework.WaitingHold}, {State: casework.Closed},
	} {
		one, err := f.lists("", f.nation, filter, 1)
		if err != nil {
			return page, err
		}
		page.asks = append(page.asks, one.asks...)
	}
	return page, nil
}

// search looks for cases by their reference, by the code of the practice and by its name: each has to find the case that
// was looked for, or a page full of others like it.
func (f *finder) search() (benchPage, error) {
	page := benchPage{name: "search", email: f.nation.Actor.Email}
	_, rows, err := f.list(f.nation, casework.Filter{}, 2)
	if err != nil {
		return page, err
	}
	for i, row := range rows {
		text := []string{row.Reference, string(row.Practice), row.PracticeName}[i%3]
		a, found, err := f.list(f.nation, casework.Filter{Text: text}, 1)
		if err != nil {
			return page, err
		}
		if len(found) < casework.PageSize && !has(found, row.ID) {
			return page, fmt.Errorf("%q does not find %s", text, row.Reference)
		}
		page.asks = append(page.asks, a)
	}
	return page, nil
}

func has(rows []casework.Row, id casework.ID) bool {
	for _, row := range rows {
		if row.ID == id {
			return true
		}
	}
	return false
}

// teamCases are the newest cases of the team, two pages of them.
func (f *finder) teamCases() ([]casework.Row, error) {
	_, first, err := f.list(f.lead, casework.Filter{}, 1)
	if err != nil {
		return nil, err
	}
	_, second, err := f.list(f.lead, casework.Filter{}, 2)
	return append(first, second...), err
}

func (f *finder) casePage() (benchPage, error) {
	page := benchPage{name: "case page", email: f.lead.Actor.Email}
	rows, err := f.teamCases()
	for _, row := range rows {
		page.asks = append(page.asks, ask{path: paths.Case(row.ID), wants: []string{row.Reference, html.EscapeString(row.PracticeName), row.State.Name()}})
	}
	return page, err
}

// history has to show when the newest thing happened.
func (f *finder) history() (benchPage, error) {
	page := benchPage{name: "history", email: f.lead.Actor.Email}
	rows, err := f.teamCases()
	if err != nil {
		return page, err
	}
	for _, row := range rows {
		file, err := f.s.History(f.ctx, f.lead, row.ID, casework.HistoryFilter{})
		if err != nil {
			return page, err
		}
		a := ask{path: paths.History(row.ID, "", 0), wants: []string{row.Reference}}
		if list := file.History.Happenings; len(list) > 0 {
			a.wants = append(a.wants, calendar.Words(list[0].RecordedAt))
		}
		page.asks = append(page.asks, a)
	}
	return page, nil
}

func (f *finder) requestForm() (benchPage, error) {
	page := benchPage{name: "request form", email: f.manager.Actor.Email}
	list, _, err := f.s.Cases(f.ctx, f.manager, casework.Filter{State: casework.Draft}, 1)
	for _, row := range list.Rows {
		page.asks = append(page.asks, ask{path: paths.Request(row.ID), wants: []string{html.EscapeString(row.PracticeName), `name="problem"`}})
	}
	return page, err
}

func (f *finder) teamSummary() (benchPage, error) { return f.summary("team summary", f.lead) }

func (f *finder) nationalSummary() (benchPage, error) { return f.summary("national summary", f.nation) }

// summary has to name the place and show how many cases there are at each stage.
func (f *finder) summary(name string, by service.By) (benchPage, error) {
	page := benchPage{name: name, email: by.Actor.Email}
	file, err := f.s.Summary(f.ctx, by, casework.Scope{})
	a := ask{path: paths.Summary, wants: []string{html.EscapeString(file.Place)}}
	for _, stage := range []casework.State{casework.Assessment, casework.Delivery, casework.Closed} {
		a.wants = append(a.wants, ">"+thousands(file.Cases.Of(casework.FacetState, string(stage)))+"<")
	}
	page.asks = []ask{a}
	return page, err
}

// myWork is what waits for the team lead: each kind with how many there are.
func (f *finder) myWork() (benchPage, error) {
	page := benchPage{name: "my work", email: f.lead.Actor.Email}
	work, err := f.s.Work(f.ctx, f.lead, "", 1)
	a := ask{path: paths.Work}
	for _, item := range work.Items {
		a.wants = append(a.wants, item.Reference)
	}
	page.asks = []ask{a}
	return page, err
}

// statement is the last page of the statement of each budget of the team, and its first.
func (f *finder) statement() (benchPage, error) {
	page := benchPage{name: "statement", email: f.lead.Actor.Email}
	money, err := f.s.Allocations(f.ctx, f.lead, funding.AllocationFilter{})
	if err != nil {
		return page, err
	}
	for _, b := range money.Budgets {
		for _, number := range []int{0, 1} {
			page.asks = append(page.asks, ask{path: paths.Budget(b.ID, "", number), wants: []string{html.EscapeString(b.Team.Name), html.EscapeString(b.Source.Name)}})
		}
	}
	return page, nil
}

// reconciliation is that of every budget of England, which have to agree.
func (f *finder) reconciliation() (benchPage, error) {
	page := benchPage{name: "reconciliation", email: f.nation.Actor.Email}
	file, err := f.s.Reconciliation(f.ctx, f.nation, 0, "")
	a := ask{path: paths.Reconciliation}
	for _, r := range file.Budgets {
		a.wants = append(a.wants, paths.BudgetReconciliation(r.ID))
	}
	page.asks = []ask{a}
	return page, err
}

// position is how the budgets of England stand today and stood half a year ago.
func (f *finder) position() (benchPage, error) {
	page := benchPage{name: "position on a day", email: f.nation.Actor.Email}
	now, err := f.s.Position(f.ctx, f.nation, 0, "", calendar.Date{})
	for _, day := range []calendar.Date{{}, now.Day.AddDays(-182)} {
		a := ask{path: paths.PositionOn(0, "", day)}
		for _, b := range now.Positions {
			a.wants = append(a.wants, html.EscapeString(b.Team.Name))
		}
		page.asks = append(page.asks, a)
	}
	return page, err
}

// forecast is what will be unspent of this year in each team, with what the same would have said in the months before.
func (f *finder) forecast() (benchPage, error) {
	page := benchPage{name: "forecast", email: f.nation.Actor.Email}
	file, err := f.s.Forecast(f.ctx, f.nation, 0, "")
	for _, t := range file.Teams {
		page.asks = append(page.asks, ask{path: paths.ForecastOf(file.Year, t.Code), wants: []string{html.EscapeString("Forecast, " + t.Name + ", " + file.Year.String())}})
	}
	return page, err
}

// thousands is a number as pages show it.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// addNote writes notes for the team on its cases, each in words of its own.
func (f *finder) addNote() (benchPage, error) {
	page := benchPage{name: "add a note", email: f.lead.Actor.Email}
	rows, err := f.teamCases()
	if err != nil {
		return page, err
	}
	for _, row := range rows {
		file, err := f.s.Case(f.ctx, f.lead, row.ID)
		if err != nil {
			return page, err
		}
		if !file.May(casework.Write, f.lead.Actor) {
			continue
		}
		page.asks = append(page.asks, ask{path: paths.Act(row.ID, paths.Notes), leads: paths.Case(row.ID), form: func(n int64) url.Values {
			text := "Note " + strconv.FormatInt(n, 10) + " of a measurement."
			return url.Values{"body": {text}, "audience": {"team"}, "submission": {strings.ReplaceAll(text, " ", "-") + strconv.FormatInt(int64(row.ID), 10)}}
		}})
	}
	return page, nil
}
