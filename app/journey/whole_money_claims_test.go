package journey

import (
	"testing"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/ruleset"
)

// Claims that do not go straight. One is returned and corrected, another is withdrawn, of two a part is paid, each with its reason; one is like
// another, and goes on once it is said why it is not; and an approval is undone before it is paid.
func TestClaimsThatDoNotGoStraight(t *testing.T) {
	keepsBooks(t, func(t *testing.T, b *books) {
		b.turnTo("2017-03-01") // the work of February is done
		m, h, l, f := b.enters(t, "pm"), b.enters(t, "holder"), b.enters(t, "lead"), b.enters(t, "finance")
		b.correctsAClaim(m, h)
		b.withdrawsAClaim(m, h)
		b.paysAPart(m, h, l)
		b.saysWhyItIsNotTheSame(m, h, l)
		b.undoesAnApproval(m, l, f)
	})
}

// typedClaim is a claim as somebody types it, for days of February 2017.
type typedClaim struct {
	net, vat, gross, from, to, detail, file, number string
}

// types fills in a claim on the page that is open. The file has the content that its name says.
func (p *person) types(c typedClaim) {
	p.t.Helper()
	if c.number != "" {
		p.fill("Number of the invoice", c.number)
	}
	p.fill("Net, without VAT", c.net)
	p.fill("VAT", c.vat)
	p.fill("Total, with VAT", c.gross)
	p.fillDay("First day of the work", c.from, "2", "2017")
	p.fillDay("Last day of the work", c.to, "2", "2017")
	p.fill("What was the money spent on?", c.detail)
	if c.number == "" {
		p.choose("Timesheet, or a list of the sessions")
	}
	p.hands(p.paper(c.file, invoice+"% "+c.file+"\n"))
}

// claims sends a claim of the practice without VAT, from the page of a case, and opens its page.
func (b *books) claims(m *person, name, number string, c typedClaim) {
	m.t.Helper()
	m.visit(paths.Section(b.world.Case(name), paths.MoneySection))
	m.clickButton("Claim money")
	m.types(c)
	m.clickButton("Send the claim")
	m.sees("Your claim is with the local team.")
	m.clickLink("Claim " + number)
}

// on opens the page of a claim of a case.
func (b *books) on(p *person, name string, number int) {
	p.t.Helper()
	p.visit(paths.Claim(b.world.Case(name), number))
}

// hasMoney checks what the page of a case's money says of all of it: reserved, committed, claimed, approved, paid, received, and left.
func (b *books) hasMoney(p *person, name string, amounts ...string) {
	p.t.Helper()
	p.visit(paths.Section(b.world.Case(name), paths.MoneySection))
	p.hasRow(amounts...)
}

// correctsAClaim: the caseworker returns a claim, and the practice reads why and sends a right one.
func (b *books) correctsAClaim(m, h *person) {
	m.t.Helper()
	const why = "The timesheet has fourteen sessions, and you claim for fifteen."
	b.claims(m, "delivery", "1", typedClaim{net: "1,500", vat: "0", gross: "1,500", from: "1", to: "14", detail: "Fifteen sessions of a locum doctor.", file: "timesheet.pdf"})
	b.hasMoney(m, "delivery", "£0", "£14,800", "£1,500", "£0", "£0", "£0", "£13,300")
	b.on(h, "delivery", 1)
	h.clickLink("Return this claim")
	h.isAt("Return claim 1")
	h.clickButton("Return it")
	h.gets(422)
	h.mustMend("What must be put right?", "Say what must be put right")
	h.fill("What must be put right?", why)
	h.twice("Return it", paths.ClaimAct(b.world.Case("delivery"), 1, paths.ClaimReturn))
	h.sees("The claim is returned. Its money can be claimed anew.", "Returned", why)
	if h.hasButton("Check this claim") {
		h.t.Error("a claim that was returned can be checked")
	}

	m.visit(paths.Case(b.world.Case("delivery")))
	m.didOnce("Claim returned")
	m.sees(why)
	b.on(m, "delivery", 1)
	m.sees("Returned", why, "This claim has ended. A new claim can be made for the same money")
	b.hasMoney(m, "delivery", "£0", "£14,800", "£0", "£0", "£0", "£0", "£14,800")
	b.claims(m, "delivery", "2", typedClaim{net: "1,400", vat: "0", gross: "1,400", from: "1", to: "14", detail: "Fourteen sessions of a locum doctor.", file: "timesheet.pdf"})
	m.sees("To be checked", "Fourteen sessions of a locum doctor.")
	b.hasMoney(h, "delivery", "£0", "£14,800", "£1,400", "£0", "£0", "£0", "£13,400")
}

