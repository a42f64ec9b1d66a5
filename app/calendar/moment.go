package calendar

import "time"

// Moment is when an act takes place: the instant, and the programme's day at that instant.
type Moment struct {
	Now   time.Time // UTC
	Today Date      // in London
}

// MomentOf is the moment at an instant.
func MomentOf(t time.Time) Moment {
	return Moment{t.UTC(), DateOf(t)}
}
