package web

import (
	"fmt"
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

// dayAsked reads the day in the address: none is the zero day. What is wrong with it is said beside its fields.
func (r *request) dayAsked() (calendar.Date, fault.Invalid) {
	var wrong fault.Invalid
	d, m, y := clean(r.QueryParam("on-day")), clean(r.QueryParam("on-month")), clean(r.QueryParam("on-year"))
	if d == "" && m == "" && y == "" {
		return calendar.Date{}, wrong
	}
	return day(&wrong, "on", d, m, y), wrong
}

// showPosition is how the budgets of a year stood on a day.
func (a *app) showPosition(r *request) error {
	year, _ := strconv.Atoi(r.QueryParam("year")) // anything else than a number is the newest year
	on, wrong := r.dayAsked()
	f, err := a.service.Position(r.Request().Context(), r.by(), calendar.Year(year), practice.Code(clean(r.QueryParam("team"))), on)
	if err != nil {
		return err
	}
	page := views.Position{
		Page: a.page(r, "Position, "+f.Year.String()), Year: f.Year, Team: f.Team, Years: f.Years, Teams: f.Teams, Day: f.Day, Positions: f.Positions, Forward: f.Forward,
		OnDay: strconv.Itoa(f.Day.Day()), OnMonth: strconv.Itoa(int(f.Day.Month())), OnYear: strconv.Itoa(f.Day.Year()),
	}
	status := http.StatusOK
	if page.Errors = problems(wrong); len(wrong.Fields) > 0 {
		status, page.Positions = http.StatusUnprocessableEntity, nil
		page.OnDay, page.OnMonth, page.OnYear = r.QueryParam("on-day"), r.QueryParam("on-month"), r.QueryParam("on-year")
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, status, views.PositionPage(page))
}

// positionFile is the same as a file.
func (a *app) positionFile(r *request) error {
	year, _ := strconv.Atoi(r.QueryParam("year")) // anything else than a number is the newest year
	on, wrong := r.dayAsked()
	if err := wrong.Err(); err != nil {
		on = calendar.Date{} // the page says what is wrong with a day; its links have none that is
	}
	head := []string{"Local team", "Team code", "Funding source", "Financial year", "At the end of"}
	for _, s := range funding.Portions {
		head = append(head, s.Name+" in pounds")
	}
	return r.table("position-"+a.service.Now().Today.String()+".csv", head, func(row func(...string) error) error {
		return a.service.ExportPosition(r.Request().Context(), r.by(), calendar.Year(year), practice.Code(clean(r.QueryParam("team"))), on, func(f service.PositionFile, p funding.Position) error {
			cells := []string{p.Team.Name, string(p.Team.Code), p.Source.Name, p.Year.String(), f.Day.String()}
			for _, s := range funding.Portions {
				cells = append(cells, p.Portion(s.Portion).Plain())
			}
			return row(cells...)
		})
	})
}

// showBudgetPosition is what a portion of a budget counted on a day.
func (a *app) showBudgetPosition(r *request) error {
	id, err := r.number("id", "budget")
	if err != nil {
		return err
	}
	on, wrong := r.dayAsked()
	if len(wrong.Fields) > 0 {
		return fault.NotFound{What: "day"}
	}
	d, err := a.service.BudgetPosition(r.Request().Context(), r.by(), id, funding.Portion(r.QueryParam("portion")), on)
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the first page
	page := views.BudgetPosition{Page: a.page(r, fmt.Sprintf("%s, %s, %s", d.Portion.Name(), d.Team.Name, d.Year)), Detail: d, Number: number}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}, {Text: "Position, " + d.Year.String(), URL: paths.PositionOn(d.Year, d.Team.Code, d.Day)}}
	return a.draw(r, http.StatusOK, views.BudgetPositionPage(page))
}
