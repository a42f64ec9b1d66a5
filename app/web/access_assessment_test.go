package web

import (
	"context"
	"net/url"
	"strings"

	"resilience/app/service/servicetest"
)

func init() {
	moreForms = append(moreForms, func(s *site, path string) url.Values {
		verdict := url.Values{"outcome": {"support"}, "codes-support": {"workforce"}, "reasons": {"They can be helped in time."}, "no_interest": {"yes"}, "then": {"decide"}}
		switch path[strings.LastIndex(path, "/")+1:] {
		case "beginning", "letter":
			return url.Values{}
		case "assessment":
			return url.Values{"assessment_version": {"2"}, "concern-cqc": {"none"}, "scope": {"high"}}
		case "recommendation", "decision":
			return verdict
		case "promotion", "upholding", "reopening":
			return url.Values{"reasons": {"We looked at it again."}, "no_interest": {"yes"}, "then": {"send"}}
		case "decision-review":
			return url.Values{"reason": {"Our second partner has left."}}
		case "reserve-place":
			list, err := s.Service.ReserveVersion(context.Background(), servicetest.Own)
			if err != nil {
				s.t.Fatal(err)
			}
			return url.Values{"place": {"2"}, "reason": {"The other practice is worse off."}, "list": {list}}
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
