package service_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// ledger is a model of the money that knows nothing but the events and their entries, in their order. It is apart from the program: it
// adds up by the kinds of entries as the document of the money explains them, and follows who accepted which memorandum.
type ledger struct {
	accounts map[string]int64
	line     map[string]map[string]int64 // by budget and line: sums by kind of entry
	budget   map[string]map[string]int64 // by budget: what came, and what left it
	cases    map[int64]*acceptance
	flows    map[funding.Flow]bool
	last     int64 // event
}

// acceptance is what is known of the memorandum of a case by its events.
type acceptance struct {
	practice, team account.PersonID // who accepted the text that stands
	asked          account.PersonID // to commit rapid intervention before it
	agreed         bool             // both sides accepted one, or it was committed before it
}

func newLedger() *ledger {
	return &ledger{accounts: map[string]int64{}, line: map[string]map[string]int64{}, budget: map[string]map[string]int64{}, cases: map[int64]*acceptance{}, flows: map[funding.Flow]bool{}}
}

func put(m map[string]map[string]int64, key, what string, amount int64) {
	if m[key] == nil {
		m[key] = map[string]int64{}
	}
	m[key][what] += amount
}

// next takes an event after those before, and says what does not hold then.
func (l *ledger) next(e audit.Stored) error {
	if e.ID <= l.last {
		return nil
	}
	l.last = e.ID
	if l.cases[e.CaseID] == nil {
		l.cases[e.CaseID] = &acceptance{}
	}
	kinds := map[string]bool{}
	for _, p := range e.Entries {
		l.move(p.Posting)
		kinds[p.Kind] = true
	}
	if err := l.accepts(e, kinds["committed"]); err != nil {
		return fmt.Errorf("event %d, %s: %w", e.ID, e.Act, err)
	}
	for _, p := range e.Entries { // all of it is one change
		if err := l.holds(p.Posting); err != nil {
			return fmt.Errorf("event %d, %s: %w", e.ID, e.Act, err)
		}
	}
	byDay := map[string]bool{"offer lapsed": true, "offer closed": true, "memorandum ended": true, "forward commitment met": true, "over-commitment ended": true}
	if len(e.Entries) > 0 && e.PersonID == 0 && !byDay[e.Act] && e.Actor != "operator" {
		return fmt.Errorf("event %d, %s: nobody moved the money", e.ID, e.Act)
	}
	return nil
}

// move adds an entry.
func (l *ledger) move(p audit.Posting) {
	l.flows[flowOf(p)] = true
	l.accounts[p.From] -= p.Amount
	l.accounts[p.To] += p.Amount
	from, to := strings.Split(p.From, "/"), strings.Split(p.To, "/")
	switch p.Kind {
	case "allocated", "topped_up", "over_committed":
		put(l.budget, to[0], "came", p.Amount)
	case "vired":
		put(l.budget, from[0], "came", -p.Amount)
		put(l.budget, to[0], "came", p.Amount)
	case "over_commitment_ended":
		put(l.budget, from[0], "came", -p.Amount)
	case "recovered":
		if to[2] == "outside" {
			put(l.budget, from[0], "came", -p.Amount)
			put(l.budget, from[0], "late", p.Amount)
		}
	}
	kind := p.Kind
	if kind == "released" {
		kind += " " + from[2]
	}
	if kind == "committed" { // what a variation takes more is reserved on its own line, and committed on the agreed one
		put(l.line, from[0]+"/"+from[1], "went on", p.Amount)
		put(l.line, to[0]+"/"+to[1], kind, p.Amount)
		return
	}
	for _, at := range [][]string{from, to} {
		if at[1] != "0" {
			put(l.line, at[0]+"/"+at[1], kind, p.Amount)
			return
		}
	}
}

// holds looks at what an entry touched.
func (l *ledger) holds(p audit.Posting) error {
	for _, a := range []string{p.From, p.To} {
		if l.accounts[a] < 0 && !strings.HasSuffix(a, "/outside") {
			return fmt.Errorf("account %s has %d pence", a, l.accounts[a])
		}
		at := strings.Split(a, "/")
		if err := ordered(l.line[at[0]+"/"+at[1]]); at[1] != "0" && err != nil {
			return fmt.Errorf("line %s: %w", at[1], err)
		}
		var inside, promised int64
		for name, amount := range l.accounts {
			if own, found := strings.CutPrefix(name, at[0]+"/"); found && own != "0/outside" {
				if inside += amount; own != "0/available" {
					promised += amount
				}
			}
		}
		if came := l.budget[at[0]]["came"]; inside != came || promised > came {
			return fmt.Errorf("in budget %s are %d pence, %d of them promised, and %d came", at[0], inside, promised, came)
		}
	}
	return nil
}

