package practice

import (
	"strings"

	"resilience/app/calendar"
)

// Facts is what is told about one organisation at one time, by attribute. "" is "not known".
type Facts [attributeCount]string

// Name is the name as the register writes it.
func (f *Facts) Name() string { return f[AttributeName] }

// Status is the state in the register.
func (f *Facts) Status() Status { return Status(f[AttributeStatus]) }

// Region is the national grouping.
func (f *Facts) Region() Code { return Code(f[AttributeRegion]) }

// Area is the local team, later the integrated care board, of the organisation's own row. It is never derived from
// the commissioner: in May 2016, 713 practices were in Q83 or Q84 while their commissioners were still in Q73.
func (f *Facts) Area() Code { return Code(f[AttributeArea]) }

// Commissioner is the clinical commissioning group, later the sub-ICB location.
func (f *Facts) Commissioner() Code { return Code(f[AttributeCommissioner]) }

// AddressLines is the postal address without the postcode, line by line.
func (f *Facts) AddressLines() []string { return AddressLines(f[AttributeAddress]) }

// AddressLines parts a stored address into its lines.
func AddressLines(address string) []string {
	if address == "" {
		return nil
	}
	return strings.Split(address, "\n")
}

// Opened is the open date of the register; zero when not known. See Always.
func (f *Facts) Opened() calendar.Date { return dayOf(f[AttributeOpened]) }

// Closed is the close date of the register; zero when open or not known.
func (f *Facts) Closed() calendar.Date { return dayOf(f[AttributeClosed]) }

// Always is the open date that the register gives to whatever was there before it began.
var Always = calendar.On(1974, 4, 1)

// dayOf reads a stored day; anything else is not known.
func dayOf(s string) calendar.Date {
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// The two known values of AttributeGPPractice. "" is not known.
const (
	Yes = "yes"
	No  = "no"
)

// ActiveGPPractice tells whether the facts are those of an active GP practice in England:
//
//   - active in the register,
//   - a GP practice by its prescribing setting (setting 4 to 2025, role RO76 since),
//   - in a region of England (national grouping beginning with Y), and
//   - not commissioned from Wales (commissioners 7A…): one Welsh practice carries an English region in 2026.
//
// Source: the register's own columns; checked against the published vintages, in which the rule counts 7,679
// (May 2016), 7,159 (May 2018) and 6,207 (February 2026).
func (f *Facts) ActiveGPPractice() bool {
	return f.Status() == StatusActive &&
		f[AttributeGPPractice] == Yes &&
		strings.HasPrefix(f[AttributeRegion], "Y") &&
		!strings.HasPrefix(f[AttributeCommissioner], "7A")
}

// IsLocalTeam tells whether an area was a local team of NHS England on a day: a code Q70 to Q89 that is open on the
// day by its own open and close dates. An unknown open date counts as open, an unknown close date as not closed.
func IsLocalTeam(area Code, opened, closed, day calendar.Date) bool {
	if len(area) != 3 || !(strings.HasPrefix(string(area), "Q7") || strings.HasPrefix(string(area), "Q8")) {
		return false
	}
	return OpenOn(opened, closed, day)
}

// OpenOn tells whether an organisation with these dates was open on the day; the close date is its last day.
func OpenOn(opened, closed, day calendar.Date) bool {
	if !opened.IsZero() && day.Before(opened) {
		return false
	}
	return closed.IsZero() || !day.After(closed)
}
