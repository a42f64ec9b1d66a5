package service_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/ruleset"
	"resilience/app/service/servicetest"
)

func rulesAs(t interface {
	Helper()
	Fatal(args ...any)
	Context() context.Context
}, w *servicetest.World, who string, id int64) ruleset.Content {
	t.Helper()
	f, err := w.Service.RuleSet(t.Context(), w.By(who), id)
	if err != nil {
		t.Fatal(err)
	}
	return f.Content
}

func TestADraftSaysWhatItWasCopiedFrom(t *testing.T) {
	w := servicetest.Make(t)
	if diff := cmp.Diff(rulesAs(t, w, "nation", servicetest.Rules2017), rulesAs(t, w, "nation", servicetest.RulesDraft)); diff != "" {
		t.Errorf("the draft differs from its source:\n%s", diff)
	}
	f, err := w.Service.RuleSet(t.Context(), w.By("nation"), servicetest.RulesDraft)
	if err != nil || f.Version != 2 || f.CopiedFrom != servicetest.Rules2017 || f.Drafter != "Nora Nation" || f.From.Name() != "Rules of 2017/18, version 1" {
		t.Errorf("the draft is %+v, %v", f.Head, err)
	}
	if missing := f.Missing(f.Before); len(missing) != 0 {
		t.Errorf("the rules that come with the program cannot be published: %q", missing)
	}
	if len(f.Content) != len(ruleset.Kinds) {
		t.Errorf("only %d parts have entries", len(f.Content))
	}
}

// Every field of the letters that come with the program is described to who edits them, and filled in with something
// sensible in a preview.
func TestFieldsOfLettersAreDescribed(t *testing.T) {
	w := servicetest.Make(t)
	for _, e := range rulesAs(t, w, "auditor", servicetest.Rules2017)[ruleset.Templates] {
		if text, err := ruleset.Preview(e, ruleset.Entry{}); err != nil || text == "" {
			t.Errorf("describe it in app/casework/mergefield.go: %v", err)
		}
	}
}

func TestWhoReadsADraft(t *testing.T) {
	w := servicetest.Make(t)
	for who, reads := range map[string]bool{"nation": true, "nation two": true, "auditor": true, "region": false, "lead": false, "admin": false, "holder": false} {
		_, err := w.Service.RuleSet(t.Context(), w.By(who), servicetest.RulesDraft)
		if reads != (err == nil) || err != nil && !fault.IsNotFound(err) {
			t.Errorf("%s: %v", who, err)
		}
		list, err := w.Service.RuleSets(t.Context(), w.By(who))
		if drafts := slices.ContainsFunc(list, func(h ruleset.Head) bool { return h.State == ruleset.Drafted }); err != nil || drafts != reads {
			t.Errorf("%s has a draft in the list: %t, %v", who, drafts, err)
		}
	}
}

