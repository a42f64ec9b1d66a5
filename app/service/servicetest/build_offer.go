package servicetest

import (
	"context"
	"fmt"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/support"
)

// Allocated is what the team Own has for 2016/17 from the programme; it has Ahead for 2017/18, and nothing from anybody
// else.
const (
	Allocated funding.Pence = 200_000_00
	Ahead     funding.Pence = 40_000_00
)

// Helper is the provider of the world, by number.
const Helper int64 = 1

// Days of the lines of the world, in 2016/17.
var (
	LineStarts = calendar.MustParse("2017-01-18")
	LineEnds   = calendar.MustParse("2017-03-31")
)

// PaidLine is money paid to the practice.
func PaidLine(net funding.Pence, words string) support.Line {
	return support.Line{
		MenuItem: "workforce", Need: "staffing", Description: "Backfill while two partners leave. " + words, Route: support.ToPractice, Unit: support.Fixed, Net: net,
		Outcome: "No session goes without a doctor", Measure: "The rota in May", Source: "gprp",
		Starts: LineStarts, Ends: LineEnds,
	}
}

// RapidLine is rapid intervention that is paid to the practice.
func RapidLine(net funding.Pence, words string) support.Line {
	l := PaidLine(net, words)
	l.MenuItem = support.RapidItem
	return l
}

// InvoiceLine is help that is bought from the provider of the world.
func InvoiceLine(net, vat funding.Pence, words string) support.Line {
	l := PaidLine(net, words)
	l.MenuItem, l.Description, l.Route, l.Provider, l.VAT = "management_capacity", "An interim practice manager. "+words, support.ByInvoice, Helper, vat
	return l
}

// KindLine is half days of help from the provider of the world, without money.
func KindLine(halfDays int, words string) support.Line {
	l := PaidLine(0, words)
	l.MenuItem, l.Description, l.Route, l.Provider, l.HalfDays, l.Source = "coaching", "Mentoring of the new partner. "+words, support.InKind, Helper, halfDays, ""
	return l
}

// money gives the team Own what it has to give, and somebody to give it through.
func (b *builder) money() {
	b.note(Fund(b.ctx, b.service, b.by("region"), b.by("finance"), 2016, "gprp", Allocated))
	b.note(Fund(b.ctx, b.service, b.by("region"), b.by("finance"), 2017, "gprp", Ahead))
	id, err := b.service.AddProvider(b.ctx, b.by("holder"), support.ProviderDetails{Name: "Northern Resilience Team", Kind: "resilience_team"})
	b.note(err)
	if id != Helper {
		b.note(fmt.Errorf("the provider has the number %d", id))
	}
}

// Fund gives the team Own an amount: one person enters it and another approves it.
func Fund(ctx context.Context, s *service.Service, enters, approves service.By, year calendar.Year, source string, amount funding.Pence) error {
	id, err := s.EnterAllocation(ctx, enters, service.NewAllocation{Year: year, Team: Own, Source: source, Amount: amount, Reason: "The share of the year."})
	if err != nil {
		return err
	}
	return s.ApproveAllocation(ctx, approves, id, false)
}

func (b *builder) drafted(lines ...support.Line) casework.ID {
	id := b.told(casework.ForSupport)
	for _, l := range lines {
		b.note(b.service.AddLine(b.ctx, b.by("holder"), id, casework.LineInput{Line: l}))
	}
	return id
}

func (b *builder) approved(lines ...support.Line) casework.ID {
	id := b.drafted(lines...)
	b.note(b.service.ApproveOffer(b.ctx, b.by("lead"), b.on(id, "lead")))
	return id
}

func (b *builder) offered(lines ...support.Line) casework.ID {
	id := b.approved(lines...)
	b.note(b.service.SendOffer(b.ctx, b.by("holder"), b.on(id, "holder"), Day.AddWorkingDays(support.UsualNotice)))
	return id
}

func (b *builder) accepted(lines ...support.Line) casework.ID {
	id := b.offered(lines...)
	b.note(b.service.AcceptOffer(b.ctx, b.by("pm"), b.on(id, "pm")))
	return id
}

func (b *builder) proposed(lines ...support.Line) casework.ID {
	id := b.accepted(lines...)
	b.note(b.service.DraftAgreement(b.ctx, b.by("holder"), b.on(id, "holder")))
	return id
}

// hash is that of the memorandum that stands.
func (b *builder) hash(id casework.ID) string {
	f, err := b.service.Agreement(b.ctx, b.by("holder"), id)
	b.note(err)
	if f.Case == nil || f.Live() == nil {
		return ""
	}
	return f.Live().Hash
}

func (b *builder) delivering(lines ...support.Line) casework.ID {
	id := b.proposed(lines...)
	b.note(b.service.SignAgreement(b.ctx, b.by("signatory"), id, support.Signature{Name: "Sam Signatory", Role: "Partner", Read: true, Hash: b.hash(id)}))
	b.note(b.service.CountersignAgreement(b.ctx, b.by("lead"), id, b.hash(id)))
	return id
}

// fromOffer makes the cases from the draft of an offer to delivery.
func (b *builder) fromOffer() []casework.ID {
	b.money()
	return []casework.ID{
		b.drafted(PaidLine(10_000_00, MarkInternal), KindLine(5, MarkInternal)),
		b.approved(PaidLine(10_000_00, MarkInternal)),
		b.offered(PaidLine(10_000_00, MarkProblem), InvoiceLine(4_000_00, 800_00, MarkProblem)),
		b.accepted(RapidLine(10_000_00, MarkProblem)),
		b.proposed(PaidLine(10_000_00, MarkProblem), KindLine(5, MarkProblem)),
		b.delivering(PaidLine(10_000_00, MarkProblem), InvoiceLine(4_000_00, 800_00, MarkProblem), KindLine(5, MarkProblem)),
	}
}
