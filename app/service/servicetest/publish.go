package servicetest

import (
	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/ruleset"
	"resilience/app/store"
)

// Publish makes new rules of a year with an entry at another value, by two people.
func (w *World) Publish(year calendar.Year, part ruleset.Part, code, value string) {
	w.t.Helper()
	ctx := w.t.Context()
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	id, err := w.Service.DraftRules(ctx, w.By("nation"), year, "As the auditors asked.")
	must(err)
	file, err := w.Service.RuleSet(ctx, w.By("nation"), id)
	must(err)
	entry, _ := file.Content.Find(part, code)
	in := ruleset.InputOf(part, entry)
	in.Number = value
	must(w.Service.ChangeRule(ctx, w.By("nation"), id, part, code, in, entry.Seal()))
	file, err = w.Service.RuleSet(ctx, w.By("nation two"), id)
	must(err)
	must(w.Service.PublishRules(ctx, w.By("nation two"), id, file.Content.Seal()))
}

// Also gives somebody of the world a second role in the team Own, so that only the person stands in the way of an act.
func (w *World) Also(name string, role account.Role) {
	w.t.Helper()
	w.AlsoAt(name, role, account.AtArea, Own)
}

// AlsoAt gives somebody of the world a second role at a place.
func (w *World) AlsoAt(name string, role account.Role, place account.Place, code string) {
	w.t.Helper()
	err := w.Store.Change(w.t.Context(), func(tx *store.Tx) error {
		return tx.Assign(w.t.Context(), w.By(name).Actor.ID, account.Assignment{Role: role, Place: place, Code: code, From: Day.AddDays(-30)})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
