package support

import "fmt"

// UndeliveredReason is why less of a line was given than was promised when its case ends. The code is what the database holds.
type UndeliveredReason string

// UndeliveredReasons lists them with their names, in the order in which people choose.
var UndeliveredReasons = []struct {
	Reason UndeliveredReason
	Name   string
}{
	{"not_needed", "The practice no longer needed it"},
	{"not_taken_up", "The practice had no time to take it up"},
	{"provider_could_not", "The provider could not give it"},
	{"nobody_found", "Nobody suitable could be found"},
	{"given_otherwise", "The help came in another way"},
	{"practice_ended", "The practice closed, merged or handed back its contract"},
	{"not_reported", "It was given, and no report says so"},
	{"other", "Another reason"},
}

// Name is the reason as people say it; empty for one that does not exist.
func (r UndeliveredReason) Name() string {
	for _, one := range UndeliveredReasons {
		if one.Reason == r {
			return one.Name
		}
	}
	return ""
}

// Undelivered is a line of which less than promised was given when its case ends.
type Undelivered struct {
	Line        int64
	Description string
	Unit        Unit
	Promised    int // halves of the unit
	Given       int // halves of the unit, by the newest report; 0 where none counts the line
	Reported    bool
	// Reason and Words say why; empty while the case is not closed.
	Reason UndeliveredReason
	Words  string
}

// NewestGiven is what the newest report that counts a line says of it; reports come the newest first.
func NewestGiven(reports []Report, line int64) (Given, bool) {
	for _, r := range reports {
		for _, g := range r.Given {
			if g.Line == line {
				return g, true
			}
		}
	}
	return Given{}, false
}

// Undelivered lists the lines of an offer of which less is reported than was promised; reports come the newest first. A
// fixed price promises no number, and is not among them.
func (o Offer) Undelivered(reports []Report) []Undelivered {
	var list []Undelivered
	for _, l := range o.Counted() {
		promised, unit := l.Promised()
		g, reported := NewestGiven(reports, l.ID)
		if g.Halves < promised {
			list = append(list, Undelivered{Line: l.ID, Description: l.Description, Unit: unit, Promised: promised, Given: g.Halves, Reported: reported})
		}
	}
	return list
}

// UndeliveredField and UndeliveredWhyField are the names of the fields in which the closing of a case gives the reason of an undelivered line,
// from the list and in words.
func UndeliveredField(line int64) string { return fmt.Sprintf("because-%d", line) }

// UndeliveredWhyField is described at UndeliveredField.
func UndeliveredWhyField(line int64) string { return fmt.Sprintf("why-%d", line) }

// Amounts says how much was promised and how much was given, such as "5 days promised, 2½ days given".
func (u Undelivered) Amounts() string {
	promised := u.Unit.Words(u.Promised) + " promised, "
	switch {
	case !u.Reported:
		return promised + "not reported"
	case u.Given == 0:
		return promised + "nothing given"
	}
	return promised + u.Unit.Words(u.Given) + " given"
}
