package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/store"
	"resilience/app/support"
)

// ProviderFile is a provider with what it can give, and what it has promised.
type ProviderFile struct {
	support.Provider
	Supply support.Supply
	Months []support.MonthSupply // from the month of today on
	// Rules have the menu and the needs, Teams and Regions the places that can be served.
	Rules          casework.Rules
	Teams, Regions []funding.Team
}

// Choices are the names of what can be chosen.
func (f ProviderFile) Choices() support.SupplyChoices {
	return supplyChoices(f.Rules, f.Teams, f.Regions)
}

func supplyChoices(rules casework.Rules, teams, regions []funding.Team) support.SupplyChoices {
	c := support.SupplyChoices{Menu: map[string]string{}, Needs: map[string]string{}, Areas: map[string]string{}}
	for _, m := range rules.Menu {
		c.Menu[m.Code] = m.Name
	}
	for _, n := range rules.Needs {
		c.Needs[n.Code] = n.Name
	}
	for _, list := range [][]funding.Team{teams, regions} {
		for _, t := range list {
			c.Areas[string(t.Code)] = t.Name
		}
	}
	return c
}

// ProviderFile reads a provider with what it can give, or is fault.NotFound.
func (s *Service) ProviderFile(ctx context.Context, id int64) (ProviderFile, error) {
	var f ProviderFile
	var err error
	if f.Provider, err = s.store.Provider(ctx, id); err != nil {
		return f, err
	}
	months := support.Months(s.Now().Today, support.SupplyMonths)
	if f.Supply, err = s.store.Supply(ctx, id, months[0]); err != nil {
		return f, err
	}
	promises, err := s.store.Promises(ctx, []int64{id}, months[0], months[len(months)-1].AddMonths(1).AddDays(-1))
	if err != nil {
		return f, err
	}
	for _, month := range months {
		m := support.MonthSupply{Month: month, Promised: support.PromisedIn(month, promises[id])}
		m.Offered, m.Said = f.Supply.Offered[month]
		f.Months = append(f.Months, m)
	}
	if f.Rules, err = s.Rules(ctx); err != nil {
		return f, err
	}
	f.Teams, f.Regions, err = s.store.ServedPlaces(ctx, s.Now().Today)
	return f, err
}

// ChangeSupply replaces what is said of what a provider can give, in the version that the person read. typed is what was
// wrong in the typing.
func (s *Service) ChangeSupply(ctx context.Context, by By, id, version int64, supply support.Supply, typed fault.Invalid) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		p, err := tx.Provider(ctx, id)
		if err != nil {
			return audit.Event{}, err
		}
		rules, err := tx.Rules(ctx, calendar.YearOf(m.Today))
		if err != nil {
			return audit.Event{}, err
		}
		teams, regions, err := tx.ServedPlaces(ctx, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		supply, event, err := p.Supply(supply, supplyChoices(rules, teams, regions), version, typed, by.Actor)
		if err != nil {
			return event, err
		}
		if err := tx.SaveSupply(ctx, id, supply); err != nil {
			return event, err
		}
		return event, tx.SaveProvider(ctx, &p)
	})
	return err
}

// SupplierFile is who can give help in a month, and what can be asked for.
type SupplierFile struct {
	Query          support.SupplyQuery
	Suppliers      []support.Supplier
	Months         []calendar.Date
	Rules          casework.Rules
	Teams, Regions []funding.Team
}

// Choices are the names of what can be asked for.
func (f SupplierFile) Choices() support.SupplyChoices {
	return supplyChoices(f.Rules, f.Teams, f.Regions)
}

// Suppliers finds who can give help: what of the menu, for which need, where, and in which month. What is not among the
// choices is not asked about; the month is this one where none of the next twelve is given.
func (s *Service) Suppliers(ctx context.Context, q support.SupplyQuery) (SupplierFile, error) {
	f := SupplierFile{Months: support.Months(s.Now().Today, support.SupplyMonths)}
	var err error
	if f.Rules, err = s.Rules(ctx); err != nil {
		return f, err
	}
	if f.Teams, f.Regions, err = s.store.ServedPlaces(ctx, s.Now().Today); err != nil {
		return f, err
	}
	can := f.Choices()
	known := func(code *string, names map[string]string) {
		if names[*code] == "" {
			*code = ""
		}
	}
	known(&q.Item, can.Menu)
	known(&q.Need, can.Needs)
	known(&q.Area, can.Areas)
	if q.Month.Before(f.Months[0]) || q.Month.After(f.Months[len(f.Months)-1]) {
		q.Month = f.Months[0]
	}
	q.Month = support.MonthOf(q.Month)
	f.Query = q
	f.Suppliers, err = s.store.Suppliers(ctx, q, serving(q.Area, f.Teams))
	support.SortSuppliers(f.Suppliers)
	return f, err
}

// serving are the codes by which a provider serves a place: its own, and for a local team that of its region.
func serving(area string, teams []funding.Team) []string {
	if area == "" {
		return nil
	}
	codes := []string{area}
	for _, t := range teams {
		if string(t.Code) == area && t.Region != "" {
			codes = append(codes, string(t.Region))
		}
	}
	return codes
}
