package support

import "strings"

// An excuse says why words that fit a pattern ask nothing after all. It is given the sentence and the place of the words.
type excuse func(s []token, from, to int) bool

// The excuses that groups of rules share.
var (
	acting    = []excuse{denialWithin, past, claimedBack, refunds, ownBusiness, otherMeaning, papers, report, receives, fromAward}
	done      = []excuse{denial, past, claimedBack, refunds, ownBusiness, ofOthers, otherMeaning, fromAward}
	named1    = []excuse{denial, past, ofOthers, thirdShare}
	named2    = []excuse{denial, past, ofOthers, thirdShare, towardsOther}
	owned     = []excuse{denial, past, ofOthers, towardsOther}
	ownedPart = []excuse{denial, past, ofOthers, towardsOther, otherMeaning, claimedBack}
	partOnly  = []excuse{denial, past, thirdShare, instalments, otherMeaning}
	told      = []excuse{denialWithin, claimedBack}
)

// denialWithin: the practice is told that it does not pay. "If it does not pay, the offer lapses" is no excuse.
func denialWithin(s []token, from, to int) bool {
	last := to - 1
	for last > from && s[last].is(kPunct|kEnd) {
		last--
	}
	if !s[last].denied && !valueless(s, from, to) {
		return noMatter(s)
	}
	return !threat(s, from, to)
}

// denial: the same, also where the "not" comes after: a contribution is not required, match funding: none.
func denial(s []token, from, to int) bool {
	denied := s[to-1].denied || valueless(s, from, to) || s[from].denied && !divided(s[from:to])
	for i := to; i < len(s) && i < to+14; i++ {
		if s[i].wall || s[i].word == "," && s[min(i+1, len(s)-1)].word == "not" || s[i].denied != s[to-1].denied && finite(s[i]) && !s[i].denied {
			break
		}
		if s[i].is(kNot|kNought) || s[i].word == "n't" {
			denied = true
		} else if s[i].is(kFlip) && s[i].word != "spare" {
			denied = !denied
		}
	}
	for i := from - 1; i >= 0 && i >= from-8 && !s[from].denied; i-- {
		if s[i].is(kFlip) && (s[i].is(kPassive) || s[i].is(kVerb)) {
			denied = true
		}
	}
	if denied {
		return !threat(s, from, to)
	}
	return noMatter(s)
}

// divided says whether a new clause begins within the words.
func divided(s []token) bool {
	for _, t := range s {
		if t.wall {
			return true
		}
	}
	return false
}

func valueless(s []token, from, to int) bool {
	for _, t := range s[from:to] {
		if t.is(kNought) {
			return true
		}
	}
	return to < len(s) && s[to].is(kNought)
}

func noMatter(s []token) bool {
	for i := range s {
		switch s[i].word {
		case "whether or not", "no advantage", "no part", "no difference", "no effect", "no bearing", "no weight", "not matter", "not affect", "not count", "no account":
			return true
		}
	}
	return false
}

// consequences are what a text threatens with where the practice does not pay.
var consequences = setOf("withdrawn withdraw lapse lapses lapsed ends ended end terminate terminated stop stops stopped reconsider reconsidered refuse refused reject rejected delayed delay suspended ineligible proceed start begin released release approved approve continue lost lose another queue")

// threat says whether the words stand in a condition whose failure has a consequence.
func threat(s []token, from, to int) bool {
	condition := false
	for i := 0; i < to; i++ {
		switch s[i].word {
		case "if", "where", "should", "when", "without", "unless", "that", "who", "failing", "unwillingness", "refusal", "inability":
			condition = true
		}
	}
	if !condition {
		return false
	}
	for i, t := range s {
		if (i < from || i >= to) && consequences[t.word] {
			return true
		}
	}
	return false
}

// habitOr has habit among the excuses.
func habitOr(excuses []excuse) []excuse { return append([]excuse{habit}, excuses...) }

// ours are words by which a question is about this support, or sets a condition.
var ours = setOf("this that it these them towards cost costs support help project programme facilitator share half rest if unless before first once provided")

// asking are words that may stand between "do" and "pay" beside the practice.
var asking = setOf("the your usually normally now")

// habit: a question about what the practice pays anyway, for its locums or its rent: what do you pay your locums?
func habit(s []token, _, to int) bool {
	if s[to-1].word != "pay" && s[to-1].word != "pay for" || to >= len(s) || s[to].is(kEnd|kPunct) {
		return false
	}
	do := to - 2
	for do >= 0 && s[do].word != "do" && s[do].word != "does" && s[do].word != "did" {
		do--
	}
	if do < 0 {
		return false
	}
	named := false
	for _, t := range s[do+1 : to-1] {
		if !t.is(kPractice) && !asking[t.word] {
			return false
		}
		named = named || t.is(kPractice)
	}
	if !named {
		return false // you do pay
	}
	for _, t := range s[to:] {
		if ours[t.word] || t.is(kUs|kAmount|kPart) || t.is(kModal) {
			return false
		}
	}
	return true
}