// A case keeps the rules under which it came in, and one that comes in later gets the newest of its year.
func TestNewRulesHoldForNewCases(t *testing.T) {
	w := servicetest.Make(t)
	ctx := t.Context()
	id, err := w.Service.DraftRules(ctx, w.By("nation two"), 2016, "A shorter time to decide.")
	if err != nil {
		t.Fatal(err)
	}
	decision, _ := rulesAs(t, w, "nation", id).Find(ruleset.Targets, casework.ByDecision)
	in := ruleset.InputOf(ruleset.Targets, decision)
	in.Number = "20"
	if err := w.Service.ChangeRule(ctx, w.By("nation two"), id, ruleset.Targets, decision.Code, in, decision.Seal()); err != nil {
		t.Fatal(err)
	}
	seal := rulesAs(t, w, "nation", id).Seal()
	if err := w.Service.PublishRules(ctx, w.By("nation two"), id, seal); !fault.IsForbidden(err) {
		t.Errorf("who drafted it published it: %v", err)
	}
	if err := w.Service.PublishRules(ctx, w.By("nation"), id, seal); err != nil {
		t.Fatal(err)
	}
	on := w.On("draft")
	if err := w.Service.SendRequest(ctx, w.By("pm"), on); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int64{"draft": id, "triage": servicetest.Rules2016, "decided": servicetest.Rules2016} {
		f := w.File("holder", name)
		if f.RuleSet != want || f.Rules.ID != want {
			t.Errorf("%s goes by the rules %d, want %d", name, f.Rules.ID, want)
		}
	}
	early, late := w.File("holder", "unassigned"), w.File("holder", "draft")
	if a, b := early.Rules.Due(casework.ByDecision, servicetest.Day), late.Rules.Due(casework.ByDecision, servicetest.Day); a != servicetest.Day.AddWorkingDays(30) || b != servicetest.Day.AddWorkingDays(20) {
		t.Errorf("the decisions are due on %s and %s", a, b)
	}
	if v, err := w.Service.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("the books: %v, %v", v.Wrong, err)
	}
	for what, err := range map[string]error{
		"changed":   w.Service.ChangeRule(ctx, w.By("nation two"), id, ruleset.Targets, decision.Code, in, decision.Seal()),
		"discarded": w.Service.DiscardRules(ctx, w.By("nation two"), id),
		"again":     w.Service.PublishRules(ctx, w.By("nation"), id, seal),
	} {
		if err == nil {
			t.Errorf("published rules were %s", what)
		}
	}
}

func TestADiscardedDraftIsGone(t *testing.T) {
	w := servicetest.Make(t)
	if err := w.Service.DiscardRules(t.Context(), w.By("nation"), servicetest.RulesDraft); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.RuleSet(t.Context(), w.By("nation"), servicetest.RulesDraft); !fault.IsNotFound(err) {
		t.Errorf("it is still there: %v", err)
	}
	if _, err := w.Service.DraftRules(t.Context(), w.By("nation"), 2017, "Once more."); err != nil {
		t.Errorf("no draft of the year can be made: %v", err)
	}
}

func TestOnlyThePublishedSetsAreInForce(t *testing.T) {
	w := servicetest.Make(t)
	for year, want := range map[calendar.Year]int64{2015: servicetest.Rules2016, 2016: servicetest.Rules2016, 2017: servicetest.Rules2017, 2021: servicetest.Rules2017} {
		rules, err := w.Store.Rules(t.Context(), year)
		if err != nil || rules.ID != want {
			t.Errorf("the rules of %s are %d, %v", year, rules.ID, err)
		}
	}
}

// editAnything does one random edit of a draft as somebody, and tells whether it was taken.
func editAnything(t *rapid.T, w *servicetest.World, who string, id int64) bool {
	ctx := t.Context()
	content := rulesAs(t, w, who, id)
	k := rapid.SampledFrom(ruleset.Kinds).Draw(t, "part")
	p := k.Part
	what := rapid.SampledFrom([]string{"change", "change", "add", "retire", "move", "matrix"}).Draw(t, "edit")
	words := rapid.SampledFrom([]string{"One", "Two words", "Ünïcode", "A long name of something"}).Draw(t, "words")
	count := strconv.Itoa(rapid.IntRange(1, 9).Draw(t, "number"))
	in := ruleset.Input{
		Name: words + " " + count, Text: words, Number: count, Judged: "yes", Origin: "local", Step: "claim", Role: "team_lead", Team: rapid.SampledFrom([]string{servicetest.Own, servicetest.Other}).Draw(t, "team"),
	}
	if len(content[ruleset.Domains]) > 0 {
		in.Group = rapid.SampledFrom(content[ruleset.Domains]).Draw(t, "domain").Code
	}
	if what == "matrix" || p == ruleset.Matrix {
		priorities := content.Priorities()
		priorities["low-medium"] = count
		return w.Service.SetMatrix(ctx, w.By(who), id, priorities, in, content.PartSeal(ruleset.Matrix)) == nil
	}
	if what == "add" || len(content[p]) == 0 {
		return w.Service.AddRule(ctx, w.By(who), id, p, in) == nil
	}
	e := rapid.SampledFrom(content[p]).Draw(t, "entry")
	switch what {
	case "retire":
		return w.Service.RetireRule(ctx, w.By(who), id, p, e.Code, e.Seal()) == nil
	case "move":
		return w.Service.MoveRule(ctx, w.By(who), id, p, e.Code, rapid.Bool().Draw(t, "up"), content.PartSeal(p)) == nil
	}
	if p == ruleset.Templates {
		in.Text = e.Text + "\n\n" + words
	}
	return w.Service.ChangeRule(ctx, w.By(who), id, p, e.Code, in, e.Seal()) == nil
}

