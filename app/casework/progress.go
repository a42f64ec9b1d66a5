package casework

import (
	"slices"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

// Reporting is a report of progress as it was typed: Given and Slipped by the number of the line.
type Reporting struct {
	Rating   support.Rating
	Words    string
	Provider int64 // of a report that the team writes
	Given    map[int64]string
	Slipped  map[int64]string
}

// Report says how the help of an offer goes. What somebody of the team writes is for one of its providers, and is read
// already when the person who has the case writes it. Words of the team cannot ask for a contribution.
func (c *Case) Report(in Reporting, o *support.Offer, a account.Actor, m calendar.Moment) (support.Report, audit.Event, error) {
	t, err := c.Permit(ReportProgress, a)
	if err != nil {
		return support.Report{}, audit.Event{}, err
	}
	parties := c.Parties(a)
	byTeam := overlap(parties, handlers)
	r := support.Report{Rating: in.Rating, Words: strings.TrimSpace(in.Words), WrittenBy: a.ID, WrittenAt: m.Now}
	var wrong fault.Invalid
	if byTeam {
		r.Provider = in.Provider
		i := slices.IndexFunc(o.Standing(), func(l support.Line) bool { return l.Provider != 0 && l.Provider == in.Provider })
		if i < 0 {
			wrong.Add("provider", "Choose the provider whose report this is")
		} else {
			r.ProviderName = o.Standing()[i].ProviderName
		}
		if slices.Contains(parties, Holder) {
			r.ReadBy, r.ReadAt = a.ID, m.Now
		}
	}
	if in.Rating.Name() == "" {
		wrong.Add("rating", "Choose how the support goes")
	}
	if in.Rating == support.AtRisk || in.Rating == support.OffTrack {
		required(&wrong, "words", in.Words, "Say what puts the support at risk, and what would help", LongText)
	} else {
		tooLong(&wrong, "words", in.Words, LongText)
	}
	guarded := func(field, text string) {
		if byTeam {
			NoContribution(&wrong, field, text)
		}
	}
	guarded("words", in.Words)
	for _, l := range o.Counted() {
		field := support.GivenField(l.ID)
		if strings.TrimSpace(in.Given[l.ID]) == "" {
			wrong.Add(field, "Enter how much was given so far, or 0")
			continue
		}
		halves, err := support.ParseDays(in.Given[l.ID])
		switch {
		case err != nil:
			wrong.Add(field, "Enter whole or half numbers, such as 3 or 2.5")
			continue
		case halves > support.MostGiven:
			wrong.Add(field, "Enter %d or less", support.MostGiven/2)
			continue
		}
		g := support.Given{Line: l.ID, Halves: halves}
		if l.Late(halves, m.Today) {
			why := support.SlippedField(l.ID)
			required(&wrong, why, in.Slipped[l.ID], "The last day of this line was "+l.Ends.Words()+". Say why less was given than promised", support.ReasonText)
			guarded(why, in.Slipped[l.ID])
			g.Slipped = strings.TrimSpace(in.Slipped[l.ID])
		}
		r.Given = append(r.Given, g)
	}
	if err := wrong.Err(); err != nil {
		return support.Report{}, audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Words["rating"] = r.Rating.Name()
	say(&e, "provider", r.ProviderName)
	say(&e, "progress", r.Words)
	return r, e, nil
}

// ReadReports notes that the person who has the case has read what was reported up to a number.
func (c *Case) ReadReports(upTo int, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(ReadProgress, a)
	if err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Words["report"] = strconv.Itoa(upTo)
	return e, nil
}