// past: it tells what happened, or what an earlier programme asked for.
func past(s []token, from, to int) bool {
	story := false
	for i, t := range s {
		switch t.word {
		case "earlier", "previous", "previously", "old", "former", "formerly", "predecessor", "forerunner", "vulnerable", "vpp", "ago", "2014", "2015", "2016":
			story = true
		case "used":
			story = story || s[i+1].word == "to"
		case "feared", "fears", "fear", "worried", "worries", "afraid", "concerned":
			return true
		case "once", "after", "until", "unless", "if", "when", "evidence", "proof", "as":
			if i < from || i < to {
				return false
			}
		}
	}
	for i := max(from-6, 0); i < to; i++ {
		if s[i].is(kPaid) && s[i+1].word != "to" && (s[i].is(kEd) || s[i-min(i, 1)].is(kHave)) && !s[i].is(kPassive|kPart) && i > 0 && (s[i-1].is(kPractice|kHave) || s[i-1].denied) {
			return !(i > 1 && s[i-2].is(kModal))
		}
	}
	for i := from; i+1 < to; i++ {
		if s[i].word == "had" && s[i+1].word == "to" {
			return true
		}
	}
	if !story {
		return false
	}
	for _, t := range s {
		if t.is(kEd) || t.word == "was" || t.word == "were" || t.word == "had" || t.word == "required" || t.word == "used" {
			return true
		}
	}
	return false
}

// claimedBack: the practice pays first and gets it back.
func claimedBack(s []token, from, to int) bool {
	for i, t := range s {
		if s[i].denied {
			continue
		}
		switch t.word {
		case "claim", "claims", "reclaim", "reclaims", "claiming":
			if i == 0 || !article[s[i-1].word] && !s[i-1].owner && !s[i-1].is(kOwn) {
				return true
			}
		case "reimbursed":
			return t.is(kPassive) && !s[max(i-1, 0)].is(kNot)
		case "pay", "pays":
			if i > 0 && i+2 < len(s) && s[i-1].is(kUs) && (s[i+1].is(kPractice) || s[i+2].is(kPractice)) && !sums(s[from:to]) {
				return true
			}
		case "reimburse", "repay", "reimburses", "refund", "refunds":
			if i > 0 && s[i-1].is(kUs) || i > 1 && s[i-2].is(kUs) {
				return true
			}
		}
	}
	return false
}

func sums(s []token) bool {
	for _, t := range s {
		if t.is(kAmount | kPart | kPercent) {
			return true
		}
	}
	return false
}

// refunds: money that was not used, or was paid in error, goes back.
func refunds(s []token, _, _ int) bool {
	for i, t := range s {
		switch t.word {
		case "unspent", "unused", "overpaid", "overpayment", "overpayments", "twice", "error", "mistake", "duplicate", "duplicated", "closes", "closure", "merges":
			return true
		case "used", "spent", "delivered", "done":
			if s[i].denied {
				return true
			}
		}
	}
	return false
}

// business are what a practice pays anyway, with nothing to do with the support.
var business = setOf("rent landlord wages tax mortgage registration subscription indemnity telephones parking bank retiring outgoing wage payroll partner dividend pension lease utilities rates leave loan_interest")

// ownBusiness: the practice's running costs as they are.
func ownBusiness(s []token, from, to int) bool {
	for i := max(from-6, 0); i < min(to+6, len(s)); i++ {
		if i > from && s[i].wall {
			break
		}
		if business[s[i].word] {
			return true
		}
	}
	for _, t := range s[from:to] {
		if t.word == "currently" || t.word == "already" {
			return true
		}
	}
	for _, t := range s[to:] {
		if t.word == "others" || t.word == "nearby" {
			return !asked(s[from:to])
		}
	}
	for i := from; i < len(s)-2; i++ {
		if i > 0 && s[i-1].is(kAmount|kCost) && s[i].word == "a" && s[i+1].word == "year" || s[i].word == "its" && s[i+1].word == "staff" {
			return !asked(s[from:to])
		}
	}
	return false
}

// asked says whether the words are more than a report: must, will, is to.
func asked(s []token) bool {
	for _, t := range s {
		if t.is(kModal) && t.word != "can" && t.word != "may" && t.word != "might" && t.word != "could" || t.is(kAsk|kNeed) {
			return true
		}
	}
	return false
}

// ofOthers: it belongs to, or comes from, the programme or another funder: our contribution, the CCG's match.
func ofOthers(s []token, from, to int) bool {
	practice := false
	for _, t := range s[from:to] {
		practice = practice || t.is(kPractice)
	}
	if practice {
		return false
	}
	for i := max(from-3, 0); i < from; i++ {
		if s[i].word == "our" || s[i].is(kThird|kUs) && s[i].owner {
			return true
		}
	}
	for i := to - 1; i < min(to+5, len(s)-1); i++ {
		if (s[i].word == "from" || s[i].word == "by") && (s[i+1].is(kThird|kUs) || i+2 < len(s) && s[i+2].is(kThird|kUs)) {
			return true
		}
	}
	return s[from].is(kThird | kUs)
}

