package service

import (
	"context"
	"strconv"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
)

// KeepsFederations tells whether the actor may add and change federations and networks, of whatever team.
func KeepsFederations(a account.Actor) bool {
	return a.Operator || a.Has(account.Caseworker, account.TeamLead, account.Administrator)
}

func keepsFederations(a account.Actor) error {
	if !KeepsFederations(a) {
		return fault.Forbidden{Reason: "Only a caseworker, a team lead or an administrator keeps the register of federations and networks"}
	}
	return nil
}

// FederationFile is a federation with all that its page shows.
type FederationFile struct {
	practice.Federation
	Day     calendar.Date
	Members []practice.Membership // on the day
	Others  []practice.Membership // before it, or after
	Lists   map[practice.Code]practice.ListSize
	// Combined is the list of the members on the day.
	Combined practice.CombinedList
}

// Federations lists those whose name has the words, as they are today. The register is public: everybody who is signed in
// may read it.
func (s *Service) Federations(ctx context.Context, text string, page int) (practice.FederationList, error) {
	return s.store.Federations(ctx, text, s.Now().Today, page)
}

// Federation is a federation as it was on a day, or is fault.NotFound; the zero day is today.
func (s *Service) Federation(ctx context.Context, id int64, day calendar.Date) (FederationFile, error) {
	f := FederationFile{Day: day}
	if day.IsZero() {
		f.Day = s.Now().Today
	}
	var err error
	if f.Federation, err = s.store.Federation(ctx, id); err != nil {
		return f, err
	}
	all, err := s.store.FederationMembers(ctx, id)
	if err != nil {
		return f, err
	}
	f.Members, f.Others = practice.MembersOn(all, f.Day)
	codes := make([]practice.Code, len(f.Members))
	for i, m := range f.Members {
		codes[i] = m.Practice
	}
	f.Lists, err = s.store.NewestLists(ctx, codes, f.Day)
	f.Combined = practice.Combine(codes, f.Lists)
	return f, err
}

// FederationsOf is every membership of a practice, the newest first.
func (s *Service) FederationsOf(ctx context.Context, code practice.Code) ([]practice.Membership, error) {
	return s.store.FederationsOf(ctx, []practice.Code{code})
}

// FederationsToday are the federations to which the practices of a case belong today, with which of them do.
func (s *Service) FederationsToday(ctx context.Context, f CaseFile) ([]practice.Belongs, error) {
	codes := make([]practice.Code, len(f.Practices))
	for i, m := range f.Practices {
		codes[i] = m.Code
	}
	list, err := s.store.FederationsOf(ctx, codes)
	members, _ := practice.MembersOn(list, f.Today)
	return practice.Together(members), err
}

// AddFederation adds a federation to the register and returns its number.
func (s *Service) AddFederation(ctx context.Context, by By, d practice.FederationDetails) (int64, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		f := practice.Federation{FederationDetails: d.Tidy(), Version: 1}
		if err := checkFederation(ctx, tx, by, f); err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddFederation(ctx, &f, m); err != nil {
			return audit.Event{}, err
		}
		return onFederation("federation added", f.ID, map[string]string{"name": f.Name, "kind": string(f.Kind)}), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(result, 10, 64)
}

// ChangeFederation replaces what is said of a federation, in the version that the person read.
func (s *Service) ChangeFederation(ctx context.Context, by By, id, version int64, d practice.FederationDetails) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		f, err := tx.Federation(ctx, id)
		if err != nil {
			return audit.Event{}, err
		}
		f.FederationDetails, f.Version = d.Tidy(), version
		if err := checkFederation(ctx, tx, by, f); err != nil {
			return audit.Event{}, err
		}
		return onFederation("federation changed", id, map[string]string{"name": f.Name, "kind": string(f.Kind)}), tx.SaveFederation(ctx, f)
	})
	return err
}

func checkFederation(ctx context.Context, tx *store.Tx, by By, f practice.Federation) error {
	if err := keepsFederations(by.Actor); err != nil {
		return err
	}
	taken, err := tx.FederationNamed(ctx, f.Name, f.ID)
	if err != nil {
		return err
	}
	return f.Check(taken)
}

// AddMember records that a practice belongs to a federation from a day on; its last day may be known already. What is
// not a GP practice of the register is fault.Invalid.
func (s *Service) AddMember(ctx context.Context, by By, n practice.Membership) error {
	return s.changeMembers(ctx, by, n.Federation, "practice joined a federation", func(tx *store.Tx, all []practice.Membership) (practice.Membership, error) {
		profile, err := tx.Practice(ctx, n.Practice)
		if fault.IsNotFound(err) || err == nil && profile.Kind != practice.KindPractice {
			var wrong fault.Invalid
			wrong.Add("practice", "There is no practice with this code in the register")
			return n, wrong.Err()
		}
		if err != nil {
			return n, err
		}
		if err := n.Check(all); err != nil {
			return n, err
		}
		return n, tx.AddMembership(ctx, n)
	})
}

// ChangeMembership replaces the days of a membership, in the version that the person read.
func (s *Service) ChangeMembership(ctx context.Context, by By, n practice.Membership) error {
	return s.changeMembers(ctx, by, n.Federation, "membership of a federation changed", func(tx *store.Tx, all []practice.Membership) (practice.Membership, error) {
		m, err := membership(all, n.ID)
		if err != nil {
			return m, err
		}
		m.From, m.LastDay, m.Version = n.From, n.LastDay, n.Version
		if err := m.Check(all); err != nil {
			return m, err
		}
		return m, tx.SaveMembership(ctx, m)
	})
}

// RemoveMembership takes out a membership that was entered by mistake, in the version that the person read.
func (s *Service) RemoveMembership(ctx context.Context, by By, n practice.Membership) error {
	return s.changeMembers(ctx, by, n.Federation, "membership of a federation taken out", func(tx *store.Tx, all []practice.Membership) (practice.Membership, error) {
		m, err := membership(all, n.ID)
		if err != nil {
			return m, err
		}
		m.Version = n.Version
		return m, tx.RemoveMembership(ctx, m)
	})
}

func membership(all []practice.Membership, id int64) (practice.Membership, error) {
	for _, m := range all {
		if m.ID == id {
			return m, nil
		}
	}
	return practice.Membership{}, fault.NotFound{What: "membership"}
}

// changeMembers does something to the memberships of a federation, which fn is given, and records it.
func (s *Service) changeMembers(ctx context.Context, by By, id int64, act string, fn func(*store.Tx, []practice.Membership) (practice.Membership, error)) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		if err := keepsFederations(by.Actor); err != nil {
			return audit.Event{}, err
		}
		if _, err := tx.Federation(ctx, id); err != nil {
			return audit.Event{}, err
		}
		all, err := tx.FederationMembers(ctx, id)
		if err != nil {
			return audit.Event{}, err
		}
		m, err := fn(tx, all)
		if err != nil {
			return audit.Event{}, err
		}
		event := onFederation(act, id, map[string]string{"practice": string(m.Practice), "from": m.From.String(), "last_day": m.LastDay.String()})
		event.HoldsFrom = m.From.Start().UTC()
		return event, nil
	})
	return err
}

func onFederation(act string, id int64, words map[string]string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "federation", ID: audit.Integer(id)}, Audience: audit.ForTeam, Words: words}
}
