package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/support"
	cases "resilience/views/casework"
	views "resilience/views/funding"
	"resilience/views/part"
	offers "resilience/views/support"
)

// forwardActs has the act that asks for a forward commitment.
func (a *app) forwardActs() []act {
	return []act{{
		act: casework.AskForward, noun: paths.OfferForward, roles: teamRoles, section: paths.OfferSection,
		title: "Ask for the forward commitment", button: "Ask for it", done: "It is asked for. A programme manager decides on it.",
		intro: "A part of this offer falls in a year that has no budget yet. It can be promised only when a programme manager of the region or of England, who neither wrote nor approved the offer, authorises it. Any change of the offer makes that void.",
		varied: actWords{
			"Ask for the forward commitment", "A part of this variation falls in a year that has no budget yet. It can be promised only when a programme manager of the region or of England, who neither wrote nor approved the variation, authorises it. Any change of the variation makes that void. What was promised before stays until both sides have accepted the memorandum as varied.",
			"Ask for it", "It is asked for. A programme manager decides on it.",
		},
		fields: a.withOffer(func(_ service.OfferFile, o support.Offer, form actForm, errors part.Errors) templ.Component {
			return offers.Above(offers.ForwardParts(o), cases.TextFields("reason", "Why is it promised before its budget is there?", "The programme manager reads this. "+cases.NoPatients, form.Reason, errors))
		}),
		do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
			return a.service.AskForward(r.Request().Context(), by, on, form.Reason)
		},
	}}
}

// forwardFilter reads from the address which forward commitments a list has.
func (r *request) forwardFilter() casework.ForwardFilter {
	budget, _ := strconv.ParseInt(r.QueryParam("budget"), 10, 64) // anything else than a number is every budget
	return casework.ForwardFilter{Scope: r.scope(), Budget: budget, Figure: casework.ForwardFigure(r.QueryParam("figure"))}
}

// listForwards shows the forward commitments that a figure counts.
func (a *app) listForwards(r *request) error {
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the first page
	f, err := a.service.WaitingForwards(r.Request().Context(), r.by(), r.forwardFilter(), number)
	if err != nil {
		return err
	}
	page := views.ForwardList{Page: a.page(r, "Forward commitments"), Filter: f.ForwardFilter, Place: f.Place, AsAt: calendar.Words(f.AsAt.Now), List: f.ForwardPage}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, http.StatusOK, views.ForwardListPage(page))
}

// forwardsFile is the same as a file.
func (a *app) forwardsFile(r *request) error {
	f := r.forwardFilter()
	head := []string{"Commitment", "Case", "Practice", "Local team", "Funding source", "Financial year", "Asked for by", "Asked for on", "Authorised by", "Authorised on", "State", "Up to in pounds", "Waits in pounds"}
	return r.table("forward-commitments-"+a.service.Now().Today.String()+".csv", head, func(row func(...string) error) error {
		return a.service.ExportForwards(r.Request().Context(), r.by(), f, filterWords(paths.ForwardPairs(f)), func(one support.Forward) error {
			decided := ""
			if one.DecidedBy != 0 {
				decided = calendar.DateOf(one.DecidedAt).String()
			}
			return row(strconv.FormatInt(one.ID, 10), one.Reference, one.Practice, one.Team.Name, one.Source.Name, one.Year.String(), one.Asker, calendar.DateOf(one.AskedAt).String(), one.Decider, decided,
				one.Words(), one.Amount.Plain(), one.Open.Plain())
		})
	})
}

func (a *app) showForward(r *request) error {
	return a.forwardPage(r, http.StatusOK, "", "", fault.Invalid{})
}

// forwardPage shows the forward commitment in the path; late is why an act on it was not done, reason what was typed.
func (a *app) forwardPage(r *request, status int, late, reason string, invalid fault.Invalid) error {
	id, err := r.number("id", "forward commitment")
	if err != nil {
		return err
	}
	f, err := a.service.Forward(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	page := views.Forward{Page: a.page(r, "Forward commitment of "+f.Amount.String()), Forward: f.Forward, Refusal: f.Refusal, Late: late, Reason: reason, Yes: token(), No: token()}
	page.Errors = problems(invalid)
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, status, views.ForwardPage(page))
}

type forwardForm struct {
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) authoriseForward(r *request) error {
	return a.decideForward(r, true, "It is authorised. The offer can be sent.", "It is authorised. The memorandum can be written as varied.")
}

func (a *app) refuseForward(r *request) error {
	return a.decideForward(r, false, "It is refused. The offer cannot be sent as it is.", "It is refused. The variation cannot be put to the practice as it is.")
}

// decideForward does one of the two acts, and says what was done: for an offer, or for a variation. When somebody else was quicker, or the offer changed, the page says so.
func (a *app) decideForward(r *request, authorise bool, done, varied string) error {
	id, err := r.number("id", "forward commitment")
	if err != nil {
		return err
	}
	form, err := decode[forwardForm](r)
	if err != nil {
		return err
	}
	err = a.service.DecideForward(r.Request().Context(), r.bySubmission(form.Submission), id, casework.ForwardAnswer{Authorise: authorise, Why: form.Reason})
	var conflict fault.Conflict
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.forwardPage(r, http.StatusUnprocessableEntity, "", form.Reason, invalid)
	} else if errors.As(err, &conflict) {
		return a.forwardPage(r, http.StatusConflict, conflict.Reason, form.Reason, fault.Invalid{})
	} else if err != nil {
		return err
	}
	f, err := a.service.Forward(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	if f.Varies {
		done = varied
	}
	if err := a.say(r, done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Forward(id))
}
