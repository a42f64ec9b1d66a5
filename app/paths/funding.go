package paths

import (
	"strconv"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
)

// Pages about money to give and about who gives help.
const (
	Allocations       = "/allocations"
	NewAllocation     = "/allocations/new"
	AllocationPattern = "/allocations/:id"
	ApprovalPattern   = "/allocations/:id/approval"
	RefusalPattern    = "/allocations/:id/refusal"
	BudgetPattern     = "/budgets/:id"
	HolderPattern     = "/budgets/:id/holder"

	Reconciliation              = "/reconciliation"
	BudgetReconciliationPattern = "/budgets/:id/reconciliation"
	Position                    = "/position"
	PositionFile                = "/position.csv"
	BudgetPositionPattern       = "/budgets/:id/position"
	Forecast                    = "/forecast"
	YearEndPattern              = "/year-end/:team/:year"
	YearEndFilePattern          = "/year-end/:team/:year/lines.csv"
	YearEndLinePattern          = "/year-end/:team/:year/lines/:line/:matter"
	YearClosingPattern          = "/year-end/:team/:year/closing"
	YearAgreementPattern        = "/year-end/:team/:year/closing/agreement"
	YearRefusalPattern          = "/year-end/:team/:year/closing/refusal"

	BudgetChanges          = "/budget-changes"
	NewBudgetChange        = "/budget-changes/new"
	BudgetChangePattern    = "/budget-changes/:id"
	ChangeAgreementPattern = "/budget-changes/:id/agreement"
	ChangeRefusalPattern   = "/budget-changes/:id/refusal"

	Forwards                    = "/forward-commitments"
	ForwardsFile                = "/forward-commitments.csv"
	ForwardPattern              = "/forward-commitments/:id"
	ForwardAuthorisationPattern = "/forward-commitments/:id/authorisation"
	ForwardRefusalPattern       = "/forward-commitments/:id/refusal"

	Divisions               = "/divisions"
	NewDivision             = "/divisions/new"
	DivisionPattern         = "/divisions/:id"
	DivisionApprovalPattern = "/divisions/:id/approval"

	Providers           = "/providers"
	NewProvider         = "/providers/new"
	ProviderPattern     = "/providers/:id"
	EditProviderPattern = "/providers/:id/edit"
	InterestPattern     = "/providers/:id/interest"
	SupplyPattern       = "/providers/:id/supply"
	Suppliers           = "/providers/search"
)

// Allocation is the page of an allocation.
func Allocation(id int64) string { return Allocations + "/" + Number(id) }

// AllocationApproval takes the approval of an allocation.
func AllocationApproval(id int64) string { return Allocation(id) + "/approval" }

// AllocationRefusal takes the refusal of an allocation.
func AllocationRefusal(id int64) string { return Allocation(id) + "/refusal" }

// NewChange is the form of a virement, a top-up or an over-commitment.
func NewChange(kind string) string { return With(NewBudgetChange, "kind", kind) }

// BudgetChange is the page of a virement, a top-up or an over-commitment.
func BudgetChange(id int64) string { return BudgetChanges + "/" + Number(id) }

// ChangeAgreement takes the agreement of a side to a change of a budget.
func ChangeAgreement(id int64) string { return BudgetChange(id) + "/agreement" }

// ChangeRefusal takes the refusal of a change of a budget.
func ChangeRefusal(id int64) string { return BudgetChange(id) + "/refusal" }

// Division is the page of a national total that was divided among the teams.
func Division(id int64) string { return Divisions + "/" + Number(id) }

// DivisionApproval takes the approval of all its shares that wait.
func DivisionApproval(id int64) string { return Division(id) + "/approval" }

// Budget is the statement of a budget; a figure shows only the entries that made it, page 0 is the last.
func Budget(id int64, figure string, page int) string {
	number := ""
	if page > 0 {
		number = strconv.Itoa(page)
	}
	return With("/budgets/"+Number(id), "figure", figure, "page", number)
}

// BudgetHolder is the form that records who holds the money of a budget.
func BudgetHolder(id int64) string { return "/budgets/" + Number(id) + "/holder" }

// BudgetReconciliation is a budget by summaries, accounts, entries and cases, with the rows that are wrong.
func BudgetReconciliation(id int64) string { return Budget(id, "", 0) + "/reconciliation" }

// PositionOn is how the budgets of a year, of one team or of all, stood on a day; the zero day is today.
func PositionOn(year calendar.Year, team practice.Code, day calendar.Date) string {
	return With(Position, positionPairs(year, team, day)...)
}

