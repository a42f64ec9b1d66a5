package main

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/practice"
	"resilience/app/service"
)

// SuccessorCommand says that one practice took over from another.
type SuccessorCommand struct {
	Practice string `arg:"" help:"Code of the practice that ended or changed." placeholder:"CODE"`
	To       string `required:"" help:"Code of the practice that took over." placeholder:"CODE"`
	Kind     string `default:"merged" help:"merged, split, replaced or renumbered."`
	On       day    `required:"" help:"Day on which it took over." placeholder:"YYYY-MM-DD"`
	JSON     bool   `name:"json" help:"Print the result as JSON."`
}

// Run records it, as an act of the operator.
func (c SuccessorCommand) Run(ctx context.Context, p *program) error {
	n := practice.Successor{Predecessor: practice.Code(strings.ToUpper(c.Practice)), Successor: practice.Code(strings.ToUpper(c.To)), Kind: c.Kind, From: c.On.Date}
	return p.withService(ctx, func(s *service.Service) error {
		if err := s.RecordSuccessor(ctx, byOperator, n); err != nil {
			return fmt.Errorf("record who took over from %s: %w", n.Predecessor, err)
		}
		return p.result(c.JSON, map[string]any{"predecessor": n.Predecessor, "successor": n.Successor, "kind": n.Kind, "on": n.From.String()},
			fmt.Sprintf("Recorded that %s took over from %s on %s (%s).", n.Successor, n.Predecessor, n.From.Words(), n.Kind))
	})
}
