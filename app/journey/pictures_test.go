package journey

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"resilience/app/demo"
	"resilience/app/service"
	"resilience/app/store"
)

// pictured is a page of the guide.
type pictured struct {
	name    string // of the picture
	who     string // begins how the demonstration describes the person
	stage   string // of the case, and
	of      string // its practice, where it is a page of a case: numbers are of no account
	path    string // of the page, in the case or as a whole
	heading string
	says    []string // words that the guide relies on
}

// People of the demonstration.
const (
	thePractice  = "Practice manager, Hallowdale"
	theSignatory = "Practice signatory"
	theWorker    = "Caseworker"
	theLead      = "Team lead, Yorkshire"
	theFinance   = "Finance officer"
	theRegion    = "Programme manager, North"
	theNation    = "Programme manager, England"
	theAuditor   = "Auditor"
	theOperator  = "Administrator"
)

const hallowdaleRoad = "HALLOWDALE ROAD SURGERY"

// guide has the pages that the guide describes, and every picture of the documents.
var guide = []pictured{
	{"", thePractice, "", "", "/cases", "Your requests", []string{"Ask for support", "What happens next", "Draft, not sent"}},
	{"practice-case", thePractice, "delivery", hallowdaleRoad, "", hallowdaleRoad, []string{"What happens next", "What you can do", "Claim money", "Send a message to the local team"}},
	{"signatory", theSignatory, "", "", "/cases", "Your requests", []string{"What happens next"}},
	{"cases", theLead, "", "", "/cases", "Cases", []string{"What waits", "Open a case for a practice", "Find and filter", "Next step due"}},
	{"assessment", theWorker, "assessment", "LAVENDER YARD MEDICAL CENTRE", "/assessment", "LAVENDER YARD MEDICAL CENTRE", []string{"Not complete", "Complete the assessment"}},
	{"letters", theLead, "delivery", hallowdaleRoad, "/letters", hallowdaleRoad, []string{"Letters"}},
	{"reserve", theLead, "", "", "/reserve", "Reserve list", []string{"left to promise", "Promote", "Move up"}},
	{"offer", theWorker, "offer", "NORTH WOLDMARSH GROUP PRACTICE", "/offer", "NORTH WOLDMARSH GROUP PRACTICE", []string{"Offer"}},
	{"memorandum", theSignatory, "delivery", hallowdaleRoad, "/agreement", hallowdaleRoad, []string{"Memorandum of understanding, version 1", "In force"}},
	{"money", thePractice, "delivery", hallowdaleRoad, "/money", hallowdaleRoad, []string{"Money", "Claim money"}},
	{"payments", theFinance, "", "", "/payments", "Payments", []string{"Approved and not released yet", "Batches"}},
	{"allocations", theRegion, "", "", "/allocations", "Money", []string{"Enter an allocation"}},
	{"summary", theLead, "", "", "/summary", "Yorkshire and the Humber", []string{"Cases by stage"}},
	{"rules", theNation, "", "", "/rules", "Rules of the programme", []string{"Draft new rules"}},
	{"", theAuditor, "", "", "/payments", "Payments", []string{"Batches"}},
	{"auditor", theAuditor, "delivery", hallowdaleRoad, "/history", hallowdaleRoad, []string{"History"}},
	{"", theOperator, "", "", "/", "Find a practice", []string{"Rules"}},
	{"administrator", theOperator, "", "", "/federations", "Federations and networks", nil},
}

var picturePath = regexp.MustCompile(`\]\((?:docs/)?pictures/([\w-]+)\.png\)`)

