package ods_test

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/ods"
	"resilience/app/practice"
)

var fileDay = calendar.On(2017, 3, 31)

// sideReaders read each kind of file as at fileDay.
var sideReaders = map[string]func(io.Reader, func(practice.IndicatorRecord)) (practice.File, error){
	"workforce": ods.Workforce,
	"payments":  ods.Payments,
	"cqc": func(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
		return ods.CQC(r, fileDay, fn)
	},
	"gpps": func(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
		return ods.Survey(r, nil, fn)
	},
	"gpps named": func(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
		return ods.Survey(r, map[practice.Indicator]string{practice.SurveyOverall: "overallpct"}, fn)
	},
	"qof": func(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
		return ods.QOF(r, 559, fn)
	},
}

// told is what a file tells, a value a line: line of the file, practice, indicator, day where the row has its own, value.
func told(kind, content string) (string, practice.File, error) {
	var list []string
	file, err := sideReaders[kind](strings.NewReader(content), func(r practice.IndicatorRecord) {
		value := "?"
		switch {
		case r.Counted:
			value = r.Number.Round(6)
		case r.Known():
			value = r.Words
		}
		day := ""
		if !r.AsAt.IsZero() {
			day = " " + r.AsAt.String()
		}
		list = append(list, fmt.Sprintf("%d %s %s%s %s", r.Line, r.Code, r.Indicator, day, value))
	})
	return strings.Join(list, "\n"), file, err
}

