package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/store"
)

// entriesInOne is how many entries belong to one event of a ledger that is made longer.
const entriesInOne = 500

// LengthenLedger adds entries to the budgets that the actor sees until the ledger has so many, for measuring: a penny comes
// into a budget whose year is not closed, and the next entry takes it out again, so that every balance stays what it was. They
// take effect in turn on the days of the budget's year up to now. It writes as every change does, with an event for each 500 entries, and
// returns how many entries there are.
func LengthenLedger(ctx context.Context, s *store.Store, a account.Actor, now time.Time, total int) (int, error) {
	budgets, err := s.Budgets(ctx, a, funding.AllocationFilter{})
	if err != nil {
		return 0, err
	}
	if budgets, err = openOf(ctx, s, budgets); err != nil {
		return 0, err
	}
	if len(budgets) == 0 {
		return 0, fmt.Errorf("there is no budget to add entries to")
	}
	today := calendar.DateOf(now)
	there, err := s.CountEntries(ctx)
	for n := 0; err == nil && there < total; n++ {
		b := budgets[n%len(budgets)]
		last := b.Year.Last()
		if today.Before(last) {
			last = today
		}
		on := b.Year.First().AddDays(n / len(budgets) % max(1, b.Year.First().DaysUntil(last)+1))
		err = s.Change(ctx, func(tx *store.Tx) error {
			outside, available := funding.Account{Budget: b.ID, State: funding.Outside}, funding.Account{Budget: b.ID, State: funding.Available}
			for range entriesInOne / 2 {
				tx.Post(
					funding.Entry{Kind: funding.OverCommit, From: outside, To: available, Amount: 1, Effective: on},
					funding.Entry{Kind: funding.OverCommitEnd, From: available, To: outside, Amount: 1, Effective: on},
				)
			}
			e := audit.Event{
				Act: "ledger lengthened for a measurement", Subject: audit.Subject{Kind: "budget", ID: audit.Integer(b.ID)}, Audience: audit.ForTeam,
				RecordedAt: now, Actor: "operator",
			}
			_, err := tx.Record(ctx, e, rand.Text())
			return err
		})
		there += entriesInOne
	}
	return there, err
}

// openOf leaves out the budgets into which nothing comes any more, since their year is closed.
func openOf(ctx context.Context, s *store.Store, budgets []funding.Budget) ([]funding.Budget, error) {
	var open []funding.Budget
	for _, b := range budgets {
		closed, err := s.YearClosed(ctx, b.Year, b.Team.Code)
		if err != nil {
			return nil, err
		}
		if !closed {
			open = append(open, b)
		}
	}
	return open, nil
}
