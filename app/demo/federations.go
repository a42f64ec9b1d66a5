package demo

import (
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
)

// belongs is a practice with the days on which it belongs to a federation; an empty last day is none yet.
type belongs struct {
	code          practice.Code
	from, lastDay string
}

// demoFederations are the federations and networks of the demonstration, each with who entered it.
var demoFederations = []struct {
	by, name string
	kind     practice.FederationKind
	members  []belongs
}{
	{lead, "Woldmarsh Primary Care Network", "network", []belongs{
		{"X10002", "2015-10-01", ""}, {"X10004", "2015-10-01", ""}, {"X10006", "2015-10-01", ""}, {"X10008", "2016-07-01", ""}, {"X10012", "2015-10-01", "2016-06-30"},
	}},
	{lead, "Holm Vale GP Federation", "federation", []belongs{{"X10003", "2014-04-01", ""}, {"X10005", "2014-04-01", ""}, {"X10007", "2015-04-01", ""}, {"X10010", "2014-04-01", ""}, {"X10002", "2014-04-01", ""}}},
	{londonLead, "Heronsmere Practices Federation", "federation", []belongs{{"X10031", "2013-04-01", ""}, {"X10032", "2013-04-01", ""}, {"X10033", "2016-04-01", ""}}},
}

// federations enters who belongs to what, and opens a case for two practices of a network.
func (d *seeder) federations() {
	d.at(6, 9, 10, func() {
		for _, f := range demoFederations {
			if d.err != nil {
				return
			}
			id, err := d.s.AddFederation(d.ctx, d.by(f.by), practice.FederationDetails{Name: f.name, Kind: f.kind})
			d.try("add "+f.name, err)
			for _, b := range f.members {
				m := practice.Membership{Federation: id, Practice: b.code, From: calendar.MustParse(b.from)}
				if b.lastDay != "" {
					m.LastDay = calendar.MustParse(b.lastDay)
				}
				d.try("add "+string(b.code)+" to "+f.name, d.s.AddMember(d.ctx, d.by(f.by), m))
			}
		}
	})
	d.at(2, 15, 20, func() {
		d.open(caseworker2, "X10006", casework.Opening{
			Route: casework.ByTeam, Needs: []string{"staffing", "it"}, Others: []practice.Code{"X10004"},
			Reason: "Two of the network’s practices lend each other their only nurse prescriber, who has handed in her notice. Neither manager has asked yet; one plan for both is better than two.",
		})
	})
}
