package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
)

// Invented files of indicators, in the layouts as published.
const (
	wideHeader     = "PRAC_CODE,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE\n"
	ratingsHeader  = "Location ODS Code,Location Primary Inspection Category,Domain,Latest Rating,Publication Date\n"
	surveyHeader   = "Practice_Code,Q28_12pct,Q3_12pct,Q18_12pct\n"
	qofHeader      = "PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE\n"
	paymentsHeader = "Practice Code,Contract Type,Dispensing Practice,PracticeRurality,Number of Registered Patients,Number of Weighted Patients\n"
	listsHeader    = "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
)

func lists(sizes map[string]int) string {
	text := listsHeader
	for code, n := range sizes {
		text += fmt.Sprintf("A,01SEP2016,GP,00X,E1,%s,XA1 2BC,ALL,ALL,%d\n", code, n)
	}
	return text
}

// knownOf is what is known of a practice on a day: "indicator as-at value", each with its check and what stands beside it.
func knownOf(t *testing.T, db *store.Store, code practice.Code, day string, only ...practice.Indicator) string {
	t.Helper()
	found, err := service.KnownOn(t.Context(), db, []practice.Code{code}, calendar.MustParse(day), 15000)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, k := range found[code] {
		if len(only) > 0 && !slices.Contains(only, k.Indicator) {
			continue
		}
		text := fmt.Sprintf("%s %s %s", k.Indicator, k.AsAt, k.Value())
		if k.Check != "" {
			text += " [" + k.Check + "]"
		}
		for _, c := range k.Beside {
			text += fmt.Sprintf("; %s %s of %d: %s %s %s, quarter %d", c.Level, c.Organisation, c.Practices, c.Lower.Round(2), c.Median.Round(2), c.Upper.Round(2), c.Quarter)
		}
		list = append(list, text)
	}
	return strings.Join(list, "\n")
}

// five practices in one local team, four of them with one commissioner.
func fivePractices(t *testing.T) (*service.Service, *store.Store) {
	svc, db := registerOf(t)
	mustImport(t, svc.ImportPractices, fells(
		fell{"X10001", "LOW FELL", "Q72", "A", "00X"}, fell{"X10002", "MID FELL", "Q72", "A", "00X"}, fell{"X10003", "HIGH FELL", "Q72", "A", "00X"},
		fell{"X10004", "TOP FELL", "Q72", "A", "00X"}, fell{"X10005", "FAR FELL", "Q72", "A", "00Y"}, fell{"X10006", "SHUT FELL", "Q72", "C", "00X"}), "2016-05-13")
	return svc, db
}

