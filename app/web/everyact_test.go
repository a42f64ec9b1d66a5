package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/ruleset"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// refusal is one reason for which an act on money is refused, and what whoever tries it reads.
type refusal struct {
	// prepare brings the reason about, on the case of that name.
	prepare func(s *site, of string)
	who     string
	status  int
	says    string
	// undo is what somebody reads who undoes the approval of such a claim; empty where that is not refused.
	undo string
	// stale: the thing was read before the reason was brought about.
	stale bool
	// acts is for whom they act by a leave cover that prepare arranges; empty: for themselves.
	acts string
	// unseen is what stands in the place of says where the act is among others, and they do not see this one.
	unseen string
	// typed stands in the place of what the form sends otherwise.
	typed url.Values
}

// The ways by which an act can be sent: by its own form, with others by one button, again after it was taken back, and by a request
// that no form of ours has made.
const (
	singly = "singly"
	among  = "among others"
	anew   = "anew after it was undone"
	byHand = "by hand"
)

// sending is one request for an act. of is the case, and read the version in which somebody read it.
type sending func(s *site, b *browser, of string, read int64, typed url.Values) *httptest.ResponseRecorder

// moneyAct is an act that lets money go on, with every way to send it and every reason to refuse it.
type moneyAct struct {
	name string
	// of is the case that it is done on.
	of string
	// ready brings the case to where the act is next, and taken to where it is next once more after it was taken back; the name of the
	// case comes back. nil: nothing is to be done, and it cannot be taken back.
	ready func(s *site, of string)
	taken func(s *site) string
	// read is the version that its form carries.
	read func(s *site, of string) int64
	// stands is all that must be as it was after a refusal.
	stands func(s *site, of string) string
	// who may do it when there is no reason against it.
	who  string
	ways map[string]sending
	// none says of each way that there is not why there is none.
	none map[string]string
	rows map[string]refusal
	// never says of each reason in reasons for which it is never refused why that is so.
	never map[string]string
}

// reasons are those of which every act says how it is refused, or why it never is.
var reasons = []string{
	"over the limit", "the first of two again", "who made it", "an interest in the case", "an interest in the provider", "an interest of the first approver", "who acts for who had a part",
	"for whom who had a part acted", "an interest of who is away", "a limit of who is away", "a cover that was withdrawn", "another team", "another role", "done already", "an older version",
}

// moneyActs are the acts of the table.
var moneyActs = append([]moneyAct{checking, approvingClaim, approvingOffer, releasing, deciding, agreeing(funding.Virement), agreeing(funding.TopUp), agreeing(funding.OverCommitment), countersigning, signing}, secondActs...)

// Every act has each way or says why not, each reason or says why not, and each of its ways does it where there is no reason
// against it: or the refusals would say nothing.
func TestTheTableOfRefusalsIsWhole(t *testing.T) {
	for _, act := range moneyActs {
		t.Run(act.name, func(t *testing.T) {
			t.Parallel()
			for _, way := range []string{singly, among, anew, byHand} {
				if way == anew && act.taken != nil && act.none[way] == "" {
					continue
				}
				if (act.ways[way] == nil) == (act.none[way] == "") {
					t.Errorf("it is not clear whether it can be done %s", way)
				}
			}
			for _, reason := range reasons {
				if _, there := act.rows[reason]; there == (act.never[reason] != "") {
					t.Errorf("it is not clear whether it is refused for: %s", reason)
				}
			}
			ways := slices.Collect(maps.Keys(act.ways))
			if act.taken != nil {
				ways = append(ways, anew)
			}
			for _, way := range ways {
				s := newSite(t)
				of := act.prepared(s, way)
				send := act.ways[way]
				if way == anew {
					send = act.ways[singly]
				}
				before := act.stands(s, of)
				if w := send(s, s.as(act.who), of, act.read(s, of), url.Values{}); w.Code != http.StatusSeeOther && w.Code != http.StatusOK {
					t.Errorf("%s it gets %d: %s", way, w.Code, textOf(parse(t, w).Find("body")))
				}
				if act.stands(s, of) == before {
					t.Errorf("%s nothing was done", way)
				}
			}
		})
	}
}

// prepared brings the case of an act to where it is next, and says which it is.
func (act moneyAct) prepared(s *site, way string) string {
	of := act.of
	if act.ready != nil {
		act.ready(s, of)
	}
	if way == anew {
		of = act.taken(s)
	}
	return of
}

// What is over the limit, barred, done already or read in an older version is refused in the same words by the form of one, among
// others, by doing anew what was undone, and by a request without a form; and nothing is changed by any of them.
func TestRefusedAlikeByEveryWay(t *testing.T) {
	for _, act := range moneyActs {
		for name, row := range act.rows {
			t.Run(act.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				act.refuse(t, row, slices.Collect(maps.Keys(act.ways))...)
				if act.taken != nil {
					act.refuse(t, row, anew)
				}
			})
		}
	}
}

