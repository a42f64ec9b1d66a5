package web

import (
	"net/url"
	"strings"
)

func init() {
	moreForms = append(moreForms, func(_ *site, path string) url.Values {
		switch {
		case path == "/allocations":
			return url.Values{"year": {"2016"}, "team": {"Q72"}, "source": {"other"}, "amount": {"1,554,000"}, "reason": {"The share of the year."}}
		case strings.HasPrefix(path, "/allocations/"):
			return url.Values{"reason": {"It was entered twice."}}
		case path == "/budget-changes":
			return url.Values{"kind": {"virement"}, "year": {"2016"}, "from": {"Q72"}, "team": {"Q71"}, "source": {"gprp"}, "amount": {"5,000"}, "reason": {"A practice there closes."}}
		case strings.HasPrefix(path, "/budget-changes/"):
			return url.Values{"side": {"giver"}, "reason": {"It is needed here."}}
		case strings.HasPrefix(path, "/forward-commitments/"), strings.HasSuffix(path, "/offer/forward-commitment"):
			return url.Values{"reason": {"The doctor begins in May."}}
		case path == "/divisions":
			return url.Values{"year": {"2017"}, "source": {"gprp"}, "total": {"16,000,000"}, "reason": {"The board's paper."}}
		case path == "/providers":
			return url.Values{"name": {"Coast Federation"}, "kind": {"federation"}}
		case strings.HasPrefix(path, "/providers/"):
			return url.Values{"name": {"Northern Resilience Team"}, "kind": {"resilience_team"}, "active": {"no"}, "version": {"1"}, "nature": {"My sister runs it."}}
		}
		return nil
	})
}
