package funding_test

import (
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

var claimDay = calendar.MustParse("2017-02-20")

func noon() calendar.Moment { return calendar.MomentOf(claimDay.Start().Add(12 * 3600e9)) }

// paidLine is a line of £10,000 paid to the practice, of which £2,500 is left.
func paidLine() funding.ClaimLine {
	return funding.ClaimLine{
		ID: 5, Description: "Backfill", Route: funding.PaidToPractice, Gross: 10_000_00, Budget: 1, Starts: calendar.MustParse("2017-02-01"), Ends: calendar.MustParse("2017-03-31"),
		Balances: funding.Balances{funding.Committed: 2_500_00, funding.Received: 7_500_00},
	}
}

func rightClaim() funding.ClaimInput {
	return funding.ClaimInput{Line: 5, Net: 1_000_00, VAT: 200_00, Gross: 1_200_00, From: calendar.MustParse("2017-02-01"), To: calendar.MustParse("2017-02-14"), Detail: "Six sessions.", Evidence: funding.Timesheet}
}

func TestNewClaim(t *testing.T) {
	day := calendar.MustParse
	for name, c := range map[string]struct {
		change func(*funding.ClaimInput, *funding.ClaimLine)
		wrong  string // field and words, or nothing
	}{
		"right":               {func(*funding.ClaimInput, *funding.ClaimLine) {}, ""},
		"all that is left":    {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Net, in.VAT, in.Gross = 2_500_00, 0, 2_500_00 }, ""},
		"a penny more":        {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Net, in.VAT, in.Gross = 2_500_01, 0, 2_500_01 }, "gross: This is more than is left to claim: £2,500 is left of £10,000"},
		"nothing":             {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Net, in.VAT, in.Gross = 0, 0, 0 }, "gross: The total must be more than £0"},
		"wrong sum":           {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Gross = 1_200_01 }, "gross: The total must be net and VAT together: £1,000 and £200 make £1,200"},
		"first day too early": {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.From = day("2017-01-31") }, "from: The first day must be within"},
		"last day too late":   {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.To = day("2017-04-01") }, "to: The last day must be within"},
		"backwards":           {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.To = day("2017-01-31") }, "to: The last day must not be before the first"},
		"the whole period": {func(in *funding.ClaimInput, l *funding.ClaimLine) {
			in.From, in.To, l.Ends = l.Starts, claimDay, claimDay
		}, ""},
		"up to today":           {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.To = claimDay }, ""},
		"work to come":          {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.To = claimDay.AddDays(1) }, "to: The last day must not be after today"},
		"no kind of document":   {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Evidence = "" }, "evidence: Choose what the document is"},
		"an invoice":            {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Evidence = funding.Invoice }, "evidence: Choose what the document is"},
		"milestones":            {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Evidence = funding.MilestoneReport }, ""},
		"backfill by timesheet": {func(_ *funding.ClaimInput, l *funding.ClaimLine) { l.ByTime = true }, ""},
		"backfill by a receipt": {func(in *funding.ClaimInput, l *funding.ClaimLine) {
			l.ByTime, in.Evidence = true, funding.ServiceReceipt
		}, "evidence: This support is paid by the day or session"},
		"backfill at one price": {func(in *funding.ClaimInput, l *funding.ClaimLine) { l.Backfill = true }, ""},
		"backfill by milestones": {func(in *funding.ClaimInput, l *funding.ClaimLine) {
			l.Backfill, in.Evidence = true, funding.MilestoneReport
		}, "evidence: This support is backfill, so the claim needs a timesheet"},
		"no days":            {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.From, in.To = calendar.Date{}, calendar.Date{} }, "from: Enter the first day; to: Enter the last day"},
		"no words":           {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Detail = " " }, "detail: Say what the money was spent on"},
		"long words":         {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.Detail = strings.Repeat("é", 2001) }, "detail: What the money was spent on must be 2000"},
		"no line":            {func(_ *funding.ClaimInput, l *funding.ClaimLine) { *l = funding.ClaimLine{} }, "line: Choose what the claim is for"},
		"in kind":            {func(_ *funding.ClaimInput, l *funding.ClaimLine) { l.Route = funding.InKind }, "line: This support is given in kind"},
		"the provider's":     {func(_ *funding.ClaimInput, l *funding.ClaimLine) { l.Route = funding.PaidToProvider }, "line: The local team pays the provider"},
		"the practice's":     {func(in *funding.ClaimInput, _ *funding.ClaimLine) { in.ByTeam, in.Reference = true, "7" }, "line: The practice claims this money itself"},
		"invoice, no number": {func(in *funding.ClaimInput, l *funding.ClaimLine) { in.ByTeam, l.Route = true, funding.PaidToProvider }, "reference: Enter the number of the provider’s invoice"},
		"like another claim": {func(in *funding.ClaimInput, _ *funding.ClaimLine) {
			in.Alike = []funding.Alike{{Reference: "PRP-2016-000123/1", Amount: 5_00, Source: "CCG", State: funding.ClaimPaid, As: []funding.Likeness{funding.SameNumber, funding.SameDocument}}}
			in.AlikeWhy = " \n"
		}, "alike: Say why this is not for the same thing as another claim. PRP-2016-000123/1 over £5 from CCG (paid) has the same payee and number, and the same document"},
		"typed wrong": {func(in *funding.ClaimInput, _ *funding.ClaimLine) {
			in.Gross = 0
			in.Typed.Add("document", "Choose a file")
			in.Typed.Add("gross", "Enter an amount")
			in.Typed.Add("from-day", "Enter a real date")
			in.From = calendar.Date{}
			in.Detail = ""
		}, "gross: Enter an amount; from-day: Enter a real date; detail: Say what the money was spent on; document: Choose a file"},
	} {
		in, line := rightClaim(), paidLine()
		c.change(&in, &line)
		claim, err := funding.NewClaim(line, in, 3, 7, noon())
		switch {
		case c.wrong == "" && (err != nil || claim.Gross != in.Gross || claim.State != funding.ClaimSubmitted || claim.ClaimedBy != 7 || claim.Number != 3):
			t.Errorf("%s: %+v, %v", name, claim, err)
		case c.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), c.wrong)):
			t.Errorf("%s: %v, want %s", name, err, c.wrong)
		}
	}
}