// refuse sends the act by ways by which it is refused, one after the other: since none of them changes anything, all find it the same.
func (act moneyAct) refuse(t *testing.T, row refusal, ways ...string) {
	s := newSite(t)
	of := act.prepared(s, ways[0])
	read := act.read(s, of)
	if row.prepare != nil {
		row.prepare(s, of)
	}
	if !row.stale {
		read = act.read(s, of)
	}
	for _, way := range ways {
		send := act.ways[way]
		if way == anew {
			send = act.ways[singly]
		}
		b, before := s.acting(row.who, row.acts), act.stands(s, of)
		if way == byHand && !row.stale && row.typed == nil {
			read = act.read(s, of)
		}
		w := send(s, b, of, read, row.typed)
		says := row.says
		if row.unseen != "" && way == among {
			says = row.unseen
		}
		if body := textOf(parse(t, w).Find("body")); w.Code != row.status || !strings.Contains(body, says) {
			t.Errorf("%s: %d, and not %d with %q:\n%s", way, w.Code, row.status, says, body)
		}
		if after := act.stands(s, of); after != before {
			t.Errorf("%s: refused, and it changed\nfrom %s\nto   %s", way, before, after)
		}
	}
}

// with is a form with what is typed in the place of what stands there.
func with(form, typed url.Values) url.Values {
	for name, values := range typed {
		form[name] = values
	}
	return form
}

// sent is a form as the page makes it, and crafted one that nobody's page makes: without a token, and with fields that name what it is
// about otherwise.
func sent(path func(s *site, of string) string, form func(s *site, of string, read int64) url.Values) sending {
	return func(s *site, b *browser, of string, read int64, typed url.Values) *httptest.ResponseRecorder {
		f := form(s, of, read)
		f.Set("submission", token())
		return b.post(path(s, of), with(f, typed))
	}
}

func crafted(path func(s *site, of string) string, form func(s *site, of string, read int64) url.Values) sending {
	return func(s *site, b *browser, of string, read int64, typed url.Values) *httptest.ResponseRecorder {
		f := form(s, of, read)
		for name, value := range map[string]string{"id": "1", "number": "2", "state": "approved", "actor": "1", "approved_by": "1"} {
			f.Set(name, value)
		}
		return b.post(path(s, of)+"?id=1&read=1&side=taker&team="+servicetest.Other, with(f, typed))
	}
}

// onClaim is the path of an act on the first claim of a case.
func onClaim(noun string) func(s *site, of string) string {
	return func(s *site, of string) string { return s.caseURL(of) + "/claims/1/" + noun }
}

// onCase is the path of an act on a case.
func onCase(noun string) func(s *site, of string) string {
	return func(s *site, of string) string { return s.caseURL(of) + "/" + noun }
}

func claimVersion(s *site, of string) int64 { return s.claimOne(of).Claim.Version }

func readAs(read int64) string { return strconv.FormatInt(read, 10) }

// interest declares one of somebody in the case, and inProvider in the provider.
func interest(who string) func(s *site, of string) {
	return func(s *site, of string) {
		s.do(s.Service.DeclareInterest(s.t.Context(), s.By(who), s.On(of), "My sister works there."))
	}
}

func inProvider(who string) func(s *site, of string) {
	return func(s *site, _ string) {
		s.do(s.Service.DeclareProviderInterest(s.t.Context(), s.By(who), servicetest.Helper, "My sister runs it."))
	}
}

// limited makes the most that a finance officer approves at a step so many pounds.
func limited(s *site, step, pounds string) {
	s.Publish(2016, ruleset.Limits, ruleset.LimitCode(step, account.FinanceOfficer, ruleset.EveryTeam), pounds)
}

// withdrawnCover is leave cover that was withdrawn before anybody acted by it.
func withdrawnCover(away, standIn string) func(s *site, of string) {
	return func(s *site, _ string) {
		s.do(s.Service.WithdrawCover(s.t.Context(), s.By(away), s.Cover(away, standIn)))
	}
}

// actedFor lets somebody act once for another person in the case, by which the two count as one there.
func actedFor(s *site, of, who, away string) {
	by := s.For(who, s.Cover(away, who))
	s.do(s.Service.AddNote(s.t.Context(), by, s.Case(of), casework.Note{Audience: audit.ForTeam, Body: "Rang the practice manager."}))
}

const (
	cannot   = "You cannot do this"
	notThere = "There is no such page, or you may not see it"
)

// notAlike makes a claim in the case "delivery" that is like no other, unless there is one.
func (s *site) notAlike() {
	s.t.Helper()
	f, err := s.Service.Money(s.t.Context(), s.By("auditor"), s.Case("delivery"))
	s.do(err)
	if len(f.Claims) > 0 {
		return
	}
	evidence := servicetest.Evidence
	evidence.Content = append(slices.Clone(evidence.Content), "% of its own\n"...)
	s.do(s.Service.MakeClaim(s.t.Context(), s.By("pm"), s.Case("delivery"), servicetest.ClaimOf(f.Lines[0].ID, 770_00), evidence))
}

