package practice

import "resilience/app/calendar"

// Indicator is one thing that open data tell of a practice, or that follows from two of them. The words are stored.
type Indicator string

// What files tell.
const (
	GPFTE          Indicator = "gp_fte"    // full-time-equivalent GPs without trainees and locums
	NurseFTE       Indicator = "nurse_fte" // full-time-equivalent nurses
	CareFTE        Indicator = "dpc_fte"   // full-time-equivalent staff in direct patient care
	AdminFTE       Indicator = "admin_fte" // full-time-equivalent staff who are not clinical
	ContractType   Indicator = "contract_type"
	Dispensing     Indicator = "dispensing"
	Rurality       Indicator = "rurality"
	PaidList       Indicator = "paid_list" // registered patients by which the practice is paid
	WeightedList   Indicator = "weighted_list"
	CQCRating      Indicator = "cqc_rating"
	SurveyOverall  Indicator = "gpps_overall"
	SurveyPhone    Indicator = "gpps_phone"
	SurveyBooking  Indicator = "gpps_appointment"
	QOFPoints      Indicator = "qof_points"
	QOFPointsCould Indicator = "qof_maximum" // points that could be had in the year
)

// What follows from them, and from the registered list. They are worked out where they are shown, and never stored.
const (
	RegisteredList   Indicator = "registered_list" // from files of list sizes, which are stored apart
	PatientsPerGP    Indicator = "patients_per_gp"
	PatientsPerNurse Indicator = "patients_per_nurse"
	QOFShare         Indicator = "qof_share"
)

// Measure says how an indicator is written and whether practices are ranked by it.
type Measure struct {
	Indicator Indicator
	Name      string
	Unit      string // behind the figure; empty for words
	Places    int    // decimal places that are shown
	Kind      FileKind
	// Ranked: a median and quarters say something. MoreIsWorse: the highest quarter is the one to look at.
	Ranked, MoreIsWorse bool
	Derived             bool
}

// Measures lists all of them, in the order of a page.
var Measures = []Measure{
	{Indicator: RegisteredList, Name: "Registered patients", Unit: "patients", Kind: FileListSizes, Ranked: true, Derived: true},
	{Indicator: WeightedList, Name: "Weighted list", Unit: "weighted patients", Kind: FilePayments, Ranked: true},
	{Indicator: PaidList, Name: "Registered patients in the payments", Unit: "patients", Kind: FilePayments},
	{Indicator: ContractType, Name: "Contract", Kind: FilePayments},
	{Indicator: Dispensing, Name: "Dispensing practice", Kind: FilePayments},
	{Indicator: Rurality, Name: "Urban or rural", Kind: FilePayments},
	{Indicator: PatientsPerGP, Name: "Patients for each full-time-equivalent GP", Unit: "patients", Kind: FileWorkforce, Ranked: true, MoreIsWorse: true, Derived: true},
	{Indicator: PatientsPerNurse, Name: "Patients for each full-time-equivalent nurse", Unit: "patients", Kind: FileWorkforce, Ranked: true, MoreIsWorse: true, Derived: true},
	{Indicator: GPFTE, Name: "Full-time-equivalent GPs, without trainees and locums", Unit: "FTE", Places: 2, Kind: FileWorkforce, Ranked: true},
	{Indicator: NurseFTE, Name: "Full-time-equivalent nurses", Unit: "FTE", Places: 2, Kind: FileWorkforce, Ranked: true},
	{Indicator: CareFTE, Name: "Full-time-equivalent staff in direct patient care", Unit: "FTE", Places: 2, Kind: FileWorkforce, Ranked: true},
	{Indicator: AdminFTE, Name: "Full-time-equivalent administrative staff", Unit: "FTE", Places: 2, Kind: FileWorkforce, Ranked: true},
	{Indicator: QOFPoints, Name: "Quality and Outcomes Framework points", Unit: "points", Places: 2, Kind: FileQOF},
	{Indicator: QOFPointsCould, Name: "Quality and Outcomes Framework points that could be had", Unit: "points", Places: 2, Kind: FileQOF},
	{Indicator: QOFShare, Name: "Share of Quality and Outcomes Framework points", Unit: "%", Places: 1, Kind: FileQOF, Ranked: true, Derived: true},
	{Indicator: SurveyOverall, Name: "GP Patient Survey: good experience overall", Unit: "%", Places: 1, Kind: FileSurvey, Ranked: true},
	{Indicator: SurveyPhone, Name: "GP Patient Survey: easy to get through by telephone", Unit: "%", Places: 1, Kind: FileSurvey, Ranked: true},
	{Indicator: SurveyBooking, Name: "GP Patient Survey: good experience of making an appointment", Unit: "%", Places: 1, Kind: FileSurvey, Ranked: true},
	{Indicator: CQCRating, Name: "CQC rating overall", Kind: FileCQC},
}

// Point is an indicator on a day: what practices are held against each other in.
type Point struct {
	Indicator Indicator
	AsAt      calendar.Date
}

// Points are those at which practices have to be held against each other anew once these values are stored: the
// indicators that are ranked, and those that follow from them.
func Points(records []IndicatorRecord) []Point {
	seen := map[Point]bool{}
	var list []Point
	for _, r := range records {
		for _, i := range ranked(r.Indicator) {
			if p := (Point{i, r.AsAt}); !seen[p] {
				seen[p] = true
				list = append(list, p)
			}
		}
	}
	return list
}