// ordered looks whether no more of a line went on than there was at the step before.
func ordered(by map[string]int64) error {
	steps := []struct {
		name   string
		amount int64
	}{
		{"committed", by["committed"]},
		{"committed and kept", by["committed"] - by["released committed"]},
		{"claimed", by["claimed"] - by["claim_returned"]},
		{"approved", by["approved"] - by["approval_voided"]},
		{"paid", by["paid"] - by["payment_returned"]},
	}
	for i, s := range steps {
		if s.amount < 0 || i > 0 && s.amount > steps[i-1].amount {
			return fmt.Errorf("%d pence are %s, after %v", s.amount, s.name, steps[:i])
		}
	}
	if by["went on"] > by["reserved"]-by["released reserved"] {
		return fmt.Errorf("%d pence went on to be committed, and %d were reserved", by["went on"], by["reserved"]-by["released reserved"])
	}
	if asked := by["recovery_raised"]; by["received"] > steps[4].amount || asked > steps[4].amount || by["recovered"]+by["waived"] > asked {
		return fmt.Errorf("%d pence are received, %d asked back, %d came back and %d are waived, of %d paid", by["received"], asked, by["recovered"], by["waived"], steps[4].amount)
	}
	return nil
}

// accepts follows a memorandum, and refuses money that is committed before two different persons accepted one text, one for each side,
// unless one person asked for that and another decided it.
func (l *ledger) accepts(e audit.Stored, commits bool) error {
	c := l.cases[e.CaseID]
	switch e.Act {
	case "memorandum proposed", "variation proposed":
		c.practice, c.team = 0, 0
	case "memorandum accepted by the practice":
		c.practice = e.PersonID
	case "memorandum accepted by the team":
		c.team = e.PersonID
	case "commitment before the memorandum asked for":
		c.asked = e.PersonID
	}
	if !commits {
		return nil
	}
	switch e.Act {
	case "memorandum accepted by the practice", "memorandum accepted by the team":
		if c.practice == 0 || c.team == 0 || c.practice == c.team {
			return fmt.Errorf("money is committed, and persons %d and %d accepted", c.practice, c.team)
		}
		c.practice, c.team, c.agreed = 0, 0, true
	case "committed before the memorandum":
		if c.asked == 0 || e.PersonID == 0 || c.asked == e.PersonID {
			return fmt.Errorf("person %d asked for rapid intervention, and %d committed it", c.asked, e.PersonID)
		}
		c.agreed = true
	case "forward commitment met":
		if !c.agreed {
			return fmt.Errorf("a forward commitment is committed before anybody agreed")
		}
	default:
		return fmt.Errorf("it committed money")
	}
	return nil
}

// look is what somebody looks at who has just done something: that no account is below zero or other than its entries, and the case.
func (c *crowd) look(w *servicetest.World, id casework.ID) error {
	ctx := context.Background()
	err := w.Store.Snapshot(ctx, func(db *store.Snapshot) error {
		sums := map[int64]funding.Pence{}
		err := db.Accounts(ctx, func(a funding.AccountProof) error {
			sums[a.Account.Budget] += a.Entries
			if a.Balance != a.Entries || a.Balance < 0 && a.Account.State != funding.Outside {
				return fmt.Errorf("account %s has %s, and its entries come to %s", a.Account, a.Balance, a.Entries)
			}
			return nil
		})
		var all funding.Pence
		for _, sum := range sums {
			all += sum
		}
		if err == nil && all != 0 {
			err = fmt.Errorf("all accounts together have %s", all)
		}
		return err
	})
	if err != nil || id == 0 {
		return err
	}
	return c.lookAt(ctx, w.Store, id)
}

// watch looks at everything there is at one moment: by the proof of the program, and by the model.
func (c *crowd) watch(w *servicetest.World) error {
	ctx := context.Background()
	v, err := w.Service.Verify(ctx, "")
	if err != nil {
		return err
	}
	if v.Wrong != nil {
		return fmt.Errorf("the books: %s: %s", v.Wrong.Row, v.Wrong.What)
	}
	err = w.Store.Snapshot(ctx, func(db *store.Snapshot) error {
		if err := db.Events(ctx, c.books.next); err != nil {
			return err
		}
		accounts := 0
		err := db.Accounts(ctx, func(a funding.AccountProof) error {
			if accounts++; int64(a.Balance) != c.books.accounts[a.Account.String()] {
				return fmt.Errorf("account %s has %s, and by its events %d pence", a.Account, a.Balance, c.books.accounts[a.Account.String()])
			}
			return nil
		})
		if err == nil && accounts < len(c.books.accounts) {
			err = fmt.Errorf("%d accounts are kept, and %d have entries", accounts, len(c.books.accounts))
		}
		if err == nil {
			err = c.lookAtBudgets(ctx, db)
		}
		return err
	})
	for i := 0; err == nil && i < len(c.cases); i++ {
		err = c.lookAt(ctx, w.Store, c.cases[i])
	}
	return err
}