func TestIndicatorsOfEachLayout(t *testing.T) {
	for name, test := range map[string]struct{ kind, content, want, refused string }{
		"workforce, wide, captions in any case, byte order mark": {"workforce",
			"\ufeffprac_code,PRAC_NAME,total_gp_extgl_fte,Total_Nurses_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE\nx10001,LOW FELL,2.346666667,ND,0,4.2\n",
			"2 X10001 gp_fte 2.346667\n2 X10001 nurse_fte ?\n2 X10001 dpc_fte 0\n2 X10001 admin_fte 4.2", ""},
		"workforce, the older caption, every way to say not known": {"workforce",
			"PRAC_CODE,TOTAL_GP_EXRL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE\nX10001,EST,NS,.,\nX10002,NA,nd,0.0,1\n",
			"2 X10001 gp_fte ?\n2 X10001 nurse_fte ?\n2 X10001 dpc_fte ?\n2 X10001 admin_fte ?\n3 X10002 gp_fte ?\n3 X10002 nurse_fte ?\n3 X10002 dpc_fte 0\n3 X10002 admin_fte 1", ""},
		"workforce, wide, with the month in each row": {"workforce",
			"PRAC_CODE,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE,YEAR,MONTH\nX10001,1,1,1,1,2016,09\nX10001,2,1,1,1,2016,2\n",
			"2 X10001 gp_fte 2016-09-30 1\n2 X10001 nurse_fte 2016-09-30 1\n2 X10001 dpc_fte 2016-09-30 1\n2 X10001 admin_fte 2016-09-30 1\n" +
				"3 X10001 gp_fte 2016-02-29 2\n3 X10001 nurse_fte 2016-02-29 1\n3 X10001 dpc_fte 2016-02-29 1\n3 X10001 admin_fte 2016-02-29 1", ""},
		"workforce, long, without trainees, locums and head counts": {"workforce",
			"PRAC_CODE,STAFF_GROUP,DETAILED_STAFF_ROLE,MEASURE,VALUE\nX10001,GP,Senior Partner,FTE,1.5\nX10001,GP,Salaried By Practice,FTE,0.25\n" +
				"X10001,GP,GP in Training Grade ST1,FTE,1\nX10001,GP,GP Regular Locum - Vacancy,FTE,2\nX10001,GP,Senior Partner,HC,2\n" +
				"X10001,Nurses,Practice Nurse,FTE,ND\nX10001,Nurses,Extended Role Practice Nurse,FTE,1\nX10001,Admin/Non-Clinical,Receptionist,FTE,3\n",
			"2 X10001 gp_fte 1.75\n7 X10001 nurse_fte ?\n9 X10001 admin_fte 3", ""},
		"payments, captions of one year": {"payments",
			"Practice Code,Contract Type,Dispensing Practice,PracticeRurality,Number of Registered Patients (Last Known Figure),Number of Weighted Patients (Last Known Figure)\n" +
				"X10001,GMS,No,Urban,4179,4771.66\nX10002,UNKNOWN,UNKNOWN,Rural,,ND\n",
			"2 X10001 contract_type GMS\n2 X10001 dispensing No\n2 X10001 rurality Urban\n2 X10001 paid_list 4,179\n2 X10001 weighted_list 4,771.66\n" +
				"3 X10002 contract_type ?\n3 X10002 dispensing ?\n3 X10002 rurality Rural\n3 X10002 paid_list ?\n3 X10002 weighted_list ?", ""},
		"payments, captions of another": {"payments",
			"PRACTICE CODE,Practice Contract Type,Dispensing practice,Average Number of Registered Patients,Average number of weighted patients\nX10001,PMS,Yes,\"4,179\",4000\n",
			"2 X10001 contract_type PMS\n2 X10001 dispensing Yes\n2 X10001 paid_list 4,179\n2 X10001 weighted_list 4,000", ""},
		"cqc: other categories, domains and groups are passed over": {"cqc",
			cqcHeader + "X10001,GP Practices,Overall,Overall,Good,25/05/2016\nX10001,GP Practices,Overall,Safe,Inadequate,25/05/2016\nX10001,GP Practices,Older people,Overall,Inadequate,25/05/2016\n" +
				"X10002,Dentists,Overall,Overall,Good,25/05/2016\nX10003,GP Practices,Overall,overall,Requires improvement,2016-01-02\nX10004,GP Practices,Overall,Overall,,01/02/2016\n",
			"2 X10001 cqc_rating 2016-05-25 Good\n6 X10003 cqc_rating 2016-01-02 Requires improvement\n7 X10004 cqc_rating 2016-02-01 ?", ""},
		"cqc: never before it was published, and never without a day": {"cqc",
			cqcHeader + "X10001,GP Practices,Overall,Overall,Good,25/05/2016\nX10002,GP Practices,Overall,Overall,Good,01/04/2017\nX10005,GP Practices,Overall,Overall,Good,02/05/2016\nX10006,GP Practices,Overall,Overall,Good,02/05/2016\nX10003,GP Practices,Overall,Overall,Good,\n",
			"2 X10001 cqc_rating 2016-05-25 Good\n4 X10005 cqc_rating 2016-05-02 Good\n5 X10006 cqc_rating 2016-05-02 Good",
			"line 3: the rating was published on 1 April 2017, after the day of which the file tells; line 6: the rating has no publication date, so that nobody can say since when it holds"},
		"cqc: two locations of a practice": {"cqc",
			cqcHeader + "X10001,GP Practices,Overall,Overall,Good,25/05/2016\nX10001,GP Practices,Overall,Overall,Inadequate,26/05/2016\nX10002,GP Practices,Overall,Overall,Good,25/05/2016\nX10002,GP Practices,Overall,Overall,Inadequate,25/05/2016\n",
			"2 X10001 cqc_rating 2016-05-25 Good\n3 X10001 cqc_rating 2016-05-26 Inadequate", "line 5: X10002 has two ratings published on the same day: see line 4"},
		"gpps, and what too few answered": {"gpps",
			"Practice_Code,Q3_12pct,Q18_12pct,Q28_12pct\nX10001,0.7012,0.65,0.836\nX10002,-97,,-99.00\n",
			"2 X10001 gpps_overall 0.836\n2 X10001 gpps_phone 0.7012\n2 X10001 gpps_appointment 0.65\n3 X10002 gpps_overall ?\n3 X10002 gpps_phone ?\n3 X10002 gpps_appointment ?", ""},
		"gpps, a column by its name, the others not there": {"gpps named", "Practice_Code,OverallPct\nX10001,1\n", "2 X10001 gpps_overall 1", ""},
		"qof: points are added": {"qof",
			qofHeader + "X10001,AF001,ACHIEVED_POINTS,5\nX10001,AF001,REGISTER,77\nX10001,AF006,ACHIEVED_POINTS,11.34\nX10002,AF001,ACHIEVED_POINTS,5\nX10002,AF006,ACHIEVED_POINTS,.\nX10003,AF001,ACHIEVED_POINTS,559\nX10004,AF001,ACHIEVED_POINTS,559.01\n",
			"2 X10001 qof_points 16.34\n2 X10001 qof_maximum 559\n5 X10002 qof_points ?\n7 X10003 qof_points 559\n7 X10003 qof_maximum 559",
			"line 8: the points of X10004 add up to 559.01, and 559 could be had"},
	} {
		got, file, err := told(test.kind, test.content)
		var refused []string
		for _, r := range file.Refused {
			refused = append(refused, fmt.Sprintf("line %d: %s", r.Line, r.Reason))
		}
		if err != nil || got != test.want || strings.Join(refused, "; ") != test.refused {
			t.Errorf("%s:\n%s\nrefused %v, fault %v\nwant:\n%s\n%s", name, got, refused, err, test.want, test.refused)
		}
	}
}

