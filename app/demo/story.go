package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
)

// story is the life of one generated case: steps on working days after its first. The steps are laid down when it is
// planned, what they say is composed when they happen.
type story struct {
	d         *seeder
	r         *rand.Rand
	home      *surgery
	situation section

	steps []step
	day   int // of the last step so far, in working days from the first
	clock int // of the last step so far, in minutes of the day
	// offered is the day of the first step that needs money; -1: none.
	offered int
	several bool // the offer has more than one line
	rapid   bool // its first line is rapid intervention
	soon    bool // its support begins within two weeks of the offer
	ahead   bool // its last line is in the next year, which has no budget yet
	begins  int  // working days from the first to one on which the support has certainly begun
	next    int  // step to be taken
	first   int  // the place of the first day among the working days of the demonstration

	id     casework.ID
	worker account.Actor
	barred account.PersonID         // who declared an interest; 0: nobody
	claims int                      // made so far
	since  calendar.Date            // the first day of what texts look back on: of the support, then of the time after it; zero: neither is planned
	of     period                   // of the newest claim
	onLine int64                    // the line of that claim
	spoken values                   // the month of a question, for its answer
	rates  map[string]funding.Pence // of a day of a line, by its words
}

// step is what happens on a working day after the first, at a minute of the day.
type step struct {
	day, minute int
	do          func() error
}

// Hours of the day in which people work, in minutes.
const opens, shuts = 8*60 + 25, 17*60 + 35

// then adds a step later on the same day, or on the next one where the day is over.
func (s *story) then(do func() error) {
	s.clock += between(s.r, 7, 150)
	if s.clock > shuts {
		s.day, s.clock = s.day+1, opens+s.r.IntN(120)
	}
	s.steps = append(s.steps, step{s.day, s.clock, do})
}

// after lets working days go by.
func (s *story) after(least, most int) {
	if days := between(s.r, least, most); days > 0 {
		s.day, s.clock = s.day+days, opens+s.r.IntN(300)
	}
}

// stories plans a case for each that the plan asks for beside those told one by one: first one of each aim, then by
// their weights.
func (w *world) stories() {
	n := max(w.d.Cases-featuredCases, 0)
	order := w.d.random(4)
	for i, a := range share(aims, n, order) {
		// The steps are laid down again, the same, when the first is taken: till then the story takes no memory.
		planned := w.story(i, a)
		w.counts(planned)
		w.d.when(planned.at(0), func() { w.tell(w.story(i, a)) })
	}
}

// counts notes which budget the case will need.
func (w *world) counts(s *story) {
	if s.offered >= 0 {
		day := w.days[min(s.first+s.offered, len(w.days)-1)]
		w.pots[pot{s.home.team.code, calendar.YearOf(day), payer(day)}]++
	}
}

// share gives each aim one of n cases, and its part of the others, in an order of chance. What is left over goes to the commonest.
func share(list []aim, n int, r *rand.Rand) []aim {
	var all []aim
	sum, others := 0, max(n-len(list), 0)
	for _, a := range list {
		sum += a.weight
	}
	for _, a := range list {
		for range 1 + a.weight*others/sum {
			all = append(all, a)
		}
	}
	common := slices.Clone(list)
	slices.SortStableFunc(common, func(a, b aim) int { return b.weight - a.weight })
	for i := 0; len(all) < n; i++ {
		all = append(all, common[i%len(common)])
	}
	shuffle(r, all)
	return all
}

// tell takes the next step of a story and plans the one after it.
func (w *world) tell(s *story) {
	d := w.d
	if d.err != nil {
		return
	}
	d.try(fmt.Sprintf("step %d of the case of %s about %s", s.next+1, s.home.name, s.situation.name), s.steps[s.next].do())
	s.steps[s.next].do = nil
	if s.next++; s.next < len(s.steps) {
		d.when(s.at(s.next), func() { w.tell(s) })
	}
}

// at is when a step happens.
func (s *story) at(n int) time.Time {
	return clockTime(s.d.world.days[s.first+s.steps[n].day], s.steps[n].minute)
}

