package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"resilience/app/casework"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// TestFromYesToDelivery goes from an empty offer to money that is committed, in the pages that people use.
func TestFromYesToDelivery(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("supported").String()
	cw, lead, pm, signatory := s.as("holder"), s.as("lead"), s.as("pm"), s.as("signatory")

	mustContain(t, cw.page(base), "Write the offer")
	offer := cw.follow(cw.submit(base+"/offer/lines/new", base+"/offer/lines/new", lineOf("£8,000", "1,600", url.Values{
		"route": {"provider"}, "provider": {"1"}, "description": {"An interim manager, two days a week."},
	})))
	mustContain(t, offer, "The line is added.", "Draft", "Help with workforce issues", "An interim manager, two days a week.", "Northern Resilience Team",
		"1 February 2017 to 31 March 2017", "£8,000", "£1,600", "£9,600", "Not reserved yet", "In all: £9,600 with VAT")
	offer = cw.follow(cw.submit(base+"/offer/lines/new", base+"/offer/lines/new", lineOf("", "", url.Values{
		"route": {"in_kind"}, "provider": {"1"}, "quantity": {"2.5"}, "source": {""}, "description": {"A mentor for the new partner."},
	})))
	mustContain(t, offer, "2½ days", "£9,600 with VAT, and 2½ days of help in kind")
	mustContain(t, cw.follow(cw.submit(base+"/offer/terms", base+"/offer/terms", url.Values{"conditions": {"The manager is given a desk."}})), "The manager is given a desk.")

	mustContain(t, lead.page(base+"/offer/approval"), "An interim manager, two days a week", "General Practice Resilience Programme, 2016/17", "Team lead: up to £25,000")
	mustContain(t, lead.follow(lead.submit(base+"/offer/approval", base+"/offer/approval", nil)), "The offer is approved and its money is reserved.")
	mustContain(t, cw.page(base+"/offer"), "Approved by", "Leah Lead", "£9,600 reserved")
	if w := pm.get(base + "/offer"); w.Code != http.StatusNotFound {
		t.Errorf("the practice sees an offer that was not sent: %d", w.Code)
	}

	sending := cw.page(base + "/offer/sending")
	if v, _ := sending.Find("#due-day").Attr("value"); v != "8" { // fifteen working days after 18 January 2017
		t.Errorf("the usual day is %q", v)
	}
	mustContain(t, cw.follow(cw.submit(base+"/offer/sending", base+"/offer/sending", nil)), "The practice sees the offer now.", "Answer by: 8 February 2017")
	seen := pm.page(base + "/offer")
	mustContain(t, seen, "Answer by", "8 February 2017 (15 working days left)", "not asked to pay anything", "The manager is given a desk.", "Accept the offer", "Decline the offer")
	for _, hidden := range []string{"General Practice Resilience Programme", "Leah Lead", "Written by", "Left to promise", "Change"} {
		if strings.Contains(textOf(seen.Find("main")), hidden) {
			t.Errorf("the practice reads %q", hidden)
		}
	}
	mustContain(t, pm.follow(pm.submit(base+"/offer/acceptance", base+"/offer/acceptance", nil)), "You have accepted the offer.", "Agreement")

	mustContain(t, cw.follow(cw.submit(base+"/agreement/draft", base+"/agreement/draft", nil)), "The memorandum is written.")
	read := signatory.page(base + "/agreement/acceptance")
	mustContain(t, read, "between Q72 (the local team) and MARIGOLD SURGERY (X10001)", "£8,000 without VAT, £1,600 VAT, £9,600 in all", "The manager is given a desk.", s.hash(base))
	empty := signatory.submit(base+"/agreement/acceptance", base+"/agreement/acceptance", url.Values{"name": {""}})
	if empty.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty signature gets %d", empty.Code)
	}
	mustContain(t, parse(t, empty), "Enter your name", "Enter your role", "Confirm that you have read")
	signed := signatory.submit(base+"/agreement/acceptance", base+"/agreement/acceptance", url.Values{"name": {"Dr S Signatory"}, "role": {"Senior partner"}, "read": {"yes"}})
	mustContain(t, signatory.follow(signed), "The other side has still to accept it.", "Dr S Signatory, Senior partner", "Not accepted yet")
	mustContain(t, lead.page(base+"/agreement/countersignature"), "The other side has accepted it. When you accept it, the money is committed")
	done := lead.follow(lead.submit(base+"/agreement/countersignature", base+"/agreement/countersignature", nil))
	mustContain(t, done, "The money is committed.", "In force", "Dr S Signatory, Senior partner", "Leah Lead, Team lead", "Accepted on 18 January 2017 at")
	mustContain(t, pm.page(base+"/offer"), "£9,600 committed", "Delivery")
	if strings.Count(textOf(pm.page(base+"/agreement").Find("main")), s.hash(base)) != 3 {
		t.Error("both acceptances and the text do not show the hash")
	}
}

