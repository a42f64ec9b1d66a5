package service_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/ruleset"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// Whatever many people try with money at once, in whatever order, on one server or on two: what must always hold of money, of four eyes
// and of memoranda holds after each of their acts, and at every moment at which somebody else looks. It goes on, but not for ever, until
// every act was done by somebody and money went every way, so that nothing is left out unnoticed.
func TestRandomMoneyByManyAtOnce(t *testing.T) {
	all := tally{map[string]int{}, map[string]int{}, map[string]string{}}
	flows := map[funding.Flow]bool{}
	missing := []string{"everything"}
	for seed := uint64(0); len(missing) > 0 && seed < 40 || seed < 2; seed++ {
		c := gather(t, seed, all)
		for _, days := range c.times {
			c.day, c.last = days.first, days.last
			c.work(days.tries)
		}
		c.prove(t)
		if testing.Short() {
			return // one round is too short for all of them
		}
		maps.Copy(flows, c.books.flows)
		missing = all.missing(flows)
	}
	for _, name := range slices.Sorted(maps.Keys(all.tried)) {
		t.Logf("%4d of %4d: %s", all.done[name], all.tried[name], name)
	}
	for _, what := range missing {
		t.Error(what)
	}
}

// missing says what nobody ever did.
func (a tally) missing(flows map[funding.Flow]bool) (list []string) {
	for _, act := range crowdActs {
		if a.done[act.name] == 0 {
			list = append(list, fmt.Sprintf("nobody ever got through with: %s (%d tries; the last was refused: %s)", act.name, a.tried[act.name], a.refused[act.name]))
		}
	}
	for _, f := range funding.Flows() {
		if !flows[f] {
			list = append(list, fmt.Sprintf("money never went from %s to %s as %q", f.From, f.To, f.Kind))
		}
	}
	return list
}

// Every use case that can move money is among the acts.
func TestEveryUseCaseThatMovesMoneyIsTriedByMany(t *testing.T) {
	called := map[string]bool{}
	for _, f := range files(t, func(name string) bool { return name == "crowdacts_test.go" }) {
		maps.Copy(called, calls(f))
	}
	for _, name := range movers(t) {
		if !called[name] {
			t.Errorf("%s can move money, and none of the many tries it", name)
		}
	}
}

// tally counts, by act, how often it was tried and done, and has why it was refused last.
type tally struct {
	tried, done map[string]int
	refused     map[string]string
}

// span is a time of a round: the days on which it goes on, and how often each of the people tries something.
type span struct {
	first, last calendar.Date
	tries       int
}

// crowd is many people at work in one world.
type crowd struct {
	servers []*servicetest.World
	seed    uint64
	times   []span
	auditor account.Actor
	people  map[string]service.By
	all     []string // their names, in a fixed order
	cases   []casework.ID
	books   *ledger

	midnight sync.RWMutex // held by who acts, and alone by the day that begins
	lock     sync.Mutex
	tally
	day, last calendar.Date
	steps     []string // what was done so far, by whom
	failure   error
	number    int // of remittances
	files     map[casework.ID]caseFile
}

// The people by what they can do for a case of a team. Most have more roles than one, so that only the rules stand in their way, and
// "colleague" belongs to a practice too.
var (
	crowdPractice = map[string][]string{servicetest.Own: {"pm", "signatory", "pm member", "colleague"}, servicetest.Other: {"pm other", "sig other"}}
	crowdTeam     = map[string][]string{servicetest.Own: {"holder", "colleague", "lead", "finance", "fin other", "for the lead"}, servicetest.Other: {"cw other", "lead other", "fin other"}}
	crowdRegion   = []string{"region", "reg other", "nation", "nation two"}
)

