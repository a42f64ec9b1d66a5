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
		case path == "/providers":
			return url.Values{"name": {"Coast Federation"}, "kind": {"federation"}}
		case strings.HasPrefix(path, "/providers/"):
			return url.Values{"name": {"Northern Resilience Team"}, "kind": {"resilience_team"}, "active": {"no"}, "version": {"1"}, "nature": {"My sister runs it."}}
		}
		return nil
	})
}
