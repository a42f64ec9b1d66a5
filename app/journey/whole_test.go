package journey

import (
	"context"
	"testing"

	"resilience/app/account"
)

// The people who come in with the money.
var (
	signatory = somebody{"Alma Thorne", "alma.thorne@hallowdale-road.example", account.Signatory, []string{"X10001"}}
	finance   = somebody{"Edda Marsh", "edda.marsh@yorkshire.example", account.FinanceOfficer, []string{"Q72"}}
	programme = somebody{"Odo Fenwick", "odo.fenwick@north.example", account.ProgrammeManager, []string{"Y54"}}
)

// troupe is the cast of the whole way, from need to money received.
type troupe struct {
	*cast
	signatory, finance, programme *person
	code, practice                string // of the practice, and its name in the register
	team                          string // how the name of its local team begins
	budget                        string // the page of the budget that pays
	batch                         string // the page of the batch of the payment
}

func (c *troupe) again(t *testing.T) *troupe {
	c.cast.again(t)
	c.signatory.t, c.finance.t, c.programme.t = t, t, t
	return c
}

// step is a part of a walk, which stands in the report of the tests by its name.
type step struct {
	name string
	take func(*troupe)
}

// wholeWay is every step from the money of the year to the end of a case.
var wholeWay = []step{
	{"money for the year", (*troupe).allots},
	{"a provider", (*troupe).addsAProvider},
	{"a request", (*troupe).asks},
	{"assigned and acknowledged", (*troupe).takesOn},
	{"assessed", (*troupe).assesses},
	{"reviewed", (*troupe).reviews},
	{"recommended", (*troupe).recommends},
	{"decided", (*troupe).decides},
	{"the letter", (*troupe).tellsThePractice},
	{"an offer is written", (*troupe).writesTheOffer},
	{"and approved", (*troupe).approvesTheOffer},
	{"and accepted", (*troupe).agreesToTheOffer},
	{"the memorandum", (*troupe).signsTheMemorandum},
	{"a claim", (*troupe).claims},
	{"checked and approved", (*troupe).approvesTheClaim},
	{"released", (*troupe).releases},
	{"paid and received", (*troupe).pays},
	{"closed", (*troupe).closes},
	{"the money agrees", (*troupe).reckons},
	{"the year adds up", (*troupe).sumsUp},
}

// goes takes the steps, and stops where one fails.
func (c *troupe) goes(t *testing.T, steps []step) {
	t.Helper()
	for _, s := range steps {
		if !t.Run(s.name, func(t *testing.T) { s.take(c.again(t)) }) {
			t.Fatalf("the walk stops at: %s", s.name)
		}
	}
	c.again(t)
}

// newTroupe signs everybody in. Those of the money are added to the site first.
func newTroupe(t *testing.T, s *site, requester, signs somebody, practice, team string) *troupe {
	t.Helper()
	for _, one := range []somebody{signs, finance, programme} {
		if err := add(context.Background(), s.service, one, true); err != nil {
			t.Fatal(err)
		}
	}
	return &troupe{
		cast:      &cast{manager: s.signsIn(t, requester), lead: s.signsIn(t, lead), worker: s.signsIn(t, worker)},
		signatory: s.signsIn(t, signs), finance: s.signsIn(t, finance), programme: s.signsIn(t, programme), code: requester.places[0], practice: practice, team: team,
	}
}

// From need to money received: six people take one case from a request to its end, each with their own hands.
func TestFromNeedToMoneyReceived(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		newTroupe(t, s, manager, signatory, "HALLOWDALE ROAD SURGERY", "Yorkshire").goes(t, wholeWay)
	})
}
