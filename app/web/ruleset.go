package web

import (
	"errors"
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/ruleset"
	"resilience/app/service"
	views "resilience/views/ruleset"
)

// Who reads the rules, and who keeps them. That it takes a programme manager of the whole nation is asked by the rules
// themselves.
var (
	ruleReaders = []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer, account.ProgrammeManager, account.Auditor, account.Administrator}
	ruleKeepers = []account.Role{account.ProgrammeManager}
)

func (a *app) ruleRoutes() []route {
	return []route{
		get(paths.RuleSets, of(ruleReaders), a.listRuleSets),
		get(paths.NewRuleSet, of(ruleKeepers), a.showNewRuleSet),
		post(paths.RuleSets, of(ruleKeepers), a.draftRules),
		get(paths.RuleSetPattern, of(ruleReaders), a.showRuleSet),
		get(paths.DifferencesPattern, of(ruleReaders), a.showRuleDifferences),
		get(paths.PublicationPattern, of(ruleKeepers), a.showPublication),
		post(paths.PublicationPattern, of(ruleKeepers), a.publishRules),
		get(paths.RuleDiscardPattern, of(ruleKeepers), a.showRuleDiscard),
		post(paths.RuleDiscardPattern, of(ruleKeepers), a.discardRules),
		get(paths.MatrixPattern, of(ruleKeepers), a.showMatrix),
		post(paths.MatrixPattern, of(ruleKeepers), a.setMatrix),
		get(paths.RulePartPattern, of(ruleReaders), a.showRulePart),
		get(paths.NewRulePattern, of(ruleKeepers), a.showNewRule),
		post(paths.RulePartPattern, of(ruleKeepers), a.addRule),
		post(paths.RuleOrderPattern, of(ruleKeepers), a.moveRule),
		get(paths.RulePattern, of(ruleReaders), a.showRule),
		post(paths.RulePattern, of(ruleKeepers), a.changeRule),
		post(paths.RuleRetirementPattern, of(ruleKeepers), a.retireRule),
		post(paths.RuleRestorationPattern, of(ruleKeepers), a.restoreRule),
	}
}

func (a *app) listRuleSets(r *request) error {
	sets, err := a.service.RuleSets(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.List{Page: a.page(r, "Rules of the programme"), Sets: sets, MayDraft: ruleset.Keeps(r.actor)}
	year := calendar.YearOf(a.service.Now().Today)
	if of, ok := ruleset.Source(sets, year); ok {
		page.Note = ruleset.Note(year, of.Year)
	}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.ListPage(page))
}

type draftForm struct {
	Year       string `form:"year"`
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) showNewRuleSet(r *request) error {
	return a.newRuleSetPage(r, http.StatusOK, draftForm{}, fault.Invalid{})
}

