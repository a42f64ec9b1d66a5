package main

import "resilience/app/account"

// demoPassword is shared by everybody in a demonstration.
const demoPassword = "marigold-tractor-window"

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
)

var (
	managers = []account.Role{account.PracticeManager}
	workers  = []account.Role{account.Caseworker}
	leads    = []account.Role{account.TeamLead}
)

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
	{"Anwen Pryce", northLead, "01632 960840", leads, []string{"Q74"}, "Team lead of another team, Cumbria and North East"},
	{"Viktor Lund", "viktor.lund@audit.example", "", []account.Role{account.Auditor}, nil, "Auditor"},
	{"Sam Whitcombe", "sam.whitcombe@england.example", "", []account.Role{account.Administrator}, nil, "Administrator"},

	{"Marian Swift", caseworker2, "01632 960822", workers, []string{"Q72"}, ""},
	{"Karl Jessop", northWorker, "01632 960841", workers, []string{"Q74"}, ""},
	{"Nadia Brook", londonLead, "01632 960850", []account.Role{account.Caseworker, account.TeamLead}, []string{"Q71"}, ""},
	{"Rhona Vail", londonProgramme, "01632 960851", []account.Role{account.ProgrammeManager}, []string{"Y56"}, ""},
	{"Colin Arkwell", stOrrins, "", managers, []string{"X10002"}, ""},
	{"Sunita Dray", twineMill, "", managers, []string{"X10004"}, ""},
	{"Beatrix Lowe", lavender, "", managers, []string{"X10006"}, ""},
	{"Nell Ambrey", lavenderSignatory, "", []account.Role{account.Signatory}, []string{"X10006"}, ""},
	{"Owen Stark", quill, "", managers, []string{"X10007"}, ""},
	{"Della Finch", peacock, "", managers, []string{"X10008"}, ""},
	{"Tomasz Hale", woldmarsh, "", managers, []string{"X10009"}, ""},
	{"Grace Obiri", farrier, "", managers, []string{"X10010"}, ""},
	{"Hannah Trill", fellside, "", managers, []string{"X10014"}, ""},
	{"Leo Masterman", thornmere, "", managers, []string{"X10031"}, ""},
}
