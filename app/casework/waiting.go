package casework

// WaitingCount is how many cases wait for something that a whole team has to see, whoever has the case.
type WaitingCount struct {
	Letters         int // decided, and the letter is not sent
	DecisionReviews int // the practice asked for a review of the decision
	Money           int // a payment failed or came back, and is not made anew
	Disputes        int // a practice says that money did not arrive as it was paid
	Receipts        int // a practice was asked again whether money arrived, and has said nothing
	Recoveries      int // money is asked back, and nobody has decided on that
	Overdue         int // money is to be paid back, and an instalment has not come
	Reports         int // of progress, which the person who has the case has not read
	Stopped         int // the practice could not accept the memorandum, since money is missing
	Forward         int // the budget of a forward commitment came, and is too small
	Milestones      int // of the action plan are overdue
	Memoranda       int // after rapid intervention are overdue
	Concerns        int // about the support are open
	Above           int // of them wait for the programme
	FollowUps       int // of closed cases are due and not recorded
	Reviews         int // the assessment is complete, and no second person has reviewed it
}

// Any tells whether something waits.
func (w WaitingCount) Any() bool { return w != WaitingCount{} }
