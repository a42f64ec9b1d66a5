package funding

import (
	"time"

	"resilience/app/account"
)

// Approval is one person's yes to a sum of money, in the version of the thing that they read. An edit raises the
// version and so voids it.
type Approval struct {
	Subject string // "offer", "claim", "allocation"
	ID      int64
	Version int64
	Step    string // what was approved: "first" of two, "offer", "check", "approve", …
	Person  account.PersonID
	Amount  Pence
	// Reaches: the person's own limit was as high as the amount. It is false only for one of two approvals.
	Reaches bool
	Name    string    // of the person; read, never stored
	At      time.Time // UTC
}
