package journey

import "strings"

// What the practice manager writes.
const (
	problem = "Our salaried GP leaves at Easter and both partners work most weekends.\n\nThree advertisements brought no reply."
	success = "Nobody works more than one weekend in four, and the salaried post is filled."
)

// begins finds the practice in the register, with one wrong letter, and begins a request.
func (p *person) begins() {
	p.t.Helper()
	p.isAt("Your requests")
	p.clickLink("Practices")
	p.fill("Code, name or postcode", "halowdale road")
	p.clickButton("Search")
	p.sees("1 practice")
	p.clickLink("HALLOWDALE ROAD SURGERY")
	p.isAt("HALLOWDALE ROAD SURGERY")
	p.clickButton("Ask for support for this practice")
	p.isAt("Ask for support")
	p.clickButton("Continue")
	p.isAt("Request for support")
}

func (p *person) leavesAnswersEmpty() {
	p.t.Helper()
	p.doesNotSee("matched", "your contribution")
	p.fill("How will you know that the help has worked?", success)
	p.clickButton("Continue")
	p.gets(422)
	p.mustMend("What is wrong?", "Tell us what is wrong")
	p.mustMend("Where do you need help?", "Choose at least one area where you need help")
	p.holds("How will you know that the help has worked?", success)
	p.jumps("Tell us what is wrong", "What is wrong?")
}

func (p *person) typesAWrongAmount() {
	p.t.Helper()
	p.fill("What is wrong?", problem)
	p.tick("Staffing")
	p.tick("Leadership and partnership")
	p.fill("What might the help cost, in pounds, if you know?", "about 9 thousand")
	p.fill("What is that for, if you gave a figure?", "A locum for a quarter")
	p.clickButton("Continue")
	p.gets(422)
	p.sees("There is a problem")
	p.holds("What might the help cost, in pounds, if you know?", "about 9 thousand")
	p.holds("What is wrong?", problem)
	p.holds("Staffing", "true")
	p.holds("HR", "false")
	p.holds("What is that for, if you gave a figure?", "A locum for a quarter")
	p.fill("What might the help cost, in pounds, if you know?", "£9,250.50")
}

func (p *person) comesBackLater() {
	p.t.Helper()
	p.clickButton("Save and come back later")
	p.isAt("Your requests")
	p.sees("Your answers are saved. Nothing has been sent yet.", "Draft")
	p.clickLink("HALLOWDALE ROAD SURGERY")
	p.holds("What is wrong?", problem)
	p.holds("Leadership and partnership", "true")
	p.holds("What might the help cost, in pounds, if you know?", "9,250.50")
}

func (p *person) addsAPractice() {
	p.t.Helper()
	p.clickButton("Save, and add other practices")
	p.isAt("Practices in this request")
	p.fill("Find a practice to add", "holm bek")
	p.clickButton("Search")
	p.clickButton("Add HOLM BECK PRACTICE")
	p.sees("HOLM BECK PRACTICE X10005")
	p.clickButton("Remove HOLM BECK PRACTICE")
	p.doesNotSee("HOLM BECK PRACTICE")
	p.fill("Find a practice to add", "no such place")
	p.clickButton("Search")
	p.sees("No practice matches")
	p.fill("Find a practice to add", "x10005")
	p.clickButton("Search")
	p.clickButton("Add HOLM BECK PRACTICE")
	p.sees("HOLM BECK PRACTICE X10005")
	p.clickButton("Back to the request")
	p.isAt("Request for support")
	p.sees("HOLM BECK PRACTICE X10005")
}

func (p *person) checksTheAnswers() {
	p.t.Helper()
	p.clickButton("Continue")
	p.isAt("Check your answers")
	p.sees("Three advertisements brought no reply.", "Staffing, Leadership and partnership", "£9,250.50 (A locum for a quarter)", success,
		"HOLM BECK PRACTICE X10005", "It goes to Yorkshire and the Humber", "6,840 on 30 December 2016")
	p.clickLink("Change the kind of help")
	p.tick("Coaching, supervision or mentorship")
	p.clickButton("Continue")
	p.isAt("Check your answers")
	p.sees("Coaching")
}

// sends presses the button twice in a hurry, then goes back and tries again.
func (p *person) sends() {
	p.t.Helper()
	referral := strings.TrimSuffix(p.path(), "/check") + "/referral"
	between := func() {}
	if !p.scripts { // then nothing in the page keeps the second press back: both are under way at once
		p.site.hold(referral, 2)
		between = func() {
			p.until("the first form arrives", func() (bool, error) { return p.site.arrived(referral) == 1, nil })
		}
	}
	p.clickTwice("Send the request", between)
	p.sees("Your request is sent. Its reference is PRP-2016-000001.", "Referred", "Not named yet", "What happens next",
		"The local team names a contact for the practice", "By:", "Yorkshire and the Humber", "The request")
	if got, want := p.site.arrived(referral), map[bool]int{true: 1, false: 2}[p.scripts]; got != want {
		p.t.Errorf("%d forms were sent, not %d", got, want)
	}
	p.back()
	if p.hasButton("Send the request") {
		p.clickButton("Send the request")
	}
	p.doesNotSee("Something went wrong")
	p.visit("/cases")
	if rows := p.rows(); len(rows) != 1 {
		p.t.Errorf("there are %d requests, not one: %q", len(rows), rows)
	}
	p.sees("PRP-2016-000001")
	p.clickLink("HALLOWDALE ROAD SURGERY")
	sent := 0
	for _, heading := range tell[[]string](p, "part", ".app-timeline__heading") {
		if heading == "Request sent to the local team" {
			sent++
		}
	}
	if sent != 1 {
		p.t.Errorf("the request was sent %d times", sent)
	}
}

// jumps follows a link of the summary to the field that it is about.
func (p *person) jumps(message, label string) {
	p.t.Helper()
	p.must("follow the message", p.press(tell[spot](p, "link", message), 1))
	p.until("the field has the focus", func() (bool, error) { return ask[bool](p, "isFocused", label) })
}
