package servicetest

import (
	"fmt"
	"strings"

	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
)

// Evidence is a small PDF.
var Evidence = service.Upload{Name: "invoice 17-004.pdf", Content: []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")}

// NotAlike says why a claim of the tests is not for the same thing as another: many of them are alike.
const NotAlike = "Sessions of another week."

// ClaimOf is a right claim of an amount against a line, without VAT.
func ClaimOf(line int64, amount funding.Pence) funding.ClaimInput {
	return funding.ClaimInput{Line: line, Net: amount, Gross: amount, From: LineStarts, To: Day, Detail: "Twelve sessions of a locum doctor. " + MarkProblem, AlikeWhy: NotAlike, Evidence: funding.Timesheet}
}

// InvoiceOf is a right invoice of the provider, without VAT, by its number.
func InvoiceOf(line int64, amount funding.Pence, number string) funding.ClaimInput {
	in := ClaimOf(line, amount)
	in.ByTeam, in.Reference = true, number
	return in
}

// RemittanceOf is a remittance of the paying system for a batch, with right totals, made on Day. A line is what stands after
// "L|".
func RemittanceOf(batch, number string, lines ...string) string {
	var f strings.Builder
	var total funding.Pence
	fmt.Fprintf(&f, "H|%s|%s|%s|%s|%s\r\n", funding.RemittanceLayout, funding.RemittanceVersion, batch, number, Day.Start().Format("02/01/2006"))
	for _, l := range lines {
		f.WriteString("L|" + l + "\r\n")
		if cells := strings.Split(l, "|"); len(cells) > 2 {
			amount, _ := funding.ParsePence(cells[2]) // none counts as nothing
			total += amount
		}
	}
	fmt.Fprintf(&f, "F|%d|%d\r\n", len(lines), int64(total))
	return f.String()
}

// line is a line of a case by its position, from 1.
func (b *builder) line(id casework.ID, position int) funding.ClaimLine {
	f, err := b.service.Money(b.ctx, b.by("holder"), id)
	b.note(err)
	for _, l := range f.Lines {
		if l.Position == position {
			return l
		}
	}
	return funding.ClaimLine{}
}

// claimed is a case in delivery with a claim of £1,200 by the practice.
func (b *builder) claimed() casework.ID {
	id := b.delivering(PaidLine(10_000_00, MarkProblem), InvoiceLine(4_000_00, 800_00, MarkProblem))
	b.note(b.service.MakeClaim(b.ctx, b.by("pm"), id, ClaimOf(b.line(id, 1).ID, 1_200_00), Evidence))
	return id
}

func (b *builder) checked() casework.ID {
	id := b.claimed()
	b.note(b.service.CheckClaim(b.ctx, b.by("holder"), id, 1, NotAlike))
	return id
}

func (b *builder) claimApproved() casework.ID {
	id := b.checked()
	b.note(b.service.ApproveClaim(b.ctx, b.by("lead"), id, 1))
	return id
}

// released is a case whose claim is in a batch of its own, with the number of the batch.
func (b *builder) released() (casework.ID, int64) {
	id := b.claimApproved()
	f, err := b.service.Claim(b.ctx, b.by("lead"), id, 1)
	b.note(err)
	batch, err := b.service.ReleaseBatch(b.ctx, b.by("finance"), Own, []int64{f.Claim.ID})
	b.note(err)
	return id, batch
}

func (b *builder) paid() casework.ID {
	id, batch := b.released()
	b.note(b.service.RecordPaid(b.ctx, b.by("finance"), batch, 1, Day))
	return id
}

func (b *builder) received() casework.ID {
	id := b.paid()
	b.note(b.service.ConfirmReceived(b.ctx, b.by("pm"), id, 1, false))
	return id
}

func (b *builder) closed() casework.ID {
	id := b.received()
	f, err := b.service.Closing(b.ctx, b.by("holder"), id)
	b.note(err)
	b.note(b.service.Close(b.ctx, b.by("holder"), b.on(id, "holder"), ClosingOf(f, "stabilised", "Every session is filled again.")))
	return id
}

// fromClaim makes the cases from a claim to the end. A provider's invoice is in the second of them.
func (b *builder) fromClaim() []casework.ID {
	ids := []casework.ID{b.claimed(), b.checked()}
	b.note(b.service.MakeClaim(b.ctx, b.by("holder"), ids[1], InvoiceOf(b.line(ids[1], 2).ID, 4_800_00, "NRT-1"), Evidence))
	approved := b.claimApproved()
	released, _ := b.released()
	return append(ids, approved, released, b.paid(), b.received(), b.closed())
}