// lookAtBudgets looks whether different persons asked for money, gave it and took it, and whether what they gave is what came.
func (c *crowd) lookAtBudgets(ctx context.Context, db *store.Snapshot) error {
	came := map[int64]funding.Pence{}
	allocations, err := db.Allocations(ctx, c.auditor, funding.AllocationFilter{})
	if err != nil {
		return err
	}
	for _, a := range allocations {
		if a.State != funding.AllocationApproved {
			continue
		}
		if came[a.Budget] += a.Amount; !distinct(a.RequestedBy, a.SettledBy) {
			return fmt.Errorf("allocation %d: person %d asked and %d approved", a.ID, a.RequestedBy, a.SettledBy)
		}
	}
	changes, err := db.BudgetChanges(ctx, c.auditor, funding.ChangeFilter{})
	if err != nil {
		return err
	}
	for _, b := range changes {
		if b.State != funding.AllocationApproved {
			continue
		}
		came[b.To.ID] += b.Amount - b.Returned
		if b.Kind == funding.Virement {
			came[b.From.ID] -= b.Amount
		}
		if !distinct(b.RequestedBy, b.Given.Person, b.Taken.Person) {
			return fmt.Errorf("change %d of a budget: person %d asked, %d gave and %d took", b.ID, b.RequestedBy, b.Given.Person, b.Taken.Person)
		}
	}
	for id, amount := range came {
		budget := strconv.FormatInt(id, 10)
		if got := c.books.budget[budget]["came"] + c.books.budget[budget]["late"]; got != int64(amount) {
			return fmt.Errorf("%d pence came into budget %d by the ledger, and %s was approved", got, id, amount)
		}
	}
	return nil
}

// distinct tells whether these are different persons, every one of them somebody.
func distinct(people ...account.PersonID) bool {
	slices.Sort(people)
	return len(slices.Compact(people)) == len(people) && people[0] != 0
}

// lookAt looks at the claims, the offers and the memorandum of a case. What others did between two reads is no fault: it looks again.
func (c *crowd) lookAt(ctx context.Context, db *store.Store, id casework.ID) error {
	for {
		before, _, err := db.Head(ctx)
		if err != nil {
			return err
		}
		wrong := c.lookOnce(ctx, db, id)
		if wrong == nil {
			return nil
		}
		if after, _, err := db.Head(ctx); err != nil || before == after {
			return errors.Join(wrong, err)
		}
	}
}

// caseFile is a case as somebody saw it last.
type caseFile struct {
	*casework.Case
	offers, variation []support.Offer
	claims            []funding.ClaimFile
	agreements        []support.Agreement
}

func (c *crowd) seen(id casework.ID) caseFile {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.files[id]
}

