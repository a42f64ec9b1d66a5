package support

import (
	"slices"
	"strings"
)

// kinds is the set of kinds that a word belongs to.
type kinds uint64

// The kinds of words that the patterns are made of.
const (
	kEnd       kinds = 1 << iota // after the last word of a sentence
	kPunct                       // , ; : ( ) / = –
	kNumber                      // 10, ten
	kAmount                      // £5,000, five thousand pounds
	kNought                      // £0, nil, none
	kPercent                     // 40%, per cent
	kPart                        // half, a third, the remainder: a part of a cost
	kFifty                       // 50:50, fifty-fifty
	kCost                        // what has to be paid: fee, bill, price, VAT
	kMoney                       // what is paid with: money, funds, cash
	kMatch                       // match funding, co-funding, pound for pound: a request by its name
	kGift                        // contribution, co-payment, top-up: one when the practice gives it
	kPractice                    // the practice, its partners, you
	kPayer                       // the same, where it is the one that acts
	kOwn                         // its, your, their, own
	kUs                          // the programme, the local team, NHS England, we
	kThird                       // the CCG, the federation and others that may pay
	kOutside                     // landlords, banks, suppliers: neither ask nor fund
	kPay                         // verbs of paying that need nothing else: pay, fund, reimburse
	kMeet                        // verbs that pay only together with money: meet, find, put
	kGiveIn                      // contribute, chip in: enough alone
	kCharge                      // bill, invoice, charge, deduct, recover
	kDivide                      // share, split, apportion
	kEd                          // the past or participle of a verb
	kPassive                     // a participle with a form of "be": is paid
	kBe                          // is, are, be
	kHave                        // has, have, had
	kModal                       // will, must, should
	kVerb                        // any verb known here
	kNot                         // not, no, never
	kFlip                        // without, waive, instead of: turns what stands before or after
	kCondition                   // subject to, depends on, provided that
	kNeed                        // required, expected, due
	kAsk                         // asks, expects, wants somebody to
	kSame                        // same, equal, equivalent
	kHelp                        // enables, helps somebody to
	kNone                        // a fixed expression that means nothing here: three-way match
	kTo                          // prepositions that make what follows a receiver
	kEuphemism                   // skin in the game
	kGrant                       // the award, the grant
	kContrast                    // but, however, unless, so: a new clause
	kGive                        // verbs of giving that pay only together with money: provide, put, send
	kBuy                         // verbs of paying for a thing: pay, finance, purchase
	kWhose                       // the practice's, your
	kPaid                        // the past or participle of a verb of paying or meeting: paid, met, put
	kCharged                     // the participle of a verb of charging
	kStart                       // the first word of a sentence or clause
)

// named are the kinds that patterns write with an at sign.
var named = map[string]kinds{
	"end": kEnd, "punct": kPunct | kEnd, "amount": kAmount, "nought": kNought, "part": kPart | kPercent, "fifty": kFifty, "cost": kCost,
	"money": kMoney, "match": kMatch, "gift": kGift, "practice": kPractice, "payer": kPayer, "own": kOwn, "us": kUs,
	"third": kThird, "other": kUs | kThird, "pay": kPay, "meet": kMeet, "spend": kPay | kMeet | kGive, "cover": kPay | kMeet, "give": kGive, "buy": kBuy, "whose": kWhose, "givein": kGiveIn, "charge": kCharge,
	"divide": kDivide, "be": kBe, "modal": kModal, "not": kNot, "condition": kCondition, "need": kNeed, "ask": kAsk, "same": kSame,
	"euphemism": kEuphemism, "grant": kGrant, "number": kNumber, "paid": kPaid, "charged": kCharged, "start": kStart, "verb": kVerb, "noughtorno": kNought | kNot, "sum": kAmount | kPart | kPercent, "price": kCost | kAmount | kPart | kPercent,
	"anything": kAmount | kPart | kPercent | kCost | kMoney | kGift | kMatch, "cash": kAmount | kPart | kPercent | kMoney | kGift | kMatch,
	"giving": kGift | kMatch,
}

