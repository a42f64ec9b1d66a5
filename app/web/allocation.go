package web

import (
	"errors"
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	views "resilience/views/funding"
)

// Who may use the pages about money to give. Which teams they see is asked where the data is read.
var (
	fundReaders   = []account.Role{account.TeamLead, account.FinanceOfficer, account.ProgrammeManager, account.Auditor}
	fundSettlers  = []account.Role{account.FinanceOfficer, account.ProgrammeManager}
	fundAllotters = []account.Role{account.ProgrammeManager}
	yearEnders    = []account.Role{account.TeamLead, account.FinanceOfficer}
	fundAskers    = []account.Role{account.TeamLead, account.FinanceOfficer, account.ProgrammeManager}
)

func (a *app) fundingRoutes() []route {
	return []route{
		get(paths.Allocations, of(fundReaders), a.listAllocations),
		get(paths.NewAllocation, of(fundAllotters), a.showNewAllocation),
		post(paths.Allocations, of(fundAllotters), a.enterAllocation),
		get(paths.AllocationPattern, of(fundReaders), a.showAllocation),
		post(paths.ApprovalPattern, of(fundSettlers), a.approveAllocation),
		post(paths.RefusalPattern, of(fundSettlers), a.refuseAllocation),
		get(paths.BudgetPattern, of(fundReaders), a.showBudget),
		get(paths.HolderPattern, of(fundSettlers), a.showBudgetHolder),
		post(paths.HolderPattern, of(fundSettlers), a.recordBudgetHolder),
		get(paths.Reconciliation, of(fundReaders), a.showReconciliation),
		get(paths.BudgetReconciliationPattern, of(fundReaders), a.showBudgetReconciliation),
		get(paths.Position, of(fundReaders), a.showPosition),
		get(paths.PositionFile, of(fundReaders), a.positionFile),
		get(paths.BudgetPositionPattern, of(fundReaders), a.showBudgetPosition),
		get(paths.Forecast, of(fundReaders), a.showForecast),
		get(paths.YearEndPattern, of(fundReaders), a.showYearEnd),
		get(paths.YearEndFilePattern, of(fundReaders), a.yearEndFile),
		get(paths.YearEndLinePattern, of(yearEnders), a.showYearEndLine),
		post(paths.YearEndLinePattern, of(yearEnders), a.decideYearEnd),
		post(paths.YearClosingPattern, of(yearEnders), a.askToCloseYear),
		post(paths.YearAgreementPattern, of(fundAskers), a.agreeToCloseYear),
		post(paths.YearRefusalPattern, of(fundAskers), a.refuseToCloseYear),

		get(paths.NewBudgetChange, of(fundAskers), a.showNewBudgetChange),
		post(paths.BudgetChanges, of(fundAskers), a.askForBudgetChange),
		get(paths.BudgetChangePattern, of(fundReaders), a.showBudgetChange),
		post(paths.ChangeAgreementPattern, of(fundAskers), a.agreeToBudgetChange),
		post(paths.ChangeRefusalPattern, of(fundAskers), a.refuseBudgetChange),
		get(paths.Forwards, of(fundReaders), a.listForwards),
		get(paths.ForwardsFile, of(fundReaders), a.forwardsFile),
		get(paths.ForwardPattern, of(fundReaders), a.showForward),
		post(paths.ForwardAuthorisationPattern, of(fundAllotters), a.authoriseForward),
		post(paths.ForwardRefusalPattern, of(fundAllotters), a.refuseForward),
		get(paths.NewDivision, of(fundAllotters), a.showNewDivision),
		post(paths.Divisions, of(fundAllotters), a.enterDivision),
		get(paths.DivisionPattern, of(fundReaders), a.showDivision),
		post(paths.DivisionApprovalPattern, of(fundAllotters), a.approveDivision),

		get(paths.Providers, of(providerReaders), a.listProviders),
		get(paths.NewProvider, of(providerKeepers), a.showNewProvider),
		post(paths.Providers, of(providerKeepers), a.addProvider),
		get(paths.Suppliers, of(providerReaders), a.listSuppliers),
		get(paths.SupplyPattern, of(providerKeepers), a.showSupply),
		post(paths.SupplyPattern, of(providerKeepers), a.changeSupply),
		get(paths.ProviderPattern, of(providerReaders), a.showProvider),
		get(paths.EditProviderPattern, of(providerKeepers), a.showEditProvider),
		post(paths.ProviderPattern, of(providerKeepers), a.changeProvider),
		get(paths.InterestPattern, of(interested), a.showProviderInterest),
		post(paths.InterestPattern, of(interested), a.declareProviderInterest),
	}
}

