package demo

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/support"
)

// lavenderSignatory signs for Lavender Yard.
const lavenderSignatory = "nell.ambrey@lavender-yard.example"

// claims has claims in every state on the case of Hallowdale Road, and a case of Lavender Yard from promise to closing.
func (d *seeder) claims() {
	if !d.canGive() {
		return
	}
	d.closed()
	d.claimsInDelivery()
	d.undone()
}

// claimsInDelivery are claims on the case of Hallowdale Road: one received, one returned, and one at each step between.
func (d *seeder) claimsInDelivery() {
	cover := func(ago, days int, net funding.Pence, reference, words string) {
		d.at(ago, 10, 5, func() {
			d.claim(hallowdale, d.of(hallowdale, "X10001"), "Cover for", claimed{net: net, days: days, reference: reference, words: words, file: sessions(reference)})
		})
	}
	step := func(ago int, what string, do func(casework.ID) error) {
		d.at(ago, 14, 0, func() {
			if d.err == nil {
				d.try(what, do(d.of(caseworker, "X10001")))
			}
		})
	}
	check := func(ago, n int) {
		step(ago, "check a claim", func(id casework.ID) error { return d.s.CheckClaim(d.ctx, d.by(caseworker), id, n, notAlike) })
	}
	approve := func(ago, n int) {
		step(ago, "approve a claim", func(id casework.ID) error { return d.s.ApproveClaim(d.ctx, d.by(lead), id, n) })
	}
	cover(6, 1, 1_800_00, "HR-101", "Four sessions of two locum doctors on the first day.")
	check(6, 1)
	cover(5, 1, 950_00, "", "Extra hours of our own nurse.")
	step(5, "approve a claim for the lead", func(id casework.ID) error { return d.s.ApproveClaim(d.ctx, d.standing(caseworker2, lead), id, 1) })
	step(4, "return a claim", func(id casework.ID) error {
		return d.s.ReturnClaim(d.ctx, d.by(caseworker), id, 2, "This line is for cover by doctors. Please claim the nurse’s hours once the offer has been changed; I have sent you a message about it.")
	})
	cover(4, 2, 1_900_00, "HR-102", "Four sessions of a locum doctor, one of them in the branch.")
	check(4, 3)
	d.release(4, "X10001")
	approve(3, 3)
	d.pay(3, "X10001", 1)
	cover(3, 1, 1_750_00, "HR-103", "Two sessions each of two locum doctors.")
	cover(2, 1, 300_00, "HR-105", "One session of a locum doctor.")
	step(2, "withdraw a claim", func(id casework.ID) error {
		return d.s.WithdrawClaim(d.ctx, d.by(hallowdale), id, 5, "The session was cancelled, and the agency has taken its bill back.")
	})
	d.at(2, 12, 0, func() {
		d.claim(caseworker, d.of(caseworker, "X10001"), "A manager who", claimed{net: 600_00, days: 2, vat: 120_00, reference: "NMP-2231", words: "Two days of the manager.", file: invoice("NMP-2231", "Two days of an interim manager", 600_00, 120_00), byTeam: true})
	})
	step(2, "confirm a claim", func(id casework.ID) error { return d.s.ConfirmReceived(d.ctx, d.by(hallowdale), id, 1, false) })
	check(2, 4)
	d.at(1, 10, 5, func() {
		d.claim(hallowdale, d.of(hallowdale, "X10001"), "Cover for", claimed{
			net: 1_700_00, days: 2, reference: "HR-103", words: "Four sessions of a locum doctor, in the week after.", file: sessions("HR-103a"),
			alike: "The agency sent two bills under one number. This one is for the week after.",
		})
	})
	d.at(1, 10, 40, func() { // waits for approval with the one whose approval is undone
		d.claim(hallowdale, d.of(hallowdale, "X10001"), "Cover for", claimed{net: 280_00, days: 1, reference: "HR-108", words: "One evening session, for which the agency sent a bill of its own.", file: sessions("HR-108")})
	})
	check(1, 8)
}

