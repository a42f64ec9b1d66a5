package service

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
	"resilience/app/support"
)

type offer = support.Offer

// OfferFile is a case with its offers, and with what whoever writes or approves one has to know.
type OfferFile struct {
	CaseFile
	Offers []support.Offer // the newest first; a practice has those that were sent to it
	// Variation of the accepted offer that is under way, for staff; nil: none.
	Variation *support.Offer
	// Questions are what the practice asked about them, the oldest first.
	Questions []support.Question
	// Names of the people who wrote, approved and answered.
	Names map[account.PersonID]string
	// Balances of every line, by its number.
	Balances map[int64]funding.Balances
	// Given are the approvals of the offer, or of the variation, that is written or stands.
	Given []funding.Approval
	// Forward are what of the offers waits for a budget, or waited, for staff: the newest first.
	Forward []support.Forward
	// Purses, Ladder and Choices are for the local team and those above it.
	Purses  []funding.Purse
	Ladder  funding.Ladder
	Choices support.Choices
	// Lists are the newest registered lists of the practices of a group, as far as they are known.
	Lists map[practice.Code]practice.ListSize
}

// Live is the offer that can still become help, if there is one.
func (f OfferFile) Live() *support.Offer {
	for i := range f.Offers {
		if f.Offers[i].State.Live() {
			return &f.Offers[i]
		}
	}
	return nil
}

// Written is the offer, or the variation of it, that is being written, approved or answered; nil: none.
func (f OfferFile) Written() *support.Offer {
	if f.Variation != nil {
		return f.Variation
	}
	return f.Live()
}

// Available is what each budget has left, by its number.
func (f OfferFile) Available() map[int64]funding.Pence {
	left := map[int64]funding.Pence{}
	for _, p := range f.Purses {
		if p.Budget != 0 {
			left[p.Budget] = p.Left
		}
	}
	return left
}

// Offer reads a case with its offers. A practice reads those that were sent to it; the draft, what is left and who may
// approve are not among what it gets.
func (s *Service) Offer(ctx context.Context, by By, id casework.ID) (OfferFile, error) {
	file := OfferFile{Names: map[account.PersonID]string{}}
	var err error
	if file.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return file, err
	}
	if file.Offers, err = s.store.Offers(ctx, by.Actor, id); err != nil {
		return file, err
	}
	if file.Facts.VariationID != 0 && file.ReadByStaff(by.Actor) {
		v, err := s.store.Variation(ctx, by.Actor, id)
		if err != nil {
			return file, err
		}
		file.Variation = &v
	}
	if file.Balances, err = s.store.BalancesOfLines(ctx, id); err != nil {
		return file, err
	}
	if len(file.Offers) > 0 {
		if file.Questions, err = s.store.OfferQuestions(ctx, id); err != nil {
			return file, err
		}
	}
	if len(file.Practices) > 1 && len(file.Offers) > 0 {
		if file.Lists, err = s.store.NewestLists(ctx, file.codes(), file.Today); err != nil {
			return file, err
		}
	}
	for _, q := range file.Questions {
		for _, person := range []account.PersonID{q.AskedBy, q.AnsweredBy} {
			if err := s.name(ctx, file.Names, person); err != nil {
				return file, err
			}
		}
	}
	written := file.Offers
	if file.Variation != nil {
		written = append(slices.Clone(written), *file.Variation)
	}
	for _, o := range written {
		for _, person := range append([]account.PersonID{o.ApprovedBy, o.AnsweredBy}, o.Writers...) {
			if err := s.name(ctx, file.Names, person); err != nil {
				return file, err
			}
		}
	}
	if !file.ReadByStaff(by.Actor) || file.RuleSet == 0 {
		return file, nil
	}
	if file.Ladder, err = ladder(ctx, s.store, casework.OfferStep, file.Team, file.Today); err != nil {
		return file, err
	}
	if o := file.Written(); o != nil {
		if file.Given, err = s.store.Approvals(ctx, "offer", o.ID, o.Version); err != nil {
			return file, err
		}
	}
	if file.Purses, err = s.store.Purses(ctx, file.Team, offerYears(written, file.Today)...); err != nil {
		return file, err
	}
	if o := file.Written(); o != nil && (o.State == support.Drafted || o.State == support.Varying) {
		o.MarkForward(file.withoutMoney(), file.Today)
	}
	if slices.ContainsFunc(written, func(o support.Offer) bool {
		return o.State != support.Drafted && slices.ContainsFunc(o.Lines, func(l support.Line) bool {
			return l.Money() && l.Year() > calendar.YearOf(calendar.DateOf(o.DraftedAt))
		})
	}) {
		if file.Forward, err = s.store.Forwards(ctx, id); err != nil {
			return file, err
		}
	}
	file.Choices, err = choices(ctx, s.store, file.Rules, file.Purses, file.Case)
	return file, err
}

