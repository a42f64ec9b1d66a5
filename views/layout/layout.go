// Package layout draws what is around every page: head, header, navigation,
// demonstration banner, messages and footer.
package layout

import (
	"resilience/static"
	"resilience/views/part"
)

// ServiceName is the name of the service where a page gives none.
const ServiceName = "Practice resilience"

// IdentityNHS is the value of Page.Identity for a body that may use the NHS
// logo and icon.
const IdentityNHS = "nhs"

// Link is an entry of the navigation or of the breadcrumbs.
type Link = part.Link

// Page is what the frame needs to know. A page's own struct embeds it. The
// zero value draws a page without navigation for nobody signed in.
type Page struct {
	Title    string // of this page, without the service; also its h1, as a rule
	Service  string // ServiceName unless given
	Identity string // IdentityNHS shows the NHS logo
	FontCSS  string // URL of a style sheet with fonts; empty is none

	// Demonstration is the text of the banner that says that the data are not
	// real; empty is no banner.
	Demonstration string

	Person     string // name of the person signed in; empty is nobody
	Navigation []Link
	HomeURL    string // "/" unless given
	AccountURL string
	SignOutURL string // takes a POST
	// Acting is for whom the person acts who is away; empty is for nobody. OwnNameURL ends it, by a POST.
	Acting     string
	OwnNameURL string

	Back        *Link // for a step of a journey
	Breadcrumbs []Link

	Flash  string      // a success, said once on the page after the act
	Errors part.Errors // what to mend, in the order of the fields

	// Wide gives the page the full width, for lists and cases. Otherwise its
	// content stands in a column of comfortable reading width.
	Wide bool
}

func (p Page) service() string {
	if p.Service == "" {
		return ServiceName
	}
	return p.Service
}

func (p Page) home() string {
	if p.HomeURL == "" {
		return "/"
	}
	return p.HomeURL
}

// title is the text of the browser's tab. An error comes first, because a
// screen reader reads the title before anything else.
func (p Page) title() string {
	title := p.service()
	if p.Title != "" {
		title = p.Title + " – " + title
	}
	if len(p.Errors) > 0 {
		title = "Error: " + title
	}
	return title
}

func (p Page) nhs() bool { return p.Identity == IdentityNHS }

// asset is the URL of a built file.
func asset(name string) string { return static.URL(name) }

// built reports whether there are style sheets to link to. Tests set it.
var built = static.Built
