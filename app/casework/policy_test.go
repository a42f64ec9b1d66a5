package casework

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
)

const (
	lead, second, team, elsewhere, region = "X10001", "X10002", "Q72", "Q73", "Y54"

	holderID    = account.PersonID(7)
	colleagueID = account.PersonID(4)
	leadID      = account.PersonID(5)
	financeID   = account.PersonID(6)
)

func holding(id account.PersonID, role account.Role, place account.Place, code string) account.Actor {
	return account.Actor{Person: account.Person{ID: id, Name: "Somebody"}, Assignments: []account.Assignment{{Role: role, Place: place, Code: code}}}
}

// columns are the kinds of person in the policy. A column stands for everybody in its list.
var columns = map[string][]account.Actor{
	"lead PM":   {holding(1, account.PracticeManager, account.AtPractice, lead)},
	"other PM":  {holding(2, account.PracticeManager, account.AtPractice, second)},
	"signatory": {holding(3, account.Signatory, account.AtPractice, lead)},
	"holder":    {holding(holderID, account.Caseworker, account.AtArea, team)},
	"colleague": {holding(4, account.Caseworker, account.AtArea, team)},
	"team lead": {holding(5, account.TeamLead, account.AtArea, team)},
	"finance":   {holding(6, account.FinanceOfficer, account.AtArea, team), holding(6, account.FinanceOfficer, account.AtRegion, region)},
	"programme": {holding(9, account.ProgrammeManager, account.AtRegion, region), holding(10, account.ProgrammeManager, account.Everywhere, "")},
	"above": {
		{},
		holding(8, account.FinanceOfficer, account.AtRegion, "Y56"),
		holding(9, account.ProgrammeManager, account.AtRegion, "Y56"),
		holding(11, account.Auditor, account.Everywhere, ""),
		holding(12, account.Administrator, account.Everywhere, ""),
		holding(13, account.Caseworker, account.AtArea, elsewhere),
		holding(14, account.TeamLead, account.AtArea, elsewhere),
		holding(15, account.PracticeManager, account.AtPractice, "X19999"),
		holding(holderID, account.Caseworker, account.AtArea, elsewhere), // had the case, and moved to another team
	},
}

// at is a case at a stage, with the holder, and with what stands beside it.
func at(state State, change ...func(*Case)) func() *Case {
	return func() *Case {
		c := &Case{State: state, Practices: both(), Team: team, Region: region, Assignee: holderID, Reference: "PRP-2016-000001", ReferredOn: calendar.MustParse("2017-01-09")}
		for _, f := range change {
			f(c)
		}
		return c
	}
}

func facts(f Facts) func(*Case) { return func(c *Case) { c.Facts = f } }

// written is a complete assessment of the holder's, and what a second person said of it.
func written(review ReviewOutcome, by account.PersonID) Facts {
	return Facts{AssessmentID: 1, AssessmentComplete: true, AssessmentWriters: []account.PersonID{holderID}, AssessmentReview: review, AssessmentReviewedBy: by}
}

// decidedBy is what stands beside a case that waits or was told no.
func decidedBy(decider, recommender account.PersonID) Facts {
	return Facts{LastDecision: 1, LastDecidedBy: decider, LastRecommendedBy: recommender, ReservePlace: 1, ReserveLength: 2}
}

// toldSupport is what stands beside a case that was told of support, and has no offer.
func toldSupport() Facts {
	return Facts{LastDecision: 1, LastDecided: ForSupport, LastDecidedBy: leadID, LastRecommendedBy: holderID}
}

func reviewAsked(c *Case) { c.Facts.ReviewID = 1 }

func barring(people ...account.PersonID) func(*Case) {
	return func(c *Case) { c.Facts.Barred = people }
}

func proposed(practice, team bool) func(*Case) {
	return facts(Facts{OfferID: 1, OfferState: "accepted", AgreementID: 1, AgreementState: "proposed", PracticeAccepted: practice, TeamAccepted: team})
}

// sharing is a live offer whose cost is shared.
func sharing(state string, list ...Sharing) Facts {
	return Facts{OfferID: 1, OfferState: state, OfferLines: 2, Sharing: list}
}