// withdrawsAClaim: the practice takes a claim back itself, and the team reads why.
func (b *books) withdrawsAClaim(m, h *person) {
	m.t.Helper()
	const why = "The last week was never worked."
	b.claims(m, "delivery", "3", typedClaim{net: "700", vat: "0", gross: "700", from: "15", to: "28", detail: "Seven sessions.", file: "later.pdf"})
	m.clickLink("Withdraw this claim")
	m.clickButton("Withdraw it")
	m.gets(422)
	m.mustMend("Why do you withdraw it?", "Say why you withdraw this claim")
	m.fill("Why do you withdraw it?", why)
	m.twice("Withdraw it", paths.ClaimAct(b.world.Case("delivery"), 3, paths.ClaimWithdraw))
	m.sees("The claim is withdrawn. Its money can be claimed anew.", "Withdrawn", why)
	b.on(h, "delivery", 3)
	h.sees("Withdrawn", why)
	b.hasMoney(h, "delivery", "£0", "£14,800", "£1,400", "£0", "£0", "£0", "£13,400")
	h.isRefused(paths.ClaimAct(b.world.Case("delivery"), 3, paths.ClaimCheck), 409, "Claim 3 stands at")
}

// paysAPart: the checker lets a part through, and what is not paid can be claimed again.
func (b *books) paysAPart(m, h, l *person) {
	h.t.Helper()
	const why = "The session of 3 February was not held."
	b.on(h, "delivery", 2)
	h.clickButton("Check this claim")
	h.choose("Less than that")
	h.clickButton("It is right")
	h.gets(422)
	h.mustMend("How much is paid?", "Enter how much is paid")
	h.fill("How much is paid?", "1,400")
	h.fill("Why is the rest not paid?", why)
	h.choose("It can be claimed again, on this line of support")
	h.clickButton("It is right")
	h.gets(422)
	h.holds("Why is the rest not paid?", why)
	h.fill("How much is paid?", "1,300")
	h.clickButton("It is right")
	h.sees("The claim is checked. Somebody else approves it now.", "£100", why, "To be paid £1,300")

	b.on(l, "delivery", 2)
	l.clickButton("Approve this claim")
	l.sees(why, "What was checked: £1,300 of £1,400")
	l.clickButton("Approve it")
	l.sees("The claim is approved.")
	b.on(m, "delivery", 2)
	m.sees("Approved", why, "To be paid £1,300")
	b.hasMoney(m, "delivery", "£0", "£14,800", "£1,300", "£1,300", "£0", "£0", "£13,500")
	m.sees("£1,300 of £1,400")
}