// withoutMoney are the budgets into which no money came yet.
func (f OfferFile) withoutMoney() map[int64]bool {
	none := map[int64]bool{}
	for _, p := range f.Purses {
		none[p.Budget] = !p.Came
	}
	return none
}

func (s *Service) name(ctx context.Context, names map[account.PersonID]string, id account.PersonID) error {
	if _, known := names[id]; known || id == 0 {
		return nil
	}
	p, err := s.store.Person(ctx, id)
	names[id] = p.Name
	return err
}

// offerYears are the financial years of today and of the next year, and those of the lines that stand.
func offerYears(offers []support.Offer, today calendar.Date) []calendar.Year {
	this := calendar.YearOf(today)
	years := []calendar.Year{this, this + 1}
	for _, o := range offers {
		for _, l := range o.Lines {
			if y := l.Year(); o.State.Live() && y != this && y != this+1 {
				years = append(years, y)
			}
		}
	}
	return years
}

// overCommitment is money that only an authorised over-commitment brings; it is to be chosen where there is some.
const overCommitment = funding.OverCommitmentSource

type choiceReader interface {
	ProviderChoices(context.Context) (map[int64]string, error)
	ClosedLines(context.Context, casework.ID) ([]support.ClosedLine, error)
}

func choices(ctx context.Context, r choiceReader, rules casework.Rules, purses []funding.Purse, of *casework.Case) (support.Choices, error) {
	c := support.Choices{Menu: map[string]string{}, Needs: map[string]string{}, Sources: map[string]string{}, Practices: map[practice.Code]string{}}
	members := of.Practices
	if of.Facts.VariationID != 0 { // a variation stays with those who agreed
		members = of.TakingPart()
	}
	if len(of.Practices) > 1 {
		for _, m := range members {
			c.Practices[m.Code] = m.Name
		}
	}
	for _, m := range rules.Menu {
		c.Menu[m.Code] = m.Name
	}
	for _, n := range rules.Needs {
		c.Needs[n.Code] = n.Name
	}
	for _, p := range purses {
		if p.Source != overCommitment || p.Left > 0 {
			c.Sources[p.Source] = p.Name
		}
	}
	var err error
	if c.Providers, err = r.ProviderChoices(ctx); err == nil {
		c.Closed, err = r.ClosedLines(ctx, of.ID)
	}
	return c, err
}

// liveOffer reads the offer that can still become help, or the variation of it that is under way, with its accounts
// locked, or is fault.Conflict. Lines of a draft whose budget has no money yet are marked.
func liveOffer(ctx context.Context, tx *store.Tx, c *casework.Case, today calendar.Date) (*offer, map[int64]funding.Pence, error) {
	id := cmp.Or(c.Facts.VariationID, c.Facts.OfferID)
	if id == 0 {
		return nil, nil, fault.Conflict{Reason: "There is no offer"}
	}
	o, err := tx.Offer(ctx, c, id)
	if err != nil {
		return nil, nil, err
	}
	if o.State == support.Drafted || o.State == support.Varying {
		none, err := tx.NoMoneyYet(ctx, o)
		if err != nil {
			return nil, nil, err
		}
		o.MarkForward(none, today)
	}
	balances, err := tx.Lock(ctx, o.Accounts(funding.Available, funding.Reserved, funding.Committed)...)
	if err != nil {
		return nil, nil, err
	}
	available := map[int64]funding.Pence{}
	for a, amount := range balances {
		if a.State == funding.Available {
			available[a.Budget] = amount
		}
	}
	return o, available, nil
}

// writeOffer changes the content of the offer of a case, and makes it when there is none.
func (s *Service) writeOffer(ctx context.Context, by By, on On, fn func(*store.Tx, *casework.Case, *offer, support.Choices, calendar.Moment) (casework.Moved, error)) error {
	return s.act(ctx, by, on, casework.DraftOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		o := &offer{Case: int64(c.ID)}
		var err error
		if c.Facts.OfferID != 0 {
			o, _, err = liveOffer(ctx, tx, c, m.Today)
		} else {
			o.Number, err = tx.NextOffer(ctx, c.ID)
		}
		if err != nil {
			return audit.Event{}, err
		}
		can, err := choicesFor(ctx, tx, c, m)
		if err != nil {
			return audit.Event{}, err
		}
		moved, err := fn(tx, c, o, can, m)
		if err != nil {
			return audit.Event{}, err
		}
		if err := budgets(ctx, tx, c, o); err != nil {
			return audit.Event{}, err
		}
		tx.Post(moved.Entries...)
		return moved.Event, tx.SaveOffer(ctx, o)
	})
}

