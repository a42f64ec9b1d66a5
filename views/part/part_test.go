package part

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
	"resilience/views/part/parttest"
)

// nasty is text that would do harm if a part did not escape it.
const nasty = `<script>alert(1)</script>" onclick="alert(1)`

// every draws each part once, with as many of its branches as one value can
// have, all its text nasty.
var every = map[string]templ.Component{
	"ActionLink":   ActionLink{Text: nasty, URL: "javascript:alert(1)"},
	"BackLink":     BackLink{Text: nasty, URL: "javascript:alert(1)"},
	"Breadcrumbs":  Breadcrumbs{{Text: nasty, URL: "/"}, {Text: nasty, URL: "javascript:alert(1)"}},
	"Button":       Button{Text: nasty, Hidden: nasty, Name: nasty, Value: nasty},
	"Button link":  Button{Text: nasty, URL: "javascript:alert(1)"},
	"Buttons":      Buttons(Button{Text: nasty}, Link{Text: nasty, URL: "/"}),
	"Card":         Card{Heading: nasty, Hidden: nasty, Text: nasty, Actions: []Link{{Text: nasty, URL: "/", Hidden: nasty}, {Text: nasty, URL: "/"}}},
	"Checkbox":     Checkbox("agree", nasty, true),
	"Checkboxes":   Checkboxes{Name: "c", Label: nasty, Hint: nasty, Error: nasty, Values: []string{nasty}, Options: everyOption("d")},
	"Compare":      Compare{LeftHeading: nasty, RightHeading: nasty, Left: Prose(nasty), Right: Prose(nasty)},
	"Date":         Date{Name: "d", Label: nasty, Hint: nasty, Error: nasty, Day: nasty, Month: nasty, Year: nasty},
	"Details":      Details{Summary: nasty, Text: nasty},
	"Errors":       Errors{{Field: nasty, Text: nasty}, {Text: nasty}},
	"ErrorMessage": ErrorMessage{Text: nasty},
	"Fieldset":     Fieldset{Legend: nasty, Caption: nasty, Content: Prose(nasty)},
	"File":         File{Name: "f", Label: nasty, Hint: nasty, Error: nasty, Accept: nasty},
	"Filter":       Filter{URL: "/", Selected: []Link{{Text: nasty, URL: "javascript:alert(1)"}}, ClearURL: "/", Content: Search{Name: "q", Label: nasty}},
	"Hint":         Hint{Text: nasty},
	"Input":        Input{Name: "i", Label: nasty, Hint: nasty, Error: nasty, Value: nasty, Prefix: nasty, Suffix: nasty},
	"Inset":        Inset{Text: nasty, Hidden: nasty},
	"Label":        Label{Text: nasty, Caption: nasty, Level: 2},
	"Link":         Link{Text: nasty, URL: "javascript:alert(1)", Hidden: nasty},
	"Money":        Money(Input{Name: "m", Label: nasty}),
	"Notification": Notification{Heading: nasty, Text: nasty, Title: nasty},
	"Pager":        Pager{Page: 3, Pages: 9, URL: func(int) string { return "javascript:alert(1)" }},
	"Panel":        Panel{Heading: nasty, Text: nasty, Caption: nasty},
	"Password":     Password{Name: "p", Label: nasty, Hint: nasty, Error: nasty},
	"Phase":        Phase{Tag: nasty, Text: nasty},
	"Prose":        Prose(nasty),
	"Radios":       Radios{Name: "r", Label: nasty, Hint: nasty, Error: nasty, Value: nasty, Options: everyOption("e")},
	"Search":       Search{Name: "s", Label: nasty, Hint: nasty, Value: nasty},
	"Sections":     Sections{Name: nasty, Links: []Link{{Text: nasty, URL: "/", Current: true, Count: 3}}},
	"Select":       Select{Name: "l", Label: nasty, Hint: nasty, Error: nasty, Options: []Option{{Value: nasty, Text: nasty}}},
	"Subject":      Subject{Reference: nasty, Heading: nasty, Tags: []Tag{{Text: nasty}}, Facts: []Row{{Key: nasty, Value: nasty, Actions: Change("/", nasty)}}, Sections: Sections{Links: []Link{{Text: nasty, URL: "/"}}}},
	"Summary":      Summary{Rows: []Row{{Key: nasty, Value: nasty, Actions: Change("/", nasty)}, {Key: nasty}}},
	"SummaryCard":  SummaryCard{Title: nasty, Actions: []Link{{Text: nasty, URL: "/"}}, Summary: Summary{Rows: []Row{{Key: nasty, Value: nasty, Actions: Change("/", nasty)}}}},
	"Table":        Table{ID: "t", Caption: nasty, Scroll: true, Responsive: true, FirstHeader: true, Columns: []Column{{Text: nasty, Sort: "ascending", URL: "javascript:alert(1)"}, {Hidden: nasty}}, Rows: [][]Cell{Cells(nasty, nasty), {{Text: nasty, URL: "/", Hidden: nasty}, {Content: Tag{Text: nasty}}}}},
	"Tag":          Tag{Text: nasty},
	"Tasks":        Tasks{Items: []Task{{Text: nasty, URL: "/", Hint: nasty, Tag: &Tag{Text: nasty}}, {Text: nasty, Status: nasty}}},
	"Textarea":     Textarea{Name: "a", Label: nasty, Hint: nasty, Error: nasty, Value: "</textarea>" + nasty, MaxLength: 9},
	"Timeline":     Timeline{Moments: []Moment{{ID: "m1", Heading: nasty, Who: nasty, When: nasty, DateTime: nasty, Audience: nasty, Text: nasty}}},
	"Warning":      Warning{Heading: nasty, Text: nasty},
}

