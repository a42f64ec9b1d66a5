package service_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"

	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// breaking is a context that ends once the database was asked so many statements: the next one fails, as when the program is
// killed or the connection is lost between the two.
type breaking struct {
	context.Context
	asked func() int
	after int
}

var over = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

func (b breaking) broken() bool { return b.asked() >= b.after }

func (b breaking) Done() <-chan struct{} {
	if b.broken() {
		return over
	}
	return b.Context.Done()
}

func (b breaking) Err() error {
	if b.broken() {
		return context.Canceled
	}
	return b.Context.Err()
}

// moneyAct is an act that moves money or decides on it.
type moneyAct struct {
	before func() error // what has to come first; nil: nothing
	act    func(context.Context) error
}

// moneyActs are those of the program, by name, each on a case of the world as it is made.
func moneyActs(w *servicetest.World) map[string]moneyAct {
	s, first := w.Service, servicetest.Day.AddDays(10)
	ctx := context.Background()
	line := func(name string, position int) int64 {
		f, err := s.Money(ctx, w.By("auditor"), w.Case(name))
		if err != nil {
			return 0
		}
		for _, l := range f.Lines {
			if l.Position == position {
				return l.ID
			}
		}
		return 0
	}
	claimID := func(name string) int64 {
		p, err := s.Claim(ctx, w.By("auditor"), w.Case(name), 1)
		if err != nil {
			return 0
		}
		return p.Claim.ID
	}
	batch := func(name string) int64 {
		p, err := s.Claim(ctx, w.By("auditor"), w.Case(name), 1)
		if err != nil {
			return 0
		}
		return p.Claim.Batch
	}
	raise := func() error { return s.RaiseRecovery(ctx, w.By("holder"), w.Case("received"), 1, asking(300_00)) }
	decide := func() error {
		return errors.Join(raise(), s.DecideRecovery(ctx, w.By("lead"), w.Case("received"), 1, back(2, first)))
	}
	part := funding.Share{Less: true, Pay: 700_00, Why: "Five sessions were not held.", Kept: funding.Freed}
	forward := func() error {
		return errors.Join(s.AddLine(ctx, w.By("holder"), w.Case("offerdraft"), casework.LineInput{Line: nextYear(3_000_00)}), s.ApproveOffer(ctx, w.By("lead"), service.On{Case: w.Case("offerdraft")}),
			s.AskForward(ctx, w.By("holder"), service.On{Case: w.Case("offerdraft")}, whyForward))
	}
	authorise := func(ctx context.Context) error {
		list, err := s.Forwards(ctx, w.By("region"), funding.AllocationFilter{})
		if err != nil {
			return err
		}
		return s.DecideForward(ctx, w.By("region"), list[0].ID, casework.ForwardAnswer{Authorise: true})
	}
	varied := func() error {
		return errors.Join(s.VaryAgreement(ctx, w.By("holder"), service.On{Case: w.Case("delivery")}, why), s.AddLine(ctx, w.By("holder"), w.Case("delivery"), casework.LineInput{Line: nextYear(3_000_00)}),
			s.ApproveOffer(ctx, w.By("finance"), service.On{Case: w.Case("delivery")}), s.AskForward(ctx, w.By("holder"), service.On{Case: w.Case("delivery")}, whyForward), authorise(ctx), s.DraftAgreement(ctx, w.By("holder"), service.On{Case: w.Case("delivery")}))
	}
	text := func() string {
		f, err := s.Agreement(ctx, w.By("pm"), w.Case("delivery"))
		if err != nil || f.Live() == nil {
			return ""
		}
		return f.Live().Hash
	}
	countersign := func(ctx context.Context) error {
		return s.CountersignAgreement(ctx, w.By("lead"), w.Case("delivery"), text())
	}
	sign := func() error {
		return s.SignAgreement(ctx, w.By("signatory"), w.Case("delivery"), signature(text()))
	}
	proposed := func() string {
		f, err := s.Agreement(ctx, w.By("pm"), w.Case("proposed"))
		if err != nil || f.Live() == nil {
			return ""
		}
		return f.Live().Hash
	}
	var allocation int64
	none := func(do func(context.Context) error) moneyAct { return moneyAct{nil, do} }
	acts := map[string]moneyAct{
		"approve an offer": none(func(ctx context.Context) error {
			return s.ApproveOffer(ctx, w.By("lead"), service.On{Case: w.Case("offerdraft")})
		}),
		"approve what has no budget": {
			func() error {
				return s.AddLine(ctx, w.By("holder"), w.Case("offerdraft"), casework.LineInput{Line: nextYear(3_000_00)})
			},
			func(ctx context.Context) error {
				return s.ApproveOffer(ctx, w.By("lead"), service.On{Case: w.Case("offerdraft")})
			},
		},
		"authorise a forward commitment": {forward, authorise},
		"meet a forward commitment": {
			func() error {
				return errors.Join(forward(), authorise(ctx), servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2017, "other", 4_000_00))
			},
			func(ctx context.Context) error {
				_, err := s.MeetForwards(ctx)
				return err
			},
		},
		"agree to a variation that promises forward": {func() error { return errors.Join(varied(), sign()) }, countersign},
		"meet a forward commitment of a variation": {
			func() error {
				return errors.Join(varied(), sign(), countersign(ctx), servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2017, "other", 4_000_00))
			},
			func(ctx context.Context) error {
				_, err := s.MeetForwards(ctx)
				return err
			},
		},
		"withdraw with an offer": none(func(ctx context.Context) error {
			return s.Withdraw(ctx, w.By("pm"), service.On{Case: w.Case("offered")}, "We found help.")
		}),
		"claim": none(func(ctx context.Context) error {
			return s.MakeClaim(ctx, w.By("pm"), w.Case("delivery"), servicetest.ClaimOf(line("delivery", 1), 500_00), servicetest.Evidence)
		}),
		"enter an invoice": none(func(ctx context.Context) error {
			return s.MakeClaim(ctx, w.By("holder"), w.Case("delivery"), servicetest.InvoiceOf(line("delivery", 2), 500_00, "NRT-9"), servicetest.Evidence)
		}),
		"check a claim": none(func(ctx context.Context) error {
			return s.CheckClaim(ctx, w.By("holder"), w.Case("claimed"), 1, servicetest.NotAlike)
		}),
		"return a claim": none(func(ctx context.Context) error {
			return s.ReturnClaim(ctx, w.By("holder"), w.Case("checked"), 1, "No list.")
		}),
		"withdraw a claim": none(func(ctx context.Context) error {
			return s.WithdrawClaim(ctx, w.By("pm"), w.Case("approved"), 1, "Too early.")
		}),
		"approve a claim": none(func(ctx context.Context) error { return s.ApproveClaim(ctx, w.By("lead"), w.Case("checked"), 1) }),
		"approve a part":  none(func(ctx context.Context) error { return s.ApproveShare(ctx, w.By("lead"), w.Case("checked"), 1, part) }),
		"undo an approval": none(func(ctx context.Context) error {
			return s.UndoClaim(ctx, w.By("lead"), w.Case("approved"), 1, "Another list.")
		}),
		"release a batch": none(func(ctx context.Context) error {
			_, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{claimID("approved")})
			return err
		}),
		"record a payment": none(func(ctx context.Context) error {
			return s.RecordPaid(ctx, w.By("finance"), batch("released"), 1, servicetest.Day)
		}),
		"put a payment back": none(func(ctx context.Context) error {
			return s.PutBack(ctx, w.By("finance"), batch("paid"), 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day, Why: "Account closed"})
		}),
		"confirm a receipt": none(func(ctx context.Context) error { return s.ConfirmReceived(ctx, w.By("pm"), w.Case("paid"), 1, false) }),
		"dispute a payment": none(func(ctx context.Context) error {
			return s.DisputePayment(ctx, w.By("pm"), w.Case("paid"), 1, funding.NotArrived, "Nothing.")
		}),
		"pay a disputed claim again": {
			func() error {
				return s.DisputePayment(ctx, w.By("pm"), w.Case("paid"), 1, funding.NotArrived, "Nothing.")
			},
			func(ctx context.Context) error {
				return s.AnswerDispute(ctx, w.By("finance"), w.Case("paid"), 1, funding.PaidAgain, "It came back.")
			},
		},
		"ask back": none(func(ctx context.Context) error {
			return s.RaiseRecovery(ctx, w.By("holder"), w.Case("received"), 1, asking(300_00))
		}),
		"have it paid back": {raise, func(ctx context.Context) error {
			return s.DecideRecovery(ctx, w.By("lead"), w.Case("received"), 1, back(3, first))
		}},
		"waive": {raise, func(ctx context.Context) error {
			return s.DecideRecovery(ctx, w.By("lead"), w.Case("received"), 1, waive)
		}},
		"waive the rest": {decide, func(ctx context.Context) error {
			return s.DecideRecovery(ctx, w.By("lead"), w.Case("received"), 1, waive)
		}},
		"record what came": {decide, func(ctx context.Context) error {
			return s.RecordRepayment(ctx, w.By("finance"), w.Case("received"), 1, came(120_00, servicetest.Day))
		}},
		"close": none(func(ctx context.Context) error {
			return s.Close(ctx, w.By("holder"), service.On{Case: w.Case("received")}, w.Closing("received", "improved", "It is better."))
		}),
		"close a year": {
			func() error { return decidedAndAsked(ctx, w) },
			func(ctx context.Context) error {
				return inApril(w).SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true})
			},
		},
		"accept the memorandum as the second side": {
			func() error {
				return s.SignAgreement(ctx, w.By("signatory"), w.Case("proposed"), signature(proposed()))
			},
			func(ctx context.Context) error {
				return s.CountersignAgreement(ctx, w.By("lead"), w.Case("proposed"), proposed())
			},
		},
		"end the memorandum": none(func(ctx context.Context) error {
			return s.EndAgreement(ctx, w.By("lead"), w.On("delivery"), support.EndingInput{Reason: "no_help", Detail: "The adviser has no time.", On: servicetest.Day})
		}),
		"decline an offer": none(func(ctx context.Context) error {
			return s.DeclineOffer(ctx, w.By("pm"), service.On{Case: w.Case("offered")}, "We found help.")
		}),
		"let an offer lapse": none(func(ctx context.Context) error {
			_, err := onDay(w, servicetest.Day.AddWorkingDays(support.UsualNotice+1)).LapseOffers(ctx)
			return err
		}),
		"approve an allocation": {
			func() (err error) {
				allocation, err = s.EnterAllocation(ctx, w.By("region"), service.NewAllocation{Year: 2016, Team: servicetest.Own, Source: "gprp", Amount: 5_000_00, Reason: "The second half."})
				return err
			},
			func(ctx context.Context) error { return s.ApproveAllocation(ctx, w.By("finance"), allocation, false) },
		},
		"agree to a virement": {
			func() error {
				return s.AgreeToBudgetChange(ctx, w.By("lead other"), servicetest.Virement, funding.Taker)
			},
			func(ctx context.Context) error {
				return s.AgreeToBudgetChange(ctx, w.By("finance"), servicetest.Virement, funding.Giver)
			},
		},
	}
	maps.Copy(acts, offerActs(w))
	maps.Copy(acts, budgetActs(w))
	return acts
}

