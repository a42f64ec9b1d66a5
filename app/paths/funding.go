package paths

import "strconv"

// Pages about money to give and about who gives help.
const (
	Allocations       = "/allocations"
	NewAllocation     = "/allocations/new"
	AllocationPattern = "/allocations/:id"
	ApprovalPattern   = "/allocations/:id/approval"
	RefusalPattern    = "/allocations/:id/refusal"
	BudgetPattern     = "/budgets/:id"

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

// Budget is the statement of a budget; a figure shows only the entries that made it, page 0 is the last.
func Budget(id int64, figure string, page int) string {
	number := ""
	if page > 0 {
		number = strconv.Itoa(page)
	}
	return With("/budgets/"+Number(id), "figure", figure, "page", number)
}

// Provider is the page of a provider.
func Provider(id int64) string { return Providers + "/" + Number(id) }

// Supply is the form of what a provider can give.
func Supply(id int64) string { return Provider(id) + "/supply" }

// EditProvider is the form of a provider.
func EditProvider(id int64) string { return Provider(id) + "/edit" }

// ProviderInterest is the form by which somebody declares an interest in a provider.
func ProviderInterest(id int64) string { return Provider(id) + "/interest" }
