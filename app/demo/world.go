package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
)

// world is what the generated cases live in.
type world struct {
	d        *seeder
	register *register
	editions []edition
	days     []calendar.Date // working days, from the first of the demonstration to the last before today
	staff    map[practice.Code]*staff
	surgery  map[practice.Code]*people // those with accounts
	// with and without list the surgeries that have a practice manager with an account, or have not, in the order in
	// which cases take them.
	with, without []*surgery
	leaving       *surgery           // has one case alone, and is taken over by another practice in the end; nil: there is none to spare
	accounts      map[*surgery]bool  // those of with
	skilled       map[string][]int64 // providers by skill
	pots          map[pot]int        // how many cases will need money of a budget
	paid          map[claimKey]payment
	due           map[practice.Code]bool // teams that have approved a claim since they last released payments
}

// staff are the people of a local team.
type staff struct {
	lead, finance, regional account.Actor
	workers                 []account.Actor
}

// people are those of a practice who have accounts.
type people struct{ manager, signatory account.Actor }

// claimKey is a claim by its number within its case.
type claimKey struct {
	id     casework.ID
	number int
}

// payment is where a claim stands in a batch, and who released it.
type payment struct {
	batch    int64
	position int
	by       account.Actor
}

func newWorld(d *seeder) (*world, error) {
	w := &world{d: d, staff: map[practice.Code]*staff{}, surgery: map[practice.Code]*people{}, paid: map[claimKey]payment{}, due: map[practice.Code]bool{}, skilled: map[string][]int64{}, pots: map[pot]int{}, accounts: map[*surgery]bool{}}
	first := calendar.YearOf(d.Today).First().AddMonths(-3)
	if year := d.Today.AddMonths(-12); year.Before(first) {
		first = year
	}
	for day := firstWorkingDay(first); day.Before(d.Today); day = day.AddWorkingDays(1) {
		w.days = append(w.days, day)
	}
	w.register = inventRegister(d.random(1), d.practices())
	var err error
	r := d.random(3)
	w.editions, err = w.register.editions(d.Seed, d.random(2), w.days[0], d.Today)
	for _, s := range w.register.surgeries {
		switch {
		case s.closed != "" || s.team.since.AddMonths(6).After(d.Today): // no case, or hardly time for one
		case r.IntN(8) == 0:
			w.without = append(w.without, s)
		default:
			w.with, w.accounts[s] = append(w.with, s), true
		}
	}
	shuffle(r, w.with)
	shuffle(r, w.without)
	if i := slices.IndexFunc(w.without, func(s *surgery) bool { return s.team.code == "Q72" }); i >= 0 && len(w.without) > 1 {
		w.leaving = w.without[i]
		w.without, w.accounts[w.leaving] = slices.Delete(w.without, i, i+1), true
	}
	return w, err
}

// begin plans what the cases stand on, the cases, and the payment runs.
func (w *world) begin() {
	d := w.d
	for i, e := range w.editions {
		day := w.days[0]
		if i > 0 {
			day = firstWorkingDay(e.asAt.AddDays(2))
		}
		if day.Before(d.Today) {
			d.when(clockTime(day, 7*60), func() { d.read(e) })
		}
	}
	d.when(clockTime(w.days[0], 7*60+30), w.settle)
	w.yearBefore()
	w.stories()
	for _, day := range w.days {
		d.when(clockTime(day, 30), w.night)
		if isPayday(day) {
			d.when(clockTime(day, 15*60), w.pay)
		}
	}
}

// settle adds the people and the providers.
func (w *world) settle() {
	d := w.d
	for _, p := range demoPeople {
		d.add(p)
	}
	regional := map[practice.Code]account.Actor{"Y54": d.people[northFinance]}
	for i := range localTeams {
		t := &localTeams[i]
		if _, ok := regional[t.region]; !ok {
			regional[t.region] = w.employ(string(t.region), "region-"+slug(t.domain), account.FinanceOfficer)
		}
		w.staff[t.code] = w.team(t)
		w.staff[t.code].regional = regional[t.region]
	}
	for _, s := range w.with {
		at := slug(s.name)
		w.surgery[s.code] = &people{w.employ(string(s.code), at, account.PracticeManager), w.employ(string(s.code), at, account.Signatory)}
	}
	if s := w.leaving; s != nil {
		w.surgery[s.code] = &people{w.employ(string(s.code), slug(s.name), account.PracticeManager), w.employ(string(s.code), slug(s.name), account.Signatory)}
	}
	for _, p := range demoProviders {
		if d.err == nil {
			id, err := d.s.AddProvider(d.ctx, d.by(p.by), p.ProviderDetails)
			d.try("add the provider "+p.Name, err)
			for _, skill := range p.skills {
				w.skilled[skill] = append(w.skilled[skill], id)
			}
		}
	}
}

