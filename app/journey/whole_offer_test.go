package journey

// Lines of the offer.
const (
	sessions = "Twelve sessions of an experienced doctor."
	mentor   = "A mentor for the new practice nurse."
)

// writesTheOffer: two lines, one paid to the practice and one in kind, and a condition that may not be.
func (c *troupe) writesTheOffer() {
	p := c.worker
	p.t.Helper()
	p.visit(c.path)
	p.clickButton("Write the offer")
	p.clickButton("Add a line of support")
	p.isAt("Add a line of support")
	p.pick("What kind of help is it?", "Help with")
	p.pick("Which need does it answer?", "Staff")
	p.fill("What is the help?", sessions)
	p.fill("What is expected to come of it?", "Every session has a doctor.")
	p.fill("How will that be seen?", "The rota in May.")
	p.choose("Paid to the practice (section 96)")
	p.sees("£12,000 left in 2016/17")
	p.fill("Price without VAT, in pounds", "8,000")
	p.fill("VAT on all of it, in pounds", "1,600")
	p.fillDay("First day", "18", "1", "2017")
	p.fillDay("Last day", "7", "4", "2019")
	p.clickButton("Add the line")
	p.gets(422)
	p.sees("A line may go over 3 financial years")
	p.holds("What is the help?", sessions)
	p.holds("VAT on all of it, in pounds", "1,600")
	p.fillDay("Last day", "31", "3", "2017")
	p.clickButton("Add the line")
	p.sees("The line is added.", sessions, "£9,600", "Not reserved yet")

	p.clickButton("Add a line of support")
	p.pick("What kind of help is it?", "Coaching")
	p.pick("Which need does it answer?", "Staff")
	p.fill("What is the help?", mentor)
	p.fill("What is expected to come of it?", "A nurse who stays.")
	p.fill("How will that be seen?", "The nurse, in June.")
	p.choose("Help in kind: days, without money")
	p.pick("Who gives the help?", "Calder")
	p.fill("How many days or sessions?", "2.5")
	p.fillDay("First day", "1", "2", "2017")
	p.fillDay("Last day", "31", "3", "2017")
	p.clickButton("Add the line")
	p.sees("In all: £9,600 with VAT, and 2½ days of help in kind", "Calder Coaching")

	const asking = "The practice matches our money with its own."
	p.clickLink("Change the conditions")
	p.fill("Conditions", asking)
	p.clickButton("Save")
	p.gets(422)
	p.sees("Support is never conditional on a contribution by the practice. Take out: “")
	p.holds("Conditions", asking)
	p.fill("Conditions", "The doctor is given a room and a login.")
	p.clickButton("Save")
	p.sees("The conditions are saved.", "The doctor is given a room and a login.")
	p.doesNotHold(asking)
	c.manager.visit(c.path)
	c.manager.doesNotHold(sessions)
}

// approvesTheOffer: who wrote the offer cannot approve it; the lead does, once, however often the button is pressed.
func (c *troupe) approvesTheOffer() {
	p := c.lead
	p.t.Helper()
	c.worker.isRefused(c.path+"/offer/approval", 403, "This page is not part of what your roles do")
	p.visit(c.path)
	p.clickButton("Approve the offer")
	p.isAt("Approve this offer")
	p.sees(sessions, "£9,600", "General Practice Resilience Programme, 2016/17")
	p.twice("Approve the offer", c.path+"/offer/approval")
	p.sees("The offer is approved and its money is reserved.")
	p.visit(c.path)
	p.didOnce("Offer approved")
	p.visit(c.budget)
	p.hasRow("£12,000", "£2,400", "£9,600", "£0", "£0", "£0", "£0", "£0")
}

// agreesToTheOffer: the offer is sent, and the practice accepts it.
func (c *troupe) agreesToTheOffer() {
	p, m := c.worker, c.manager
	p.t.Helper()
	p.visit(c.path)
	p.clickButton("Send the offer")
	p.fillDay("The practice can answer until", "20", "1", "2017")
	p.clickButton("Send the offer")
	p.gets(422)
	p.mustMend("The practice can answer until", "Give the practice at least 10 working days: 1 February 2017 or later")
	p.fillDay("The practice can answer until", "8", "2", "2017")
	p.clickButton("Send the offer")
	p.sees("The practice sees the offer now.")

	m.visit(c.path)
	m.clickLink("Offer")
	m.sees(sessions, mentor, "£9,600", "8 February 2017 (15 working days left)", "you are not asked to pay anything", "The doctor is given a room and a login.")
	m.doesNotSee("Left to promise", "Written by", lead.name)
	m.clickButton("Accept the offer")
	m.isAt("Accept this offer")
	m.clickButton("Accept the offer")
	m.sees("You have accepted the offer.", "Agreement")
}

// signsTheMemorandum: both sides accept the same text, which commits the money once.
func (c *troupe) signsTheMemorandum() {
	p, s, l := c.worker, c.signatory, c.lead
	p.t.Helper()
	p.visit(c.path)
	p.clickButton("Write the memorandum of understanding")
	p.clickButton("Write the memorandum")
	p.sees("The memorandum is written. Both sides can read and accept it now.")

	s.visit("/cases")
	s.clickLink(c.practice)
	s.clickButton("Accept the memorandum of understanding")
	s.sees(sessions, "The doctor is given a room and a login.", "£9,600")
	s.clickButton("Accept")
	s.gets(422)
	s.mustMend("Your role in the practice", "Enter your role in the practice, such as partner")
	s.sees("Confirm that you have read the memorandum")
	s.fill("Your role in the practice", "Senior partner")
	s.tick("I have read this memorandum of understanding and accept it")
	s.clickButton("Accept")
	s.sees("You have accepted the memorandum. The other side has still to accept it.", "Senior partner", "Not accepted yet")

	l.visit(c.path)
	l.clickButton("Accept the memorandum for the team")
	l.sees("The other side has accepted it. When you accept it, the money is committed")
	l.twice("Accept", c.path+"/agreement/countersignature")
	l.sees("Both sides have accepted the memorandum. The money is committed.", "In force", lead.name)
	l.visit(c.path)
	l.didOnce("Memorandum accepted by the local team")
	l.visit(c.budget)
	l.hasRow("£12,000", "£2,400", "£0", "£9,600", "£0", "£0", "£0", "£0")
}
