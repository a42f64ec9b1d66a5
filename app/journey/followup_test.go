package journey

import (
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/demo"
	"resilience/app/service"
)

// A follow-up that is due in the demonstration is found on the list, and recorded beside what was known before.
func TestFollowUp(t *testing.T) {
	const doing = "Every session of June was filled."
	s := demonstration(t)
	p := s.demonstrates(t, theLead)
	list, err := s.service.ActorByEmail(t.Context(), emailOf(theLead))
	p.must("find the lead", err)
	due, _, err := s.service.Cases(t.Context(), service.By{Actor: list}, casework.Filter{Waiting: casework.WaitingFollowUp}, 1)
	p.must("list what is due", err)
	if len(due.Rows) == 0 {
		t.Fatal("no follow-up is due")
	}
	file, err := s.service.FollowUpNow(t.Context(), service.By{Actor: list}, due.Rows[0].ID)
	p.must("read the follow-up", err)

	p.visit("/cases?waiting=follow_up")
	p.clickLink(due.Rows[0].PracticeName)
	p.sees("Follow-up is due")
	p.clickButton("Record the follow-up")
	p.isAt("Record the follow-up")
	p.sees("Before and after", "What is not known is never taken for zero")
	p.fill("How is the practice doing now?", doing)
	p.clickButton("Record the follow-up")
	p.gets(422)
	p.sees("Say whether more help is needed", "say whether what was expected was reached")
	p.holds("How is the practice doing now?", doing)
	for _, a := range file.FollowUp.Result.Aims {
		p.chooseIn(a.Name+": was what was expected reached?", "Reached in part")
	}
	p.chooseIn("Is more help needed?", "No")
	p.clickButton("Record the follow-up")
	p.sees("The follow-up is recorded, and the practice is told.", doing, "Reached in part", "does not change when newer figures are published")
	p.offersLink("Download the follow-up (PDF)")
	p.isRefused(p.path()+"/result", 409, "There is nothing to do here now: it was done already")
}

// emailOf is that of somebody whom the demonstration offers.
func emailOf(who string) string {
	for _, offered := range demo.SignIns() {
		if strings.HasPrefix(offered.Who, who) {
			return offered.Email
		}
	}
	return ""
}
