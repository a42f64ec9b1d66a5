package support

import "strings"

// read prepares a sentence for the patterns: kinds of words, who acts, what is passive, where clauses begin and how far
// each "not" reaches.
func read(sentence []token) []token {
	s := known(sentence)
	parts(s)
	nouns(s)
	pronouns(s)
	contrasts(s)
	payers(s)
	passives(s)
	walls(s)
	denials(s)
	return s
}

// whole are nouns that a half or a quarter of is a matter of money here, beside those of kind cost and money.
var whole = setOf("it this that these them total project package support salary salaries days work programme pay purchase software post eligible agreed final year's day's training whole sessions upgrade system pharmacist locum manager adviser consultant coach diagnostic")

// parts takes "half" and its like out of account where they are parts of something else: half of the appointments.
func parts(s []token) {
	for i := range s {
		if !s[i].is(kPart|kPercent) || s[i].is(kCost|kMoney) {
			continue
		}
		next := i + 1
		for next < len(s)-1 && s[next].is(kPart|kPercent|kNumber) {
			next++
		}
		if s[next].word != "of" && s[next].word != "the" && s[next].word != "in" && s[next].word != "our" && s[next].word != "your" {
			continue
		}
		money := false
		for _, t := range s[next:min(next+6, len(s))] {
			money = money || t.is(kCost|kMoney|kAmount|kGrant|kEnd|kGift) || whole[t.word] || t.owner && t.is(kPractice)
		}
		if !money {
			s[i].kind &^= kPart | kPercent
		}
	}
}

// nouns takes the verb out of words that are nouns where they stand: practice funds are …, its funding has …
func nouns(s []token) {
	for i := 1; i < len(s)-1; i++ {
		after := s[i+1].is(kBe|kHave|kModal) && !s[i+1].is(kPractice)
		before := determiner[s[i-1].word] || s[i-1].is(kOwn) && !s[i-1].is(kPractice) || s[i-1].word == "your" || s[i-1].owner
		if s[i].is(kVerb) && (after && !s[i].is(kEd) && s[i-1].word != "to" || before) {
			s[i].kind &^= kPay | kMeet | kGive | kBuy | kGiveIn | kDivide | kCharge | kVerb | kHelp
		}
	}
}

var article = setOf("the a an any each every no this that these those all both some")

var determiner = setOf("the a an any every no")

// pronouns lets "it" and "they" stand for the practice where it was the last to be named, and takes "its" and "their"
// for others where they were.
func pronouns(s []token) {
	last := kinds(0)
	for i := range s {
		switch {
		case s[i].is(kPractice):
			last = kPractice
		case s[i].is(kUs | kThird | kOutside):
			last = kOutside
		case s[i].is(kCost | kAmount | kMoney):
			last &= kOutside
		case last == kOutside && (s[i].word == "its" || s[i].word == "their"):
			s[i].kind &^= kOwn
			s[i+1].kind &^= kOwn
		case (s[i].word == "it" || s[i].word == "they") && last == kPractice && i+1 < len(s) && s[i+1].is(kModal|kVerb|kHave|kBe):
			s[i].kind |= kPractice
		}
	}
}

// contrasts takes out of account who is named only to be excluded: not the practice, rather than by NHS England.
func contrasts(s []token) {
	for i := range s {
		if s[i].word != "not" && s[i].word != "rather than" && s[i].word != "instead of" {
			continue
		}
		next := i + 1
		for next < len(s) && (article[s[next].word] || s[next].word == "by" || s[next].word == "from" || s[next].word == "our") {
			next++
		}
		if next < len(s) && s[next].is(kPractice|kUs|kThird|kOutside) && (next+1 == len(s) || !s[next+1].is(kModal|kVerb|kBe|kHave)) {
			for j := i; j <= next; j++ {
				s[j].kind = 0
			}
		}
	}
}

