package demo

import (
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/support"
)

// gives is what a provider of the demonstration can give: half days in the month of today, which fall by a fourth every
// other month.
type gives struct {
	rates     map[string]funding.Pence
	needs     []string
	areas     []string // none: all of England
	interests string
	half      int
}

// supply says it by the name of the provider. One that is not in it was never asked.
var supply = map[string]gives{
	resilienceTeam: {rates: map[string]funding.Pence{"diagnostic": 0, "coaching": 0, "rapid_intervention": 0}, needs: []string{"practice_management", "leadership", "staffing"}, areas: []string{"Y54"}, half: 60},
	managersPool:   {rates: map[string]funding.Pence{"management_capacity": 450_00, "coaching": 400_00}, needs: []string{"practice_management", "finance"}, areas: []string{"Q72", "Q74"}, half: 44},
	peerSupport:    {rates: map[string]funding.Pence{"coaching": 600_00, "diagnostic": 650_00, "change": 600_00}, needs: []string{"leadership", "staffing", "demand"}, half: 36},
	committee:      {rates: map[string]funding.Pence{"advice": 0, "coaching": 0}, needs: []string{"hr", "leadership"}, areas: []string{"Y54"}, interests: "The committee is elected by the practices of the area, and its officers work in some of them.", half: 12},
	hrAdvice:       {rates: map[string]funding.Pence{"advice": 450_00}, needs: []string{"hr"}, half: 24},
	supportUnit:    {rates: map[string]funding.Pence{"advice": 0, "workforce": 380_00}, needs: []string{"it", "premises", "hr"}, areas: []string{"Y54", "Y55"}, half: 40},
	"Heronsmere GP Federation": {
		rates: map[string]funding.Pence{"workforce": 520_00, "management_capacity": 420_00}, needs: []string{"staffing", "demand"}, areas: []string{"Y56"},
		interests: "Its directors are partners of member practices.", half: 28,
	},
	"Plumb Line Medical Premises": {rates: map[string]funding.Pence{"advice": 700_00}, needs: []string{"premises"}, half: 10},
}

// supplies enters what the providers can give, some days before today.
func (d *seeder) supplies() {
	d.at(9, 8, 45, func() {
		for _, one := range demoProviders {
			g, asked := supply[one.Name]
			if !asked || d.err != nil {
				continue
			}
			list, err := d.s.Providers(d.ctx, one.Name, 1)
			d.try("look for "+one.Name, err)
			for _, p := range list.Rows {
				if p.Name == one.Name {
					d.try("enter what "+one.Name+" can give", d.s.ChangeSupply(d.ctx, d.by(one.by), p.ID, p.Version, g.supply(d.Today), fault.Invalid{}))
				}
			}
		}
	})
}

func (g gives) supply(today calendar.Date) support.Supply {
	s := support.Supply{Rates: g.rates, Needs: g.needs, Areas: g.areas, Interests: g.interests, Offered: map[calendar.Date]int{}}
	half := g.half
	for i, month := range support.Months(today, 8) {
		if i%2 == 1 {
			half -= half / 4
		}
		s.Offered[month] = half
	}
	return s
}
