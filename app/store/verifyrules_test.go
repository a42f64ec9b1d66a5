package store_test

import (
	"strings"
	"testing"

	"resilience/app/service/servicetest"
)

// TestRulesTamperedWithAreNamed publishes the draft of the world, and then changes it behind the program's back.
func TestRulesTamperedWithAreNamed(t *testing.T) {
	t.Parallel()
	for want, statement := range map[string]string{
		"":                               "UPDATE rule_set SET reason = reason",
		"who had drafted or edited it":   "UPDATE rule_set SET published_by = drafted_by WHERE id = 3",
		"no event says":                  "UPDATE rule_set SET published_by = (SELECT MIN(id) FROM person WHERE id <> drafted_by AND id <> published_by) WHERE id = 3",
		"a row of rule_upgrade was left": "INSERT INTO rule_upgrade (migration) VALUES ('0099')",
		"rule_set 1":                     "INSERT INTO rule_upgrade (migration) VALUES ('0098')",
	} {
		w := servicetest.Make(t)
		f, err := w.Service.RuleSet(t.Context(), w.By("nation"), servicetest.RulesDraft)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Service.PublishRules(t.Context(), w.By("nation"), servicetest.RulesDraft, f.Content.Seal()); err != nil {
			t.Fatal(err)
		}
		tamper(t, w, statement)
		switch v := verified(t, w, ""); {
		case want == "" && v.Wrong != nil:
			t.Errorf("nothing was changed, and: %v", v.Wrong)
		case want != "" && (v.Wrong == nil || !strings.Contains(v.Wrong.String(), want)):
			t.Errorf("%s: %v does not say %q", statement, v.Wrong, want)
		}
	}
}
