package support

import (
	"time"

	"resilience/app/account"
)

// Question is what a practice wants to know of an offer before it answers it. The day by which it answers stays.
type Question struct {
	ID         int64 // 0 until stored
	Offer      int64
	Question   string
	AskedBy    account.PersonID
	AskedAt    time.Time // UTC
	Answer     string    // empty: none yet
	AnsweredBy account.PersonID
	AnsweredAt time.Time // UTC
}

// Open tells whether the question waits for an answer.
func (q Question) Open() bool { return q.Answer == "" }
