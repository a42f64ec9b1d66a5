package layout

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"resilience/views/part"
	"resilience/views/part/parttest"
)

// draw renders a page as it is with or without built style sheets.
func draw(t *testing.T, p Page, withStyles bool) *goquery.Document {
	t.Helper()
	was := built
	built = func() bool { return withStyles }
	t.Cleanup(func() { built = was })
	markup := parttest.Draw(t, Frame(p))
	parttest.Check(t, markup)
	return parttest.Parse(t, markup)
}

// full is a page with everything on it.
func full() Page {
	return Page{
		Title: "Cases", Identity: IdentityNHS, FontCSS: "/fonts.css", Demonstration: "Nothing here is real.",
		Person: "Ann Archer", AccountURL: "/account", SignOutURL: "/session/end", HomeURL: "/work",
		Navigation:  []Link{{Text: "Your work", URL: "/work"}, {Text: "Cases", URL: "/cases", Current: true}},
		Breadcrumbs: []Link{{Text: "Home", URL: "/"}},
		Flash:       "Offer approved",
	}
}

func TestTitle(t *testing.T) {
	for _, test := range []struct {
		page Page
		want string
	}{
		{Page{}, "Practice resilience"},
		{Page{Title: "Cases"}, "Cases – Practice resilience"},
		{Page{Title: "Cases", Service: "Trial"}, "Cases – Trial"},
		{Page{Title: "Sign in", Errors: part.Errors{{Text: "Enter a password"}}}, "Error: Sign in – Practice resilience"},
	} {
		if got := draw(t, test.page, true).Find("title").First().Text(); got != test.want {
			t.Errorf("title %q, want %q", got, test.want)
		}
	}
}

func TestFullPage(t *testing.T) {
	doc := draw(t, full(), true)
	for selector, want := range map[string]string{
		"a.nhsuk-skip-link":                                    "Skip to main content",
		"html[lang=en] > body > script:first-child":            "",
		".app-demonstration":                                   "Demonstration Nothing here is real.",
		"svg.nhsuk-header__logo title":                         "NHS",
		".nhsuk-header__service-name":                          "Practice resilience",
		`.nhsuk-header__account a[href="/account"]`:            "Ann Archer",
		`form[method=post][action="/session/end"] button`:      "Sign out",
		`.nhsuk-header__navigation [aria-current=page]`:        "Cases",
		".nhsuk-breadcrumb__link":                              "Home",
		"main#maincontent .nhsuk-notification-banner__content": "Offer approved",
		`link[rel=stylesheet][href="/fonts.css"]`:              "",
		`footer a[href="/accessibility"]`:                      "Accessibility statement",
		`footer a[href="/privacy"]`:                            "Privacy",
	} {
		found := doc.Find(selector)
		if text := strings.Join(strings.Fields(found.Text()), " "); found.Length() != 1 || text != want {
			t.Errorf("%s: %d found, text %q, want %q", selector, found.Length(), text, want)
		}
	}
}

func TestPageForNobody(t *testing.T) {
	doc := draw(t, Page{Title: "Sign in"}, true)
	for _, selector := range []string{
		"nav", "form", "svg.nhsuk-header__logo", ".app-demonstration", ".nhsuk-error-summary",
		".nhsuk-notification-banner", `link[href*=favicon]`, ".nhsuk-back-link",
	} {
		if doc.Find(selector).Length() != 0 {
			t.Errorf("%s is on the page", selector)
		}
	}
	if doc.Find(`a.nhsuk-header__service-name[href="/"]`).Length() != 1 {
		t.Error("the name of the service does not lead home")
	}
}

func TestWithoutStyleSheets(t *testing.T) {
	doc := draw(t, full(), false)
	if doc.Find("link, script").Length() != 0 {
		t.Error("the page asks for files that are not there")
	}
	if text := doc.Find("body").Text(); !strings.Contains(text, "The style sheets have not been built. Run make assets, then start again.") {
		t.Error("the page does not say that the style sheets are missing")
	}
	if doc.Find("h2, main, footer").Length() == 0 {
		t.Error("the page is not whole")
	}
}

func TestBackLinkReplacesBreadcrumbs(t *testing.T) {
	p := full()
	p.Back = &Link{URL: "/cases"}
	doc := draw(t, p, true)
	if doc.Find(`a.nhsuk-back-link[href="/cases"]`).Length() != 1 || doc.Find(".nhsuk-breadcrumb").Length() != 0 {
		t.Error("the back link does not stand alone")
	}
}

func TestErrorsComeFirst(t *testing.T) {
	p := full()
	p.Errors = part.Errors{{Field: "name", Text: "Enter a name"}}
	doc := draw(t, p, true)
	if doc.Find("main .nhsuk-error-summary + .nhsuk-notification-banner").Length() != 1 {
		t.Error("the errors do not stand above everything else in the main content")
	}
}

// TestHeaderAgainstDesignSystem compares the header with the design system's
// own, but for the class that makes ours wider.
func TestHeaderAgainstDesignSystem(t *testing.T) {
	home := []Link{{Text: "Home", URL: "#"}, {Text: "Patient list", URL: "#"}, {Text: "Advanced search", URL: "#"}, {Text: "Help guides", URL: "#"}}
	for name, p := range map[string]Page{
		"with service name (linked with logo) (blue)":           {Service: "Prototype kit", HomeURL: "#"},
		"with service name, search, account, navigation (blue)": {Service: "Search patient directory", HomeURL: "#", Navigation: home, Person: "Florence Nightingale", SignOutURL: "#"},
	} {
		fixture, found := parttest.Find(parttest.Fixtures(t, "header"), name)
		if !found {
			t.Errorf("there is no example %q", name)
			continue
		}
		p.Identity = IdentityNHS
		reference := parttest.Parse(t, strings.ReplaceAll(fixture.HTML, "Log out", "Sign out"))
		reference.Find("search").Remove()
		want, err := reference.Find("body").Html()
		if err != nil {
			t.Fatal(err)
		}
		got := strings.ReplaceAll(parttest.Draw(t, header(p)), " app-width", "")
		if diff := cmp.Diff(parttest.Normal(t, want), parttest.Normal(t, got)); diff != "" {
			t.Errorf("%q (-design system +ours)\n%s", name, diff)
		}
	}
}
