package service_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// workedYear plays the year of docs/money.md: each act by the use cases of its day, and after it the balances of the year's budgets.
type workedYear struct {
	t     *testing.T
	w     *servicetest.World
	s     *service.Service // of the day
	today calendar.Date
	rows  []string
}

const workedIn calendar.Year = 2018

// on goes on to a day.
func (y *workedYear) on(day string) {
	y.today = calendar.MustParse(day)
	y.s = onDay(y.w, y.today)
}

// then notes what happened on the day, and the balances after it.
func (y *workedYear) then(what string) {
	y.t.Helper()
	all, together := funding.Balances{}, funding.Pence(0)
	for _, source := range []string{"gprp", funding.OverCommitmentSource} {
		budget, _, err := y.w.Store.FindBudget(y.t.Context(), workedIn, servicetest.Own, source)
		must(y.t, err)
		if budget != 0 {
			balances, err := y.w.Store.BudgetBalances(y.t.Context(), budget)
			must(y.t, err)
			all.Add(balances)
		}
	}
	row := fmt.Sprintf("| %d %s | %s |", y.today.Day(), y.today.Month(), what)
	for _, state := range funding.MoneyStates {
		row += cell(all[state])
		if state != funding.Outside {
			together += all[state]
		}
	}
	y.rows = append(y.rows, row+cell(together))
}

// cell is an amount of whole pounds, or nothing.
func cell(amount funding.Pence) string {
	switch {
	case amount == 0:
		return " |"
	case amount < 0:
		return " −" + strings.TrimPrefix(cell(-amount), " ")
	}
	return " " + strings.TrimPrefix(strings.TrimSuffix(amount.String(), ".00"), "£") + " |"
}

func (y *workedYear) by(name string) service.By { return y.w.By(name) }

// agreed is a change of a budget to which each side agrees.
func (y *workedYear) agreed(in service.NewBudgetChange, asks, gives, takes string) {
	y.t.Helper()
	ctx := y.t.Context()
	in.Year, in.Reason = workedIn, "As the two sides have talked over."
	id, err := y.s.AskForBudgetChange(ctx, y.by(asks), in)
	must(y.t, err)
	must(y.t, y.s.AgreeToBudgetChange(ctx, y.by(gives), id, funding.Giver))
	must(y.t, y.s.AgreeToBudgetChange(ctx, y.by(takes), id, funding.Taker))
}

// offered is a case with an offer of one line that is approved.
func (y *workedYear) offered(net funding.Pence, source, starts, ends string) casework.ID {
	y.t.Helper()
	ctx, id := y.t.Context(), y.w.Supported(y.s)
	l := servicetest.PaidLine(net, "Sessions of locum doctors.")
	l.Source, l.Starts, l.Ends = source, calendar.MustParse(starts), calendar.MustParse(ends)
	must(y.t, y.s.AddLine(ctx, y.by("holder"), id, casework.LineInput{Line: l}))
	must(y.t, y.s.ApproveOffer(ctx, y.by("lead"), service.On{Case: id}))
	must(y.t, y.s.SendOffer(ctx, y.by("holder"), service.On{Case: id}, y.today.AddWorkingDays(support.UsualNotice)))
	return id
}

// accepted takes an offer to a memorandum that both sides accept.
func (y *workedYear) accepted(id casework.ID) {
	y.t.Helper()
	must(y.t, y.s.AcceptOffer(y.t.Context(), y.by("pm"), service.On{Case: id}))
	y.memorandum(id)
}

func (y *workedYear) memorandum(id casework.ID) {
	y.t.Helper()
	ctx := y.t.Context()
	must(y.t, y.s.DraftAgreement(ctx, y.by("holder"), service.On{Case: id}))
	f, err := y.s.Agreement(ctx, y.by("holder"), id)
	must(y.t, err)
	must(y.t, y.s.SignAgreement(ctx, y.by("signatory"), id, signature(f.Live().Hash)))
	must(y.t, y.s.CountersignAgreement(ctx, y.by("lead"), id, f.Live().Hash))
}