// Checking a claim.
var checking = func() moneyAct {
	form := func(_ *site, _ string, read int64) url.Values {
		return url.Values{"share": {"all"}, "alike": {servicetest.NotAlike}, "read": {readAs(read)}}
	}
	return moneyAct{
		name: "checking a claim", of: "delivery", who: "holder", read: claimVersion, stands: (*site).standing,
		ready: func(s *site, _ string) { s.notAlike() },
		ways: map[string]sending{
			singly: sent(onClaim("check"), form), byHand: crafted(onClaim("check"), form),
			among: func(s *site, b *browser, of string, read int64, _ url.Values) *httptest.ResponseRecorder {
				return b.post("/claims/check", url.Values{"submission": {token()}, "claims": {s.boxOf(of, read)}})
			},
		},
		none: map[string]string{anew: "a check is not taken back: who finds something wrong returns the claim, which ends it"},
		never: map[string]string{
			"over the limit": "a check lets nothing be paid, so that it has no limit", "a limit of who is away": "a check has no limit",
			"the first of two again": "one person checks a claim", "an interest of the first approver": "nobody has approved it before it is checked",
		},
		rows: map[string]refusal{
			"who made it":                 {who: "pm", status: http.StatusForbidden, says: "You made this claim, so somebody else must check it", prepare: func(s *site, _ string) { s.Also("pm", account.TeamLead) }},
			"an interest in the case":     {who: "holder", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("holder")},
			"an interest in the provider": {who: "holder", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("holder")},
			"who acts for who had a part": {who: "colleague", acts: "pm", status: http.StatusForbidden, says: "For one of you: You made this claim, so somebody else must check it", prepare: func(s *site, _ string) {
				s.Also("pm", account.TeamLead)
				s.Cover("pm", "colleague")
			}},
			"for whom who had a part acted": {who: "lead", status: http.StatusForbidden, says: "For one of you: You made this claim, so somebody else must check it", prepare: func(s *site, of string) {
				s.Also("pm", account.Caseworker)
				actedFor(s, of, "pm", "lead")
			}},
			"an interest of who is away": {who: "colleague", acts: "holder", status: http.StatusConflict, says: "Holly Holder, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("holder", "colleague")
				interest("holder")(s, of)
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: "Only the person who has this case or the team lead can do this", prepare: withdrawnCover("holder", "colleague")},
			"another team":               {who: "lead other", status: http.StatusNotFound, says: notThere, unseen: "1 claim that you chose cannot be found"},
			"another role":               {who: "finance", status: http.StatusForbidden, says: cannot},
			"a colleague’s case":         {who: "colleague", status: http.StatusForbidden, says: "Only the person who has this case or the team lead can do this"},
			"done already": {who: "holder", status: http.StatusConflict, says: "Claim 1 stands at “To be approved”", prepare: func(s *site, of string) {
				s.do(s.Service.CheckClaim(s.t.Context(), s.By("lead"), s.Case(of), 1, servicetest.NotAlike))
			}},
			"withdrawn": {who: "holder", status: http.StatusConflict, says: "Claim 1 stands at “Returned”", prepare: func(s *site, of string) {
				s.do(s.Service.WithdrawClaim(s.t.Context(), s.By("pm"), s.Case(of), 1, "The sessions were not held."))
			}},
			"an older version": {who: "holder", status: http.StatusConflict, says: "Somebody else changed claim 1 since you read it", stale: true, prepare: func(s *site, of string) {
				s.do(s.Service.CheckClaim(s.t.Context(), s.By("lead"), s.Case(of), 1, servicetest.NotAlike))
			}},
		},
	}
}()

// Approving a claim.
var approvingClaim = func() moneyAct {
	form := func(_ *site, _ string, read int64) url.Values {
		return url.Values{"share": {"all"}, "read": {readAs(read)}}
	}
	return moneyAct{
		name: "approving a claim", of: "checked", who: "lead", read: claimVersion, stands: (*site).standing, rows: everyWay,
		taken: func(s *site) string {
			s.do(s.Service.UndoClaim(s.t.Context(), s.By("lead"), s.Case("approved"), 1, "The list is of another practice."))
			return "approved"
		},
		ways: map[string]sending{
			singly: sent(onClaim("approval"), form), byHand: crafted(onClaim("approval"), form),
			among: func(s *site, b *browser, of string, read int64, _ url.Values) *httptest.ResponseRecorder {
				return b.post("/claims/approval", url.Values{"submission": {token()}, "claims": {s.boxOf(of, read)}})
			},
		},
	}
}()

// offerOf is the offer of a case as the auditor reads it.
func (s *site) offerOf(of string) service.OfferFile {
	s.t.Helper()
	f, err := s.Service.Offer(s.t.Context(), s.By("auditor"), s.Case(of))
	s.do(err)
	return f
}