// saysWhyItIsNotTheSame: a claim for the same amount and days, with the same paper, goes on with a reason of who claims and one of who checks. The
// approver reads both, and gives a part of it back to the budget.
func (b *books) saysWhyItIsNotTheSame(m, h, l *person) {
	m.t.Helper()
	const ask, says, checked, why = "Why is this not for the same thing as another claim?", "A second doctor, in the other building.", "Both doctors are on the rota.", "The second doctor cost less."
	same := typedClaim{net: "1,400", vat: "0", gross: "1,400", from: "1", to: "14", detail: "Fourteen sessions of a second doctor.", file: "timesheet.pdf"}
	other := b.world.File("auditor", "delivery").Reference + "/2"
	m.visit(paths.Section(b.world.Case("delivery"), paths.MoneySection))
	m.clickButton("Claim money")
	m.types(same)
	m.clickButton("Send the claim")
	m.gets(422)
	m.mustMend(ask, "Say why this is not for the same thing as another claim. "+other+" over £1,400 from General Practice Resilience Programme (approved) has the same document, and the same payee, amount and days")
	m.holds("Total, with VAT", "1,400")
	m.fill(ask, says)
	m.hands(m.paper(same.file, invoice+"% "+same.file+"\n"))
	m.clickButton("Send the claim")
	m.sees("Your claim is with the local team.")

	b.on(h, "delivery", 4)
	h.sees("Like other claims", says)
	h.offersLink(other)
	h.clickButton("Check this claim")
	h.clickButton("It is right")
	h.gets(422)
	h.sees("Say why this is not for the same thing as another claim")
	h.fill(ask, checked)
	h.clickButton("It is right")
	h.sees("The claim is checked.", "Why it is not the same, by who claimed", says, "Why it is not the same, by who checked", checked)

	b.on(l, "delivery", 4)
	l.clickButton("Approve this claim")
	l.sees(says, checked)
	l.choose("Less than that")
	l.fill("How much is paid?", "1,000")
	l.fill("Why is the rest not paid?", why)
	l.choose("It goes back to the budget, and can be promised to others")
	l.clickButton("Approve it")
	l.sees("The claim is approved.", "£400", why, "To be paid £1,000")
	b.on(m, "delivery", 4)
	m.sees("To be paid £1,000", why)
	m.doesNotHold(checked) // that is for the team alone
	b.hasMoney(m, "delivery", "£0", "£14,400", "£2,300", "£2,300", "£0", "£0", "£12,100")
}

// undoesAnApproval: until it is released an approval is taken back, with a reason that the practice reads; then nobody can pay the claim until it is
// approved anew. Of a claim that is paid in part the rest went on, so that it is returned instead.
func (b *books) undoesAnApproval(m, l, f *person) {
	l.t.Helper()
	const why = "The list of sessions is not signed."
	claim, reference := b.claimOf("approved")
	pay := "£1,200 to MARIGOLD SURGERY, " + reference
	f.clickLink("Payments")
	f.sees(pay)
	l.visit(claim)
	l.clickLink("Undo the approval")
	l.clickButton("Undo the approval")
	l.gets(422)
	l.mustMend("Why is the approval undone?", "Say why the approval is undone")
	l.fill("Why is the approval undone?", why)
	l.twice("Undo the approval", claim+"/"+paths.ClaimUndo)
	l.sees("The approval is undone. The claim waits for approval again.", "To be approved")
	m.visit(paths.Case(b.world.Case("approved")))
	m.didOnce("Approval of a claim undone")
	m.sees(why)
	b.hasMoney(m, "approved", "£0", "£14,800", "£1,200", "£0", "£0", "£0", "£13,600")
	f.clickLink("Payments")
	f.doesNotSee(pay)

	l.visit(claim)
	l.clickButton("Approve this claim")
	l.clickButton("Approve it")
	l.sees("The claim is approved.")
	f.clickLink("Payments")
	f.sees(pay)
	l.isRefused(paths.ClaimAct(b.world.Case("delivery"), 2, paths.ClaimUndo), 409, "Return the claim instead, to be claimed anew")
}

// Claims that take several hands: the team enters a provider's invoice, somebody else checks it, another approves and a third pays it; above an amount
// two people approve; and several claims are checked, and approved, at once.
func TestClaimsOfSeveralHands(t *testing.T) {
	keepsBooks(t, func(t *testing.T, b *books) {
		b.turnTo("2017-03-01") // the work of February is done
		b.world.Publish(2016, ruleset.Settings, casework.SecondForClaim, "4000")
		b.world.Also("fin other", account.FinanceOfficer)
		m, h, l, f := b.enters(t, "pm"), b.enters(t, "holder"), b.enters(t, "lead"), b.enters(t, "finance")
		b.paysAProvider(m, h, l, b.enters(t, "fin other"), f)
		b.approvesByTwo(m, h, l, f)
		b.checksSeveral(m, h)
		b.approvesSeveral(l, f)
	})
}

