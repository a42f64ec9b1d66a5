package demo

import (
	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/service"
)

// Password is shared by everybody in a demonstration.
const Password = "marigold-tractor-window"

// passwordHash is that of the password, made once: to make one takes as long as hundred acts, and its salt is random.
const passwordHash = "$argon2id$v=19$m=19456,t=2,p=1$ftbi04/r1MlR9YhoeC1sXg$wvZJM1mJlHxrs6yEUa41HbJEo+kNnW+AEeTci13tz3s"

// SignIn is one that a demonstration offers to whoever tries the program.
type SignIn struct{ Who, Email string }

// SignIns lists them.
func SignIns() []SignIn {
	var list []SignIn
	for _, p := range demoPeople {
		if p.shown != "" {
			list = append(list, SignIn{p.shown, p.email})
		}
	}
	return list
}

// Addresses of the people who act in the invented cases.
const (
	hallowdale = "morag.teale@hallowdale-road.example"
	stOrrins   = "colin.arkwell@st-orrins.example"
	carrthorpe = "yusuf.penhale@carrthorpe.example"
	twineMill  = "sunita.dray@twine-mill.example"
	lavender   = "beatrix.lowe@lavender-yard.example"
	quill      = "owen.stark@quill-marrow.example"
	peacock    = "della.finch@peacock-staithe.example"
	woldmarsh  = "tomasz.hale@north-woldmarsh.example"
	farrier    = "grace.obiri@old-farrier.example"
	fellside   = "hannah.trill@fellside.example"
	thornmere  = "leo.masterman@thornmere.example"

	lead        = "ruth.calloway@yorkshire.example"
	caseworker  = "daniel.osei@yorkshire.example"
	caseworker2 = "marian.swift@yorkshire.example"
	northLead   = "anwen.pryce@north-east.example"
	northWorker = "karl.jessop@north-east.example"
	londonLead  = "nadia.brook@london.example"

	northFinance      = "ines.calder@north.example"
	midlandsProgramme = "hester.quade@midlands-east.example"
	southProgramme    = "anton.beech@south.example"
)

var (
	managers = []account.Role{account.PracticeManager}
	workers  = []account.Role{account.Caseworker}
	leads    = []account.Role{account.TeamLead}
)

// demoPerson is an invented person. Those with a Shown are offered to whoever tries the program.
type demoPerson struct {
	name, email, telephone string
	roles                  []account.Role // all at the same places
	places                 []string       // empty: England
	shown                  string
}

// add makes an account whose password need not be changed, and remembers the person as an actor.
func (d *seeder) add(p demoPerson) account.Actor {
	if d.err != nil {
		return account.Actor{}
	}
	in := service.NewPerson{Name: p.name, Email: p.email, Telephone: p.telephone, Password: Password, Hash: passwordHash, Final: true}
	var held []account.Assignment
	from := calendar.YearOf(d.Today).First().AddMonths(-12) // some cases began in the year before
	for _, role := range p.roles {
		for _, place := range orNowhere(p.places) {
			one := service.NewRole{Role: role, Place: place, From: from}
			if ago := left[p.email]; ago > 0 {
				one.Until = d.ago(ago)
			}
			in.Roles = append(in.Roles, one)
			kind, _ := account.KindOf(role)
			at := kind.Places[0]
			switch {
			case place == "":
				at = account.Everywhere
			case place[0] == 'Y':
				at = account.AtRegion
			}
			held = append(held, account.Assignment{Role: role, Place: at, Code: place, From: from})
		}
	}
	id, err := d.s.AddPerson(d.ctx, byOperator, in)
	d.try("add "+p.email, err)
	a := account.Actor{Person: account.Person{ID: id, Name: p.name, Email: p.email}, Assignments: held}
	d.people[p.email] = a
	return a
}

func orNowhere(places []string) []string {
	if len(places) == 0 {
		return []string{""}
	}
	return places
}

// by is somebody of the demonstration who acts.
func (d *seeder) by(email string) service.By { return service.By{Actor: d.people[email]} }

