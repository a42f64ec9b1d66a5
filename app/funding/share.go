package funding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// shareUnit is to what the share of a team is rounded: £1,000.
const shareUnit Pence = 1_000_00

// Listed is a local team with the patients on the registered lists of its practices.
type Listed struct {
	Team     Team
	Patients int
}

// TeamShare is what a team gets of a national total.
type TeamShare struct {
	Listed
	Amount Pence
	// Allocation and State are set once the share was made an allocation.
	Allocation int64
	State      AllocationState
}

// Shares divides a total by registered patients. Each share is a whole number of thousands of pounds, by largest
// remainder, and all of them come to the total to the penny: what the total has beyond its last thousand goes to the team
// with the most patients. With no patients at all there are no shares.
func Shares(total Pence, teams []Listed) []TeamShare {
	patients := PatientsOf(teams)
	if patients == 0 {
		return nil
	}
	units := int64(total / shareUnit)
	list := make([]TeamShare, len(teams))
	order := make([]int, len(teams))
	left := units
	for i, t := range teams {
		whole := units * int64(t.Patients) / patients
		list[i], order[i] = TeamShare{Listed: t, Amount: Pence(whole) * shareUnit}, i
		left -= whole
	}
	remainder := func(i int) int64 { return units * int64(teams[i].Patients) % patients }
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(remainder(b), remainder(a)), cmp.Compare(teams[a].Team.Code, teams[b].Team.Code))
	})
	for _, i := range order[:left] { // fewer than there are teams with patients
		list[i].Amount += shareUnit
	}
	largest := slices.MaxFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(teams[a].Patients, teams[b].Patients), cmp.Compare(teams[b].Team.Code, teams[a].Team.Code))
	})
	list[largest].Amount += total % shareUnit
	return list
}

// PatientsOf is how many patients the teams have together.
func PatientsOf(teams []Listed) int64 {
	var sum int64
	for _, t := range teams {
		sum += int64(t.Patients)
	}
	return sum
}

// PerPatient is an amount by patients in pence with one decimal, rounded half up, such as "27.5p"; "" without patients.
func PerPatient(amount Pence, patients int64) string {
	if patients == 0 {
		return ""
	}
	tenths := (int64(amount)*20 + patients) / (2 * patients)
	return fmt.Sprintf("%d.%dp", tenths/10, tenths%10)
}

// Division is a national total divided among the local teams: each share is an allocation that waits for a second person.
type Division struct {
	ID          int64
	Year        calendar.Year
	Source      Source
	Total       Pence
	Reason      string
	ListedOn    calendar.Date // whose registered lists were used: those in force on this day
	RequestedBy account.PersonID
	Requester   string // name
	RequestedAt time.Time
	Shares      []TeamShare
}

// DivisionInput is what somebody enters to divide a total.
type DivisionInput struct {
	Year   calendar.Year // 0: none was chosen
	Source Source
	Total  Pence
	Reason string
	// Patients is what the shares that the person looked at were reckoned from.
	Patients int64
	// Typed is what was wrong before: a total that is no amount.
	Typed fault.Invalid
}

// check refuses a year, a source or a total that cannot be divided.
func (in DivisionInput) check(teams []Listed, m calendar.Moment) fault.Invalid {
	var wrong fault.Invalid
	if last := calendar.YearOf(m.Today) + 2; in.Year < FirstYear || in.Year > last {
		wrong.Add("year", "Choose a financial year from %s to %s", FirstYear, last)
	}
	switch in.Source.Code {
	case "":
		wrong.Add("source", "Choose where the money comes from")
	case OverCommitmentSource:
		wrong.Add("source", "An over-commitment is asked for by a team and authorised for it alone")
	}
	switch {
	case len(in.Typed.Fields) > 0:
		wrong.Fields = append(wrong.Fields, in.Typed.Fields...)
	case in.Total <= 0:
		wrong.Add("total", "The national total must be more than £0")
	case PatientsOf(teams) == 0:
		wrong.Add("total", "There is nothing to divide it by: no registered list was imported")
	}
	return wrong
}

// MayDivide refuses everybody but a national programme manager: only they see all teams.
func MayDivide(a account.Actor) error {
	if !national(a) {
		return fault.Forbidden{Reason: "Only a programme manager of the nation can divide a national total among the local teams"}
	}
	return nil
}