// claimed is a claim of the practice on the first line of a case.
func (y *workedYear) claimed(id casework.ID, amount funding.Pence) {
	y.t.Helper()
	l := lineOf(y.t, y.w, id, 1)
	in := servicetest.ClaimOf(l.ID, amount)
	in.From, in.To = l.Starts, l.Ends
	if in.To.After(y.today) {
		in.To = y.today
	}
	must(y.t, y.s.MakeClaim(y.t.Context(), y.by("pm"), id, in, servicetest.Evidence))
}

func (y *workedYear) approved(id casework.ID, claim int) {
	y.t.Helper()
	must(y.t, y.s.CheckClaim(y.t.Context(), y.by("holder"), id, claim, servicetest.NotAlike))
	must(y.t, y.s.ApproveClaim(y.t.Context(), y.by("lead"), id, claim))
}

// remitted releases a claim in a batch of its own, and imports what the paying system says became of it.
func (y *workedYear) remitted(id casework.ID, claim int, outcome, why string) {
	y.t.Helper()
	ctx := y.t.Context()
	page, err := y.s.Claim(ctx, y.by("finance"), id, claim)
	must(y.t, err)
	n, err := y.s.ReleaseBatch(ctx, y.by("finance"), servicetest.Own, []int64{page.Claim.ID})
	must(y.t, err)
	b, err := y.s.Batch(ctx, y.by("finance"), n)
	must(y.t, err)
	day := y.today.Start().Format("02/01/2006")
	content := servicetest.RemittanceOf(b.Reference(), fmt.Sprintf("BACS-%d", n), strings.Join([]string{"1", b.Items[0].Reference, b.Items[0].Amount.Plain(), outcome, day, why}, "|"))
	content = strings.Replace(content, servicetest.Day.Start().Format("02/01/2006"), day, 1)
	_, err = y.s.ImportRemittance(ctx, y.by("finance"), n, file(content))
	must(y.t, err)
}

func (y *workedYear) received(id casework.ID, claim int) {
	y.t.Helper()
	must(y.t, y.s.ConfirmReceived(y.t.Context(), y.by("pm"), id, claim, false))
}

// decided is what the lead decides of a part of the line of a case at the end of the year.
func (y *workedYear) decided(id casework.ID, received bool, choice funding.YearEndChoice) {
	y.t.Helper()
	end, err := y.s.YearEnd(y.t.Context(), y.by("lead"), servicetest.Own, workedIn)
	must(y.t, err)
	for _, l := range end.Lines {
		if l.Case == int64(id) {
			in := funding.YearEndInput{Line: l.Line, Received: received, Choice: string(choice), Amount: l.Amount(received), Reason: "As the list shows."}
			must(y.t, y.s.DecideYearEnd(y.t.Context(), y.by("lead"), servicetest.Own, workedIn, in))
			return
		}
	}
	y.t.Fatal("there is nothing to decide")
}

// The year that docs/money.md tells of is played with the program, and every balance of its table is what the program has.
func TestTheWorkedYearOfTheDocuments(t *testing.T) {
	y := &workedYear{t: t, w: servicetest.Peopled(t)}
	y.play()
	booksBalance(t, y.w)
	document, err := os.ReadFile("../../docs/money.md")
	must(t, err)
	_, section, found := strings.Cut(string(document), "\n## A worked year\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var rows []string
	for _, line := range strings.Split(section, "\n") {
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| day |") {
			rows = append(rows, line)
		}
	}
	for i := range max(len(rows), len(y.rows)) {
		if i >= len(rows) || i >= len(y.rows) || rows[i] != y.rows[i] {
			t.Fatalf("found %v: the table of docs/money.md has another row %d than the program, whose rows are:\n%s", found, i+1, strings.Join(y.rows, "\n"))
		}
	}
}