func choicesFor(ctx context.Context, tx *store.Tx, c *casework.Case, m calendar.Moment) (support.Choices, error) {
	rules, err := rulesOf(ctx, tx, c, m.Today)
	if err != nil {
		return support.Choices{}, err
	}
	year := calendar.YearOf(m.Today)
	purses, err := tx.Purses(ctx, c.Team, year, year+1)
	if err != nil {
		return support.Choices{}, err
	}
	return choices(ctx, tx, rules, purses, c)
}

// budgets finds the budget of every line that has none yet: of the financial year of its first day, the case's team and
// its source.
func budgets(ctx context.Context, tx *store.Tx, c *casework.Case, o *offer) error {
	for i := range o.Lines {
		l := &o.Lines[i]
		if !l.Money() || l.Budget != 0 {
			continue
		}
		var err error
		if l.Budget, err = tx.Budget(ctx, l.Year(), c.Team, l.Source); err != nil {
			return err
		}
	}
	return nil
}

// SetTerms changes the conditions of the offer and what the practice says about its time. version is that of the offer
// that the person read; 0 where there was none.
func (s *Service) SetTerms(ctx context.Context, by By, id casework.ID, version int64, terms support.Terms) error {
	return s.writeOffer(ctx, by, On{Case: id}, func(_ *store.Tx, c *casework.Case, o *offer, _ support.Choices, m calendar.Moment) (casework.Moved, error) {
		return c.SetTerms(o, terms, version, by.Actor, m)
	})
}

// AddLine adds a line to the offer. It overwrites nothing, so it minds no version.
func (s *Service) AddLine(ctx context.Context, by By, id casework.ID, in casework.LineInput) error {
	return s.writeOffer(ctx, by, On{Case: id}, func(_ *store.Tx, c *casework.Case, o *offer, can support.Choices, m calendar.Moment) (casework.Moved, error) {
		return c.AddLine(o, in, can, by.Actor, m)
	})
}

// ChangeLine replaces a line of the offer in the version that the person read.
func (s *Service) ChangeLine(ctx context.Context, by By, id casework.ID, version int64, in casework.LineInput) error {
	return s.writeOffer(ctx, by, On{Case: id}, func(_ *store.Tx, c *casework.Case, o *offer, can support.Choices, m calendar.Moment) (casework.Moved, error) {
		return c.ChangeLine(o, in, can, version, by.Actor, m)
	})
}

// RemoveLine takes a line out of the offer.
func (s *Service) RemoveLine(ctx context.Context, by By, on On, line int64) error {
	return s.writeOffer(ctx, by, on, func(_ *store.Tx, c *casework.Case, o *offer, _ support.Choices, m calendar.Moment) (casework.Moved, error) {
		return c.RemoveLine(o, line, by.Actor, m)
	})
}

// ladder is who approves how much at a step for a team, by the rules in force on the day.
func ladder(ctx context.Context, r rulesReader, step string, team practice.Code, today calendar.Date) (funding.Ladder, error) {
	rules, err := r.Rules(ctx, calendar.YearOf(today))
	return rules.Ladder(step, team), err
}

