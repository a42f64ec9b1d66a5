package service_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// Sixty-four people at one budget, with so many things to do of each kind. Each of them tries every one of these, in an order of their own.
const (
	atOneBudget = 64
	ofEachKind  = 8                     // 2 in a short run
	agreedCost  = funding.Pence(100_00) // of what was agreed before
)

// What they do.
const (
	approveOffer = "approve an offer"
	countersign  = "countersign a memorandum"
	approveClaim = "approve a claim"
	release      = "release a payment"
	agreeToVire  = "agree to a virement"
)

// tooLate is how the refusals begin that those read who come too late, or for whom nothing is left.
var tooLate = map[string][]string{
	approveOffer: {"There is nothing to do here now: it was done already", "There is not enough money left. General Practice Resilience Programme of 2016/17: this takes "},
	countersign:  {"There is nothing to do here now: it was done already"}, approveClaim: {"Claim 1 stands at “Approved”"}, release: {"Claim 1 stands at “Released for payment”"},
	agreeToVire: {"Both sides have agreed already", "There is not enough money left: this takes "},
}

// deed is something that is to be done once, whoever does it first.
type deed struct {
	kind string
	do   func(service.By) error
}

// rush is many people who do the same things at once, by the use cases that people use.
type rush struct {
	servers []*servicetest.World
	people  []service.By
	each    int // deeds of each kind
	deeds   []deed
	price   funding.Pence // of each offer and each virement: there is money for few of them
	before  funding.Balances
	head    int64 // the last event before

	lock    sync.Mutex
	done    map[string]int // deeds by kind
	doers   map[int]int    // how often each deed was done
	refused map[string]int // likewise
	wrong   []error
	longest time.Duration
	slowest string
}

// TestSixtyFourActAtOneBudget has 64 people approve offers, countersign memoranda, approve claims, release payments and agree to virements at once, on
// one budget that is too small for all of it. Each is done once; it never goes a penny over, nothing is lost, and whoever comes too late reads why.
// Whoever waits longer than the database lets them is told so, which is no such refusal and fails the test.
func TestSixtyFourActAtOneBudget(t *testing.T) {
	r := atOnce64(t)
	r.runs(t)
	r.proves(t)
	t.Logf("%d people, %d deeds: the longest wait was %s, to %s; done %v; refused %v", atOneBudget, len(r.deeds), r.longest.Round(time.Millisecond), r.slowest, r.done, r.refused)
}

// BenchmarkSixtyFourActAtOneBudget tells how long one of the 64 waits at most.
func BenchmarkSixtyFourActAtOneBudget(b *testing.B) {
	var longest, took time.Duration
	acts := 0
	for range b.N {
		b.StopTimer()
		r := atOnce64(b)
		b.StartTimer()
		began := time.Now()
		r.runs(b)
		took += time.Since(began)
		b.StopTimer()
		r.proves(b)
		longest, acts = max(longest, r.longest), acts+atOneBudget*len(r.deeds)
		b.StartTimer()
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "longest-wait-ms")
	b.ReportMetric(float64(acts)/took.Seconds(), "acts/s")
}

// atOnce64 makes a world in which all of that can be done, and the people.
func atOnce64(t testing.TB) *rush {
	t.Helper()
	r := &rush{each: ofEachKind, done: map[string]int{}, doers: map[int]int{}, refused: map[string]int{}}
	if testing.Short() {
		r.each = 2
	}
	if os.Getenv("RESILIENCE_TEST_ENGINE") == "postgres" {
		r.servers = servicetest.Servers(t, 2)
	} else {
		r.servers = []*servicetest.World{servicetest.Make(t)}
	}
	w := r.servers[0]
	r.joins(t, w)
	for range r.each {
		r.countersigned(t, w)
		r.approved(t, w)
		r.released(t, w)
	}
	r.price = r.stands(t)[funding.Available] * 2 / 9 // for four of them, with something left over
	for range r.each {
		r.offered(t, w)
		r.vired(t, w)
	}
	var err error
	r.head, _, err = w.Store.Head(t.Context())
	must(t, err)
	r.before = r.stands(t)
	return r
}