func everyOption(field string) []Option {
	return []Option{
		{Value: nasty, Text: nasty, Hint: nasty, Content: Input{Name: field, Label: nasty}},
		{Divider: nasty},
		{Value: "b", Text: nasty, Behaviour: "exclusive", BehaviourGroup: nasty},
	}
}

func TestPartsAreSafeAndWhole(t *testing.T) {
	for name, c := range every {
		t.Run(name, func(t *testing.T) {
			markup := parttest.Draw(t, c)
			parttest.Check(t, markup)
			if strings.Contains(markup, "<script") {
				t.Error("text became markup")
			}
		})
	}
}

func TestErrorsFor(t *testing.T) {
	errors := Errors{{"visit-month", "Month must be a number"}, {"name", "Enter a name"}, {"name", "Enter another name"}}
	for field, want := range map[string]string{
		"name": "Enter a name", "visit": "Month must be a number", "visit-month": "Month must be a number",
		"visit-day": "", "nam": "", "": "",
	} {
		if got := errors.For(field); got != want {
			t.Errorf("For(%q) = %q, want %q", field, got, want)
		}
	}
	if Errors(nil).For("name") != "" || parttest.Draw(t, Errors(nil)) != "" {
		t.Error("no errors are not silent")
	}
}

// TestErrorsLinkToFields shows that each link of the summary leads to a field
// that can take the focus.
func TestErrorsLinkToFields(t *testing.T) {
	errors := Errors{{"name", "Enter a name"}, {"visit-year", "Enter a year"}, {"agree", "Select yes or no"}, {"why", "Select why"}}
	markup := parttest.Draw(t, templ.Join(errors,
		Input{Name: "name", Label: "Name", Error: errors.For("name")},
		Date{Name: "visit", Label: "Visit"}.Mark(errors),
		Radios{Name: "agree", Label: "Agree?", Options: YesNo(), Error: errors.For("agree")},
		Checkboxes{Name: "why", Label: "Why?", Options: []Option{{Value: "a", Text: "A"}}, Error: errors.For("why")},
	))
	parttest.Check(t, markup)
	doc := parttest.Parse(t, markup)
	for _, e := range errors {
		if doc.Find("input#"+e.Field).Length() != 1 {
			t.Errorf("the link to %q leads nowhere", e.Field)
		}
	}
	wrong := doc.Find(".nhsuk-date-input input.nhsuk-input--error")
	if wrong.Length() != 1 || wrong.AttrOr("id", "") != "visit-year" {
		t.Error("not only the year is marked as wrong")
	}
	if text := doc.Find(".nhsuk-date-input").PrevFiltered(".nhsuk-error-message").Text(); text != "Error: Enter a year" {
		t.Errorf("the date says %q", text)
	}
}

func TestPagerShows(t *testing.T) {
	for _, test := range []struct {
		page, pages int
		want        []int
	}{
		{1, 2, []int{1, 2}},
		{1, 7, []int{1, 2, 3, 0, 7}},
		{4, 7, []int{1, 2, 3, 4, 5, 6, 7}},
		{5, 9, []int{1, 0, 3, 4, 5, 6, 7, 0, 9}},
		{9, 9, []int{1, 0, 7, 8, 9}},
	} {
		got := Pager{Page: test.page, Pages: test.pages}.shown()
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("page %d of %d (-want +got)\n%s", test.page, test.pages, diff)
		}
	}
	if parttest.Draw(t, Pager{Page: 1, Pages: 1}) != "" {
		t.Error("a list of one page has a pager")
	}
}

func TestParagraphs(t *testing.T) {
	want := []string{"One\nline", "Two"}
	if got := paragraphs("\r\n\r\nOne\r\nline\r\n\r\n\r\n\r\n Two \r\n"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAround shows that a part takes its block, and that the block of one part
// does not leak into the parts within it.
func TestAround(t *testing.T) {
	ctx := templ.WithChildren(t.Context(), Inset{Text: "inner"})
	var b strings.Builder
	if err := Around(Details{Summary: "outer"}).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "inner"); n != 1 {
		t.Errorf("the block is drawn %d times", n)
	}
}

func ExampleErrors_For() {
	errors := Errors{{Field: "email", Text: "Enter an e-mail address"}}
	fmt.Println(errors.For("email"))
	// Output: Enter an e-mail address
}
