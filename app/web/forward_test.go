package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// A part of an offer in a year without a budget is shown apart to whoever approves, asked for by the holder and authorised by a programme
// manager; the practice reads that its money is not set yet, and nothing of who authorised it.
func TestForwardCommitmentOnThePages(t *testing.T) {
	s := newSite(t)
	ctx, id := t.Context(), s.Case("offerdraft")
	l := servicetest.PaidLine(3_000_00, "In the next year.")
	l.Source, l.Starts, l.Ends = "other", calendar.MustParse("2017-05-01"), calendar.MustParse("2017-09-30")
	if err := s.Service.AddLine(ctx, s.By("holder"), id, casework.LineInput{Line: l}); err != nil {
		t.Fatal(err)
	}
	offer, approve, ask := paths.Section(id, paths.OfferSection), paths.Act(id, paths.OfferApproval), paths.Act(id, paths.OfferForward)
	const apart = "£3,000 in 2017/18, for which there is no budget yet (Other)"
	holder, lead, region := s.as("holder"), s.as("lead"), s.as("region")
	mustContain(t, holder.page(offer), apart)
	mustContain(t, lead.page(approve), apart, "once a programme manager, who neither wrote nor approved it, has authorised")
	if w := lead.submit(approve, approve, nil); w.Code != http.StatusSeeOther {
		t.Fatalf("the lead approves: %d", w.Code)
	}
	mustContain(t, holder.page(offer), apart, "Ask for the forward commitment", "Send the offer: A part of it falls in a year without a budget")
	wrong := holder.submit(ask, ask, url.Values{"reason": {""}})
	if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), "Say why it is promised before its budget is there") {
		t.Errorf("without a reason: %d", wrong.Code)
	}
	if w := holder.submit(ask, ask, url.Values{"reason": {"The doctor begins in May."}}); w.Code != http.StatusSeeOther {
		t.Fatalf("the holder asks: %d", w.Code)
	}
	list, err := s.Store.Forwards(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	page := paths.Forward(list[0].ID)
	mustContain(t, region.page(paths.Allocations), "To be authorised", "£0 agreed by both sides, and £3,000 in offers")
	mustContain(t, region.page("/work"), "Authorise a forward commitment")
	mustContain(t, lead.page(page), "Only a programme manager", "The doctor begins in May.")
	refused := region.submit(page, paths.ForwardRefusal(list[0].ID), url.Values{"reason": {""}})
	if refused.Code != http.StatusUnprocessableEntity || !strings.Contains(refused.Body.String(), "Say why it is refused") {
		t.Errorf("refused without a reason: %d", refused.Code)
	}
	if w := region.submit(page, paths.ForwardAuthorisation(list[0].ID), nil); w.Code != http.StatusSeeOther {
		t.Fatalf("the programme manager authorises: %d", w.Code)
	}
	again := s.as("nation").post(paths.ForwardAuthorisation(list[0].ID), url.Values{"submission": {"another"}})
	if again.Code != http.StatusConflict || !strings.Contains(again.Body.String(), "decided already") {
		t.Errorf("authorised twice: %d", again.Code)
	}
	mustContain(t, lead.page(offer), "Authorised; no budget yet", "Rae Region", "its money is reserved, but for what has no budget yet")
	if err := s.Service.SendOffer(ctx, s.By("holder"), s.On("offerdraft"), servicetest.Day.AddWorkingDays(20)); err != nil {
		t.Fatal(err)
	}
	seen := s.as("pm").get(offer).Body.String()
	if !strings.Contains(seen, "whose money is not set yet") {
		t.Error("the practice does not read that the money of the part is not set yet")
	}
	mustNotContain(t, seen, "Rae Region", "no budget yet", "Forward commitments")
}