// joins gives the team 64 people, each of them its lead and a finance officer.
func (r *rush) joins(t testing.TB, w *servicetest.World) {
	t.Helper()
	must(t, w.Store.Change(t.Context(), func(tx *store.Tx) error {
		for i := range atOneBudget {
			p := account.Person{Name: fmt.Sprintf("Person %d", i+1), Email: fmt.Sprintf("person%d@own.example", i+1), PasswordSet: true, Active: true}
			id, err := tx.AddPerson(t.Context(), p, "x", time.Now())
			if err != nil {
				return err
			}
			p.ID = id
			r.people = append(r.people, service.By{Actor: account.Actor{Person: p, Assignments: []account.Assignment{
				{Role: account.TeamLead, Place: account.AtArea, Code: servicetest.Own}, {Role: account.FinanceOfficer, Place: account.AtArea, Code: servicetest.Own},
			}}})
		}
		return nil
	}))
}

// deed notes something that is to be done, on one of the servers in turn.
func (r *rush) deed(kind string, do func(*service.Service, service.By) error) {
	s := r.servers[len(r.deeds)%len(r.servers)].Service
	r.deeds = append(r.deeds, deed{kind, func(by service.By) error { return do(s, by) }})
}

// signedByThePractice is a case whose practice has accepted a memorandum.
func signedByThePractice(t testing.TB, w *servicetest.World) (casework.ID, string) {
	t.Helper()
	ctx, s, id := t.Context(), w.Service, toSupport(t, w, servicetest.Marigold, "holder", "lead")
	on, holder := service.On{Case: id}, w.By("holder")
	must(t, s.AddLine(ctx, holder, id, casework.LineInput{Line: servicetest.PaidLine(agreedCost, "")}))
	must(t, s.ApproveOffer(ctx, w.By("lead"), on))
	must(t, s.SendOffer(ctx, holder, on, servicetest.Day.AddWorkingDays(support.UsualNotice)))
	must(t, s.AcceptOffer(ctx, w.By("pm"), on))
	must(t, s.DraftAgreement(ctx, holder, on))
	f, err := s.Agreement(ctx, holder, id)
	must(t, err)
	hash := f.Live().Hash
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signature(hash)))
	return id, hash
}

// checkedClaim is a case in delivery with a claim of all of it that was checked.
func checkedClaim(t testing.TB, w *servicetest.World) casework.ID {
	t.Helper()
	ctx, s := t.Context(), w.Service
	id, hash := signedByThePractice(t, w)
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash))
	f, err := s.Money(ctx, w.By("pm"), id)
	must(t, err)
	must(t, s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(f.Lines[0].ID, agreedCost), servicetest.Evidence))
	must(t, s.CheckClaim(ctx, w.By("holder"), id, 1, servicetest.NotAlike))
	return id
}

func (r *rush) offered(t testing.TB, w *servicetest.World) {
	t.Helper()
	id := toSupport(t, w, servicetest.Marigold, "holder", "lead")
	must(t, w.Service.AddLine(t.Context(), w.By("holder"), id, casework.LineInput{Line: servicetest.PaidLine(r.price, "")}))
	r.deed(approveOffer, func(s *service.Service, by service.By) error {
		return s.ApproveOffer(t.Context(), by, service.On{Case: id})
	})
}

func (r *rush) countersigned(t testing.TB, w *servicetest.World) {
	t.Helper()
	id, hash := signedByThePractice(t, w)
	r.deed(countersign, func(s *service.Service, by service.By) error {
		return s.CountersignAgreement(t.Context(), by, id, hash)
	})
}

func (r *rush) approved(t testing.TB, w *servicetest.World) {
	t.Helper()
	id := checkedClaim(t, w)
	r.deed(approveClaim, func(s *service.Service, by service.By) error { return s.ApproveClaim(t.Context(), by, id, 1) })
}

func (r *rush) released(t testing.TB, w *servicetest.World) {
	t.Helper()
	id := checkedClaim(t, w)
	must(t, w.Service.ApproveClaim(t.Context(), w.By("lead"), id, 1))
	f, err := w.Service.Claim(t.Context(), w.By("lead"), id, 1)
	must(t, err)
	r.deed(release, func(s *service.Service, by service.By) error {
		_, err := s.ReleaseBatch(t.Context(), by, servicetest.Own, []int64{f.Claim.ID})
		return err
	})
}

