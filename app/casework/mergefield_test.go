package casework

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/support"
)

// everyField is a text with every field that a template of the code may have.
func everyField(code string) string {
	var b strings.Builder
	for _, f := range MergeFields(code, "") {
		b.WriteString("[" + f.Name + ": {" + f.Name + "}]")
	}
	return b.String()
}

// What is offered to who edits a letter is filled in when it is drawn up: no field is offered in vain.
func TestEveryFieldThatIsOfferedIsFilledIn(t *testing.T) {
	c, _ := decidable()
	contact := account.Person{Name: "Holly", Email: "holly@own.example"}
	for _, code := range []string{"decision_support", "promotion", "review_upheld"} {
		rules := Rules{Year: 2016, Templates: []Template{{Code: code, Title: "Our letter", Body: everyField(code)}}}
		l, err := c.letter(DecisionLetter, code, "So it is.", Letterhead{Rules: rules, TeamName: "The Team", Contact: contact}, leah, today)
		if err != nil || strings.ContainsAny(l.Body, "{}") || !strings.Contains(l.Body, "[reasons: So it is.]") {
			t.Errorf("%s: %q, %v", code, l.Body, err)
		}
	}
	rules := Rules{Year: 2016, Templates: []Template{{Code: AgreementTemplate, Title: "Memorandum", Body: everyField(AgreementTemplate)}}}
	text, err := c.Memorandum(rules, support.Offer{}, nil, "The Team", contact)
	if err != nil || strings.ContainsAny(text, "{}") {
		t.Errorf("the memorandum: %q, %v", text, err)
	}
}

func TestFieldsOfATemplate(t *testing.T) {
	names := func(list []MergeField) string {
		var all []string
		for _, f := range list {
			if f.Sample == "" || f.Meaning == "" {
				t.Errorf("%s has no meaning or no sample", f.Name)
			}
			all = append(all, f.Name)
		}
		return strings.Join(all, " ")
	}
	if got := names(MergeFields("unheard_of", "{one} {two_words} {one} {")); got != "one two_words" {
		t.Errorf("of a kind that is not listed: %q", got)
	}
	if got := names(MergeFields(AgreementTemplate, "{practice} {milestones}")); !strings.HasSuffix(got, "conditions milestones") {
		t.Errorf("of the memorandum with one more: %q", got)
	}
	text, err := Template{Code: "unheard_of", Body: "{two_words}"}.Preview(MergeFields("unheard_of", "{two_words}"))
	if err != nil || text != "(two words)" {
		t.Errorf("its preview: %q, %v", text, err)
	}
}
