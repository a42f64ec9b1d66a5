package service_test

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
	"resilience/app/store/storetest"
)

// joinedRow is a practice of the joined table by column: what every figure is held against. Its names are never printed.
type joinedRow map[string]string

// joined reads the joined table of May 2018, the fullest.
func joined(t *testing.T) []joinedRow {
	t.Helper()
	folder := os.Getenv("RESILIENCE_TEST_DATA")
	if folder == "" {
		t.Skip("RESILIENCE_TEST_DATA is not set: it names the folder with the published files")
	}
	f, err := os.Open(filepath.Join(folder, "joined", "gp_practices_england_2018-05.csv.gz"))
	ok(t, err)
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	ok(t, err)
	rows, err := csv.NewReader(unpacked).ReadAll()
	ok(t, err)
	var list []joinedRow
	for _, cells := range rows[1:] {
		r := joinedRow{}
		for i, name := range rows[0] {
			r[name] = cells[i]
		}
		list = append(list, r)
	}
	return list
}

// upstream writes the joined table in the layouts in which the figures were published.
func upstream(list []joinedRow) map[string]string {
	files := map[string]*strings.Builder{}
	add := func(file, head, format string, args ...any) {
		if files[file] == nil {
			files[file] = &strings.Builder{}
			files[file].WriteString(head + "\n")
		}
		fmt.Fprintf(files[file], format+"\n", args...)
	}
	lists := strings.TrimSuffix(listsHeader, "\n")
	for _, r := range list {
		code := r["ods_code"]
		switch {
		case strings.HasPrefix(r["list_size_as_at"], "2017-09-30"):
			add("lists", lists, "A,01OCT2017,GP,%s,E1,%s,,ALL,ALL,%s", r["commissioner_code"], code, r["list_size"])
		case r["list_size"] != "":
			add("lists later", lists, "A,01APR2018,GP,%s,E1,%s,,ALL,ALL,%s", r["commissioner_code"], code, r["list_size"])
		}
		if r["workforce_as_at"] != "" {
			add("workforce", "PRAC_CODE,TOTAL_GP_EXRL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE", "%s,%s,%s,%s,%s",
				code, orND(r["gp_fte"]), orND(r["nurse_fte"]), orND(r["dpc_fte"]), orND(r["admin_fte"]))
		}
		if r["payments_year"] != "" {
			add("payments", "Practice Code,Contract Type,Dispensing Practice,PracticeRurality,Number of Registered Patients (Last Known Figure),Number of Weighted Patients (Last Known Figure)",
				"%s,%s,%s,%s,,%s", code, r["contract_type"], r["dispensing"], r["rurality"], r["weighted_list_size"])
		}
		if r["qof_points"] != "" { // in two parts, as a sum of indicators
			whole, rest, _ := strings.Cut(r["qof_points"], ".")
			add("qof", strings.TrimSuffix(qofHeader, "\n"), "%s,ALL001,ACHIEVED_POINTS,%s\n%s,ALL001,REGISTER,77\n%s,ALL002,ACHIEVED_POINTS,0.%s", code, whole, code, code, rest+"0")
		}
		if r["gpps_good_overall_pct"] != "" {
			add("gpps", "Practice_Code,Q28_12pct,Q3_12pct,Q18_12pct", "%s,%s,,", code, hundredth(r["gpps_good_overall_pct"]))
		}
		if r["cqc_overall_rating"] != "" {
			add("cqc", strings.TrimSuffix(ratingsHeader, "\n"), "%s,GP Practices,Overall,%s,01/07/%s", code, r["cqc_overall_rating"], r["cqc_report_year"])
		}
	}
	texts := map[string]string{}
	for name, b := range files {
		texts[name] = b.String()
	}
	return texts
}

func orND(s string) string {
	if s == "" {
		return "ND"
	}
	return s
}

// hundredth is a percentage as a fraction.
func hundredth(s string) string {
	n, _ := new(big.Rat).SetString(s)
	return n.Quo(n, big.NewRat(100, 1)).FloatString(6)
}

