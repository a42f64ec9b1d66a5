package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"resilience/app/config"
	"resilience/app/service"
	"resilience/app/store"
)

// VerifyCommand proves the ledger and the chain of events.
type VerifyCommand struct {
	Head string `help:"Hash of an earlier last event, as it was logged or printed. It must be in the chain, or a tail was cut off." placeholder:"HASH"`
	JSON bool   `name:"json" help:"Print the result as JSON."`
}

// errNotAsRecorded ends the program with status 1 after the first wrong row was named.
var errNotAsRecorded = errors.New("the database is not as it was recorded")

// verified is the result as JSON.
type verified struct {
	OK          bool   `json:"ok"`
	Row         string `json:"row,omitempty"`
	What        string `json:"what,omitempty"`
	Events      int    `json:"events"`
	Entries     int    `json:"entries"`
	Accounts    int    `json:"accounts"`
	Allocations int    `json:"allocations"`
	Changes     int    `json:"budget_changes"`
	Lines       int    `json:"lines"`
	Claims      int    `json:"claims"`
	Batches     int    `json:"batches"`
	Budgets     int    `json:"budgets"`
	HeadEvent   int64  `json:"head_event"`
	Head        string `json:"head"`
}

// Run names the first row that is wrong. It reads the database as it is at one moment, so that a server may run on.
func (c VerifyCommand) Run(ctx context.Context, p *program) error {
	settings, err := p.config()
	if err != nil {
		return err
	}
	fresh, err := missing(ctx, settings.Database)
	if err != nil {
		return err
	}
	if fresh {
		return errors.New("verify: there is nothing at " + settings.DatabaseName())
	}
	return p.withAny(ctx, func(settings config.Config, s *store.Store) error {
		v, err := p.service(settings, s).Verify(ctx, c.Head)
		if err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		result := verified{
			OK: v.Wrong == nil, Events: v.Events, Entries: v.Entries, Accounts: v.Accounts, Allocations: v.Allocations, Changes: v.Changes, Lines: v.Lines, Claims: v.Claims,
			Batches: v.Batches, Budgets: v.Budgets, HeadEvent: v.HeadEvent, Head: v.Head,
		}
		if v.Wrong != nil {
			result.Row, result.What = v.Wrong.Row, v.Wrong.What
			return errors.Join(p.result(c.JSON, result, "Wrong: "+v.Wrong.String()), fmt.Errorf("%w: %s", errNotAsRecorded, v.Wrong))
		}
		return p.result(c.JSON, result, verifiedWords(v))
	})
}

func verifiedWords(v service.Verification) string {
	var text strings.Builder
	_, _ = fmt.Fprintf(&text, "All is as it was recorded: %d events with %d entries of the ledger, %d accounts, %d allocations, %d changes of budgets, %d budgets, %d lines of support, %d claims, %d batches.\n",
		v.Events, v.Entries, v.Accounts, v.Allocations, v.Changes, v.Budgets, v.Lines, v.Claims, v.Batches)
	if v.FoundAt != 0 {
		_, _ = fmt.Fprintf(&text, "The head that was given is event %d; %d came after it.\n", v.FoundAt, v.HeadEvent-v.FoundAt)
	}
	_, _ = fmt.Fprintf(&text, "The last event is %d. Keep its hash for the next time: --head %s", v.HeadEvent, v.Head)
	return text.String()
}
