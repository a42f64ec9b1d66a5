package support

import (
	"fmt"
	"strings"

	"resilience/app/funding"
)

// Cover is what the commitment of an offer needs beyond what is still reserved for it: a budget can have been cut since the approval.
// reserved is what each line has so, and available what each budget has left, by their numbers. What is missing is reserved anew
// by the entries; where a budget has too little left there are none, and the parts say what is missing and what is left.
func (o Offer) Cover(reserved, available map[int64]funding.Pence, about funding.Entry) ([]funding.Entry, []Part) {
	var list []funding.Entry
	missing := Offer{Case: o.Case, ID: o.ID}
	for _, l := range o.Standing() {
		lacks := l.Takes() - reserved[l.ID]
		if !l.Money() || l.Forward || lacks <= 0 {
			continue
		}
		e := about
		e.Kind, e.From, e.To, e.Amount, e.Case, e.Refers, e.RefersID = funding.Reserve, l.account(funding.Available), l.account(funding.Reserved), lacks, o.Case, "offer", o.ID
		if l.Practice != "" {
			e.Practice = l.Practice
		}
		list = append(list, e)
		l.Net, l.VAT, l.Varies = lacks, 0, 0
		missing.Lines = append(missing.Lines, l)
	}
	parts := missing.Parts(available)
	for _, p := range parts {
		if !p.Enough() {
			return nil, parts
		}
	}
	return list, nil
}

// MissingWords says what is missing of which budget.
func MissingWords(parts []Part) string {
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = fmt.Sprintf("%s of %s: %s is missing, and %s is left", p.SourceName, p.Year, p.Amount, p.Left)
	}
	return strings.Join(words, "; ")
}
