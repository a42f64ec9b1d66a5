// Package assessment has what a local team finds out about a practice's need: criteria of the year, needs by area, the
// place on the matrix, and all of it frozen when a decision relies on it. There is no score: people judge.
package assessment

import (
	"cmp"
	"slices"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// Concern is what a criterion says about a practice. The empty value is not rated yet.
type Concern string

// The concerns.
const (
	NoConcern      Concern = "none"
	SomeConcern    Concern = "some"
	SeriousConcern Concern = "serious"
	NotKnown       Concern = "unknown" // looked for, and not to be had
)

// Concerns lists them, the least first.
var Concerns = []Concern{NoConcern, SomeConcern, SeriousConcern, NotKnown}

var concernNames = map[Concern]string{
	"": "Not rated yet", NoConcern: "No concern", SomeConcern: "Some concern", SeriousConcern: "Serious concern", NotKnown: "Not known",
}

// Name is the concern as people say it.
func (c Concern) Name() string { return concernNames[c] }

// Level is an ordinal judgement: of scope, impact or the severity of a need. The empty value is not judged yet.
type Level string

// The levels.
const (
	Low    Level = "low"
	Medium Level = "medium"
	High   Level = "high"
)

// Levels lists them, the lowest first.
var Levels = []Level{Low, Medium, High}

var levelNames = map[Level]string{"": "Not judged yet", Low: "Low", Medium: "Medium", High: "High"}

// Name is the level as people say it.
func (l Level) Name() string { return levelNames[l] }

// Criterion is one thing to look at, as the year's rules have it.
type Criterion struct {
	Code, Domain, Name string
	Threshold          string // the only published one, with where it is from; empty where there is none
	Unit               string // of its value, which is then a number; empty: the value is words
	Subjective         bool   // rests on somebody's judgement, so a rating needs a rationale
	Weight             int    // hundredths, for those who sort by it; 0: not weighted. There is no score
	Local              bool   // set locally, not by the programme
	DomainLocal        bool   // the group is set locally
}

// Step is one step of the scale by which criteria are rated.
type Step struct {
	Code  Concern
	Name  string
	Hint  string // what it means
	Local bool
}

// Cell is a place on the matrix with what it means for the order of cases.
type Cell struct {
	Scope, Impact Level
	Priority      int // 1 comes first
	Local         bool
}

// Area is an area of need.
type Area struct {
	Code, Name string
	Local      bool
}

// Rules is what a financial year's rule set says about assessments.
type Rules struct {
	Set      int64
	Year     calendar.Year
	Criteria []Criterion // in order, those of a domain together
	Matrix   []Cell
	Areas    []Area
	Scale    []Step // in order
	// AbsurdPatients: more patients than this for each full-time-equivalent GP or nurse ask for a check of the return,
	// and are never ranked. 0: not said.
	AbsurdPatients int
}

// ConcernName is the concern in the words of the year.
func (r Rules) ConcernName(c Concern) string {
	i := slices.IndexFunc(r.Scale, func(s Step) bool { return s.Code == c })
	if i < 0 {
		return c.Name()
	}
	return r.Scale[i].Name
}

// Domain is a group of criteria.
type Domain struct {
	Name     string
	Local    bool // the group is set locally
	Criteria []Criterion
}

// Domains groups the criteria, in the order of the rules.
func (r Rules) Domains() []Domain {
	var list []Domain
	for _, c := range r.Criteria {
		i := slices.IndexFunc(list, func(d Domain) bool { return d.Name == c.Domain })
		if i < 0 {
			i = len(list)
			list = append(list, Domain{Name: c.Domain, Local: c.DomainLocal})
		}
		list[i].Criteria = append(list[i].Criteria, c)
	}
	return list
}

// Criterion finds a criterion by its code.
func (r Rules) Criterion(code string) (Criterion, bool) {
	i := slices.IndexFunc(r.Criteria, func(c Criterion) bool { return c.Code == code })
	if i < 0 {
		return Criterion{}, false
	}
	return r.Criteria[i], true
}

// Weighted tells whether some criteria weigh more than others.
func (r Rules) Weighted() bool {
	return slices.ContainsFunc(r.Criteria, func(c Criterion) bool { return c.Weight != r.Criteria[0].Weight })
}

// Weighs is the weight of a criterion in words.
func (c Criterion) Weighs() string {
	if c.Weight == 0 {
		return "Not weighted"
	}
	return "Weight " + (practice.Whole(c.Weight) / 100).Round(2)
}

// ByWeight lists what was found, the heaviest criterion first, of one weight the gravest concern, and otherwise in the order of the rules. It is
// an order to read in: nothing is added up, and nothing follows from it.
func (r Rules) ByWeight(f Findings) []Rating {
	var list []Rating
	weight := map[string]int{}
	for _, c := range r.Criteria {
		weight[c.Code] = c.Weight
		list = append(list, f.RatingsOf(c.Code)...)
	}
	grave := map[Concern]int{SeriousConcern: 2, SomeConcern: 1}
	slices.SortStableFunc(list, func(a, b Rating) int {
		return cmp.Or(weight[b.Criterion]-weight[a.Criterion], grave[b.Concern]-grave[a.Concern])
	})
	return list
}

// Area finds an area of need by its code.
func (r Rules) Area(code string) (Area, bool) {
	i := slices.IndexFunc(r.Areas, func(a Area) bool { return a.Code == code })
	if i < 0 {
		return Area{}, false
	}
	return r.Areas[i], true
}

// Cell finds a place on the matrix.
func (r Rules) Cell(scope, impact Level) (Cell, bool) {
	i := slices.IndexFunc(r.Matrix, func(c Cell) bool { return c.Scope == scope && c.Impact == impact })
	if i < 0 {
		return Cell{}, false
	}
	return r.Matrix[i], true
}