var claimLadder = funding.Ladder{Limits: limits}

// Whoever claims, checks, approves and releases are four persons, whatever roles each of them holds.
func TestFourEyesOfAClaim(t *testing.T) {
	roles := []account.Role{account.TeamLead, account.FinanceOfficer}
	everything := func(id account.PersonID) account.Actor {
		return account.Actor{Person: account.Person{ID: id}, Assignments: []account.Assignment{{Role: account.FinanceOfficer, Place: account.AtArea, Code: "Q72"}}}
	}
	for claimant := account.PersonID(1); claimant <= 4; claimant++ {
		for checker := account.PersonID(1); checker <= 4; checker++ {
			for approver := account.PersonID(1); approver <= 4; approver++ {
				for releaser := account.PersonID(1); releaser <= 4; releaser++ {
					who := []account.PersonID{claimant, checker, approver, releaser}
					claim, err := funding.NewClaim(paidLine(), rightClaim(), 1, claimant, noon())
					if err != nil {
						t.Fatal(err)
					}
					done := 1
					if claim.Check(checker, noon()) == nil {
						done = 2
						if _, err := claim.Approve(funding.Share{}, claimLadder, nil, roles, approver, noon()); err == nil {
							done = 3
							p := funding.Payable{Claim: claim, Team: "Q72", CaseReference: "PRP-2016-000001"}
							if _, err := funding.NewBatch("Q72", 1, []*funding.Payable{&p}, everything(releaser), noon()); err == nil {
								done = 4
							} else if !fault.IsForbidden(err) {
								t.Errorf("%v: the refusal is %v", who, err)
							}
						}
					}
					want := 1
					for want < 4 && !slices.Contains(who[:want], who[want]) {
						want++
					}
					if done != want {
						t.Errorf("%v came to step %d, not %d", who, done, want)
					}
				}
			}
		}
	}
}