// proposedShared is a memorandum of it that nobody has accepted.
func proposedShared(list ...Sharing) Facts {
	f := sharing("accepted", list...)
	f.AgreementID, f.AgreementState = 1, "proposed"
	return f
}

// varied is a case whose agreed support is being varied, by a writer; proposed to the practice, which has accepted it or not.
func varied(state string, writer account.PersonID, proposed, accepted bool) func(*Case) {
	f := Facts{
		OfferID: 1, OfferState: "accepted", VariationID: 2, VariationState: state, OfferWriters: []account.PersonID{writer}, AgreementID: 1, AgreementState: "in_force",
		PracticeAccepted: true, TeamAccepted: true,
	}
	if state == "variation_approved" {
		f.VariationApprovedBy = financeID
	}
	if proposed {
		f.AgreementState, f.PracticeAccepted, f.TeamAccepted = "proposed", accepted, false
	}
	return facts(f)
}

// sharers are two practices that have a part in what was agreed, of which the second has accepted the memorandum that waits or not.
func sharers(signed bool) func(*Case) {
	return func(c *Case) {
		c.Facts.Sharing = []Sharing{{Practice: lead, Answered: true, Accepted: true}, {Practice: second, Answered: true, Accepted: true, Signed: signed}}
	}
}

// stages are the kinds of case in the policy.
var stages = map[string]func() *Case{
	"draft":                             func() *Case { return &Case{State: Draft, Practices: both()} },
	"referred, unassigned":              at(Referred, func(c *Case) { c.Assignee = 0 }),
	"referred, assigned":                at(Referred),
	"triage":                            at(Triage),
	"triage, on hold":                   at(Triage, func(c *Case) { c.Hold = &Hold{Reason: "waits"} }),
	"triage, asked":                     at(Triage, func(c *Case) { c.Information = &Information{Question: "why"} }),
	"assessment":                        at(Assessment, facts(Facts{AssessmentID: 1})),
	"assessment, complete":              at(Assessment, facts(written("", 0))),
	"assessment, reviewed":              at(Assessment, facts(written(ReviewAgreed, colleagueID))),
	"assessment, returned":              at(Assessment, facts(written(ReviewReturned, colleagueID))),
	"assessment, reviewer barred":       at(Assessment, facts(written(ReviewAgreed, colleagueID)), barring(colleagueID)),
	"assessment, holder barred":         at(Assessment, facts(written(ReviewAgreed, colleagueID)), barring(holderID)),
	"decision":                          at(Decision, facts(Facts{RecommendedBy: holderID, Recommended: ForSupport})),
	"decision, recommended by the lead": at(Decision, facts(Facts{RecommendedBy: leadID, Recommended: ForSupport})),
	"decision, lead barred":             at(Decision, facts(Facts{RecommendedBy: holderID, Recommended: ForSupport, Barred: []account.PersonID{leadID}})),
	"decision, recommender barred":      at(Decision, facts(Facts{RecommendedBy: holderID, Recommended: ForSupport, Barred: []account.PersonID{holderID}})),
	"decision, letter due":              at(Decision, facts(Facts{RecommendedBy: holderID, Recommended: ForSupport, DecidedBy: leadID, Decided: ForSupport, LetterDue: true})),
	"reserve":                           at(Reserve, facts(decidedBy(leadID, holderID))),
	"reserve, decided by another lead":  at(Reserve, facts(decidedBy(99, leadID))),
	"reserve, lead barred":              at(Reserve, facts(decidedBy(99, holderID)), barring(leadID)),
	"reserve, review asked":             at(Reserve, facts(decidedBy(leadID, holderID)), reviewAsked),
	"not now":                           at(NotNow, facts(decidedBy(leadID, holderID))),
	"not now, review asked":             at(NotNow, facts(decidedBy(leadID, holderID)), reviewAsked),
	"not now, decided by another lead":  at(NotNow, facts(decidedBy(99, holderID)), reviewAsked),
	"not now, reviewed":                 at(NotNow, facts(decidedBy(leadID, holderID)), func(c *Case) { c.Facts.ReviewSettled = true }),
	"supported":                         at(Supported, facts(toldSupport())),
	"supported, promoted":               at(Supported, facts(Facts{LastDecision: 1, LastDecided: ForReserve, LastDecidedBy: leadID, LastRecommendedBy: holderID})),
	"supported, review asked":           at(Supported, facts(toldSupport()), reviewAsked),
	"supported, review asked, offer written": at(Supported, facts(toldSupport()), reviewAsked, func(c *Case) {
		c.Facts.OfferID, c.Facts.OfferState, c.Facts.OfferLines, c.Facts.OfferDraftedBy, c.Facts.OfferApprovedBy = 1, "approved", 1, holderID, financeID
		c.Facts.LastDecidedBy, c.Facts.LastRecommendedBy = 99, 98
	}),
	"supported, offer written":              at(Supported, facts(Facts{OfferID: 1, OfferState: "draft", OfferLines: 1, OfferDraftedBy: holderID})),
	"supported, offer written by the lead":  at(Supported, facts(Facts{OfferID: 1, OfferState: "draft", OfferLines: 1, OfferDraftedBy: leadID})),
	"supported, offer approved":             at(Supported, facts(Facts{OfferID: 1, OfferState: "approved", OfferLines: 1, OfferDraftedBy: holderID, OfferApprovedBy: leadID})),
	"supported, forward commitment":         at(Supported, facts(Facts{OfferID: 1, OfferState: "approved", OfferLines: 1, OfferDraftedBy: holderID, OfferApprovedBy: leadID, ForwardOpen: 1})),
	"supported, forward commitment asked":   at(Supported, facts(Facts{OfferID: 1, OfferState: "approved", OfferLines: 1, OfferDraftedBy: holderID, OfferApprovedBy: leadID, ForwardOpen: 1, ForwardAsked: true})),
	"offer":                                 at(Offered, facts(Facts{OfferID: 1, OfferState: "sent", OfferLines: 1})),
	"offer, question asked":                 at(Offered, facts(Facts{OfferID: 1, OfferState: "sent", OfferLines: 1, OfferQuestion: 1})),
	"offer, shared":                         at(Offered, facts(sharing("sent", Sharing{Practice: lead}, Sharing{Practice: second}))),
	"offer, shared, the second answered":    at(Offered, facts(sharing("sent", Sharing{Practice: lead}, Sharing{Practice: second, Answered: true, Accepted: true}))),
	"agreement, shared":                     at(Agreeing, facts(proposedShared(Sharing{Practice: lead, Answered: true, Accepted: true}, Sharing{Practice: second, Answered: true, Accepted: true}))),
	"delivery, shared":                      at(Delivery, facts(sharing("accepted", Sharing{Practice: lead, Answered: true}, Sharing{Practice: second, Answered: true, Accepted: true, Signed: true}))),
	"delivery, shared, varied":              at(Delivery, varied("variation_approved", holderID, true, false), sharers(false)),
	"delivery, shared, one accepted":        at(Delivery, varied("variation_approved", holderID, true, false), sharers(true)),
	"agreement":                             at(Agreeing, facts(Facts{OfferID: 1, OfferState: "accepted"})),
	"agreement, proposed":                   at(Agreeing, proposed(false, false)),
	"agreement, accepted by the practice":   at(Agreeing, proposed(true, false)),
	"agreement, accepted by the team":       at(Agreeing, proposed(false, true)),
	"delivery":                              at(Delivery),
	"delivery, claim open":                  at(Delivery, facts(Facts{ClaimsOpen: 1})),
	"delivery, report not read":             at(Delivery, facts(Facts{ReportsUnread: 1, ReportsNewest: 1})),
	"delivery, milestone open":              at(Delivery, facts(Facts{Milestones: 1, MilestonesOpen: 1})),
	"delivery, concern open":                at(Delivery, facts(Facts{Concerns: 2, ConcernsOpen: 1, ConcernsAnswered: 1})),
	"delivery, finance and lead barred":     at(Delivery, facts(Facts{Barred: []account.PersonID{leadID, financeID}})),
	"delivery, variation written":           at(Delivery, varied("variation", holderID, false, false)),
	"delivery, variation of the lead":       at(Delivery, varied("variation", leadID, false, false)),
	"delivery, variation approved":          at(Delivery, varied("variation_approved", holderID, false, false)),
	"delivery, variation proposed":          at(Delivery, varied("variation_approved", holderID, true, false)),
	"delivery, variation accepted":          at(Delivery, varied("variation_approved", holderID, true, true)),
	"delivery, notice of the practice":      at(Delivery, facts(Facts{PracticeNotice: calendar.MustParse("2017-03-01")})),
	"delivery, notice of the team":          at(Delivery, facts(Facts{TeamNotice: calendar.MustParse("2017-03-01")})),
	"delivery, memorandum ended":            at(Delivery, facts(Facts{EndedOn: calendar.MustParse("2017-03-01")})),
	"agreement, rapid":                      at(Agreeing, facts(Facts{OfferID: 1, OfferState: "accepted", Rapid: true})),
	"agreement, rapid asked by the lead":    at(Agreeing, facts(Facts{OfferID: 1, OfferState: "accepted", Rapid: true, EarlyAskedBy: leadID})),
	"delivery, memorandum due":              at(Delivery, facts(Facts{OfferID: 1, OfferState: "accepted", Rapid: true, EarlyDue: calendar.MustParse("2017-03-01")})),
	"delivery, memorandum due and proposed": at(Delivery, facts(Facts{OfferID: 1, OfferState: "accepted", Rapid: true, EarlyDue: calendar.MustParse("2017-03-01"), AgreementID: 1, AgreementState: "proposed"})),
	"closed":                                at(Closed),
	"closed, follow-up planned":             at(Closed, facts(Facts{FollowUp: FollowUpPlanned, FollowUpOn: calendar.MustParse("2017-07-18")})),
	"closed, follow-up due":                 at(Closed, facts(Facts{FollowUp: FollowUpDue, FollowUpOn: calendar.MustParse("2017-01-18")})),
	"closed, follow-up due, holder barred":  at(Closed, facts(Facts{FollowUp: FollowUpDue, FollowUpOn: calendar.MustParse("2017-01-18"), Barred: []account.PersonID{holderID}})),
	"closed, follow-up recorded":            at(Closed, facts(Facts{FollowUp: FollowUpDone, FollowUpOn: calendar.MustParse("2017-01-18")})),
	"withdrawn":                             at(Withdrawn),
}

