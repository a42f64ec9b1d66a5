package service_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// Whatever people try, in whatever order: nobody reviews what they wrote, decides what they recommended, reviews or
// promotes what they decided or recommended, and nobody with an interest does any of it.
func TestNobodyActsTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := servicetest.Make(t)
		c := chaos{World: w, t: rt, id: w.Case(rapid.SampledFrom([]string{"unreviewed", "assessed", "recommended", "reserve", "reviewasked"}).Draw(rt, "case"))}
		// Every one of them may do anything that a team does, so that only the person stands in the way.
		for _, name := range []string{"holder", "colleague", "lead"} {
			by := w.By(name)
			by.Actor.Assignments = []account.Assignment{
				{Role: account.TeamLead, Place: account.AtArea, Code: servicetest.Own}, {Role: account.Caseworker, Place: account.AtArea, Code: servicetest.Own},
			}
			c.people = append(c.people, by)
		}
		c.standIns = map[account.PersonID]map[account.PersonID]bool{}
		for i, by := range c.people { // each of them can stand in for the next one too
			by.Actor.For = c.people[(i+1)%3].Actor.Person
			c.people = append(c.people, by)
		}
		for range rapid.IntRange(5, 30).Draw(rt, "steps") {
			c.tries()
		}
		c.check()
	})
}

type chaos struct {
	*servicetest.World
	t      *rapid.T
	id     casework.ID
	people []service.By
	barred []account.PersonID
	// standIns are who did something in the case for whom, both ways.
	standIns map[account.PersonID]map[account.PersonID]bool
}

// one tells whether two people count as one in the case as far as the record was read.
func (c *chaos) one(a, b account.PersonID) bool {
	seen, next := map[account.PersonID]bool{a: true}, []account.PersonID{a}
	for len(next) > 0 {
		for other := range c.standIns[next[0]] {
			if !seen[other] {
				seen[other] = true
				next = append(next, other)
			}
		}
		next = next[1:]
	}
	return seen[b]
}

// stood notes that somebody acted for another person.
func (c *chaos) stood(a, b account.PersonID) {
	for _, pair := range [][2]account.PersonID{{a, b}, {b, a}} {
		if c.standIns[pair[0]] == nil {
			c.standIns[pair[0]] = map[account.PersonID]bool{}
		}
		c.standIns[pair[0]][pair[1]] = true
	}
}

// tries takes one step by one person, whether it is allowed or not. A person with an interest never gets through.
func (c *chaos) tries() {
	ctx, s := context.Background(), c.Service
	by := rapid.SampledFrom(c.people).Draw(c.t, "person")
	f, err := s.Case(ctx, by, c.id)
	if err != nil {
		c.t.Fatal(err)
	}
	on := service.On{Case: c.id, Version: f.Version}
	verdict := rapid.SampledFrom(casework.Verdicts).Draw(c.t, "verdict")
	act := rapid.SampledFrom([]casework.Act{
		casework.BeginAssessment, casework.Assess, casework.ReviewAssessment, casework.Recommend, casework.Return, casework.Decide, casework.SendLetter,
		casework.PromoteReserve, casework.AskReview, casework.UpholdDecision, casework.ReopenDecision, casework.DeclareInterest, casework.ApproveOffer, casework.CancelOffer,
	}).Draw(c.t, "act")
	switch act {
	case casework.BeginAssessment:
		err = s.BeginAssessment(ctx, by, on)
	case casework.Assess:
		a, found := s.Assessment(ctx, by, c.id, 0)
		if found != nil || a.Assessment == nil {
			return
		}
		err = s.Assess(ctx, by, c.id, casework.Assessing{Findings: servicetest.Findings(), Version: a.Assessment.Version, Complete: true})
	case casework.ReviewAssessment:
		err = s.ReviewAssessment(ctx, by, on, servicetest.Agreed)
	case casework.Recommend:
		err = s.Recommend(ctx, by, on, told(verdict, "So."))
	case casework.Return:
		err = s.ReturnRecommendation(ctx, by, on, "Again.")
	case casework.Decide:
		err = s.Decide(ctx, by, on, told(verdict, "So."))
	case casework.SendLetter:
		err = s.SendLetter(ctx, by, on, casework.Posting{})
	case casework.PromoteReserve:
		err = s.Promote(ctx, by, on, answered("So."))
	case casework.AskReview:
		err = s.AskForReview(ctx, by, on, "So.")
	case casework.UpholdDecision, casework.ReopenDecision:
		err = s.SettleReview(ctx, by, on, act, answered("So."))
	case casework.DeclareInterest:
		if err = s.DeclareInterest(ctx, by, on, "I worked there."); err == nil {
			c.barred = append(c.barred, by.Actor.ID)
		}
		return
	case casework.ApproveOffer:
		err = s.ApproveOffer(ctx, by, on)
	case casework.CancelOffer:
		err = s.CancelOffer(ctx, by, on, "So.")
	}
	mayAll := []casework.Act{casework.BeginAssessment, casework.Assess, casework.SendLetter, casework.AskReview}
	if err == nil && (slices.Contains(c.barred, by.Actor.ID) || slices.Contains(c.barred, by.Actor.For.ID)) && !slices.Contains(mayAll, act) {
		c.t.Fatalf("person %d has an interest and did: %s", by.Actor.ID, act)
	}
}

// check reads the record of the case from its beginning, and looks whether somebody did two things that belong to two.
func (c *chaos) check() {
	f, err := c.Service.Case(context.Background(), c.By("auditor"), c.id)
	if err != nil {
		c.t.Fatal(err)
	}
	var writers []account.PersonID
	var recommender, decider account.PersonID
	slices.Reverse(f.Timeline)
	for _, e := range f.Timeline {
		who := e.PersonID
		for _, p := range c.people {
			if e.Words["on behalf of"] == p.Actor.Name {
				c.stood(who, p.Actor.ID)
			}
		}
		not := func(others ...account.PersonID) {
			if slices.ContainsFunc(others, func(other account.PersonID) bool { return other != 0 && c.one(other, who) }) {
				c.t.Fatalf("%s: person %d took a part before (%v)", e.Act, who, others)
			}
		}
		switch e.Act {
		case "assessment begun":
			writers = nil
		case "assessment changed", "assessment completed":
			writers = append(writers, who)
		case "assessment reviewed", "assessment returned":
			not(writers...)
		case "recommendation made":
			recommender = who
		case "decision made":
			not(recommender)
			decider = who
		case "decision upheld", "decision reopened":
			not(recommender, decider)
		case "case promoted":
			not(recommender)
		}
	}
}