func caseVersion(s *site, of string) int64 { return s.File("auditor", of).Version }

// Approving an offer.
var approvingOffer = func() moneyAct {
	form := func(_ *site, _ string, read int64) url.Values { return url.Values{"version": {readAs(read)}} }
	approve := func(s *site, of string) { s.do(s.Service.ApproveOffer(s.t.Context(), s.By("lead"), s.On(of))) }
	second := func(s *site) { s.Publish(2016, ruleset.Settings, casework.SecondForOffer, "1000") }
	return moneyAct{
		name: "approving an offer", of: "offerdraft", who: "lead", read: caseVersion,
		stands: func(s *site, of string) string {
			f := s.offerOf(of)
			return fmt.Sprintf("case %d %s, %d events, offer %s %d, approvals %+v, money %v of %v", f.Version, f.State, len(f.Timeline), f.Written().State, f.Written().Version, f.Given, f.Balances, f.Available())
		},
		taken: func(s *site) string {
			approve(s, "offerdraft")
			s.do(s.Service.SetTerms(s.t.Context(), s.By("holder"), s.Case("offerdraft"), s.offerOf("offerdraft").Written().Version, support.Terms{Conditions: "The rota is shown to the local team."}))
			return "offerdraft"
		},
		ways: map[string]sending{singly: sent(onCase("offer/approval"), form), byHand: crafted(onCase("offer/approval"), form)},
		none: map[string]string{among: "an offer is a promise that is read whole before it is approved"},
		rows: map[string]refusal{
			"over the limit":              {who: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) { limited(s, casework.OfferStep, "1000") }},
			"the first of two again":      {who: "lead", status: http.StatusForbidden, says: "You gave the first of the approvals, so somebody else must approve it", prepare: func(s *site, of string) { second(s); approve(s, of) }},
			"who made it":                 {who: "holder", status: http.StatusConflict, says: "You wrote this offer, so somebody else must approve it", prepare: func(s *site, _ string) { s.Also("holder", account.FinanceOfficer) }},
			"an interest in the case":     {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("finance")},
			"an interest in the provider": {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("finance")},
			"an interest of the first approver": {who: "finance", status: http.StatusConflict, says: "Leah Lead, who approved this, has declared an interest since", prepare: func(s *site, of string) {
				second(s)
				approve(s, of)
				interest("lead")(s, of)
			}},
			"who acts for who had a part": {who: "colleague", acts: "holder", status: http.StatusConflict, says: "For one of you: You wrote this offer, so somebody else must approve it", prepare: func(s *site, _ string) {
				s.Also("holder", account.FinanceOfficer)
				s.Cover("holder", "colleague")
			}},
			"for whom who had a part acted": {who: "lead", status: http.StatusConflict, says: "For one of you: You wrote this offer, so somebody else must approve it", prepare: func(s *site, of string) { actedFor(s, of, "holder", "lead") }},
			"for whom the first approval was given": {who: "lead", status: http.StatusForbidden, says: "For one of you: You gave the first of the approvals, so somebody else must approve it", prepare: func(s *site, of string) {
				second(s)
				s.do(s.Service.ApproveOffer(s.t.Context(), s.For("colleague", s.Cover("lead", "colleague")), s.On(of)))
			}},
			"an interest of who is away": {who: "colleague", acts: "lead", status: http.StatusConflict, says: "Leah Lead, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("lead", "colleague")
				interest("lead")(s, of)
			}},
			"a limit of who is away": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) {
				limited(s, casework.OfferStep, "1000")
				s.Cover("finance", "colleague")
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("lead", "colleague")},
			"another team":               {who: "lead other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "colleague", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "finance", status: http.StatusConflict, says: "There is nothing to do here now: it was done already", prepare: approve},
			"an older version": {who: "finance", status: http.StatusConflict, says: "This case changed while you were working on it", stale: true, prepare: func(s *site, of string) {
				s.do(s.Service.SetTerms(s.t.Context(), s.By("holder"), s.Case(of), s.offerOf(of).Written().Version, support.Terms{Conditions: "The plan is shown to the local team."}))
			}},
		},
	}
}()