// A line beyond 31 March becomes two, which add up; without an outcome it is not approved.
func TestALineOverTwoYears(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("supported").String() + "/offer"
	cw, lead := s.as("holder"), s.as("lead")
	offer := cw.follow(cw.submit(base+"/lines/new", base+"/lines/new", lineOf("500", "1,000.01", url.Values{
		"unit": {"day"}, "quantity": {"10"}, "starts-day": {"2"}, "starts-month": {"3"}, "ends-day": {"30"}, "ends-month": {"4"}, "outcome": {""},
	})))
	mustContain(t, offer, "5 days at £500 each", "Split by financial year2016/17: £3,000.01. 2017/18: £3,000. Together: £6,000.01", "2 March 2017 to 31 March 2017",
		"1 April 2017 to 30 April 2017", "In all: £6,000.01 with VAT", "Not said yet. It is needed before the offer is approved.", "How it will be seenThe rota in May.")
	if n := len(offer.Find("main .nhsuk-card").Nodes); n != 2 {
		t.Fatalf("there are %d lines", n)
	}
	w := lead.submit(base+"/approval", base+"/approval", nil)
	if w.Code != http.StatusConflict {
		t.Fatalf("an offer without outcomes gets %d", w.Code)
	}
	mustContain(t, parse(t, w), "Line 1 does not say what is expected to come of it")
	for _, a := range offer.Find("main .nhsuk-card a").EachIter() {
		if path := a.AttrOr("href", ""); !strings.HasSuffix(path, "/removal") {
			cw.follow(cw.submit(path, path, url.Values{"outcome": {"Somebody is there every day."}}))
		}
	}
	mustContain(t, lead.follow(lead.submit(base+"/approval", base+"/approval", nil)), "The offer is approved", "Expected outcome: Somebody is there every day.")
	mustContain(t, cw.page(base), "£3,000.01 reserved", "£3,000 reserved")
}

// The practice declines a line: the reason stands beside its field when it is missing, and beside the line afterwards.
func TestDecliningALine(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offered").String() + "/offer"
	pm := s.as("pm")
	radios := pm.page(base + "/acceptance").Find("main input[type=radio][value=no]")
	if radios.Length() != 2 {
		t.Fatalf("there are %d lines to answer", radios.Length())
	}
	name := radios.Last().AttrOr("name", "")
	why := strings.Replace(name, "line-", "why-", 1)
	w := pm.submit(base+"/acceptance", base+"/acceptance", url.Values{name: {"no"}, why: {""}})
	page := parse(t, w)
	mustContain(t, page, "Say in a few words why you decline “An interim practice manager")
	if v := page.Find("input[name="+name+"][checked]").AttrOr("value", ""); w.Code != http.StatusUnprocessableEntity || v != "no" {
		t.Errorf("the answer is gone: %d, %q", w.Code, v)
	}
	pm.follow(pm.submit(base+"/acceptance", base+"/acceptance", url.Values{name: {"no"}, why: {"We have found a manager."}}))
	mustContain(t, pm.page(base), "Declined this line", "We have found a manager.", "In all: £10,000 with VAT", "£10,000 reserved")
	mustContain(t, s.as("holder").page(base), "Declined this line", "We have found a manager.")
}

