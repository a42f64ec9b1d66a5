package support

import (
	"errors"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// Route is how help reaches the practice. The code is what the database holds.
type Route string

// The routes.
const (
	// ToPractice is money paid to the practice: financial assistance under section 96 of the NHS Act 2006.
	ToPractice Route = "practice"
	// Backfill is money paid to the practice for cover, so that its own staff can take part in the help.
	Backfill Route = "backfill"
	// ByInvoice is help that is bought from a provider, who sends an invoice.
	ByInvoice Route = "provider"
	// InKind is days of help from a provider, without money.
	InKind Route = "in_kind"
)

// Routes lists them in the order in which people choose.
var Routes = []Route{ToPractice, Backfill, ByInvoice, InKind}

var routeNames = map[Route]string{
	ToPractice: "Paid to the practice (section 96)", Backfill: "Backfill: the practice is paid for cover, so that its staff can take part", ByInvoice: "Bought from a provider, who sends an invoice", InKind: "Help in kind: days, without money",
}

// Name is the route as people say it.
func (r Route) Name() string { return routeNames[r] }

// PaysPractice tells whether the money goes to the practice, which claims it, and not to a provider.
func (r Route) PaysPractice() bool { return r == ToPractice || r == Backfill }

// Longest texts, in characters.
const (
	DescriptionText = 500
	ConditionsText  = 4000
	TimeText        = 1000
	OutcomeText     = 500
)

// mostDays is the longest help in kind of one line, in days: a year of working days.
const mostDays = 260

// mostNet is the most that one line may cost without VAT: far more than a case ever gets.
const mostNet funding.Pence = 10_000_000_00

// mostUnits is the most days or sessions of one line that is paid: several people may give it.
const mostUnits = 2000

// Line is one piece of support in an offer.
type Line struct {
	ID       int64 // 0 until stored
	Position int   // within the offer, from 1
	// MenuItem and Need are codes of the year's menu and of its areas of need; the names are read with them.
	MenuItem, MenuName string
	Need, NeedName     string
	Description        string
	Route              Route
	// Provider is 0 where the practice is paid.
	Provider     int64
	ProviderName string
	// Outcome is what is expected to come of the help, Measure how that will be seen. Both are there before approval.
	Outcome, Measure string
	HalfDays         int // of help in kind; 0 where there is money
	// Unit is what the price is for. Halves are so many half units, and Price is that of a whole one; a fixed price has
	// neither of them.
	Unit     Unit
	Halves   int
	Price    funding.Pence
	Net, VAT funding.Pence // 0 in kind; the net amount of a priced line is worked out
	// Declined is set when the practice said no to this line and yes to others; the reason is the practice's.
	Declined      bool
	DeclineReason string
	// Practice is the practice of a group that the line is for; empty: the case as a whole, and money is paid to the practice
	// that leads. The name is read with it.
	Practice     practice.Code
	PracticeName string
	// Shared is the position of the first part where the cost of one line is shared between practices; 0: it is not.
	Shared int
	// Over is set where the practice that it is for has ended its part of the memorandum: the line is agreed no more.
	Over bool
	// EndedBy is the variation that took the line out of what was agreed; 0: none.
	EndedBy int64
	// Varies is the agreed line of which this is the next wording in a variation, and Had what that one costs; 0: none. HadForward: that one
	// waits for its budget.
	Varies     int64
	Had        funding.Pence
	HadForward bool
	// Early: it was committed before the memorandum.
	Early bool
	// Forward: it waits for a budget that has no money yet, and holds nothing in it. Commitment is the forward commitment that was asked
	// for it; 0: none.
	Forward    bool
	Commitment int64
	// Freed is what of it went back to the budget when the memorandum or its year ended.
	Freed funding.Pence
	// Whole is the position of the first part where the line is one of several by financial year; 0: it is whole.
	Whole int
	// Source of the money: with the financial year of the first day and the team of the case it names the budget.
	Source, SourceName string
	Budget             int64 // 0 in kind
	// Holder is who holds that money now.
	Holder       funding.Holder
	Starts, Ends calendar.Date
	// LateOf is the line of a closed year to which its work belongs, which was found after the closing.
	LateOf ClosedLine
}

// Gross is what the budget is charged. The system records VAT and never decides whether it is due.
func (l Line) Gross() funding.Pence { return l.Net + l.VAT }

// Money tells whether the line costs anything.
func (l Line) Money() bool { return l.Route != InKind }

// Year is the financial year that pays.
func (l Line) Year() calendar.Year { return calendar.YearOf(l.Starts) }

// Days is the help in kind as people say it: "½ day", "1 day", "2½ days".
func (l Line) Days() string { return DaysWords(l.HalfDays) }

// DaysWords says a number of half days in days.
func DaysWords(half int) string { return halvesWords(half, "day") }

// halvesWords says a number of halves of something that has a plain plural.
func halvesWords(half int, one string) string {
	text := strconv.Itoa(half / 2)
	switch {
	case half == 1:
		text = "½"
	case half%2 == 1:
		text += "½"
	}
	if half == 1 || half == 2 {
		return text + " " + one
	}
	return text + " " + one + "s"
}

var typedDays = regexp.MustCompile(`^([0-9]{1,4})?(?:[.,](0|5)0?|(½))?$`)

// ParseDays reads a number of days as people type it: "3", "2.5", "2½", "½". It returns half days.
func ParseDays(s string) (int, error) {
	m := typedDays.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil || m[0] == "" {
		//lint:ignore ST1005 people read it beside the field
		return 0, errors.New("Enter days, or half days, such as 3 or 2.5")
	}
	whole, _ := strconv.Atoi("0" + m[1]) // four digits at the most
	half := 2 * whole
	if m[2] == "5" || m[3] != "" {
		half++
	}
	return half, nil
}

// TypedDays is a number of half days as ParseDays reads it; empty for none.
func TypedDays(half int) string {
	switch {
	case half == 0:
		return ""
	case half%2 == 1:
		return strconv.Itoa(half/2) + ".5"
	}
	return strconv.Itoa(half / 2)
}

// Choices are what a line may be made of: codes of the year's rules, and what the registers have.
type Choices struct {
	Menu, Needs map[string]string        // names by code
	Providers   map[int64]string         // names of those who are active
	Sources     map[string]string        // names by code
	Practices   map[practice.Code]string // names of the practices of the case
	Closed      []ClosedLine             // the case’s lines of closed years
}

// Check refuses a line that cannot stand in an offer of a case that was received on the day. The names of the fields
// are those of the form; what was wrong in the typing already is not judged again.
func (l Line) Check(in Choices, received calendar.Date, typed fault.Invalid) error {
	wrong := faults{typed: typed}
	if in.Menu[l.MenuItem] == "" {
		wrong.add("menu", "Choose what kind of help this is")
	}
	if in.Needs[l.Need] == "" {
		wrong.add("need", "Choose which need it answers")
	}
	words := strings.TrimSpace(l.Description)
	if words == "" {
		wrong.add("description", "Say what the help is")
	}
	wrong.text("description", words, DescriptionText)
	wrong.text("outcome", strings.TrimSpace(l.Outcome), OutcomeText)
	wrong.text("measure", strings.TrimSpace(l.Measure), OutcomeText)
	if l.Practice != "" && in.Practices[l.Practice] == "" {
		wrong.add("practice", "Choose a practice of this case, or the group as a whole")
	}
	l.checkRoute(&wrong, in)
	l.checkDays(&wrong, received)
	l.checkLateOf(&wrong, in)
	return wrong.Err()
}

func (l Line) checkRoute(wrong *faults, in Choices) {
	switch l.Route {
	case ToPractice, Backfill, ByInvoice, InKind:
	default:
		wrong.add("route", "Choose how the help reaches the practice")
		return
	}
	if !l.Route.PaysPractice() && in.Providers[l.Provider] == "" {
		wrong.add("provider", "Choose who gives the help")
	}
	if !l.Money() {
		if l.HalfDays < 1 {
			wrong.add("quantity", "Enter how many days of help, such as 3 or 2.5")
		}
		if l.HalfDays > 2*mostDays {
			wrong.add("quantity", "Enter at most %d days", mostDays)
		}
		if l.Gross() != 0 || l.Price != 0 {
			wrong.add("price", "Help in kind has days and no money. Take the amounts out, or choose another way for it to reach the practice")
		}
		return
	}
	l.checkPrice(wrong)
	if l.Net > mostNet {
		wrong.add("price", "A line may cost at most %s without VAT", mostNet)
	}
	if l.VAT > l.Net {
		wrong.add("vat", "VAT cannot be more than the amount without VAT")
	}
	if in.Sources[l.Source] == "" {
		wrong.add("source", "Choose which money pays")
	}
}

// checkPrice refuses a price without a quantity, or the other way round.
func (l Line) checkPrice(wrong *faults) {
	switch {
	case unitNames[l.Unit] == "":
		wrong.add("unit", "Choose what the price is for")
		return
	case !l.Priced():
		if l.HalfDays != 0 || l.Halves != 0 {
			wrong.add("quantity", "A fixed price is for the whole line. Take the number out, or choose a price for each day or session")
		}
		if l.Net <= 0 {
			wrong.add("price", "Enter the price without VAT")
		}
		return
	}
	if l.Halves < 1 {
		wrong.add("quantity", "Enter how many days or sessions, such as 3 or 2.5")
	}
	if l.Halves > 2*mostUnits {
		wrong.add("quantity", "Enter at most %d", mostUnits)
	}
	if l.Price <= 0 {
		wrong.add("price", "Enter the price of one, without VAT")
	}
}

func (l Line) checkDays(wrong *faults, received calendar.Date) {
	if l.Starts.IsZero() {
		wrong.add("starts-day", "Enter the first day")
	} else if l.Starts.Before(received) {
		wrong.add("starts-day", "The first day must not be before %s, when the request was received", received.Words())
	}
	if l.Ends.IsZero() {
		wrong.add("ends-day", "Enter the last day")
	}
	if l.Starts.IsZero() || l.Ends.IsZero() {
		return
	}
	switch last := (l.Year() + mostYears - 1).Last(); {
	case l.Ends.Before(l.Starts):
		wrong.add("ends-day", "The last day must not be before the first")
	case l.Ends.After(last):
		wrong.add("ends-day", "A line may go over %d financial years. End it by %s", mostYears, last.Words())
	}
}

// Tidy is the line as it is stored: what does not belong to its route is left out.
func (l Line) Tidy() Line {
	l.Description, l.Outcome, l.Measure = strings.TrimSpace(l.Description), strings.TrimSpace(l.Outcome), strings.TrimSpace(l.Measure)
	if l.Unit == "" {
		l.Unit = Fixed
	}
	if l.Priced() {
		l.Net = l.costs(l.Halves)
	} else if l.Money() {
		l.Price = 0
	}
	if l.Route.PaysPractice() {
		l.Provider, l.ProviderName = 0, ""
	}
	if !l.Money() {
		l.Source, l.SourceName, l.Budget, l.Unit, l.Halves, l.LateOf = "", "", 0, ByDay, 0, ClosedLine{}
	}
	return l
}

// faults collects wrong inputs, at most one for a field; what was typed wrong comes first.
type faults struct {
	fault.Invalid
	typed fault.Invalid
}

func (f *faults) add(field, format string, args ...any) {
	base := stem(field)
	for _, list := range [][]fault.Field{f.typed.Fields, f.Fields} {
		for _, one := range list {
			if stem(one.Name) == base {
				return
			}
		}
	}
	f.Add(field, format, args...)
}

// stem is the name of a field; of a date, without its part.
func stem(field string) string {
	for _, part := range []string{"-day", "-month", "-year"} {
		field = strings.TrimSuffix(field, part)
	}
	return field
}

// text refuses a text that is too long, has bank details or asks for a contribution.
func (f *faults) text(field, words string, most int) {
	if n := utf8.RuneCountInString(words); n > most {
		f.add(field, "Use at most %d characters. There are %d now", most, n)
	} else if fault.BankDetails(words) {
		f.add(field, fault.NoBankDetails)
	}
	if phrase, asks := AsksForContribution(words); asks {
		f.add(field, "Support is never conditional on a contribution by the practice. Take out: “%s”", phrase)
	}
}

// Err is what was wrong in the typing and in the meaning, or nil.
func (f *faults) Err() error {
	all := fault.Invalid{Fields: append(f.typed.Fields[:len(f.typed.Fields):len(f.typed.Fields)], f.Fields...)}
	return all.Err()
}

// With are the choices and what the line has already, which may be kept though it is no longer to be chosen.
func (c Choices) With(l Line) Choices {
	more := c
	more.Providers, more.Sources = map[int64]string{}, map[string]string{}
	maps.Copy(more.Providers, c.Providers)
	maps.Copy(more.Sources, c.Sources)
	if l.Provider != 0 {
		more.Providers[l.Provider] = l.ProviderName
	}
	if l.Source != "" {
		more.Sources[l.Source] = l.SourceName
	}
	return more
}