// Releasing payments. All of a batch is refused where one of it is.
var releasing = func() moneyAct {
	path := func(*site, string) string { return "/payments/batches" }
	form := func(s *site, of string, read int64) url.Values {
		return url.Values{"team": {servicetest.Own}, "claims": {s.boxOf(of, read)}}
	}
	release := func(s *site, of string) int64 {
		id, err := s.Service.ReleaseBatch(s.t.Context(), s.By("finance"), servicetest.Own, []int64{s.claimOne(of).Claim.ID})
		s.do(err)
		return id
	}
	return moneyAct{
		name: "releasing payments", of: "approved", who: "finance", read: claimVersion, stands: (*site).standing,
		ready: func(s *site, _ string) {
			s.do(s.Service.ApproveClaim(s.t.Context(), s.By("lead"), s.Case("checked"), 1))
		},
		taken: func(s *site) string {
			s.do(s.Service.PutBack(s.t.Context(), s.By("finance"), release(s, "approved"), 1, funding.Back{Kind: funding.PaymentFailed, On: servicetest.Day, Why: "The account is closed."}))
			return "approved"
		},
		ways: map[string]sending{
			singly: sent(path, form), byHand: crafted(path, form),
			among: sent(path, func(s *site, of string, read int64) url.Values {
				return url.Values{"team": {servicetest.Own}, "claims": {s.boxOf("checked", claimVersion(s, "checked")), s.boxOf(of, read)}}
			}),
		},
		never: map[string]string{
			"the first of two again": "one finance officer releases a batch", "an interest of the first approver": "an approval that stands was given by somebody without an interest, and a later one is told to the releaser",
		},
		rows: map[string]refusal{
			"over the limit":              {who: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) { limited(s, casework.PaymentStep, "1000") }},
			"who made it":                 {who: "pm", status: http.StatusForbidden, says: "You made this claim", prepare: func(s *site, _ string) { s.Also("pm", account.FinanceOfficer) }},
			"who checked it":              {who: "holder", status: http.StatusForbidden, says: "You checked this claim", prepare: func(s *site, _ string) { s.Also("holder", account.FinanceOfficer) }},
			"who approved it":             {who: "lead", status: http.StatusForbidden, says: "You approved this claim", prepare: func(s *site, _ string) { s.Also("lead", account.FinanceOfficer) }},
			"an interest in the case":     {who: "finance", status: http.StatusForbidden, says: "You have declared an interest in this case", prepare: interest("finance")},
			"an interest in the provider": {who: "finance", status: http.StatusForbidden, says: "You have declared an interest in this case", prepare: inProvider("finance")},
			"who acts for who had a part": {who: "colleague", acts: "holder", status: http.StatusForbidden, says: "For one of you: You checked this claim", prepare: func(s *site, _ string) {
				s.Also("holder", account.FinanceOfficer)
				s.Cover("holder", "colleague")
			}},
			"for whom who had a part acted": {who: "colleague", status: http.StatusForbidden, says: "For one of you: You checked this claim", prepare: func(s *site, of string) {
				s.Also("colleague", account.FinanceOfficer)
				actedFor(s, of, "holder", "colleague")
			}},
			"an interest of who is away": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "Fay Finance, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("finance", "colleague")
				interest("finance")(s, of)
			}},
			"a limit of who is away": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) {
				limited(s, casework.PaymentStep, "1000")
				s.Cover("finance", "colleague")
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":               {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "lead", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "finance", status: http.StatusConflict, says: "Claim 1 stands at “Released for payment”", prepare: func(s *site, of string) { release(s, of) }},
			"withdrawn": {who: "finance", status: http.StatusConflict, says: "Claim 1 stands at “Returned”", prepare: func(s *site, of string) {
				s.do(s.Service.WithdrawClaim(s.t.Context(), s.By("pm"), s.Case(of), 1, "The sessions were not held."))
			}},
			"an earlier payment said to be made": {who: "finance", status: http.StatusConflict, says: "Fay Finance says that an earlier payment of this claim was made after all", prepare: func(s *site, of string) {
				if s.claimOne(of).Claim.Back.Kind == "" {
					s.do(s.Service.PutBack(s.t.Context(), s.By("finance"), release(s, of), 1, funding.Back{Kind: funding.PaymentFailed, On: servicetest.Day, Why: "The account is closed."}))
				}
				s.saidMade("finance", of)
			}},
			"an older version": {who: "finance", status: http.StatusConflict, says: "Somebody else changed claim 1 since you read it", stale: true, prepare: func(s *site, of string) {
				s.do(s.Service.UndoClaim(s.t.Context(), s.By("lead"), s.Case(of), 1, "Two sessions were not held."))
				s.do(s.Service.ApproveShare(s.t.Context(), s.By("lead"), s.Case(of), 1, funding.Share{Less: true, Pay: 900_00, Why: "Two sessions were not held.", Kept: funding.Claimable}))
			}},
		},
	}
}()