// A step is taken once, and only at its place on the way.
func TestOrderOfAClaim(t *testing.T) {
	steps := map[string]func(*funding.Claim) error{
		"check":  func(c *funding.Claim) error { return c.Check(2, noon()) },
		"return": func(c *funding.Claim) error { return c.Return("The list is missing.", 2, noon()) },
		"approve": func(c *funding.Claim) error {
			_, err := c.Approve(funding.Share{}, claimLadder, nil, []account.Role{account.TeamLead}, 3, noon())
			return err
		},
		"withdraw": func(c *funding.Claim) error {
			return c.Withdraw(funding.ClaimLine{Route: funding.PaidToPractice}, "We claimed too early.", 1, noon())
		},
		"put back": func(c *funding.Claim) error {
			return c.PutBack(funding.BatchItem{}, noon().Now, funding.Back{Kind: funding.PaymentFailed, On: claimDay, Why: "Account closed"}, noon())
		},
		"pay":     func(c *funding.Claim) error { return c.RecordPaid(noon().Now, claimDay, noon()) },
		"receive": func(c *funding.Claim) error { return c.Receive(1, noon()) },
	}
	allowed := map[funding.ClaimState][]string{
		funding.ClaimSubmitted: {"check", "return", "withdraw"}, funding.ClaimChecked: {"return", "withdraw", "approve"}, funding.ClaimBatched: {"pay", "put back"},
		funding.ClaimPaid: {"receive", "put back"}, funding.ClaimApproved: {"return", "withdraw"}, funding.ClaimReturned: nil, funding.ClaimReceived: nil,
	}
	for state, can := range allowed {
		for name, step := range steps {
			c := funding.Claim{Number: 1, State: state, ClaimedBy: 1, Gross: 1_200_00}
			err := step(&c)
			if ok := slices.Contains(can, name); ok != (err == nil) {
				t.Errorf("%s of a claim that is %s: %v", name, state, err)
			} else if !ok && c.State != state {
				t.Errorf("a refused %s moved the claim from %s to %s", name, state, c.State)
			}
		}
	}
}

func TestLimitOfAClaim(t *testing.T) {
	c := funding.Claim{Number: 1, State: funding.ClaimChecked, ClaimedBy: 1, CheckedBy: 2, Gross: 25_000_01}
	if _, err := c.Approve(funding.Share{}, claimLadder, nil, []account.Role{account.TeamLead}, 3, noon()); !fault.IsForbidden(err) || !strings.Contains(err.Error(), "£25,000") {
		t.Errorf("over the limit: %v", err)
	}
	if _, err := c.Approve(funding.Share{}, claimLadder, nil, nil, 3, noon()); !fault.IsForbidden(err) {
		t.Errorf("without a role: %v", err)
	}
	if _, err := c.Approve(funding.Share{}, claimLadder, nil, []account.Role{account.FinanceOfficer}, 3, noon()); err != nil {
		t.Errorf("within the limit: %v", err)
	}
}

func TestDayOfPayment(t *testing.T) {
	released := calendar.MustParse("2017-02-16").Start().Add(15 * 3600e9)
	for day, says := range map[string]string{
		"2017-02-16": "", "2017-02-20": "", "2017-02-15": "paid: The day must not be before the payment was released, on 16 February 2017",
		"2017-02-21": "paid: The day must not be after today, 20 February 2017",
	} {
		c := funding.Claim{State: funding.ClaimBatched}
		if err := c.RecordPaid(released, calendar.MustParse(day), noon()); (err == nil) != (says == "") || err != nil && err.Error() != says {
			t.Errorf("%s: %v, want %q", day, err, says)
		}
	}
	c := funding.Claim{State: funding.ClaimBatched}
	if err := c.RecordPaid(released, calendar.Date{}, noon()); err == nil || c.State != funding.ClaimBatched {
		t.Errorf("without a day: %v", err)
	}
}

func TestWhatAClaimWaitsFor(t *testing.T) {
	targets := funding.ClaimTargets{Days: map[funding.ClaimState]int{funding.ClaimChecked: 5, funding.ClaimApproved: 10, funding.ClaimPaid: 20}}
	for state, want := range map[funding.ClaimState]string{
		funding.ClaimSubmitted: "2017-02-27", funding.ClaimChecked: "2017-03-06", funding.ClaimApproved: "2017-03-20", funding.ClaimBatched: "2017-03-20",
		funding.ClaimPaid: "", funding.ClaimReceived: "", funding.ClaimReturned: "",
	} {
		n := funding.Claim{State: state, ClaimedAt: noon().Now}.Next(targets)
		if n.By.String() != want || n.What == "" || (n.Who == "") != state.Over() {
			t.Errorf("%s waits for %+v", state, n)
		}
	}
}
