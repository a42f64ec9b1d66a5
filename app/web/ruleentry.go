package web

import (
	"net/http"
	"slices"
	"strings"

	"resilience/app/assessment"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/ruleset"
	"resilience/app/service"
	views "resilience/views/ruleset"
)

type entryForm struct {
	Name       string `form:"name"`
	Group      string `form:"group"`
	Text       string `form:"text"`
	Unit       string `form:"unit"`
	Number     string `form:"number"`
	Judged     string `form:"judged"`
	Step       string `form:"step"`
	Role       string `form:"role"`
	Team       string `form:"team"`
	Origin     string `form:"origin"`
	Source     string `form:"source"`
	Seen       string `form:"seen"`
	Then       string `form:"then"`
	Submission string `form:"submission"`
	Kept       string `form:"kept"`
}

func (f entryForm) input() ruleset.Input {
	return ruleset.Input{
		Name: f.Name, Group: f.Group, Text: f.Text, Unit: f.Unit, Number: f.Number, Judged: f.Judged, Step: f.Step, Role: f.Role, Team: f.Team, Origin: f.Origin, Source: f.Source,
	}
}

// rulePage is a page of an entry that is about to be drawn.
type rulePage struct {
	file  service.RuleFile
	kind  ruleset.Kind
	entry ruleset.Entry // the zero value for a new one
	input ruleset.Input
	seen  string
	kept  string // names what was typed while the preview is looked at
	now   *ruleset.Entry
	// preview asks for the letter as it was typed, with invented values.
	preview bool
}

func (a *app) drawRule(r *request, status int, p rulePage, invalid fault.Invalid) error {
	title := "Add " + p.kind.Article()
	if p.entry.Code != "" {
		title = p.entry.Title(p.kind.Part)
	}
	page := views.Entry{
		Page: a.page(r, title), Set: p.file.Set, Kind: p.kind, Entry: p.entry, MayEdit: p.file.MayEdit(r.actor) == nil, Now: p.now,
		Input: p.input, Seen: p.seen, Submission: token(), Second: token(), Kept: p.kept,
	}
	page.Errors = problems(invalid)
	page.Breadcrumbs = append(ruleCrumbs(p.file.Head), link{Text: p.kind.Title, URL: paths.RulePart(p.file.ID, p.kind.Part)})
	if p.kind.Part == ruleset.Templates {
		base, _ := p.file.Before.Find(p.kind.Part, p.entry.Code)
		page.MergeFields = ruleset.MergeFields(p.entry, base)
		shown := p.entry
		if shown.Text = p.input.Text; p.preview || !page.MayEdit {
			page.Preview, _ = ruleset.Preview(shown, base) // what cannot be filled in has its error beside the field
		}
	}
	if p.kind.Part == ruleset.Limits && p.entry.Code == "" {
		teams, err := a.service.TeamNames(r.Request().Context())
		if err != nil {
			return err
		}
		page.Teams = []ruleset.Option{{Code: ruleset.EveryTeam, Name: "Every team"}}
		for code, name := range teams {
			page.Teams = append(page.Teams, ruleset.Option{Code: code, Name: name})
		}
		slices.SortFunc(page.Teams[1:], func(a, b ruleset.Option) int { return strings.Compare(a.Name, b.Name) })
	}
	return a.draw(r, status, views.EntryPage(page))
}

func (a *app) showNewRule(r *request) error {
	kind, err := kindOfRule(r)
	if err != nil {
		return err
	}
	file, err := a.editable(r)
	if err != nil {
		return err
	}
	if !kind.Open {
		return fault.NotFound{What: "page"}
	}
	return a.drawRule(r, http.StatusOK, rulePage{file: file, kind: kind}, fault.Invalid{})
}

func (a *app) addRule(r *request) error {
	kind, err := kindOfRule(r)
	if err != nil {
		return err
	}
	file, err := a.ruleFile(r)
	if err != nil {
		return err
	}
	form, err := decode[entryForm](r)
	if err != nil {
		return err
	}
	err = a.service.AddRule(r.Request().Context(), r.bySubmission(form.Submission), file.ID, kind.Part, form.input())
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.drawRule(r, http.StatusUnprocessableEntity, rulePage{file: file, kind: kind, input: form.input()}, invalid)
	}
	if err != nil {
		return err
	}
	return a.ruleSaved(r, file, kind, "It is added.")
}

func (a *app) ruleSaved(r *request, file service.RuleFile, kind ruleset.Kind, done string) error {
	if err := a.say(r, done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.RulePart(file.ID, kind.Part))
}

// ruleEntry reads the entry in the path.
func (a *app) ruleEntry(r *request) (rulePage, error) {
	kind, err := kindOfRule(r)
	if err != nil {
		return rulePage{}, err
	}
	file, err := a.ruleFile(r)
	if err != nil {
		return rulePage{}, err
	}
	entry, ok := file.Content.Find(kind.Part, r.Param("code"))
	if !ok {
		return rulePage{}, fault.NotFound{What: "rule"}
	}
	return rulePage{file: file, kind: kind, entry: entry, input: ruleset.InputOf(kind.Part, entry), seen: entry.Seal()}, nil
}