// expected is every value that a case of the practice has to show, worked out from the joined row alone, by other means
// than those of the product.
func expected(r joinedRow) map[practice.Indicator]string {
	want := map[practice.Indicator]string{}
	say := func(i practice.Indicator, format, value string) {
		if value != "" && !strings.EqualFold(value, "UNKNOWN") {
			want[i] = fmt.Sprintf(format, grouped(value))
		}
	}
	say(practice.RegisteredList, "%s patients", r["list_size"])
	say(practice.WeightedList, "%s weighted patients", rounded(r["weighted_list_size"], 0))
	say(practice.ContractType, "%s", r["contract_type"])
	say(practice.Dispensing, "%s", r["dispensing"])
	say(practice.Rurality, "%s", r["rurality"])
	say(practice.GPFTE, "%s FTE", rounded(r["gp_fte"], 2))
	say(practice.NurseFTE, "%s FTE", rounded(r["nurse_fte"], 2))
	say(practice.CQCRating, "%s", r["cqc_overall_rating"])
	say(practice.SurveyOverall, "%s%%", rounded(r["gpps_good_overall_pct"], 1))
	if share := ratio(r["qof_points"], r["qof_max_points"], 100); share != nil {
		want[practice.QOFShare] = grouped(rounded(share.FloatString(12), 1)) + "%"
	}
	for i, staff := range map[practice.Indicator]string{practice.PatientsPerGP: "gp_fte", practice.PatientsPerNurse: "nurse_fte"} {
		if per := ratio(r["list_size"], r[staff], 1); per != nil {
			want[i] = grouped(rounded(per.FloatString(12), 0)) + " patients"
			if per.Cmp(big.NewRat(15000, 1)) > 0 {
				want[i] += " [check]"
			}
		} else if r["list_size"] != "" && r[staff] != "" {
			want[i] = " [check]" // the return says that there is none
		}
	}
	return want
}

func ratio(a, b string, times int64) *big.Rat {
	x, one := new(big.Rat).SetString(a)
	y, two := new(big.Rat).SetString(b)
	if !one || !two || y.Sign() == 0 {
		return nil
	}
	return x.Mul(x.Quo(x, y), big.NewRat(times, 1))
}

