package practice

import (
	"fmt"
	"slices"

	"resilience/app/calendar"
)

// England is the level of a benchmark that is above every organisation.
const England Kind = "england"

// Benchmark is how the active GP practices of an organisation, or of England, stood in one indicator on a day.
type Benchmark struct {
	Indicator            Indicator
	AsAt                 calendar.Date
	Level                Kind // commissioner, area or England
	Organisation         Code // empty for England
	Name                 string
	Practices            int // with a figure that can be ranked
	Lower, Median, Upper Amount
}

// leastCompared is how many practices a benchmark needs: fewer have no quarters.
const leastCompared = 4

// Says tells whether there are enough practices to compare with.
func (b Benchmark) Says() bool { return b.Practices >= leastCompared }

// Comparison is a benchmark with the place of a practice in it.
type Comparison struct {
	Benchmark
	Quarter Quarter
}

// Quarter is the place of a figure among others, from the lowest; 0: none.
type Quarter int

var quarterNames = []string{"", "the lowest quarter", "the second lowest quarter", "the second highest quarter", "the highest quarter"}

// Name is the quarter as people say it.
func (q Quarter) Name() string { return quarterNames[q] }

// QuarterOf is the quarter in which a figure lies. On a line it belongs to the half in the middle.
func (b Benchmark) QuarterOf(n Amount) Quarter {
	switch {
	case !b.Says():
		return 0
	case n < b.Lower:
		return 1
	case n <= b.Median:
		return 2
	case n <= b.Upper:
		return 3
	}
	return 4
}

// Words is the comparison as a line: "England: median 1,980 patients, here in the highest quarter of 7,224 practices".
func (c Comparison) Words() string {
	name := c.Name
	switch {
	case c.Level == England:
		name = "England"
	case name == "":
		name = string(c.Organisation)
	}
	return fmt.Sprintf("%s: median %s, here in %s of %s practices", name, MeasureOf(c.Indicator).Write(c.Median), c.Quarter.Name(), Whole(c.Practices).Round(0))
}

// Stay is a time in which a practice belonged to one organisation of a level, until its next stay there.
type Stay struct {
	Level Kind
	At    Code // empty: not known
	From  calendar.Date
}

// Belonging is every stay of a practice, the earlier first.
type Belonging []Stay

// On is the organisation of the level to which the practice belonged on the day; before the first stay, that one's.
func (b Belonging) On(level Kind, day calendar.Date) Code {
	var at Code
	first := true
	for _, s := range b {
		if s.Level == level && (first || !s.From.After(day)) {
			at, first = s.At, false
		}
	}
	return at
}

// Compare sets the benchmarks of the practice's organisations and of England beside a figure that ranks: those of the
// same indicator and day.
func (k *Known) Compare(belonged Belonging, benchmarks []Benchmark) {
	if !k.Ranks() {
		return
	}
	for _, level := range []Kind{KindCommissioner, KindArea, England} {
		var at Code
		if level != England {
			if at = belonged.On(level, k.AsAt); at == "" {
				continue
			}
		}
		for _, b := range benchmarks {
			if b.Indicator == k.Indicator && b.AsAt == k.AsAt && b.Level == level && b.Organisation == at && b.Says() {
				k.Beside = append(k.Beside, Comparison{b, b.QuarterOf(k.Number)})
			}
		}
	}
}

// Benchmarks works out how practices stood at a point: those that were active on its day, with what the register says
// of them. values has the figures that can be ranked. England is always there, with how many practices there are.
func Benchmarks(p Point, active map[Code]Facts, values map[Code]Amount) []Benchmark {
	groups := map[Benchmark][]Amount{}
	head := Benchmark{Indicator: p.Indicator, AsAt: p.AsAt}
	england := head
	england.Level = England
	groups[england] = nil
	for code, f := range active {
		n, known := values[code]
		if !known {
			continue
		}
		groups[england] = append(groups[england], n)
		for level, organisation := range map[Kind]Code{KindCommissioner: f.Commissioner(), KindArea: f.Area()} {
			if organisation != "" {
				b := head
				b.Level, b.Organisation = level, organisation
				groups[b] = append(groups[b], n)
			}
		}
	}
	list := make([]Benchmark, 0, len(groups))
	for b, all := range groups {
		slices.Sort(all)
		b.Practices = len(all)
		b.Lower, b.Median, b.Upper = quantile(all, 1), quantile(all, 2), quantile(all, 3)
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b Benchmark) int {
		if a.Level != b.Level {
			return slices.Index(levels, a.Level) - slices.Index(levels, b.Level)
		}
		if a.Organisation < b.Organisation {
			return -1
		}
		return 1
	})
	return list
}

var levels = []Kind{England, KindArea, KindCommissioner}

// quantile is a quarter's upper bound in a sorted list, straight between the two figures beside it.
func quantile(sorted []Amount, quarter int) Amount {
	if len(sorted) == 0 {
		return 0
	}
	at := (len(sorted) - 1) * quarter
	i, rest := at/4, Amount(at%4)
	if rest == 0 {
		return sorted[i]
	}
	return sorted[i] + (sorted[i+1]-sorted[i])*rest/4
}
