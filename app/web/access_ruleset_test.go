package web

import (
	"net/url"
	"strings"

	"resilience/app/ruleset"
	"resilience/app/service/servicetest"
)

func init() {
	moreForms = append(moreForms, func(s *site, path string) url.Values {
		if !strings.HasPrefix(path, "/rules") {
			return nil
		}
		menu := func() ruleset.Content {
			f, err := s.Service.RuleSet(s.t.Context(), s.By("nation two"), servicetest.RulesDraft)
			if err != nil {
				s.t.Fatal(err)
			}
			return f.Content
		}
		advice, _ := menu().Find(ruleset.Menu, "advice")
		switch last := path[strings.LastIndex(path, "/")+1:]; last {
		case "rules":
			return url.Values{"year": {"2018"}, "reason": {"The guidance of the new year."}}
		case "publication":
			return url.Values{"seen": {menu().Seal()}}
		case "priorities":
			form := url.Values{"seen": {menu().PartSeal(ruleset.Matrix)}, "origin": {"local"}}
			for code, priority := range menu().Priorities() {
				form.Set(code, priority)
			}
			return form
		case "menu":
			return url.Values{"name": {"Help after a flood"}, "origin": {"local"}}
		case "order":
			return url.Values{"move": {"down:advice"}, "seen": {menu().PartSeal(ruleset.Menu)}}
		case "advice":
			return url.Values{"name": {"Advice"}, "origin": {"local"}, "seen": {advice.Seal()}}
		case "retirement":
			return url.Values{"seen": {advice.Seal()}}
		case "restoration":
			if coaching, there := menu().Find(ruleset.Menu, "coaching"); there {
				if err := s.Service.RetireRule(s.t.Context(), s.By("nation two"), servicetest.RulesDraft, ruleset.Menu, "coaching", coaching.Seal()); err != nil {
					s.t.Fatal(err)
				}
			}
		}
		return url.Values{}
	})
}