// thirdShare: another funder is named, and the practice is not.
func thirdShare(s []token, _, _ int) bool {
	third := false
	for _, t := range s {
		third = third || t.is(kThird)
		if t.is(kPractice) {
			return false
		}
	}
	return third
}

// report: it tells what the practice is doing now, and asks nothing: is paying, are covering.
func report(s []token, from, to int) bool {
	for i := from + 1; i < to; i++ {
		if s[i].is(kVerb) && strings.Contains(s[i].word, "ing") && (s[i-1].word == "is" || s[i-1].word == "are" || s[i-1].word == "was" || s[i-1].word == "were") {
			return true
		}
	}
	return false
}

// receives: the practice asks for money, or gets it.
func receives(s []token, from, to int) bool {
	for i := from; i < to; i++ {
		switch s[i].word {
		case "asked", "requested", "applied", "asks", "receives", "receive", "received", "estimated", "estimates", "gets", "wants":
			return !s[i].is(kPassive) && (s[i+1].word == "for" || s[i+1].is(kMoney|kAmount) || s[i].word != "asked" && s[i].word != "asks" && s[i].word != "wants" && s[i].word != "gets")
		case "needs", "need":
			if s[i+1].is(kMoney|kAmount) || s[i+1].word == "help" {
				return true
			}
		}
	}
	return false
}

// fromAward: the practice pays with what it is given for the purpose.
func fromAward(s []token, from, to int) bool {
	for i := from + 1; i < min(to+8, len(s)-2); i++ {
		if s[i].word != "from" && s[i].word != "of" && s[i].word != "with" || s[i].word == "of" && s[i-1].word != "out" {
			continue
		}
		for _, t := range s[i+1 : min(i+3, len(s))] {
			if t.is(kGrant) && !t.owner {
				return true
			}
		}
		for j := i + 1; j < min(i+4, len(s)-1); j++ {
			if s[j].is(kMoney) && s[j+1].is(kUs) {
				return true
			}
		}
	}
	return false
}

// papers: a practice gives evidence of a cost, not the money.
func papers(s []token, from, to int) bool {
	for i := from; i < to; i++ {
		switch s[i].word {
		case "evidence", "proof", "evidence of", "proof of", "details", "invoice", "invoices", "receipt", "receipts", "report", "breakdown", "copy", "record", "records", "estimate", "forecast":
			return i > from && s[i-1].is(kGive) || i > from+1 && s[i-2].is(kGive)
		}
	}
	return false
}

// harmless: nothing follows from it.
func harmless(s []token, _, to int) bool {
	consequence := false
	for _, t := range s[to:] {
		if t.is(kNot) || t.word == "n't" {
			return true
		}
		consequence = consequence || consequences[t.word] || t.word == "account"
	}
	return !consequence
}

// towardsOther: a contribution to something that is not paid for: to the discussion, to training.
func towardsOther(s []token, from, to int) bool {
	if thanks(s) {
		return true
	}
	for i := from; i < min(to+2, len(s)-1); i++ {
		if s[i].is(kGift) && s[i+1].word == "to" {
			for _, t := range s[i+2 : min(i+6, len(s))] {
				if t.is(kCost|kMoney|kAmount|kMatch) || t.word == "funding" || t.word == "be" {
					return false
				}
			}
			return true
		}
	}
	return false
}

func thanks(s []token) bool {
	return strings.Contains(words(s), "thank you") || strings.Contains(words(s), "grateful for")
}

// instalments: a part now and a part later, not a part only.
func instalments(s []token, _, _ int) bool {
	for _, t := range s {
		switch t.word {
		case "start", "signature", "completion", "advance", "instalment", "instalments", "january", "february", "march", "april", "later", "begins", "report":
			return true
		}
	}
	return false
}

// otherMeaning: words of money in another sense.
func otherMeaning(s []token, from, to int) bool {
	for i := from; i < min(to+4, len(s)); i++ {
		if i >= to && s[i].wall {
			return false
		}
		switch s[i].word {
		case "learning", "targets", "target", "indicators", "appointments", "list", "sites", "records", "deed", "quality", "workload", "visits", "plan", "memorandum":
			return true
		case "the offer", "this offer", "offer":
			if i > 0 && s[i-1].word == "of" || i > 1 && s[i-2].word == "of" {
				return true
			}
		case "discussion", "survey", "audit", "opening hours", "rota":
			return true
		}
	}
	return false
}

func words(s []token) string {
	var b strings.Builder
	for _, t := range s {
		b.WriteString(t.word)
		b.WriteByte(' ')
	}
	return b.String()
}
