// Package casework has the support case: its states, the one table of what may be done to it by whom, and the
// promises of time made to the practice.
package casework

// State is the stage of a case. The code is what the database holds, for ever.
type State string

// The stages. A hold and a request for information lie over a stage; they are not stages.
const (
	Draft      State = "draft"      // the practice's own; nobody else sees it
	Referred   State = "referred"   // with the local team, which has not answered
	Triage     State = "triage"     // acknowledged; the practice has a named contact
	Assessment State = "assessment" // the team finds out what is needed
	Decision   State = "decision"   // recommended; until the letter is sent it stays here, decided or not
	Supported  State = "supported"  // the practice was told yes; an offer is worked out
	Reserve    State = "reserve"    // the practice was told that it waits on the reserve list
	NotNow     State = "not_now"    // the practice was told no, with reasons
	Offered    State = "offer"      // an offer is with the practice
	Agreeing   State = "agreement"  // the offer is accepted; the memorandum of understanding is being agreed
	Delivery   State = "delivery"   // agreed by both sides; the money is committed
	Closed     State = "closed"     // ended with an outcome
	Withdrawn  State = "withdrawn"
)

// States lists the stages in the order of the path.
var States = []State{Draft, Referred, Triage, Assessment, Decision, Supported, Reserve, NotNow, Offered, Agreeing, Delivery, Closed, Withdrawn}

var stateNames = map[State]string{
	Draft: "Draft", Referred: "Referred", Triage: "Triage", Assessment: "Assessment", Decision: "Decision", Supported: "Supported",
	Reserve: "Reserve list", NotNow: "Not now", Offered: "Offer", Agreeing: "Agreement", Delivery: "Delivery", Closed: "Closed", Withdrawn: "Withdrawn",
}

// Name is the stage as people say it.
func (s State) Name() string {
	if n, ok := stateNames[s]; ok {
		return n
	}
	return string(s)
}

// Over tells whether nothing more happens to a case in that stage.
func (s State) Over() bool { return s == Withdrawn || s == Closed }

// Route is how a case came in.
type Route string

// The routes.
const (
	ByPractice     Route = "practice"
	ByTeam         Route = "identified"
	ByLMC          Route = "lmc"
	ByCommissioner Route = "commissioner"
)

// Routes lists the ways in, the practice's own first.
var Routes = []Route{ByPractice, ByTeam, ByLMC, ByCommissioner}

var routeNames = map[Route]string{
	ByPractice: "Practice asked", ByTeam: "Identified by the local team", ByLMC: "Suggested by the LMC", ByCommissioner: "Suggested by the CCG",
}

// Name is the route as people say it.
func (r Route) Name() string {
	if n, ok := routeNames[r]; ok {
		return n
	}
	return string(r)
}
