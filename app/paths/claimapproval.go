package paths

import (
	"strconv"

	"resilience/app/funding"
)

// Pages on which several claims are checked or approved at once.
const (
	ClaimsToCheck       = "/claims/check"
	ClaimsChosenToCheck = "/claims/check/chosen"

	ClaimsToApprove = "/claims/approval"
	ClaimsChosen    = "/claims/approval/chosen"
)

// ChosenClaim names a claim in the version that was read, as the value of a box.
func ChosenClaim(c funding.Claim) string {
	return strconv.FormatInt(c.ID, 10) + "-" + strconv.FormatInt(c.Version, 10)
}
