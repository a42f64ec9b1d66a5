package funding

import "resilience/app/account"

// Approval is one person's yes to a sum of money, in the version of the thing that they read. An edit raises the
// version and so voids it.
type Approval struct {
	Subject string // "offer", "claim", "allocation"
	ID      int64
	Version int64
	Step    string // what was approved: "offer", "check", "claim", …
	Person  account.PersonID
	Amount  Pence
}