// lexicon gives the kinds of words and of fixed expressions; the longest expression that fits wins, and becomes one
// token. Commas divide the expressions.
var lexicon = []struct {
	kind  kinds
	words string
}{
	{kNone, "general practice, good practice, best practice, in practice, common practice, practice management, practice manager, practice managers, practice nurse, practice nurses, " +
		"three way match, pension contribution, pension contributions, national insurance contribution, national insurance contributions, contributing factor, " +
		"pay rate, pay rates, pay scale, pay scales, pay rise, pay attention, pays attention, find out, cost effective, cost pressure, cost pressures, thank you, half a day, half an hour, half day, half days, half hour, " +
		"put in place, puts in place, put off, meet the needs, meets the needs, good match, match between, well matched, better half, at least, of course, point of contact, first time, first of all, " +
		"capital account, capital accounts, in charge of, in charge, free of charge, how much, more than, up front, pro rata, self financed, self financing, without pay, half price, opening hours, balance between, terms of the balance, on balance, share of the list, practice list, full time, " +
		"monday meeting, tuesday meeting, wednesday meeting, thursday meeting, friday meeting, " +
		"patients for each, balance sheet, cash flow, meet the needs of, meets the needs of, find it, finds it, found it, cover for, " +
		"make sure, makes sure, rest assured, rest of the team, the rest of the year, raise concerns, raises concerns, bear in mind, bears in mind, bring forward, cover letter, covering letter"},
	{kNone, "whether or not, no advantage, no part, no difference, no effect, no bearing, no weight, not matter, not affect, not count, no account"},
	{kPractice, "practice, practices, surgery, surgeries, partner, partners, partnership, partnerships, applicant, applicants, you, yourself, yourselves, gp, gps, doctors, member practices, " +
		"gp partner, gp partners, practice partner, practice partners, patients group, ppg, patient participation group, the contractor, contractor, recipient, grantee, beneficiary, host surgery, host practice, the site"},
	{kPractice | kOwn, "your, yours, your practice, your surgery, your partnership, your partners"},
	{kOwn, "its, their, own, our own"},
	{kUs, "we, us, our, ours, nhs england, nhse, the programme, programme, this programme, local team, the team, team, region, regional team, the scheme, the department, department of health, nhs, the national team, commissioner"},
	{kUs | kGrant, "award, grant, this offer, our offer, the offer, the award, the grant, our grant, our funding, the support package"},
	{kThird, "ccg, ccgs, federation, federations, lmc, stp, hee, health education england, vanguard, council, county council, city council, trust, foundation trust, university, deanery, icb, hospital, charity, rcgp, csu, " +
		"network, health board, public health england, clinical commissioning group, clinical commissioning groups, local authority, college, sponsor, academic health science network, ahsn, alliance, other funder, other funders, another funder, integrated care board, board"},
	{kOutside, "cqc, landlord, bank, hmrc, nhs property services, supplier, suppliers, provider, providers, agency, pcse, primary care support england, patients, patient, accountant, adviser, coach, mentor, consultant, staff, nurse, nurses, locum, locums, reader, finance officer, caseworker"},

	{kPart, "half, halves, third, thirds, quarter, quarters, fifth, tenth, proportion, percentage, portion, remainder, remaining, rest, balance, outstanding, shortfall, funding gap, gap, difference, excess, overspend, overrun, overruns, " +
		"other half, other part, two thirds, one third, three quarters, one half, first part, first half, second half"},
	{kPercent, "per cent, percent, pc, per centum"},
	{kAmount, "thousand pounds, hundred pounds, pounds, pound, penny, pence, gbp, quid, thousand, hundred"},
	{kNumber, "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fifteen, twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety"},
	{kNought, "nil, zero, none, nothing, not applicable, n a"},
	{kFifty, "fifty fifty, 50 50, equal shares"},
	{kCost, "cost, costs, fee, fees, bill, bills, invoice, invoices, expense, expenses, charges, vat, value added tax, price, spending, spend, expenditure, day rate, salary, salaries, deposit, instalment, salary costs, travel, backfill, overtime, room hire, catering, refreshments, accommodation, licence, hire"},
	{kMoney, "money, monies, moneys, fund, funds, funding, cash, sum, amount, capital, resources, something, cheque, investment, finance, loan, payment, financial input, finances"},
	{kMatch, "match funding, matched funding, matching funding, match funds, matched funds, matching funds, matchfunding, matchfund, match fund, match funded, matchfunded, match funder, matching sum, matching amount, matching contribution, matching payment, " +
		"matching money, matched money, match money, matching grant, cash match, financial match, match in kind, match in cash, match element, local match, matched basis, match requirement, match commitment, match rate, match contribution, match payment, in kind match, " +
		"co funding, cofunding, cofunded, co funded, co fund, cofund, co financing, cofinancing, co finance, co financed, co pay, copay, co pays, co paying, co payment, copayment, co payments, co investment, coinvestment, co invest, co invests, co investing, " +
		"cost sharing, cost share, shared cost, shared costs, pound for pound, £ for £, pound by pound, £1 for £1, penny for penny, part funding, self funding, self funded, part payment, partial payment, contribution in kind, contributions in kind, in kind contribution, in kind contributions, joint funding, " +
		"matched pound, matched equally, co sponsor, counterpart funding, counterpart funds, third party contribution, financial commitment, financial participation"},
	{kGift, "contribution, contributions, top up, top ups, topup, share, levy, subscription, donation, buy in, joining fee, admin fee, administration fee, administration charge, arrangement fee, upfront fee, up front fee, goodwill payment, entry fee, " +
		"membership fee, financial contribution, cash contribution, match, input, part payment, side of the funding, stake, subsidy, bond"},
	{kEuphemism, "skin in the game, money on the table, hands in their pockets, hand in their pocket, hand in your pocket, hands in your pockets, hand in its pocket, bring to the table financially, dig deep, dig into their pockets, dig into your pockets, hand in pocket, hands in pockets, " +
		"money where their mouth is, money where your mouth is, money where its mouth is, deep pockets"},
	{kCharge | kVerb, "charge, invoice, bill, recharge, deduct, recover, claw back, debit, levy, surcharge, net off, withhold, reclaim"},
	{kNeed, "required, requirement, needed, necessary, expected, expects, expect, due, mandatory, compulsory, condition, conditional, essential, applies, apply, applicable, requested, appreciated, welcome, welcomed, preferred, desirable, sought, payable, must, needs, necessity, prerequisite, precondition, obligatory, anticipated, assumed, agreed, helpful, encouraged, owed"},
	{kCondition, "subject to, conditional on, conditional upon, dependent on, dependent upon, contingent on, contingent upon, depends on, depend on, depends upon, provided that, provided, providing, on condition that, on condition of, on the condition, on the understanding that, on receipt of, in return for, in exchange for, as long as, so long as, only if, only when, once, requires, require, requiring, needs, need, expects, demands, calls for, unlocked by, against, evidence, proof of, evidence of, set against, assuming, involves, relies on, based on, on the basis of, predicated on, tied to, linked to, in consideration of, offer, want, wants, look for, looks for, seek, seeks"},
	{kAsk | kVerb, "ask, expect, require, want, oblige, invite, encourage, urge, request, need, look to, trust, call on, call upon, rely on"},
	{kHelp | kVerb, "help, enable, allow, support, let, assist, pay, give, fund, reimburse, tell, show, thank, advise, send, free, meet, visit, train, coach, leave"},
	{kSame, "same, equal, equivalent, like, matching, similar, identical, corresponding, as much"},
	{kTo, "to, for, with, of, at, from, in, into, by, on, about, towards, between, among, against, through, near"},
	{kBe, "is, are, be, been, being, was, were, am, get, gets"},
	{kHave, "has, have, had, having"},
	{kModal, "will, would, shall, should, must, may, might, can, could, ought, does, do, did, dont, shant"},
	{kNot, "not, no, never, nor, neither, cannot, nobody, none, dont, wont, isnt, cant, doesnt, arent, hardly, unable, unwilling, unwillingness, inability, refuse, refuses, refusal, fails, decline, declines, nothing, wrong, no longer"},
	{kFlip, "without, waive, waived, waives, waiver, drop, dropped, removed, abolished, scrapped, withdrawn, lifted, rather than, instead of, instead, free of, free from, exempt, exempt from, exemption, excused, spare, avoid, refrain"},
	{kContrast, "but, however, although, though, whereas, unless, until, so, because, therefore, otherwise, nevertheless, nonetheless, yet, while, whilst, except, hence, thus"},
	// These hold a "not" or a "no" and deny nothing.
	{kNone, "not only, no later than, not later than, no less than, not less than, no fewer than, not more than, no more than, not exceeding, not optional, not negotiable, not refundable, non refundable, non negotiable, " +
		"not unreasonable, no doubt, if not, why not, no exceptions, not yet, not until, no objection, not reclaimable, not recoverable, not just, not merely, not simply, not included in the award, not voluntary, no problem, nothing less than, no longer than"},
}