func TestIndicatorsOverTime(t *testing.T) {
	svc, db := fivePractices(t)
	mustImport(t, svc.ImportListSizes, lists(map[string]int{"X10001": 4000, "X10002": 6000, "X10003": 8000, "X10004": 90000, "X10005": 5000, "X10006": 1000}), "2016-09-30")
	report := mustImport(t, svc.ImportWorkforce, wideHeader+"X10001,2,ND,0,4\nX10002,2,1,0,4\nX10003,2,2,0,4\nX10004,0.5,4,0,4\nX10005,0,1,1,1\nX10006,0.1,1,1,1\nX10009,1,1,1,1\n", "2016-09-30")
	if report.PracticesTold != 7 || report.ActiveWithout != 0 || report.ValuesMissing != 1 || report.ValuesRead != 27 || report.New != 27 || len(report.PracticesNotKnown) != 1 || report.SameFile {
		t.Errorf("report %+v", report.IndicatorCounts)
	}
	// three of the commissioner's practices have a figure that can be ranked: too few; X10006 is closed
	if got, want := knownOf(t, db, "X10001", "2017-01-18", practice.PatientsPerGP, practice.PatientsPerNurse, practice.NurseFTE, practice.CareFTE),
		"patients_per_gp 2016-09-30 2,000 patients\ndpc_fte 2016-09-30 0 FTE; commissioner 00X of 4: 0 0 0, quarter 2; area Q72 of 5: 0 0 0, quarter 2; england  of 5: 0 0 0, quarter 2"; got != want {
		t.Errorf("X10001:\n%s\nwant:\n%s", got, want)
	}
	for code, want := range map[practice.Code]string{
		"X10004": "patients_per_gp 2016-09-30 180,000 patients [More than 15,000: check the return]",
		"X10005": "patients_per_gp 2016-09-30  [The return says that there is none: check the return]",
		"X10003": "patients_per_gp 2016-09-30 4,000 patients",
	} {
		if got := knownOf(t, db, code, "2017-01-18", practice.PatientsPerGP); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	if got := knownOf(t, db, "X10001", "2016-09-29"); got != "" {
		t.Errorf("known before its day: %s", got)
	}
	if again := mustImport(t, svc.ImportWorkforce, wideHeader+"X10001,2,ND,0,4\nX10002,2,1,0,4\nX10003,2,2,0,4\nX10004,0.5,4,0,4\nX10005,0,1,1,1\nX10006,0.1,1,1,1\nX10009,1,1,1,1\n", "2016-09-30"); !again.SameFile || again.New != 0 {
		t.Errorf("the same file again: %+v", again)
	}

	// a corrected return, and one of an earlier year that takes nothing away
	if r := mustImport(t, svc.ImportWorkforce, wideHeader+"X10004,10,4,0,4\nX10005,2,1,1,1\n", "2016-09-30"); r.ValuesCorrected != 2 {
		t.Errorf("corrected: %+v", r.IndicatorCounts)
	}
	if r := mustImport(t, svc.ImportWorkforce, wideHeader+"X10001,3,3,3,3\n", "2015-09-30"); !r.OlderFile || r.New != 4 {
		t.Errorf("an older file: %+v", r)
	}
	const all = "commissioner 00X of 4: 2,750 3,500 5,250, quarter %d; area Q72 of 5: 2,500 3,000 4,000, quarter %d; england  of 5: 2,500 3,000 4,000, quarter %d"
	if got, want := knownOf(t, db, "X10001", "2017-01-18", practice.PatientsPerGP, practice.NurseFTE),
		"patients_per_gp 2016-09-30 2,000 patients; "+fmt.Sprintf(all, 1, 1, 1)+"\nnurse_fte 2015-09-30 3 FTE"; got != want {
		t.Errorf("X10001:\n%s\nwant:\n%s", got, want)
	}
	// the first list of all holds for what was before it
	if got, want := knownOf(t, db, "X10001", "2016-09-30", practice.PatientsPerGP), "patients_per_gp 2016-09-30 2,000 patients; "+fmt.Sprintf(all, 1, 1, 1); got != want {
		t.Errorf("on the day itself: %s", got)
	}
	// a list that is known later, but was in force on the day of the workforce, changes both the figure and the others'
	mustImport(t, svc.ImportListSizes, lists(map[string]int{"X10001": 9000}), "2016-09-29")
	mustImport(t, svc.ImportListSizes, lists(map[string]int{"X10002": 60000}), "2016-12-31")
	if got, want := knownOf(t, db, "X10002", "2017-01-18", practice.PatientsPerGP), "patients_per_gp 2016-09-30 3,000 patients; "+fmt.Sprintf(all, 2, 2, 2); got != want {
		t.Errorf("after later lists:\n%s\nwant:\n%s", got, want)
	}
}

// Who is held against whom goes by the register as at the day of the figure, also when that is imported afterwards.
func TestComparatorsFollowTheRegister(t *testing.T) {
	svc, db := registerOf(t)
	survey := surveyHeader
	for i := range 5 {
		survey += fmt.Sprintf("X1000%d,0.%d,0.5,ND\n", i+1, 5+i)
	}
	mustImport(t, svc.ImportSurvey, survey, "2016-07-31")
	if got, want := knownOf(t, db, "X10001", "2017-01-18"), "gpps_overall 2016-07-31 50%\ngpps_phone 2016-07-31 50%"; got != want {
		t.Errorf("without a register:\n%s", got)
	}
	all := []fell{{"X10001", "A", "Q72", "A", "00X"}, {"X10002", "B", "Q72", "A", "00X"}, {"X10003", "C", "Q72", "A", "00X"}, {"X10004", "D", "Q72", "A", "00X"}, {"X10005", "E", "Q72", "A", "00X"}}
	mustImport(t, svc.ImportPractices, fells(all...), "2017-05-12")
	const five = "gpps_overall 2016-07-31 50%; commissioner 00X of 5: 0.6 0.7 0.8, quarter 1; area Q72 of 5: 0.6 0.7 0.8, quarter 1; england  of 5: 0.6 0.7 0.8, quarter 1"
	if got := knownOf(t, db, "X10001", "2017-01-18", practice.SurveyOverall); got != five {
		t.Errorf("with a register of later:\n%s\nwant:\n%s", got, five)
	}
	all[4].area, all[4].commissioner = "Q73", "00Y"
	mustImport(t, svc.ImportPractices, fells(all...), "2018-05-11")
	if got := knownOf(t, db, "X10001", "2019-01-18", practice.SurveyOverall); got != five {
		t.Errorf("a move after the day of the survey:\n%s", got)
	}
	mustImport(t, svc.ImportPractices, fells(all...), "2016-05-13")
	if got, want := knownOf(t, db, "X10001", "2017-01-18", practice.SurveyOverall),
		"gpps_overall 2016-07-31 50%; commissioner 00X of 4: 0.58 0.65 0.73, quarter 1; area Q72 of 4: 0.58 0.65 0.73, quarter 1; england  of 5: 0.6 0.7 0.8, quarter 1"; got != want {
		t.Errorf("with the register of before:\n%s\nwant:\n%s", got, want)
	}
}

func TestARatingIsNeverShownBeforeItsPublication(t *testing.T) {
	svc, db := fivePractices(t)
	mustImport(t, svc.ImportCQC, ratingsHeader+"X10001,GP Practices,Overall,Good,10/02/2015\n", "2015-03-01")
	mustImport(t, svc.ImportCQC, ratingsHeader+"X10001,GP Practices,Overall,Inadequate,20/12/2016\n", "2017-03-01")
	for day, want := range map[string]string{
		"2015-02-09": "", "2015-02-10": "cqc_rating 2015-02-10 Good", "2016-12-19": "cqc_rating 2015-02-10 Good", "2016-12-20": "cqc_rating 2016-12-20 Inadequate",
	} {
		if got := knownOf(t, db, "X10001", day); got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
}

func TestPaymentsAndPointsTogether(t *testing.T) {
	svc, db := fivePractices(t)
	mustImport(t, svc.ImportPayments, paymentsHeader+"X10001,GMS,No,Rural,4100,4771.66\nX10002,UNKNOWN,UNKNOWN,Urban,,\n", "2017-03-31")
	mustImport(t, svc.ImportQOF, qofHeader+"X10001,AF001,ACHIEVED_POINTS,400.5\nX10001,AF002,ACHIEVED_POINTS,100\n", "2017-03-31")
	if got, want := knownOf(t, db, "X10001", "2017-04-01"),
		"weighted_list 2017-03-31 4,772 weighted patients\npaid_list 2017-03-31 4,100 patients\ncontract_type 2017-03-31 GMS\ndispensing 2017-03-31 No\nrurality 2017-03-31 Rural\n"+
			"qof_points 2017-03-31 500.5 points\nqof_maximum 2017-03-31 559 points\nqof_share 2017-03-31 89.5%"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got, want := knownOf(t, db, "X10002", "2017-04-01"), "rurality 2017-03-31 Urban"; got != want {
		t.Errorf("unknown is no value: %s", got)
	}
	if _, err := importText(t, svc.ImportQOF, qofHeader+"X10001,AF001,ACHIEVED_POINTS,5\n", "2020-03-31"); err == nil || !strings.Contains(err.Error(), "Say how many points could be had in 2019/20") {
		t.Errorf("a year whose maximum is not known: %v", err)
	}
}

// The same survey read by other columns is something new, although it is the same file.
func TestOtherColumnsOfTheSameFile(t *testing.T) {
	svc, db := fivePractices(t)
	text := "Practice_Code,Q28_12pct,Q3_12pct,Q18_12pct,newpct\nX10001,0.5,0.5,0.5,0.7\n"
	mustImport(t, svc.ImportSurvey, text, "2016-07-31")
	in := service.RegisterFile{Name: "again", Content: strings.NewReader(text), AsAt: calendar.MustParse("2016-07-31"), Columns: map[practice.Indicator]string{practice.SurveyOverall: "newpct"}}
	report, err := svc.ImportSurvey(t.Context(), operator, in)
	if err != nil || report.SameFile || report.ValuesCorrected != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if got, want := knownOf(t, db, "X10001", "2017-01-18", practice.SurveyOverall), "gpps_overall 2016-07-31 70%"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestOnlyAnAdministratorImportsIndicators(t *testing.T) {
	svc, _ := registerOf(t)
	for name, run := range map[string]importer{"workforce": svc.ImportWorkforce, "payments": svc.ImportPayments, "cqc": svc.ImportCQC, "gpps": svc.ImportSurvey, "qof": svc.ImportQOF} {
		_, err := run(t.Context(), service.By{}, service.RegisterFile{Content: strings.NewReader("x"), AsAt: calendar.MustParse("2017-03-31")})
		if !fault.IsForbidden(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