// Deciding what becomes of money that is asked back.
var deciding = func() moneyAct {
	form := func(_ *site, _ string, read int64) url.Values {
		return url.Values{"outcome": {funding.Waiving}, "reason": {"The practice is closing in an orderly way."}, "read": {readAs(read)}}
	}
	decide := func(s *site, who, of, verdict string) {
		d := funding.RecoveryDecision{Verdict: verdict, Why: "The partners agreed to it.", Count: 2, First: servicetest.Day.AddDays(20)}
		s.do(s.Service.DecideRecovery(s.t.Context(), s.By(who), s.Case(of), 1, d))
	}
	second := func(s *site) { s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "100") }
	return moneyAct{
		name: "deciding on money that is asked back", of: "paid", who: "lead", read: claimVersion,
		stands: func(s *site, of string) string {
			p := s.claimOne(of)
			return fmt.Sprintf("%s, asked back %+v", s.standing(of), p.Recoveries)
		},
		ready: func(s *site, of string) {
			s.do(s.Service.RaiseRecovery(s.t.Context(), s.By("holder"), s.Case(of), 1, funding.RecoveryInput{Amount: 400_00, Reason: funding.Unspent, Words: "Four sessions were not needed."}))
		},
		taken: func(s *site) string { // what is to be paid back is decided on anew: what is left of it is waived
			decide(s, "lead", "paid", funding.Recovering)
			return "paid"
		},
		ways: map[string]sending{singly: sent(onClaim("recovery/decision"), form), byHand: crafted(onClaim("recovery/decision"), form)},
		none: map[string]string{among: "each has its own reasons, and its own instalments"},
		rows: map[string]refusal{
			"over the limit": {who: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £100", prepare: func(s *site, _ string) { limited(s, casework.ClaimStep, "100") }},
			"the first of two again": {who: "lead", status: http.StatusForbidden, says: "You proposed what becomes of this money, so somebody else must agree", prepare: func(s *site, of string) {
				second(s)
				decide(s, "lead", of, funding.Waiving)
			}},
			"who made it":                 {who: "holder", status: http.StatusForbidden, says: "You asked this money back, so somebody else must decide", prepare: func(s *site, _ string) { s.Also("holder", account.FinanceOfficer) }},
			"an interest in the case":     {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("finance")},
			"an interest in the provider": {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("finance")},
			"an interest of the first approver": {who: "finance", typed: url.Values{"outcome": {funding.Agreeing}}, status: http.StatusConflict, says: "Leah Lead, who approved this, has declared an interest since", prepare: func(s *site, of string) {
				second(s)
				decide(s, "lead", of, funding.Waiving)
				interest("lead")(s, of)
			}},
			"who acts for who had a part": {who: "colleague", acts: "holder", status: http.StatusForbidden, says: "For one of you: You asked this money back", prepare: func(s *site, _ string) {
				s.Also("holder", account.FinanceOfficer)
				s.Cover("holder", "colleague")
			}},
			"for whom who had a part acted": {who: "lead", status: http.StatusForbidden, says: "For one of you: You asked this money back", prepare: func(s *site, of string) { actedFor(s, of, "holder", "lead") }},
			"an interest of who is away": {who: "colleague", acts: "lead", status: http.StatusConflict, says: "Leah Lead, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("lead", "colleague")
				interest("lead")(s, of)
			}},
			"a limit of who is away": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £100", prepare: func(s *site, _ string) {
				limited(s, casework.ClaimStep, "100")
				s.Cover("finance", "colleague")
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("lead", "colleague")},
			"another team":               {who: "lead other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "colleague", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "finance", status: http.StatusConflict, says: "This recovery stands at “Waived”", prepare: func(s *site, of string) { decide(s, "lead", of, funding.Waiving) }},
			"an older version": {who: "finance", status: http.StatusConflict, says: "Somebody else changed claim 1 since you read it", stale: true, prepare: func(s *site, of string) {
				if s.claimOne(of).Recoveries[0].State == funding.RecoveryRaised {
					decide(s, "lead", of, funding.Recovering)
					return
				}
				s.do(s.Service.RecordRepayment(s.t.Context(), s.By("finance"), s.Case(of), 1, funding.Repayment{Amount: 100_00, On: servicetest.Day}))
			}},
		},
	}
}()

// changeOf is the change of a budget that agreeing brought about, which is the newest.
func (s *site) changeOf(id int64) funding.BudgetChange {
	s.t.Helper()
	c, err := s.Service.BudgetChange(s.t.Context(), s.By("nation"), id)
	s.do(err)
	return c
}

