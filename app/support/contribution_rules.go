package support

// A rule is one way in which a text can ask: a pattern, and what makes the same words innocent.
type rule struct {
	reason  string
	pattern string
	unless  []excuse
}

// rules is everything that asks, in groups. The kinds of words are in contribution_words.go, how a pattern is written in
// compile, the excuses in contribution_excuse.go.
var rules = []rule{
	// The practice acts: it pays, finds, matches.
	{"the practice pays a sum, a part or a cost", "@payer ..8 @spend ..7 @anything", acting},
	{"the practice pays, with nothing said of what", "@payer ..8 @givein @punct|financially|and|if|before|when|towards|in_cash|per|a|one|half|@sum", acting},
	{"the practice pays for something", "@payer ..4 pay|pays|paying|pay_for|pays_for|paying_for|finance|finances|financing|subsidise|subsidises|subsidising|sponsor|sponsors|sponsoring|purchase|purchases|self_fund|self_funds", acting},
	{"the practice funds something", "@payer ..4 @modal ..2 fund|match|co_fund|self_fund|underwrite|subsidise|reimburse|prepay", acting},
	{"the practice funds something", "@payer to fund|match|reimburse", acting},
	{"the practice funds or matches it", "@payer fund|funds|match|matches|reimburses|underwrites|cofunds it|ours|them|this|the_award|the_grant|@us|@cost|@grant|@number", acting},
	{"the practice shares a cost", "@payer ..8 @divide ..4 @price", acting},
	{"the practice and another share a cost", "@practice and ..2 @other ..4 @divide ..4 @price", acting},
	{"the practice gives a contribution of any kind", "@payer ..8 @giving ..3 @cost|@amount|payment", acting},
	{"the practice repays the support", "@payer ..4 repay|repays|pay_back|pays_back", acting},
	{"the practice lends or borrows for it", "@payer ..5 take|lend ~4 loan", acting},
	{"the practice gives things instead of money", "@payer ..4 @spend|give|gives|offer ~10 in_kind|equivalent_value|same_value|value_of", acting},
	{"it is left to the practice to pay", "for|to|with|on ..2 @practice to @spend|go_halves|share|contribute", acting},
	{"it is left to the practice to pay", "leaves|leaving|leave ..4 @practice to|with @spend|@price", acting},
	{"the practice is a debtor", "@payer ..3 liable|responsible for ..5 @price", acting},
	{"the practice owes an extra", "@payer ..6 @spend|match|double ..3 same|equal|like|equivalent|twice|much", acting},
	{"work without pay as match", "@practice ..12 unpaid|without_pay|free|forgo|free_of_charge ~6 as|in_place_of ..5 @gift|@match|part", acting},
	{"the practice's money", "@payer ..6 financial|financially|cash|monetary ..1 contribution|commitment|stake|input|interest|contribute|support|participation", acting},
	{"the practice is asked to put its money in", "@payer ..6 @money of|from its|their|your", acting},

	// Something is done to a cost: by the practice.
	{"paid by the practice", "@price|@money|@gift|@match ~8 @paid ..3 by ..3 @practice", done},
	{"paid by the practice", "@paid ..2 by ..3 @practice", []excuse{denial, past, thirdShare, claimedBack, ofOthers}},
	{"payable by the practice", "payable|repayable ..2 by ..3 @practice", done},
	{"due from the practice", "@price|@gift|@match|@money|payment ~8 due|payable|expected|required|sought|wanted|needed|requested|come|comes|coming from ..3 @practice", done},
	{"due from the practice", "@price|@money|@gift|instalment ~8 from ..3 @practice", done},
	{"for the practice to bear", "@price ~10 falls|fall|falling|rest|rests|sit|sits|lie|lies|is|are|remains|remain|down|left|belongs ..2 to|on|with|for|yours ..2 @practice", done},
	{"for the practice to bear", "@price ~8 yours|responsibility|liability ..2 of|to ..2 @practice|meet|pay|cover|find|settle", done},
	{"for the practice to bear", "responsibility ..2 for ..4 @price ..6 with|on|to ..2 @practice", done},
	{"the practice's responsibility", "@price ~8 practice|surgery|partnership|partners|your responsibility|liability|expense|cost|account", done},
	{"charged to the practice", "@other|@price ~4 bill|invoice|charge|recharge|recover|deduct ..6 @practice", done},
	{"charged to the practice", "@practice ..5 @be ..3 billed|invoiced|charged|recharged|surcharged|levied|debited", done},
	{"charged to the practice", "charged|recharged|billed|levied|invoiced|deducted|debited|recovered|netted|withheld ..3 to|on|from|against ..3 @practice", done},
	{"shared with the practice", "@price|@money|@fifty|50_50 ~8 shared|split|divided|apportioned|met_jointly|halved ~4 between|with|by|among ~6 @practice", done},
	{"shared with the practice", "jointly|together ..3 @paid|met|funded|borne|paid ..2 by ..6 @practice", done},
	{"shared with the practice", "@match|@fifty|arrangement ..2 between|with ..6 @practice", done},
	{"out of the practice's own money", "from|of|into|by|through|using|using_up|at ..1 @own|@practice ..1 funds|money|reserves|profits|resources|budget|pocket|pockets|income|drawings|account|accounts|expense|cost|costs|means|capital|savings", done},
	{"out of the practice's own money", "at ..1 expense|cost of ..1 @practice", done},
	{"out of the practice's own money", "bring|brings|with|show|hold|holds ..2 its|their|your own money|funds|cash|funding", done},
	{"used: the practice's own money", "@practice own resources|funds|money|reserves ~4 used|spent|applied|drawn", done},
	{"funded by the practice itself", "self_funded|self_financed|self_financing ..3 by ..2 @practice", done},

	// A contribution is named.
	{"matched funding", "@match", named1},
	{"half and half", "@fifty ~4 contribution|funding|basis|match|funded|cost|costs|share|shared|split|payment|arrangement|financed|grant", named1},
	{"half and half", "contribution|funding|match|funded|cost|costs|fee|fees|paid|bill|price|invoice ~5 @fifty", named1},
	{"half and half", "go|going|goes halves", named1},
	{"half and half", "meet|meets @us half way|halfway", named1},
	{"match, the noun", "as|cash|any|offer|offers|bring|evidence|provide|provides|with|find|finds|of|some|local|secure|full|no|the|a|for|require|requires|required|further match @punct|is|in|will|must|before|may|and|or|from|of|funded|by|required|has|to|can|should", named1},
	{"match, the noun", "match ..1 @modal ..2 be ..2 given|provided|found|shown|made|in_kind|cash", named1},
	{"match, the noun", "match ..1 in kind|cash", named1},
	{"counted as match", "as|towards ..3 match|contribution|matched ~2 @punct|in|of|funding|element", named1},
	{"a contribution is wanted", "contribution|contributions|top_up|deposit|levy|buy_in|joining_fee|donation ~5 @need", named2},
	{"a contribution is wanted", "@need|@condition|@ask ~6 contribution|contributions|top_up|deposit|levy|buy_in|joining_fee|co_payment", named2},
	{"a contribution is wanted", "financial|cash|voluntary|small|modest|fair|token|nominal|percentage|proportionate|reasonable contribution|payment|donation", named2},
	{"a contribution is wanted", "@sum ..2 contribution|contributions", named2},
	{"a contribution is wanted", "contribution|contributions ..1 of|at|: ..1 @sum|@number", named2},
	{"the practice's contribution", "@practice|@own ..2 contribution|contributions|co_payment|top_up|levy|side_of_the_funding|joining_fee|deposit", owned},
	{"the practice's contribution", "contribution|contributions|share|deposit|top_up|levy|payment|input|donation ..3 from|by|expected_from|of ..3 @practice", owned},
	{"the practice's part of the cost", "@practice|@own ..1 half|third|quarter|part|share|proportion|percentage|portion ..1 of ..3 cost|costs|fee|fees|bill|price|funding|money|expense|expenses|charge|invoice|grant|expenditure", owned},
	{"the practice's part of the cost", "@practice|@own ..1 half|third|quarter|share|part|proportion|instalment ~3 due|paid|payable|is|@punct|towards|will|must", ownedPart},
	{"the practice's payment", "your|practice's|surgery's|@practice|@own own? payment|cheque|deposit of|clears|has|is|towards|for|@punct", ownedPart},
	{"charged to each practice", "per|each|every practice|surgery|partner|gp ~3 @need|@amount", named2},
	{"an amount beside the practice's name", "@amount|@part ..1 @us ~3 @amount|@part ..1 @practice", done},
	{"an amount beside the practice's name", "@us ~10 @part|@amount ~5 @payer ..2 @part|@amount", []excuse{denial, past, ofOthers}},
	{"an amount from the practice", "@amount ~5 to|must|should|will come ..1 from ..2 @practice", done},
	{"a like sum", "like|equal|equivalent|same|matching|similar sum|amount|value ~8 @practice", done},
	{"a pound for each pound", "for every|each ..1 pound|£1|pounds ~8 @practice", done},
	{"as much as the practice", "as_much as ..2 @practice", done},
	{"as much as the practice", "match|matches|double|doubles|add|treble|equals whatever|what|anything|everything ..2 @practice", done},
	{"one for one", "one for one", named1},
	{"a figure of speech", "@euphemism", named1},
	{"how much the practice would pay", "how much ..4 @practice ..5 contribute|pay|put|afford|find|offer|give|spare", done},
	{"what the practice would pay", "amount|sum|money|what|how_much that? ..2 @practice ..4 contribute|afford|put|give|pay|bring|pledge", done},
	{"where the practice's money comes from", "where ~8 pounds|money|half|share|@amount ~4 come from", done},
	{"how the practice finances it", "@practice ..6 finance|finances|fund|pay|meet|raise ..3 half|share|part|side|portion|@part", acting},

	// We pay a part only, and nobody else is named for the rest.
	{"we pay a part only", "@us ..5 @spend|meet|reimburse ..4 @part ~5 @cost|@money|total|salary|salaries|project|price|work", partOnly},
	{"we pay a part only", "@part ~5 @cost|@money|total|salary|project|price ~6 reimbursed|funded|met|covered|refunded", partOnly},
	{"we pay a part only", "capped|limited|restricted ..2 at|to ..3 @part ~5 @cost|@money|total|spending", partOnly},
	{"we pay a part only", "maximum|most|limit ~4 @part ~5 @cost|@money|total|spending|project", partOnly},
	{"we pay a part only", "intervention|grant|funding|contribution rate ~3 @part", partOnly},
	{"we pay a part only", "part|half|partly|partially funded|financed|paid", partOnly},
	{"we pay if the practice does", "@us ..6 fund|pay|cover|give|match|provide|put|contribute|do|add ~6 if|when|once|provided|as_long_as ~2 @payer @spend|@givein|@pay", acting},
	{"if the practice pays, we do", "if|when|once|should ..2 @payer @spend|@givein ~3 @anything ~3 @us", acting},

	// The reader is told to pay.
	{"pay, in the imperative", "@start please? pay|send|transfer|remit|contribute|deposit|match|prepay ~4 @amount|deposit|share|fee|cheque|contribution|half|balance|our|@part|money", told},
	{"please pay", "please pay|transfer|remit|send|contribute ~4 @amount|deposit|share|fee|cheque|contribution|half|balance|money|@part", told},
	{"a cost is the condition", "@condition ..6 payment by|from|of ..2 @practice", done},
	{"a deposit", "refundable|non_refundable|not_refundable|upfront|up_front|advance|initial deposit|fee|payment", named2},
	{"an up-front fee", "deposit ~6 @practice|secures|secure|reserves|holds", named2},
}