const (
	cqcHeader = "Location ODS Code,Location Primary Inspection Category,Service / Population Group,Domain,Latest Rating,Publication Date\n"
	qofHeader = "PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE\n"
)

func TestIndicatorsRefusedWhole(t *testing.T) {
	wide := "PRAC_CODE,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE\n"
	for name, test := range map[string]struct{ kind, content, want string }{
		"a column is missing":    {"workforce", "PRAC_CODE,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE\nX10001,1,1,1\n", "line 1, beginning \"PRAC_CODE,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE\", has no column for full-time-equivalent administrative staff. Expected is"},
		"another kind of file":   {"payments", wide + "X10001,1,1,1,1\n", "Expected is NHS Payments to General Practice"},
		"a row too short":        {"workforce", wide + "X10001,1,1,1,1\nX10002,1\n", "has 2 columns on line 3, and 5 are expected"},
		"two things of one":      {"workforce", wide + "X10001,1,1,1,1\nX10001,2,1,1,1\n", "says two things of X10001: lines 2 and 3 differ"},
		"no rows":                {"gpps", "Practice_Code,Q3_12pct,Q18_12pct,Q28_12pct\n", "holds a header but no rows"},
		"percentages":            {"gpps", "Practice_Code,Q3_12pct,Q18_12pct,Q28_12pct\nX10001,70,65,83\n", "shares from 0 to 1"},
		"a column renamed":       {"gpps named", "Practice_Code,Q28_12pct\nX10001,0.5\n", "has no column for overallpct"},
		"no rating of practices": {"cqc", cqcHeader + "X10001,Dentists,Overall,Overall,Good,25/05/2016\n", "holds no overall rating of a GP practice"},
		"no points":              {"qof", qofHeader + "X10001,AF001,REGISTER,5\n", "holds no row with the measure ACHIEVED_POINTS"},
		"points told twice":      {"qof", qofHeader + "X10001,AF001,ACHIEVED_POINTS,5\nX10001,AF001,ACHIEVED_POINTS,5\n", `says "AF001" of X10001 twice: on lines 2 and 3`},
		"negative":               {"workforce", wide + "X10001,-1,1,1,1\n", `"-1" is not a number`},
	} {
		if _, _, err := told(test.kind, test.content); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: fault %v, want %s", name, err, test.want)
		}
	}
}