// Preview reckons the shares and stores nothing.
func (in DivisionInput) Preview(teams []Listed, a account.Actor, m calendar.Moment) ([]TeamShare, error) {
	if err := MayDivide(a); err != nil {
		return nil, err
	}
	wrong := in.check(teams, m)
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	return Shares(in.Total, teams), nil
}

// NewDivision makes the shares allocations that wait for another person's approval. A team whose share is nothing gets none.
// Registered lists that changed since the person looked are fault.Conflict.
func NewDivision(in DivisionInput, teams []Listed, a account.Actor, m calendar.Moment) (Division, []Allocation, error) {
	if err := MayDivide(a); err != nil {
		return Division{}, nil, err
	}
	wrong := in.check(teams, m)
	reason(&wrong, "reason", in.Reason, "Say why this money is allocated, or where it was decided")
	if err := wrong.Err(); err != nil {
		return Division{}, nil, err
	}
	if in.Patients != PatientsOf(teams) {
		return Division{}, nil, fault.Conflict{Reason: "The registered lists have changed since you looked. Look at the shares again"}
	}
	d := Division{
		Year: in.Year, Source: in.Source, Total: in.Total, Reason: strings.TrimSpace(in.Reason), ListedOn: m.Today, RequestedBy: a.ID, Requester: a.Name, RequestedAt: m.Now,
		Shares: Shares(in.Total, teams),
	}
	var list []Allocation
	for _, s := range d.Shares {
		if s.Amount > 0 {
			list = append(list, Allocation{
				Year: d.Year, Team: s.Team, Source: d.Source, Amount: s.Amount, Reason: d.Reason, State: Requested, Patients: s.Patients,
				RequestedBy: a.ID, Requester: a.Name, RequestedAt: m.Now, Version: 1,
			})
		}
	}
	return d, list, nil
}

// Waiting is how many shares nobody has settled, and what they come to.
func (d Division) Waiting() (n int, sum Pence) {
	for _, s := range d.Shares {
		if s.State == Requested {
			n, sum = n+1, sum+s.Amount
		}
	}
	return n, sum
}

// Patients is how many patients the shares were reckoned from.
func (d Division) Patients() int64 {
	var sum int64
	for _, s := range d.Shares {
		sum += int64(s.Patients)
	}
	return sum
}

// Entered is the event of a division that has its number.
func (d Division) Entered() audit.Event {
	e := d.event("shares entered")
	e.Changed("year", "", audit.Integer(int64(d.Year)))
	e.Changed("source", "", d.Source.Code)
	e.Changed("allocation", "", audit.Integer(int64(d.Total)))
	e.Words["reason"] = d.Reason
	return e
}

func (d Division) event(act string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "division", ID: audit.Integer(d.ID)}, Audience: audit.ForTeam, Words: map[string]string{}}
}

// Refusal says why the actor cannot approve the shares together, or "" when they can: the rule of a single allocation, of
// every team.
func (d Division) Refusal(a account.Actor) string {
	switch {
	case !national(a):
		return "Only a programme manager of the nation can approve the shares of all teams at once"
	case a.ID == d.RequestedBy:
		return "You entered these shares, so somebody else must approve them"
	}
	return ""
}

// Approve approves all allocations of the division that still wait, each by its own rule. None waiting is fault.Conflict.
func (d Division) Approve(waiting []Allocation, a account.Actor, m calendar.Moment) (audit.Event, []Entry, error) {
	if why := d.Refusal(a); why != "" {
		return audit.Event{}, nil, fault.Forbidden{Reason: why}
	}
	if len(waiting) == 0 {
		return audit.Event{}, nil, fault.Conflict{Reason: "Every share is settled already"}
	}
	e := d.event("shares approved")
	var entries []Entry
	var sum Pence
	for i := range waiting {
		_, entry, err := waiting[i].Approve(a, m)
		if err != nil {
			return audit.Event{}, nil, err
		}
		entries, sum = append(entries, entry), sum+entry.Amount
	}
	e.Changed("allocation", "", audit.Integer(int64(sum)))
	return e, entries, nil
}