func ranked(i Indicator) []Indicator {
	switch i {
	case GPFTE:
		return []Indicator{GPFTE, PatientsPerGP}
	case NurseFTE:
		return []Indicator{NurseFTE, PatientsPerNurse}
	case QOFPoints:
		return []Indicator{QOFShare}
	}
	if m := MeasureOf(i); m.Ranked {
		return []Indicator{i}
	}
	return nil
}

// Covers tells whether a file that was imported says how things stood on the day: from its own day to the next file of
// its kind, and before it where it is the first.
func (f Import) Covers(day calendar.Date) bool {
	if day.Before(f.AsAt) {
		return f.Previous.IsZero()
	}
	return f.Next.IsZero() || day.Before(f.Next)
}

// Touches tells whether a file of practices or of list sizes that was imported changes how practices stood at the point.
func (f Import) Touches(p Point) bool {
	switch {
	case f.Kind == FilePractices:
		return f.Covers(p.AsAt)
	case f.Kind != FileListSizes:
		return false
	case p.Indicator == RegisteredList:
		return p.AsAt == f.AsAt
	}
	return (p.Indicator == PatientsPerGP || p.Indicator == PatientsPerNurse) && f.Covers(p.AsAt)
}

// MeasureOf finds a measure; the zero one for an indicator that is none.
func MeasureOf(i Indicator) Measure {
	for _, m := range Measures {
		if m.Indicator == i {
			return m
		}
	}
	return Measure{}
}

// Write is a figure of the measure with its unit, as a person would write it.
func (m Measure) Write(n Amount) string {
	switch m.Unit {
	case "":
		return n.Round(m.Places)
	case "%":
		return (n * 100).Round(m.Places) + "%"
	}
	return n.Round(m.Places) + " " + m.Unit
}

// Reading is what a file tells of one indicator: words or a figure. Neither is "not known", which is never zero.
type Reading struct {
	Words   string
	Number  Amount
	Counted bool // there is a figure
}

// Known tells whether there is a value.
func (r Reading) Known() bool { return r.Counted || r.Words != "" }

// Figure is the reading of a number.
func Figure(n Amount) Reading { return Reading{Number: n, Counted: true} }

// Said is the reading of words.
func Said(words string) Reading { return Reading{Words: words} }

// IndicatorRecord is one value of one practice in a file.
type IndicatorRecord struct {
	Line      int
	Code      Code
	Indicator Indicator
	AsAt      calendar.Date // zero: the day of which the file tells
	Reading
}

// IndicatorKey names a value that is stored.
type IndicatorKey struct {
	Practice  Code
	Indicator Indicator
	AsAt      calendar.Date
}

// IndicatorCounts is what a file of indicators holds.
type IndicatorCounts struct {
	PracticesTold     int    `json:"practices_told"`      // practices with at least one known value in the file
	ActiveWithout     int    `json:"active_without"`      // active GP practices in England on the day of the file without any
	ValuesRead        int    `json:"values_read"`         // known ones
	ValuesMissing     int    `json:"values_missing"`      // those that the file leaves blank, or marks as missing
	ValuesCorrected   int    `json:"values_corrected"`    // those that replaced another value of the same day
	PracticesNotKnown []Code `json:"practices_not_known"` // not in the register before: stubs now
}

// IndicatorChanges is what has to be stored after a file of indicators was applied.
type IndicatorChanges struct {
	Put   []IndicatorRecord // with their day
	Stubs []*Organisation
}

// ApplyIndicators enters a file of indicators, given the values that are stored for the days that it tells of. It adds
// what happened to the report; applying the same file again changes nothing. Each value stands beside those of other
// days, so that an older file takes nothing away from a newer one.
func (g Register) ApplyIndicators(day calendar.Date, stored map[IndicatorKey]Reading, records []IndicatorRecord, report *ImportReport) IndicatorChanges {
	var changes IndicatorChanges
	told := map[Code]bool{}
	for _, r := range records {
		if r.AsAt.IsZero() {
			r.AsAt = day
		}
		if !r.Known() {
			report.ValuesMissing++
			continue
		}
		told[r.Code] = true
		report.ValuesRead++
		if g[r.Code] == nil {
			g[r.Code] = &Organisation{Code: r.Code, Kind: KindPractice, Stub: true}
			changes.Stubs = append(changes.Stubs, g[r.Code])
			report.PracticesNotKnown = append(report.PracticesNotKnown, r.Code)
			report.Stubs = append(report.Stubs, Stub{Code: r.Code, Kind: KindPractice})
		}
		was, known := stored[IndicatorKey{r.Code, r.Indicator, r.AsAt}]
		switch {
		case !known:
			report.New++
		case was == r.Reading:
			continue
		default:
			report.ValuesCorrected++
		}
		changes.Put = append(changes.Put, r)
	}
	report.PracticesTold = len(told)
	report.ActiveWithout = g.activeWithout(day, told)
	return changes
}

// activeWithout counts the active GP practices in England on the day of which nothing was told.
func (g Register) activeWithout(day calendar.Date, told map[Code]bool) int {
	n := 0
	for code := range g.ActiveOn(day) {
		if !told[code] {
			n++
		}
	}
	return n
}

// ActiveOn is every active GP practice in England on the day with what the register says of it then; before the first
// file of practices, by the earliest.
func (g Register) ActiveOn(day calendar.Date) map[Code]Facts {
	if first := g.firstAsAt(KindPractice); day.Before(first) {
		day = first
	}
	active := map[Code]Facts{}
	for _, o := range g {
		if o.Kind != KindPractice || o.Stub || o.FirstAsAt.After(day) {
			continue
		}
		if f := o.On(day); f.ActiveGPPractice() {
			active[o.Code] = f
		}
	}
	return active
}