// showRule shows an entry. A letter that may be changed has an address of its own, so that its preview has one too.
func (a *app) showRule(r *request) error {
	page, err := a.ruleEntry(r)
	if err != nil {
		return err
	}
	if page.kind.Part != ruleset.Templates || page.file.MayEdit(r.actor) != nil {
		return a.drawRule(r, http.StatusOK, page, fault.Invalid{})
	}
	if page.kept = r.keptToken(); page.kept == "" {
		return a.ownAddress(r)
	}
	form, typed, err := keptForm[entryForm](a, r)
	if err != nil {
		return err
	}
	if !typed {
		return a.drawRule(r, http.StatusOK, page, fault.Invalid{})
	}
	page.input, page.seen = form.input(), form.Seen
	if r.QueryParam(paths.StepQuery) != checkStep {
		return a.drawRule(r, http.StatusOK, page, fault.Invalid{})
	}
	page.preview = true
	letter := page.entry
	letter.Name, letter.Text = page.input.Name, page.input.Text
	if invalid := page.file.Wrong(page.kind, letter, page.file.Before); len(invalid.Fields) > 0 {
		return a.drawRule(r, http.StatusUnprocessableEntity, page, invalid)
	}
	return a.drawRule(r, http.StatusOK, page, fault.Invalid{})
}

func (a *app) changeRule(r *request) error {
	page, err := a.ruleEntry(r)
	if err != nil {
		return err
	}
	form, err := decode[entryForm](r)
	if err != nil {
		return err
	}
	page.input, page.seen, page.kept = form.input(), form.Seen, form.Kept
	if form.Then == "preview" && page.kind.Part == ruleset.Templates {
		return a.previewRule(r, page, form)
	}
	err = a.service.ChangeRule(r.Request().Context(), r.byForm(form.Submission, form.Kept), page.file.ID, page.kind.Part, page.entry.Code, form.input(), form.Seen)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.drawRule(r, http.StatusUnprocessableEntity, page, invalid)
	}
	if fault.IsStale(err) {
		page.now, page.seen = &page.entry, page.entry.Seal()
		return a.drawRule(r, http.StatusConflict, page, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	return a.ruleSaved(r, page.file, page.kind, "It is changed.")
}

// previewRule keeps a letter as it was typed and leads to its preview. Nothing is changed in the rules.
func (a *app) previewRule(r *request, page rulePage, form entryForm) error {
	if err := page.file.MayEdit(r.actor); err != nil {
		return err
	}
	return a.keep(r, form.Kept, form, checkStep)
}

func (a *app) retireRule(r *request) error {
	return a.onRulePart(r, "It is retired in these rules.", func(by service.By, id int64, p ruleset.Part, form ruleForm) error {
		return a.service.RetireRule(r.Request().Context(), by, id, p, r.Param("code"), form.Seen)
	})
}

func (a *app) restoreRule(r *request) error {
	return a.onRulePart(r, "It is put back.", func(by service.By, id int64, p ruleset.Part, _ ruleForm) error {
		return a.service.RestoreRule(r.Request().Context(), by, id, p, r.Param("code"))
	})
}

func (a *app) moveRule(r *request) error {
	return a.onRulePart(r, "The order is changed.", func(by service.By, id int64, p ruleset.Part, form ruleForm) error {
		way, code, _ := strings.Cut(form.Move, ":")
		return a.service.MoveRule(r.Request().Context(), by, id, p, code, way == "up", form.Seen)
	})
}

func (a *app) showMatrix(r *request) error {
	file, err := a.editable(r)
	if err != nil {
		return err
	}
	in := ruleset.InputOf(ruleset.Matrix, file.Content.Cell(assessment.High, assessment.High))
	return a.matrixPage(r, http.StatusOK, file, file.Content.Priorities(), in, file.Content.PartSeal(ruleset.Matrix), false, fault.Invalid{})
}

func (a *app) matrixPage(r *request, status int, file service.RuleFile, priorities map[string]string, in ruleset.Input, seen string, changed bool, invalid fault.Invalid) error {
	page := views.Matrix{Page: a.page(r, "Priorities of the matrix"), Set: file.Set, Priorities: priorities, Input: in, Changed: changed, Seen: seen, Submission: token()}
	page.Errors = problems(invalid)
	page.Breadcrumbs = append(ruleCrumbs(file.Head), link{Text: "Matrix", URL: paths.RulePart(file.ID, ruleset.Matrix)})
	return a.draw(r, status, views.MatrixPage(page))
}

func (a *app) setMatrix(r *request) error {
	file, err := a.ruleFile(r)
	if err != nil {
		return err
	}
	form, err := decode[entryForm](r)
	if err != nil {
		return err
	}
	priorities := map[string]string{}
	for code := range file.Content.Priorities() {
		priorities[code] = clean(r.Request().PostForm.Get(code))
	}
	err = a.service.SetMatrix(r.Request().Context(), r.bySubmission(form.Submission), file.ID, priorities, form.input(), form.Seen)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.matrixPage(r, http.StatusUnprocessableEntity, file, priorities, form.input(), form.Seen, false, invalid)
	}
	if fault.IsStale(err) {
		return a.matrixPage(r, http.StatusConflict, file, priorities, form.input(), file.Content.PartSeal(ruleset.Matrix), true, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	kind, _ := ruleset.KindOf(ruleset.Matrix)
	return a.ruleSaved(r, file, kind, "The priorities are changed.")
}