// left says how many working days ago was the last on which somebody held their roles.
var left = map[string]int{farrierSignatory: 1}

// demoPeople are all invented. The telephone numbers are of the range that is kept for invented ones.
var demoPeople = []demoPerson{
	{"Morag Teale", hallowdale, "01632 960801", managers, []string{"X10001"}, "Practice manager, Hallowdale Road Surgery"},
	{"Yusuf Penhale", carrthorpe, "01632 960803", managers, []string{"X10003", "X10005"}, "Practice manager of two practices, Carrthorpe and Holm Beck"},
	{"Idris Vance", "idris.vance@hallowdale-road.example", "01632 960802", []account.Role{account.Signatory}, []string{"X10001"}, "Practice signatory, Hallowdale Road Surgery"},
	{"Daniel Osei", caseworker, "01632 960821", workers, []string{"Q72"}, "Caseworker, Yorkshire and the Humber"},
	{"Ruth Calloway", lead, "01632 960820", leads, []string{"Q72"}, "Team lead, Yorkshire and the Humber"},
	{"Paul Venn", finance, "01632 960825", []account.Role{account.FinanceOfficer}, []string{"Q72"}, "Finance officer, Yorkshire and the Humber"},
	{"Joan Aldous", northProgramme, "01632 960830", []account.Role{account.ProgrammeManager}, []string{"Y54"}, "Programme manager, North"},
	{"Edith Navarro", nation, "01632 960860", []account.Role{account.ProgrammeManager}, nil, "Programme manager, England"},
	{"Gwilym Harte", nation2, "01632 960861", []account.Role{account.ProgrammeManager}, nil, "Programme manager, England, who can publish next year’s rules"},
	{"Anwen Pryce", northLead, "01632 960840", leads, []string{"Q74"}, "Team lead of another team, Cumbria and North East"},
	{"Viktor Lund", "viktor.lund@audit.example", "", []account.Role{account.Auditor}, nil, "Auditor"},
	{"Sam Whitcombe", "sam.whitcombe@england.example", "", []account.Role{account.Administrator}, nil, "Administrator"},

	{"Marian Swift", caseworker2, "01632 960822", workers, []string{"Q72"}, ""},
	{"Karl Jessop", northWorker, "01632 960841", workers, []string{"Q74"}, ""},
	{"Nadia Brook", londonLead, "01632 960850", []account.Role{account.Caseworker, account.TeamLead}, []string{"Q71"}, ""},
	{"Hester Quade", midlandsProgramme, "01632 960832", []account.Role{account.ProgrammeManager}, []string{"Y55"}, ""},
	{"Anton Beech", southProgramme, "01632 960833", []account.Role{account.ProgrammeManager}, []string{"Y57"}, ""},
	{"Ines Calder", northFinance, "01632 960831", []account.Role{account.FinanceOfficer}, []string{"Y54"}, ""},
	{"Rhona Vail", londonProgramme, "01632 960851", []account.Role{account.ProgrammeManager}, []string{"Y56"}, ""},
	{"Colin Arkwell", stOrrins, "", managers, []string{"X10002"}, ""},
	{"Sunita Dray", twineMill, "", managers, []string{"X10004"}, ""},
	{"Beatrix Lowe", lavender, "", managers, []string{"X10006"}, ""},
	{"Nell Ambrey", lavenderSignatory, "", []account.Role{account.Signatory}, []string{"X10006"}, ""},
	{"Owen Stark", quill, "", managers, []string{"X10007"}, ""},
	{"Della Finch", peacock, "", managers, []string{"X10008"}, ""},
	{"Tomasz Hale", woldmarsh, "", managers, []string{"X10009"}, ""},
	{"Grace Obiri", farrier, "", managers, []string{"X10010"}, ""},
	{"Ivo Garrick", farrierSignatory, "", []account.Role{account.Signatory}, []string{"X10010"}, ""},
	{"Hannah Trill", fellside, "", managers, []string{"X10014"}, ""},
	{"Leo Masterman", thornmere, "", managers, []string{"X10031"}, ""},
}
