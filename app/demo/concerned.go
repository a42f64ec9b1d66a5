package demo

import (
	"strconv"

	"resilience/app/account"
	"resilience/app/casework"
)

// concern raises a concern about the first line of the support that has a provider, as the practice or as the caseworker. What it is about
// is the name of its texts too.
func (s *story) concern(kind casework.ConcernKind, severity casework.Severity, ofPractice bool) {
	s.then(func() error {
		by := s.worker
		if ofPractice {
			by = s.manager()
		}
		in := casework.Concerning{Kind: kind, Severity: severity, Words: s.text(nil, s.says("concern", string(kind))), Wish: s.text(nil, s.says("concern", "wish"))}
		file, err := s.d.s.Concerns(s.d.ctx, as(by), s.id)
		if err != nil {
			return err
		}
		for _, l := range file.Lines {
			if l.Provider != 0 && in.Line == "" && kind != casework.ConcernHandling {
				in.Line = strconv.FormatInt(l.ID, 10)
			}
		}
		return s.d.s.RaiseConcern(s.d.ctx, as(by), s.on(), in)
	})
}

// concernAnswered is an answer by somebody to the only concern of the case.
func (s *story) concernAnswered(by func() account.Actor, outcome casework.ConcernOutcome) {
	s.then(func() error {
		return s.d.s.AnswerConcern(s.d.ctx, as(by()), s.on(), 1, outcome, s.text(nil, s.says("concern", string(outcome))))
	})
}

func (s *story) concernEscalated(by func() account.Actor, why string) {
	s.then(func() error {
		return s.d.s.EscalateConcern(s.d.ctx, as(by()), s.on(), 1, s.text(nil, s.says("concern", why)))
	})
}

func (s *story) concernContested() {
	s.then(func() error {
		return s.d.s.ContestConcern(s.d.ctx, as(s.manager()), s.on(), 1, s.text(nil, s.says("concern", "contested")))
	})
}

func (s *story) concernWithdrawn() {
	s.then(func() error {
		return s.d.s.WithdrawConcern(s.d.ctx, as(s.manager()), s.on(), 1, s.text(nil, s.says("concern", "withdrawn")))
	})
}

// theWorker, theLead and theNation are who answers and hands on a concern.
func (s *story) theWorker() account.Actor { return s.worker }
func (s *story) theLead() account.Actor   { return s.staff().lead }
func (s *story) theNation() account.Actor { return s.d.people[nation] }
