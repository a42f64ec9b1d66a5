package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"resilience/app/calendar"
	"resilience/app/practice"
	"resilience/db"
)

// localTeam is one of the fourteen, with how many patients it has, in hundreds of thousands: roughly the true weights,
// so that an invented England has the right proportions.
type localTeam struct {
	code, region practice.Code
	weight       int
	domain       string // of its people's addresses
	// since is when it began, where that was in the programme's time.
	since calendar.Date
}

var april2016 = calendar.MustParse("2016-04-01")

var localTeams = []localTeam{
	{"Q70", "Y57", 28, "wessex", calendar.Date{}}, {"Q71", "Y56", 90, "london", calendar.Date{}}, {"Q72", "Y54", 58, "yorkshire", calendar.Date{}},
	{"Q74", "Y54", 33, "north-east", calendar.Date{}}, {"Q75", "Y54", 26, "cheshire", calendar.Date{}}, {"Q76", "Y55", 36, "north-midlands", calendar.Date{}},
	{"Q77", "Y55", 44, "west-midlands", calendar.Date{}}, {"Q78", "Y55", 45, "central-midlands", calendar.Date{}}, {"Q79", "Y55", 45, "east", calendar.Date{}},
	{"Q80", "Y57", 33, "south-west", calendar.Date{}}, {"Q81", "Y57", 48, "south-east", calendar.Date{}}, {"Q82", "Y57", 38, "south-central", calendar.Date{}},
	{"Q83", "Y54", 30, "manchester", april2016}, {"Q84", "Y54", 16, "lancashire", april2016},
}

// allWeight is the sum of the weights.
var allWeight = func() int {
	sum := 0
	for _, t := range localTeams {
		sum += t.weight
	}
	return sum
}()

// surgery is an invented practice of the register.
type surgery struct {
	code         practice.Code
	name, town   string
	team         *localTeam
	commissioner practice.Code
	address      [2]string
	postcode     string
	telephone    string
	opened       string // as the register writes days
	closed       string // in the course of the demonstration
	patients     int
}

// register is an invented England.
type register struct {
	surgeries     []*surgery
	commissioners [][]string // rows of the file
}

// firstCode is the number of the first generated practice: those before it are in db/demo.
const firstCode = 10101

// inventRegister makes so many practices, of the size and spread of the real ones.
func inventRegister(r *rand.Rand, size int) *register {
	n := &namer{r: r, used: map[string]bool{}}
	reg := &register{}
	code, ccg := firstCode, 16
	for t := range localTeams {
		team := &localTeams[t]
		practices := max(size*team.weight/allWeight, 4)
		for made := 0; made < practices; {
			towns := []string{n.place(), n.place(), n.place()}
			commissioner := practice.Code(fmt.Sprintf("Z%02d", ccg))
			if ccg > 99 {
				commissioner = practice.Code(fmt.Sprintf("Z%c%d", 'A'+(ccg-100)/10, (ccg-100)%10))
			}
			ccg++
			reg.commissioners = append(reg.commissioners, row(string(commissioner), "NHS "+strings.ToUpper(towns[0])+" AND "+strings.ToUpper(towns[1])+" CCG", string(team.region),
				string(team.code), fmt.Sprintf("%d CIVIC WAY", ccg), "", "", strings.ToUpper(towns[0]), "", postcode(r), "20130401", "", "", "C"))
			for range min(between(r, 18, 52), practices-made) {
				reg.surgeries = append(reg.surgeries, inventSurgery(n, code, pick(r, towns), team, commissioner))
				code++
				made++
			}
		}
	}
	return reg
}

func inventSurgery(n *namer, code int, town string, team *localTeam, commissioner practice.Code) *surgery {
	r := n.r
	s := &surgery{
		code: practice.Code(fmt.Sprintf("X%05d", code)), name: n.practice(town), town: town, team: team, commissioner: commissioner, postcode: postcode(r),
		telephone: fmt.Sprintf("01632 960%03d", r.IntN(1000)), opened: "19740401", patients: listSize(r),
	}
	s.address = [2]string{fmt.Sprintf("%d %s %s", between(r, 1, 180), pick(r, streets), pick(r, roads)), town}
	if r.IntN(4) == 0 {
		s.opened = fmt.Sprintf("%d0401", between(r, 1975, 2014))
	}
	return s
}

// postcode is in an area that begins with Q, V or X, where there are none.
func postcode(r *rand.Rand) string {
	const letters = "ABDEFGHJLNPQRSTUWXYZ" // those that a postcode ends with
	return fmt.Sprintf("%c%c%d %d%c%c", "QVX"[r.IntN(3)], "ABCDEHLNPRST"[r.IntN(12)], between(r, 1, 19), between(r, 1, 9), letters[r.IntN(len(letters))], letters[r.IntN(len(letters))])
}

// listSize is spread as real lists are: half of them below 6,900, few below 2,000 or above 20,000.
func listSize(r *rand.Rand) int {
	n := 6900 * math.Exp(0.55*r.NormFloat64())
	return int(min(max(n, 940), 43_000))
}

