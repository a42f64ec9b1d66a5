package service_test

import (
	"context"
	"errors"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// offerActs are acts on offers, memoranda and variations, as moneyActs has them.
func offerActs(w *servicetest.World) map[string]moneyAct {
	s, ctx := w.Service, context.Background()
	on := func(name string) service.On { return service.On{Case: w.Case(name)} }
	offers := func(name string) service.OfferFile {
		f, err := s.Offer(ctx, w.By("auditor"), w.Case(name))
		if err != nil {
			return service.OfferFile{CaseFile: service.CaseFile{Case: &casework.Case{}}}
		}
		return f
	}
	live := func(name string) support.Offer {
		if o := offers(name).Written(); o != nil && len(o.Lines) > 0 {
			return *o
		}
		return support.Offer{Lines: make([]support.Line, 1)}
	}
	hash := func(name string) string {
		f, err := s.Agreement(ctx, w.By("auditor"), w.Case(name))
		if err != nil || f.Live() == nil {
			return ""
		}
		return f.Live().Hash
	}
	another := casework.LineInput{Line: servicetest.PaidLine(2_000_00, "")}
	dearer := func(ctx context.Context, name string) error {
		o := live(name)
		l := o.Lines[0]
		l.Net += 1_000_00
		return s.ChangeLine(ctx, w.By("holder"), w.Case(name), o.Version, casework.LineInput{Line: l})
	}
	vary := func() error {
		return errors.Join(s.VaryAgreement(ctx, w.By("holder"), on("delivery"), why), dearer(ctx, "delivery"))
	}
	varied := func() error {
		return errors.Join(vary(), s.ApproveOffer(ctx, w.By("finance"), on("delivery")))
	}
	proposed := func() error { return errors.Join(varied(), s.DraftAgreement(ctx, w.By("holder"), on("delivery"))) }
	cheaper := func() error { // and another line comes in
		o := live("delivery")
		l := o.Lines[1]
		l.Net, l.VAT = 3_000_00, 600_00
		return errors.Join(s.ChangeLine(ctx, w.By("holder"), w.Case("delivery"), o.Version, casework.LineInput{Line: l}), s.AddLine(ctx, w.By("holder"), w.Case("delivery"), another))
	}
	shared := func() error {
		err := s.AddLine(ctx, w.By("holder"), w.Case("supported"), casework.LineInput{Line: servicetest.PaidLine(10_001_01, "")})
		shares := map[practice.Code]int64{servicetest.Marigold: 60_00, servicetest.Teasel: 40_00}
		return errors.Join(err, s.ShareCost(ctx, w.By("holder"), w.Case("supported"), live("supported").Version, shares), s.ApproveOffer(ctx, w.By("lead"), on("supported")))
	}
	sentShares := func() error {
		return errors.Join(shared(), s.SendOffer(ctx, w.By("holder"), on("supported"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	}
	none := func(do func(context.Context) error) moneyAct { return moneyAct{nil, do} }
	return map[string]moneyAct{
		"add a line to an approved offer": none(func(ctx context.Context) error {
			return s.AddLine(ctx, w.By("holder"), w.Case("offerapproved"), another)
		}),
		"change an approved offer": none(func(ctx context.Context) error { return dearer(ctx, "offerapproved") }),
		"take a line out of an approved offer": {
			func() error {
				return errors.Join(s.AddLine(ctx, w.By("holder"), w.Case("offerapproved"), another), s.ApproveOffer(ctx, w.By("lead"), on("offerapproved")))
			},
			func(ctx context.Context) error {
				return s.RemoveLine(ctx, w.By("holder"), on("offerapproved"), live("offerapproved").Lines[0].ID)
			},
		},
		"change the conditions of an approved offer": none(func(ctx context.Context) error {
			return s.SetTerms(ctx, w.By("holder"), w.Case("offerapproved"), live("offerapproved").Version, support.Terms{Conditions: "The report is shared."})
		}),
		"share what an approved offer costs": none(func(ctx context.Context) error {
			return s.ShareCost(ctx, w.By("holder"), w.Case("offerapproved"), live("offerapproved").Version, map[practice.Code]int64{servicetest.Marigold: 50_00, servicetest.Teasel: 50_00})
		}),
		"share it by the lists": {
			func() error { return importLists(ctx, s) },
			func(ctx context.Context) error {
				return s.ShareCostByLists(ctx, w.By("holder"), w.Case("offerapproved"), live("offerapproved").Version)
			},
		},
		"cancel an offer": none(func(ctx context.Context) error {
			return s.CancelOffer(ctx, w.By("holder"), on("offered"), "The manager has fallen ill.")
		}),
		"remind of an offer": none(func(ctx context.Context) error {
			_, err := onDay(w, servicetest.Day.AddWorkingDays(support.UsualNotice-1)).RemindOffers(ctx)
			return err
		}),
		"accept an offer but for a line": none(func(ctx context.Context) error {
			return s.AnswerOffer(ctx, w.By("pm"), on("offered"), map[int64]string{live("offered").Lines[1].ID: "We have a manager again."})
		}),
		"decline a share": {sentShares, func(ctx context.Context) error {
			return s.DeclineOfferFor(ctx, w.By("pm"), on("supported"), servicetest.Marigold, "We have found a doctor.")
		}},
		"accept a share": {sentShares, func(ctx context.Context) error {
			return s.AnswerOfferFor(ctx, w.By("pm"), on("supported"), servicetest.Marigold, nil)
		}},
		"accept all of an offer": none(func(ctx context.Context) error { return s.AcceptOffer(ctx, w.By("pm"), on("offered")) }),
		"commit rapid intervention": {
			func() error { return s.AskEarly(ctx, w.By("holder"), on("accepted"), "The last partner is ill.") },
			func(ctx context.Context) error { return s.DecideEarly(ctx, w.By("lead"), on("accepted"), commitNow) },
		},
		"sign the memorandum as the second side": {
			func() error {
				return s.CountersignAgreement(ctx, w.By("lead"), w.Case("proposed"), hash("proposed"))
			},
			func(ctx context.Context) error {
				return s.SignAgreement(ctx, w.By("signatory"), w.Case("proposed"), signature(hash("proposed")))
			},
		},
		"approve a variation": {vary, func(ctx context.Context) error { return s.ApproveOffer(ctx, w.By("finance"), on("delivery")) }},
		"cancel a variation": {varied, func(ctx context.Context) error {
			return s.CancelOffer(ctx, w.By("holder"), on("delivery"), "It is not needed.")
		}},
		"decline a variation": {proposed, func(ctx context.Context) error {
			return s.DeclineOffer(ctx, w.By("signatory"), on("delivery"), "We keep what we have.")
		}},
		"accept a variation as the second side": {
			func() error {
				return errors.Join(vary(), cheaper(), s.ApproveOffer(ctx, w.By("finance"), on("delivery")), s.DraftAgreement(ctx, w.By("holder"), on("delivery")),
					s.SignAgreement(ctx, w.By("signatory"), w.Case("delivery"), signature(hash("delivery"))))
			},
			func(ctx context.Context) error {
				return s.CountersignAgreement(ctx, w.By("lead"), w.Case("delivery"), hash("delivery"))
			},
		},
		"end a memorandum with a variation under way": {varied, func(ctx context.Context) error {
			return s.EndAgreement(ctx, w.By("lead"), on("delivery"), notice(servicetest.Day))
		}},
		"end a memorandum on the day of a notice": {
			func() error {
				return s.EndAgreement(ctx, w.By("pm"), on("delivery"), notice(servicetest.Day.AddDays(5)))
			},
			func(ctx context.Context) error {
				_, err := onDay(w, servicetest.Day.AddDays(5)).EndAgreements(ctx)
				return err
			},
		},
	}
}

// importLists imports registered lists of the practices of the world.
func importLists(ctx context.Context, s *service.Service) error {
	_, err := s.ImportListSizes(ctx, service.By{Actor: account.Operator}, service.RegisterFile{
		Name: "lists.csv", AsAt: calendar.MustParse("2017-01-01"), Content: strings.NewReader(lists(map[string]int{"X10001": 4000, "X10002": 6000, "X10003": 8000})),
	})
	return err
}

// budgetActs are acts on budgets, and those on payments and recoveries that are not in moneyActs.
func budgetActs(w *servicetest.World) map[string]moneyAct {
	s, ctx := w.Service, context.Background()
	april := calendar.MustParse("2017-04-03")
	asks := func(in service.NewBudgetChange) int64 {
		in.Year, in.Team, in.Amount, in.Reason = 2016, servicetest.Own, 8_000_00, "Two offers are sure to come back."
		id, err := s.AskForBudgetChange(ctx, w.By("lead"), in)
		if err != nil {
			return 0
		}
		return id
	}
	var change, division, batch int64
	asked := func(in service.NewBudgetChange) func() error {
		return func() error {
			change = asks(in)
			return s.AgreeToBudgetChange(ctx, w.By("region"), change, funding.Giver)
		}
	}
	agree := func(ctx context.Context) error {
		return s.AgreeToBudgetChange(ctx, w.By("finance"), change, funding.Taker)
	}
	until := service.NewBudgetChange{Kind: funding.OverCommitment, Until: servicetest.Day.AddDays(10)}
	divide := func() error {
		in := service.NewDivision{Year: 2017, Source: "gprp", Total: 1_000_500_00, Reason: "The board’s paper of January.", Patients: 18_000}
		err := importLists(ctx, s)
		if err == nil {
			division, err = s.EnterDivision(ctx, w.By("nation"), in)
		}
		return err
	}
	remittance := func(outcome string) service.Upload {
		b, err := s.Batch(ctx, w.By("auditor"), batch)
		if err != nil {
			return service.Upload{}
		}
		return file(servicetest.RemittanceOf(b.Reference(), "BACS-"+outcome, "1|"+b.Items[0].Reference+"|1200.00|"+outcome+"|18/01/2017|As the bank says"))
	}
	batchOf := func(name string) func() error {
		return func() error {
			p, err := s.Claim(ctx, w.By("auditor"), w.Case(name), 1)
			batch = p.Claim.Batch
			return err
		}
	}
	imports := func(outcome string) func(context.Context) error { // the file first, and then its payment, in an act of its own
		return func(ctx context.Context) error {
			b, err := s.Batch(ctx, w.By("finance"), batch)
			if err != nil {
				return err
			}
			if len(b.Remittances) > 0 {
				_, err = s.RecordRemittances(ctx, w.By("finance"), batch)
			} else {
				_, err = s.ImportRemittance(ctx, w.By("finance"), batch, remittance(outcome))
			}
			return err
		}
	}
	// What a finance officer imports who has an interest in the case waits for another one.
	waits := func() error {
		err := w.Store.Change(ctx, func(tx *store.Tx) error {
			return tx.Assign(ctx, w.By("colleague").Actor.ID, account.Assignment{Role: account.FinanceOfficer, Place: account.AtArea, Code: servicetest.Own, From: servicetest.Day.AddDays(-30)})
		})
		err = errors.Join(err, batchOf("released")(), s.DeclareInterest(ctx, w.By("finance"), service.On{Case: w.Case("released")}, "My sister works there."))
		if err == nil {
			_, err = s.ImportRemittance(ctx, w.By("finance"), batch, remittance("PAID"))
		}
		return err
	}
	claim := func(name string) funding.Chosen {
		p, err := s.Claim(ctx, w.By("auditor"), w.Case(name), 1)
		if err != nil {
			return funding.Chosen{}
		}
		return funding.Chosen{ID: p.Claim.ID, Version: p.Claim.Version}
	}
	owed := func() error {
		return errors.Join(s.RaiseRecovery(ctx, w.By("holder"), w.Case("received"), 1, asking(300_00)), s.DecideRecovery(ctx, w.By("lead"), w.Case("received"), 1, back(1, servicetest.Day.AddDays(10))))
	}
	none := func(do func(context.Context) error) moneyAct { return moneyAct{nil, do} }
	return map[string]moneyAct{
		"agree to a top-up":           {asked(service.NewBudgetChange{Kind: funding.TopUp, Source: "ccg"}), agree},
		"agree to an over-commitment": {asked(until), agree},
		"end an over-commitment": {
			func() error { return errors.Join(asked(until)(), agree(ctx)) },
			func(ctx context.Context) error {
				_, err := onDay(w, until.Until.AddDays(1)).EndOverCommitments(ctx)
				return err
			},
		},
		"approve the shares of a national total": {divide, func(ctx context.Context) error { return s.ApproveDivision(ctx, w.By("nation two"), division) }},
		"import that a payment was made":         {batchOf("released"), imports("PAID")},
		"import that a payment came back":        {batchOf("paid"), imports("RETURNED")},
		"record what a remittance says": {waits, func(ctx context.Context) error {
			_, err := s.RecordRemittances(ctx, w.By("colleague"), batch)
			return err
		}},
		"agree that a payment was made after all": {
			func() error {
				err := batchOf("paid")()
				err = errors.Join(err, s.PutBack(ctx, w.By("finance"), batch, 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day, Why: "Account closed"}))
				return errors.Join(err, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)))
			},
			func(ctx context.Context) error {
				return s.AnswerCorrection(ctx, regional(w), w.Case("paid"), 1, agreed)
			},
		},
		"approve claims together": none(func(ctx context.Context) error {
			list, err := s.ApproveClaims(ctx, w.By("lead"), []funding.Chosen{claim("checked")})
			if err == nil && list[0].Refused != nil && ctx.Err() != nil {
				return ctx.Err() // it says to the person that something went wrong
			}
			return errors.Join(err, refusal(list))
		}),
		"approve a part and leave the rest to be claimed": none(func(ctx context.Context) error {
			return s.ApproveShare(ctx, w.By("lead"), w.Case("checked"), 1, funding.Share{Less: true, Pay: 700_00, Why: "Five sessions were not held.", Kept: funding.Claimable})
		}),
		"ask back before the receipt": none(func(ctx context.Context) error {
			return s.RaiseRecovery(ctx, w.By("holder"), w.Case("paid"), 1, asking(200_00))
		}),
		"record what came after the year": {owed, func(ctx context.Context) error {
			return onDay(w, april).RecordRepayment(ctx, w.By("finance"), w.Case("received"), 1, came(60_00, april))
		}},
	}
}

func refusal(list []service.DoneClaim) error {
	for _, one := range list {
		if one.Refused != nil {
			return one.Refused
		}
	}
	return nil
}