// Whatever is edited in a draft: what is published before stays as it was, cases keep their set, what is published is what
// the publisher read, the next draft is a copy of it, and whoever had a hand in it never publishes it.
func TestRandomEditsNeverTouchWhatIsPublished(t *testing.T) {
	w := servicetest.Make(t)
	year := calendar.Year(2017)
	id, published := servicetest.RulesDraft, map[int64]ruleset.Content{
		servicetest.Rules2016: rulesAs(t, w, "auditor", servicetest.Rules2016), servicetest.Rules2017: rulesAs(t, w, "auditor", servicetest.Rules2017),
	}
	rapid.Check(t, func(t *rapid.T) {
		ctx, hands := t.Context(), map[string]bool{}
		f, err := w.Service.RuleSet(ctx, w.By("auditor"), id)
		if err != nil {
			t.Fatal(err)
		}
		hands[map[string]string{"Nora Nation": "nation two", "Nat Nation": "nation"}[f.Drafter]] = true
		// Only the drafter edits, so that somebody is left to publish.
		for range rapid.IntRange(0, 4).Draw(t, "edits") {
			for who := range hands {
				editAnything(t, w, who, id)
			}
		}
		reader := "nation"
		if hands["nation"] {
			reader = "nation two"
		}
		read := rulesAs(t, w, reader, id)
		for who := range hands {
			if err := w.Service.PublishRules(ctx, w.By(who), id, read.Seal()); !fault.IsForbidden(err) {
				t.Fatalf("%s had a hand in it and published it: %v", who, err)
			}
		}
		if err := w.Service.PublishRules(ctx, w.By(reader), id, read.Seal()); err == nil {
			published[id] = rulesAs(t, w, "auditor", id)
			if diff := cmp.Diff(read, published[id]); diff != "" {
				t.Fatalf("what was published is not what was read:\n%s", diff)
			}
		} else if err := w.Service.DiscardRules(ctx, w.By(reader), id); err != nil { // edited into something incomplete
			t.Fatal(err)
		}
		sets := slices.Sorted(maps.Keys(published))
		set := rapid.SampledFrom(sets).Draw(t, "an older set")
		if diff := cmp.Diff(published[set], rulesAs(t, w, "auditor", set)); diff != "" {
			t.Fatalf("the published rules %d changed:\n%s", set, diff)
		}
		if f := w.File("auditor", "triage"); f.Rules.ID != servicetest.Rules2016 {
			t.Fatalf("a case lost its rules: it has %d", f.Rules.ID)
		}
		next, err := w.Service.DraftRules(ctx, w.By(reader), year, fmt.Sprintf("The next after %d.", id))
		if err != nil {
			t.Fatal(err)
		}
		copied, err := w.Service.RuleSet(ctx, w.By("auditor"), next)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(published[copied.CopiedFrom], copied.Content); diff != "" || len(copied.Differences()) != 0 {
			t.Fatalf("the next draft is no copy of %d:\n%s", copied.CopiedFrom, diff)
		}
		id = next
	})
	for set, content := range published {
		if diff := cmp.Diff(content, rulesAs(t, w, "auditor", set)); diff != "" {
			t.Errorf("in the end the published rules %d had changed:\n%s", set, diff)
		}
	}
	if len(published) < 10 {
		t.Errorf("only %d sets were published: the edits leave too little", len(published))
	}
	if v, err := w.Service.Verify(t.Context(), ""); err != nil || v.Wrong != nil {
		t.Errorf("the books: %v, %v", v.Wrong, err)
	}
}
