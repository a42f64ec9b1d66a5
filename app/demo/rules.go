package demo

import (
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/ruleset"
)

// rules makes the rules of the year in which the first cases came in, where the program has none of it, and a draft for
// next year that waits for a second person.
func (d *seeder) rules() {
	if year := calendar.YearOf(d.world.days[0]); year == ruleset.FirstYear {
		d.when(clockTime(d.world.days[0], 7*60+40), func() { d.firstRules(year) })
	}
	d.at(6, 10, 5, d.draftNextYear)
}

// firstRules publishes the rules of a year as they are afterwards.
func (d *seeder) firstRules(year calendar.Year) {
	if d.err != nil {
		return
	}
	id, err := d.s.DraftRules(d.ctx, d.by(nation), year, "The year of the Vulnerable Practice Programme, whose cases come over into this one.")
	d.try("draft the first rules", err)
	d.weighs(id)
	if d.err != nil {
		return
	}
	file, err := d.s.RuleSet(d.ctx, d.by(nation2), id)
	d.try("read the first rules", err)
	if d.err == nil {
		d.try("publish the first rules", d.s.PublishRules(d.ctx, d.by(nation2), id, file.Content.Seal()))
	}
}

// weighs gives some criteria of a draft weights, by which whoever reads an assessment can put its findings in order.
func (d *seeder) weighs(id int64) {
	for _, one := range []struct{ code, weight string }{{"patients_per_gp", "200"}, {"cqc", "200"}, {"leadership", "150"}, {"isolation", "100"}} {
		d.editRule(id, ruleset.Criteria, one.code, func(in *ruleset.Input) { in.Number = one.weight })
	}
}

// draftNextYear drafts the rules of next year with a few changes, for somebody else to read and publish.
func (d *seeder) draftNextYear() {
	if d.err != nil {
		return
	}
	id, err := d.s.DraftRules(d.ctx, d.by(nation), calendar.YearOf(d.Today)+1, "What the teams asked for in the first year: a shorter promise, and help after a flood.")
	d.try("draft the rules of next year", err)
	d.editRule(id, ruleset.Targets, casework.ByDecision, func(in *ruleset.Input) { in.Number = "25" })
	d.editRule(id, ruleset.Settings, casework.Silence, func(in *ruleset.Input) { in.Number = "20" })
	d.weighs(id)
	d.editRule(id, ruleset.Templates, "decision_reserve", func(in *ruleset.Input) {
		in.Text += "\n\nYou can see at any time on your pages that you are still on the list."
	})
	if d.err == nil {
		d.try("add an area of need", d.s.AddRule(d.ctx, d.by(nation), id, ruleset.Needs, ruleset.Input{
			Name: "After a flood or fire", Text: "For example rooms that cannot be used, or records that have to be dried", Origin: "local",
		}))
	}
}

// editRule changes one entry of a draft.
func (d *seeder) editRule(id int64, p ruleset.Part, code string, edit func(*ruleset.Input)) {
	if d.err != nil {
		return
	}
	file, err := d.s.RuleSet(d.ctx, d.by(nation), id)
	d.try("read a draft of rules", err)
	if d.err != nil {
		return
	}
	entry, _ := file.Content.Find(p, code)
	in := ruleset.InputOf(p, entry)
	edit(&in)
	d.try("change the rules: "+code, d.s.ChangeRule(d.ctx, d.by(nation), id, p, code, in, entry.Seal()))
}