// TestGuide opens the pages of the guide in the demonstration. With RESILIENCE_TEST_GUIDE=1 it takes the pictures of the
// documents anew, the same ones of the same pages.
func TestGuide(t *testing.T) {
	s := demonstration(t)
	people, addresses := map[string]*person{}, map[string]string{}
	enter := func(who string) *person {
		if people[who] == nil {
			people[who] = s.demonstrates(t, who)
		}
		return people[who]
	}
	for _, g := range guide {
		path := g.path
		if g.of != "" {
			key := g.stage + g.of
			if addresses[key] == "" {
				p := enter(theAuditor)
				p.visit("/cases?stage=" + g.stage)
				p.clickLink(g.of)
				addresses[key] = p.path()
			}
			path = addresses[key] + path
		}
		p := enter(g.who)
		p.visit(path)
		p.gets(200)
		p.isAt(g.heading)
		p.sees(g.says...)
		if g.name == "" {
			continue
		}
		height := tell[float64](p, "end", highest)
		if n := tell[int](p, "cut", height); n > 0 || height > highest || height < highest/2 && height < tell[float64](p, "end", 10*highest) {
			t.Errorf("the picture %q would end after %v pixels and cut through %d things", g.name, height, n)
		}
		if os.Getenv("RESILIENCE_TEST_GUIDE") == "1" {
			p.must("keep a picture", os.WriteFile(filepath.Join(picturesOfDocuments, g.name+".png"), p.top(height), 0o600))
		}
	}
}

// highest is how many pixels a picture of the documents is high at the most.
const highest = 1000.0

const picturesOfDocuments = "../../docs/pictures"

// TestEveryPictureIsOfAPage: what the documents show, what is in the folder and what TestGuide takes is the same.
func TestEveryPictureIsOfAPage(t *testing.T) {
	var taken, shown, there []string
	for _, g := range guide {
		if g.name != "" {
			taken = append(taken, g.name)
		}
	}
	for _, name := range []string{"README.md", "docs/guide.md"} {
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range picturePath.FindAllStringSubmatch(string(text), -1) {
			shown = append(shown, m[1])
		}
	}
	files, err := os.ReadDir(picturesOfDocuments)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		there = append(there, strings.TrimSuffix(f.Name(), ".png"))
	}
	slices.Sort(taken)
	slices.Sort(shown)
	shown = slices.Compact(shown)
	if !slices.Equal(taken, shown) || !slices.Equal(taken, there) {
		t.Errorf("the test takes %q, the documents show %q, in the folder are %q", taken, shown, there)
	}
}

// demonstration is a site with the demonstration, at nine in the morning of its day.
func demonstration(t *testing.T) *site {
	t.Helper()
	needed(t)
	folder := t.TempDir()
	documents := filepath.Join(folder, "documents")
	nine := func() time.Time { return today.Start().Add(9 * time.Hour) }
	s := newSiteAt(t, func() ([]byte, error) { return fillDemonstration(t.Context(), folder, documents) }, false, service.Clock{Programme: nine, Real: nine})
	s.store.KeepDocumentsIn(documents)
	return s
}

// fillDemonstration makes the demonstration that the server makes.
func fillDemonstration(ctx context.Context, folder, documents string) ([]byte, error) {
	path := filepath.Join(folder, "demonstration.db")
	s, err := store.OpenToFill(path)
	if err != nil {
		return nil, err
	}
	s.KeepDocumentsIn(documents)
	if _, err = s.Migrate(ctx); err == nil {
		err = demo.Fill(ctx, s, demo.Usual(today))
	}
	if err == nil {
		err = s.Settle(ctx)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// demonstrates signs in somebody whom the demonstration offers.
func (s *site) demonstrates(t *testing.T, who string) *person {
	t.Helper()
	for _, offered := range demo.SignIns() {
		if strings.HasPrefix(offered.Who, who) {
			p := s.person(t)
			p.visit("/sign-in")
			p.fill("Email address", offered.Email)
			p.fill("Password", demo.Password)
			p.clickButton("Sign in")
			return p
		}
	}
	t.Fatalf("the demonstration offers nobody who is %s", who)
	return nil
}

// top is a picture of the page from its top, so many pixels high.
func (p *person) top(height float64) []byte {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	beyond := true
	clip := page.Viewport{Width: desktop, Height: height, Scale: 1}
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond, Clip: &clip})
	p.must("take a picture", err)
	return shot.Data
}
