package practice

import (
	"resilience/app/calendar"
	"resilience/app/fault"
)

// Record is one row of a national file, read and normalised.
type Record struct {
	Line     int // of the file, from 1
	Code     Code
	Kind     Kind
	Facts    Facts
	Observed AttributeSet // which attributes the layout tells at all; a blank in one of them is "not known"
}

// Complete tells whether the row tells everything that there is to tell about its kind of organisation.
func (r *Record) Complete() bool { return r.Observed.Covers(r.Kind.Attributes()) }

// Refusal is one row of a file that was left out, and why.
type Refusal struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// ListSizeRecord is the registered list of one practice in a file of list sizes.
type ListSizeRecord struct {
	Line     int
	Code     Code
	Patients int  // registered patients, all ages
	Known    bool // false: the file leaves it blank or says ND
}

// FileKind is what a national file is about. The words are stored and are those of the import command.
type FileKind string

// The kinds of file.
const (
	FilePractices     FileKind = "practices"
	FileAreas         FileKind = "areas"
	FileCommissioners FileKind = "commissioners"
	FileListSizes     FileKind = "list-sizes"
	FileWorkforce     FileKind = "workforce"
	FilePayments      FileKind = "payments"
	FileCQC           FileKind = "cqc"
	FileSurvey        FileKind = "gpps"
	FileQOF           FileKind = "qof"
)

var fileTitles = map[FileKind]string{
	FilePractices: "Register of practices", FileAreas: "Regions and areas", FileCommissioners: "Commissioners", FileListSizes: "List sizes",
	FileWorkforce: "General practice workforce", FilePayments: "NHS Payments to General Practice", FileCQC: "CQC ratings",
	FileSurvey: "GP Patient Survey", FileQOF: "Quality and Outcomes Framework",
}

// Title is what files of this kind are called.
func (k FileKind) Title() string { return fileTitles[k] }

// Indicators tells whether a file of this kind holds indicators of practices, each value with its own day.
func (k FileKind) Indicators() bool {
	switch k {
	case FileWorkforce, FilePayments, FileCQC, FileSurvey, FileQOF:
		return true
	}
	return false
}

// File is what reading a whole file found out about it.
type File struct {
	Kind    FileKind
	Layout  string // "legacy", "today", "eauth", …
	SHA256  string // of the unpacked content, so that packing does not matter
	Rows    int    // read, refused ones included, a header not
	Refused []Refusal
}

// CheckAsAt refuses an as-at date that no file can have. The fault is fault.Invalid.
func CheckAsAt(day calendar.Date) error {
	var invalid fault.Invalid
	switch {
	case day.IsZero():
		invalid.Add("as-at", "Say of which day the file tells")
	case day.Before(Always):
		invalid.Add("as-at", "%s is before the register began", day)
	}
	return invalid.Err()
}
