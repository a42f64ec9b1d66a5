package web

import (
	"net/http"
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

// planActs are the acts on the milestones of an action plan.
func (a *app) planActs() []act {
	reporters := append([]account.Role{account.PracticeManager, account.Signatory}, teamRoles...)
	return []act{
		{
			act: casework.PlanMilestone, noun: paths.MilestoneStart, roles: teamRoles, section: paths.PlanSection,
			title: "Add a milestone", button: "Add the milestone", done: "The milestone is in the action plan.",
			intro: "Both sides see the action plan. A milestone belongs to a side, never to a person by name.",
			fields: func(_ *app, _ *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				return views.MilestoneFields(form.What, form.Owner, form.HighImpact, dayField(form, "By which day?", "For example, "+example(f)).Mark(errors), errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var wrong fault.Invalid
				due := day(&wrong, "due", form.Day, form.Month, form.Year)
				return withDate(wrong, a.service.PlanMilestone(r.Request().Context(), by, on, casework.Planning{
					What: form.What, Owner: support.Owner(form.Owner), Action: form.HighImpact, Due: due,
				}))
			},
		},
		{
			act: casework.MeetMilestone, noun: paths.MilestoneDone, roles: reporters, section: paths.PlanSection,
			title: "Say that a milestone is done", button: "It is done", done: "The milestone is done.",
			intro: "The practice says so of what it does itself, and the local team of everything.",
			fields: milestoneFields("When was it done?", false, func(s support.Milestone, staff bool) bool {
				return staff || s.Owner == support.ByPractice
			}),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var wrong fault.Invalid
				done := day(&wrong, "due", form.Day, form.Month, form.Year)
				return withDate(wrong, a.service.MeetMilestone(r.Request().Context(), by, on, milestoneIn(form), done))
			},
		},
		{
			act: casework.MoveMilestone, noun: paths.MilestoneDay, roles: teamRoles, section: paths.PlanSection,
			title: "Move the day of a milestone", button: "Move the day", done: "The milestone has another day.",
			intro:  "The day that it had stays in the plan beside the new one, with your reason.",
			fields: milestoneFields("By which day now?", true, nil),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var wrong fault.Invalid
				due := day(&wrong, "due", form.Day, form.Month, form.Year)
				return withDate(wrong, a.service.MoveMilestone(r.Request().Context(), by, on, milestoneIn(form), due, form.Reason))
			},
		},
		{
			act: casework.DropMilestone, noun: paths.MilestoneDrop, roles: teamRoles, section: paths.PlanSection,
			title: "Drop a milestone", button: "Drop the milestone", warn: true, done: "The milestone is dropped.",
			intro:  "It stays in the plan as one that will not be done, with your reason. This cannot be taken back.",
			fields: milestoneFields("", true, nil),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.DropMilestone(r.Request().Context(), by, on, milestoneIn(form), form.Reason)
			},
		},
	}
}

// milestoneIn is the number of the milestone of a form; 0, which is none, where it is no number.
func milestoneIn(form actForm) int {
	n, _ := strconv.Atoi(form.Milestone)
	return n
}

func dayField(form actForm, label, hint string) part.Date {
	return part.Date{Name: "due", Label: label, Size: part.Medium, Hint: hint, Day: form.Day, Month: form.Month, Year: form.Year}
}

// milestoneFields choose one of the open milestones, with a day where it is asked for, and a reason. only narrows them.
func milestoneFields(dayLabel string, reason bool, only func(s support.Milestone, staff bool) bool) func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error) {
	return func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
		file, err := a.service.Plan(r.Request().Context(), r.by(), f.ID)
		if err != nil {
			return nil, err
		}
		if form.Milestone == "" {
			form.Milestone = r.QueryParam("milestone")
		}
		p := views.MilestoneChoice{Value: form.Milestone, AsksReason: reason, Reason: form.Reason, Errors: errors}
		for _, s := range file.Milestones {
			if s.State == support.MilestoneOpen && (only == nil || only(s, file.ReadByStaff(r.actor))) {
				p.Open = append(p.Open, s)
			}
		}
		if dayLabel != "" {
			hint := "For example, " + example(f)
			if !reason {
				hint = "Today or a day before it"
				if r.Request().Method == http.MethodGet {
					form.Day, form.Month, form.Year = strconv.Itoa(f.Today.Day()), strconv.Itoa(int(f.Today.Month())), strconv.Itoa(f.Today.Year())
				}
			}
			d := dayField(form, dayLabel, hint).Mark(errors)
			p.Day = &d
		}
		return views.MilestoneChoiceFields(p), nil
	}
}

func (a *app) showPlan(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	file, err := a.service.Plan(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	if file.Facts.Milestones == 0 && !file.ReadByStaff(r.actor) {
		return fault.NotFound{What: "action plan"}
	}
	page := views.Plan{
		Page: a.page(r, "Action plan – "+file.Lead().Name+" "+file.Reference), Head: head(r, file.CaseFile), Case: file.Case, Milestones: file.Milestones,
		Actions: file.Actions(r.actor), Today: file.Today, Staff: file.ReadByStaff(r.actor),
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.PlanPage(page))
}