func (a *app) listAllocations(r *request) error {
	year, _ := strconv.Atoi(r.QueryParam("year")) // anything else than a number is every year
	filter := funding.AllocationFilter{Year: calendar.Year(year), Team: practice.Code(clean(r.QueryParam("team"))), State: oneOf(r.QueryParam("state"), funding.AllocationStates)}
	money, err := a.service.Allocations(r.Request().Context(), r.by(), filter)
	if err != nil {
		return err
	}
	page := views.Allocations{
		Page: a.page(r, "Money"), Filter: filter, Years: money.Years, Teams: money.Teams, Budgets: money.Budgets, Allocations: money.Allocations, Changes: money.Changes, Forward: money.Forward,
		MayEnter: r.actor.Has(account.ProgrammeManager), MayAsk: r.actor.Has(fundAskers...), MayDivide: funding.MayDivide(r.actor) == nil,
	}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.AllocationsPage(page))
}

type allocationForm struct {
	Year       string `form:"year"`
	Team       string `form:"team"`
	Source     string `form:"source"`
	Amount     string `form:"amount"`
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) showNewAllocation(r *request) error {
	form := allocationForm{Year: strconv.Itoa(int(calendar.YearOf(a.service.Now().Today))), Source: "gprp"}
	return a.newAllocationPage(r, http.StatusOK, form, fault.Invalid{})
}

func (a *app) newAllocationPage(r *request, status int, form allocationForm, invalid fault.Invalid) error {
	choices, err := a.service.AllocationChoices(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.NewAllocation{
		Page: a.page(r, "Enter an allocation"), Years: choices.Years, Teams: choices.Teams, Sources: choices.Sources,
		Year: form.Year, Team: form.Team, Source: form.Source, Amount: form.Amount, Reason: form.Reason, Submission: token(),
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back", URL: paths.Allocations}
	return a.draw(r, status, views.NewAllocationPage(page))
}

func (a *app) enterAllocation(r *request) error {
	form, err := decode[allocationForm](r)
	if err != nil {
		return err
	}
	year, _ := strconv.Atoi(form.Year) // what is not a number is no year, which the allocation refuses
	in := service.NewAllocation{Year: calendar.Year(year), Team: form.Team, Source: form.Source, Reason: form.Reason}
	if in.Amount, err = funding.ParsePence(form.Amount); err != nil {
		in.Typed.Add("amount", "%s", err)
	}
	id, err := a.service.EnterAllocation(r.Request().Context(), r.bySubmission(form.Submission), in)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.newAllocationPage(r, http.StatusUnprocessableEntity, form, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The allocation waits for somebody else to approve it."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Allocation(id))
}

func (a *app) showAllocation(r *request) error {
	return a.allocationPage(r, http.StatusOK, "", "", fault.Invalid{})
}

// allocationPage shows the allocation in the path; late is why an act on it was not done, reason what was typed.
func (a *app) allocationPage(r *request, status int, late, reason string, invalid fault.Invalid) error {
	id, err := r.number("id", "allocation")
	if err != nil {
		return err
	}
	x, err := a.service.Allocation(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	page := views.Allocation{
		Page: a.page(r, x.Amount.String()+" to "+x.Team.Name), Allocation: x, Refusal: x.Refusal(r.actor), Late: late, Reason: reason, Submission: token(), Another: token(),
	}
	page.Errors = problems(invalid)
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, status, views.AllocationPage(page))
}

type settleForm struct {
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) approveAllocation(r *request) error {
	return a.settleAllocation(r, "The allocation is approved. The team can promise it now.", func(by service.By, id int64, _ settleForm) error {
		return a.service.ApproveAllocation(r.Request().Context(), by, id, false)
	})
}

func (a *app) refuseAllocation(r *request) error {
	return a.settleAllocation(r, "The allocation is refused.", func(by service.By, id int64, form settleForm) error {
		return a.service.RefuseAllocation(r.Request().Context(), by, id, form.Reason)
	})
}

// settleAllocation does one of the two acts. When somebody else was quicker, the page says what they did.
func (a *app) settleAllocation(r *request, done string, act func(service.By, int64, settleForm) error) error {
	id, err := r.number("id", "allocation")
	if err != nil {
		return err
	}
	form, err := decode[settleForm](r)
	if err != nil {
		return err
	}
	err = act(r.bySubmission(form.Submission), id, form)
	var conflict fault.Conflict
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.allocationPage(r, http.StatusUnprocessableEntity, "", form.Reason, invalid)
	} else if errors.As(err, &conflict) {
		return a.allocationPage(r, http.StatusConflict, conflict.Reason, form.Reason, fault.Invalid{})
	} else if err != nil {
		return err
	}
	if err := a.say(r, done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Allocation(id))
}
