package journey

import (
	"context"
	"testing"

	"resilience/app/account"
	"resilience/app/paths"
	"resilience/app/ruleset"
)

// The two who keep the rules of the programme.
var (
	drafter   = somebody{"Maud Everley", "maud.everley@england.example", account.ProgrammeManager, []string{""}}
	publisher = somebody{"Simeon Roach", "simeon.roach@england.example", account.ProgrammeManager, []string{""}}
)

// The rules of next year: one drafts and edits them, with a slip, and another reads what changed and publishes it.
func TestRulesOfNextYear(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		for _, one := range []somebody{drafter, publisher} {
			if err := add(context.Background(), s.service, one, true); err != nil {
				t.Fatal(err)
			}
		}
		d, p := s.signsIn(t, drafter), s.signsIn(t, publisher)
		d.clickLink("Rules")
		d.isAt("Rules of the programme")
		d.clickButton("Draft new rules")
		d.clickButton("Make the draft")
		d.gets(422)
		d.sees("Choose a financial year", "Say why the year needs these rules")
		d.choose("2018/19")
		d.fill("Why does the year need these rules?", "The guidance of the new year.")
		d.clickButton("Make the draft")
		d.sees("The draft is made", "The rules of 2018/19")
		const set int64 = 3
		for _, k := range ruleset.Kinds {
			d.visit(paths.RulePart(set, k.Part))
			d.isAt(k.Title)
		}
		d.visit(paths.NewRule(set, ruleset.Menu))
		d.fill("Item of the menu", "Help after a flood")
		d.clickButton("Save")
		d.gets(422)
		d.sees("Choose who set this")
		d.choose("It is set locally")
		d.clickButton("Save")
		d.sees("It is added.", "Help after a flood", "Local")
		d.visit(paths.Rule(set, ruleset.Templates, "decision_support"))
		d.clickButton("Preview")
		d.sees("Preview, with invented values", "Larkspur Surgery")
		d.visit(paths.RuleMatrix(set))
		d.clickButton("Save the priorities")
		d.sees("The priorities are changed.")
		d.visit(paths.RuleSet(set))
		d.sees("somebody else must publish them")

		p.visit(paths.RuleSet(set))
		p.clickButton("Read what changed, and publish")
		p.sees("Help after a flood", "Added")
		p.clickButton("Publish these rules")
		p.sees("The rules are published.", "Simeon Roach")

		w := s.signsIn(t, worker)
		w.visit(paths.RuleSet(set))
		w.sees("The rules of 2018/19", "Published")
		w.visit(paths.Rule(set, ruleset.Templates, "agreement"))
		w.sees("Preview, with invented values")
	})
}
