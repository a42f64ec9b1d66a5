package journey

import (
	"context"
	"strings"
	"testing"

	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// backfill is what the practice is paid for in the world of the walk.
const backfill = "Backfill while two partners leave. " + servicetest.MarkProblem

// Money that comes back, and the end of the year. Money of a claim is asked back, a second person decides on instalments, one
// of them is overdue, some comes back and the rest is waived; then what is open at the end of the year is decided, and a year is
// closed by two people.
func TestMoneyThatComesBackAndTheEndOfTheYear(t *testing.T) {
	keepsBooks(t, func(t *testing.T, b *books) {
		h, l, f := b.enters(t, "holder"), b.enters(t, "lead"), b.enters(t, "finance")
		b.asksMoneyBack(h, l)
		b.decidesOnInstalments(l)
		m := b.enters(t, "pm")
		b.getsSomeBack(t, m, f, l)
		b.waivesTheRest(l, f)
		b.decidesTheYear(l, f)
		b.closesAYear(l, f, b.enters(t, "region"))
	})
}

// asksMoneyBack: who has the case asks, with an amount that is told what is wrong with it; and does not decide.
func (b *books) asksMoneyBack(h, l *person) {
	h.t.Helper()
	const found = "Four of the twelve sessions had no doctor."
	claim, _ := b.claimOf("received")
	h.visit(claim)
	h.clickLink("Ask money of this claim back")
	h.fill("What was found?", found)
	for amount, says := range map[string]string{
		"600.5": "Enter pounds and two digits of pence, such as 1,250.50",
		"1,201": "£1,200 of this claim was paid and has not been asked back: enter that or less",
		"":      "Enter how much is asked back",
	} {
		h.fill("How much is asked back?", amount)
		h.clickButton("Ask it back")
		h.gets(422)
		h.mustMend("How much is asked back?", says)
		h.mustMend("Why is it to come back?", "Choose why the money is to come back")
		h.holds("How much is asked back?", amount)
		h.holds("What was found?", found)
	}
	h.fill("How much is asked back?", "£600.00")
	h.choose("It was not all spent")
	h.twice("Ask it back", claim+"/recovery")
	h.sees("The practice is told. Somebody else decides whether it is paid back or waived.", "Money to be paid back: £600", "To be decided")
	h.isRefused(claim+"/recovery/decision", 403, "This page is not part of what your roles do")
	l.visit("/cases")
	l.offersLink("1 case with money that is asked back, to be decided")
}

// decidesOnInstalments: the lead, who did not ask.
func (b *books) decidesOnInstalments(l *person) {
	l.t.Helper()
	l.clickLink("1 case with money that is asked back, to be decided")
	l.clickLink("MARIGOLD SURGERY")
	l.visit(l.path() + "/money")
	l.clickLink("See what became of that, and what is still to be paid back")
	l.clickButton("Decide on the money that is asked back")
	l.choose("It is to be paid back")
	l.fill("In how many monthly instalments?", "25")
	l.fillDay("By which day is the first due?", "18", "1", "2017")
	l.fill("Why?", "The practice keeps what it needs for its wages.")
	l.clickButton("Decide")
	l.gets(422)
	l.mustMend("In how many monthly instalments?", "Enter a number of instalments from 1 to 24")
	l.mustMend("By which day is the first due?", "The first instalment must be due after today, 18 January 2017")
	l.holds("Why?", "The practice keeps what it needs for its wages.")
	l.fill("In how many monthly instalments?", "3")
	l.fillDay("By which day is the first due?", "31", "1", "2017")
	l.clickButton("Decide")
	l.sees("It is decided, and the practice is told.", "To be paid back", "The next instalment is due by 31 January 2017.")
	for _, due := range []string{"31 January 2017", "28 February 2017", "31 March 2017"} {
		l.hasRow(due, "£200", "£0", "Not due yet")
	}
}

// getsSomeBack: the first instalment is overdue, which the practice and the team read; then a part comes back.
func (b *books) getsSomeBack(t *testing.T, m, f, l *person) {
	t.Helper()
	claim, _ := b.claimOf("received")
	b.turnTo("2017-02-01")
	b.runs(t, func(s *service.Service) (int, error) { return s.RemindOfRecoveries(context.Background()) }, 1)
	m.visit(claim)
	m.sees("Overdue: £200", "Your contact tells you how to pay it back", "Why this was decided", "The practice keeps what it needs for its wages.")
	m.hasRow("31 January 2017", "£200", "£0", "Overdue")
	l.visit("/cases")
	l.offersLink("1 case with an instalment that is overdue")
	f.visit(claim)
	f.clickButton("Record money that came back")
	f.fill("How much came back?", "600.01")
	f.fillDay("On which day did it arrive?", "2", "2", "2017")
	f.clickButton("Record it")
	f.gets(422)
	f.mustMend("How much came back?", "£600 of it is still to come back: enter that or less")
	f.mustMend("On which day did it arrive?", "The day must not be after today, 1 February 2017")
	f.fill("How much came back?", "250")
	f.fillDay("On which day did it arrive?", "1", "2", "2017")
	f.twice("Record it", claim+"/recovery/repayment")
	f.sees("It is recorded, and the practice is told.", "Came back so far £250", "Still to come back £350")
	f.hasRow("31 January 2017", "£200", "£200", "Paid back")
	f.hasRow("28 February 2017", "£200", "£50", "Not due yet")
	l.isRefused(claim+"/recovery/repayment", 403, "This page is not part of what your roles do")
}

// waivesTheRest: what has not come back stays spent, and what has is there to be promised.
func (b *books) waivesTheRest(l, f *person) {
	l.t.Helper()
	claim, _ := b.claimOf("received")
	l.visit("/budgets/1?figure=left")
	l.sees("Left to promise", "£50,650")
	found := false
	for _, row := range l.rows() {
		if row[0] == "1 February 2017" {
			found = true
			if row[1] != "Recovered" || row[3] != "To be paid back" || row[4] != "Left to promise" || row[5] != "Fay Finance" || row[7] != "£50,650" {
				l.t.Errorf("the entry is %q", row)
			}
		}
	}
	if !found {
		l.t.Error("the statement does not have what came back")
	}
	l.visit(claim)
	l.clickLink("Waive what has not come back")
	l.choose("What is left of it is waived: £350")
	l.fill("Why?", "Its rent doubled.")
	l.clickButton("Decide")
	l.sees("Waived", "£350: Its rent doubled.")
	f.visit("/reconciliation?year=2016")
	f.sees("Everything agrees to the penny")
	f.hasRow("Waived", "£350", "£350", "£350", "£350", "Agrees")
	f.hasRow("To be paid back", "£0", "£0", "£0", "£0", "Agrees")
}

// decidesTheYear: from 1 March the lead decides what is done with a line; what is not decided is in the way.
func (b *books) decidesTheYear(l, f *person) {
	l.t.Helper()
	const why = "The timesheets of March are in."
	l.visit("/position?year=2016&team=" + servicetest.Own)
	l.clickLink("Decide what is done at the end of this year, and close it")
	l.isAt("The end of the year")
	l.sees("The end of the year is decided from 1 March 2017 on")
	b.turnTo("2017-03-01")
	l.visit(l.path())
	_, claimed := b.claimOf("claimed")
	l.hasRow(strings.TrimSuffix(claimed, "/1")+"MARIGOLD SURGERY", backfill, "£1,200", "Decide")
	l.clickLink("Decide " + strings.TrimSuffix(claimed, "/1") + ", " + backfill + ", received and not paid")
	l.sees("Claimed and not paid £1,200", "To be decided £1,200")
	l.fill("Reason", why)
	l.clickButton("Save the decision")
	l.gets(422)
	l.mustMend("What is done with it?", "Choose what is done with it")
	l.holds("Reason", why)
	l.choose("Accrue it: the work was received, and is paid later from this year")
	l.clickButton("Save the decision")
	l.sees("The decision is saved.", why, "Leah Lead", "lines are in the way of closing")
	b.turnTo("2017-04-01")
	f.visit(l.path())
	f.sees("lines are in the way of closing")
	if f.hasButton("Ask to close the year") {
		f.t.Error("a year can be closed while lines are in the way")
	}
}

// closesAYear: the next year, of which nothing is open, is closed by two people; nothing comes into it any more.
func (b *books) closesAYear(l, f, r *person) {
	f.t.Helper()
	const path = "/year-end/" + servicetest.Own + "/2017"
	b.turnTo("2018-03-31")
	f.visit(path)
	f.sees("The year can be closed from 1 April 2018 on")
	b.turnTo("2018-04-01")
	f.visit(path)
	f.clickButton("Ask to close the year")
	f.gets(422)
	f.mustMend("Why can it be closed?", "Say that the figures are agreed, and with whom")
	f.fill("Why can it be closed?", "Agreed with the region.")
	f.clickButton("Ask to close the year")
	f.sees("Somebody else has to agree now.", "You asked for this, so somebody else must agree")
	l.visit("/work?what=close_year")
	l.clickLink("Agree to the closing of a financial year")
	l.sees("Agreed with the region.")
	l.fill("Or say why it is not closed yet", "")
	l.twice("Close the year", path+"/closing/agreement")
	l.sees("The year is closed.", "This year was closed by Fay Finance and Leah Lead on 1 April 2018.")
	r.visit("/allocations/new")
	r.pick("Local team", servicetest.Own)
	r.choose("2017/18")
	r.fill("Amount in pounds", "1,000")
	r.fill("Reason", "A late share.")
	r.clickButton("Enter the allocation")
	r.gets(422)
	r.mustMend("Financial year", "2017/18 is closed for Q72, and nothing comes into it any more: choose a year that is open")
	r.holds("Amount in pounds", "1,000")
}
