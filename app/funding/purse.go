package funding

import "resilience/app/calendar"

// Purse is a budget of a team as whoever writes an offer sees it: what is left to promise.
type Purse struct {
	Year         calendar.Year
	Source, Name string
	Budget       int64 // 0: there is no such budget, so nothing is left
	Holder       Holder
	// Left is without Forward, what forward commitments that wait for this budget take first.
	Left, Forward Pence
	// Came is set once money came into it.
	Came bool
}