func (a *app) newRuleSetPage(r *request, status int, form draftForm, invalid fault.Invalid) error {
	if !ruleset.Keeps(r.actor) {
		return notKeeper
	}
	sets, err := a.service.RuleSets(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.New{
		Page: a.page(r, "Draft new rules"), Years: ruleset.Years(a.service.Now().Today), Sets: sets, Year: form.Year, Reason: form.Reason, Submission: token(),
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back", URL: paths.RuleSets}
	return a.draw(r, status, views.NewPage(page))
}

// notKeeper is the answer to a programme manager of a region who would change the rules.
var notKeeper = fault.Forbidden{Reason: "Only a programme manager of the whole of England changes the rules"}

func (a *app) draftRules(r *request) error {
	form, err := decode[draftForm](r)
	if err != nil {
		return err
	}
	year, _ := strconv.Atoi(form.Year) // what is not a number is no year, which the draft refuses
	id, err := a.service.DraftRules(r.Request().Context(), r.bySubmission(form.Submission), calendar.Year(year), form.Reason)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.newRuleSetPage(r, http.StatusUnprocessableEntity, form, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The draft is made. It says what it was copied from until you change it."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.RuleSet(id))
}

// ruleFile reads the rule set in the path.
func (a *app) ruleFile(r *request) (service.RuleFile, error) {
	id, err := r.number("id", "rules")
	if err != nil {
		return service.RuleFile{}, err
	}
	return a.service.RuleSet(r.Request().Context(), r.by(), id)
}

// editable is ruleFile for a draft that the person may edit.
func (a *app) editable(r *request) (service.RuleFile, error) {
	file, err := a.ruleFile(r)
	if err != nil {
		return file, err
	}
	return file, file.MayEdit(r.actor)
}

func (a *app) showRuleSet(r *request) error {
	file, err := a.ruleFile(r)
	if err != nil {
		return err
	}
	page := views.Set{
		Page: a.page(r, "The rules of "+file.Year.String()), Set: file.Set, From: file.From, Changes: file.Differences(), MayEdit: file.MayEdit(r.actor) == nil,
	}
	if file.State == ruleset.Drafted {
		page.Missing = file.Missing(file.Before)
	}
	if err := file.MayPublish(r.actor); err != nil {
		page.Refusal = err.Error()
	}
	if newest, ok := ruleset.Source(file.Others, file.Year); ok && file.State == ruleset.Published && newest.Year == file.Year && newest.Version > file.Version {
		page.Newer = newest
	}
	page.Breadcrumbs = []link{{Text: "Rules", URL: paths.RuleSets}}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.SetPage(page))
}

func (a *app) showRuleDifferences(r *request) error {
	file, err := a.ruleFile(r)
	if err != nil {
		return err
	}
	page := views.Differences{Page: a.page(r, "What changed"), Set: file.Head, From: file.From, Changes: file.Differences()}
	page.Breadcrumbs = ruleCrumbs(file.Head)
	page.Wide = true
	return a.draw(r, http.StatusOK, views.DifferencesPage(page))
}

func ruleCrumbs(h ruleset.Head) []link {
	return []link{{Text: "Rules", URL: paths.RuleSets}, {Text: h.Name(), URL: paths.RuleSet(h.ID)}}
}

func (a *app) showPublication(r *request) error {
	return a.publicationPage(r, http.StatusOK, "")
}

func (a *app) publicationPage(r *request, status int, late string) error {
	file, err := a.ruleFile(r)
	if err != nil {
		return err
	}
	if err := file.MayPublish(r.actor); err != nil {
		return err
	}
	if missing := file.Missing(file.Before); len(missing) > 0 {
		return fault.Conflict{Reason: missing[0]}
	}
	page := views.Differences{
		Page: a.page(r, "Publish the rules of "+file.Year.String()), Set: file.Head, From: file.From, Changes: file.Differences(), Publishing: true, Late: late,
		Seen: file.Content.Seal(), Submission: token(),
	}
	page.Breadcrumbs = ruleCrumbs(file.Head)
	page.Wide = true
	return a.draw(r, status, views.DifferencesPage(page))
}

type ruleForm struct {
	Seen       string `form:"seen"`
	Move       string `form:"move"`
	Submission string `form:"submission"`
}

func (a *app) publishRules(r *request) error {
	id, err := r.number("id", "rules")
	if err != nil {
		return err
	}
	form, err := decode[ruleForm](r)
	if err != nil {
		return err
	}
	err = a.service.PublishRules(r.Request().Context(), r.bySubmission(form.Submission), id, form.Seen)
	if fault.IsStale(err) {
		return a.publicationPage(r, http.StatusConflict, err.Error())
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The rules are published. Cases that come in from now on go by them."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.RuleSet(id))
}

func (a *app) showRuleDiscard(r *request) error {
	file, err := a.editable(r)
	if err != nil {
		return err
	}
	page := views.Discard{Page: a.page(r, "Discard this draft?"), Set: file.Head, Submission: token()}
	page.Back = &link{Text: "Back", URL: paths.RuleSet(file.ID)}
	return a.draw(r, http.StatusOK, views.DiscardPage(page))
}

func (a *app) discardRules(r *request) error {
	id, err := r.number("id", "rules")
	if err != nil {
		return err
	}
	form, err := decode[ruleForm](r)
	if err != nil {
		return err
	}
	if err := a.service.DiscardRules(r.Request().Context(), r.bySubmission(form.Submission), id); err != nil {
		return err
	}
	if err := a.say(r, "The draft is discarded."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.RuleSets)
}

// kindOfRule is the part in the path.
func kindOfRule(r *request) (ruleset.Kind, error) {
	kind, ok := ruleset.KindOf(ruleset.Part(r.Param("part")))
	if !ok {
		return kind, fault.NotFound{What: "rules"}
	}
	return kind, nil
}

func (a *app) showRulePart(r *request) error { return a.rulePartPage(r, http.StatusOK, "") }

// rulePartPage shows the part in the path; late is why an act on it was not done.
func (a *app) rulePartPage(r *request, status int, late string) error {
	kind, err := kindOfRule(r)
	if err != nil {
		return err
	}
	file, err := a.ruleFile(r)
	if err != nil {
		return err
	}
	page := views.Part{
		Page: a.page(r, kind.Title), Set: file.Set, Kind: kind, MayEdit: file.MayEdit(r.actor) == nil, Late: late,
		Retired: file.Retired(kind.Part, file.Before), Seen: file.Content.PartSeal(kind.Part), Submission: token(), Second: token(),
	}
	page.Breadcrumbs = ruleCrumbs(file.Head)
	page.Wide = true
	return a.draw(r, status, views.PartPage(page))
}

// onRulePart does an act on the part in the path. When others were quicker, the part is shown with what they did.
func (a *app) onRulePart(r *request, done string, act func(by service.By, id int64, p ruleset.Part, form ruleForm) error) error {
	kind, err := kindOfRule(r)
	if err != nil {
		return err
	}
	id, err := r.number("id", "rules")
	if err != nil {
		return err
	}
	form, err := decode[ruleForm](r)
	if err != nil {
		return err
	}
	err = act(r.bySubmission(form.Submission), id, kind.Part, form)
	if conflict := new(fault.Conflict); errors.As(err, conflict) {
		return a.rulePartPage(r, http.StatusConflict, conflict.Reason)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.RulePart(id, kind.Part))
}
