package funding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/fault"
)

// Limit is the most that a role may approve at a step of the year's rules.
type Limit struct {
	Role  account.Role
	Most  Pence
	Local bool // set locally; no delegated limits were published
}

// Within refuses an amount that is more than any of the roles held may approve, and says who can approve it.
func Within(amount Pence, limits []Limit, held []account.Role) error {
	own := highest(limits, held)
	if own != nil && amount <= own.Most {
		return nil
	}
	reason := fmt.Sprintf("This comes to %s, and your roles approve no money at this step", amount)
	if own != nil {
		reason = fmt.Sprintf("This comes to %s, and a %s approves at most %s", amount, strings.ToLower(own.Role.Name()), own.Most)
	}
	if can := Approvers(amount, limits); can != "" {
		return fault.Forbidden{Reason: reason + ". It can be approved by " + can}
	}
	return fault.Forbidden{Reason: reason + ". Nobody's limit is as high as that: it has to be made smaller or split"}
}

// highest is the highest limit of the roles held, or nil where none of them has one.
func highest(limits []Limit, held []account.Role) *Limit {
	var own *Limit
	for i, l := range limits {
		if slices.Contains(held, l.Role) && (own == nil || l.Most > own.Most) {
			own = &limits[i]
		}
	}
	return own
}

// Approvers says whose limit reaches an amount, the lowest first; nothing where nobody's does.
func Approvers(amount Pence, limits []Limit) string {
	var can []string
	for _, l := range slices.SortedStableFunc(slices.Values(limits), func(a, b Limit) int { return cmp.Compare(a.Most, b.Most) }) {
		if amount <= l.Most {
			can = append(can, fmt.Sprintf("a %s, up to %s", strings.ToLower(l.Role.Name()), l.Most))
		}
	}
	return strings.Join(can, ", or by ")
}
