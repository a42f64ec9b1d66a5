package funding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// Payable is an approved claim as somebody who releases payments sees it.
type Payable struct {
	Claim
	CaseReference string
	Team          practice.Code
	Region        practice.Code
	TeamName      string
	Practice      string // name of the practice that leads the case
	Payee         string
	PayeeCode     string
	Source        string // name of the funding source
	Year          calendar.Year
	Budget        int64
	// Barred have declared an interest in the case or in one of its practices.
	Barred []account.PersonID
	// Acted are those who acted in the case for somebody who was away.
	Acted []account.Acted
	// First gave the first of two approvals; 0: one was enough.
	First account.PersonID
	// Attempts is how many payments of the claim failed or came back, and Back the last of them.
	Attempts int
	Back     Back
	// Doubt is set where a remittance says of such a payment that it was made after all.
	Doubt bool
	// BackBatch names the batch of the one in doubt, or else of the last.
	BackBatch string
	// Corrector says of one of them that it was made after all, and nobody has answered; "": nobody does.
	Corrector string
	// Read is the version of the claim in which it was chosen; 0: nobody said.
	Read int64
}

// Approval is the release of the claim: of its first version, and of one more for each payment that failed or came back,
// so that the same person can release it anew.
func (p Payable) Approval(step string, by account.PersonID) Approval {
	a := p.Claim.Approval(step, by)
	a.Version += int64(p.Attempts)
	return a
}

// ClaimReference names a claim across all cases: PRP-2016-000123/2.
func ClaimReference(caseReference string, number int) string {
	return caseReference + "/" + strconv.Itoa(number)
}

// ProviderCode names a provider where a practice has its national code.
func ProviderCode(id int64) string { return fmt.Sprintf("PROVIDER-%d", id) }

// Refusal says why somebody cannot release the payment of this claim, or "" when they can: by what they did themselves, and by
// what was done by those who count as one person with them in its case.
func (p Payable) Refusal(a account.Actor) string {
	if why := p.refusal(a.ID); why != "" {
		return why
	}
	if a.For.ID != 0 && slices.Contains(p.Barred, a.For.ID) {
		return a.For.Name + ", for whom you act, has declared an interest in this case"
	}
	p.Barred = nil
	for _, id := range a.AsOne(p.Acted) {
		if why := p.refusal(id); why != "" {
			return account.OneOfYou(why)
		}
	}
	return ""
}

func (p Payable) refusal(by account.PersonID) string {
	switch {
	case by == p.ClaimedBy:
		return "You made this claim"
	case by == p.CheckedBy:
		return "You checked this claim"
	case by == p.ApprovedBy || by == p.First:
		return "You approved this claim"
	case slices.Contains(p.Barred, by):
		return "You have declared an interest in this case"
	}
	return ""
}

// Waits says why nobody can release the payment of this claim now, or "": somebody says that an earlier one was made after all.
func (p Payable) Waits() string {
	if p.Correction == 0 {
		return ""
	}
	return p.Corrector + " says that an earlier payment of this claim was made after all. Somebody else has to agree or refuse first"
}

// Batch is payments that were released together. What was released never changes.
type Batch struct {
	ID         int64
	Team       practice.Code
	TeamName   string
	Region     practice.Code
	Number     int // within the team, from 1
	Items      []BatchItem
	Count      int
	Total      Pence
	SHA256     string // of the file, in hexadecimal
	ReleasedBy account.PersonID
	Releaser   string
	ReleasedAt time.Time
	// Paid is how many items are recorded as paid and did not come back; Back is how many failed or came back.
	Paid, Back int
	// Downloads are the times that its file left the program, the first one first.
	Downloads []Download
	// Remittances are the files of the paying system, the newest first.
	Remittances []Remittance
}

// BatchItem is one payment.
type BatchItem struct {
	ID        int64
	Position  int // from 1
	Case      int64
	Claim     int64
	ClaimNo   int
	Reference string // of the claim, across all cases
	Payee     string
	PayeeCode string
	Amount    Pence
	Source    string
	Year      calendar.Year
	PaidOn    calendar.Date // zero: not recorded yet
	Recorder  string
	Back      Back // zero: it neither failed nor came back
	// State is that of the claim.
	State ClaimState
	// Again names another batch in which a payment of the claim stands, and AgainID is that; "" and 0: there is none.
	Again   string
	AgainID int64
	// CameBack is the last day on which a payment of the claim came back that had been recorded as paid; zero: none did.
	CameBack calendar.Date
	// Corrections are what was said of it, the newest first: that it was made after all.
	Corrections []Correction
}

// Alive tells whether the payment neither failed nor came back.
func (i BatchItem) Alive() bool { return i.Back.Kind == "" }

// Reference names a batch across all teams: Q72-0003.
func (b Batch) Reference() string { return BatchReference(b.Team, b.Number) }

// BatchReference names a batch across all teams.
func BatchReference(team practice.Code, number int) string {
	return fmt.Sprintf("%s-%04d", team, number)
}