func (r *rush) vired(t testing.TB, w *servicetest.World) {
	t.Helper()
	in := service.NewBudgetChange{Kind: funding.Virement, Year: 2016, From: servicetest.Own, Team: servicetest.Other, Source: "gprp", Amount: r.price, Reason: "A practice there closes in March."}
	id, err := w.Service.AskForBudgetChange(t.Context(), w.By("region"), in)
	must(t, err)
	must(t, w.Service.AgreeToBudgetChange(t.Context(), w.By("lead other"), id, funding.Taker))
	r.deed(agreeToVire, func(s *service.Service, by service.By) error {
		return s.AgreeToBudgetChange(t.Context(), by, id, funding.Giver)
	})
}

// runs has all of them begin at once.
func (r *rush) runs(t testing.TB) {
	t.Helper()
	var all sync.WaitGroup
	start := make(chan struct{})
	for i, by := range r.people {
		all.Go(func() {
			order := rand.New(rand.NewPCG(uint64(i), 64)).Perm(len(r.deeds))
			<-start
			for _, n := range order {
				began := time.Now()
				err := r.deeds[n].do(by)
				r.note(n, err, time.Since(began))
			}
		})
	}
	close(start)
	all.Wait()
}

// note counts what was done. Whoever came too late must be told so.
func (r *rush) note(n int, err error, took time.Duration) {
	r.lock.Lock()
	defer r.lock.Unlock()
	kind := r.deeds[n].kind
	if took > r.longest {
		r.longest, r.slowest = took, kind
	}
	switch {
	case err == nil:
		r.done[kind]++
		r.doers[n]++
	case isConflict(err) && slices.ContainsFunc(tooLate[kind], func(words string) bool { return strings.HasPrefix(err.Error(), words) }):
		r.refused[kind]++
	default:
		r.wrong = append(r.wrong, fmt.Errorf("%s: %w", kind, err))
	}
}

// proves proves that each was done once, and what there was no money for not at all; that every state of the money is as those deeds make it, to the
// penny; that there is one event of each in the history; and that the books prove right.
func (r *rush) proves(t testing.TB) {
	t.Helper()
	for _, err := range r.wrong {
		t.Error(err)
	}
	for n, d := range r.deeds {
		if times := r.doers[n]; times > 1 || times == 0 && d.kind != approveOffer && d.kind != agreeToVire {
			t.Errorf("%s was done %d times", d.kind, times)
		}
	}
	took := funding.Pence(r.done[approveOffer]+r.done[agreeToVire]) * r.price
	if r.before[funding.Available]-took < 0 || r.before[funding.Available]-took >= r.price {
		t.Errorf("%s was promised and given away of %s, in parts of %s", took, r.before[funding.Available], r.price)
	}
	want, each := maps.Clone(r.before), funding.Pence(r.each)*agreedCost
	want[funding.Available] -= took
	want[funding.Reserved] += funding.Pence(r.done[approveOffer])*r.price - each
	want[funding.Committed] += each
	want[funding.Claimed] -= each
	want[funding.Approved] += each
	w, events := r.servers[0], 0
	for _, times := range r.done {
		events += times
	}
	after := r.stands(t)
	for _, state := range []funding.MoneyState{funding.Available, funding.Reserved, funding.Committed, funding.Claimed, funding.Approved, funding.Paid, funding.Received} {
		if after[state] != want[state] {
			t.Errorf("%s is %s, not %s", state, after[state], want[state])
		}
	}
	if head, _, err := w.Store.Head(t.Context()); err != nil || head != r.head+int64(events) {
		t.Errorf("after %d deeds the history went from event %d to %d, %v", events, r.head, head, err)
	}
	batches, err := w.Store.Batches(t.Context(), w.By("auditor").Actor)
	must(t, err)
	for i, b := range batches { // the newest first
		if b.Number != len(batches)-i || b.Count != 1 {
			t.Errorf("batch %d of %d has the number %d and %d payments", i, len(batches), b.Number, b.Count)
		}
	}
	booksBalance(t, w)
}

// stands is how the money of the budget stands.
func (r *rush) stands(t testing.TB) funding.Balances {
	t.Helper()
	w := r.servers[0]
	id, _, err := w.Store.FindBudget(t.Context(), 2016, servicetest.Own, "gprp")
	must(t, err)
	b, err := w.Store.BudgetBalances(t.Context(), id)
	must(t, err)
	return b
}
