package paths

import (
	"strconv"

	"resilience/app/funding"
)

// Pages on which several claims are approved at once.
const (
	ClaimsToApprove = "/claims/approval"
	ClaimsChosen    = "/claims/approval/chosen"
)

// ChosenClaim names a claim in the version that was read, as the value of a box.
func ChosenClaim(c funding.Claim) string {
	return strconv.FormatInt(c.ID, 10) + "-" + strconv.FormatInt(c.Version, 10)
}
