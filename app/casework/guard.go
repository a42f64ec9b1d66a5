package casework

import (
	"slices"

	"resilience/app/account"
)

// Guards say why a person cannot do an act now, or "" when they can.

func held(c *Case, _ account.Actor) string {
	if c.Assignee == 0 {
		return "Nobody has this case yet. Assign it first"
	}
	return ""
}

func notOnHold(c *Case, _ account.Actor) string {
	if c.Hold != nil {
		return "This case is on hold. Take it off hold first"
	}
	return ""
}

func onHold(c *Case, _ account.Actor) string {
	if c.Hold == nil {
		return "This case is not on hold"
	}
	return ""
}

func asked(c *Case, _ account.Actor) string {
	if c.Information == nil {
		return "There is no question waiting for an answer"
	}
	return ""
}

func nothingAsked(c *Case, _ account.Actor) string {
	if c.Information != nil {
		return "A question to the practice is still open"
	}
	return ""
}

// offerAsked tells whether the practice waits for an answer to its question about the offer.
func offerAsked(c *Case) bool { return c.Facts.OfferQuestion != 0 }

func noOfferQuestion(c *Case, _ account.Actor) string {
	if offerAsked(c) {
		return "Your last question about the offer is not answered yet"
	}
	return ""
}

// notBarred keeps out who declared an interest.
func notBarred(c *Case, a account.Actor) string {
	if slices.Contains(c.Facts.Barred, a.ID) {
		return "You have declared an interest in this case, so somebody else must do this"
	}
	if a.For.ID != 0 && slices.Contains(c.Facts.Barred, a.For.ID) {
		return a.For.Name + ", for whom you act, has declared an interest in this case, so somebody else must do this"
	}
	return ""
}

// nothingOwed keeps the local team from ending a case before the practice has the letter of its decision, or the answer to the review that
// it asked for. The practice itself may take its request back at any time.
func nothingOwed(c *Case, a account.Actor) string {
	switch {
	case slices.Contains(c.Parties(a), LeadPractice):
		return ""
	case c.Facts.LetterDue:
		return "The decision is made, and its letter is not sent. Send the letter first"
	}
	return noReviewOpen(c, a)
}

func assessed(c *Case, _ account.Actor) string {
	if !c.Facts.AssessmentComplete {
		return "The assessment is not complete. Finish it first"
	}
	return ""
}

func undecided(c *Case, _ account.Actor) string {
	if c.Facts.DecidedBy != 0 {
		return "This is decided already. Send the letter"
	}
	return ""
}

// notRecommender keeps the recommendation and the decision apart.
func notRecommender(c *Case, a account.Actor) string {
	if c.Facts.RecommendedBy == a.ID {
		return "You made the recommendation, so somebody else must decide"
	}
	return ""
}

// recommenderFree keeps a recommendation from standing when who made it has declared an interest since.
func recommenderFree(c *Case, _ account.Actor) string {
	if c.bars(c.Facts.RecommendedBy) {
		return "Who made the recommendation has declared an interest since. Return it to assessment, so that somebody else recommends"
	}
	return ""
}

func hasLines(c *Case, _ account.Actor) string {
	if c.Facts.OfferLines == 0 {
		return "The offer has no line of support yet"
	}
	return ""
}

func notDrafter(c *Case, a account.Actor) string {
	if c.Facts.OfferDraftedBy == a.ID || slices.Contains(c.Facts.OfferWriters, a.ID) {
		return "You wrote this offer, so somebody else must approve it"
	}
	return ""
}

// approverFree keeps an approval from standing when who gave it has declared an interest since.
func approverFree(c *Case, _ account.Actor) string {
	if c.Facts.OfferApprovedBy != 0 && c.bars(c.Facts.OfferApprovedBy) {
		return "Who approved the offer has declared an interest since. Change the offer or save its conditions again, so that somebody else approves it"
	}
	return ""
}

func noOpenClaims(c *Case, _ account.Actor) string {
	if c.Facts.ClaimsOpen > 0 {
		return "A claim is still open: its money has not been confirmed as received"
	}
	return ""
}

// reportsWait tells whether a report of progress has not been read.
func reportsWait(c *Case) bool { return c.Facts.ReportsUnread > 0 }

func reportsRead(c *Case, _ account.Actor) string {
	if reportsWait(c) {
		return "A report of progress has not been read by the person who has this case"
	}
	return ""
}

// milestonesWait tells whether a milestone of the action plan is open.
func milestonesWait(c *Case) bool { return c.Facts.MilestonesOpen > 0 }

func milestonesSettled(c *Case, _ account.Actor) string {
	if milestonesWait(c) {
		return "A milestone of the action plan is open. Say that it is done, or why it will not be"
	}
	return ""
}

func all(guards ...func(*Case, account.Actor) string) func(*Case, account.Actor) string {
	return func(c *Case, a account.Actor) string {
		for _, g := range guards {
			if why := g(c, a); why != "" {
				return why
			}
		}
		return ""
	}
}

// Choices between rows of one act at one stage.

func isUndecided(c *Case) bool { return c.Facts.DecidedBy == 0 }

// assessmentIs holds for a newest assessment that is complete, or still open.
func assessmentIs(complete bool) func(*Case) bool {
	return func(c *Case) bool { return c.Facts.AssessmentComplete == complete }
}

func decidedAs(answer Verdict) func(*Case) bool {
	return func(c *Case) bool { return c.Facts.DecidedBy != 0 && c.Facts.Decided == answer }
}

func offerIs(states ...string) func(*Case) bool {
	return func(c *Case) bool { return slices.Contains(states, c.Facts.OfferState) }
}

func noneAccepted(c *Case) bool {
	return !c.Facts.PracticeAccepted && !c.Facts.TeamAccepted && !slices.ContainsFunc(c.Facts.Sharing, func(s Sharing) bool { return s.Signed })
}

// acceptedBy holds for a memorandum that is proposed and accepted so far by these sides.
func acceptedBy(practice, team bool) func(*Case) bool {
	return func(c *Case) bool {
		return c.Facts.AgreementState == "proposed" && c.Facts.PracticeAccepted == practice && c.Facts.TeamAccepted == team
	}
}
