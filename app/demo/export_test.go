package demo

import (
	"regexp"
	"strings"

	"resilience/app/calendar"
	"resilience/app/funding"
)

// Help is what the texts say of a piece of help whose words Says matches.
type Help struct {
	Says      *regexp.Regexp
	Items     []string
	Need      string
	Providers []string // who has the skill
	Price     funding.Pence
}

var field = regexp.MustCompile(`\\\{[^}]*\\\}`)

// Helps lists every piece of help of the texts.
func Helps() ([]Help, error) {
	var all []Help
	for _, name := range []string{"situations.txt", "common.txt"} {
		sections, err := readTexts(name)
		if err != nil {
			return nil, err
		}
		for _, s := range sections {
			for text, tag := range s.tags {
				h := Help{Items: tag.items, Need: tag.need, Price: tag.price}
				for _, p := range demoProviders {
					for _, skill := range p.skills {
						if skill == tag.skill {
							h.Providers = append(h.Providers, p.Name)
						}
					}
				}
				var each []string
				for _, one := range ways(text) {
					each = append(each, field.ReplaceAllString(regexp.QuoteMeta(one), `.+`))
				}
				h.Says = regexp.MustCompile(`(?i)^(?:` + strings.Join(each, "|") + `)`)
				all = append(all, h)
			}
		}
	}
	return all, nil
}

// HalfDaysNamed is how many half days of help the words name from a day to a day.
func HalfDaysNamed(words string, from, to calendar.Date) (int, error) {
	return halfDaysNamed(words, period{from, to})
}