// What waits for its budget is shown on the summary and beside the position, as agreed and as in offers. Each figure is the sum of the
// commitments that people may see one by one, of the rows of the page that it opens, and of the file.
func TestForwardFiguresOpenWhatTheyCount(t *testing.T) {
	s := newSite(t)
	forwardsOfBothKinds(t, s)
	for _, person := range []string{"lead", "finance", "region", "nation", "auditor", "lead other", "reg other"} {
		b := s.as(person)
		list, err := s.Service.Forwards(t.Context(), s.By(person), funding.AllocationFilter{})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]funding.Pence{}
		for _, f := range list {
			switch {
			case !f.Waits():
				continue
			case f.Agreed:
				want["Agreed by both sides"] += f.Open
			default:
				want["In offers and variations"] += f.Open
			}
			want["Together"] += f.Open
		}
		if mine := strings.HasSuffix(person, "other"); mine == (want["Together"] > 0) {
			t.Fatalf("%s sees %v", person, want)
		}
		for _, path := range []string{"/summary", "/position?year=2016", "/position?year=2017"} {
			doc := b.page(path)
			if want["Together"] == 0 {
				mustContain(t, doc, "No forward commitment waits for a budget of")
				continue
			}
			rows := doc.Find("#forward-figures tbody tr")
			for i, figure := range []string{"Agreed by both sides", "In offers and variations", "Together"} {
				if got := doc.Find("#forward-figures thead th").Eq(i + 1).Text(); got != figure {
					t.Errorf("%s: the column is %q, not %q", path, got, figure)
				}
				for at := range rows.Length() { // each budget, and the last is all of them
					link := rows.Eq(at).Find("td a").Eq(i)
					href := link.AttrOr("href", "")
					shown := strings.Fields(link.Text())[0]
					if at == rows.Length()-1 && shown != want[figure].String() {
						t.Errorf("%s, %s: %s is %s, not %s", person, path, figure, shown, want[figure])
					}
					if file := sumOfFile(t, b, strings.Replace(href, "/forward-commitments", "/forward-commitments.csv", 1), "Waits in pounds").String(); file != shown {
						t.Errorf("%s, %s: %s is %s, and its file comes to %s", person, path, figure, shown, file)
					}
					opened := b.page(href)
					if head := opened.Find("h1").Text(); !strings.HasSuffix(strings.TrimSpace(head), ": "+shown) {
						t.Errorf("%s: %s opens %q", path, shown, head)
					}
					if sum := sumOfColumn(t, opened, "#commitments"); sum.String() != shown {
						t.Errorf("%s: %s opens rows that come to %s", path, shown, sum)
					}
				}
			}
			if rows.Length() < 2 {
				t.Errorf("%s: %d rows", path, rows.Length())
			}
		}
	}
	mustContain(t, s.as("region").page("/forward-commitments?figure=agreed"), "Forward commitments agreed by both sides: £3,000", "Rae Region", "Agreed; no budget yet")
	mustContain(t, s.as("region").page("/forward-commitments?figure=offered"), "Forward commitments in offers and variations: £1,200", "Nobody yet", "To be authorised")
	if doc := s.as("holder").page("/summary"); doc.Find("#forward-figures").Length() != 0 {
		t.Error("a caseworker sees the forward commitments of the team")
	}
}

// sumOfColumn adds up the last column of a table.
func sumOfColumn(t *testing.T, doc *goquery.Document, table string) funding.Pence {
	t.Helper()
	var sum funding.Pence
	doc.Find(table + " tbody tr").Each(func(_ int, row *goquery.Selection) {
		text := strings.Fields(row.Find("td").Last().Text())
		amount, err := funding.ParsePence(text[len(text)-1])
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		sum += amount
	})
	return sum
}

// forwardsOfBothKinds has £3,000 of the next year agreed in one case, and £1,200 asked for in another.
func forwardsOfBothKinds(t *testing.T, s *site) {
	t.Helper()
	ctx, id, other := t.Context(), s.Case("supported"), s.Case("offerdraft")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ahead := func(id casework.ID, net funding.Pence) {
		l := servicetest.PaidLine(net, "In the next year.")
		l.Source, l.Starts, l.Ends = "other", calendar.MustParse("2017-05-01"), calendar.MustParse("2017-09-30")
		must(s.Service.AddLine(ctx, s.By("holder"), id, casework.LineInput{Line: l}))
	}
	ask := func(name string) {
		must(s.Service.ApproveOffer(ctx, s.By("lead"), s.On(name)))
		must(s.Service.AskForward(ctx, s.By("holder"), s.On(name), "The doctor begins in May."))
	}
	ahead(id, 3_000_00)
	ask("supported")
	list, err := s.Store.Forwards(ctx, id)
	must(err)
	must(s.Service.DecideForward(ctx, s.By("region"), list[0].ID, casework.ForwardAnswer{Authorise: true}))
	must(s.Service.SendOffer(ctx, s.By("holder"), s.On("supported"), servicetest.Day.AddWorkingDays(20)))
	must(s.Service.AcceptOffer(ctx, s.By("pm"), s.On("supported")))
	must(s.Service.DraftAgreement(ctx, s.By("holder"), s.On("supported")))
	file, err := s.Service.Agreement(ctx, s.By("lead"), id)
	must(err)
	hash := file.Agreements[0].Hash
	must(s.Service.SignAgreement(ctx, s.By("signatory"), id, support.Signature{Name: "Dr A. Nair", Role: "Partner", Read: true, Hash: hash}))
	must(s.Service.CountersignAgreement(ctx, s.By("lead"), id, hash))
	ahead(other, 1_200_00)
	ask("offerdraft")
}
