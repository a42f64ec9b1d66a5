package journey

import "resilience/app/casework"

// What the team writes to the practice and keeps for itself.
const (
	verdict = "Two partners cannot run a list of this size for long."
	reasons = "You asked before anybody had to leave. Help works best then."
)

// allots: the programme manager enters money for the team, and somebody else approves it.
func (c *troupe) allots() {
	p := c.programme
	p.t.Helper()
	p.clickLink("Money")
	p.sees("Nothing has been allocated yet.")
	p.clickButton("Enter an allocation")
	p.isAt("Enter an allocation")
	p.pick("Local team", c.team)
	p.fill("Amount in pounds", "plenty")
	p.fill("Reason", "The share of the region's letter of 1 April.")
	p.clickButton("Enter the allocation")
	p.gets(422)
	p.mustMend("Amount in pounds", "Enter an amount in pounds, such as 1,250 or 1,250.00")
	p.holds("Amount in pounds", "plenty")
	p.holds("Reason", "The share of the region's letter of 1 April.")
	p.fill("Amount in pounds", "£12,000")
	p.clickButton("Enter the allocation")
	p.sees("The allocation waits for somebody else to approve it.", "You entered this allocation, so somebody else must settle it.", "£12,000", "2016/17", "General Practice Resilience Programme")
	if p.hasButton("Approve the allocation") {
		p.t.Error("who entered an allocation is offered to approve it")
	}

	address := p.path()
	f := c.finance
	f.clickLink("Money")
	f.visit(address)
	f.twice("Approve the allocation", address+"/approval")
	f.sees("The allocation is approved. The team can promise it now.", "Approved by", finance.name)
	f.clickLink("Show the statement of this budget")
	f.hasRow("£12,000", "£12,000", "£0", "£0", "£0", "£0", "£0", "£0")
	c.budget = f.path()
}

// addsAProvider: the lead puts somebody who gives help into the register.
func (c *troupe) addsAProvider() {
	p := c.lead
	p.t.Helper()
	p.clickLink("Providers")
	p.sees("There is no provider yet.")
	p.clickButton("Add a provider")
	p.clickButton("Add the provider")
	p.gets(422)
	p.mustMend("Name", "Enter the name of the provider")
	p.mustMend("What kind of provider is it?", "Choose what kind of provider it is")
	p.fill("Name", "Calder Coaching")
	p.choose("Consultancy")
	p.clickButton("Add the provider")
	p.isAt("Calder Coaching")
	p.sees("The provider is in the register.")
}

// asks: the practice manager sends a short request.
func (c *troupe) asks() {
	m := c.manager
	m.t.Helper()
	m.clickLink("Practices")
	m.fill("Code, name or postcode", c.code)
	m.clickButton("Search")
	m.clickLink(c.practice)
	m.clickButton("Ask for support for this practice")
	m.clickButton("Continue")
	m.fill("What is wrong?", problem)
	m.tick("Staffing")
	m.fill("How will you know that the help has worked?", success)
	m.clickButton("Continue")
	m.isAt("Check your answers")
	m.clickButton("Send the request")
	m.sees("Your request is sent. Its reference is PRP-2016-000001.")
	c.path = m.path()
}

// takesOn: the lead gives the case to a caseworker, who acknowledges it.
func (c *troupe) takesOn() {
	l, w := c.lead, c.worker
	l.t.Helper()
	l.clickLink("Cases")
	l.clickLink(c.practice)
	l.clickButton("Assign")
	l.choose(worker.name)
	l.clickButton("Assign")
	l.sees("The case is assigned.")
	w.visit("/cases?who=me")
	w.clickLink(c.practice)
	w.clickButton("Acknowledge")
	w.clickButton("Acknowledge")
	w.sees("The practice sees its contact now.", "Triage")
}

