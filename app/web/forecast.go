package web

import (
	"net/http"
	"strconv"

	"resilience/app/calendar"
	"resilience/app/paths"
	"resilience/app/practice"
	views "resilience/views/funding"
)

// showForecast is what will be unspent of a team's year.
func (a *app) showForecast(r *request) error {
	year, _ := strconv.Atoi(r.QueryParam("year")) // anything else than a number is the newest year
	f, err := a.service.Forecast(r.Request().Context(), r.by(), calendar.Year(year), practice.Code(clean(r.QueryParam("team"))))
	if err != nil {
		return err
	}
	page := views.Forecast{
		Page: a.page(r, "Forecast, "+f.Team.Name+", "+f.Year.String()), Forecast: f.Forecast, Team: f.Team, Years: f.Years, Teams: f.Teams, Over: f.Over, Now: f.Now, Tests: f.Tests, InTime: f.InTime, Unknown: f.Unknown,
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, http.StatusOK, views.ForecastPage(page))
}
