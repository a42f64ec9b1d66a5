package service

import (
	"context"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
	"resilience/app/support"
)

// codes are those of the practices of the case, the lead first.
func (f CaseFile) codes() []practice.Code { return codesOf(f.Practices) }

func codesOf(members []casework.Member) []practice.Code {
	codes := make([]practice.Code, len(members))
	for i, m := range members {
		codes[i] = m.Code
	}
	return codes
}

// ShareCost divides the cost of the live offer of a group by weights: hundredths of a per cent, by practice. None puts it
// together again. version is that of the offer that the person read.
func (s *Service) ShareCost(ctx context.Context, by By, id casework.ID, version int64, weights map[practice.Code]int64) error {
	return s.shareCost(ctx, by, id, version, func(*store.Tx, []casework.Member, calendar.Moment) (map[practice.Code]int64, error) {
		return weights, nil
	})
}

// ShareCostByLists divides it by the newest registered lists. A practice whose list is not known is fault.Invalid.
func (s *Service) ShareCostByLists(ctx context.Context, by By, id casework.ID, version int64) error {
	return s.shareCost(ctx, by, id, version, func(tx *store.Tx, members []casework.Member, m calendar.Moment) (map[practice.Code]int64, error) {
		lists, err := tx.NewestLists(ctx, codesOf(members), m.Today)
		if err != nil {
			return nil, err
		}
		var wrong fault.Invalid
		weights := map[practice.Code]int64{}
		for _, member := range members {
			if weights[member.Code] = int64(lists[member.Code].Patients); weights[member.Code] == 0 {
				wrong.Add("how", "The registered list of %s is not known. Type the shares instead", member.Name)
			}
		}
		return weights, wrong.Err()
	})
}

func (s *Service) shareCost(ctx context.Context, by By, id casework.ID, version int64, weigh func(*store.Tx, []casework.Member, calendar.Moment) (map[practice.Code]int64, error)) error {
	return s.writeOffer(ctx, by, On{Case: id}, func(tx *store.Tx, c *casework.Case, o *offer, _ support.Choices, m calendar.Moment) (casework.Moved, error) {
		members := c.Practices
		if o.Varies != 0 && c.Shared() {
			members = c.TakingPart()
		}
		weights, err := weigh(tx, members, m)
		if err != nil {
			return casework.Moved{}, err
		}
		var shares []support.Share
		for _, member := range c.Practices {
			if weights[member.Code] > 0 {
				shares = append(shares, support.Share{Practice: member.Code, Name: member.Name, Weight: weights[member.Code]})
			}
		}
		return c.ShareCost(o, shares, version, by.Actor, m)
	})
}
