package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/support"
)

// Variation reads the variation of a case's accepted offer that is under way, for staff. One that does not exist, or that
// the actor may not see, is fault.NotFound.
func (r reader) Variation(ctx context.Context, a account.Actor, id casework.ID) (support.Offer, error) {
	staff, args := visibleToStaff(a)
	row, err := one[offerRow](ctx, r, "variation", `
		SELECT `+offerColumns+` FROM offer o JOIN support_case c ON c.id = o.case_id
		WHERE o.case_id = ? AND o.state IN ('variation', 'variation_approved') AND `+staff, append([]any{int64(id)}, args...)...)
	if err != nil {
		return support.Offer{}, err
	}
	return r.whole(ctx, row)
}

// WhyVaried is the reason of a variation. The caller has read the memorandum that brings it in, by which the practice is told.
func (r reader) WhyVaried(ctx context.Context, id int64) (string, error) {
	row, err := one[struct{ Why string }](ctx, r, "variation", `SELECT why FROM offer WHERE id = ?`, id)
	return row.Why, err
}

// AgreementInForce reads the memorandum by which the support of a case is given. One that does not exist is
// fault.NotFound.
func (tx *Tx) AgreementInForce(ctx context.Context, c *casework.Case) (*support.Agreement, error) {
	row, err := one[agreementRow](ctx, tx.reader, "memorandum of understanding", agreementQuery+`g.case_id = ? AND g.state = 'in_force'`, int64(c.ID))
	g := row.agreement()
	return &g, err
}

// TakeVariation stores what was agreed with the content of the variation that is in force now. A line that came in keeps
// its number, and with it its money.
func (tx *Tx) TakeVariation(ctx context.Context, base, v *support.Offer) error {
	tx.recount(base.Case)
	defer tx.forgetBarred(casework.ID(base.Case))
	for _, l := range base.Lines {
		if _, err := v.Line(l.ID); err != nil {
			continue // it was agreed before
		}
		rows, err := tx.exec(ctx, `UPDATE support_line SET offer_id = ?, position = ? WHERE id = ? AND offer_id = ?`, base.ID, l.Position, l.ID, v.ID)
		if err := saved(rows, err, "the line of support"); err != nil {
			return err
		}
	}
	for _, l := range base.Lines {
		if !l.Forward {
			continue
		}
		if _, err := tx.exec(ctx, `UPDATE support_line SET forward_id = ? WHERE id = ? AND offer_id = ?`, number(l.Commitment), l.ID, base.ID); err != nil {
			return fmt.Errorf("note by which authorisation a line waits: %w", err)
		}
	}
	rows, err := tx.exec(ctx, `UPDATE offer SET conditions = ?, practice_time = ? WHERE id = ? AND version = ?`, base.Conditions, base.PracticeTime, base.ID, base.Version)
	if err := saved(rows, err, "the offer"); err != nil {
		return err
	}
	if err := tx.saveLines(ctx, base); err != nil {
		return fmt.Errorf("store what is agreed now: %w", err)
	}
	return nil
}
