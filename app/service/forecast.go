package service

import (
	"context"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
)

// ForecastFile is what will be unspent of a team's year, how good such a forecast was, and what could use it.
type ForecastFile struct {
	funding.Forecast
	Team  funding.Team
	Years []calendar.Year // of which there is a budget, the newest first
	Teams []funding.Team
	Over  bool             // the year is over: the forecast is what came
	Now   funding.Balances // of the budgets of a year that is over, today
	Tests []funding.Tested
	// InTime are the cases of the reserve list, in its order, that fit into what is left to promise and is expected to be unspent; Unknown
	// is how many there have no estimate, and are passed over. There are none where it is too late for a new commitment.
	InTime  []funding.InTime
	Unknown int
}

// Forecast reads what will be unspent on 31 March of the budgets of a team in a year, and tests it. No team is the first that the
// person may see, and a year without any budget is the newest that has begun. A team that they may not see is
// fault.NotFound.
func (s *Service) Forecast(ctx context.Context, by By, year calendar.Year, team practice.Code) (ForecastFile, error) {
	var f ForecastFile
	err := s.store.Snapshot(ctx, func(db *store.Snapshot) error {
		var err error
		if f.Years, err = db.BudgetYears(ctx, by.Actor); err != nil {
			return err
		}
		if f.Teams, err = db.BudgetTeams(ctx, by.Actor); err != nil {
			return err
		}
		for _, t := range f.Teams {
			if f.Team.Code == "" && (team == "" || t.Code == team) {
				f.Team = t
			}
		}
		if f.Team.Code == "" {
			if team != "" {
				return fault.NotFound{What: "local team"}
			}
			return nil
		}
		h, err := db.TeamHistory(ctx, by.Actor, s.yearAmong(f.Years, year), f.Team.Code)
		if err != nil {
			return err
		}
		today := s.Now().Today
		if f.Over = h.Year.Last().Before(today); f.Over {
			f.Forecast, f.Now = h.Forecast(h.Year.Last(), h.Year.Last()), h.BalancesOn(today)
		} else {
			f.Forecast = h.Forecast(today, h.Year.Last())
		}
		f.Tests = h.BackTest(today)
		if f.Over || calendar.YearOf(today) != h.Year || f.Courses[0].Promise.Before(today) {
			return nil
		}
		list := casework.ReserveList{Team: f.Team.Code, Year: h.Year, Page: 1}
		if err := db.Reserve(ctx, by.Actor, &list); err != nil {
			return err
		}
		f.InTime, f.Unknown = list.InTime(min(f.Expected().Unspent(), funding.InLeft.Of(f.Balances)))
		return nil
	})
	return f, err
}