// story lays down the steps of a case and finds its first day.
func (w *world) story(i int, a aim) *story {
	s := &story{d: w.d, r: w.d.random(1000 + uint64(i)), offered: -1, rates: map[string]funding.Pence{}}
	list := w.with
	if a.posted {
		list = w.without
	}
	s.home = list[i%len(list)]
	if a.here {
		s.home = w.here(i)
	}
	if a.leaves && w.leaving != nil {
		s.home = w.leaving
	}
	s.situation = pick(s.r, w.d.situated)
	s.clock = opens + s.r.IntN(420)
	a.tells(s)
	if w.earliest(s) > w.latest(s) && a.name != beforeMoney.name {
		return w.story(i, beforeMoney) // the team or the money came too late for all that
	}
	s.first = w.start(s, a.open)
	return s
}

// latest is the last first day of a story whose last step is before today.
func (w *world) latest(s *story) int { return len(w.days) - 1 - s.day }

// earliest is the first day on which a story may begin: its team is there, and money is given only where there is some.
func (w *world) earliest(s *story) int {
	from := 0
	if since := s.home.team.since; !since.IsZero() {
		from = w.index(firstWorkingDay(since.AddDays(2))) + 1 // when the register with the team was read
	}
	if s.offered >= 0 {
		from = max(from, w.index(w.d.moneyFrom())+1-s.offered)
	}
	return from
}

// start chooses the first day: shortly before the latest, for a case that is open, and otherwise any.
func (w *world) start(s *story, open bool) int {
	last := w.latest(s)
	from := max(min(w.earliest(s), last), 0)
	if open {
		from = max(from, last-between(s.r, 0, 9))
	}
	return max(from, 0) + s.r.IntN(max(last-from, 0)+1)
}

// index is the place of a day among the working days of the demonstration.
func (w *world) index(day calendar.Date) int {
	i, _ := slices.BinarySearchFunc(w.days, day, calendar.Date.Compare)
	return i
}

// today is the day of the step under way.
func (s *story) today() calendar.Date { return calendar.DateOf(s.d.now) }

func (s *story) staff() *staff { return s.d.world.staff[s.home.team.code] }

func (s *story) manager() account.Actor { return s.d.world.surgery[s.home.code].manager }

func as(a account.Actor) service.By { return service.By{Actor: a} }

// on is the case, in whatever version it is.
func (s *story) on() service.On { return service.On{Case: s.id} }

// values are what the texts of the case are filled with: a month to come, and one gone by, which is one of the support once that has begun.
func (s *story) values() values {
	about, today, n := pick(s.r, s.situation.phrases["about"]), s.today(), between(s.r, 2, 6)
	past := today.AddMonths(1 - n)
	if !s.since.IsZero() && !s.since.After(today) {
		past = period{s.since, today}.day(n - 2)
	}
	return values{
		"about": about, "aboutC": capital(about), "place": s.home.town, "patients": numeral(s.home.patients / 100 * 100),
		"month": today.AddMonths(n).Month().String(), "past": past.Month().String(), "day": time.Weekday(between(s.r, 1, 5)).String(),
	}
}

// mostUses is in how many cases a text may stand.
const mostUses = 3

// text composes a text of parts, each from one of the alternatives of the situation or of people, that does not stand in
// three cases already.
func (s *story) text(extra values, parts ...[]string) string {
	var text string
	tries, last := 60, parts[len(parts)-1]
	sort := [2]*string{&parts[0][0], &last[0]}
	if s.d.spent[sort] {
		tries = 2 // there may be another situation to tell of, but few are left
	}
	for range tries {
		v := s.values()
		for name, value := range extra {
			v[name] = value
		}
		var all []string
		for _, p := range parts {
			composed, err := compose(pick(s.r, p), s.r, v)
			s.d.try("compose a text", err)
			all = append(all, composed)
		}
		if text = tidy(strings.Join(all, " ")); s.d.fresh(text) {
			return text
		}
	}
	s.d.spent[sort] = true
	// Where the cases are very many, a text says of which of them it is.
	text += " This is about " + s.home.name + ", case " + strconv.FormatInt(int64(s.id), 10) + ", as at " + s.today().Words() + "."
	return text
}

// fresh notes a use of a text, and tells whether there was room for it.
func (d *seeder) fresh(text string) bool {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	if d.said[h.Sum64()] >= mostUses {
		return false
	}
	d.said[h.Sum64()]++
	return true
}

// own is what the situation has for a purpose, and says what people of a sort have.
func (s *story) own(key string) []string { return s.situation.phrases[key] }

func (s *story) says(who, key string) []string { return s.d.says[who][key] }

// words of a list of codes.
func codes(list []string) []string { return strings.Fields(list[0]) }
