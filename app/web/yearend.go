package web

import (
	"errors"
	"net/http"
	"strconv"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	views "resilience/views/funding"
)

// yearEnd reads the end of the team's year in the path.
func (a *app) yearEnd(r *request) (funding.YearEnd, error) {
	year, err := r.number("year", "end of a year")
	if err != nil {
		return funding.YearEnd{}, err
	}
	return a.service.YearEnd(r.Request().Context(), r.by(), practice.Code(r.Param("team")), calendar.Year(year))
}

// yearEndFile is what is open and decided as a file, for whoever enters the accruals in the accounts.
func (a *app) yearEndFile(r *request) error {
	year, err := r.number("year", "end of a year")
	if err != nil {
		return err
	}
	team := practice.Code(r.Param("team"))
	head := []string{"Case", "Practice", "Line of support", "First day", "Last day", "What", "Amount in pounds", "Decided", "Reason", "By", "On"}
	return r.table("year-end-"+string(team)+"-"+strconv.FormatInt(year, 10)+".csv", head, func(row func(...string) error) error {
		return a.service.ExportYearEnd(r.Request().Context(), r.by(), team, calendar.Year(year), func(l funding.YearEndLine) error {
			for _, received := range []bool{true, false} {
				if l.Amount(received) == 0 {
					continue
				}
				what := "Not delivered"
				if received {
					what = "Received and not paid"
				}
				cells := []string{l.Reference, l.Practice, l.Description, l.Starts.String(), l.Ends.String(), what, l.Amount(received).Plain(), "", "", "", ""}
				if d, decided := l.Decided(received); decided {
					copy(cells[7:], []string{d.Choice.Short(), d.Reason, d.Who, calendar.DateOf(d.DecidedAt).String()})
				}
				if err := row(cells...); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

type yearEndForm struct {
	Choice     string `form:"choice"`
	Amount     string `form:"amount"`
	Reason     string `form:"reason"`
	Closing    string `form:"closing"`
	Why        string `form:"why"`
	Submission string `form:"submission"`
}

func (a *app) showYearEnd(r *request) error {
	return a.yearEndPage(r, http.StatusOK, yearEndForm{}, "", fault.Invalid{})
}

// yearEndPage draws the end of a year; late is why an act on it was not done.
func (a *app) yearEndPage(r *request, status int, form yearEndForm, late string, invalid fault.Invalid) error {
	y, err := a.yearEnd(r)
	if err != nil {
		return err
	}
	today := a.service.Now().Today
	page := views.YearEnd{
		Page: a.page(r, "The end of the year, "+y.Team.Name+", "+y.Year.String()), End: y, NoDecision: y.RefuseDecision(r.actor, today), NoAsking: y.RefuseAsking(r.actor, today),
		NoSettling: y.RefuseSettling(r.actor, today), Late: late, Reason: form.Reason, Why: form.Why, Submission: token(), Another: token(),
	}
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the last page
	if page.LateEntries, err = a.service.LateEntries(r.Request().Context(), r.by(), y, number); err != nil {
		return err
	}
	page.Errors = problems(invalid)
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, status, views.YearEndPage(page))
}

// actAtYearEnd does one of the acts of the closing. When it cannot be done now, the page says why.
func (a *app) actAtYearEnd(r *request, done string, act func(service.By, practice.Code, calendar.Year, yearEndForm) error) error {
	year, err := r.number("year", "end of a year")
	if err != nil {
		return err
	}
	form, err := decode[yearEndForm](r)
	if err != nil {
		return err
	}
	err = act(r.bySubmission(form.Submission), practice.Code(r.Param("team")), calendar.Year(year), form)
	var conflict fault.Conflict
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.yearEndPage(r, http.StatusUnprocessableEntity, form, "", invalid)
	} else if errors.As(err, &conflict) {
		return a.yearEndPage(r, http.StatusConflict, form, conflict.Reason, fault.Invalid{})
	} else if err != nil {
		return err
	}
	if err := a.say(r, done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.YearEndOf(calendar.Year(year), practice.Code(r.Param("team"))))
}

func (a *app) askToCloseYear(r *request) error {
	return a.actAtYearEnd(r, "Somebody else has to agree now.", func(by service.By, team practice.Code, year calendar.Year, form yearEndForm) error {
		return a.service.AskToCloseYear(r.Request().Context(), by, team, year, form.Reason)
	})
}

func (a *app) agreeToCloseYear(r *request) error {
	return a.actAtYearEnd(r, "The year is closed.", func(by service.By, team practice.Code, year calendar.Year, form yearEndForm) error {
		return a.service.SettleYearClosing(r.Request().Context(), by, team, year, funding.ClosingAnswer{Agree: true, Read: readVersion(form.Closing)})
	})
}

func (a *app) refuseToCloseYear(r *request) error {
	return a.actAtYearEnd(r, "The year is not closed.", func(by service.By, team practice.Code, year calendar.Year, form yearEndForm) error {
		return a.service.SettleYearClosing(r.Request().Context(), by, team, year, funding.ClosingAnswer{Why: form.Why, Read: readVersion(form.Closing)})
	})
}

func (a *app) showYearEndLine(r *request) error {
	return a.yearEndLinePage(r, http.StatusOK, yearEndForm{}, false, fault.Invalid{})
}

// yearEndLinePage draws the form of a decision; changed says that the amount is another than the person read.
func (a *app) yearEndLinePage(r *request, status int, form yearEndForm, changed bool, invalid fault.Invalid) error {
	y, err := a.yearEnd(r)
	if err != nil {
		return err
	}
	id, err := r.number("line", "line of the year end")
	if err != nil {
		return err
	}
	received := r.Param("matter") == "received"
	page := views.YearEndDecision{End: y, Received: received, Choice: form.Choice, Reason: form.Reason, Changed: changed, Submission: token()}
	for _, l := range y.Lines {
		if l.Line == id && l.Amount(received) > 0 {
			page.Line = l
		}
	}
	if page.Line.Line == 0 || !received && r.Param("matter") != "undelivered" {
		return fault.NotFound{What: "line of the year end"}
	}
	page.Page = a.page(r, "The end of the year: "+page.Line.Reference)
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the end of the year", URL: paths.YearEndOf(y.Year, y.Team.Code)}
	return a.draw(r, status, views.YearEndDecisionPage(page))
}

func (a *app) decideYearEnd(r *request) error {
	year, err := r.number("year", "end of a year")
	if err != nil {
		return err
	}
	line, err := r.number("line", "line of the year end")
	if err != nil {
		return err
	}
	form, err := decode[yearEndForm](r)
	if err != nil {
		return err
	}
	amount, _ := funding.ParsePence(form.Amount) // what is no amount is another than there is
	in := funding.YearEndInput{Line: line, Received: r.Param("matter") == "received", Choice: form.Choice, Amount: amount, Reason: form.Reason}
	team := practice.Code(r.Param("team"))
	err = a.service.DecideYearEnd(r.Request().Context(), r.bySubmission(form.Submission), team, calendar.Year(year), in)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.yearEndLinePage(r, http.StatusUnprocessableEntity, form, false, invalid)
	} else if fault.IsStale(err) {
		return a.yearEndLinePage(r, http.StatusConflict, form, true, fault.Invalid{})
	}
	var conflict fault.Conflict
	if errors.As(err, &conflict) {
		return a.yearEndPage(r, http.StatusConflict, yearEndForm{}, conflict.Reason, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The decision is saved."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.YearEndOf(calendar.Year(year), team))
}
