package journey

import (
	"context"
	"testing"

	"resilience/app/account"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// What is left at the end of a year. Of one case a line is carried forward, by a variation with a line of next year, and another is released, which the
// closing does; each decision says what is still to be done. What is open in other cases is decided past the browser.
func TestWhatIsLeftAtTheEndOfAYear(t *testing.T) {
	keepsBooks(t, func(t *testing.T, b *books) {
		b.turnTo("2017-03-01")
		h, l, s := b.enters(t, "holder"), b.enters(t, "lead"), b.enters(t, "signatory")
		b.carriesForwardAndReleases(l)
		b.variesIntoNextYear(h, l, s)
		b.decidesTheOthers(t)
		b.turnTo("2017-04-03")
		b.closingReleases(b.enters(t, "finance"), b.enters(t, "lead"))
	})
}

// lastYear is the page of the end of the year, interim what else the case bought.
const (
	lastYear = "/year-end/" + servicetest.Own + "/2016"
	interim  = "An interim practice manager. " + servicetest.MarkProblem
)

// carriesForwardAndReleases: both decisions are made by buttons, with a reason each.
func (b *books) carriesForwardAndReleases(l *person) {
	l.t.Helper()
	const forward, gone = "The doctor comes in April.", "The manager was found without it."
	of := b.world.File("auditor", "delivery").Reference
	l.visit(lastYear)
	l.clickLink("Decide " + of + ", " + backfill + ", not delivered")
	l.sees("Work that was not delivered", "To be decided £10,000")
	l.clickButton("Save the decision")
	l.gets(422)
	l.mustMend("What is done with it?", "Choose what is done with it")
	l.mustMend("Reason", "Say why")
	l.choose("Carry it forward: the work is to be paid from next year’s money")
	l.fill("Reason", forward)
	l.clickButton("Save the decision")
	l.sees("The decision is saved.", "Carry it forward", forward, "To be done: Vary the memorandum, with a line of next year in the place of this one.")
	l.clickLink("Decide " + of + ", " + interim + ", not delivered")
	l.sees("To be decided £4,800")
	l.choose("Release it: the work will not be done")
	l.fill("Reason", gone)
	l.clickButton("Save the decision")
	l.sees("Release it", gone, "£4,800 goes back to the budget when the year is closed.")
	b.hasMoney(l, "delivery", "£0", "£14,800", "£0", "£0", "£0", "£0", "£14,800") // nothing moved by that
}

// variesIntoNextYear: what was carried forward is put on a line of next year, approved and accepted, and is in the way no more.
func (b *books) variesIntoNextYear(h, l, s *person) {
	h.t.Helper()
	of, path := b.world.File("auditor", "delivery").Reference, paths.Case(b.world.Case("delivery"))
	l.visit(lastYear)
	l.clickLink("Go to the case " + of)
	h.visit(path + "/agreement/variation")
	h.fill("Why is it to be changed?", "The doctor comes in April.")
	h.clickButton("Begin the variation")
	h.clickLink("Remove (1. Help with workforce issues)")
	h.clickButton("Remove the line")
	h.clickButton("Add a line of support")
	h.pick("What kind of help is it?", "Help with")
	h.pick("Which need does it answer?", "Staff")
	h.fill("What is the help?", sessions)
	h.fill("What is expected to come of it?", "Every session has a doctor.")
	h.fill("How will that be seen?", "The rota in June.")
	h.choose("Paid to the practice (section 96)")
	h.fill("Price without VAT, in pounds", "10,000")
	h.fill("VAT on all of it, in pounds", "0")
	h.fillDay("First day", "3", "4", "2017")
	h.fillDay("Last day", "31", "5", "2017")
	h.clickButton("Add the line")
	h.sees("The line is added.", sessions, "£10,000")
	l.visit(path)
	l.clickButton("Approve the variation")
	l.clickButton("Approve the variation")
	l.sees("The variation is approved")
	h.visit(path)
	h.clickButton("Write the memorandum as varied")
	h.clickButton("Write the memorandum")
	s.visit(path + "/agreement/acceptance")
	s.fill("Your role in the practice", "Partner")
	s.tick("I have read this memorandum of understanding and accept it")
	s.clickButton("Accept")
	l.visit(path + "/agreement/countersignature")
	l.clickButton("Accept")
	l.sees("version 2", "In force")
	l.visit(lastYear)
	l.doesNotSee("To be done: Vary the memorandum")
	l.visit("/budgets/2?figure=committed")
	l.sees("£10,000", of)
}

// decidesTheOthers gives back what is reserved, and decides each line that is open, past the browser.
func (b *books) decidesTheOthers(t *testing.T) {
	t.Helper()
	ctx, l := t.Context(), b.world.By("lead")
	for _, name := range []string{"offerapproved", "offered", "accepted", "proposed"} {
		must(t, b.service.Withdraw(ctx, b.world.By("pm"), service.On{Case: b.world.Case(name)}, "The year is over."))
	}
	y, err := b.service.YearEnd(ctx, l, servicetest.Own, 2016)
	must(t, err)
	for _, line := range y.Lines {
		for received, choice := range map[bool]funding.YearEndChoice{true: funding.Accrue, false: funding.ReleaseLeft} {
			if _, decided := line.Decided(received); decided || line.Amount(received) == 0 {
				continue
			}
			in := funding.YearEndInput{Line: line.Line, Received: received, Choice: string(choice), Amount: line.Amount(received), Reason: "As the lists show."}
			must(t, b.service.DecideYearEnd(ctx, l, servicetest.Own, 2016, in))
		}
	}
}

// closingReleases: the second person's agreement gives back what was decided to be released.
func (b *books) closingReleases(f, l *person) {
	f.t.Helper()
	f.visit(lastYear)
	f.fill("Why can it be closed?", "Agreed with the region.")
	f.clickButton("Ask to close the year")
	f.sees("Somebody else has to agree now.")
	l.visit(lastYear)
	l.sees("Agreed with the region.", "Closing the year gives £", "back to the budget, which was decided to be released.")
	l.twice("Close the year", lastYear+"/closing/agreement")
	l.sees("This year was closed by Fay Finance and Leah Lead on 3 April 2017.")
	b.hasMoney(l, "delivery", "£0", "£10,000", "£0", "£0", "£0", "£0", "£10,000")
	l.sees("£4,800 was not delivered by the end of 2016/17 and went back to the budget")
	f.visit("/reconciliation?year=2016")
	f.sees("Everything agrees to the penny")
}

// A practice that merged. What it claims is stopped with the name of the practice that took over; its cases are handed to that one, which claims; and it
// sees them no more.
func TestAPracticeThatMerged(t *testing.T) {
	keepsBooks(t, func(t *testing.T, b *books) {
		in := practice.Successor{Predecessor: servicetest.Marigold, Successor: servicetest.Teasel, Kind: practice.MergedInto, From: servicetest.Day}
		must(t, b.service.RecordSuccessor(t.Context(), service.By{Actor: account.Operator}, in)) // at the command line
		b.turnTo("2017-03-01")                                                                   // the work of February is done
		const spent = "Fifteen sessions of a locum doctor, all in February."
		sessions := typedClaim{net: "1,500", vat: "0", gross: "1,500", from: "1", to: "14", detail: spent, file: "timesheet.pdf"}
		money := paths.Section(b.world.Case("delivery"), paths.MoneySection)
		m, h := b.enters(t, "pm"), b.enters(t, "holder")
		m.visit(money)
		m.clickButton("Claim money")
		m.types(sessions)
		m.clickButton("Send the claim")
		m.gets(409)
		m.sees("MARIGOLD SURGERY merged on 18 January 2017, so it cannot claim money any more. It was taken over by TEASEL HEALTH CENTRE (X10002). The case passes to it, which then claims what is still to be claimed.")
		m.stillHolds(spent)
		b.hasMoney(m, "delivery", "£0", "£14,800", "£0", "£0", "£0", "£0", "£14,800")

		b.runs(t, func(s *service.Service) (int, error) { return s.HandToSuccessors(context.Background()) }, 28)
		m.visit(money)
		m.gets(404)
		m.doesNotHold(b.world.File("auditor", "delivery").Reference)
		s := b.enters(t, "pm member")
		b.claims(s, "delivery", "1", sessions)
		s.sees("To be checked", "Paid to TEASEL HEALTH CENTRE (section 96)", spent)
		h.visit(paths.Case(b.world.Case("delivery")))
		h.isAt("TEASEL HEALTH CENTRE")
		h.didOnce("Case handed to the practice that took over")
		h.sees("TEASEL HEALTH CENTRE took over from MARIGOLD SURGERY on 18 January 2017, and has this case and what is still to be claimed, paid or paid back in it.")
	})
}