// Packed or not, it is the same file.
func TestIndicatorsPacked(t *testing.T) {
	content := qofHeader + "X10001,AF001,ACHIEVED_POINTS,5\n"
	want, plain, err := told("qof", content)
	if err != nil {
		t.Fatal(err)
	}
	for _, packed := range [][]byte{gzipped(t, content), zipped(t, map[string]string{"a.csv": content})} {
		if got, file, err := told("qof", string(packed)); err != nil || got != want || file.SHA256 != plain.SHA256 {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]string{"0": "0", "4771.66": "4,771.66", "6.546666667": "6.546667", "1,204": "1,204", "12,345,678.5": "12,345,678.5", ".5": "0.5", "7.": "7"} {
		if n, err := practice.ParseAmount(text); err != nil || n.Round(6) != want {
			t.Errorf("%s is read as %s, %v, want %s", text, n.Round(6), err, want)
		}
	}
	for _, text := range []string{"", ".", "-1", "1,20", "1e3", "Infinity", "0x1", "1 2", "99999999999"} {
		if n, err := practice.ParseAmount(text); err == nil {
			t.Errorf("%q is read as %s", text, n.Round(6))
		}
	}
}

func TestPublishedPayments(t *testing.T) {
	counts, words := map[practice.Indicator]int{}, map[string]int{}
	file, err := ods.Payments(realFile(t, "payments/nhspaymentsgp_2016-17.csv.gz"), func(r practice.IndicatorRecord) {
		if r.Known() {
			counts[r.Indicator]++
			words[r.Words]++
		}
	})
	if err != nil || file.Rows != 7763 || len(file.Refused) != 0 {
		t.Fatalf("%d rows, refused %v, fault %v", file.Rows, file.Refused, err)
	}
	want := map[practice.Indicator]int{practice.ContractType: 7707, practice.Dispensing: 7653, practice.Rurality: 7763, practice.PaidList: 7763, practice.WeightedList: 7763}
	if !maps.Equal(counts, want) || words["GMS"] != 5301 || words["APMS"] != 279 || words["Yes"] != 1094 || words["Rural"] != 1219 {
		t.Errorf("counts %v, want %v; words %v", counts, want, words)
	}
}

// Every value of the published payments is what stands in its cell, by a reading of the file that knows its captions.
func TestEachValueOfPublishedPayments(t *testing.T) {
	unpacked, err := gzip.NewReader(realFile(t, "payments/nhspaymentsgp_2016-17.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(unpacked).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(caption string) int { return slices.Index(rows[0], caption) }
	columns := map[practice.Indicator]int{
		practice.ContractType: at("Contract Type"), practice.Dispensing: at("Dispensing Practice"), practice.Rurality: at("PracticeRurality"),
		practice.PaidList: at("Number of Registered Patients (Last Known Figure)"), practice.WeightedList: at("Number of Weighted Patients (Last Known Figure)"),
	}
	want := map[string]string{}
	for _, r := range rows[1:] {
		for i, column := range columns {
			if text := strings.TrimSpace(r[column]); text != "" && text != "UNKNOWN" {
				want[r[at("Practice Code")]+" "+string(i)] = text
			}
		}
	}
	held, wrong := len(want), 0
	if _, err := ods.Payments(realFile(t, "payments/nhspaymentsgp_2016-17.csv.gz"), func(r practice.IndicatorRecord) {
		key := string(r.Code) + " " + string(r.Indicator)
		text := r.Words
		if r.Counted {
			text = strings.ReplaceAll(r.Number.Round(6), ",", "")
		}
		if want[key] != text && want[key] != text+".0" && want[key] != text+"0" && want[key] != text+".00" {
			wrong++
		}
		delete(want, key)
	}); err != nil {
		t.Fatal(err)
	}
	if wrong > 0 || len(want) > 0 || held < 38000 {
		t.Errorf("of %d values %d are read otherwise, and %d are not read", held, wrong, len(want))
	}
}

func TestPublishedWorkforce(t *testing.T) {
	for name, want := range map[string]struct{ rows, practices, days, known int }{
		"workforce/GPW_practice_detailed_2025_header_and_10_rows.csv":   {10, 7, 2, 38},
		"workforce/GPW_practice_high_level_2024_header_and_10_rows.csv": {10, 1, 1, 1},
	} {
		codes, days, known := map[practice.Code]bool{}, map[calendar.Date]bool{}, 0
		file, err := ods.Workforce(realFile(t, name), func(r practice.IndicatorRecord) {
			codes[r.Code], days[r.AsAt] = true, true
			if r.Known() {
				known++
			}
		})
		if err != nil || file.Rows != want.rows || len(codes) != want.practices || len(days) != want.days || known != want.known {
			t.Errorf("%s: %d rows, %d practices, %v, %d known, %v, want %v", name, file.Rows, len(codes), slices.Collect(maps.Keys(days)), known, err, want)
		}
	}
}
