package journey

import (
	"context"
	"strings"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/funding"
	"resilience/app/service"
)

// People of another team, whose lead gives money away, and a second programme manager of the nation is publisher.
var (
	leadThere    = somebody{"Osric Blythe", "osric.blythe@north-east.example", account.TeamLead, []string{"Q74"}}
	financeThere = somebody{"Tamsin Reay", "tamsin.reay@north-east.example", account.FinanceOfficer, []string{"Q74"}}
)

// Names of the two teams in the register.
const (
	here  = "Yorkshire and the Humber"
	there = "Cumbria and North East"
)

// Budgets that change. A national total is divided and approved by two people; a virement, a top-up and an over-commitment
// each have one person who asks and two who agree; what is left of the over-commitment goes back by itself. The statement, the
// position on a day, the forecast and the reconciliation tell the same.
func TestBudgetsThatChange(t *testing.T) {
	needed(t)
	for _, kind := range []struct {
		name    string
		scripts bool
		wide    int64
	}{{"with scripts", true, desktop}, {"without scripts, narrow", false, narrow}} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			days := &almanac{day: today, began: time.Now()}
			s := newSiteAt(t, world, false, service.Clock{Programme: days.now, Real: time.Now})
			s.scripts, s.wide = kind.scripts, kind.wide
			for _, one := range []somebody{leadThere, financeThere, finance, drafter, publisher, programme} {
				must(t, add(context.Background(), s.service, one, true))
			}
			share := dividesTheTotal(s.signsIn(t, drafter), s.signsIn(t, publisher))
			l, f := s.signsIn(t, lead), s.signsIn(t, finance)
			vires(l, s.signsIn(t, leadThere), s.signsIn(t, financeThere), f)
			toppedUp(f, s.signsIn(t, programme), l)
			s.overCommits(t, days, f)
			readsTheBooks(f, share)
		})
	}
}

// dividesTheTotal: shares by registered patients come to the total to the penny, and another person approves them. It returns
// the share of the team here.
func dividesTheTotal(d, p *person) (ours funding.Pence) {
	d.t.Helper()
	d.clickLink("Money")
	d.clickLink("Divide a national total by registered patients")
	d.fill("National total in pounds", "1250.5")
	d.clickButton("Show the shares")
	d.gets(422)
	d.mustMend("National total in pounds", "Enter pounds and two digits of pence, such as 1,250.50")
	d.fill("National total in pounds", "£160,500.25")
	d.clickButton("Show the shares")
	d.clickButton("Enter these shares as allocations")
	d.gets(422)
	d.mustMend("Reason", "Say why this money is allocated, or where it was decided")
	d.fill("Reason", "The share of the year, by the board's paper.")
	d.twice("Enter these shares as allocations", "/divisions")
	d.sees("The shares wait for somebody else to approve them.", "£160,500.25 in all", "You entered these shares, so somebody else must approve them")
	p.visit(d.path())
	p.twice("Approve all shares that wait", d.path()+"/approval")
	p.sees("The shares are approved. The teams can promise them now.")
	all := p.rows()[len(p.rows())-1]
	if all[0] != "All teams" || all[2] != "£160,500.25" {
		p.t.Errorf("the shares come to %q", all)
	}
	odd := 0
	for _, row := range p.rows()[:len(p.rows())-1] {
		if row[0] == here {
			share, err := funding.ParsePence(row[2])
			p.must("read the share", err)
			ours = share
		}
		if !strings.HasSuffix(row[2], ",000") {
			odd++
		}
	}
	if odd != 1 {
		p.t.Errorf("%d shares are no whole thousands of pounds, not the largest alone: %q", odd, p.rows())
	}
	return ours
}

// vires: money of the other team comes here, once one of each team has agreed who did not ask.
func vires(l, giver, second, f *person) {
	l.t.Helper()
	l.clickLink("Money")
	l.clickLink("Ask for a virement")
	l.pick("Which local team gives the money?", there)
	l.pick("Which local team gets it?", here)
	l.fill("Amount in pounds", "9,000,000")
	l.fill("Reason", "Two practices here close in March.")
	l.clickButton("Ask for it")
	l.gets(422)
	l.sees("There is a problem", there+" has only £")
	l.holds("Reason", "Two practices here close in March.")
	l.fill("Amount in pounds", "5,000")
	l.twice("Ask for it", "/budget-changes")
	l.sees("It waits for both sides to agree.", "£5,000", "To be agreed", "You asked for this, so somebody else must agree")
	change := l.path()

	giver.clickLink("Money")
	giver.clickLink("Virement of £5,000 to " + here)
	giver.clickButton("Refuse it")
	giver.gets(422)
	giver.mustMend("Why is it refused?", "Say why it is refused")
	giver.twice("Agree for "+there, change+"/agreement")
	giver.offersLink("Show the statement of the budget that gives it")
	giver.sees("Your agreement is noted. The other side has still to agree.", "One side agreed")
	second.visit(change)
	second.sees("Only the lead or a finance officer of " + here)
	f.visit(change)
	f.clickButton("Agree for " + here)
	f.sees("Both sides have agreed. The money has moved.", "Agreed", leadThere.name, finance.name)
}