// gather makes a world with cases at every stage at which money moves, and people who may do much.
func gather(t *testing.T, seed uint64, all tally) *crowd {
	t.Helper()
	c := &crowd{
		seed: seed, people: map[string]service.By{}, tally: all, books: newLedger(), files: map[casework.ID]caseFile{},
		times: []span{
			{servicetest.Day, calendar.MustParse("2017-02-28"), 120}, {calendar.MustParse("2017-03-01"), calendar.MustParse("2017-03-31"), 60},
			{calendar.MustParse("2017-04-03"), calendar.MustParse("2017-04-28"), 80},
		},
	}
	if os.Getenv("RESILIENCE_TEST_ENGINE") == "postgres" {
		c.servers = servicetest.Servers(t, 2)
	} else {
		c.servers = []*servicetest.World{servicetest.Make(t)}
	}
	w := c.servers[0]
	c.auditor = w.By("auditor").Actor
	at := func(place account.Place, code string, roles ...account.Role) (list []account.Assignment) {
		for _, r := range roles {
			list = append(list, account.Assignment{Role: r, Place: place, Code: code})
		}
		return list
	}
	team := []account.Role{account.TeamLead, account.Caseworker, account.FinanceOfficer}
	more := map[string][]account.Assignment{
		"holder": at(account.AtArea, servicetest.Own, team...), "lead": at(account.AtArea, servicetest.Own, team...), "finance": at(account.AtArea, servicetest.Own, team[0], team[2]),
		"colleague": slices.Concat(at(account.AtArea, servicetest.Own, team...), at(account.AtPractice, string(servicetest.Marigold), account.PracticeManager, account.Signatory)),
		"pm member": at(account.AtPractice, string(servicetest.Teasel), account.PracticeManager, account.Signatory),
		"cw other":  at(account.AtArea, servicetest.Other, team...), "lead other": at(account.AtArea, servicetest.Other, team...),
		"fin other": slices.Concat(at(account.AtArea, servicetest.Other, team[2]), at(account.AtArea, servicetest.Own, team[2])),
	}
	for _, names := range [][]string{crowdPractice[servicetest.Own], crowdPractice[servicetest.Other], crowdTeam[servicetest.Own], crowdTeam[servicetest.Other], crowdRegion} {
		for _, name := range names {
			if name == "for the lead" {
				continue
			}
			by := w.By(name)
			if roles := more[name]; roles != nil {
				by.Actor.Assignments = roles
			}
			c.people[name] = by
		}
	}
	c.prepare(t, w)
	c.people["for the lead"] = w.For("finance", w.Cover("lead", "finance"))
	c.all = slices.Sorted(maps.Keys(c.people))
	must(t, c.watch(w))
	return c
}