// agreeing is the second agreement to a change of a budget, by the team Own: it gives of a virement, and takes of the others.
func agreeing(kind funding.ChangeKind) moneyAct {
	const id = servicetest.Virement + 1
	side, other, asks, second := funding.Taker, funding.Giver, "lead", "region"
	in := service.NewBudgetChange{Kind: kind, Year: 2016, Team: servicetest.Own, Source: "gprp", Amount: 5_000_00, Reason: "A practice closes in March."}
	if kind == funding.OverCommitment {
		in.Until = calendar.MustParse("2017-03-31")
	}
	if kind == funding.Virement {
		side, other, asks, second = funding.Giver, funding.Taker, "region", "lead other"
		in.From, in.Team = servicetest.Own, servicetest.Other
	}
	path := func(*site, string) string { return fmt.Sprintf("/budget-changes/%d/agreement", id) }
	form := func(*site, string, int64) url.Values { return url.Values{"side": {string(side)}} }
	left := func(s *site) funding.Pence {
		_, amount, err := s.Store.FindBudget(s.t.Context(), 2016, servicetest.Own, "gprp")
		s.do(err)
		return amount
	}
	agree := func(s *site, id int64, who string, side funding.Side) {
		s.do(s.Service.AgreeToBudgetChange(s.t.Context(), s.By(who), id, side))
	}
	act := moneyAct{
		name: "agreeing to a " + string(kind), who: "finance", read: func(*site, string) int64 { return 0 },
		stands: func(s *site, _ string) string {
			return fmt.Sprintf("%+v, %s is left", s.changeOf(id), left(s))
		},
		ready: func(s *site, _ string) {
			got, err := s.Service.AskForBudgetChange(s.t.Context(), s.By(asks), in)
			s.do(err)
			if got != id {
				s.t.Fatalf("the change has the number %d", got)
			}
			agree(s, id, second, other)
		},
		ways: map[string]sending{singly: sent(path, form), byHand: crafted(path, form)},
		none: map[string]string{
			among: "a change of a budget is agreed by itself, with its reason",
			anew:  "an agreement is not taken back: before the other one the change is refused, and after it the money goes back by a change of its own",
		},
		never: map[string]string{
			"over the limit":          "three persons answer for it by name, and no role has a limit",
			"a limit of who is away":  "nobody acts for somebody else in it",
			"an interest in the case": "it is of no case", "an interest in the provider": "it is of no provider", "an interest of the first approver": "it is of no case and no provider",
			"an interest of who is away": "nobody acts for somebody else in it", "for whom who had a part acted": "nobody acts for somebody else in it",
			"an older version": "what was asked for is never edited",
		},
		rows: map[string]refusal{
			"who made it": {who: asks, status: http.StatusForbidden, says: "You asked for this, so somebody else must agree", prepare: func(s *site, _ string) { s.Also(asks, account.FinanceOfficer) }},
			"the first of two again": {who: second, status: http.StatusForbidden, says: "You agreed for", prepare: func(s *site, _ string) {
				s.Also(second, account.FinanceOfficer)
			}},
			"who acts for who had a part": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "While you act for Fay Finance you work on support cases and release payments", prepare: func(s *site, _ string) { s.Cover("finance", "colleague") }},
			"a cover that was withdrawn":  {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":                {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another role":                {who: "colleague", status: http.StatusForbidden, says: cannot},
			"done already":                {who: "finance", status: http.StatusConflict, says: "Both sides have agreed already", prepare: func(s *site, _ string) { agree(s, id, "finance", side) }},
			"refused": {who: "finance", status: http.StatusConflict, says: "Fay Finance has refused it already", prepare: func(s *site, _ string) {
				s.do(s.Service.RefuseBudgetChange(s.t.Context(), s.By("finance"), id, "It is not needed any more."))
			}},
		},
	}
	if kind == funding.Virement { // the other team sees it, and cannot speak for this one
		act.rows["another team"] = refusal{who: "fin other", status: http.StatusForbidden, says: "Only the lead or a finance officer of"}
		act.rows["more than is left"] = refusal{who: "finance", status: http.StatusConflict, says: "There is not enough money left: this takes £5,000 and £4,000 is left", prepare: func(s *site, _ string) {
			much := in
			much.Amount = left(s) - 4_000_00
			next, err := s.Service.AskForBudgetChange(s.t.Context(), s.By(asks), much)
			s.do(err)
			agree(s, next, second, other)
			agree(s, next, "lead", side)
		}}
	}
	return act
}

// hashOf is that of the memorandum of a case.
func (s *site) hashOf(of string) string { return s.hash(s.caseURL(of) + "/agreement") }

// memorandum is what must be as it was after a refused acceptance.
func (s *site) memorandum(of string) string {
	s.t.Helper()
	f, err := s.Service.Agreement(s.t.Context(), s.By("auditor"), s.Case(of))
	s.do(err)
	balances, err := s.Store.CaseBalances(s.t.Context(), int64(s.Case(of)))
	s.do(err)
	return fmt.Sprintf("case %d %s, %d events, memorandum %+v, %v", f.Version, f.State, len(f.Timeline), *f.Live(), balances)
}

// sign accepts for the practice, and countersign for the team.
func (s *site) sign(who, of string) {
	s.t.Helper()
	s.do(s.Service.SignAgreement(s.t.Context(), s.By(who), s.Case(of), support.Signature{Name: "Sam Signatory", Role: "Partner", Read: true, Hash: s.hashOf(of)}))
}

func (s *site) countersign(who, of string) {
	s.t.Helper()
	s.do(s.Service.CountersignAgreement(s.t.Context(), s.By(who), s.Case(of), s.hashOf(of)))
}

// onceOnly are why an acceptance has no other ways, and reasons for which none is refused.
var (
	onceOnly = map[string]string{
		among: "a memorandum is read whole before it is accepted",
		anew:  "an acceptance is not taken back: what both sides accepted is varied or ended",
	}
	noLimit = map[string]string{
		"over the limit": "the offer was approved within the limits", "a limit of who is away": "an acceptance has no limit",
		"the first of two again": "one person accepts for a side", "an interest of the first approver": "the offer was approved by somebody without an interest, or its approval is void",
	}
)