// ApproveOffer approves the offer and, when nobody else has to approve it after that, reserves its money, or says what is
// left.
func (s *Service) ApproveOffer(ctx context.Context, by By, on On) error {
	return s.act(ctx, by, on, casework.ApproveOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		steps, err := ladder(ctx, tx, casework.OfferStep, c.Team, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		o, available, err := liveOffer(ctx, tx, c, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		if err := variable(ctx, tx, c, o); err != nil {
			return audit.Event{}, err
		}
		given, err := tx.Approvals(ctx, "offer", o.ID, o.Version)
		if err != nil {
			return audit.Event{}, err
		}
		if err := afterForward(ctx, tx, available); err != nil {
			return audit.Event{}, err
		}
		moved, approval, err := c.Approve(o, steps, given, available, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		tx.Approve(approval)
		tx.Post(moved.Entries...)
		if o.State == support.Approved || o.State == support.VaryingApproved {
			if err := tx.SaveForward(ctx, o); err != nil {
				return audit.Event{}, err
			}
		}
		return moved.Event, tx.MoveOffer(ctx, o)
	})
}

// afterForward takes off what budgets have left what authorised forward commitments that wait for them take first.
func afterForward(ctx context.Context, tx *store.Tx, available map[int64]funding.Pence) error {
	first, err := tx.ForwardFirst(ctx, slices.Collect(maps.Keys(available))...)
	for budget, amount := range first {
		available[budget] -= amount
	}
	return err
}

// moveOffer runs an act on the live offer whose content stays as it is.
func moveOffer(ctx context.Context, tx *store.Tx, c *casework.Case, today calendar.Date, fn func(*offer) (casework.Moved, error)) (audit.Event, error) {
	o, _, err := liveOffer(ctx, tx, c, today)
	if err != nil {
		return audit.Event{}, err
	}
	moved, err := fn(o)
	if err != nil {
		return audit.Event{}, err
	}
	tx.Post(moved.Entries...)
	if err := dropVariation(ctx, tx, c, o); err != nil {
		return audit.Event{}, err
	}
	return moved.Event, tx.MoveOffer(ctx, o)
}

// SendOffer sends the approved offer to the practice, to be answered by a day.
func (s *Service) SendOffer(ctx context.Context, by By, on On, expires calendar.Date) error {
	return s.act(ctx, by, on, casework.SendOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		rules, err := rulesOf(ctx, tx, c, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		return moveOffer(ctx, tx, c, m.Today, func(o *offer) (casework.Moved, error) {
			given, err := tx.Approvals(ctx, "offer", o.ID, o.Version)
			if err == nil {
				err = c.ApproversFree(given)
			}
			if err == nil && len(o.Forward()) > 0 {
				err = forwardFree(ctx, tx, c, o.ID)
			}
			if err != nil {
				return casework.Moved{}, err
			}
			return c.Offer(o, expires, rules, by.Actor, m)
		})
	})
}

// forwardFree refuses an offer or a variation whose forward commitment was authorised by somebody who declared an interest since.
func forwardFree(ctx context.Context, tx *store.Tx, c *casework.Case, offer int64) error {
	list, err := tx.Forwards(ctx, c.ID)
	if err != nil {
		return err
	}
	return c.ForwardFree(slices.DeleteFunc(list, func(f support.Forward) bool { return f.Offer != offer }))
}

// CancelOffer takes the offer back and releases its money.
func (s *Service) CancelOffer(ctx context.Context, by By, on On, reason string) error {
	return s.act(ctx, by, on, casework.CancelOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return moveOffer(ctx, tx, c, m.Today, func(o *offer) (casework.Moved, error) { return c.CancelTheOffer(o, reason, by.Actor, m) })
	})
}

// AcceptOffer is the practice's yes to all of it.
func (s *Service) AcceptOffer(ctx context.Context, by By, on On) error {
	return s.AnswerOffer(ctx, by, on, nil)
}

// AnswerOffer is the practice's yes but for the lines that it declines, with a reason for each by the number of the line.
// Their money is released.
func (s *Service) AnswerOffer(ctx context.Context, by By, on On, declined map[int64]string) error {
	return s.AnswerOfferFor(ctx, by, on, "", declined)
}

// AnswerOfferFor is AnswerOffer by one practice of a group, where the cost is shared. code may be empty where the person
// can answer for one practice only.
func (s *Service) AnswerOfferFor(ctx context.Context, by By, on On, code practice.Code, declined map[int64]string) error {
	return s.act(ctx, by, on, casework.AcceptOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return moveOffer(ctx, tx, c, m.Today, func(o *offer) (casework.Moved, error) { return c.AcceptTheOffer(o, code, declined, by.Actor, m) })
	})
}

// DeclineOffer is the practice's no, and releases the money.
func (s *Service) DeclineOffer(ctx context.Context, by By, on On, reason string) error {
	return s.DeclineOfferFor(ctx, by, on, "", reason)
}

// DeclineOfferFor is DeclineOffer by one practice of a group, as AnswerOfferFor: its share is released.
func (s *Service) DeclineOfferFor(ctx context.Context, by By, on On, code practice.Code, reason string) error {
	return s.act(ctx, by, on, casework.DeclineOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return moveOffer(ctx, tx, c, m.Today, func(o *offer) (casework.Moved, error) { return c.DeclineTheOffer(o, code, reason, by.Actor, m) })
	})
}

// endSupport ends what was offered for a case that is withdrawn, and a memorandum that was proposed. The money is released
// beside it.
func endSupport(ctx context.Context, tx *store.Tx, c *casework.Case, event *audit.Event, a account.Actor, m calendar.Moment) error {
	if c.Facts.AgreementID != 0 {
		g, err := tx.Agreement(ctx, c, c.Facts.AgreementID)
		if err != nil {
			return err
		}
		g.State = support.Ended
		if err := tx.MoveAgreement(ctx, g); err != nil {
			return err
		}
	}
	if c.Facts.OfferID == 0 {
		return nil
	}
	o, _, err := liveOffer(ctx, tx, c, m.Today)
	if err != nil {
		return err
	}
	c.WithdrawOffer(o, event, a, m)
	return tx.MoveOffer(ctx, o)
}
