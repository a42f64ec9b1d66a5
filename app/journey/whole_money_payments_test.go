package journey

import (
	"context"
	"strings"
	"testing"

	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// Payments that go wrong. Of a batch of three one payment is made, one fails and one comes back, as the file of the paying
// system says; what is wrong with such a file is told and changes nothing. A practice disputes a payment, and another one is
// asked again.
func TestPaymentsThatGoWrong(t *testing.T) {
	keepsBooks(t, func(t *testing.T, b *books) {
		b.approves(t, "claimed", "checked")
		f, l := b.enters(t, "finance"), b.enters(t, "lead")
		batch, claims := b.releasesThree(f)
		b.importsWrongFiles(f, claims)
		b.importsTheRemittance(f, batch, claims)
		b.releasesAnew(f, l, batch, claims)
		m := b.enters(t, "pm")
		b.disputes(m, l)
		b.staysSilent(t, m, f, l)
	})
}

// releasesThree: three claims are chosen, totalled and released. It returns the page of the batch, and its claims in order.
func (b *books) releasesThree(p *person) (batch string, claims []string) {
	p.t.Helper()
	p.clickLink("Payments")
	p.sees("3 claims, £3,600 in all.")
	for _, name := range []string{"claimed", "checked", "approved"} {
		_, reference := b.claimOf(name)
		p.tick("£1,200 to MARIGOLD SURGERY, " + reference)
	}
	p.clickButton("Continue")
	p.isAt("Release these payments?")
	p.sees("3 claims, £3,600 in all.")
	p.twice("Release £3,600", "/payments/batches")
	p.sees("Batch Q72-0005", "0 of 3", "Sequence number of the team 5")
	for _, row := range p.rows() {
		claims = append(claims, row[1])
	}
	return p.path(), claims
}

// importsWrongFiles: each thing that is wrong with a file is told with its line, and nothing is recorded.
func (b *books) importsWrongFiles(p *person, claims []string) {
	p.t.Helper()
	const field = "Remittance file of the paying system"
	right := servicetest.RemittanceOf("Q72-0005", "BACS-1", "1|"+claims[0]+"|1200.00|PAID|18/01/2017|")
	p.clickButton("Import the remittance")
	p.gets(422)
	p.mustMend(field, "Choose the file from the paying system")
	for name, wrong := range map[string]struct{ content, says string }{
		"totals.txt":  {strings.Replace(right, "|120000", "|120001", 1), "Line 3: the foot says £1,200.01, and the payments of the file come to £1,200"},
		"unknown.txt": {strings.Replace(right, "L|1|", "L|9|", 1), "Line 2: there is no payment “9” in batch Q72-0005"},
		"amount.txt":  {strings.NewReplacer("1200.00", "1200.50", "120000", "120050").Replace(right), "Line 2: the file has £1,200.50 for claim " + claims[0] + ", and £1,200 was released"},
		"another.txt": {strings.Replace(right, "0005", "0004", 1), "Line 1: the file is of batch “Q72-0004”, and this is batch Q72-0005"},
		"half.txt":    {strings.Split(right, "F|")[0], "Line 2: the foot is missing, so the file is not whole"},
	} {
		p.hands(p.paper(name, wrong.content))
		p.clickButton("Import the remittance")
		p.gets(422)
		p.mustMend(field, wrong.says)
		p.sees("0 of 3")
	}
}

// importsTheRemittance: one payment was made, one failed, and one that was recorded as paid came back. The file goes in once.
func (b *books) importsTheRemittance(p *person, batch string, claims []string) {
	p.t.Helper()
	p.visit(batch)
	p.clickLink("Record the payment of " + claims[2])
	p.fillDay("On which day was it paid?", "18", "1", "2017")
	p.clickButton("Record it")
	p.sees("The payment is recorded, and the practice is told.", "1 of 3")
	file := p.paper("remittance.txt", servicetest.RemittanceOf("Q72-0005", "BACS-2", "1|"+claims[0]+"|1200.00|PAID|18/01/2017|",
		"2|"+claims[1]+"|1200.00|FAILED|18/01/2017|Account closed", "3|"+claims[2]+"|1200.00|RETURNED|18/01/2017|Payee unknown"))
	p.hands(file)
	p.clickButton("Import the remittance")
	p.sees("The remittance is recorded.", "Recorded as paid 1 of 3", "Failed or came back 2")
	p.hasRow("1", claims[0], "MARIGOLD SURGERY (X10001)", "£1,200", "Paid", "18 January 2017, recorded by Fay Finance Failed or came back")
	p.hasRow("2", claims[1], "MARIGOLD SURGERY (X10001)", "£1,200", "Failed", "Failed on 18 January 2017: Account closed. Recorded by Fay Finance It was made after all")
	p.hasRow("3", claims[2], "MARIGOLD SURGERY (X10001)", "£1,200", "Came back", "Came back on 18 January 2017: Payee unknown. Recorded by Fay Finance It was made after all")
	p.hands(file)
	p.clickButton("Import the remittance")
	p.gets(422)
	p.sees("This file was imported before, for batch Q72-0005 by Fay Finance", "Nothing is changed")
}

// releasesAnew: what did not arrive stands on the lists until it is paid again, and a file that says that it was paid after all
// is pointed out.
func (b *books) releasesAnew(f, l *person, batch string, claims []string) {
	f.t.Helper()
	f.clickLink("Payments")
	f.sees("2 claims, £2,400 in all.", "Not paid yet: Failed on 18 January 2017: Account closed", "Not paid yet: Came back on 18 January 2017: Payee unknown")
	l.visit("/cases")
	l.clickLink("2 cases with payments that failed or came back")
	l.sees("2 cases", strings.TrimSuffix(claims[1], "/1"), strings.TrimSuffix(claims[2], "/1"))

	f.visit(batch)
	f.hands(f.paper("late.txt", servicetest.RemittanceOf("Q72-0005", "BACS-3", "2|"+claims[1]+"|1200.00|PAID|18/01/2017|")))
	f.clickButton("Import the remittance")
	f.sees("1 line of it differs from what was recorded before", "Do not pay the claim again before you know")
	f.clickLink("Payments")
	f.sees("A remittance says that an earlier payment was made after all: find out before this one is released")
	f.tick("£1,200 to MARIGOLD SURGERY, " + claims[2])
	f.clickButton("Continue")
	f.clickButton("Release £1,200")
	f.sees("Batch Q72-0006")
	f.clickLink("Record the payment of " + claims[2])
	f.fillDay("On which day was it paid?", "18", "1", "2017")
	f.clickButton("Record it")
	f.sees("1 of 1")
	l.visit("/cases")
	l.offersLink("1 case with a payment that failed or came back")
}

// disputes: the practice says that a payment is wrong, the lead answers, and the practice confirms.
func (b *books) disputes(m, l *person) {
	m.t.Helper()
	claim, _ := b.claimOf("paid")
	m.visit(claim)
	m.clickLink("Say that the payment is wrong")
	m.fill("What do you see on the bank statement, and what did you expect?", "£1,000 came, and we expected £1,200.")
	m.clickButton("Tell the local team")
	m.gets(422)
	m.mustMend("What is wrong with the payment?", "Choose what is wrong with the payment")
	m.choose("Another amount has arrived")
	m.twice("Tell the local team", claim+"/dispute")
	m.sees("The local team finds out what became of the payment, and answers here.", "Another amount has arrived: £1,000 came, and we expected £1,200.")

	l.visit("/cases")
	l.clickLink("1 case whose practice says that a payment is wrong")
	l.visit(claim)
	l.clickButton("Answer what the practice says of the payment")
	l.doesNotSee("The money came back, and is paid again") // a finance officer alone says so
	l.clickButton("Send the answer")
	l.gets(422)
	l.mustMend("How was it settled?", "Choose how it was settled")
	l.mustMend("What did you find out?", "Say what you found out")
	l.choose("It was put right")
	l.fill("What did you find out?", "The paying system sent £200 today.")
	l.clickButton("Send the answer")
	l.sees("The practice sees the answer.")
	m.visit(claim)
	m.sees("It was put right: The paying system sent £200 today.")
	m.clickButton("Confirm that the money has arrived")
	m.clickButton("It has arrived")
	m.sees("Thank you. The claim is finished.")
}

// staysSilent: a practice that says nothing for ten working days is asked again, and the team sees it until it answers.
func (b *books) staysSilent(t *testing.T, m, f, l *person) {
	t.Helper()
	claim, _ := b.claimOf("released")
	f.visit("/payments/batches/1")
	f.clickLink("Record the payment of " + b.world.File("auditor", "released").Reference + "/1")
	f.fillDay("On which day was it paid?", "18", "1", "2017")
	f.clickButton("Record it")
	ask := func(s *service.Service) (int, error) { return s.AskForReceipts(context.Background()) }
	b.turnTo("2017-02-01") // the tenth working day
	b.runs(t, ask, 0)
	b.turnTo("2017-02-02")
	b.runs(t, ask, 3) // of this claim, and of the two that were paid on the same day
	b.runs(t, ask, 0)
	l.visit("/cases")
	l.clickLink("3 cases whose practices were asked again whether money arrived")
	m.visit(claim)
	m.sees("The practice was asked again")
	m.clickButton("Confirm that the money has arrived")
	m.clickButton("It has arrived")
	l.visit("/cases")
	l.offersLink("2 cases whose practices were asked again whether money arrived")
	f.visit("/budgets/1?figure=received")
	f.sees("Entries that make up: Received", "Closing balance, received: £4,800")
	f.clickLink("Reconcile it with the ledger and the cases")
	f.sees("Everything agrees to the penny")
}
