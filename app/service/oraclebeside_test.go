package service_test

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/practice"
)

// compared are the indicators in which practices are held against each other, with how the joined table says them: the
// figure, and what is behind a median.
var compared = map[practice.Indicator]struct {
	figure func(joinedRow) *big.Rat
	places int
	unit   string
}{
	practice.RegisteredList:   {column("list_size", 1), 0, " patients"},
	practice.WeightedList:     {column("weighted_list_size", 1), 0, " weighted patients"},
	practice.GPFTE:            {column("gp_fte", 1), 2, " FTE"},
	practice.NurseFTE:         {column("nurse_fte", 1), 2, " FTE"},
	practice.SurveyOverall:    {column("gpps_good_overall_pct", 1), 1, "%"},
	practice.QOFShare:         {func(r joinedRow) *big.Rat { return ratio(r["qof_points"], r["qof_max_points"], 100) }, 1, "%"},
	practice.PatientsPerGP:    {perStaff("gp_fte"), 0, " patients"},
	practice.PatientsPerNurse: {perStaff("nurse_fte"), 0, " patients"},
}

func column(name string, times int64) func(joinedRow) *big.Rat {
	return func(r joinedRow) *big.Rat { return ratio(r[name], "1", times) }
}

// perStaff is patients for each full-time equivalent; nil where the return has to be checked.
func perStaff(staff string) func(joinedRow) *big.Rat {
	return func(r joinedRow) *big.Rat {
		per := ratio(r["list_size"], r[staff], 1)
		if per == nil || per.Cmp(big.NewRat(15000, 1)) > 0 {
			return nil
		}
		return per
	}
}

// listDay is the day of the list of a row, as the test imports it.
func listDay(r joinedRow) string {
	if strings.HasPrefix(r["list_size_as_at"], "2017-09-30") {
		return "2017-09-30"
	}
	return "2018-03-31"
}

// dayOf is as at which day an indicator of a row holds.
func dayOf(r joinedRow, i practice.Indicator) string {
	switch i {
	case practice.RegisteredList:
		return listDay(r)
	case practice.WeightedList, practice.ContractType, practice.Dispensing, practice.Rurality:
		return "2018-03-31"
	case practice.QOFShare:
		return "2019-03-31"
	case practice.SurveyOverall:
		return "2018-08-09"
	case practice.CQCRating:
		return r["cqc_report_year"] + "-07-01"
	}
	return "2017-09-30"
}

// basisOf is what a derived figure of a row was worked out from, in words; empty for one that a file tells.
func basisOf(r joinedRow, i practice.Indicator) string {
	per := func(staff, who string) string {
		return fmt.Sprintf("%s patients as at %s, and %s full-time-equivalent %s", grouped(r["list_size"]), calendar.MustParse(listDay(r)).Words(), grouped(rounded(r[staff], 2)), who)
	}
	switch i {
	case practice.PatientsPerGP:
		return per("gp_fte", "GPs")
	case practice.PatientsPerNurse:
		return per("nurse_fte", "nurses")
	case practice.QOFShare:
		return grouped(rounded(r["qof_points"], 2)) + " of " + r["qof_max_points"] + " points"
	}
	return ""
}

// joinedTable is the joined table with the names of the local teams, and with what was worked out from it.
type joinedTable struct {
	rows  []joinedRow
	teams map[string]string // name by code; a team that the file of areas does not know yet goes by its code
	done  map[string][]*big.Rat
}

func tableOf(t *testing.T, rows []joinedRow) *joinedTable {
	t.Helper()
	table := &joinedTable{rows, map[string]string{}, map[string][]*big.Rat{}}
	f, err := os.Open(filepath.Join(os.Getenv("RESILIENCE_TEST_DATA"), "regions", "eauth_2017-08.csv"))
	ok(t, err)
	defer func() { _ = f.Close() }()
	areas, err := csv.NewReader(f).ReadAll()
	ok(t, err)
	for _, r := range rows {
		table.teams[r["area_code"]] = r["area_code"]
	}
	for _, a := range areas {
		table.teams[a[0]] = a[1]
	}
	return table
}

