package journey

import "testing"

// The lead lets a caseworker act for them, who begins and ends it under My work; and what is wrong with the days is said beside them.
func TestLeaveCover(t *testing.T) {
	s := demonstration(t)
	p := s.demonstrates(t, theLead)
	p.visit("/account")
	p.clickLink("Leave cover")
	p.isAt("Leave cover")
	p.sees("Present", "Coming", "Past", "Three days of a course in Leeds")
	p.pick("Who is away?", "Ruth Calloway, team lead")
	p.pick("Who acts for them?", "Daniel Osei, caseworker")
	p.fillDay("First day", "18", "1", "2017")
	p.fillDay("Last day", "18", "4", "2017")
	p.fill("Why?", "Annual leave.")
	p.clickButton("Arrange it")
	p.gets(422)
	p.sees("Somebody can stand in for at most 60 days")
	p.holds("Why?", "Annual leave.")
	p.fillDay("Last day", "25", "1", "2017")
	p.clickButton("Arrange it")
	p.sees("The leave cover is arranged", "18 January 2017 to 25 January 2017")

	w := s.demonstrates(t, "Caseworker, Yorkshire")
	w.visit("/work")
	w.sees("You stand in for Ruth Calloway", "You stand in for Marian Swift")
	w.clickButton("Act for Ruth Calloway")
	w.sees("You act for Ruth Calloway", "For Ruth Calloway")
	w.clickButton("Stop acting for Ruth Calloway")
	w.sees("You act for yourself again")
}