func both() []Member {
	return []Member{{Code: lead, Name: "Lead", Lead: true}, {Code: second, Name: "Second"}}
}

// verdict is what the program says, in the words of the policy.
func verdict(c *Case, act Act, a account.Actor) string {
	if c.May(act, a) {
		return "yes"
	}
	if slices.ContainsFunc(c.Actions(a), func(x Action) bool { return x.Act == act && !x.Allowed && x.Reason != "" }) {
		return "wait"
	}
	return "-"
}

func TestPolicy(t *testing.T) {
	text, err := os.ReadFile("testdata/policy.txt")
	if err != nil {
		t.Fatal(err)
	}
	gap := regexp.MustCompile(` {2,}`)
	var header []string
	seen := map[string]map[Act]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := gap.Split(strings.TrimSpace(line), -1)
		if header == nil {
			header = cells
			continue
		}
		if len(cells) != len(header) {
			t.Fatalf("the line %q has %d cells, not %d", line, len(cells), len(header))
		}
		stage, act := cells[0], Act(cells[1])
		if seen[stage] == nil {
			seen[stage] = map[Act]bool{}
		}
		seen[stage][act] = true
		for i, want := range cells[2:] {
			for _, actor := range columns[header[i+2]] {
				if got := verdict(stages[stage](), act, actor); got != want {
					t.Errorf("%s, %s, %s %v: the policy says %q, the program %q", stage, act, header[i+2], actor.Assignments, want, got)
				}
			}
		}
	}
	everythingElseIsRefused(t, seen)
}

// everythingElseIsRefused checks that an act that the policy does not name at a stage is nobody's.
func everythingElseIsRefused(t *testing.T, named map[string]map[Act]bool) {
	for stage, make := range stages {
		for _, tr := range Transitions {
			if named[stage][tr.Act] || len(tr.From) == 0 {
				continue
			}
			for column, actors := range columns {
				for _, a := range actors {
					if got := verdict(make(), tr.Act, a); got != "-" {
						t.Errorf("%s, %s, %s: not in the policy, but the program says %q", stage, tr.Act, column, got)
					}
				}
			}
		}
	}
}
