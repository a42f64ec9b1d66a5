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

// MostAwaited is how many claims are listed, or approved, at once.
const MostAwaited = 100

// Awaited lists the claims that wait for the person's approval, each with why the person cannot approve it where that is
// so. There can be more than MostAwaited; those that have waited longest come first.
func (s *Service) Awaited(ctx context.Context, by By) ([]funding.Awaited, error) {
	list, err := s.store.Awaited(ctx, by.Actor, s.Now().Today, MostAwaited)
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

// ApprovedClaim is what became of one claim among those that somebody approved together.
type ApprovedClaim struct {
	Claim funding.Awaited // the zero value where there is none, or none that the person sees
	// Refused says why it was not approved; nil where it was.
	Refused error
	// First: it was the first of two approvals, and somebody else gives the second.
	First bool
}

// ApproveClaims approves claims one after the other, each in a change of its own and by the rules of a single approval, and
// says of each what became of it, in the order in which they were chosen. One that is refused keeps no other from being
// approved. A second copy of the same form approves nothing twice.
func (s *Service) ApproveClaims(ctx context.Context, by By, chosen []funding.Chosen) ([]ApprovedClaim, error) {
	ids := make([]int64, len(chosen))
	for i, c := range chosen {
		ids[i] = c.ID
	}
	seen, err := s.store.AwaitedByID(ctx, by.Actor, ids)
	if err != nil {
		return nil, err
	}
	list := make([]ApprovedClaim, len(chosen))
	for i, c := range chosen {
		at := slices.IndexFunc(seen, func(w funding.Awaited) bool { return w.ID == c.ID })
		if at < 0 {
			list[i].Refused = fault.NotFound{What: "claim"}
			continue
		}
		list[i].Claim = seen[at]
		list[i].Refused = s.approveOneOf(ctx, by, seen[at], c.Version)
	}
	now, err := s.store.AwaitedByID(ctx, by.Actor, ids)
	if err != nil {
		return nil, err
	}
	for _, w := range now {
		for i := range list {
			if list[i].Claim.ID == w.ID {
				list[i].First = list[i].Refused == nil && w.State == funding.ClaimChecked
			}
		}
	}
	return list, nil
}

// approveOneOf approves one of several claims. What is no refusal is a defect: it is logged, and the claim stands as it did.
func (s *Service) approveOneOf(ctx context.Context, by By, w funding.Awaited, version int64) error {
	if by.Submission != "" {
		by.Submission += " " + strconv.FormatInt(w.ID, 10)
	}
	err := s.ApproveShare(ctx, by, casework.ID(w.Case), w.Number, funding.Share{Read: version})
	var conflict fault.Conflict
	if _, invalid := fault.AsInvalid(err); err == nil || invalid || fault.IsForbidden(err) || fault.IsNotFound(err) || errors.As(err, &conflict) {
		return err
	}
	s.log.ErrorContext(ctx, "could not approve a claim among others", "claim", w.ID, "error", err.Error())
	return fault.Conflict{Reason: "Something went wrong on our side, and nothing was changed for this claim. Try it again in a few minutes"}
}
