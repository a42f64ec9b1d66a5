package servicetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/service"
)

// builder makes the world with the use cases that people use. The first error stops it.
type builder struct {
	service *service.Service
	ctx     context.Context
	actors  map[string]account.Actor
	err     error
}

func (b *builder) note(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

func (b *builder) build() {
	b.peopled()
	if b.err == nil {
		b.cases()
	}
	b.federation()
}

// peopled makes the register and the people.
func (b *builder) peopled() {
	_, err := b.service.ImportPractices(b.ctx, service.By{Actor: account.Operator}, service.RegisterFile{
		Name: "invented.csv", Content: strings.NewReader(Register()), AsAt: calendar.MustParse("2016-12-30"),
	})
	b.note(err)
	b.people()
}

// federation makes number 1, to which the practices of Own belong: Marigold by membership 1, Teasel by membership 2.
func (b *builder) federation() {
	id, err := b.service.AddFederation(b.ctx, b.by("lead"), practice.FederationDetails{Name: "Dale Network", Kind: "network"})
	b.note(err)
	for _, code := range []practice.Code{Marigold, Teasel} {
		b.note(b.service.AddMember(b.ctx, b.by("lead"), practice.Membership{Federation: id, Practice: code, From: calendar.MustParse("2016-04-01")}))
	}
}

func (b *builder) people() {
	b.actors = map[string]account.Actor{}
	var names []string
	for name := range People {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p := People[name]
		id, err := b.service.AddPerson(b.ctx, service.By{Actor: account.Operator}, service.NewPerson{
			Name: p.Name, Email: p.Email, Telephone: "01632 960002", Password: Password, Final: true,
			Roles: []service.NewRole{{Role: p.Role, Place: p.Place, From: calendar.MustParse("2016-04-01")}},
		})
		b.note(err)
		b.actors[name] = account.Actor{
			Person:      account.Person{ID: id, Name: p.Name, Email: p.Email, PasswordSet: true, Active: true},
			Assignments: []account.Assignment{{Role: p.Role, Place: placeOf(p), Code: p.Place}},
		}
	}
}

func placeOf(p Person) account.Place {
	switch {
	case p.Place == "":
		return account.Everywhere
	case strings.HasPrefix(p.Place, "X"):
		return account.AtPractice
	case strings.HasPrefix(p.Place, "Y"):
		return account.AtRegion
	}
	return account.AtArea
}

func (b *builder) by(name string) service.By { return service.By{Actor: b.actors[name]} }

// on is the case as it is now.
func (b *builder) on(id casework.ID, who string) service.On {
	f, err := b.service.Case(b.ctx, b.by(who), id)
	b.note(err)
	if err != nil {
		return service.On{Case: id}
	}
	return service.On{Case: id, Version: f.Version}
}

// request makes a draft of a practice with a text, and with a second practice where one is given.
func (b *builder) request(who string, code practice.Code, problem string, others ...practice.Code) casework.ID {
	id, err := b.service.BeginRequest(b.ctx, b.by(who), code)
	b.note(err)
	for _, other := range others {
		b.note(b.service.AddPractice(b.ctx, b.by(who), id, other))
	}
	b.note(b.service.SaveRequest(b.ctx, b.by(who), b.on(id, who), Answers(problem)))
	return id
}

// Answers is a complete request.
func Answers(problem string) casework.Request {
	return casework.Request{Problem: "Two partners leave in March. " + problem, Needs: []string{"hr", "staffing"}, Menu: []string{"coaching"}, Success: "Every session is filled again."}
}

func (b *builder) sent(problem string) casework.ID {
	id := b.request("pm", Marigold, problem, Teasel)
	b.note(b.service.SendRequest(b.ctx, b.by("pm"), b.on(id, "pm")))
	return id
}

func (b *builder) assigned(problem string) casework.ID {
	id := b.sent(problem)
	b.note(b.service.Assign(b.ctx, b.by("lead"), b.on(id, "lead"), b.actors["holder"].ID))
	return id
}

func (b *builder) triaged(problem string) casework.ID {
	id := b.assigned(problem)
	b.note(b.service.Acknowledge(b.ctx, b.by("holder"), b.on(id, "holder"), "We have your request."))
	b.note(b.service.AddNote(b.ctx, b.by("holder"), id, casework.Note{Audience: internal, Body: "Rang the CCG. " + MarkInternal}))
	return id
}

// cases makes them in the order of Cases.
func (b *builder) cases() {
	review := Day.AddDays(30)
	ids := []casework.ID{b.request("pm", Marigold, MarkDraft), b.sent(MarkProblem), b.assigned(MarkProblem), b.triaged(MarkProblem)}
	held := b.triaged(MarkProblem)
	b.note(b.service.Hold(b.ctx, b.by("holder"), b.on(held, "holder"), "The partners meet in February.", review))
	asked := b.triaged(MarkProblem)
	b.note(b.service.AskForInformation(b.ctx, b.by("holder"), b.on(asked, "holder"), "How many sessions are not filled?", review))
	untold, err := b.service.OpenCase(b.ctx, b.by("holder"), Marigold, casework.Opening{Route: casework.ByLMC, Reason: "The LMC is worried. " + MarkUntold})
	b.note(err)
	foreign := b.request("pm other", Quillwort, MarkForeign)
	b.note(b.service.SendRequest(b.ctx, b.by("pm other"), b.on(foreign, "pm other")))
	withdrawn := b.sent(MarkProblem)
	b.note(b.service.Withdraw(b.ctx, b.by("pm"), b.on(withdrawn, "pm"), "We found help elsewhere."))
	ids = append(ids, held, asked, untold, foreign, withdrawn)
	ids = append(ids, b.fromAssessment()...)
	ids = append(ids, b.fromOffer()...)
	ids = append(ids, b.fromClaim()...)
	ids = append(ids, b.unreviewed(), b.told(casework.ForReserve), b.reviewAsked())
	b.waiting()
	b.rules()
	for i, id := range ids {
		if id != casework.ID(i+1) {
			b.note(fmt.Errorf("the case %q has the number %d", Cases[i], id))
		}
	}
}