// row is a row of the register, which has 27 columns.
func row(cells ...string) []string {
	full := make([]string, 27)
	copy(full, cells)
	full[21] = "0"
	return full
}

func (s *surgery) row(area practice.Code, closed bool) []string {
	status, until := "A", ""
	if closed {
		status, until = "C", s.closed
	}
	r := row(string(s.code), strings.ToUpper(s.name), string(s.team.region), string(area), strings.ToUpper(s.address[0]), "", "", strings.ToUpper(s.address[1]), "", s.postcode, s.opened, until,
		status, "B", string(s.commissioner), "20130401", until, s.telephone)
	r[23], r[25] = string(s.commissioner), "4"
	return r
}

// edition is the register as it was on a day.
type edition struct {
	asAt  calendar.Date
	files map[string][]byte
	side  []*sideFile // of open data, those that are newer than the ones before
}

// editions are the files that were read: as at the last day before the first case, as at the day on which Greater
// Manchester and Lancashire became teams of their own, and of the end of 2016. Between them lists grow and a few
// practices close.
func (reg *register) editions(seed uint64, r *rand.Rand, first, today calendar.Date) ([]edition, error) {
	days := []calendar.Date{first.AddDays(-1)}
	for _, d := range []calendar.Date{april2016, registerDay} {
		if !d.Before(first) && d.Before(today) {
			days = append(days, d)
		}
	}
	fixed, err := readFixed()
	if err != nil {
		return nil, err
	}
	last := len(days) - 1
	for i, s := range reg.surgeries {
		if last > 0 && i%61 == 60 {
			s.closed = compact(days[last].AddDays(-between(r, 20, 80)))
		}
	}
	var all []edition
	for i, day := range days {
		files := map[string][]byte{}
		practices := slices.Clone(fixed["practices"])
		sizes := [][]string{fixed["list-sizes"][0]}
		for _, f := range fixed["practices"] {
			if day.Before(april2016) && (f[3] == "Q83" || f[3] == "Q84") {
				f[3] = "Q73"
			}
		}
		for _, f := range fixed["list-sizes"][1:] {
			sizes = append(sizes, sizeRow(day, f[3], f[5], f[6], shrunk(f[9], last-i)))
		}
		for _, s := range reg.surgeries {
			area, closed := s.team.code, s.closed != "" && i == last
			if day.Before(s.team.since) {
				area = "Q73"
			}
			practices = append(practices, s.row(area, closed))
			if !closed {
				sizes = append(sizes, sizeRow(day, string(s.commissioner), string(s.code), s.postcode, shrunk(strconv.Itoa(s.patients), last-i)))
			}
		}
		files["areas.csv"] = quoted(append(fixed["areas"], lancashireAndManchester))
		files["commissioners.csv"] = quoted(append(slices.Clone(fixed["commissioners"]), reg.commissioners...))
		files["practices.csv"], files["list-sizes.csv"] = quoted(practices), quoted(sizes)
		all = append(all, edition{day, files, newer(all, openData(seed, day, sizes[1:]))})
		if fixed, err = readFixed(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// newer leaves out files of a day that an earlier edition had already, and those that would be empty.
func newer(before []edition, side []*sideFile) []*sideFile {
	return slices.DeleteFunc(side, func(f *sideFile) bool {
		return len(f.rows) < 2 || slices.ContainsFunc(before, func(e edition) bool {
			return slices.ContainsFunc(e.side, func(old *sideFile) bool { return old.name == f.name && old.asAt == f.asAt })
		})
	})
}

// lancashireAndManchester is the team of which Q83 and Q84 were made.
var lancashireAndManchester = row("Q73", "Lancashire and Greater Manchester", "Y54", "", "15 MARKET PLACE", "", "", "EXAMPLE CITY", "", "XN4 1AB", "20150401", "20160331", "", "S")

func compact(d calendar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// shrunk is a list as it was so many editions ago; not known stays so.
func shrunk(patients string, editions int) string {
	n, err := strconv.Atoi(patients)
	if err != nil {
		return patients
	}
	return strconv.Itoa(n - n*editions/90)
}

func sizeRow(day calendar.Date, commissioner, code, postcode, patients string) []string {
	return []string{"GP_PRAC_PAT_LIST", strings.ReplaceAll(day.Start().Format("02Jan2006"), " ", ""), "GP", commissioner, "", code, postcode, "ALL", "ALL", patients}
}

// readFixed reads the files of db/demo: the teams, and the practices of the cases that are told one by one.
func readFixed() (map[string][][]string, error) {
	fixed := map[string][][]string{}
	for _, name := range []string{"areas", "commissioners", "practices", "list-sizes"} {
		content, err := db.Demo.ReadFile("demo/" + name + ".csv")
		if err != nil {
			return nil, fmt.Errorf("read the register of the demonstration: %w", err)
		}
		if fixed[name], err = csv.NewReader(bytes.NewReader(content)).ReadAll(); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	return fixed, nil
}

// quoted is a file in which every cell stands in quotation marks, as the register's do.
func quoted(rows [][]string) []byte {
	var b bytes.Buffer
	for _, cells := range rows {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Quote(c))
		}
		b.WriteString("\r\n")
	}
	return b.Bytes()
}
