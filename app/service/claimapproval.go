package service

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// MostAwaited is how many claims are listed, and checked or approved, at once.
const MostAwaited = 100

// Awaited lists the claims that wait for the person's approval, each with why the person cannot approve it where that is
// so. There can be more than MostAwaited; those that have waited longest come first.
func (s *Service) Awaited(ctx context.Context, by By) ([]funding.Awaited, error) {
	list, err := s.store.Awaited(ctx, by.Actor, casework.WorkApproveClaim, s.Now().Today, MostAwaited)
	if err != nil || len(list) == 0 {
		return list, err
	}
	m := s.Now()
	ladders := map[practice.Code]funding.Ladder{}
	for i, one := range list {
		steps, known := ladders[one.Team]
		if !known {
			if steps, err = ladder(ctx, s.store, casework.ClaimStep, one.Team, m.Today); err != nil {
				return nil, err
			}
			ladders[one.Team] = steps
		}
		list[i].Refusal = casework.RefuseApproval(one, steps, by.Actor, m)
	}
	return list, nil
}

// ToCheck lists the claims that wait for the person's check, each with why it is to be opened by itself where that is so. There can be
// more than MostAwaited; those that have waited longest come first.
func (s *Service) ToCheck(ctx context.Context, by By) ([]funding.Awaited, error) {
	list, err := s.store.Awaited(ctx, by.Actor, casework.WorkCheckClaim, s.Now().Today, MostAwaited)
	for i, one := range list {
		list[i].Refusal = casework.RefuseCheck(one, by.Actor, s.Now())
	}
	return list, err
}

// DoneClaim is what became of one claim among those that somebody checked or approved together.
type DoneClaim struct {
	Claim funding.Awaited // the zero value where there is none, or none that the person sees
	// Refused says why it was not done; nil where it was.
	Refused error
	// First: it was the first of two approvals, and somebody else gives the second.
	First bool
}

// ApproveClaims approves claims one after the other, each in a change of its own and by the rules of a single approval, and
// says of each what became of it, in the order in which they were chosen. One that is refused keeps no other from being
// approved. A second copy of the same form approves nothing twice.
func (s *Service) ApproveClaims(ctx context.Context, by By, chosen []funding.Chosen) ([]DoneClaim, error) {
	return s.oneByOne(ctx, by, chosen, funding.ClaimChecked, func(by By, w funding.Awaited, read int64) error {
		return s.ApproveShare(ctx, by, casework.ID(w.Case), w.Number, funding.Share{Read: read})
	})
}

// CheckClaims says of claims that all of each is for what was agreed, as ApproveClaims approves them. One that is like another
// claim is refused: on its own page it is said why it is not for the same thing.
func (s *Service) CheckClaims(ctx context.Context, by By, chosen []funding.Chosen) ([]DoneClaim, error) {
	return s.oneByOne(ctx, by, chosen, funding.ClaimSubmitted, func(by By, w funding.Awaited, read int64) error {
		err := s.CheckShare(ctx, by, casework.ID(w.Case), w.Number, "", funding.Share{All: true, Read: read})
		if _, unexplained := fault.AsInvalid(err); unexplained {
			return fault.Conflict{Reason: casework.OpenAlike}
		}
		return err
	})
}

// oneByOne does an act on each of the chosen claims that the person sees. A claim that still stands at waits after it needs a second person.
func (s *Service) oneByOne(ctx context.Context, by By, chosen []funding.Chosen, waits funding.ClaimState, do func(By, funding.Awaited, int64) error) ([]DoneClaim, error) {
	ids := make([]int64, len(chosen))
	for i, c := range chosen {
		ids[i] = c.ID
	}
	seen, err := s.store.AwaitedByID(ctx, by.Actor, ids)
	if err != nil {
		return nil, err
	}
	list := make([]DoneClaim, len(chosen))
	for i, c := range chosen {
		at := slices.IndexFunc(seen, func(w funding.Awaited) bool { return w.ID == c.ID })
		if at < 0 {
			list[i].Refused = fault.NotFound{What: "claim"}
			continue
		}
		list[i].Claim = seen[at]
		list[i].Refused = s.amongOthers(ctx, by, seen[at], func(by By) error { return do(by, seen[at], c.Version) })
	}
	now, err := s.store.AwaitedByID(ctx, by.Actor, ids)
	if err != nil {
		return nil, err
	}
	for _, w := range now {
		for i := range list {
			if list[i].Claim.ID == w.ID {
				list[i].First = list[i].Refused == nil && w.State == waits
			}
		}
	}
	return list, nil
}

// amongOthers does one of several claims. What is no refusal is a defect: it is logged, and the claim stands as it did.
func (s *Service) amongOthers(ctx context.Context, by By, w funding.Awaited, do func(By) error) error {
	if by.Submission != "" {
		by.Submission += " " + strconv.FormatInt(w.ID, 10)
	}
	err := do(by)
	var conflict fault.Conflict
	if _, invalid := fault.AsInvalid(err); err == nil || invalid || fault.IsForbidden(err) || fault.IsNotFound(err) || errors.As(err, &conflict) {
		return err
	}
	s.log.ErrorContext(ctx, "could not do a claim among others", "claim", w.ID, "error", err.Error())
	return fault.Conflict{Reason: "Something went wrong on our side, and nothing was changed for this claim. Try it again in a few minutes"}
}