// paysAProvider: from the invoice to the provider's word that the money is there. The practice sees the claim, and not the invoice.
func (b *books) paysAProvider(m, h, l, second, f *person) {
	h.t.Helper()
	money := paths.Section(b.world.Case("delivery"), paths.MoneySection)
	bill := typedClaim{number: "NRT-7", net: "2,000", vat: "400", gross: "2,400", from: "1", to: "28", detail: "Ten days of an interim manager.", file: "NRT-7.pdf"}
	h.visit(money)
	h.clickButton("Enter a provider’s invoice")
	h.sees("£4,800 is left to claim", "Paid to Northern Resilience Team, against an invoice")
	wrong := bill
	wrong.vat = "300"
	h.types(wrong)
	h.clickButton("Enter the invoice")
	h.gets(422)
	h.mustMend("Total, with VAT", "The total must be net and VAT together: £2,000 and £300 make £2,300")
	h.types(bill)
	h.clickButton("Enter the invoice")
	h.sees("The invoice is entered. Somebody else checks it now.")
	h.clickLink("Claim 1")
	h.sees("NRT-7", "£2,000 net, £400 VAT", "You made this claim, so somebody else must check it")
	if h.hasButton("Check this claim") {
		h.t.Error("who entered an invoice is offered to check it")
	}
	b.on(m, "delivery", 1)
	m.sees("The provider’s invoice, which only the local team reads", "£2,400")
	m.doesNotHold("NRT-7.pdf")
	if m.hasLink("Withdraw this claim") {
		m.t.Error("the practice is offered to withdraw a provider's invoice")
	}

	b.on(l, "delivery", 1)
	l.clickButton("Check this claim")
	l.clickButton("It is right")
	l.sees("The claim is checked.", "You checked this claim, so somebody else must approve it")
	b.on(second, "delivery", 1)
	second.clickButton("Approve this claim")
	second.clickButton("Approve it")
	second.sees("The claim is approved.")
	f.clickLink("Payments")
	f.tick("£2,400 to Northern Resilience Team, " + b.world.File("auditor", "delivery").Reference + "/1")
	f.clickButton("Continue")
	f.clickButton("Release £2,400")
	f.sees("Batch Q72-0005", "Northern Resilience Team")
	f.clickLink("Record the payment of " + b.world.File("auditor", "delivery").Reference + "/1")
	f.fillDay("On which day was it paid?", "1", "3", "2017")
	f.clickButton("Record it")
	f.sees("The payment is recorded", "1 of 1")

	b.on(m, "delivery", 1)
	m.sees("Paid", "on the provider’s word")
	if m.hasButton("Confirm that the money has arrived") {
		m.t.Error("the practice is asked whether the provider's money arrived")
	}
	b.on(h, "delivery", 1)
	h.clickButton("Record that the provider has the money")
	h.isAt("Confirm that the money has arrived")
	h.twice("It has arrived", paths.ClaimAct(b.world.Case("delivery"), 1, paths.ClaimReceipt))
	h.sees("The claim is finished.", "Received")
	b.hasMoney(h, "delivery", "£0", "£14,800", "£2,400", "£2,400", "£2,400", "£2,400", "£12,400")
}

// approvesByTwo: what is above the amount for one is approved by two, who are different people.
func (b *books) approvesByTwo(m, h, l, f *person) {
	l.t.Helper()
	b.claims(m, "delivery", "2", typedClaim{net: "4,500", vat: "0", gross: "4,500", from: "1", to: "21", detail: "Forty-five sessions.", file: "long.pdf"})
	b.on(h, "delivery", 2)
	h.clickButton("Check this claim")
	h.clickButton("It is right")
	h.sees("It comes to more than £4,000, so two people approve it")
	b.on(l, "delivery", 2)
	l.clickButton("Approve this claim")
	l.twice("Approve it", paths.ClaimAct(b.world.Case("delivery"), 2, paths.ClaimApproval))
	l.sees("Your approval is recorded, as the first of two. Somebody else gives the second.", "One of two people has approved it", "Approval 1 of 2", "You gave the first of the approvals, so somebody else must approve it")
	if l.hasButton("Approve this claim") {
		l.t.Error("who gave the first of two approvals is offered to give the second")
	}
	b.hasMoney(m, "delivery", "£0", "£14,800", "£6,900", "£2,400", "£2,400", "£2,400", "£7,900")
	b.on(f, "delivery", 2)
	f.clickButton("Approve this claim")
	f.clickButton("Approve it")
	f.sees("The claim is approved.", "Approval 1 of 2")
	b.hasMoney(m, "delivery", "£0", "£14,800", "£6,900", "£6,900", "£2,400", "£2,400", "£7,900")
	f.clickLink("Payments")
	f.sees("You approved this")
}