// Each act that moves money is all done or not done at all: whichever statement it is cut off at, nothing of it is there, the
// books prove right, and the same act then goes through as if nothing had been. An import of payments is a file and then an act on each
// case: each of these is whole. Every way that money may take is gone by some act here.
func TestMoneyMovesWholeOrNotAtAll(t *testing.T) {
	var lock sync.Mutex
	taken := map[funding.Flow]bool{}
	t.Run("acts", func(t *testing.T) {
		for name := range moneyActs(servicetest.Make(t)) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				flows := cutOff(t, name)
				lock.Lock()
				defer lock.Unlock()
				maps.Copy(taken, flows)
			})
		}
	})
	for _, f := range funding.Flows() {
		if !taken[f] && !t.Failed() {
			t.Errorf("no act is cut off by which money goes from %s to %s as %q", f.From, f.To, f.Kind)
		}
	}
}

// cutOff cuts an act off before each of its statements, and returns the ways that its money took in the end.
func cutOff(t *testing.T, name string) map[funding.Flow]bool {
	w := servicetest.Make(t)
	one := moneyActs(w)[name]
	if one.before != nil {
		must(t, one.before())
	}
	begun := booksOf(t, w)
	before, cut, left := begun, 0, 1
	if strings.HasPrefix(name, "import") {
		left = 2 // the file, which moves nothing, and its payment
	}
	for n := 0; left > 0; n++ {
		ctx, asked := service.CountQueries(t.Context())
		err := one.act(breaking{ctx, asked, n})
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("cut off after %d statements: %v", n, err)
		}
		if err != nil {
			cut++
		}
		if _, head, failed := w.Service.Head(t.Context()); head != before.head { // a part of it is done, and it was cut off after that, if at all
			must(t, failed)
			now := booksOf(t, w)
			if left--; now.events != before.events+1 || left > 0 && now.entries != begun.entries {
				t.Fatalf("cut off after %d statements, it left half of something: %+v, and before %+v", n, now, before)
			}
			before, n = now, 0
			continue
		}
		if err == nil || n > 400 {
			t.Fatalf("after %d statements nothing of it is there, %v", n, err)
		}
		if n%17 != 0 {
			continue // all of it is proved now and then, and in the end
		}
		if now := booksOf(t, w); now != before {
			t.Fatalf("cut off after %d statements, it left something: %+v, not %+v", n, now, before)
		}
	}
	if cut < 5 {
		t.Errorf("it was cut off %d times only", cut)
	}
	flows := map[funding.Flow]bool{}
	must(t, w.Store.Snapshot(t.Context(), func(db *store.Snapshot) error {
		return db.Events(t.Context(), func(e audit.Stored) error {
			if e.ID <= begun.last {
				return nil
			}
			for _, p := range e.Entries {
				flows[flowOf(p.Posting)] = true
			}
			return nil
		})
	}))
	return flows
}

// flowOf is the way that money took by an entry.
func flowOf(p audit.Posting) funding.Flow {
	state := func(account string) funding.MoneyState {
		return funding.MoneyState(account[strings.LastIndex(account, "/")+1:])
	}
	return funding.Flow{Kind: funding.Kind(p.Kind), From: state(p.From), To: state(p.To)}
}

// books are what a database holds of money, proved right.
type books struct {
	events, entries, claims, lines int
	head                           string
	last                           int64 // event
}

func booksOf(t *testing.T, w *servicetest.World) books {
	t.Helper()
	v, err := w.Service.Verify(t.Context(), "")
	must(t, err)
	if v.Wrong != nil {
		t.Fatalf("the books are wrong: %s: %s", v.Wrong.Row, v.Wrong.What)
	}
	return books{v.Events, v.Entries, v.Claims, v.Lines, v.Head, v.HeadEvent}
}