func shuffle[T any](r *rand.Rand, list []T) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// team are the people of a local team: those who are told of by name, and as many more as its cases need.
func (w *world) team(t *localTeam) *staff {
	d, s := w.d, &staff{}
	workers := 3 + d.Cases*t.weight/allWeight/400
	switch t.code {
	case "Q72":
		s.lead, s.finance, s.workers = d.people[lead], d.people[finance], []account.Actor{d.people[caseworker], d.people[caseworker2]}
	case "Q74":
		s.lead, s.workers = d.people[northLead], []account.Actor{d.people[northWorker]}
	case "Q71":
		s.lead = d.people[londonLead]
	}
	if s.lead.ID == 0 {
		s.lead = w.employ(string(t.code), t.domain, account.TeamLead)
	}
	if s.finance.ID == 0 {
		s.finance = w.employ(string(t.code), t.domain, account.FinanceOfficer)
	}
	for len(s.workers) < workers {
		s.workers = append(s.workers, w.employ(string(t.code), t.domain, account.Caseworker))
	}
	return s
}

// employ adds somebody with a role at a place.
func (w *world) employ(place, at string, role account.Role) account.Actor {
	name, email := w.d.names.person(at)
	telephone := fmt.Sprintf("01632 960%03d", w.d.names.r.IntN(1000))
	return w.d.add(demoPerson{name: name, email: email, telephone: telephone, roles: []account.Role{role}, places: []string{place}})
}

// night does what the program does by itself once a day.
func (w *world) night() {
	for _, do := range []func(context.Context) (int, error){w.d.s.LapseOffers, w.d.s.RemindOffers, w.d.s.AskForReceipts, w.d.s.RemindOfRecoveries, w.d.s.EndAgreements, w.d.s.MeetForwards, w.d.s.HandToSuccessors, w.d.s.LookAgain, w.d.s.BeginFollowUps, w.d.s.PassConcerns} {
		for done := 1; done > 0 && w.d.err == nil; {
			n, err := do(w.d.ctx)
			w.d.try("do what a day brings", err)
			done = n
		}
	}
}

// isPayday tells on which days the teams release payments.
func isPayday(day calendar.Date) bool { return day.Weekday() == 2 || day.Weekday() == 4 }

// pay releases what each team has approved. What its own finance officer had a part in, the region's releases.
func (w *world) pay() {
	for i := range localTeams {
		s := w.staff[localTeams[i].code]
		if !w.due[localTeams[i].code] {
			continue
		}
		delete(w.due, localTeams[i].code)
		w.release(localTeams[i].code, s.finance)
		w.release(localTeams[i].code, s.regional)
	}
}

func (w *world) release(team practice.Code, by account.Actor) {
	d := w.d
	if d.err != nil {
		return
	}
	payables, err := d.store.Payables(d.ctx, by)
	d.try("read payments", err)
	var chosen []int64
	var total funding.Pence
	at := map[int64]claimKey{}
	flush := func() {
		if len(chosen) > 0 && d.err == nil {
			w.releaseTogether(team, by, chosen, at)
		}
		chosen, total = nil, 0
	}
	for _, c := range payables {
		key := claimKey{casework.ID(c.Case), c.Number}
		if c.Team != team || c.Refusal(by) != "" || !w.ours(key) {
			continue
		}
		if total+c.Payable() > batchLimit {
			flush()
		}
		total += c.Payable()
		chosen = append(chosen, c.ID)
		at[c.ID] = key
	}
	flush()
}

// batchLimit is less than a finance officer may release in one batch by the rules of any of the years.
const batchLimit funding.Pence = 200_000_00

func (w *world) releaseTogether(team practice.Code, by account.Actor, chosen []int64, at map[int64]claimKey) {
	d := w.d
	id, err := d.s.ReleaseBatch(d.ctx, as(by), team, chosen)
	d.try("release payments", err)
	_, _, err = d.s.BatchFile(d.ctx, as(by), id, funding.Piped, "")
	d.try("download the file of a batch", err)
	b, err := d.store.Batch(d.ctx, by, id)
	d.try("read a batch", err)
	for _, item := range b.Items {
		w.paid[at[item.Claim]] = payment{id, item.Position, by}
	}
}

// ours tells whether a claim is of a generated case, and waits for a payment run.
func (w *world) ours(key claimKey) bool {
	p, ok := w.paid[key]
	return ok && p.batch == 0
}

// here is a practice of the team whose people can sign in.
func (w *world) here(i int) *surgery {
	for {
		if s := w.with[i%len(w.with)]; s.team.code == "Q72" {
			return s
		}
		i++
	}
}

// neighbours are other practices of the same team, for a case of several.
func (w *world) neighbours(r *rand.Rand, s *surgery, n int) []*surgery {
	var found []*surgery
	for i, from := 0, r.IntN(len(w.with)); i < len(w.with) && len(found) < n; i++ {
		if other := w.with[(from+i)%len(w.with)]; other.team == s.team && other != s {
			found = append(found, other)
		}
	}
	return found
}
