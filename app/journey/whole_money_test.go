package journey

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
)

// invoice is a small PDF.
const invoice = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

// paper is a file on the practice's own machine.
func (p *person) paper(name, content string) string {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), name)
	p.must("write a file", os.WriteFile(path, []byte(content), 0o600))
	return path
}

// claims: the practice claims what it spent, with the wrong file first.
func (c *troupe) claims() {
	const spent = "Twelve sessions in January."
	p := c.manager
	p.t.Helper()
	p.visit(c.path)
	p.clickButton("Claim money")
	p.isAt("Claim money")
	p.sees("£9,600 is left to claim")
	p.doesNotSee(mentor)
	p.fill("Your own reference or invoice number (optional)", "H/17")
	p.fill("Net, without VAT", "8,000")
	p.fill("VAT", "1,600")
	p.fill("Total, with VAT", "9,600")
	p.fillDay("First day of the work", "18", "1", "2017")
	p.fillDay("Last day of the work", "18", "1", "2017")
	p.fill("What was the money spent on?", spent)
	p.choose("Timesheet, or a list of the sessions")
	p.hands(p.paper("invoice.pdf", "MZ\x90\x00\x03\x00\x00\x00\x04"))
	p.clickButton("Send the claim")
	p.gets(422)
	p.sees("The file must really be", "Browsers do not keep a file: choose it again")
	p.holds("What was the money spent on?", spent)
	p.holds("Total, with VAT", "9,600")
	p.hands(p.paper("invoice 17.pdf", invoice))
	p.clickButton("Send the claim")
	p.sees("Your claim is with the local team.", "Claim 1", "To be checked", "invoice 17.pdf", "By 25 January 2017")
	p.hasRow("£0", "£9,600", "£9,600", "£0", "£0", "£0", "£0")
	p.isRefused(c.path+"/claims/1/check", 403, "This page is not part of what your roles do")
}

// approvesTheClaim: the caseworker checks the claim, and somebody else approves it.
func (c *troupe) approvesTheClaim() {
	p, l := c.worker, c.lead
	p.t.Helper()
	p.visit(c.path + "/money")
	p.clickLink("Claim 1")
	p.sees("invoice 17.pdf", "£8,000 net, £1,600 VAT")
	p.clickButton("Check this claim")
	p.clickButton("It is right")
	p.sees("The claim is checked. Somebody else approves it now.")
	if p.hasButton("Approve this claim") {
		p.t.Error("who checked a claim is offered to approve it")
	}
	l.visit(p.path())
	l.clickButton("Approve this claim")
	l.clickButton("Approve it")
	l.sees("The claim is approved.", "A finance officer releases the payment")
	l.isRefused("/payments", 403, "This page is not part of what your roles do")
}

// releases: the finance officer pays in a batch, whose file has totals to check against.
func (c *troupe) releases() {
	p := c.finance
	p.t.Helper()
	p.clickLink("Payments")
	p.sees("1 claim, £9,600 in all.")
	p.clickButton("Continue")
	p.gets(422)
	p.mustMend("Which claims do you release?", "Choose at least one claim to pay")
	p.tick("£9,600 to " + c.practice + ", PRP-2016-000001/1")
	p.clickButton("Continue")
	p.isAt("Release these payments?")
	p.sees("1 claim, £9,600 in all.")
	p.twice("Release £9,600", "/payments/batches")
	p.sees("The payments are released. Download the file for whoever pays.", "Batch Q72-0001", "0 of 1")
	c.batch = p.path()

	name, content := p.downloads("Download the file")
	if name != "payments-Q72-0001.csv" {
		p.t.Errorf("the file is called %q", name)
	}
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	p.must("read the file", err)
	if len(rows) != 3 || rows[1][5] != "9600.00" || rows[2][0] != "Total of Q72-0001" || rows[2][1] != "1" || rows[2][5] != rows[1][5] {
		p.t.Errorf("the file does not add up: %q", rows)
	}
	p.clickLink("Payments")
	p.sees("No claim is waiting to be released.")
	if rows := p.rows(); len(rows) != 1 {
		p.t.Errorf("there are %d batches, not one: %q", len(rows), rows)
	}
}

