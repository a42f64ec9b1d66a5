package web

import (
	"net/url"
	"strings"
)

func init() {
	moreForms = append(moreForms, func(_ *site, path string) url.Values {
		verdict := url.Values{"outcome": {"support"}, "reasons": {"They can be helped in time."}, "no_interest": {"yes"}, "then": {"decide"}}
		switch path[strings.LastIndex(path, "/")+1:] {
		case "beginning", "letter":
			return url.Values{}
		case "assessment":
			return url.Values{"assessment_version": {"2"}, "concern-cqc": {"none"}, "scope": {"high"}}
		case "recommendation", "decision":
			return verdict
		case "review":
			return url.Values{"outcome": {"agreed"}, "points": {"So it looks to me."}}
		case "return":
			return url.Values{"points": {"Ask the CCG too."}, "reason": {"The list of sessions is missing."}}
		case "interest":
			return url.Values{"nature": {"My brother is a partner there."}}
		}
		return nil
	})
}