// verbs of which all forms are made; a form that is not regular follows in brackets: (past participle).
var verbs = []struct {
	kind  kinds
	words string
}{
	{kPay, "pay (paid), prepay (prepaid), fund, finance, reimburse, subsidise, underwrite (underwrote underwritten), bankroll, defray, repay (repaid), pay back (paid), refund, sponsor, purchase, buy (bought), match, self fund, part fund, part finance, " +
		"top up, fork out, cost share, settle, invest, match fund, matchfund, cofund, co fund, pay for (paid), pay out (paid), remit, pay over (paid), shell out, part pay (paid), pay off (paid)"},
	{kMeet, "meet (met), cover, bear (bore borne), find (found), raise, make up (made), make good (made), pick up, shoulder, carry, absorb, advance, ring fence, earmark, budget for, foot, stand (stood), " +
		"forgo (forwent forgone), forego (forewent foregone), discharge, take on (took taken), close, bridge, fill, afford, contribute, chip in, stump up, cough up, sustain, guarantee, dip into"},
	{kGive, "put (put), put in (put), put up (put), put towards (put), put forward (put), give (gave given), provide, supply, make (made), front, deposit, lend (lent), transfer, set aside (set), budget, commit, bring (brought), add, " +
		"hand over, send (sent), offer, provide for, pledge, dedicate, allocate, source, secure, give up (gave given), make available (made), donate, step in with, release, lodge"},
	{kVerb, "fall (fell fallen), rest, sit (sat), lie (lay), remain, belong, go (went gone), come (came), take (took taken), work, agree, offer"},
	{kBuy, "pay (paid), pay for (paid), buy (bought), finance, subsidise, sponsor, purchase, self fund"},
	{kGiveIn, "contribute, chip in, go halves (went gone), stump up, cough up, co pay (paid), match fund, self fund, contribute financially, pay towards (paid), pay their way (paid), pay its way (paid), club together"},
	{kDivide, "share, split (split), divide, apportion, halve"},
	{kCharge, "charge, invoice, bill, recharge, deduct, recover, claw back, debit, levy, surcharge, net off, withhold (withheld), reclaim"},
	{kAsk, "ask, expect, require, oblige, invite, encourage, urge, request, look to, call on, call upon"},
	{kHelp, "help, enable, allow, support, let (let), assist, pay (paid), give (gave given), fund, reimburse, tell (told), show, thank, advise, send (sent), free, visit, train, coach"},
}

