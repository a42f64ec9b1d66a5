package funding

import (
	"fmt"
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
	var own *Limit
	for i, l := range limits {
		if holds(held, l.Role) && (own == nil || l.Most > own.Most) {
			own = &limits[i]
		}
	}
	if own != nil && amount <= own.Most {
		return nil
	}
	reason := fmt.Sprintf("This comes to %s, and your roles approve no money at this step", amount)
	if own != nil {
		reason = fmt.Sprintf("This comes to %s, and a %s approves at most %s", amount, strings.ToLower(own.Role.Name()), own.Most)
	}
	var can []string
	for _, l := range limits {
		if amount <= l.Most {
			can = append(can, fmt.Sprintf("a %s, up to %s", strings.ToLower(l.Role.Name()), l.Most))
		}
	}
	if len(can) == 0 {
		return fault.Forbidden{Reason: reason + ". Nobody's limit is as high as that: it has to be made smaller or split"}
	}
	return fault.Forbidden{Reason: reason + ". It can be approved by " + strings.Join(can, ", or by ")}
}

func holds(held []account.Role, role account.Role) bool {
	for _, r := range held {
		if r == role {
			return true
		}
	}
	return false
}
