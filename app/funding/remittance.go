package funding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// Outcome is what the paying system says of a payment. The code is what the database holds.
type Outcome string

// The outcomes.
const (
	PaymentMade     Outcome = "paid"
	PaymentFailed   Outcome = "failed"   // never left
	PaymentReturned Outcome = "returned" // left, and came back
)

var outcomeNames = map[Outcome]string{PaymentMade: "Paid", PaymentFailed: "Failed", PaymentReturned: "Came back"}

// Name is the outcome as people say it.
func (o Outcome) Name() string { return outcomeNames[o] }

// Back says how a payment failed or came back. The zero value is that it did not.
type Back struct {
	Kind Outcome // PaymentFailed or PaymentReturned
	On   calendar.Date
	Why  string
	By   account.PersonID
	Who  string
	At   time.Time
}

// String says it in a line.
func (b Back) String() string { return b.Kind.Name() + " on " + b.On.Words() + ": " + b.Why }

// longestWhy is in characters.
const longestWhy = 300

// PutBack takes a claim back to approved and not released, since its payment failed or came back. It is released anew by
// somebody who neither made, checked nor approved it.
func (c *Claim) PutBack(item BatchItem, released time.Time, back Back, m calendar.Moment) error {
	if err := c.in(ClaimBatched, ClaimPaid); err != nil {
		return err
	}
	if !item.Alive() {
		return fault.Conflict{Reason: fmt.Sprintf("Payment %d was put back already: %s", item.Position, item.Back)}
	}
	if c.AskedBack > 0 {
		return fault.Conflict{Reason: fmt.Sprintf("%s of claim %d is asked back, so that what came back is recorded there, on the page of the claim", c.AskedBack, c.Number)}
	}
	var wrong fault.Invalid
	if back.Kind != PaymentFailed && back.Kind != PaymentReturned {
		wrong.Add("outcome", "Choose what happened to the payment")
	}
	from, what := calendar.DateOf(released), "it was released"
	if !item.PaidOn.IsZero() {
		from, what = item.PaidOn, "it was paid"
	}
	switch {
	case back.On.IsZero():
		wrong.Add("back", "Enter the day on which it failed or came back")
	case back.On.After(m.Today):
		wrong.Add("back", "The day must not be after today, %s", m.Today.Words())
	case back.On.Before(from):
		wrong.Add("back", "The day must not be before %s, on %s", what, from.Words())
	}
	switch why := strings.TrimSpace(back.Why); {
	case why == "":
		wrong.Add("reason", "Say why it failed or came back, as the paying system says it")
	case len([]rune(why)) > longestWhy:
		wrong.Add("reason", "The reason must be %d characters or fewer", longestWhy)
	case fault.BankDetails(why):
		wrong.Add("reason", fault.NoBankDetails)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	c.State, c.ConfirmBy, c.AskedAt = ClaimApproved, calendar.Date{}, time.Time{}
	return nil
}

// LineState is what became of a line of a remittance.
type LineState string

// The states of a line.
const (
	LineWaiting  LineState = "waiting"  // to be recorded
	LineRecorded LineState = "recorded" // the payment is as the line says, by this line
	LineAgrees   LineState = "agrees"   // it was recorded so before
	LineDiffers  LineState = "differs"  // it was recorded otherwise before, which stands until somebody looks
)

var lineStateNames = map[LineState]string{LineWaiting: "Still to be recorded", LineRecorded: "Recorded", LineAgrees: "Recorded before", LineDiffers: "Differs: look at it"}

// Name is the state as people say it.
func (s LineState) Name() string { return lineStateNames[s] }

// Remittance is a file in which the paying system says what became of the payments of a batch.
type Remittance struct {
	ID        int64
	Batch     int64
	Name      string // of the file
	SHA256    string
	Reference string // the paying system's own number
	MadeOn    calendar.Date
	Lines     []RemittanceLine
	Total     Pence
	By        account.PersonID
	Who       string
	At        time.Time
}

// RemittanceLine says what became of one payment.
type RemittanceLine struct {
	Position int
	Item     int64
	Claim    string // its reference
	Amount   Pence
	Outcome  Outcome
	On       calendar.Date
	Why      string
	State    LineState
	Note     string
}

// Count is how many lines stand at a state.
func (r Remittance) Count(state LineState) int {
	n := 0
	for _, l := range r.Lines {
		if l.State == state {
			n++
		}
	}
	return n
}

// Differing is how many lines of the newest remittance say otherwise than was recorded before.
func (b Batch) Differing() int {
	if len(b.Remittances) == 0 {
		return 0
	}
	return b.Remittances[0].Count(LineDiffers)
}

// Layout of a remittance. docs/money.md describes it.
const (
	RemittanceLayout  = "PRP-REMITTANCE"
	RemittanceVersion = "1"
)

// mostProblems is how many problems of a file are told at once.
const mostProblems = 10

// remittanceReader reads one file.
type remittanceReader struct {
	b     Batch
	m     calendar.Moment
	r     Remittance
	wrong fault.Invalid
}

func (f *remittanceReader) add(line int, format string, args ...any) {
	if len(f.wrong.Fields) < mostProblems {
		f.wrong.Add("file", "Line %d: "+format, append([]any{line}, args...)...)
	}
}

// ReadRemittance reads what the paying system says of this batch. A file that is not whole, that speaks of other payments or
// of other amounts, or that does not add up is fault.Invalid, with the line of each problem, and changes nothing.
func (b Batch) ReadRemittance(name string, content []byte, a account.Actor, m calendar.Moment) (Remittance, audit.Event, error) {
	if !a.At(string(b.Team), account.FinanceOfficer) && !a.At(string(b.Region), account.FinanceOfficer) {
		return Remittance{}, audit.Event{}, fault.Forbidden{Reason: "Only a finance officer of the local team or its region can import a remittance"}
	}
	f := remittanceReader{b: b, m: m, r: Remittance{Batch: b.ID, Name: fileLabel(name), SHA256: hexSum(content), By: a.ID, At: m.Now}}
	f.read(content)
	if err := f.wrong.Err(); err != nil {
		return f.r, audit.Event{}, err
	}
	e := b.event("remittance imported")
	e.Words["remittance"], e.Words["total"], e.Words["sha256"] = f.r.Reference, f.r.Total.String(), f.r.SHA256
	e.Words["payments"] = strconv.Itoa(len(f.r.Lines))
	return f.r, e, nil
}

func (f *remittanceReader) read(content []byte) {
	if len(content) == 0 {
		f.wrong.Add("file", "Choose the file from the paying system")
		return
	}
	if !utf8.Valid(content) {
		f.wrong.Add("file", "The file must be text in UTF-8")
		return
	}
	text := strings.TrimRight(strings.TrimPrefix(string(content), "\ufeff"), "\r\n")
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	if !f.head(strings.Split(lines[0], "|")) {
		return
	}
	last := len(lines) - 1
	foot := strings.Split(lines[last], "|")
	if last == 0 || foot[0] != "F" {
		f.add(last+1, "the foot is missing, so the file is not whole")
		return
	}
	for i := 1; i < last; i++ {
		f.line(i+1, strings.Split(lines[i], "|"))
	}
	f.foot(last+1, last-1, foot)
}

// head tells whether the file is worth reading on.
func (f *remittanceReader) head(cells []string) bool {
	if len(cells) != 6 || cells[0] != "H" || cells[1] != RemittanceLayout || cells[2] != RemittanceVersion {
		f.add(1, "this is no remittance: its head must begin with H|%s|%s and have 6 cells", RemittanceLayout, RemittanceVersion)
		return false
	}
	if cells[3] != f.b.Reference() {
		f.add(1, "the file is of batch %s, and this is batch %s", shown(cells[3]), f.b.Reference())
		return false
	}
	f.r.Reference = strings.TrimSpace(cells[4])
	if f.r.Reference == "" || len([]rune(f.r.Reference)) > longestReference {
		f.add(1, "the number of the paying system must have 1 to %d characters", longestReference)
	} else if fault.BankDetails(f.r.Reference) {
		f.add(1, "what looks like bank details must not be in the number of the paying system")
	}
	var err error
	if f.r.MadeOn, err = fileDay(cells[5]); err != nil || f.r.MadeOn.After(f.m.Today) {
		f.add(1, "%s is no day up to today, written as DD/MM/YYYY", shown(cells[5]))
	}
	return true
}

func (f *remittanceReader) line(n int, cells []string) {
	if len(cells) != 7 || cells[0] != "L" {
		f.add(n, "a line must begin with L and have 7 cells")
		return
	}
	position, err := strconv.Atoi(cells[1])
	item, unknown := f.b.Item(position)
	if err != nil || unknown != nil {
		f.add(n, "there is no payment %s in batch %s", shown(cells[1]), f.b.Reference())
		return
	}
	l := RemittanceLine{Position: position, Item: item.ID, Claim: item.Reference, Amount: item.Amount, Why: strings.TrimSpace(cells[6])}
	if cells[2] != item.Reference {
		f.add(n, "payment %d of the batch is of claim %s, and not of %s", position, item.Reference, shown(cells[2]))
		return
	}
	if slices.ContainsFunc(f.r.Lines, func(other RemittanceLine) bool { return other.Position == position }) {
		f.add(n, "payment %d stands in the file twice", position)
		return
	}
	// The sum of the foot is of what the file says, so that a wrong amount is told once and not twice.
	amount, err := ParsePence(cells[3])
	f.r.Total += amount
	switch {
	case err != nil:
		f.add(n, "%s is no amount such as 1250.50", shown(cells[3]))
	case amount != item.Amount:
		f.add(n, "the file has %s for claim %s, and %s was released", amount, item.Reference, item.Amount)
	}
	for o := range outcomeNames {
		if cells[4] == strings.ToUpper(string(o)) {
			l.Outcome = o
		}
	}
	if l.Outcome == "" {
		f.add(n, "%s must be PAID, FAILED or RETURNED", shown(cells[4]))
	}
	l.On, err = fileDay(cells[5])
	switch from := calendar.DateOf(f.b.ReleasedAt); {
	case err != nil:
		f.add(n, "%s is no day, written as DD/MM/YYYY", shown(cells[5]))
	case l.On.After(f.m.Today):
		f.add(n, "%s is after today", l.On.Words())
	case l.On.Before(from):
		f.add(n, "%s is before the payment was released, on %s", l.On.Words(), from.Words())
	}
	switch {
	case l.Outcome != PaymentMade && l.Why == "":
		f.add(n, "a payment that failed or came back must have a reason")
	case len([]rune(l.Why)) > longestWhy:
		f.add(n, "the reason must be %d characters or fewer", longestWhy)
	case fault.BankDetails(l.Why):
		f.add(n, "what looks like bank details must not be in the reason")
	}
	l.State, l.Note = item.Meet(l)
	f.r.Lines = append(f.r.Lines, l)
}

func (f *remittanceReader) foot(n, count int, cells []string) {
	if len(cells) != 3 {
		f.add(n, "the foot must be F, the number of payments and their total in pence")
		return
	}
	if cells[1] != strconv.Itoa(count) {
		f.add(n, "the foot says %s payments, and the file has %d", shown(cells[1]), count)
	}
	pence, err := strconv.ParseInt(cells[2], 10, 64)
	switch {
	case err != nil:
		f.add(n, "%s is no total in pence", shown(cells[2]))
	case len(f.r.Lines) == count && Pence(pence) != f.r.Total:
		f.add(n, "the foot says %s, and the payments of the file come to %s", Pence(pence), f.r.Total)
	}
	if count == 0 {
		f.add(n, "the file has no payment")
	}
}

// Meet sets a line against what is known of its payment.
func (i BatchItem) Meet(l RemittanceLine) (LineState, string) {
	made := l.Outcome == PaymentMade
	switch {
	case !i.Alive() && made:
		return LineDiffers, fmt.Sprintf("This payment was put back (%s). The file says that it was paid on %s. Do not pay the claim again before you know. If it was made, say so beside the payment", i.Back, l.On.Words())
	case !i.Alive() && i.Back.Kind == l.Outcome && i.Back.On == l.On:
		return LineAgrees, ""
	case !i.Alive():
		return LineDiffers, "This payment was put back already: " + i.Back.String()
	case i.PaidOn.IsZero():
		return LineWaiting, ""
	case made && i.PaidOn == l.On:
		return LineAgrees, ""
	case made:
		return LineDiffers, fmt.Sprintf("%s recorded it as paid on %s, which stands", i.Recorder, i.PaidOn.Words())
	case i.State == ClaimReceived:
		return LineDiffers, "The payee has confirmed that the money arrived, which stands until somebody has asked"
	case l.On.Before(i.PaidOn):
		return LineDiffers, fmt.Sprintf("%s recorded it as paid on %s, which is later and stands", i.Recorder, i.PaidOn.Words())
	}
	return LineWaiting, ""
}

// Settled is the event of a line of a remittance that waited, and whose payment was recorded by hand meanwhile.
func (b Batch) Settled(l RemittanceLine, state LineState) audit.Event {
	e := b.event("line of a remittance settled")
	e.Words["payment"], e.Words["state"] = l.Claim, state.Name()
	return e
}

// fileLabel is the name of a file as it is shown: without folders, on one line and not long.
func fileLabel(name string) string {
	name = strings.TrimSpace(unpiped(name[strings.LastIndexAny(name, `/\\`)+1:]))
	if r := []rune(name); len(r) > 100 {
		name = string(r[:100])
	}
	if name == "" {
		return "remittance"
	}
	return name
}

// shown is a cell of a file as a message quotes it.
func shown(cell string) string {
	if r := []rune(cell); len(r) > 40 {
		cell = string(r[:40]) + "…"
	}
	return "“" + cell + "”"
}

// fileDay reads DD/MM/YYYY.
func fileDay(s string) (calendar.Date, error) {
	t, err := time.Parse("02/01/2006", s)
	if err != nil {
		return calendar.Date{}, err
	}
	return calendar.On(t.Year(), t.Month(), t.Day()), nil
}