// pays: the payment is recorded once, and the practice confirms that the money has arrived.
func (c *troupe) pays() {
	p, m := c.finance, c.manager
	p.t.Helper()
	c.worker.visit(c.path + "/closing")
	c.worker.sees("This cannot be done yet", "A claim is still open: its money has not been confirmed as received")
	p.visit(c.batch)
	p.clickLink("Record the payment")
	p.fillDay("On which day was it paid?", "19", "1", "2017")
	p.clickButton("Record it")
	p.gets(422)
	p.mustMend("On which day was it paid?", "The day must not be after today, 18 January 2017")
	p.fillDay("On which day was it paid?", "18", "1", "2017")
	p.twice("Record it", c.batch+"/items/1/payment")
	p.sees("The payment is recorded, and the practice is told.", "1 of 1")

	m.visit(c.path)
	m.didOnce("Claim paid")
	m.visit(c.path + "/claims/1")
	m.clickButton("Confirm that the money has arrived")
	m.clickButton("It has arrived")
	m.sees("Thank you. The claim is finished.", "Received")
}

// closes: the case ends with an outcome, which the practice reads.
func (c *troupe) closes() {
	const why = "Every session is filled, and the post is taken."
	p, m := c.worker, c.manager
	p.t.Helper()
	p.visit(c.path)
	p.clickLink("Close the case")
	p.sees("An orderly closure is not a failure", "2½ days promised, not reported")
	p.clickButton("Close the case")
	p.gets(422)
	p.mustMend("How did this case end?", "Choose how this case ended")
	p.mustMend("Why was less given than promised?", "Choose why less than promised was given")
	p.pick("Why was less given than promised?", "It was given")
	p.fill("In a few words", "The mentor came on all days, and nobody reported it.")
	p.choose("Improved")
	p.fill("What has the support changed, and why does it end?", why)
	p.clickButton("Close the case")
	p.sees("The case is closed.", "How this case ended: improved", why)
	m.visit(c.path)
	m.sees("How this case ended: improved", why)
	if m.hasButton("Claim money") {
		m.t.Error("a closed case still takes claims")
	}
}

// reckons: at the end the money of the case and that of the budget agree.
func (c *troupe) reckons() {
	m, f := c.manager, c.finance
	m.t.Helper()
	m.clickLink("Money")
	m.sees("Money of this case")
	m.hasRow("£0", "£9,600", "£9,600", "£9,600", "£9,600", "£9,600", "£0") // reserved to received, and what is left
	for _, p := range []*person{f, c.programme, c.lead} {
		p.visit(c.budget)
		p.hasRow("£12,000", "£2,400", "£0", "£9,600", "£9,600", "£9,600", "£9,600", "£9,600")
	}
	f.visit(c.budget + "?figure=received")
	f.sees("Entries that make up: Received", "PRP-2016-000001", c.practice, "£9,600")
}

// sumsUp: the summaries of the team and of its region count the case and its money, and lead to them.
func (c *troupe) sumsUp() {
	c.lead.t.Helper()
	for _, p := range []*person{c.lead, c.programme} {
		p.clickLink("Summary")
		p.sees("As at", "Cases by stage", "How long practices waited", "The money of 2016/17", "Where help is needed", "How cases ended")
		p.hasRow("£12,000", "£2,400", "£0", "£9,600", "£9,600", "£9,600", "£9,600", "£9,600")
		address := p.path()
		for _, name := range []string{"cases: at the stage Closed", "cases: that have come from first claim to first payment"} {
			p.visit(address)
			p.clickLink("1 " + name)
			p.sees("1 case", "Referred in 2016/17", "PRP-2016-000001", c.practice, "Save these cases as a file (CSV)")
		}
		p.visit("/entries?year=2016&figure=received")
		p.sees("Received: £9,600", "PRP-2016-000001")
	}
}
