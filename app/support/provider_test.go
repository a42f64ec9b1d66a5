package support_test

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/support"
)

func person(roles ...account.Role) account.Actor {
	a := account.Actor{Person: account.Person{ID: 1}}
	for _, r := range roles {
		a.Assignments = append(a.Assignments, account.Assignment{Role: r})
	}
	return a
}

func federation() support.ProviderDetails {
	return support.ProviderDetails{Name: "Coast Federation", Kind: "federation", Contact: "Ida Marsh", Email: "ida@coast.example", Telephone: "01632 960881", Active: true}
}

func TestWhoKeepsTheRegisterOfProviders(t *testing.T) {
	for _, k := range account.Kinds {
		a := person(k.Role)
		keeps := k.Role == account.Caseworker || k.Role == account.TeamLead || k.Role == account.FinanceOfficer
		_, added := support.NewProvider(federation(), false, a)
		p := support.Provider{ID: 1, ProviderDetails: federation(), Version: 1}
		_, changed := p.Change(federation(), 1, false, a)
		if (added == nil) != keeps || (changed == nil) != keeps || support.KeepsProviders(a) != keeps || !keeps && (!fault.IsForbidden(added) || !fault.IsForbidden(changed)) {
			t.Errorf("%s: %v, %v", k.Role, added, changed)
		}
	}
}

func TestWhatAProviderNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*support.ProviderDetails)
		says   string // "": it is fine
	}{
		"all of it":           {func(*support.ProviderDetails) {}, ""},
		"only a name":         {func(d *support.ProviderDetails) { d.Contact, d.Email, d.Telephone = "", "", "" }, ""},
		"no name":             {func(d *support.ProviderDetails) { d.Name = " " }, "name: Enter the name"},
		"a long name":         {func(d *support.ProviderDetails) { d.Name = strings.Repeat("x", 121) }, "120 characters or fewer"},
		"no kind":             {func(d *support.ProviderDetails) { d.Kind = "" }, "kind: Choose"},
		"an unknown kind":     {func(d *support.ProviderDetails) { d.Kind = "charity" }, "kind: Choose"},
		"a sort code":         {func(d *support.ProviderDetails) { d.Contact = "Ida, 20-00-00" }, "contact: Take out what looks like bank details"},
		"an account":          {func(d *support.ProviderDetails) { d.Contact = "Account number on request" }, "bank details"},
		"digits":              {func(d *support.ProviderDetails) { d.Name = "Coast 12345678" }, "name: Take out"},
		"an IBAN":             {func(d *support.ProviderDetails) { d.Contact = "GB29 NWBK 6016" }, "bank details"},
		"a year in the name":  {func(d *support.ProviderDetails) { d.Name = "Coast Federation 2016" }, ""},
		"no address":          {func(d *support.ProviderDetails) { d.Email = "ida" }, "email: Enter an email address"},
		"an address in words": {func(d *support.ProviderDetails) { d.Email = "ida <ida@coast.example>" }, "email: Enter an email address"},
		"no number":           {func(d *support.ProviderDetails) { d.Telephone = "ring me" }, "telephone: Enter a telephone number"},
		"a number abroad":     {func(d *support.ProviderDetails) { d.Telephone = "+44 (0)1632 960881 ext 12" }, ""},
	} {
		d := federation()
		c.change(&d)
		_, err := support.NewProvider(d, false, person(account.Caseworker))
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := support.NewProvider(federation(), true, person(account.Caseworker)); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("a name that is taken: %v", err)
	}
}

func TestAProviderIsTidied(t *testing.T) {
	p, err := support.NewProvider(support.ProviderDetails{Name: "  Coast \t Federation ", Kind: "federation", Email: "Ida@Coast.Example"}, false, person(account.TeamLead))
	if err != nil || p.Name != "Coast Federation" || p.Email != "ida@coast.example" || !p.Active || p.Version != 1 {
		t.Errorf("it is %+v, %v", p, err)
	}
}

func TestAnOlderVersionIsRefused(t *testing.T) {
	p := support.Provider{ID: 4, ProviderDetails: federation(), Version: 3}
	other := federation()
	other.Name = "Another"
	if _, err := p.Change(other, 2, false, person(account.TeamLead)); !fault.IsStale(err) || p.Name != "Coast Federation" {
		t.Errorf("an older version changed it to %q: %v", p.Name, err)
	}
}

// What people are called goes into the words of the event, which are disposed of; that they take no work into what is
// counted.
func TestAChangeSaysWhatChanged(t *testing.T) {
	p := support.Provider{ID: 4, ProviderDetails: federation(), Version: 3}
	next := federation()
	next.Contact, next.Active = "Bea Lorne", false
	event, err := p.Change(next, 3, false, person(account.FinanceOfficer))
	if err != nil || event.Subject.ID != "4" || len(event.Words) != 1 || event.Words["contact"] != "Bea Lorne" {
		t.Fatalf("the event is %+v, %v", event, err)
	}
	if len(event.Changes) != 1 || event.Changes[0].Attribute != "active" || *event.Changes[0].Before != "true" || *event.Changes[0].After != "false" {
		t.Errorf("it counts %+v", event.Changes)
	}
}
