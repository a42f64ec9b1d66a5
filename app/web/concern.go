package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/support"
	"resilience/views/part"
	views "resilience/views/support"
)

// concernActs are the acts on the concerns about the support of a case.
func (a *app) concernActs() []act {
	raisers := append([]account.Role{account.PracticeManager, account.Signatory}, teamRoles...)
	return []act{
		{
			act: casework.RaiseConcern, noun: paths.ConcernStart, roles: raisers, section: paths.ConcernsSection,
			title: "Raise a concern about the support", button: "Raise the concern", done: "The concern is raised. You find the answer here.",
			intro: "Say here where the support does not go well. If somebody is in danger now, use the procedures of your practice or team for that and do not wait for an answer here.",
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				file, err := a.service.Concerns(r.Request().Context(), r.by(), f.ID)
				return views.ConcernFields(views.ConcernForm{Lines: file.Lines, Kind: form.Kind, Line: form.Line, Words: form.Words, Severity: form.Severity, Wish: form.Wish, Errors: errors}), err
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.RaiseConcern(r.Request().Context(), by, on, casework.Concerning{
					Kind: casework.ConcernKind(form.Kind), Severity: casework.Severity(form.Severity), Line: form.Line, Words: form.Words, Wish: form.Wish,
				})
			},
		},
		{
			act: casework.AnswerConcern, noun: paths.ConcernAnswer, roles: append([]account.Role{account.ProgrammeManager}, teamRoles...), section: paths.ConcernsSection,
			title: "Answer a concern", button: "Send the answer", done: "Whoever raised the concern reads your answer.",
			fields: concernFields("answer", "Your answer", casework.LongText, (*casework.Case).MayAnswerConcern,
				"There is no concern that waits for your answer: you raised it yourself, it waits for somebody else, or it is settled"),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.AnswerConcern(r.Request().Context(), by, on, concernIn(form), casework.ConcernOutcome(form.Outcome), form.Answer)
			},
		},
		{
			act: casework.EscalateConcern, noun: paths.ConcernEscalation, roles: teamRoles, section: paths.ConcernsSection,
			title: "Escalate a concern", button: "Escalate it", done: "The concern waits for somebody above now.",
			intro: "The person who has the case hands it to the team lead, and the team lead to the national programme manager.",
			fields: concernFields("reason", "Why should somebody else look at it?", support.ReasonText, (*casework.Case).MayEscalateConcern,
				"There is no open concern that you can hand to somebody above"),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.EscalateConcern(r.Request().Context(), by, on, concernIn(form), form.Reason)
			},
		},
		{
			act: casework.ContestConcern, noun: paths.ConcernObjection, roles: raisers, section: paths.ConcernsSection,
			title: "Say that an answer does not help", button: "Send it", done: "The concern is open again, and somebody above looks at it.",
			intro: "The concern is open once more, and waits for somebody above the person who answered.",
			fields: concernFields("reason", "Why does the answer not help?", casework.LongText, (*casework.Case).MayContestConcern,
				"There is no answer to a concern of yours that you can object to. Only the person who raised a concern says that its answer does not help; you can raise another"),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.ContestConcern(r.Request().Context(), by, on, concernIn(form), form.Reason)
			},
		},
		{
			act: casework.WithdrawConcern, noun: paths.ConcernWithdrawal, roles: raisers, section: paths.ConcernsSection,
			title: "Withdraw a concern", button: "Withdraw it", done: "The concern is withdrawn.",
			intro: "It stays in the case as one that was withdrawn, with your reason. You can raise another at any time.",
			fields: concernFields("reason", "Why do you withdraw it?", support.ReasonText, (*casework.Case).MayWithdrawConcern,
				"There is no open concern that you can withdraw. The person who raised it can, and the team lead for a colleague"),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.WithdrawConcern(r.Request().Context(), by, on, concernIn(form), form.Reason)
			},
		},
	}
}

// concernIn is the number of the concern of a form; 0, which is none, where it is no number.
func concernIn(form actForm) int {
	n, _ := strconv.Atoi(form.Concern)
	return n
}

// concernFields choose one of the concerns to which the person may do it, with a text. Where there is none
// there is no form to begin with, and none says why.
func concernFields(name, asks string, most int, may func(*casework.Case, *casework.Concern, account.Actor) bool, none string) func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error) {
	return func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
		file, err := a.service.Concerns(r.Request().Context(), r.by(), f.ID)
		if err != nil {
			return nil, err
		}
		if form.Concern == "" {
			form.Concern = r.QueryParam("concern")
		}
		c := views.ConcernChoice{Value: form.Concern, Name: name, Asks: asks, Text: form.Reason, Most: most, Outcome: form.Outcome, Errors: errors}
		if c.Outcomes = name == "answer"; c.Outcomes {
			c.Text = form.Answer
		}
		for _, n := range file.Concerns {
			if may(file.Case, &n, r.actor) {
				c.Concerns = append(c.Concerns, n)
			}
		}
		if len(c.Concerns) == 0 && r.Request().Method == http.MethodGet {
			return nil, fault.Conflict{Reason: none}
		}
		if len(c.Concerns) == 1 && c.Value == "" {
			c.Value = strconv.Itoa(c.Concerns[0].Number)
		}
		return views.ConcernChoiceFields(c), nil
	}
}

func (a *app) showConcerns(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	file, err := a.service.Concerns(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	page := views.Concerns{
		Page: a.page(r, "Concerns – "+file.Lead().Name+" "+file.Reference), Head: head(r, file.CaseFile), Case: file.Case, Concerns: file.Concerns, Today: file.Today,
		MayRaise: file.May(casework.RaiseConcern, r.actor), Ways: func(n *casework.Concern) []casework.Act { return waysOf(file.Case, n, r.actor) },
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.ConcernsPage(page))
}

// waysOf are the acts that the actor may do to a concern.
func waysOf(c *casework.Case, n *casework.Concern, a account.Actor) []casework.Act {
	may := map[casework.Act]bool{
		casework.AnswerConcern: c.MayAnswerConcern(n, a), casework.EscalateConcern: c.MayEscalateConcern(n, a),
		casework.ContestConcern: c.MayContestConcern(n, a), casework.WithdrawConcern: c.MayWithdrawConcern(n, a),
	}
	return slices.DeleteFunc([]casework.Act{casework.AnswerConcern, casework.EscalateConcern, casework.ContestConcern, casework.WithdrawConcern}, func(act casework.Act) bool { return !may[act] })
}
