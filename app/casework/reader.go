package casework

import "resilience/app/account"

// ReadByStaff tells whether the actor reads the case by a role in the programme, and so what the team works out among
// itself. Somebody of the practice who also works for another team does not.
func (c *Case) ReadByStaff(a account.Actor) bool {
	for _, s := range a.Assignments {
		switch s.Role {
		case account.Caseworker, account.TeamLead, account.FinanceOfficer, account.ProgrammeManager:
			if s.Place == account.Everywhere && s.Role == account.ProgrammeManager ||
				s.Place == account.AtArea && s.Code == string(c.Team) && c.Team != "" ||
				s.Place == account.AtRegion && s.Code == string(c.Region) && c.Region != "" {
				return true
			}
		case account.Auditor:
			return true
		}
	}
	return false
}
