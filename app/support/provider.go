package support

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/fault"
)

// ProviderKind is what sort of body gives help. The code is what the database holds.
type ProviderKind string

// ProviderKinds lists them with their names, in the order in which people choose.
var ProviderKinds = []struct {
	Kind ProviderKind
	Name string
}{
	{"resilience_team", "Local resilience team"}, {"practice", "Practice"}, {"federation", "GP federation or network"}, {"lmc", "Local medical committee"},
	{"college", "Royal college"}, {"csu", "Commissioning support unit"}, {"consultancy", "Consultancy"}, {"other", "Other"},
}

// Name is the kind as people say it.
func (k ProviderKind) Name() string {
	for _, one := range ProviderKinds {
		if one.Kind == k {
			return one.Name
		}
	}
	return string(k)
}

// Provider is somebody who gives help to practices, free or for money. How they are paid is never held here.
type Provider struct {
	ID int64 // 0 until stored
	ProviderDetails
	Version int64
}

// ProviderDetails are what people say of a provider.
type ProviderDetails struct {
	Name      string
	Kind      ProviderKind
	Contact   string // name of a person, or of a desk
	Email     string
	Telephone string
	// Active tells whether they take new work. A provider who does not stays with the work that they have.
	Active bool
}

// writesProviders are the roles that keep the register of providers, of whatever team.
var writesProviders = []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer}

// KeepsProviders tells whether the actor may add and change providers.
func KeepsProviders(a account.Actor) bool { return a.Has(writesProviders...) }

func mayKeep(a account.Actor) error {
	if !KeepsProviders(a) {
		return fault.Forbidden{Reason: "Only a caseworker, a team lead or a finance officer keeps the register of providers"}
	}
	return nil
}

// NewProvider makes a provider that takes work. taken tells whether another has that name.
func NewProvider(d ProviderDetails, taken bool, a account.Actor) (Provider, error) {
	if err := mayKeep(a); err != nil {
		return Provider{}, err
	}
	d = d.tidy()
	d.Active = true
	return Provider{ProviderDetails: d, Version: 1}, d.check(taken)
}

// Added is the event of a provider that has its number.
func (p Provider) Added() audit.Event {
	e := p.event("provider added")
	p.changes(&e, ProviderDetails{})
	return e
}

// Change replaces what is said of the provider, in the version that the person read.
func (p *Provider) Change(d ProviderDetails, version int64, taken bool, a account.Actor) (audit.Event, error) {
	if err := mayKeep(a); err != nil {
		return audit.Event{}, err
	}
	if version != p.Version {
		return audit.Event{}, fault.Conflict{Reason: "Somebody else changed this provider while you were working on it", Stale: true}
	}
	d = d.tidy()
	if err := d.check(taken); err != nil {
		return audit.Event{}, err
	}
	before := p.ProviderDetails
	p.ProviderDetails = d
	e := p.event("provider changed")
	p.changes(&e, before)
	return e, nil
}

func (p Provider) event(act string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "provider", ID: audit.Integer(p.ID)}, Audience: audit.ForTeam, Words: map[string]string{}}
}

// changes notes what is another than before. Names and addresses are words, so that they go when the event's words go.
func (p Provider) changes(e *audit.Event, before ProviderDetails) {
	if before.Name == "" {
		e.Changed("active", "", audit.Flag(p.Active))
	} else {
		e.Changed("active", audit.Flag(before.Active), audit.Flag(p.Active))
	}
	for _, one := range []struct{ name, before, after string }{
		{"name", before.Name, p.Name}, {"kind", string(before.Kind), string(p.Kind)}, {"contact", before.Contact, p.Contact},
		{"email", before.Email, p.Email}, {"telephone", before.Telephone, p.Telephone},
	} {
		if one.before != one.after {
			e.Words[one.name] = one.after
		}
	}
}

func (d ProviderDetails) tidy() ProviderDetails {
	tidy := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return ProviderDetails{tidy(d.Name), d.Kind, tidy(d.Contact), strings.ToLower(tidy(d.Email)), tidy(d.Telephone), d.Active}
}

// longestOfProvider is in characters.
const longestOfProvider = 120

var telephone = regexp.MustCompile(`^\+?[0-9][0-9 ()-]{6,}[0-9](?: ?(?:x|ext\.?) ?[0-9]+)?$`)

func (d ProviderDetails) check(taken bool) error {
	var wrong fault.Invalid
	texts := []struct{ field, value, name string }{{"name", d.Name, "name"}, {"contact", d.Contact, "contact"}}
	if d.Name == "" {
		wrong.Add("name", "Enter the name of the provider")
	} else if taken {
		wrong.Add("name", "There is a provider with this name already")
	}
	for _, one := range texts {
		if utf8.RuneCountInString(one.value) > longestOfProvider {
			wrong.Add(one.field, "The %s must be %d characters or fewer", one.name, longestOfProvider)
		} else if fault.NamesBankDetails(one.value) {
			wrong.Add(one.field, fault.NoBankDetails)
		}
		if one.field == "name" && !slices.ContainsFunc(ProviderKinds, func(k struct {
			Kind ProviderKind
			Name string
		}) bool {
			return k.Kind == d.Kind
		}) {
			wrong.Add("kind", "Choose what kind of provider it is")
		}
	}
	if address, err := mail.ParseAddress(d.Email); d.Email != "" && (err != nil || address.Address != d.Email || len(d.Email) > longestOfProvider) {
		wrong.Add("email", "Enter an email address in the correct format, such as name@example.org")
	}
	if d.Telephone != "" && (!telephone.MatchString(d.Telephone) || len(d.Telephone) > 40) {
		wrong.Add("telephone", "Enter a telephone number, such as 01632 960001 or 07700 900 982")
	}
	return wrong.Err()
}

// ProviderList is one page of the register of providers.
type ProviderList struct {
	Rows  []Provider
	Total int
	Page  int // from 1
}

// ProvidersPage is how many providers a page lists.
const ProvidersPage = 25

// Pages is how many pages there are, at least one.
func (l ProviderList) Pages() int { return max(1, (l.Total+ProvidersPage-1)/ProvidersPage) }