// assesses: the caseworker begins, saves half of it, forgets to say why, and completes.
func (c *troupe) assesses() {
	const severe, needed, scope, impact = "How severe is the need?", "What is needed?", "Why do you judge the scope so?", "Why do you judge the impact so?"
	p := c.worker
	p.t.Helper()
	p.clickButton("Begin the assessment")
	p.clickButton("Begin")
	p.sees("The assessment has begun.", "Criteria of 2016/17", "Not complete")
	p.open("CQC rating inadequate or requires improvement: not rated yet", func() {
		p.chooseIn("How do you rate it?", "Some concern")
		p.fill("Value", "Requires improvement")
		p.fillDay("As at which day?", "31", "2", "2016")
		p.fill("Source", "Inspection report")
	})
	p.clickButton("Save")
	p.gets(422)
	p.mustMend("As at which day?", "Enter a real date, such as 27 3 2017")
	p.holds("Value", "Requires improvement")
	p.fillDay("As at which day?", "1", "9", "2016")
	p.clickButton("Save")
	p.sees("The assessment is saved.", "CQC rating inadequate or requires improvement: some concern")

	p.open("Staffing: no need entered", func() {
		p.chooseIn(severe, "High")
		p.fill(needed, "Sessions of an experienced doctor until the post is filled.")
	})
	p.chooseIn("Scope for support", "High")
	p.chooseIn("Impact of support", "Medium")
	p.fill(impact, "It carries them over the year.")
	p.clickButton("Complete the assessment")
	p.gets(422)
	p.mustMend(scope, "Say why you judge the scope so")
	p.holds(impact, "It carries them over the year.")
	p.fill(scope, "One vacancy in three, and nobody applied.")
	p.clickButton("Complete the assessment")
	p.sees("The assessment is complete.", "frozen since", "Requires improvement", "Sessions of an experienced doctor until the post is filled.", "One vacancy in three, and nobody applied.", "This case")
}

// reviews: somebody who did not write the assessment agrees with it; who wrote it cannot.
func (c *troupe) reviews() {
	c.worker.isRefused(c.path+"/assessment/review", 409, "You worked on this assessment, so somebody else in the team must review it")
	p := c.lead
	p.t.Helper()
	p.visit(c.path + "/assessment")
	p.clickLink("Review the assessment")
	p.isAt("Review the assessment")
	p.clickButton("Record the review")
	p.gets(422)
	p.mustMend("Do you agree with this assessment?", "Choose whether you agree")
	p.choose("Yes, I agree")
	p.clickButton("Record the review")
	p.sees("The review is recorded.", "Review: agreed", lead.name)
}

// recommends: the caseworker recommends, and cannot decide.
func (c *troupe) recommends() {
	p := c.worker
	p.t.Helper()
	p.visit(c.path)
	p.clickButton("Recommend")
	p.isAt("Recommend")
	p.choose("Support")
	p.fill("Reasons", verdict)
	p.clickButton("Send the recommendation")
	p.gets(422)
	p.mustMend("Your interests", "State that you have no interest, or declare one")
	p.holds("Reasons", verdict)
	p.tick(casework.NoInterest)
	p.clickButton("Send the recommendation")
	p.sees("The recommendation is with who decides.", "Recommendation made")
	p.isRefused(c.path+"/decision", 403, "Only the team lead can do this")
}

// decides: the lead reads the letter before the decision is made.
func (c *troupe) decides() {
	p := c.lead
	p.t.Helper()
	p.visit(c.path)
	p.clickButton("Decide")
	p.sees("Recommendation: support", verdict, "One vacancy in three, and nobody applied.")
	p.choose("Support")
	p.tick("Workforce: vacancies, sickness or retirement")
	p.fill("Reasons to the practice", "We help if the practice must pay half of the cost.")
	p.tick(casework.NoInterest)
	p.clickButton("Continue to the letter")
	p.gets(422)
	p.sees("Support is never conditional on a contribution by the practice. Take out: “")
	p.holds("Reasons to the practice", "We help if the practice must pay half of the cost.")
	p.fill("Reasons to the practice", reasons)
	p.clickButton("Continue to the letter")
	p.isAt("Check the decision and its letter")
	p.sees("Workforce: vacancies, sickness or retirement", reasons, c.practice, "PRP-2016-000001", "The decision is not done before this letter is sent.")
	c.manager.visit(c.path)
	c.manager.doesNotHold(reasons, verdict)
	p.clickButton("Make the decision")
	p.sees("The decision is made. It is done when the letter is sent.")
	c.manager.visit(c.path)
	c.manager.doesNotHold(reasons, verdict, "Letter due")
}

// tellsThePractice: the letter is sent, and the practice reads it.
func (c *troupe) tellsThePractice() {
	p, m := c.lead, c.manager
	p.t.Helper()
	p.isAt("Send the letter")
	p.sees(reasons, "has an account, so the letter stands in their tracker as soon as you send it.")
	p.clickButton("Send the letter")
	p.sees("The letter is sent, and the decision is done.", "Supported")
	m.visit(c.path)
	m.sees("The local team has written to you", "Supported")
	m.clickLink("Read the letters")
	m.clickLink("Support for your practice: we will help")
	m.sees(reasons, c.practice)
	m.doesNotHold(verdict)
}
