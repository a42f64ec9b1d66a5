package support

import (
	"fmt"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
)

// Owner is who does what a milestone says: a side, never a person by name. The code is what the database holds.
type Owner string

// The owners.
const (
	ByPractice Owner = "practice"
	ByTeam     Owner = "team"
	ByProvider Owner = "provider"
)

// Owners lists them in the order in which people choose.
var Owners = []Owner{ByPractice, ByTeam, ByProvider}

var ownerNames = map[Owner]string{ByPractice: "The practice", ByTeam: "The local team", ByProvider: "The provider"}

// Name is the owner as people say it; empty for one that does not exist.
func (o Owner) Name() string { return ownerNames[o] }

// HighImpactAction is one of the ten by which general practice frees time; a milestone may belong to one.
type HighImpactAction struct{ Code, Name string }

// HighImpactActions lists the ten, in the order in which the programme publishes them. The codes stay for ever.
var HighImpactActions = []HighImpactAction{
	{"active_signposting", "Active signposting"}, {"consultation_types", "New consultation types"}, {"reduce_dnas", "Reduce did not attends"},
	{"develop_team", "Develop the team"}, {"productive_workflows", "Productive workflows"}, {"personal_productivity", "Personal productivity"},
	{"partnership_working", "Partnership working"}, {"social_prescribing", "Social prescribing"}, {"self_care", "Support self care"},
	{"quality_improvement", "Develop quality improvement expertise"},
}

// ActionName is the name of a high impact action; empty for a code that is none.
func ActionName(code string) string {
	for _, a := range HighImpactActions {
		if a.Code == code {
			return a.Name
		}
	}
	return ""
}

// MilestoneState is how a milestone stands. The code is what the database holds.
type MilestoneState string

// The states of a milestone.
const (
	MilestoneOpen    MilestoneState = "open"
	MilestoneDone    MilestoneState = "done"
	MilestoneDropped MilestoneState = "dropped" // it will not be done, with a reason
)

// Lengths of the texts of a milestone, in characters, and how many milestones a plan has at the most.
const (
	MilestoneText  = 300
	MostMilestones = 50
)

// Milestone is a step of the action plan of a case.
type Milestone struct {
	ID     int64 // 0 until stored
	Number int   // within the case, from 1
	What   string
	Owner  Owner
	Action string // code of a high impact action; empty: none
	// Due is the day as it stands now; Moves has those before.
	Due   calendar.Date
	State MilestoneState

	AddedBy   account.PersonID
	AddedName string
	AddedAt   time.Time

	DoneOn      calendar.Date // zero unless done
	Dropped     string        // why it will not be done
	SettledBy   account.PersonID
	SettledName string
	SettledAt   time.Time

	Moves []Move // the oldest first
}

// Move is a change of the day of a milestone.
type Move struct {
	From, To  calendar.Date
	Reason    string
	MovedBy   account.PersonID
	MoverName string
	MovedAt   time.Time
}

// First is the day that the plan had in the beginning.
func (s Milestone) First() calendar.Date {
	if len(s.Moves) > 0 {
		return s.Moves[0].From
	}
	return s.Due
}

// Overdue tells whether it is not done though its day, as it stands now, is over.
func (s Milestone) Overdue(today calendar.Date) bool {
	return s.State == MilestoneOpen && s.Due.Before(today)
}

// Words say a milestone in a line, as the memorandum and the history do.
func (s Milestone) Words() string {
	text := fmt.Sprintf("%s %s, by %s", sentence(s.What), s.Owner.Name(), s.Due.Words())
	if name := ActionName(s.Action); name != "" {
		text += " (" + name + ")"
	}
	return text
}

// PlanWords says the action plan as the memorandum does: each milestone that was not dropped, with who does it and by when.
func PlanWords(list []Milestone) string {
	var all []string
	for _, s := range list {
		if s.State != MilestoneDropped {
			all = append(all, fmt.Sprintf("(%d) %s.", len(all)+1, s.Words()))
		}
	}
	if len(all) == 0 {
		return "No milestone is set yet. Those that both sides set stand in the action plan of this case, which both can read."
	}
	return strings.Join(append(all, "The action plan of this case, which both sides can read, says what has become of them."), "\n")
}

// OpenMilestone finds one that is open by its number; nil where there is none.
func OpenMilestone(list []Milestone, number int) *Milestone {
	for i := range list {
		if list[i].Number == number && list[i].State == MilestoneOpen {
			return &list[i]
		}
	}
	return nil
}