// An expression is one entry of the lexicon in words.
type expression struct {
	words []string
	kind  kinds
}

// expressions has the lexicon by first word, the longest first.
var expressions = sync1(func() map[string][]expression {
	all := map[string]kinds{}
	for _, entry := range lexicon {
		for words := range strings.SplitSeq(entry.words, ", ") {
			all[words] |= entry.kind
		}
	}
	for _, entry := range verbs {
		for words := range strings.SplitSeq(entry.words, ", ") {
			for form, past := range forms(words) {
				kind := entry.kind | kVerb
				if past {
					kind |= kEd
				}
				all[form] |= kind
			}
		}
	}
	found := map[string][]expression{}
	for words, kind := range all {
		split := strings.Fields(words)
		found[split[0]] = append(found[split[0]], expression{split, kind})
	}
	for _, list := range found {
		slices.SortFunc(list, func(a, b expression) int { return len(b.words) - len(a.words) })
	}
	return found
})

func sync1[T any](f func() T) T { return f() }

// forms makes the forms of a verb such as "top up" or "bear (bore borne)", and says which of them are past.
func forms(entry string) map[string]bool {
	verb, odd, irregular := strings.Cut(strings.TrimSuffix(entry, ")"), " (")
	base, rest, _ := strings.Cut(verb, " ")
	if first := base; first == "self" || first == "part" || first == "co" || first == "cost" || first == "ring" || first == "match" && rest != "" {
		second, after, _ := strings.Cut(rest, " ")
		base, rest = first+" "+second, after
	}
	if rest != "" {
		rest = " " + rest
	}
	stem := strings.TrimSuffix(base, "e")
	double := ""
	if n := len(base); n >= 3 && slices.Contains([]string{"top", "chip", "stop", "split", "put", "commit", "transfer", "dip", "let", "remit", "net"}, base) {
		double = base[n-1:]
	}
	third, past := base+"s", stem+double+"ed"
	switch {
	case strings.HasSuffix(base, "go") || strings.HasSuffix(base, "ch") || strings.HasSuffix(base, "sh"):
		third = base + "es"
	case strings.HasSuffix(base, "y") && !strings.ContainsAny(base[len(base)-2:], "aeou"):
		third, past = base[:len(base)-1]+"ies", base[:len(base)-1]+"ied"
	}
	list := map[string]bool{base + rest: false, third + rest: false, stem + double + "ing" + rest: false}
	if !irregular {
		list[past+rest] = true
	}
	for _, form := range strings.Fields(odd) {
		list[form+rest] = form != base
	}
	return list
}

// known gives the words of a sentence their kinds and joins fixed expressions to one token.
func known(sentence []token) []token {
	joined := make([]token, 0, len(sentence))
	for i := 0; i < len(sentence); {
		t := sentence[i]
		n := 1
		for _, e := range expressions[t.word] {
			if fits(sentence[i:], e.words) {
				n = len(e.words)
				last := sentence[i+n-1]
				t.kind |= e.kind
				t.end, t.owner = last.end, last.owner
				t.word = strings.Join(e.words, " ")
				break
			}
		}
		joined = append(joined, t)
		i += n
	}
	return joined
}

func fits(tokens []token, words []string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if tokens[i].word != w || i > 0 && tokens[i].lead != tokens[0].lead {
			return false
		}
	}
	return true
}
