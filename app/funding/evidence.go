package funding

import "slices"

// Evidence is what the document of a claim is. The code is what the database holds.
type Evidence string

// The kinds of evidence.
const (
	Invoice         Evidence = "invoice"
	ServiceReceipt  Evidence = "receipt"
	Timesheet       Evidence = "timesheet"
	MilestoneReport Evidence = "milestones"
)

// EvidenceKinds lists them in the order in which people choose.
var EvidenceKinds = []Evidence{ServiceReceipt, Timesheet, MilestoneReport, Invoice}

var evidenceNames = map[Evidence]string{
	Invoice: "The provider’s invoice", ServiceReceipt: "Receipt of service, such as a bill for what was bought", Timesheet: "Timesheet, or a list of the sessions", MilestoneReport: "Report on milestones",
}

// Name is the kind as people say it.
func (e Evidence) Name() string { return evidenceNames[e] }

// EvidenceOf is what a claim on a line has to be shown by: one of these. Nothing was published on it; docs/money.md has the same
// table, and says that it is set locally.
func EvidenceOf(line ClaimLine) []Evidence {
	switch {
	case line.Route == PaidToProvider:
		return []Evidence{Invoice}
	case line.Backfill, line.ByTime: // cover, which is paid for the time that somebody worked
		return []Evidence{Timesheet}
	}
	return []Evidence{ServiceReceipt, Timesheet, MilestoneReport} // financial assistance under section 96
}

// checkEvidence refuses a document of a kind that does not show what the line is for. A provider's invoice is one.
func (in ClaimInput) checkEvidence(line ClaimLine, add func(string, string, ...any)) {
	if in.ByTeam || line.ID == 0 || line.Route != PaidToPractice {
		return
	}
	asked := EvidenceOf(line)
	switch {
	case in.Evidence.Name() == "" || in.Evidence == Invoice:
		add("evidence", "Choose what the document is")
	case !slices.Contains(asked, in.Evidence) && line.Backfill:
		add("evidence", "This support is backfill, so the claim needs a timesheet or a list of the sessions")
	case !slices.Contains(asked, in.Evidence):
		add("evidence", "This support is paid by the day or session, so the claim needs a timesheet or a list of the sessions")
	}
}
