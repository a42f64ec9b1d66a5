package web

import (
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/paths"
	views "resilience/views/casework"
)

// workers are the roles for which something can wait.
var workers = append([]account.Role{account.FinanceOfficer, account.ProgrammeManager}, teamRoles...)

func (a *app) workRoutes() []route {
	return []route{get(paths.Work, of(workers), a.showWork)}
}

func (a *app) showWork(r *request) error {
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the first page
	work, err := a.service.Work(r.Request().Context(), r.by(), oneOf(r.QueryParam("what"), casework.WorkKinds()), number)
	if err != nil {
		return err
	}
	page := views.Work{Page: a.page(r, "My work"), Work: work, Today: a.service.Now().Today}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.WorkPage(page))
}