// prepare gives the team Other money and a case, brings more cases of the team Own to support, and lowers the amounts above which two approve.
func (c *crowd) prepare(t *testing.T, w *servicetest.World) {
	t.Helper()
	ctx, s := t.Context(), w.Service
	publish(t, w, 2016, ruleset.Settings, casework.SecondForClaim, "4000")
	publish(t, w, 2016, ruleset.Settings, casework.SecondForOffer, "15000")
	must(t, importLists(ctx, s))
	id, err := s.EnterAllocation(ctx, w.By("reg other"), service.NewAllocation{Year: 2016, Team: servicetest.Other, Source: "gprp", Amount: 60_000_00, Reason: "The share of the year."})
	must(t, err)
	must(t, s.ApproveAllocation(ctx, w.By("fin other"), id, false))
	foreign, cw := toSupport(t, w, servicetest.Quillwort, "cw other", "lead other"), w.By("cw other")
	must(t, s.SendLetter(ctx, w.By("holder"), w.On("decided"), casework.Posting{}))
	must(t, s.Decide(ctx, w.By("lead"), w.On("recommended"), casework.Verdicting{Outcome: casework.ForSupport, Codes: []string{"workforce"}, Reasons: "We can help you in time.", NoInterest: true}))
	must(t, s.SendLetter(ctx, w.By("holder"), w.On("recommended"), casework.Posting{}))
	for _, one := range []struct {
		id casework.ID
		by service.By
	}{{foreign, cw}, {w.Case("decided"), w.By("holder")}, {w.Case("recommended"), w.By("holder")}} {
		for _, l := range []support.Line{servicetest.RapidLine(6_000_00, ""), servicetest.InvoiceLine(2_000_00, 400_00, "")} {
			must(t, s.AddLine(ctx, one.by, one.id, casework.LineInput{Line: l}))
		}
	}
	must(t, s.AddLine(ctx, w.By("holder"), w.Case("decided"), casework.LineInput{Line: nextYear(3_000_00)}))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("decided")))
	must(t, s.SendOffer(ctx, w.By("holder"), w.On("offerapproved"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	for _, name := range []string{"decided", "recommended", "supported", "offerdraft", "offerapproved", "offered", "accepted", "proposed", "delivery", "claimed", "checked", "approved", "released", "paid", "received", "closed"} {
		c.cases = append(c.cases, w.Case(name))
	}
	c.cases = append(c.cases, foreign)
}

// toSupport opens a case of a practice, and takes it to a decision to support, of which the practice is told.
func toSupport(t testing.TB, w *servicetest.World, code practice.Code, caseworker, teamLead string) casework.ID {
	t.Helper()
	ctx, s, cw, lead := t.Context(), w.Service, w.By(caseworker), w.By(teamLead)
	id, err := s.OpenCase(ctx, cw, code, casework.Opening{Route: casework.Routes[1], Reason: "Said to be in trouble."})
	must(t, err)
	on := service.On{Case: id}
	must(t, s.Acknowledge(ctx, cw, on, ""))
	must(t, s.BeginAssessment(ctx, cw, on))
	must(t, s.Assess(ctx, cw, id, casework.Assessing{Findings: servicetest.Findings(), Version: 1, Complete: true}))
	must(t, s.ReviewAssessment(ctx, lead, on, servicetest.Agreed))
	must(t, s.Recommend(ctx, cw, on, casework.Verdicting{Outcome: casework.ForSupport, Reasons: "They can be helped.", NoInterest: true}))
	must(t, s.Decide(ctx, lead, on, casework.Verdicting{Outcome: casework.ForSupport, Codes: []string{"workforce"}, Reasons: "We can help you in time.", NoInterest: true}))
	must(t, s.SendLetter(ctx, cw, on, casework.Posting{}))
	return id
}

// work lets six of them try as often as that at once, while somebody looks at the books all the time.
func (c *crowd) work(tries int) {
	var workers, watching sync.WaitGroup
	stop := make(chan struct{})
	month := uint64(c.day.Month()) // read before the first of them lets days go by
	for i := range 6 {
		w := c.servers[i%len(c.servers)]
		r := rand.New(rand.NewPCG(c.seed, uint64(i)<<32|month))
		workers.Go(func() {
			for range tries {
				if c.failed() {
					return
				}
				c.try(w, r)
			}
		})
	}
	watching.Go(func() {
		for !c.failed() {
			select {
			case <-stop:
				return
			case <-time.After(250 * time.Millisecond):
				c.note(c.watch(c.servers[len(c.servers)-1]))
			}
		}
	})
	workers.Wait()
	close(stop)
	watching.Wait()
}

// note keeps the first failure.
func (c *crowd) note(err error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if err != nil && c.failure == nil {
		c.failure = fmt.Errorf("%w, after:\n%s", err, strings.Join(c.steps[max(0, len(c.steps)-40):], "\n"))
	}
}

func (c *crowd) failed() bool {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.failure != nil
}

// prove proves all of it in the end.
func (c *crowd) prove(t *testing.T) {
	t.Helper()
	c.note(c.watch(c.servers[0]))
	if c.failure != nil {
		t.Fatalf("seed %d: %v", c.seed, c.failure)
	}
}

// today takes the day as it is.
func (x *attempt) today() {
	x.lock.Lock()
	defer x.lock.Unlock()
	x.day, x.s = x.crowd.day, onDay(x.w, x.crowd.day)
}

// whyNot is a reason for whatever needs one.
const whyNot = "We have talked about it."

// try has one person try one act, whether it is allowed or not, and looks at the books if it was done.
func (c *crowd) try(w *servicetest.World, r *rand.Rand) {
	x := &attempt{crowd: c, ctx: context.Background(), w: w, r: r}
	x.today()
	act := x.which()
	if act.name == goesBy { // all of them live on the same day
		c.midnight.Lock()
		defer c.midnight.Unlock()
	} else {
		c.midnight.RLock()
		defer c.midnight.RUnlock()
	}
	x.today()
	err := act.do(x)
	if errors.Is(err, errNothing) {
		return
	}
	c.lock.Lock()
	c.tried[act.name]++
	if err != nil {
		c.refused[act.name] = err.Error()
	} else {
		c.done[act.name]++
		c.steps = append(c.steps, fmt.Sprintf("%s %s: %s, case %d", x.day, x.by.Actor.Name, act.name, x.id))
	}
	c.lock.Unlock()
	switch {
	case err == nil:
		err = c.look(w, x.id)
	case isRefusal(err):
		return
	}
	if err != nil {
		c.note(fmt.Errorf("%s by %s, case %d: %w", act.name, x.by.Actor.Name, x.id, err))
	}
}

// isRefusal tells whether somebody is told that they may not do something, or not now; anything else went wrong.
func isRefusal(err error) bool {
	_, invalid := fault.AsInvalid(err)
	return (invalid || fault.IsForbidden(err) || fault.IsNotFound(err) || isConflict(err)) && !strings.Contains(err.Error(), "went wrong on our side")
}