// closed is a case of Lavender Yard that ran its course: everything was claimed, paid and received, and it ended well.
func (d *seeder) closed() {
	back := d.back(22, 18) // the work that is claimed is of one financial year
	id := d.earlier(lavender, "X10006", caseworker2, 44+back, casework.Request{
		Problem: "Nobody here has ever written a rota for three sites. Each Monday begins with telephone calls to find out who is where.",
		Needs:   []string{"practice_management"}, Menu: []string{"coaching"}, Cost: pounds(2_000), CostDetail: "A few days of somebody who has done it",
		Success: "The rota for three sites is known four weeks ahead.",
	}, needing("practice_management", "The rota is made by telephone, each Monday anew.", "", ""))
	d.told(caseworker2, id, 28+back, casework.ForSupport, "It is a small thing to put right, and it costs your team a day each week.")
	d.at(27+back, 9, 40, func() {
		d.line(caseworker2, *id, "", support.Line{
			MenuItem: "coaching", Need: "practice_management", Description: "Time of a manager from a neighbouring practice, to set the rota up with yours", Route: support.ToPractice, Net: 2_000_00,
			Starts: d.workday(-22 - back), Ends: d.lastOf(d.workday(-22-back), 30),
		})
	})
	d.approve(26+back, lead, id)
	d.sendOffer(26+back, caseworker2, id, -12-back)
	then := func(ago, hour int, what string, do func() error) {
		d.at(ago+back, hour, 20, func() {
			if d.err == nil {
				d.try(what, do())
			}
		})
	}
	then(25, 9, "accept the offer", func() error { return d.s.AcceptOffer(d.ctx, d.by(lavender), on(*id)) })
	then(25, 15, "write the memorandum", func() error { return d.s.DraftAgreement(d.ctx, d.by(caseworker2), on(*id)) })
	then(24, 12, "sign the memorandum", func() error {
		return d.s.SignAgreement(d.ctx, d.by(lavenderSignatory), *id, support.Signature{Name: "Dr Nell Ambrey", Role: "Partner", Read: true, Hash: d.hash(*id)})
	})
	then(23, 10, "countersign the memorandum", func() error { return d.s.CountersignAgreement(d.ctx, d.by(lead), *id, d.hash(*id)) })
	d.at(18+back, 9, 0, func() {
		d.claim(lavender, *id, "Time of", claimed{net: 1_800_00, words: "Six days of the manager of a neighbouring practice.", file: sessions("LY-1")})
	})
	then(17, 11, "check a claim", func() error { return d.s.CheckClaim(d.ctx, d.by(caseworker2), *id, 1, notAlike) })
	then(16, 11, "approve a claim", func() error { return d.s.ApproveClaim(d.ctx, d.by(lead), *id, 1) })
	d.release(15+back, "X10006")
	d.madeAfterAll("X10006", id, back)
	then(10, 9, "confirm a claim", func() error { return d.s.ConfirmReceived(d.ctx, d.by(lavender), *id, 1, false) })
	then(8, 16, "close the case", func() error {
		return d.s.Close(d.ctx, d.by(caseworker2), on(*id), casework.Closing{Outcome: "improved", Reasons: "The rota for all three sites is known four weeks ahead, and has been for three weeks running. Six of eight days were enough."})
	})
}

// madeAfterAll is a payment to a practice that the paying system says has failed, and then that it was made: two finance officers put it
// right, the first of them at the second try. It is so many working days further back than usual.
func (d *seeder) madeAfterAll(practice string, id *casework.ID, back int) {
	says := func(ago int, outcome funding.Outcome, why string) {
		d.at(ago+back, 15, 0, func() {
			if d.err != nil {
				return
			}
			b, err := d.s.Batch(d.ctx, d.by(finance), d.batches[practice])
			d.try("read a batch", err)
			d.try("import a remittance for "+practice, d.remitted(d.by(finance), b, 1, outcome, why))
		})
	}
	says(14, funding.PaymentFailed, "Account closed")
	says(13, funding.PaymentMade, "")
	say := func(minute int, shown string) {
		d.at(13+back, 16, minute, func() {
			d.try("say that a payment was made after all", d.s.CorrectPayment(d.ctx, d.by(finance), d.batches[practice], 1, funding.CorrectionInput{PaidOn: calendar.DateOf(d.now), ShownBy: shown}))
		})
	}
	say(10, "Line 13 of the bank statement, under the number of the batch.")
	d.at(13+back, 16, 20, func() {
		d.try("take back that a payment was made", d.s.WithdrawCorrection(d.ctx, d.by(finance), *id, 1, 0))
	})
	say(25, "Line 14 of the bank statement, under the number of the batch. Line 13 is of another payee.")
	d.at(12+back, 11, 30, func() {
		d.try("agree that a payment was made after all", d.s.AnswerCorrection(d.ctx, d.by(northFinance), *id, 1, funding.CorrectionAnswer{Answer: funding.CorrectionYes}))
	})
}

// claimed is a claim of the demonstration.
type claimed struct {
	net, vat         funding.Pence
	days             int // how many working days up to today it is for, on the case of Hallowdale Road; 0: all since the line began
	reference, words string
	file             service.Upload
	byTeam           bool
	alike            string // why it is not for the same thing as another claim
}

