package service

import (
	"context"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// SummaryFile is a summary with what its page offers beside it.
type SummaryFile struct {
	casework.Summary
	Rules   casework.Rules // of the year: names of needs and kinds of help
	Years   []calendar.Year
	Teams   []funding.Team
	Regions []funding.Team
	AsAt    calendar.Moment
}

// Summary counts the cases of a scope and the money of its budgets. A year that is not given is today's; a person of one
// team alone gets that team. A team or region that there is not, or whose cases the person may not see, is
// fault.NotFound.
func (s *Service) Summary(ctx context.Context, by By, scope casework.Scope) (SummaryFile, error) {
	f := SummaryFile{AsAt: s.Now()}
	if scope.Year == 0 {
		scope.Year = calendar.YearOf(f.AsAt.Today)
	}
	var err error
	if f.Rules, err = s.store.Rules(ctx, scope.Year); err != nil {
		return f, err
	}
	if err = s.summaryPlaces(ctx, by, &f, &scope); err != nil {
		return f, err
	}
	f.Scope = scope
	if f.Years, err = s.store.TallyYears(ctx, by.Actor); err != nil {
		return f, err
	}
	if today := calendar.YearOf(f.AsAt.Today); !slices.Contains(f.Years, today) {
		f.Years = append([]calendar.Year{today}, f.Years...)
	}
	if f.Cases, err = s.store.Tally(ctx, by.Actor, scope); err != nil {
		return f, err
	}
	f.SilentSince = s.silentSince()
	silent := casework.Filter{Waiting: casework.WaitingSilent, Scope: casework.Scope{Region: scope.Region, Team: scope.Team}, SilentSince: f.SilentSince}
	if f.Silent, err = s.store.CountCases(ctx, by.Actor, silent); err != nil {
		return f, err
	}
	return f, s.summaryParts(ctx, by, &f)
}

// summaryPlaces finds the team or region of the scope among those that the person may see.
func (s *Service) summaryPlaces(ctx context.Context, by By, f *SummaryFile, scope *casework.Scope) error {
	var err error
	if f.Teams, f.Regions, err = s.store.Places(ctx, by.Actor); err != nil {
		return err
	}
	if scope.Team == "" && scope.Region == "" && len(f.Regions) == 0 && len(f.Teams) == 1 {
		scope.Team = f.Teams[0].Code
	}
	if scope.Team == "" && scope.Region == "" && len(f.Regions) == 1 {
		scope.Region = f.Regions[0].Code
	}
	named := func(list []funding.Team, code practice.Code) bool {
		i := slices.IndexFunc(list, func(t funding.Team) bool { return t.Code == code })
		if i >= 0 {
			f.Place = list[i].Name
		}
		return i >= 0
	}
	switch {
	case scope.Team != "" && !named(f.Teams, scope.Team), scope.Team == "" && scope.Region != "" && !named(f.Regions, scope.Region):
		return fault.NotFound{What: "summary"}
	case scope.Team == "" && scope.Region == "" && len(f.Regions) > 1:
		f.Place = "England"
	case scope.Team == "" && scope.Region == "":
		f.Place = "All your local teams"
	}
	return nil
}

// summaryParts adds the money, and the regions or local teams of which the scope is made.
func (s *Service) summaryParts(ctx context.Context, by By, f *SummaryFile) error {
	byRegion := f.Team == "" && f.Region == "" && len(f.Regions) > 1
	var money map[practice.Code]funding.Balances
	var err error
	if funds := by.Actor.Has(account.TeamLead, account.FinanceOfficer, account.ProgrammeManager, account.Auditor); funds {
		if money, err = s.store.MoneyByPart(ctx, by.Actor, f.Scope, byRegion); err != nil {
			return err
		}
		f.Money = funding.Balances{}
		for _, balances := range money {
			f.Money.Add(balances)
		}
		if f.Forward, err = s.store.ForwardSums(ctx, by.Actor, casework.ForwardFilter{Scope: f.Scope}); err != nil {
			return err
		}
	}
	if f.Team != "" {
		return nil
	}
	cases, err := s.store.TallyByPart(ctx, by.Actor, f.Scope, byRegion)
	if err != nil {
		return err
	}
	list := f.Teams
	if byRegion {
		list = append(slices.Clone(f.Regions), funding.Team{Name: "Region not known"})
	}
	for _, place := range list {
		if cases[place.Code] != nil || money[place.Code] != nil {
			f.Parts = append(f.Parts, casework.Part{Code: place.Code, Name: place.Name, Region: byRegion, Cases: cases[place.Code], Money: money[place.Code]})
		}
	}
	return nil
}

// ScopeNames names the region and the local team of a scope; a code that the register does not have stands for itself.
func (s *Service) ScopeNames(ctx context.Context, scope casework.Scope) (region, team string, err error) {
	names := []string{string(scope.Region), string(scope.Team)}
	for i, code := range names {
		if code == "" {
			continue
		}
		name, err := s.store.OrganisationName(ctx, practice.Code(code))
		if err == nil {
			names[i] = name
		} else if !fault.IsNotFound(err) {
			return "", "", err
		}
	}
	return names[0], names[1], nil
}
