package journey

import (
	"strconv"
	"testing"

	"resilience/app/calendar"
)

// cast is everybody who takes part in a case, each at a window of their own.
type cast struct {
	manager, lead, worker *person
	path                  string // of the case
}

func (c *cast) again(t *testing.T) *cast {
	c.manager.t, c.lead.t, c.worker.t = t, t, t
	return c
}

// inDays is the day so many working days ahead, as it is typed.
func inDays(n int) (day, month, year string) {
	return typed(today.AddWorkingDays(n))
}

func typed(d calendar.Date) (day, month, year string) {
	return strconv.Itoa(d.Day()), strconv.Itoa(int(d.Month())), strconv.Itoa(d.Year())
}

// assigns: the lead finds the new case, which nobody has, and gives it to a caseworker.
func (c *cast) assigns() {
	p := c.lead
	p.t.Helper()
	p.isAt("Cases")
	p.pick("Who has it", "Nobody")
	p.clickButton("Apply filters")
	p.sees("1 case", "PRP-2016-000001", "and 1 more", "Practice asked", "Nobody yet", "18 January 2017")
	p.clickLink("HALLOWDALE ROAD SURGERY")
	p.sees("Who has it", "Nobody yet", "Three advertisements brought no reply.", "Nobody has this case yet. Assign it first")
	c.path = p.path()
	p.clickButton("Assign")
	p.isAt("Assign this case")
	p.clickButton("Assign")
	p.gets(422)
	p.mustMend("Who takes this case?", "Choose who takes this case")
	p.choose(worker.name)
	p.clickButton("Assign")
	p.sees("The case is assigned.", "Case assigned", worker.name)
}

// acknowledges: the caseworker answers, and the practice has a contact.
func (c *cast) acknowledges() {
	c.manager.visit(c.path)
	c.manager.sees("Not named yet")
	c.manager.doesNotSee(worker.name)

	p := c.worker
	p.t.Helper()
	p.pick("Who has it", "Me")
	p.clickButton("Apply filters")
	p.clickLink("HALLOWDALE ROAD SURGERY")
	p.clickButton("Acknowledge")
	p.isAt("Acknowledge this request")
	p.fill("Message to the practice", "Thank you. I will ring on Friday at ten.")
	p.clickButton("Acknowledge")
	p.sees("The practice sees its contact now.", "Triage", "I will ring on Friday at ten.")

	c.manager.visit(c.path)
	c.manager.sees("Your contact", worker.name, worker.email, "01632 960820", "I will ring on Friday at ten.")
}

// asksBack: the caseworker asks for what is missing, with a wrong day first, and the practice answers.
func (c *cast) asksBack() {
	const question, answer = "How many sessions did you have to cancel in December?", "Eleven, all of them in the week after Christmas."
	const ask, by = "What do you need to know?", "Answer by"
	p := c.worker
	p.t.Helper()
	p.visit(c.path)
	p.clickLink("Ask the practice for information")
	p.fill(ask, question)
	p.fillDay(by, "31", "2", "2017")
	p.clickButton("Ask the practice")
	p.gets(422)
	p.mustMend(by, "Enter a real date, such as 27 3 2017")
	p.holds(ask, question)
	day, month, year := typed(today.AddDays(-1))
	p.fillDay(by, day, month, year)
	p.clickButton("Ask the practice")
	p.gets(422)
	p.sees("The day must be after today, 18 January 2017")
	p.holds(ask, question)
	day, month, year = inDays(5)
	p.fillDay(by, day, month, year)
	p.clickButton("Ask the practice")
	p.sees("The practice sees your question.", "Answer by 25 January 2017", "A question to the practice is still open")

	m := c.manager
	m.visit("/cases")
	m.sees("The practice answers the question of the local team", "25 January 2017")
	m.clickLink("HALLOWDALE ROAD SURGERY")
	m.sees(question)
	m.clickButton("Answer the question")
	m.clickButton("Send the answer")
	m.gets(422)
	m.mustMend("Your answer", "Enter your answer")
	m.sees(question)
	m.fill("Your answer", answer)
	m.clickButton("Send the answer")
	m.sees("Your answer is with the local team.", answer)

	p.visit(c.path)
	p.sees(answer, question)
}

// waits: the case is put on hold and taken off again.
func (c *cast) waits() {
	p := c.worker
	p.t.Helper()
	p.clickLink("Put on hold")
	p.fill("Why does it wait?", "The partners meet on the last day of the month.")
	p.clickButton("Put on hold")
	p.gets(422)
	p.mustMend("When will you look at it again?", "Enter a day")
	p.holds("Why does it wait?", "The partners meet on the last day of the month.")
	p.fillDay("When will you look at it again?", "1", "2", "2017")
	p.clickButton("Put on hold")
	p.sees("The case is on hold.", "The local team looks at it again on 1 February 2017", "This case is on hold. Take it off hold first")
	c.manager.visit(c.path)
	c.manager.sees("This case is on hold", "The partners meet on the last day of the month.", "1 February 2017")
	c.lead.visit("/cases?waiting=hold")
	c.lead.sees("1 case", "On hold", "1 February 2017")

	p.clickButton("Take off hold")
	p.clickButton("Take off hold")
	p.sees("The case is off hold.")
	p.doesNotSee("The local team looks at it again on")
}

// write: notes for the team alone, notes for the practice, and messages from it.
func (c *cast) write() {
	const inside, shared, message = "The practice next door lost its lease.", "The forms come by post on Monday.", "Could it be Tuesday instead?"
	p := c.worker
	p.t.Helper()
	p.clickLink("Add a note")
	p.fill("Note", inside)
	p.clickButton("Add the note")
	p.gets(422)
	p.mustMend("Who can read it?", "Choose who can read this note")
	p.holds("Note", inside)
	p.choose("Only the local team")
	p.clickButton("Add the note")
	p.sees("The note is added.", inside)
	p.clickLink("Add a note")
	p.fill("Note", shared)
	p.choose("The practice too")
	p.clickButton("Add the note")

	m := c.manager
	m.visit(c.path)
	m.sees(shared)
	m.doesNotHold(inside)
	m.clickLink("Send a message to the local team")
	m.doesNotSee("Who can read it?")
	m.fill("Message to the local team", message)
	m.clickButton("Send the message")
	m.sees(message)
	c.lead.visit(c.path)
	c.lead.sees(inside, shared, message)
}

// ends: the practice takes its request back.
func (c *cast) ends() {
	m := c.manager
	m.t.Helper()
	m.visit(c.path)
	m.clickLink("Withdraw")
	m.isAt("Withdraw this request")
	m.clickButton("Withdraw")
	m.gets(422)
	m.mustMend("Why is it withdrawn?", "Say why the request is withdrawn")
	m.fill("Why is it withdrawn?", "The salaried GP stays after all.")
	m.clickButton("Withdraw")
	m.sees("The request is withdrawn.", "Withdrawn", "The salaried GP stays after all.", "Nothing more happens with this request")
	c.worker.visit(c.path)
	c.worker.sees("The salaried GP stays after all.")
	if c.worker.hasLink("Add a note") || c.worker.hasLink("Put on hold") {
		c.worker.t.Error("a case that was withdrawn still offers acts")
	}
	c.worker.visit(c.path + "/hold")
	c.worker.gets(409)
	c.worker.isAt("This cannot be done now")
}