// A question and its answer stand on the page of the offer, with the last day beside them.
func TestAQuestionAboutAnOffer(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offered").String() + "/offer"
	pm, cw := s.as("pm"), s.as("holder")
	const clock = "8 February 2017 (15 working days left)"
	mustContain(t, pm.page(base+"/question"), clock, "does not move the last day")
	pm.follow(pm.submit(base+"/question", base+"/question", url.Values{"question": {"On which days?"}}))
	mustContain(t, pm.page(base), "On which days?", "Not answered yet. The offer can be accepted or declined until "+clock, "Accept the offer", "Ask about the offer: Your last question")
	mustContain(t, cw.page(base), "On which days?", "Answer the question about the offer")
	empty := cw.submit(base+"/answer", base+"/answer", url.Values{"answer": {""}})
	mustContain(t, parse(t, empty), "Enter your answer", "They asked: On which days?", clock)
	cw.follow(cw.submit(base+"/answer", base+"/answer", url.Values{"answer": {"On Tuesdays."}}))
	mustContain(t, pm.page(base), "On Tuesdays.", "Holly Holder", clock)
}

// A double click adds one line, and approving twice says so.
func TestOneLineForADoubleClick(t *testing.T) {
	s := newSite(t)
	path := "/cases/" + s.Case("supported").String() + "/offer/lines/new"
	cw := s.as("holder")
	form := fill(cw.page(path), path, lineOf("100", "0", nil))
	a, b := cw.post(path, form), cw.post(path, form)
	if a.Code != http.StatusSeeOther || b.Code != http.StatusSeeOther {
		t.Fatalf("the copies get %d and %d", a.Code, b.Code)
	}
	if n := len(cw.follow(b).Find("main .nhsuk-card").Nodes); n != 1 {
		t.Errorf("a double click made %d lines", n)
	}
}

func TestWrongLines(t *testing.T) {
	s := newSite(t)
	path := "/cases/" + s.Case("supported").String() + "/offer/lines/new"
	cw := s.as("holder")
	for says, change := range map[string]url.Values{
		"Enter an amount in pounds, such as 1,250":               {"price": {"lots"}},
		"Enter pounds and two digits of pence":                   {"vat": {"1.5"}},
		"Enter days, or half days, such as 3 or 2.5":             {"quantity": {"2.25"}},
		"The date must include a month":                          {"starts-month": {""}},
		"A line may go over 3 financial years":                   {"ends-day": {"1"}, "ends-month": {"4"}, "ends-year": {"2019"}},
		"Enter how many days or sessions":                        {"unit": {"day"}},
		"Choose who gives the help":                              {"route": {"provider"}, "provider": {"77"}},
		"Help in kind has days and no money":                     {"route": {"in_kind"}, "provider": {"1"}, "quantity": {"2"}},
		"Choose which money pays":                                {"source": {"lottery"}},
		"Take out: “":                                            {"description": {"The practice must pay half of the cost."}},
		"Choose what kind of help this is":                       {"menu": {"yacht"}},
		"The first day must not be before 18 January 2017, when": {"starts-month": {"1"}},
	} {
		w := cw.submit(path, path, lineOf("1,000", "0", change))
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", says, w.Code)
			continue
		}
		page := parse(t, w)
		mustContain(t, page, says)
		if v, _ := page.Find("#ends-year").Attr("value"); !strings.HasPrefix(v, "201") || textOf(page.Find("#description")) == "" {
			t.Errorf("%s: what was typed is gone", says)
		}
	}
	all := parse(t, cw.post(path, url.Values{}))
	var order []string
	all.Find(".nhsuk-error-summary a").Each(func(_ int, a *goquery.Selection) { order = append(order, a.AttrOr("href", "")) })
	if got := strings.Join(order, " "); got != "#menu #need #description #route #starts-day #ends-day" {
		t.Errorf("an empty form is told of %s", got)
	}
}