// play does the acts of the year in their order.
func (y *workedYear) play() {
	t, ctx := y.t, y.t.Context()
	y.on("2018-04-01")
	y.then("the year begins")
	y.on("2018-04-04")
	must(t, servicetest.Fund(ctx, y.s, y.by("region"), y.by("finance"), workedIn, "gprp", 100_000_00))
	y.then("a second person approves the allocation of £100,000")
	y.on("2018-04-18")
	y.agreed(service.NewBudgetChange{Kind: funding.TopUp, Team: servicetest.Own, Source: "gprp", Amount: 20_000_00}, "lead", "region", "finance")
	y.then("both sides have agreed to a top-up of £20,000")
	y.on("2018-04-30")
	y.agreed(service.NewBudgetChange{Kind: funding.Virement, From: servicetest.Own, Team: servicetest.Other, Source: "gprp", Amount: 10_000_00}, "region", "lead", "lead other")
	y.then("both sides have agreed to a virement of £10,000 to another team")

	y.on("2018-05-10")
	a := y.offered(14_000_00, "gprp", "2018-06-01", "2018-11-30")
	b := y.offered(18_000_00, "gprp", "2018-10-01", "2019-03-29")
	y.then("two offers are approved: A of £14,000, B of £18,000")
	y.on("2018-05-24")
	y.accepted(a)
	y.accepted(b)
	y.then("both sides have accepted both memoranda")

	y.on("2018-08-01")
	y.claimed(a, 9_000_00)
	y.then("A claims £9,000")
	y.on("2018-08-03")
	y.approved(a, 1)
	y.then("the claim is checked and approved, by two persons")
	y.on("2018-08-09")
	y.remitted(a, 1, "PAID", "")
	y.then("released in a batch, and paid, as the remittance says")
	y.on("2018-08-15")
	y.received(a, 1)
	y.then("A says that it arrived")
	y.on("2018-09-05")
	y.claimed(a, 3_000_00)
	y.approved(a, 2)
	y.then("another claim of A, of £3,000, is made and approved")
	y.on("2018-09-13")
	y.remitted(a, 2, "FAILED", "Account closed")
	y.then("released, and the remittance says that the payment failed: nothing moves")
	y.on("2018-09-20")
	y.remitted(a, 2, "PAID", "")
	y.then("released again in another batch, and paid")
	y.on("2018-09-27")
	y.received(a, 2)
	y.then("A says that it arrived")

	y.on("2018-10-10")
	must(t, y.s.RaiseRecovery(ctx, y.by("holder"), a, 1, asking(1_500_00)))
	y.then("£1,500 of the first claim is asked back, since it was not all spent")
	y.on("2018-10-12")
	must(t, y.s.DecideRecovery(ctx, y.by("lead"), a, 1, back(3, calendar.MustParse("2018-11-12"))))
	y.then("somebody else decides: to be paid back in three instalments. Nothing moves")
	y.on("2018-12-12")
	must(t, y.s.RecordRepayment(ctx, y.by("finance"), a, 1, came(1_000_00, y.today)))
	y.then("two instalments have come, £1,000: it can be promised again")
	y.on("2018-12-14")
	must(t, y.s.DecideRecovery(ctx, y.by("lead"), a, 1, waive))
	y.then("the third, £500, is waived: it stays spent")
	y.on("2018-12-17")
	closing, err := y.s.Closing(ctx, y.by("holder"), a)
	must(t, err)
	must(t, y.s.Close(ctx, y.by("holder"), service.On{Case: a}, servicetest.ClosingOf(closing, "stabilised", "Every session is filled again.")))
	y.then("A is closed: the £2,000 that nobody claimed is released")

	y.on("2018-12-18")
	y.agreed(service.NewBudgetChange{Kind: funding.OverCommitment, Team: servicetest.Own, Amount: 6_000_00, Until: calendar.MustParse("2019-01-31")}, "lead", "region", "finance")
	y.then("both sides have agreed to an over-commitment of £6,000 until 31 January")
	y.on("2018-12-19")
	c := y.offered(4_000_00, funding.OverCommitmentSource, "2019-01-14", "2019-03-15")
	y.then("an offer from it is approved: C of £4,000")
	y.on("2019-01-08")
	y.accepted(c)
	y.then("both sides have accepted the memorandum of C")
	y.on("2019-01-15")
	f, err := y.s.Forecast(ctx, y.by("lead"), workedIn, servicetest.Own)
	must(t, err)
	y.then(fmt.Sprintf("the forecast expects %s to be unspent on 31 March: %s at best, %s at worst", whole(f.Expected().Unspent()), whole(f.Least()), whole(f.Most())))
	y.on("2019-02-01")
	n, err := y.s.EndOverCommitments(ctx)
	must(t, err)
	if n != 1 {
		t.Errorf("%d over-commitments ended", n)
	}
	y.then("the over-commitment has ended: the £2,000 that was not promised goes back")

	y.on("2019-03-20")
	y.claimed(c, 4_000_00)
	y.approved(c, 1)
	y.remitted(c, 1, "PAID", "")
	y.received(c, 1)
	y.then("C has claimed £4,000; it was approved, paid and received")
	y.on("2019-03-25")
	y.claimed(b, 6_000_00)
	y.then("B claims £6,000, and £12,000 of its work is not delivered")
	y.decided(b, true, funding.Accrue)
	y.on("2019-03-28")
	must(t, servicetest.Fund(ctx, y.s, y.by("region"), y.by("finance"), workedIn+1, "gprp", 50_000_00))
	must(t, y.s.VaryAgreement(ctx, y.by("holder"), service.On{Case: b}, "A part of the work is put off to May."))
	file, err := y.s.Offer(ctx, y.by("holder"), b)
	must(t, err)
	less := file.Variation.Lines[0]
	less.Net = 11_000_00
	must(t, y.s.ChangeLine(ctx, y.by("holder"), b, file.Variation.Version, casework.LineInput{Line: less}))
	next := servicetest.PaidLine(7_000_00, "Sessions of locum doctors.")
	next.Starts, next.Ends = calendar.MustParse("2019-05-01"), calendar.MustParse("2019-07-31")
	must(t, y.s.AddLine(ctx, y.by("holder"), b, casework.LineInput{Line: next}))
	must(t, y.s.ApproveOffer(ctx, y.by("lead"), service.On{Case: b}))
	y.memorandum(b)
	y.then("a variation of B is in force, which carries £7,000 forward: it is free here, and committed in 2019/20")
	y.on("2019-03-31")
	y.decided(b, false, funding.ReleaseLeft)
	y.then("the year ends: £6,000 is accrued, and £5,000 is to be released")
	y.on("2019-04-01")
	must(t, y.s.AskToCloseYear(ctx, y.by("lead"), servicetest.Own, workedIn, "Agreed with the region."))
	y.then("one person asks to close the year. Nothing moves")
	y.on("2019-04-02")
	must(t, y.s.SettleYearClosing(ctx, y.by("finance"), servicetest.Own, workedIn, funding.ClosingAnswer{Agree: true}))
	y.then("another one agrees: the £5,000 is released. What is available now lapses")

	y.on("2019-04-09")
	y.approved(b, 1)
	y.then("the accrued claim of B is checked and approved")
	y.on("2019-04-16")
	y.remitted(b, 1, "PAID", "")
	y.then("released in a batch, and paid, from 2018/19")
	y.on("2019-04-23")
	y.received(b, 1)
	y.then("B says that it arrived")
}

// whole is an amount of whole pounds, as a sentence has it.
func whole(amount funding.Pence) string { return strings.TrimSuffix(amount.String(), ".00") }