// payers finds where the practice acts: not where something is given or done to it.
func payers(s []token) {
	for i := range s {
		if s[i].is(kPractice) && (s[i].owner || s[i].word == "your" || s[i].word == "yours") {
			s[i].kind |= kWhose
		}
		if !s[i].is(kPractice) || s[i].owner || s[i].word == "your" || s[i].word == "yours" {
			continue
		}
		before := i - 1
		for before >= 0 && (article[s[before].word] && s[before].word != "that" || filler[s[before].word] || s[before].is(kOwn|kNumber|kPractice) && !s[before].owner) {
			before--
		}
		paying := i+1 < len(s) && s[i+1].is(kPay|kMeet|kGive|kGiveIn|kDivide) && strings.Contains(s[i+1].word, "ing")
		if before >= 0 && !paying && (s[before].is(kTo) || s[before].is(kHelp) && !s[before].is(kAsk|kPassive|kMoney|kGift|kCost)) {
			continue
		}
		s[i].kind |= kPayer
	}
}

// filler may stand between a preposition and the practice.
var filler = setOf("lead member host participating whole local small large single named other two three same individual")

// passives marks participles after "be" or before "by", which then say what is done to something.
func passives(s []token) {
	for i := range s {
		if !s[i].is(kVerb) {
			continue
		}
		same := unchanged[strings.SplitN(s[i].word, " ", 2)[0]]
		if !s[i].is(kEd) && !same {
			continue
		}
		if s[i].is(kPay | kMeet | kGive | kGiveIn | kDivide) {
			s[i].kind |= kPaid
		}
		if s[i].is(kCharge) {
			s[i].kind |= kCharged
		}
		passive := i+1 < len(s) && s[i+1].word == "by"
		for j := i - 1; j >= 0 && j >= i-4 && !passive; j-- {
			if s[j].is(kBe) {
				passive = true
			} else if !s[j].is(kNot|kPaid|kCharged|kNone|kModal) && !strings.HasSuffix(s[j].word, "ly") && !between[s[j].word] {
				break
			}
		}
		if passive {
			s[i].kind |= kPassive
			s[i].kind &^= kPay | kMeet | kGive | kBuy | kGiveIn | kHelp | kDivide | kCharge
		}
	}
}

// between may stand between "be" and its participle.
var between = setOf("also all to both first then now either and or only always usually normally")

// unchanged are verbs with one form for present and past.
var unchanged = setOf("put split set let")

// walls finds where a new clause begins.
func walls(s []token) {
	for i := range s {
		t := &s[i]
		if i == 0 || s[i-1].is(kPunct|kContrast) || s[i-1].lead && !t.lead {
			t.kind |= kStart
		}
		switch {
		case t.is(kContrast), t.word == ";", t.word == "–":
			t.wall = true
		case t.word == "," || t.word == "and" || t.word == ":" || t.word == "or":
			next := i + 1
			if next < len(s) && (s[next].word == "and" || s[next].word == "or") {
				next++
			}
			for next < len(s) && (article[s[next].word] || filler[s[next].word] || s[next].is(kOwn) && !s[next].is(kPractice)) {
				next++
			}
			if next+1 < len(s) && (s[next].is(kPayer|kUs|kThird|kOutside) || s[next].word == "it" || s[next].word == "they" || s[next].word == "there") && !s[next].owner &&
				s[next+1].is(kModal|kBe|kHave|kVerb|kPart|kAmount) && s[next-1].word != "no" {
				t.wall = true
			}
			if next < len(s) && t.word == "," && (s[next].word == "which" || s[next].word == "who") {
				t.wall = true
			}
		}
	}
}

// denials finds which words a "not" or a "without" reaches: from it to the end of its clause.
func denials(s []token) {
	denied := false
	for i := range s {
		t := &s[i]
		if t.wall || (t.word == "," || t.word == "and") && i+1 < len(s) && finite(s[i+1]) {
			denied = false
		}
		t.denied = denied
		switch {
		case t.word == "n't", t.is(kNot):
			denied = true
		case t.is(kFlip) && !t.is(kPassive):
			denied = !denied
		}
	}
}

// bare are verbs of costs in the plural: costs fall on, rest with.
var bare = setOf("fall rest sit lie remain belong")

// finite says whether a verb stands in the third person, or is one that helps another: a new statement begins.
func finite(t token) bool {
	return bare[t.word] || t.is(kModal|kBe|kHave) && t.word != "be" && t.word != "been" || t.is(kVerb) && strings.HasSuffix(strings.SplitN(t.word, " ", 2)[0], "s")
}