// NewBatch puts approved claims of a team into a batch. Whoever made, checked or approved one of them cannot, nor can
// anybody with an interest in one of the cases. The claims move on.
func NewBatch(team practice.Code, number int, claims []*Payable, a account.Actor, m calendar.Moment) (Batch, error) {
	by := a.ID
	b := Batch{Team: team, Number: number, Count: len(claims), ReleasedBy: by, ReleasedAt: m.Now}
	if len(claims) == 0 {
		var wrong fault.Invalid
		wrong.Add("claims", "Choose at least one claim to pay")
		return b, wrong.Err()
	}
	for i, p := range claims {
		reference := ClaimReference(p.CaseReference, p.Number)
		if !a.At(string(p.Team), account.FinanceOfficer) && !a.At(string(p.Region), account.FinanceOfficer) {
			return b, fault.Forbidden{Reason: "Only a finance officer of the local team or its region can release a payment"}
		}
		if p.Team != team {
			return b, fault.Conflict{Reason: "Claim " + reference + " belongs to another local team, which pays it in a batch of its own"}
		}
		if why := p.Refusal(a); why != "" {
			return b, fault.Forbidden{Reason: why + " (" + reference + "), so somebody else must release its payment"}
		}
		if why := p.Waits(); why != "" {
			return b, fault.Conflict{Reason: why + " (" + reference + ")"}
		}
		if err := p.Current(p.Read); err != nil {
			return b, err
		}
		if err := p.in(ClaimApproved); err != nil {
			return b, err
		}
		p.State = ClaimBatched
		b.Items = append(b.Items, BatchItem{
			Position: i + 1, Case: p.Case, Claim: p.ID, ClaimNo: p.Number, Reference: reference, Payee: p.Payee, PayeeCode: p.PayeeCode, Amount: p.Payable(),
			Source: p.Source, Year: p.Year, State: ClaimBatched,
		})
		b.Total += p.Payable()
	}
	b.SHA256 = b.Sum(CSV)
	return b, nil
}

// Within refuses the release of more than the limit of a finance officer, and says who can release it. limits are those
// of a payment batch in the rules of the day.
func (b Batch) Within(limits []Limit) error {
	return Within(b.Total, limits, []account.Role{account.FinanceOfficer})
}

// event of an act on the batch.
func (b Batch) event(act string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "batch", ID: audit.Integer(b.ID)}, Audience: audit.ForTeam, Words: map[string]string{"batch": b.Reference()}}
}

// Released is the event of the release.
func (b Batch) Released() audit.Event {
	e := b.event("payments released")
	e.Changed("batch", "", b.Reference())
	for _, i := range b.Items {
		e.Changed("claim", i.Reference+" "+string(ClaimApproved), i.Reference+" "+string(ClaimBatched))
	}
	e.Words["total"], e.Words["sha256"] = b.Total.String(), b.SHA256
	return e
}

// Item finds a payment by its position.
func (b Batch) Item(position int) (BatchItem, error) {
	for _, i := range b.Items {
		if i.Position == position {
			return i, nil
		}
	}
	return BatchItem{}, fault.NotFound{What: "payment"}
}

// File is the batch as comma-separated values for whoever pays: a head, a row for each payment, and a foot with the
// number of payments and their total to check against. It is the same to the byte each time.
func (b Batch) File() []byte {
	var f strings.Builder
	line := func(cells ...string) {
		for i, c := range cells {
			if i > 0 {
				f.WriteByte(',')
			}
			f.WriteString(`"` + strings.ReplaceAll(Harmless(c), `"`, `""`) + `"`)
		}
		f.WriteString("\r\n")
	}
	line("Batch", "Position", "Claim", "Payee", "Payee code", "Amount in pounds", "Funding source", "Financial year")
	for _, i := range b.Items {
		line(b.Reference(), strconv.Itoa(i.Position), i.Reference, i.Payee, i.PayeeCode, i.Amount.Plain(), i.Source, i.Year.String())
	}
	line("Total of "+b.Reference(), strconv.Itoa(len(b.Items)), "", "", "", b.Total.Plain(), "", "")
	return []byte(f.String())
}

// Harmless keeps a spreadsheet from reading a text as a formula, and a text on one line.
func Harmless(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	if trimmed := strings.TrimLeft(s, " "); trimmed != "" && strings.ContainsRune("=+-@", rune(trimmed[0])) {
		return "'" + s
	}
	return s
}

// Plain is the amount in pounds with two decimals and nothing else: 1250.50.
func (p Pence) Plain() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	return fmt.Sprintf("%s%d.%02d", sign, p/100, p%100)
}

// Intact tells whether the file is still the one that was released.
func (b Batch) Intact() bool { return b.SHA256 == b.Sum(CSV) }

// Payable refuses what is not to be recorded as paid: a payment that failed or came back, whose claim is paid in another
// batch.
func (i BatchItem) Payable() error {
	if i.Alive() {
		return nil
	}
	return fault.Conflict{Reason: fmt.Sprintf("Payment %d was put back: %s", i.Position, i.Back)}
}

// RecordPaid notes the day on which a payment was made: not before it was released, and not in the future.
func (c *Claim) RecordPaid(released time.Time, paid calendar.Date, m calendar.Moment) error {
	if err := c.in(ClaimBatched); err != nil {
		return err
	}
	var wrong fault.Invalid
	switch from := calendar.DateOf(released); {
	case paid.IsZero():
		wrong.Add("paid", "Enter the day on which it was paid")
	case paid.After(m.Today):
		wrong.Add("paid", "The day must not be after today, %s", m.Today.Words())
	case paid.Before(from):
		wrong.Add("paid", "The day must not be before the payment was released, on %s", from.Words())
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	c.State = ClaimPaid
	return nil
}
