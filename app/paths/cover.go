package paths

import "strconv"

// Leave cover: who acts for whom while they are away.
const (
	LeaveCover             = "/leave-cover"
	CoverRevocationPattern = "/leave-cover/:id/revocation"
	ActingPattern          = "/leave-cover/:id/acting"
	OwnName                = "/leave-cover/own-name" // ends the acting for somebody
)

// CoverRevocation ends a cover before its last day.
func CoverRevocation(id int64) string {
	return LeaveCover + "/" + strconv.FormatInt(id, 10) + "/revocation"
}

// Acting begins to act for the person of a cover.
func Acting(id int64) string { return LeaveCover + "/" + strconv.FormatInt(id, 10) + "/acting" }
