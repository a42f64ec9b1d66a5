package casework

import (
	"slices"

	"resilience/app/calendar"
)

// Rules is what a financial year's rule set says about cases. A published set never changes.
type Rules struct {
	ID      int64
	Year    calendar.Year
	Needs   []Option // areas of need, in order
	Menu    []Option // the menu of support, in order
	Targets []Target
	// Limits say who may approve how much; Templates are the texts of letters and memoranda.
	Limits    []Limit
	Templates []Template
	// Settings are numbers that the programme left open, in order.
	Settings []Setting
}

// Option is one choice of a list.
type Option struct {
	Code, Name, Hint string
	Local            bool // set locally, not by the programme
}

// Target is a promise of time in working days after the day of referral.
type Target struct {
	Code, Name  string
	WorkingDays int
	Local       bool
}

// Codes of the targets.
const (
	ByAcknowledgement = "acknowledgement"
	ByDecision        = "decision"
	ByOffer           = "offer"
	ByAgreement       = "agreement"
)

// Need finds an area of need.
func (r Rules) Need(code string) (Option, bool) { return find(r.Needs, code) }

// Item finds an item of the menu.
func (r Rules) Item(code string) (Option, bool) { return find(r.Menu, code) }

func find(list []Option, code string) (Option, bool) {
	i := slices.IndexFunc(list, func(o Option) bool { return o.Code == code })
	if i < 0 {
		return Option{}, false
	}
	return list[i], true
}

// Names turns codes into names, in the order of the list.
func Names(list []Option, codes []string) []string {
	var names []string
	for _, o := range list {
		if slices.Contains(codes, o.Code) {
			names = append(names, o.Name)
		}
	}
	return names
}

// Due is the day by which a target of the rules falls due for a case referred on that day; zero where there is none.
func (r Rules) Due(code string, referred calendar.Date) calendar.Date {
	for _, t := range r.Targets {
		if t.Code == code && !referred.IsZero() {
			return referred.AddWorkingDays(t.WorkingDays)
		}
	}
	return calendar.Date{}
}

// Promises lists the promises of time to the practice, in the order in which they fall due.
func (c *Case) Promises(r Rules) []Promise {
	var list []Promise
	for _, t := range r.Targets {
		p := Promise{Name: t.Name, Local: t.Local, Due: r.Due(t.Code, c.ReferredOn)}
		switch t.Code {
		case ByAcknowledgement:
			p.Met = c.AcknowledgedOn
		case ByDecision:
			p.Met = c.Facts.DecisionLetterOn
		case ByOffer:
			p.Met = c.Facts.FirstOfferOn
		case ByAgreement:
			p.Met = c.Facts.AgreedOn
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Promise) int { return a.Due.Compare(b.Due) })
	return list
}

// Next says what happens next with a case, who does it, and by when.
type Next struct {
	What string
	// Who is "practice" or "team".
	Who string
	// By is zero where no day is set.
	By calendar.Date
}

// Next is the one thing that the case waits for.
func (c *Case) Next(r Rules) Next {
	switch {
	case c.State == Draft:
		return Next{What: "Finish the request and send it", Who: "practice"}
	case c.State == Closed && c.Facts.Owing:
		return Next{What: "Money of a claim is asked back: see Money", Who: "practice"}
	case c.State == Closed && followUpOpen(c):
		return Next{What: "The local team looks at how the practice is doing, some months after the support", Who: "team", By: c.Facts.FollowUpOn}
	case c.State.Over():
		return Next{What: "Nothing more happens with this request", Who: "team"}
	case c.Information != nil:
		return Next{What: "The practice answers the question of the local team", Who: "practice", By: c.Information.DueOn}
	case c.Hold != nil:
		return Next{What: "The local team looks again at whether to go on", Who: "team", By: c.Hold.ReviewOn}
	case c.State == Referred:
		return Next{What: "The local team names a contact for the practice", Who: "team", By: r.Due(ByAcknowledgement, c.ReferredOn)}
	case c.State == Triage || c.State == Assessment || c.State == Decision:
		return Next{What: "The local team assesses what is needed, decides, and writes to the practice with reasons", Who: "team", By: r.Due(ByDecision, c.ReferredOn)}
	case c.Facts.ReviewID != 0:
		return Next{What: "Somebody who had no part in the decision reviews it, and writes to the practice", Who: "team", By: c.Facts.ReviewDueOn}
	case c.State == Supported:
		return Next{What: "The local team works out an offer of support", Who: "team", By: r.Due(ByOffer, c.ReferredOn)}
	case c.State == Offered && offerAsked(c):
		return Next{What: "The local team answers the question of the practice about the offer, which can be accepted or declined all the while", Who: "team", By: c.Facts.OfferExpiresOn}
	case c.State == Offered:
		return Next{What: "The practice accepts or declines the offer", Who: "practice", By: c.Facts.OfferExpiresOn}
	case c.State == Agreeing && c.Facts.AgreementState == "proposed" && !c.Facts.PracticeAccepted:
		return Next{What: "The practice's signatory reads and accepts the memorandum of understanding", Who: "practice", By: r.Due(ByAgreement, c.ReferredOn)}
	case c.State == Agreeing:
		return Next{What: "Both sides agree the memorandum of understanding", Who: "team", By: r.Due(ByAgreement, c.ReferredOn)}
	case c.State == Delivery && memorandumWaits(true)(c):
		return Next{What: "The practice's signatory reads and accepts the memorandum of understanding", Who: "practice", By: c.Facts.EarlyDue}
	case c.State == Delivery && c.MemorandumDue():
		return Next{What: "Both sides agree the memorandum of understanding, which follows the rapid intervention", Who: "team", By: c.Facts.EarlyDue}
	case c.State == Delivery && c.Facts.ClaimsToConfirm > 0:
		return Next{What: "The practice confirms that money has arrived: see the claims under Money", Who: "practice"}
	case c.State == Delivery && c.Facts.ClaimsToCheck > 0:
		return Next{What: "The local team checks a claim: see Money", Who: "team"}
	case c.State == Delivery && c.Facts.ClaimsToApprove > 0:
		return Next{What: "Somebody else in the local team approves a claim: see Money", Who: "team"}
	case c.State == Delivery && c.Facts.ClaimsOpen > 0:
		return Next{What: "A claim that was approved is paid: see Money", Who: "team"}
	case c.State == Delivery && !c.Facts.EndedOn.IsZero():
		return Next{What: "The memorandum has ended, and the local team closes the case", Who: "team"}
	case c.State == Delivery && !c.EndsOn().IsZero():
		return Next{What: "The memorandum ends, and what has been given is claimed before that", Who: "practice", By: c.EndsOn()}
	case c.State == Delivery:
		return Next{What: "The support is given, claimed for and paid", Who: "team"}
	case c.State == Reserve:
		return Next{What: "The practice is on the reserve list; the local team comes back when it can help", Who: "team"}
	default:
		return Next{What: "Nothing more is planned. The practice can ask again at any time", Who: "practice"}
	}
}