// claim claims against the line whose description begins with those words.
func (d *seeder) claim(email string, id casework.ID, begins string, c claimed) {
	if d.err != nil {
		return
	}
	f, err := d.s.Money(d.ctx, d.by(email), id)
	d.try("read the money", err)
	for _, l := range f.Lines {
		if strings.HasPrefix(l.Description, begins) {
			from, to := l.Starts, calendar.DateOf(d.now)
			if c.days > 0 {
				to = to.AddWorkingDays(-d.back(6, 1))
				from = max2(from, to.AddWorkingDays(1-c.days))
			}
			d.try("claim "+c.words, d.s.MakeClaim(d.ctx, d.by(email), id, funding.ClaimInput{
				Line: l.ID, Reference: c.reference, Net: c.net, VAT: c.vat, Gross: c.net + c.vat, From: from, To: to, Detail: c.words, ByTeam: c.byTeam, AlikeWhy: c.alike, Evidence: funding.Timesheet,
			}, c.file))
			return
		}
	}
	d.try("claim", fmt.Errorf("case %s has no line %q", id, begins))
}

// release releases every approved claim of a practice's cases in one batch, so many working days ago.
func (d *seeder) release(ago int, practice string) {
	d.at(ago, 16, 0, func() {
		if d.err != nil {
			return
		}
		p, err := d.s.Payments(d.ctx, d.by(finance))
		d.try("read payments", err)
		var chosen []int64
		for _, c := range p.Payables {
			if c.PayeeCode == practice {
				chosen = append(chosen, c.ID)
			}
		}
		d.batches[practice], err = d.s.ReleaseBatch(d.ctx, d.by(finance), "Q72", chosen)
		d.try("release payments", err)
		for _, why := range []string{"", "The first copy did not reach the paying system, which was being repaired."} {
			_, _, err = d.s.BatchFile(d.ctx, d.by(finance), d.batches[practice], funding.Piped, why)
			d.try("download the file of a batch", err)
		}
	})
}

// pay records a payment of the practice's newest batch as made on that day.
func (d *seeder) pay(ago int, practice string, position int) {
	d.at(ago, 15, 0, func() {
		if d.err != nil {
			return
		}
		b, err := d.s.Batch(d.ctx, d.by(finance), d.batches[practice])
		d.try("read a batch", err)
		if practice == "X10001" { // what the paying system says, as its file
			d.try("import a remittance for "+practice, d.remitted(d.by(finance), b, position, funding.PaymentMade, ""))
			return
		}
		d.try("record a payment to "+practice, d.s.RecordPaid(d.ctx, d.by(finance), d.batches[practice], position, calendar.DateOf(d.now)))
	})
}

// remitted imports a remittance of the paying system that speaks of one payment of a batch, dated today.
func (d *seeder) remitted(by service.By, b funding.Batch, position int, outcome funding.Outcome, why string) error {
	item, err := b.Item(position)
	if err != nil {
		return err
	}
	day := calendar.DateOf(d.now).Start().Format("02/01/2006")
	content := fmt.Sprintf("H|%s|%s|%s|%s/%d|%s\r\nL|%d|%s|%s|%s|%s|%s\r\nF|1|%d\r\n", funding.RemittanceLayout, funding.RemittanceVersion, b.Reference(), b.Reference(), position, day,
		position, item.Reference, item.Amount.Plain(), strings.ToUpper(string(outcome)), day, why, int64(item.Amount))
	_, err = d.s.ImportRemittance(d.ctx, by, b.ID, service.Upload{Name: fmt.Sprintf("remittance %s-%d.txt", b.Reference(), position), Content: []byte(content)})
	return err
}

// evidence is one of a few files that go with a claim: their content is invented and says nothing of the case.
func (d *seeder) evidence(r *rand.Rand) service.Upload {
	d.lists++
	if n := r.IntN(max(40, d.Cases/15)); d.Cases > 1000 { // of very many claims some three share a file
		return sessions(fmt.Sprintf("S-%02d", n))
	}
	return sessions(fmt.Sprintf("S-%04d", d.lists))
}

// sessions is a list of sessions, as a spreadsheet saves it.
func sessions(reference string) service.Upload {
	name := "sessions.csv"
	if reference != "" {
		name = "sessions " + reference + ".csv"
	}
	return service.Upload{Name: name, Content: []byte("Reference,Session,Hours,Amount\n" + reference + ",Monday morning,4,450.00\n" + reference + ",Tuesday morning,4,450.00\n")}
}

// invoice is one page of a PDF that names what is billed.
func invoice(number, what string, net, vat funding.Pence) service.Upload {
	text := fmt.Sprintf("BT /F1 14 Tf 60 760 Td 22 TL (Invoice %s) Tj T* (%s) Tj T* (Net %s, VAT %s, total %s pounds) Tj T* (Invented for a demonstration) Tj ET",
		number, what, net.Plain(), vat.Plain(), (net + vat).Plain())
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(text), text), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return service.Upload{Name: "invoice " + number + ".pdf", Content: b.Bytes()}
}
