package paths

// Pages about federations and networks of practices.
const (
	Federations           = "/federations"
	NewFederation         = "/federations/new"
	FederationPattern     = "/federations/:id"
	EditFederationPattern = "/federations/:id/edit"
	JoinPattern           = "/federations/:id/members"
	NewMemberPattern      = "/federations/:id/members/new"
	MembershipPattern     = "/federations/:id/members/:member"
	GroupCasePattern      = "/federations/:id/case"
)

// Federation is the page of a federation or a network.
func Federation(id int64) string { return Federations + "/" + Number(id) }

// EditFederation is the form of a federation.
func EditFederation(id int64) string { return Federation(id) + "/edit" }

// Join takes a practice that joined a federation.
func Join(id int64) string { return Federation(id) + "/members" }

// NewMember is the form by which a practice joins a federation.
func NewMember(id int64) string { return Join(id) + "/new" }

// Membership is the form of a membership.
func Membership(id, member int64) string { return Join(id) + "/" + Number(member) }

// GroupCase opens a case for practices of a federation.
func GroupCase(id int64) string { return Federation(id) + "/case" }