// checkFact holds what stands with a figure against the table: its day, its file, what it was worked out from, and its
// commissioner, its local team and England with their median and the quarter of the practice among them. It returns how
// many comparisons there were.
func (table *joinedTable) checkFact(t *testing.T, kind string, r joinedRow, f assessment.Fact) int {
	t.Helper()
	day := dayOf(r, f.Indicator)
	if f.AsAt != calendar.MustParse(day) {
		t.Errorf("%s: %s is as at %s, and the table says %s", kind, f.Indicator, f.AsAt, day)
	}
	if want := basisOf(r, f.Indicator); f.Basis != want {
		t.Errorf("%s: %s was worked out from %q, and the table says %q", kind, f.Indicator, f.Basis, want)
	}
	file := "(test " + day + ")"
	if f.Indicator == practice.CQCRating {
		file = "(test 2018-12-31)"
	}
	if !strings.Contains(f.Source, file) {
		t.Errorf("%s: %s is of %q, and not of %s", kind, f.Indicator, f.Source, file)
	}
	want := table.beside(r, f.Indicator)
	if !slices.Equal(f.Beside, want) {
		t.Errorf("%s: beside %s stand\n%s\nand the table says\n%s", kind, f.Indicator, strings.Join(f.Beside, "\n"), strings.Join(want, "\n"))
	}
	return len(want)
}

// beside is what stands beside a figure, worked out from the rows of the table.
func (table *joinedTable) beside(r joinedRow, i practice.Indicator) []string {
	c, ranked := compared[i]
	if !ranked || c.figure(r) == nil {
		return nil
	}
	var lines []string
	for _, level := range []struct{ column, name string }{
		{"commissioner_code", r["commissioner_code"]}, {"area_code", table.teams[r["area_code"]]}, {"", "England"},
	} {
		all := table.figures(i, dayOf(r, i), level.column, r[level.column])
		if len(all) < 4 {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: median %s%s, here in the %s quarter of %s practices",
			level.name, grouped(rounded(partOf(all, 2).FloatString(12), c.places)), c.unit, quarterIn(all, c.figure(r)), grouped(fmt.Sprint(len(all)))))
	}
	return lines
}

// figures are those of all practices that have one as at the day and say this in the column, sorted; every practice's
// where no column is given.
func (table *joinedTable) figures(i practice.Indicator, day, column, says string) []*big.Rat {
	key := fmt.Sprint(i, day, column, says)
	all, done := table.done[key]
	if !done {
		for _, r := range table.rows {
			if column != "" && r[column] != says || dayOf(r, i) != day {
				continue
			}
			if n := compared[i].figure(r); n != nil {
				all = append(all, n)
			}
		}
		slices.SortFunc(all, func(a, b *big.Rat) int { return a.Cmp(b) })
		table.done[key] = all
	}
	return all
}

// partOf is the figure below which so many quarters of all lie, straight between the two that are next to it.
func partOf(all []*big.Rat, quarters int64) *big.Rat {
	at := big.NewRat(int64(len(all)-1)*quarters, 4)
	whole := new(big.Int).Quo(at.Num(), at.Denom())
	i := int(whole.Int64())
	if at.IsInt() {
		return all[i]
	}
	rest := new(big.Rat).Sub(at, new(big.Rat).SetInt(whole))
	step := new(big.Rat).Sub(all[i+1], all[i])
	return step.Add(all[i], step.Mul(step, rest))
}

func quarterIn(all []*big.Rat, n *big.Rat) string {
	switch {
	case n.Cmp(partOf(all, 1)) < 0:
		return "lowest"
	case n.Cmp(partOf(all, 2)) <= 0:
		return "second lowest"
	case n.Cmp(partOf(all, 3)) <= 0:
		return "second highest"
	}
	return "highest"
}
