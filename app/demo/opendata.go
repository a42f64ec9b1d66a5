package demo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"resilience/app/calendar"
	"resilience/app/practice"
	"resilience/app/service"
)

// profile is what open data tell of an invented practice: the same in every edition but for the number of staff, which
// falls a little. -1 and "" are not known.
type profile struct {
	gp, nurse, care, admin  float64
	weighted                float64
	contract                string
	dispenses, rural        bool
	points                  float64
	overall, phone, booking float64
	rating                  string
	published               calendar.Date
}

// profileOf invents a practice's figures. They go by its code alone, so that stories know them too.
func profileOf(seed uint64, code practice.Code, patients int) profile {
	number, _ := strconv.ParseUint(strings.TrimPrefix(string(code), "X"), 10, 64)
	r := rand.New(rand.NewPCG(seed, openDataPart+number))
	perGP, perNurse := 1980*math.Exp(0.28*r.NormFloat64()), 4100*math.Exp(0.35*r.NormFloat64())
	n := float64(patients)
	p := profile{
		gp: n / perGP, nurse: n / perNurse, care: n / 9000 * r.Float64() * 2, admin: n / 780, weighted: n * (0.86 + 0.3*r.Float64()),
		contract: pick(r, []string{"GMS", "GMS", "GMS", "GMS", "GMS", "GMS", "GMS", "PMS", "PMS", "PMS", "PMS", "APMS"}), rural: r.IntN(6) == 0,
		points: 559 - min(math.Abs(22*r.NormFloat64()), 140), overall: proportion(r, 0.86, 0.08), phone: proportion(r, 0.72, 0.15), booking: proportion(r, 0.74, 0.12),
		rating:    pick(r, []string{"", "", "", "Good", "Good", "Good", "Good", "Good", "Outstanding", "Requires improvement", "Inadequate"}),
		published: calendar.MustParse("2015-01-06").AddDays(r.IntN(720)),
	}
	p.dispenses = p.rural && r.IntN(3) > 0
	switch r.IntN(40) {
	case 0: // a bad return
		p.gp = 0.04 + 0.2*r.Float64()
	case 1, 2:
		p.gp, p.nurse, p.care, p.admin = -1, -1, -1, -1
	case 3:
		p.nurse = -1
	case 4:
		p.overall, p.phone, p.booking = -1, -1, -1
	case 5:
		p.points = -1
	case 6:
		p.contract = ""
	}
	return p
}

// later is the profile with the points and the survey of later years, which move a little from year to year.
func (p profile) later(seed uint64, code practice.Code, points, survey int) profile {
	number, _ := strconv.ParseUint(strings.TrimPrefix(string(code), "X"), 10, 64)
	move := func(year int, by float64) float64 {
		return by * rand.New(rand.NewPCG(seed, openDataPart+number<<12+uint64(year))).NormFloat64()
	}
	for year := firstPublished + 1; year <= points && p.points >= 0; year++ {
		p.points = min(max(p.points+move(year, 9), 300), 559)
	}
	for year := firstPublished + 1; year <= survey && p.overall >= 0; year++ {
		by := move(year, 0.03)
		p.overall, p.phone, p.booking = within(p.overall+by/2), within(p.phone+by), within(p.booking+by)
	}
	return p
}

// firstPublished is the year of the first points and survey of an invented practice.
const firstPublished = 2015

func within(share float64) float64 { return min(max(share, 0.2), 0.99) }

// openDataPart keeps the randomness of open data apart from that of stories.
const openDataPart = 0x0BE_DA7A_0000_0000

func proportion(r *rand.Rand, mean, spread float64) float64 {
	return within(mean + spread*r.NormFloat64())
}

// sideFile is a file of open data about practices.
type sideFile struct {
	name string
	asAt calendar.Date
	read func(*service.Service, context.Context, service.By, service.RegisterFile) (*practice.ImportReport, error)
	rows [][]string
}

// openData are the files as they were published last before the day, of the practices in the file of list sizes.
func openData(seed uint64, day calendar.Date, sizes [][]string) []*sideFile {
	workforce := &sideFile{"workforce.csv", lastOn(day, 9, 30), (*service.Service).ImportWorkforce,
		[][]string{{"PRAC_CODE", "TOTAL_GP_EXRL_FTE", "TOTAL_NURSES_FTE", "TOTAL_DPC_FTE", "TOTAL_ADMIN_FTE"}}}
	payments := &sideFile{"payments.csv", lastOn(day, 3, 31), (*service.Service).ImportPayments, [][]string{{
		"Practice Code", "Contract Type", "Dispensing Practice", "PracticeRurality", "Number of Registered Patients (Last Known Figure)", "Number of Weighted Patients (Last Known Figure)"}}}
	ratings := &sideFile{"cqc-ratings.csv", day, (*service.Service).ImportCQC, [][]string{{
		"Location ODS Code", "Location Primary Inspection Category", "Service / Population Group", "Domain", "Latest Rating", "Publication Date"}}}
	survey := &sideFile{"gp-patient-survey.csv", lastOn(day, 7, 7), (*service.Service).ImportSurvey, [][]string{{"Practice_Code", "Q28_12pct", "Q3_12pct", "Q18_12pct"}}}
	points := &sideFile{"qof.csv", lastOn(day, 3, 31), (*service.Service).ImportQOF, [][]string{{"PRACTICE_CODE", "INDICATOR_CODE", "MEASURE", "VALUE"}}}
	for _, row := range sizes {
		code, patients := row[5], 0
		if patients, _ = strconv.Atoi(row[9]); patients == 0 {
			continue
		}
		p := profileOf(seed, practice.Code(code), patients).later(seed, practice.Code(code), points.asAt.Year(), survey.asAt.Year())
		workforce.add(code, figure(p.gp, 2), figure(p.nurse, 2), figure(p.care, 2), figure(p.admin, 2))
		payments.add(code, orUnknown(p.contract), yes(p.dispenses), map[bool]string{true: "Rural", false: "Urban"}[p.rural], row[9], figure(p.weighted, 2))
		survey.add(code, figure(p.overall, 4), figure(p.phone, 4), figure(p.booking, 4))
		if p.points >= 0 {
			clinical := p.points * 0.78
			points.add(code, "CLINICAL", "ACHIEVED_POINTS", figure(clinical, 2))
			points.add(code, "PUBLICHEALTH", "ACHIEVED_POINTS", figure(p.points-clinical, 2))
		}
		if p.rating != "" && !p.published.After(day) {
			ratings.add(code, "GP Practices", "Overall", "Overall", p.rating, p.published.Start().Format("02/01/2006"))
		}
	}
	return []*sideFile{workforce, payments, ratings, survey, points}
}

func (f *sideFile) add(cells ...string) { f.rows = append(f.rows, cells) }

// lastOn is the last day with this month and number up to the day.
func lastOn(day calendar.Date, month, number int) calendar.Date {
	d := calendar.MustParse(fmt.Sprintf("%d-%02d-%02d", day.Year(), month, number))
	if d.After(day) {
		d = calendar.MustParse(fmt.Sprintf("%d-%02d-%02d", day.Year()-1, month, number))
	}
	return d
}

func figure(n float64, places int) string {
	if n < 0 {
		return "ND"
	}
	return strconv.FormatFloat(n, 'f', places, 64)
}

func orUnknown(s string) string {
	if s == "" {
		return "UNKNOWN"
	}
	return s
}

func yes(is bool) string {
	if is {
		return "Yes"
	}
	return "No"
}
