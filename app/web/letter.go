package web

import (
	"net/http"
	"strconv"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	views "resilience/views/assessment"
)

func (a *app) listLetters(r *request) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	letters, err := a.service.Letters(r.Request().Context(), r.by(), file.ID)
	if err != nil {
		return err
	}
	page := views.Letters{Page: a.page(r, "Letters: "+file.Lead().Name), Head: head(r, file), Letters: letters}
	if file.May(casework.SendLetter, r.actor) {
		page.SendURL = paths.Act(file.ID, paths.Letter)
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.LettersPage(page))
}

func (a *app) showLetter(r *request) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.Param("number"))
	if err != nil {
		return fault.NotFound{What: "letter"}
	}
	letter, err := a.service.Letter(r.Request().Context(), r.by(), file.ID, number)
	if err != nil {
		return err
	}
	page := views.OneLetter{Page: a.page(r, letter.Title), Case: file.Case, Letter: letter, Staff: file.ReadByStaff(r.actor)}
	if letter.Kind == casework.DecisionLetter && file.May(casework.AskReview, r.actor) {
		page.ReviewURL = paths.Act(file.ID, paths.DecisionReview)
	}
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}, {Text: file.Reference, URL: paths.Case(file.ID)}, {Text: "Letters", URL: paths.Section(file.ID, paths.LettersSection)}}
	return a.draw(r, http.StatusOK, views.OneLetterPage(page))
}
