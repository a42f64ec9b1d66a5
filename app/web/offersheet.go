package web

import (
	"slices"
	"strconv"
	"strings"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/paper"
	"resilience/app/service"
	"resilience/app/support"
)

// downloadOffer sends an offer that was sent to the practice as a PDF: the one that is asked for by its number, or the newest.
func (a *app) downloadOffer(r *request) error {
	file, err := a.offer(r)
	if err != nil {
		return err
	}
	number := r.QueryParam("number")
	i := slices.IndexFunc(file.Offers, func(o support.Offer) bool {
		return !o.SentAt.IsZero() && (number == "" || number == strconv.Itoa(o.Number))
	})
	if i < 0 {
		return fault.NotFound{What: "offer"}
	}
	o := file.Offers[i]
	return a.sendPDF(r, file.Reference+" offer "+strconv.Itoa(o.Number)+".pdf", offerSheet(file, o))
}

// offerSheet is what the practice was offered, in the words in which the memorandum will have it.
func offerSheet(f service.OfferFile, o support.Offer) paper.Document {
	title := "Offer " + strconv.Itoa(o.Number) + " of support"
	d := paper.Document{Title: title, Reference: f.Reference + ", offer " + strconv.Itoa(o.Number), Author: f.TeamName, Made: o.SentAt}
	var to []string
	for _, p := range f.Practices {
		to = append(to, p.Name+" "+string(p.Code))
	}
	d.Fact("To", strings.Join(to, "\n"))
	d.Fact("From", f.TeamName)
	d.Fact("Sent", calendar.DateOf(o.SentAt).Words())
	d.Fact("Answer by", o.ExpiresOn.Words())
	d.Say("This is what the local team offers. Support is not conditional on matched funding: you are not asked to pay anything.")
	d.Heading("Support offered")
	d.Say(support.SupportWords(o))
	if o.Conditions != "" {
		d.Heading("Conditions")
		d.Say(o.Conditions)
	}
	if o.PracticeTime != "" {
		d.Heading("The practice’s own time")
		d.Say(o.PracticeTime)
	}
	return d
}
