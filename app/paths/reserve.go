package paths

import (
	"strconv"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// Reserve is the page of the reserve list.
const Reserve = "/reserve"

// Nouns of the acts on the reserve list and on a review of a decision.
const (
	ReservePlace     = "reserve-place"
	Promotion        = "promotion"
	DecisionReview   = "decision-review"
	DecisionUpheld   = "decision-review/upholding"
	DecisionReopened = "decision-review/reopening"
)

// ReserveOf is the reserve list of a team in a year; page 1 is the first.
func ReserveOf(team practice.Code, year calendar.Year, page int) string {
	number := ""
	if page > 1 {
		number = strconv.Itoa(page)
	}
	return With(Reserve, "team", string(team), "year", strconv.Itoa(int(year)), "page", number)
}