// read reads a case, for all to see.
func (c *crowd) read(ctx context.Context, db *store.Store, id casework.ID) (f caseFile, err error) {
	if f.Case, err = db.Case(ctx, c.auditor, id); err != nil {
		return f, err
	}
	if f.offers, err = db.Offers(ctx, c.auditor, id); err != nil {
		return f, err
	}
	if f.Facts.VariationID != 0 {
		v, err := db.Variation(ctx, c.auditor, id)
		if f.variation = []support.Offer{v}; err != nil && !fault.IsNotFound(err) {
			return f, err
		}
	}
	if f.claims, err = db.Claims(ctx, c.auditor, id); err != nil {
		return f, err
	}
	if f.agreements, err = db.Agreements(ctx, c.auditor, id); err != nil {
		return f, err
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	c.files[id] = f
	return f, nil
}

func (c *crowd) lookOnce(ctx context.Context, db *store.Store, id casework.ID) error {
	f, err := c.read(ctx, db, id)
	if err != nil {
		return err
	}
	cost := map[int64]funding.Pence{}
	for _, o := range append(f.variation, f.offers...) {
		for _, l := range o.Lines {
			cost[l.ID] = l.Gross()
		}
		if o.ApprovedBy != 0 && slices.Contains(o.Writers, o.ApprovedBy) {
			return fmt.Errorf("case %d: person %d wrote and approved offer %d", id, o.ApprovedBy, o.Number)
		}
	}
	claimed := map[int64]funding.Pence{}
	for _, m := range f.claims {
		if m.State.Over() {
			continue
		}
		if err := c.lookAtClaim(ctx, db, m); err != nil {
			return fmt.Errorf("case %d, claim %d: %w", id, m.Number, err)
		}
		claimed[m.Line] += m.Gross
		if m.ApprovedBy != 0 {
			claimed[m.Line] += m.Payable() - m.Gross
		}
	}
	for line, amount := range claimed {
		if amount > cost[line] {
			return fmt.Errorf("case %d: %s is claimed of line %d, which costs %s", id, amount, line, cost[line])
		}
	}
	return c.lookAtAgreement(ctx, db, id, f)
}

// lookAtClaim looks whether different persons made, checked, approved and released a claim, and dealt with what is asked back of it.
func (c *crowd) lookAtClaim(ctx context.Context, db *store.Store, m funding.ClaimFile) error {
	people := []account.PersonID{m.ClaimedBy}
	given, err := db.Approvals(ctx, "claim", m.ID, 1)
	if err != nil {
		return err
	}
	steps := map[string]account.PersonID{}
	for _, a := range given {
		if a.Step != "release" {
			steps[a.Step] = a.Person
			people = append(people, a.Person)
		}
	}
	if m.CheckedBy != steps["check"] || m.ApprovedBy != steps["approve"] {
		return fmt.Errorf("person %d checked and %d approved, and the approvals are %v", m.CheckedBy, m.ApprovedBy, steps)
	}
	if m.Batch != 0 {
		b, err := db.Batch(ctx, c.auditor, m.Batch)
		if err != nil {
			return err
		}
		people = append(people, b.ReleasedBy)
		if steps["check"] == 0 || steps["approve"] == 0 {
			return fmt.Errorf("it is released, and nobody approved it: %v", steps)
		}
	}
	if !distinct(people...) {
		return fmt.Errorf("somebody acted twice of who claimed, checked, approved and released: %v", people)
	}
	if m.Corrected {
		corrections, err := db.Corrections(ctx, m.ID)
		if err != nil {
			return err
		}
		for _, k := range corrections {
			if two := k.State == funding.CorrectionAgreed || k.State == funding.CorrectionRefused; two && (!distinct(k.AskedBy, k.SettledBy) || k.SettledBy == m.ClaimedBy) {
				return fmt.Errorf("person %d said that a payment was made after all, %d answered, and %d made the claim", k.AskedBy, k.SettledBy, m.ClaimedBy)
			}
		}
	}
	if m.AskedBack == 0 {
		return nil
	}
	list, err := db.Recoveries(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.DecidedBy == r.By || r.WaivedBy == r.By || r.FirstBy != 0 && (r.FirstBy == r.By || r.FirstBy == r.DecidedBy) {
			return fmt.Errorf("persons %d, %d, %d and %d asked back, proposed, decided and waived", r.By, r.FirstBy, r.DecidedBy, r.WaivedBy)
		}
		for _, g := range r.Receipts {
			if g.By == r.DecidedBy || g.By == r.FirstBy {
				return fmt.Errorf("person %d decided on what is asked back, and recorded that it came", g.By)
			}
		}
	}
	return nil
}

// lookAtAgreement looks whether no more is committed than the two sides have accepted, or than was decided to be committed before that.
func (c *crowd) lookAtAgreement(ctx context.Context, db *store.Store, id casework.ID, f caseFile) error {
	held, err := db.CaseBalances(ctx, int64(id))
	if err != nil {
		return err
	}
	var most funding.Pence
	for _, g := range f.agreements {
		accepted := distinct(g.Practice.Person, g.Team.Person) && g.Hash == support.Hash(g.Body)
		if !accepted || g.State != support.InForce && g.State != support.Ended {
			continue
		}
		for _, o := range f.offers {
			if o.ID == g.Offer {
				most = o.Gross()
			}
		}
	}
	if early, err := db.Early(ctx, id); err == nil && early.State == support.EarlyApproved && distinct(early.AskedBy, early.DecidedBy) {
		for _, o := range f.offers {
			if o.ID == early.Offer {
				most = max(most, o.RapidCost())
			}
		}
	}
	if got := held.CommittedInAll(); got > most {
		return fmt.Errorf("case %d has %s committed, and %s was agreed", id, got, most)
	}
	return nil
}