// Accepting a memorandum for the team, after the practice.
var countersigning = func() moneyAct {
	form := func(s *site, of string, _ int64) url.Values { return url.Values{"hash": {s.hashOf(of)}} }
	other := func(s *site, role account.Role) { s.Also("signatory", role) }
	return moneyAct{
		name: "accepting a memorandum for the team", of: "proposed", who: "lead", read: caseVersion, stands: (*site).memorandum, none: onceOnly, never: noLimit,
		ready: func(s *site, of string) { s.sign("signatory", of) },
		ways:  map[string]sending{singly: sent(onCase("agreement/countersignature"), form), byHand: crafted(onCase("agreement/countersignature"), form)},
		rows: map[string]refusal{
			"who made it":                 {who: "signatory", status: http.StatusConflict, says: "You have accepted this memorandum for the other side", prepare: func(s *site, _ string) { other(s, account.TeamLead) }},
			"an interest in the case":     {who: "lead", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("lead")},
			"an interest in the provider": {who: "lead", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("lead")},
			"who acts for who had a part": {who: "colleague", acts: "signatory", status: http.StatusForbidden, says: "For one of you: You have accepted this memorandum for the other side", prepare: func(s *site, _ string) {
				other(s, account.TeamLead)
				s.Cover("signatory", "colleague")
			}},
			"for whom who had a part acted": {who: "lead", status: http.StatusForbidden, says: "For one of you: You have accepted this memorandum for the other side", prepare: func(s *site, of string) {
				other(s, account.Caseworker)
				actedFor(s, of, "signatory", "lead")
			}},
			"an interest of who is away": {who: "colleague", acts: "lead", status: http.StatusConflict, says: "Leah Lead, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("lead", "colleague")
				interest("lead")(s, of)
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("lead", "colleague")},
			"another team":               {who: "lead other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "finance", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "lead", status: http.StatusConflict, says: "There is nothing to do here now: it was done already", prepare: func(s *site, of string) { s.countersign("lead", of) }},
			"an older version":           {who: "lead", status: http.StatusConflict, says: "The memorandum changed since you opened the page", typed: url.Values{"hash": {strings.Repeat("0", 64)}}},
		},
	}
}()

// Accepting a memorandum for the practice, after the team.
var signing = func() moneyAct {
	form := func(s *site, of string, _ int64) url.Values {
		return url.Values{"hash": {s.hashOf(of)}, "name": {"Sam Signatory"}, "role": {"Partner"}, "read": {"yes"}}
	}
	never := maps.Clone(noLimit)
	for _, reason := range []string{"an interest in the case", "an interest in the provider"} {
		never[reason] = "a practice has every interest in its own case"
	}
	for _, reason := range []string{"an interest of who is away", "a cover that was withdrawn"} {
		never[reason] = "leave cover is of the roles of staff"
	}
	return moneyAct{
		name: "accepting a memorandum for the practice", of: "proposed", who: "signatory", read: caseVersion, stands: (*site).memorandum, none: onceOnly, never: never,
		ready: func(s *site, of string) { s.countersign("lead", of) },
		ways:  map[string]sending{singly: sent(onCase("agreement/acceptance"), form), byHand: crafted(onCase("agreement/acceptance"), form)},
		rows: map[string]refusal{
			"who made it": {who: "lead", status: http.StatusConflict, says: "You have accepted this memorandum for the other side", prepare: func(s *site, _ string) { s.signs("lead") }},
			"who acts for who had a part": {who: "colleague", acts: "lead", status: http.StatusForbidden, says: cannot, prepare: func(s *site, _ string) {
				s.signs("colleague")
				s.Cover("lead", "colleague")
			}},
			"for whom who had a part acted": {who: "colleague", status: http.StatusForbidden, says: "For one of you: You have accepted this memorandum for the other side", prepare: func(s *site, of string) {
				s.signs("colleague")
				actedFor(s, of, "colleague", "lead")
			}},
			"another team":     {who: "sig other", status: http.StatusNotFound, says: notThere},
			"another role":     {who: "pm", status: http.StatusForbidden, says: cannot},
			"done already":     {who: "signatory", status: http.StatusConflict, says: "There is nothing to do here now: it was done already", prepare: func(s *site, of string) { s.sign("signatory", of) }},
			"an older version": {who: "signatory", status: http.StatusConflict, says: "The memorandum changed since you opened the page", typed: url.Values{"hash": {strings.Repeat("0", 64)}}},
		},
	}
}()

// signs makes somebody of the team a signatory of the practice too.
func (s *site) signs(name string) {
	s.t.Helper()
	s.AlsoAt(name, account.Signatory, account.AtPractice, string(servicetest.Marigold))
}
