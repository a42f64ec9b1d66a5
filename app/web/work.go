package web

import (
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
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
	if page.StandsIn, page.Asked, err = a.standsIn(r); err != nil {
		return err
	}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.WorkPage(page))
}

// standsIn lists for whom the person can act today, and how much waits for each, and asked for whom they were asked to act later; none
// while they act for somebody.
func (a *app) standsIn(r *request) (list []views.StandsIn, asked []account.Cover, err error) {
	if r.actor.For.ID != 0 {
		return nil, nil, nil
	}
	covers, err := a.service.StandsInFor(r.Request().Context(), r.by())
	if err != nil {
		return nil, nil, err
	}
	for _, c := range covers {
		if !c.Stands(a.service.Now().Today) {
			asked = append(asked, c)
			continue
		}
		by, err := a.service.Standing(r.Request().Context(), r.by(), c.ID)
		if fault.IsNotFound(err) {
			continue // who is away holds no role there any more
		}
		if err != nil {
			return nil, nil, err
		}
		work, err := a.service.Work(r.Request().Context(), by, "", 1)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, views.StandsIn{Cover: c, Waits: work.Total()})
	}
	return list, asked, nil
}