func rounded(s string, places int) string {
	n, isNumber := new(big.Rat).SetString(s)
	if !isNumber {
		return s
	}
	text := n.FloatString(places)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

func grouped(s string) string {
	if strings.Trim(s, "0123456789.") != "" {
		return s
	}
	whole, rest, fraction := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction {
		whole += "." + rest
	}
	return whole
}

// kinds are the kinds of practices of which cases are opened.
var kinds = []struct {
	name string
	is   func(joinedRow) bool
}{
	{"single-handed", func(r joinedRow) bool { return r["gp_fte"] == "1" && r["list_size"] != "" }},
	{"less than half a GP", func(r joinedRow) bool { return below(r["gp_fte"], "0.5") && r["gp_fte"] != "0" }},
	{"a return without a nurse", func(r joinedRow) bool { return r["nurse_fte"] == "0" && r["list_size"] != "" }},
	{"no list at all", func(r joinedRow) bool { return r["list_size"] == "" }},
	{"a list of another source and day", func(r joinedRow) bool { return strings.HasPrefix(r["list_size_as_at"], "2017-18") && r["gp_fte"] == "" }},
	{"more than 100,000 for each GP, and the most", func(r joinedRow) bool { return above(r, "gp_fte", 100000) }}, // chosen apart
	{"more than 15,000 for each GP", func(r joinedRow) bool { return above(r, "gp_fte", 15000) }},
	{"more than 15,000 for each nurse", func(r joinedRow) bool { return above(r, "nurse_fte", 15000) && !above(r, "gp_fte", 15000) }},
	{"no survey", func(r joinedRow) bool { return r["gpps_good_overall_pct"] == "" && r["list_size"] != "" }},
	{"no QOF", func(r joinedRow) bool { return r["qof_points"] == "" && r["gp_fte"] != "" }},
	{"no workforce", func(r joinedRow) bool { return r["workforce_as_at"] == "" && r["list_size"] != "" }},
	{"a part of the workforce not known", func(r joinedRow) bool { return r["gp_fte"] == "" && r["nurse_fte"] != "" }},
	{"at the Welsh border", func(r joinedRow) bool {
		return strings.HasPrefix(r["postcode"], "HR5") || strings.HasPrefix(r["postcode"], "SY7") || strings.HasPrefix(r["postcode"], "NP16")
	}},
	{"dispensing and rural", func(r joinedRow) bool { return r["dispensing"] == "Yes" && r["rurality"] == "Rural" }},
	{"APMS", func(r joinedRow) bool { return r["contract_type"] == "APMS" }},
	{"a contract that is not known", func(r joinedRow) bool { return r["contract_type"] == "UNKNOWN" }},
	{"outstanding", func(r joinedRow) bool { return r["cqc_overall_rating"] == "Outstanding" }},
	{"not rated", func(r joinedRow) bool { return r["cqc_overall_rating"] == "" && r["qof_points"] != "" }},
	{"the largest", func(joinedRow) bool { return true }},  // chosen apart
	{"the smallest", func(joinedRow) bool { return true }}, // chosen apart
}

func below(a, b string) bool {
	n := ratio(a, b, 1)
	return n != nil && n.Cmp(big.NewRat(1, 1)) < 0
}

func above(r joinedRow, staff string, most int64) bool {
	n := ratio(r["list_size"], r[staff], 1)
	return n != nil && n.Cmp(big.NewRat(most, 1)) > 0
}

// chosen is a practice of the kind; the extremes are looked for.
func chosen(list []joinedRow, name string, is func(joinedRow) bool, taken []string) (joinedRow, bool) {
	value := func(r joinedRow) *big.Rat { return ratio(r["list_size"], "1", 1) }
	sign := 0
	switch name {
	case "the largest":
		sign = 1
	case "the smallest":
		sign = -1
	case "more than 100,000 for each GP, and the most":
		sign, value = 1, func(r joinedRow) *big.Rat { return ratio(r["list_size"], r["gp_fte"], 1) }
	}
	var best joinedRow
	for _, r := range list {
		if !is(r) || slices.Contains(taken, r["ods_code"]) {
			continue
		}
		if sign == 0 {
			return r, true
		}
		if v := value(r); v != nil && (best == nil || v.Cmp(value(best)) == sign) {
			best = r
		}
	}
	return best, best != nil
}

// On real data: cases of practices of twenty kinds and of a dormant one are opened, and every figure that is filled in is held against the
// joined table, which other people made from the same files. Practices are named by their kind alone.
func TestEvidenceOfRealPractices(t *testing.T) {
	list := joined(t)
	s := storetest.New(t)
	clock := service.Clock{Programme: func() time.Time { return calendar.MustParse("2019-06-03").Start().Add(9 * time.Hour) }, Real: time.Now}
	svc := service.New(s, clock, slog.New(slog.DiscardHandler))
	importPublished(t, svc.ImportAreas, "regions/eauth_2017-08.csv", "2017-08-01")
	importPublished(t, svc.ImportPractices, "ods/epraccur_2018-05.csv.gz", "2018-05-11")
	files := upstream(list)
	for _, one := range []struct {
		run        importer
		file, asAt string
	}{
		{svc.ImportWorkforce, "workforce", "2017-09-30"}, {svc.ImportListSizes, "lists later", "2018-03-31"}, {svc.ImportListSizes, "lists", "2017-09-30"},
		{svc.ImportPayments, "payments", "2018-03-31"}, {svc.ImportQOF, "qof", "2019-03-31"}, {svc.ImportSurvey, "gpps", "2018-08-09"}, {svc.ImportCQC, "cqc", "2018-12-31"},
	} {
		if report := mustImport(t, one.run, files[one.file], one.asAt); len(report.Refused) > 0 || len(report.Stubs) > 0 {
			t.Fatalf("%s: refused %d, stubs %d", one.file, len(report.Refused), len(report.Stubs))
		}
	}
	worker := everywhere(t, svc, s)
	var taken []string
	table := tableOf(t, list)
	figures, dormant, beside := 0, 0, 0
	for _, kind := range kinds {
		r, found := chosen(list, kind.name, kind.is, taken)
		if !found {
			t.Errorf("no practice is %s", kind.name)
			continue
		}
		taken = append(taken, r["ods_code"])
		facts := checkFigures(t, svc, worker, kind.name, practice.Code(r["ods_code"]), expected(r))
		figures += len(facts)
		for _, f := range facts {
			beside += table.checkFact(t, kind.name, r, f)
		}
	}
	for _, code := range dormantPractices(t) {
		if !slices.ContainsFunc(list, func(r joinedRow) bool { return r["ods_code"] == string(code) }) {
			figures += len(checkFigures(t, svc, worker, "dormant", code, map[practice.Indicator]string{}))
			dormant++
			break
		}
	}
	if dormant == 0 || len(taken) != len(kinds) || figures < 150 || beside < 300 {
		t.Errorf("%d kinds, %d dormant, only %d figures and %d comparisons", len(taken), dormant, figures, beside)
	}
	t.Logf("%d cases, %d figures and %d comparisons held against the table", len(taken)+dormant, figures, beside)
	checkMedians(t, s, list)
}

// everywhere is a caseworker of every local team.
func everywhere(t *testing.T, svc *service.Service, s *store.Store) service.By {
	t.Helper()
	person := service.NewPerson{Name: "Wendy Worker", Email: "worker@team.example", Telephone: "01632 960002", Password: servicetestPassword, Final: true}
	areas, err := s.Organisations(t.Context(), practice.KindArea)
	ok(t, err)
	var held []account.Assignment
	for _, a := range areas {
		if a.LocalTeam(calendar.MustParse("2019-06-03")) {
			person.Roles = append(person.Roles, service.NewRole{Role: account.Caseworker, Place: string(a.Code), From: calendar.MustParse("2016-04-01")})
			held = append(held, account.Assignment{Role: account.Caseworker, Place: account.AtArea, Code: string(a.Code)})
		}
	}
	id, err := svc.AddPerson(t.Context(), operator, person)
	ok(t, err)
	return service.By{Actor: account.Actor{Person: account.Person{ID: id, Name: person.Name, Email: person.Email, PasswordSet: true, Active: true}, Assignments: held}}
}

const servicetestPassword = "heron-lantern-gravel"

// checkFigures opens a case, begins its assessment, and holds what is filled in against what is wanted. It returns all
// that was filled in.
func checkFigures(t *testing.T, svc *service.Service, by service.By, kind string, code practice.Code, want map[practice.Indicator]string) []assessment.Fact {
	t.Helper()
	id, err := svc.OpenCase(t.Context(), by, code, casework.Opening{Route: casework.ByLMC, Reason: "The LMC is worried."})
	if err != nil {
		t.Errorf("%s: %v", kind, err)
		return nil
	}
	on := func() service.On {
		f, err := svc.Case(t.Context(), by, id)
		ok(t, err)
		return service.On{Case: id, Version: f.Version}
	}
	ok(t, svc.Acknowledge(t.Context(), by, on(), "We look into it."))
	ok(t, svc.BeginAssessment(t.Context(), by, on()))
	file, err := svc.Assessment(t.Context(), by, id, 0)
	ok(t, err)
	got := map[practice.Indicator]string{}
	for _, fact := range file.Assessment.Known {
		got[fact.Indicator] = fact.Value
		if fact.Doubt != "" {
			got[fact.Indicator] += " [check]"
		}
		if fact.Doubt != "" && len(fact.Beside) > 0 {
			t.Errorf("%s: %s is doubted and ranked", kind, fact.Indicator)
		}
	}
	for i, value := range want {
		if got[i] != value {
			t.Errorf("%s: %s is %q, and the table says %q", kind, i, got[i], value)
		}
	}
	for i, value := range got {
		if _, wanted := want[i]; !wanted {
			t.Errorf("%s: %s is %q, and the table says nothing", kind, i, value)
		}
	}
	return file.Assessment.Known
}

// dormantPractices are practices of the register that are dormant.
func dormantPractices(t *testing.T) []practice.Code {
	t.Helper()
	f, err := os.Open(filepath.Join(os.Getenv("RESILIENCE_TEST_DATA"), "ods", "epraccur_2018-05.csv.gz"))
	ok(t, err)
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	ok(t, err)
	rows, err := csv.NewReader(unpacked).ReadAll()
	ok(t, err)
	var codes []practice.Code
	for _, r := range rows {
		if r[12] == "D" && r[25] == "4" && strings.HasPrefix(r[2], "Y") && strings.HasPrefix(r[3], "Q7") {
			codes = append(codes, practice.Code(r[0]))
		}
	}
	return codes
}

// checkMedians holds England's median of patients for each GP against the table.
func checkMedians(t *testing.T, s *store.Store, list []joinedRow) {
	t.Helper()
	var all []*big.Rat
	for _, r := range list {
		if per := ratio(r["list_size"], r["gp_fte"], 1); per != nil && per.Cmp(big.NewRat(15000, 1)) <= 0 {
			all = append(all, per)
		}
	}
	slices.SortFunc(all, func(a, b *big.Rat) int { return a.Cmp(b) })
	median := new(big.Rat).Add(all[(len(all)-1)/2], all[len(all)/2])
	median.Quo(median, big.NewRat(2, 1))
	found, err := s.Benchmarks(t.Context(), []practice.Point{{Indicator: practice.PatientsPerGP, AsAt: calendar.MustParse("2017-09-30")}}, nil)
	ok(t, err)
	if len(found) != 1 || found[0].Practices != len(all) || found[0].Median.Round(3) != grouped(rounded(median.FloatString(3), 3)) {
		t.Errorf("England: %+v; the table has %d with the median %s", found, len(all), median.FloatString(3))
	}
}