// checksSeveral: the caseworker checks three claims at once; one that is like another is not checked, and is to be opened by itself.
func (b *books) checksSeveral(m, h *person) {
	h.t.Helper()
	of := b.world.File("auditor", "delivery").Reference
	claim, alike := b.claimOf("claimed")
	b.claims(m, "delivery", "3", typedClaim{net: "300", vat: "0", gross: "300", from: "22", to: "23", detail: "Three sessions.", file: "three.pdf"})
	b.claims(m, "delivery", "4", typedClaim{net: "200", vat: "0", gross: "200", from: "24", to: "25", detail: "Two sessions.", file: "two.pdf"})
	h.visit("/work?what=check_claim")
	h.clickLink("Check several claims at once")
	h.isAt("Claims to check")
	h.sees("3 claims, £1,700 in all.")
	h.clickButton("Continue")
	h.gets(422)
	h.mustMend("Which claims do you check?", "Choose at least one claim to check")
	h.tick("£300 to MARIGOLD SURGERY, " + of + "/3")
	h.tick("£200 to MARIGOLD SURGERY, " + of + "/4")
	h.tick("£1,200 to MARIGOLD SURGERY, " + alike)
	h.clickButton("Continue")
	h.isAt("Check these claims?")
	h.sees("3 claims, £1,700 in all.")
	h.twice("Check £1,700", "/claims/check")
	h.isAt("What became of the claims")
	h.sees("Checked", "2 claims, £500 in all. Somebody else approves it now.")
	h.hasRow(alike, "MARIGOLD SURGERY", "£1,200", "It is like another claim. Open it, and say there why it is not for the same thing")
	h.visit(claim)
	h.sees("To be checked")
	for _, number := range []int{3, 4} {
		b.on(m, "delivery", number)
		m.sees("To be approved", "Checked")
	}
}

// approvesSeveral: the lead approves both and one of another case at once. What somebody else did in the meantime is told, and keeps nothing else back.
func (b *books) approvesSeveral(l, f *person) {
	l.t.Helper()
	of := b.world.File("auditor", "delivery").Reference
	_, checked := b.claimOf("checked")
	l.visit("/work?what=approve_claim")
	l.clickLink("Approve several claims at once")
	l.isAt("Claims to approve")
	l.sees("3 claims, £1,700 in all.")
	for _, label := range []string{"£300 to MARIGOLD SURGERY, " + of + "/3", "£200 to MARIGOLD SURGERY, " + of + "/4", "£1,200 to MARIGOLD SURGERY, " + checked} {
		l.tick(label)
	}
	l.clickButton("Continue")
	l.isAt("Approve these claims?")
	l.sees("3 claims, £1,700 in all.")
	b.on(f, "delivery", 4) // and while the lead reads
	f.clickButton("Approve this claim")
	f.clickButton("Approve it")
	f.sees("The claim is approved.")
	l.clickButton("Approve £1,700")
	l.isAt("What became of the claims")
	l.sees("2 claims, £1,500 in all.", "Nothing was changed for these.")
	l.hasRow(of+"/4", "MARIGOLD SURGERY", "£200", "Somebody else changed claim 4 since you read it. It stands at “Approved” now")
	b.hasMoney(l, "delivery", "£0", "£14,800", "£7,400", "£7,400", "£2,400", "£2,400", "£7,400")
	b.on(l, "checked", 1)
	l.sees("Approved")
	f.visit("/reconciliation?year=2016")
	f.sees("Everything agrees to the penny")
}
