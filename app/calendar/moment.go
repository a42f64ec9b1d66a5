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

// Words is an instant as people in England write it, in London's time: 18 January 2017 at 9:05am.
func Words(t time.Time) string {
	local := t.In(London)
	clock := "3:04pm"
	if local.Minute() == 0 {
		clock = "3pm"
	}
	return DateOf(t).Words() + " at " + local.Format(clock)
}