// PositionFileOn is the same as a file.
func PositionFileOn(year calendar.Year, team practice.Code, day calendar.Date) string {
	return With(PositionFile, positionPairs(year, team, day)...)
}

func positionPairs(year calendar.Year, team practice.Code, day calendar.Date) []string {
	pairs := []string{"year", "", "team", string(team)}
	if year != 0 {
		pairs[1] = strconv.Itoa(int(year))
	}
	return append(pairs, dayPairs(day)...)
}

func dayPairs(day calendar.Date) []string {
	if day.IsZero() {
		return nil
	}
	return []string{"on-day", strconv.Itoa(day.Day()), "on-month", strconv.Itoa(int(day.Month())), "on-year", strconv.Itoa(day.Year())}
}

// ForecastOf is what will be unspent of a team's year; no team is the first that somebody may see.
func ForecastOf(year calendar.Year, team practice.Code) string {
	return With(Forecast, positionPairs(year, team, calendar.Date{})...)
}

// YearEndOf is the end of a team's year.
func YearEndOf(year calendar.Year, team practice.Code) string {
	return "/year-end/" + string(team) + "/" + strconv.Itoa(int(year))
}

// LateEntries is a page of what was made in a closed year since its closing; page 0 is the last.
func LateEntries(year calendar.Year, team practice.Code, page int) string {
	if page == 0 {
		return YearEndOf(year, team) + "#late"
	}
	return With(YearEndOf(year, team), "page", strconv.Itoa(page)) + "#late"
}

// YearEndFile is what is open and decided at the end of a team's year as a file.
func YearEndFile(year calendar.Year, team practice.Code) string {
	return YearEndOf(year, team) + "/lines.csv"
}

// YearEndLine is the form of a decision on a line: of work that was received, or that was not delivered.
func YearEndLine(year calendar.Year, team practice.Code, line int64, received bool) string {
	matter := "undelivered"
	if received {
		matter = "received"
	}
	return YearEndOf(year, team) + "/lines/" + Number(line) + "/" + matter
}

// YearClosing takes that somebody asks to close a team's year.
func YearClosing(year calendar.Year, team practice.Code) string {
	return YearEndOf(year, team) + "/closing"
}

// YearAgreement takes the agreement to the closing.
func YearAgreement(year calendar.Year, team practice.Code) string {
	return YearClosing(year, team) + "/agreement"
}

// YearRefusal takes its refusal.
func YearRefusal(year calendar.Year, team practice.Code) string {
	return YearClosing(year, team) + "/refusal"
}

// BudgetPosition is what a portion of a budget counted on a day.
func BudgetPosition(id int64, portion string, day calendar.Date, page int) string {
	pairs := append([]string{"portion", portion}, dayPairs(day)...)
	if page > 1 {
		pairs = append(pairs, "page", strconv.Itoa(page))
	}
	return With("/budgets/"+Number(id)+"/position", pairs...)
}

// Provider is the page of a provider.
func Provider(id int64) string { return Providers + "/" + Number(id) }

// Supply is the form of what a provider can give.
func Supply(id int64) string { return Provider(id) + "/supply" }

// EditProvider is the form of a provider.
func EditProvider(id int64) string { return Provider(id) + "/edit" }

// ProviderInterest is the form by which somebody declares an interest in a provider.
func ProviderInterest(id int64) string { return Provider(id) + "/interest" }

// Forward is the page of a forward commitment.
func Forward(id int64) string { return Forwards + "/" + Number(id) }

// ForwardList lists the forward commitments that a figure counts; page 1 is the first.
func ForwardList(f casework.ForwardFilter, page int) string {
	return With(Forwards, append(ForwardPairs(f), "page", after(page))...)
}

// ForwardFile is the file of the forward commitments that a figure counts.
func ForwardFile(f casework.ForwardFilter) string { return With(ForwardsFile, ForwardPairs(f)...) }

// ForwardPairs are the names and values by which the address of a list of forward commitments has its filter.
func ForwardPairs(f casework.ForwardFilter) []string {
	budget := ""
	if f.Budget != 0 {
		budget = Number(f.Budget)
	}
	return append(scope(f.Scope), "budget", budget, "figure", string(f.Figure))
}

// ForwardAuthorisation takes the authorisation of a forward commitment.
func ForwardAuthorisation(id int64) string { return Forward(id) + "/authorisation" }

// ForwardRefusal takes the refusal of a forward commitment.
func ForwardRefusal(id int64) string { return Forward(id) + "/refusal" }