// toppedUp: the programme manager of the region agrees for the programme, and the lead for the team.
func toppedUp(f, r, l *person) {
	f.t.Helper()
	f.clickLink("Money")
	f.clickLink("Ask for a top-up")
	f.pick("Which local team gets it?", here)
	f.choose("CCG top-up")
	f.fill("Amount in pounds", "2,500.50")
	f.fill("Reason", "The CCG adds to it.")
	f.clickButton("Ask for it")
	f.sees("It waits for both sides to agree.", "Only a programme manager of the team’s region or of the nation can agree for the programme")
	change := f.path()
	l.visit(change)
	l.clickButton("Agree for " + here)
	l.sees("Your agreement is noted. The other side has still to agree.")
	r.visit(change)
	r.clickButton("Agree for the programme")
	r.sees("Both sides have agreed. The money has moved.")
	r.clickLink("Show the statement of the budget that gets it")
	r.hasRow("£2,500.50", "£2,500.50", "£0", "£0", "£0", "£0", "£0", "£0")
}

// overCommits: leave to promise more, until a day; on the day after what was not promised goes back.
func (s *site) overCommits(t *testing.T, days *almanac, f *person) {
	t.Helper()
	f.clickLink("Money")
	f.clickLink("Ask for an over-commitment")
	f.pick("Which local team gets it?", here)
	f.fill("Amount in pounds", "3,000")
	f.fillDay("What is the last day on which it can be promised?", "31", "2", "2017")
	f.fill("Reason", "An offer is due before the top-up comes.")
	f.clickButton("Ask for it")
	f.gets(422)
	f.mustMend("What is the last day on which it can be promised?", "Enter a real date, such as 27 3 2017")
	f.fillDay("What is the last day on which it can be promised?", "31", "1", "2017")
	f.clickButton("Ask for it")
	change := f.path()
	r, l := s.signsIn(t, programme), s.signsIn(t, lead)
	r.visit(change)
	r.clickButton("Agree for the programme")
	l.visit(change)
	l.clickButton("Agree for " + here)
	l.sees("Can be promised until 31 January 2017", "Both sides have agreed. The money has moved.")
	days.turnTo("2017-01-31")
	n, err := s.service.EndOverCommitments(context.Background())
	must(t, err)
	days.turnTo("2017-02-01")
	m, err := s.service.EndOverCommitments(context.Background())
	must(t, err)
	if n != 0 || m != 1 {
		t.Errorf("on its last day %d ended, and on the day after %d", n, m)
	}
	l.visit(change)
	l.sees("Ended", "Taken back after its last day £3,000, first on 1 February 2017", "Promised, and stays £0")
}

// readsTheBooks: the statement, the position on two days, the forecast and the reconciliation.
func readsTheBooks(f *person, share funding.Pence) {
	f.t.Helper()
	with := func(more funding.Pence) string { return (share + more).String() }
	f.clickLink("Money")
	f.clickLink("Show how the budgets stood on any day: paid, accrued, still to be delivered, uncommitted")
	f.fillDay("At the end of which day?", "30", "2", "2017")
	f.clickButton("Show")
	f.gets(422)
	f.mustMend("At the end of which day?", "Enter a real date, such as 27 3 2017")
	f.fillDay("At the end of which day?", "31", "1", "2017")
	f.clickButton("Show")
	f.sees("At the end of 31 January 2017")
	f.hasRow("All of these", with(10_500_50), "£0", "£0", "£0", "£0", with(10_500_50))
	f.fillDay("At the end of which day?", "1", "2", "2017")
	f.clickButton("Show")
	f.hasRow("All of these", with(7_500_50), "£0", "£0", "£0", "£0", with(7_500_50))
	f.clickLink("Forecast what will be unspent on 31 March")
	f.sees("On 31 March 2017", "This team has committed nothing of this year yet", "From £5,000 on they are its own")
	f.visit("/reconciliation?year=2016")
	f.sees("Everything agrees to the penny")
	f.hasRow("Left to promise", with(7_500_50), with(7_500_50), with(7_500_50), with(7_500_50), "Agrees")
}