// Two people change one line: the second sees both versions, loses nothing, and chooses.
func TestTwoChangeALine(t *testing.T) {
	s := newSite(t)
	path := "/cases/" + s.Case("offerdraft").String() + "/offer/lines/1"
	one, two := s.as("holder"), s.as("lead")
	mine := fill(one.page(path), path, url.Values{"price": {"11,000"}})
	theirs := fill(two.page(path), path, url.Values{"price": {"12,000"}, "need": {"hr"}})
	if w := two.post(path, theirs); w.Code != http.StatusSeeOther {
		t.Fatalf("the first to save gets %d", w.Code)
	}
	w := one.post(path, mine)
	if w.Code != http.StatusConflict {
		t.Fatalf("the second to save gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "Somebody else changed this offer while you were working on it", "Saved meanwhile", "12,000", "11,000", "HR")
	if v, _ := page.Find("#price").Attr("value"); v != "11,000" {
		t.Errorf("the field holds %q", v)
	}
	mustContain(t, one.follow(one.post(path, fill(page, path, nil))), "£11,000")
}

// A line that somebody took out meanwhile can be added again from what was typed.
func TestALineTakenOutMeanwhile(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offerdraft").String() + "/offer"
	one, two := s.as("holder"), s.as("lead")
	mine := fill(one.page(base+"/lines/1"), base+"/lines/1", url.Values{"price": {"11,000"}})
	two.follow(two.submit(base+"/lines/1/removal", base+"/lines/1/removal", nil))
	w := one.post(base+"/lines/1", mine)
	if w.Code != http.StatusConflict {
		t.Fatalf("changing a line that is gone gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "Somebody else took this line out")
	mustContain(t, one.follow(one.post(base+"/lines/new", fill(page, base+"/lines/new", nil))), "The line is added.", "£11,000")
}

func TestTwoChangeTheTerms(t *testing.T) {
	s := newSite(t)
	path := "/cases/" + s.Case("offerapproved").String() + "/offer/terms"
	one, two := s.as("holder"), s.as("lead")
	mustContain(t, one.page(path), "Saving takes the approval away")
	mine := fill(one.page(path), path, url.Values{"conditions": {"As I see it."}})
	mustContain(t, two.follow(two.submit(path, path, url.Values{"conditions": {"As they see it."}})), "The approval no longer holds")
	w := one.post(path, mine)
	if w.Code != http.StatusConflict {
		t.Fatalf("the second to save gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "As I see it.", "As they see it.")
	mustContain(t, one.follow(one.post(path, fill(page, path, nil))), "As I see it.")
	bad := one.submit(path, path, url.Values{"conditions": {"The partners will contribute 50% of the cost."}})
	if bad.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a condition that asks gets %d", bad.Code)
	}
	mustContain(t, parse(t, bad), "Support is never conditional on a contribution by the practice. Take out: “")
}

// The text changed since it was read: nothing is accepted, and the page shows the text that stands.
func TestTheTextChangedMeanwhile(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("proposed").String() + "/agreement"
	b := s.as("signatory")
	form := fill(b.page(base+"/acceptance"), base+"/acceptance", url.Values{"name": {"Dr S"}, "role": {"Partner"}, "read": {"yes"}})
	before := s.hash("/cases/" + s.Case("proposed").String() + "/")
	if err := s.Service.Assign(t.Context(), s.By("lead"), s.On("proposed"), s.By("colleague").Actor.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Service.DraftAgreement(t.Context(), s.By("lead"), s.On("proposed")); err != nil {
		t.Fatal(err)
	}
	w := b.post(base+"/acceptance", form)
	if w.Code != http.StatusConflict {
		t.Fatalf("accepting another text gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "The memorandum changed since you opened the page", "Colin Colleague")
	for _, doc := range []*goquery.Document{page, b.page(base)} {
		mustContain(t, doc, "What changed since version 1")
		if in, out := textOf(doc.Find("ins")), textOf(doc.Find("del")); !strings.Contains(in, "Colin Colleague") || !strings.Contains(out, "Holly Holder") || strings.Contains(in, "Holly Holder") {
			t.Errorf("%q stands in the place of %q", in, out)
		}
	}
	if _, ticked := page.Find("#read").Attr("checked"); ticked {
		t.Error("the new text counts as read")
	}
	older := b.page(base + "?version=1")
	mustContain(t, older, "Replaced by a newer version", "Holly Holder", before)
	if strings.Contains(textOf(older.Find("main")), "What changed since") {
		t.Error("the first version is compared with another")
	}
	if strings.Contains(textOf(older.Find("main")), "Accept the memorandum") {
		t.Error("an older version can be accepted")
	}
	mustContain(t, b.follow(b.post(base+"/acceptance", fill(page, base+"/acceptance", url.Values{"read": {"yes"}}))), "Dr S, Partner")
}

// Nothing on any page of the way asks for a contribution. Who declines says why, and nothing else is asked of them.
func TestNoPageAsks(t *testing.T) {
	s := newSite(t)
	for _, row := range []struct{ who, name, path string }{
		{"pm", "offered", "/offer"}, {"pm", "offered", "/offer/acceptance"}, {"pm", "offered", "/offer/refusal"}, {"signatory", "proposed", "/agreement"},
		{"signatory", "proposed", "/agreement/acceptance"}, {"holder", "offerdraft", "/offer"}, {"holder", "offerdraft", "/offer/lines/new"}, {"holder", "offerdraft", "/offer/terms"},
		{"lead", "offerdraft", "/offer/approval"}, {"holder", "offerapproved", "/offer/sending"}, {"lead", "proposed", "/agreement/countersignature"}, {"pm", "delivery", "/agreement"},
	} {
		page := s.as(row.who).page("/cases/" + s.Case(row.name).String() + row.path)
		page.Find("main h1, main h2, main h3, main p, main li, main label, main legend, main dt, main dd, main button, main .nhsuk-hint").Each(func(_ int, one *goquery.Selection) {
			if phrase, asks := support.AsksForContribution(textOf(one)); asks {
				t.Errorf("%s of %s asks: %q", row.path, row.name, phrase)
			}
		})
	}
	pm := s.as("pm")
	base := "/cases/" + s.Case("offered").String() + "/offer"
	silent := pm.submit(base+"/refusal", base+"/refusal", url.Values{"reason": {"  "}})
	if silent.Code != http.StatusUnprocessableEntity {
		t.Errorf("declining without a reason gets %d", silent.Code)
	}
	mustContain(t, parse(t, silent), "Say why you decline the offer")
	if f := s.File("pm", "offered"); f.State != casework.Offered {
		t.Errorf("without a reason the case is at %s", f.State)
	}
	if w := pm.submit(base+"/refusal", base+"/refusal", url.Values{"reason": {"We have found a doctor."}}); w.Code != http.StatusSeeOther {
		t.Errorf("declining with a reason gets %d", w.Code)
	}
	if f := s.File("pm", "offered"); f.State != casework.Supported {
		t.Errorf("the case is at %s", f.State)
	}
}

// Over the limit of the role, the page says who can.
func TestOverTheLimit(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offerdraft").String() + "/offer"
	if err := s.Service.AddLine(t.Context(), s.By("holder"), s.Case("offerdraft"), casework.LineInput{Line: servicetest.PaidLine(20_000_00, "")}); err != nil {
		t.Fatal(err)
	}
	lead := s.as("lead")
	const goesUp = "This comes to £30,000, and a team lead approves at most £25,000. It can be approved by a finance officer, up to £100,000."
	seen := lead.page(base)
	mustContain(t, seen, "Approve the offer: "+goesUp)
	if seen.Find(`main a[href$="/offer/approval"]`).Length() != 0 {
		t.Error("a button leads to what is over the limit")
	}
	mustContain(t, lead.page(base+"/approval"), goesUp)
	mustContain(t, s.as("holder").page(base), "its money is reserved: by a finance officer, up to £100,000.")
	w := lead.submit(base+"/approval", base+"/approval", nil)
	if w.Code != http.StatusForbidden {
		t.Fatalf("over the limit gets %d", w.Code)
	}
	mustContain(t, parse(t, w), "This comes to £30,000, and a team lead approves at most £25,000. It can be approved by a finance officer, up to £100,000.")
	fin := s.as("finance")
	mustContain(t, fin.follow(fin.submit(base+"/approval", base+"/approval", nil)), "The offer is approved")
}
