package main

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
)

// AllocationCommand has the commands about money to give.
type AllocationCommand struct {
	Add AddAllocationCommand `cmd:"" help:"Enter an allocation for a team, and approve it in another person's name."`
}

// AddAllocationCommand enters an allocation for one person and approves it for another. Both must have a role that lets
// them, as on the pages.
type AddAllocationCommand struct {
	Year       int    `required:"" help:"Financial year by the year in which it begins: 2016 is 2016/17." placeholder:"YYYY"`
	Team       string `required:"" help:"Code of the local team." placeholder:"CODE"`
	Source     string `required:"" help:"Where the money comes from: gprp, carry_over, ccg or other."`
	Amount     string `required:"" help:"Amount in pounds, such as 1554000 or 1,554,000.00."`
	Reason     string `required:"" help:"Why it is allocated, or where that was decided."`
	EnteredBy  string `required:"" help:"Email address of the programme manager who enters it." placeholder:"EMAIL"`
	ApprovedBy string `help:"Email address of another person who approves it. Left out, it waits for approval." placeholder:"EMAIL"`
	JSON       bool   `name:"json" help:"Print the result as JSON."`
}

// Run enters the allocation and, where somebody is named for it, approves it. Nothing is entered when the approver is
// the same person or nobody.
func (a AddAllocationCommand) Run(ctx context.Context, p *program) error {
	amount, err := funding.ParsePence(a.Amount)
	if err != nil {
		return fmt.Errorf("--amount %s: %w", a.Amount, err)
	}
	return p.withService(ctx, func(s *service.Service) error {
		enters, err := person(ctx, s, a.EnteredBy)
		if err != nil {
			return err
		}
		var approves service.By
		if a.ApprovedBy != "" {
			if approves, err = person(ctx, s, a.ApprovedBy); err != nil {
				return err
			}
			if approves.Actor.ID == enters.Actor.ID {
				return fmt.Errorf("--approved-by: %s enters the allocation, so somebody else must approve it", a.ApprovedBy)
			}
		}
		id, err := s.EnterAllocation(ctx, enters, service.NewAllocation{
			Year: calendar.Year(a.Year), Team: a.Team, Source: a.Source, Amount: amount, Reason: a.Reason, AtCommandLine: true,
		})
		if err != nil {
			return fmt.Errorf("enter the allocation: %w", err)
		}
		state, words := funding.Requested, fmt.Sprintf("Entered allocation %d of %s to %s. It waits for another person's approval.", id, amount, strings.ToUpper(a.Team))
		if a.ApprovedBy != "" {
			if err := s.ApproveAllocation(ctx, approves, id, true); err != nil {
				return fmt.Errorf("allocation %d is entered and waits; approve it: %w", id, err)
			}
			state, words = funding.AllocationApproved, fmt.Sprintf("Entered and approved allocation %d of %s to %s.", id, amount, strings.ToUpper(a.Team))
		}
		return p.result(a.JSON, map[string]any{
			"id": id, "year": a.Year, "team": strings.ToUpper(a.Team), "source": a.Source, "pence": int64(amount), "state": state,
		}, words)
	})
}

// person is somebody for whom an operator acts.
func person(ctx context.Context, s *service.Service, email string) (service.By, error) {
	actor, err := s.ActorByEmail(ctx, email)
	if fault.IsNotFound(err) {
		return service.By{}, fmt.Errorf("there is no account with the email address %s", email)
	}
	return service.By{Actor: actor}, err
}
