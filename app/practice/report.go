package practice

// ImportReport is what an import did, under plain names. It is stored with the import and printed by the command.
type ImportReport struct {
	Kind      FileKind `json:"kind"`
	File      string   `json:"file"`
	Layout    string   `json:"layout"`
	AsAt      string   `json:"as_at"` // YYYY-MM-DD
	SHA256    string   `json:"sha256"`
	SameFile  bool     `json:"same_file"`  // imported before with this as-at date: nothing was changed
	OlderFile bool     `json:"older_file"` // a newer file of this kind was imported before: only gaps were filled

	RowsRead   int       `json:"rows_read"`
	New        int       `json:"new"`         // not in the register before; list sizes: not known for that day before
	StubsNamed int       `json:"stubs_named"` // known before by their code alone
	GapsFilled int       `json:"gaps_filled"` // values of an older file about a time that no file had covered
	Kept       int       `json:"kept"`        // values of an older file that newer knowledge contradicts: left as they were
	Stubs      []Stub    `json:"stubs"`       // named by this file and not known before
	Refused    []Refusal `json:"refused"`

	// For practices: among the GP practices in England that are active both before and in the file, but for the changes
	// of status, which are of all rows. For other kinds: all rows. Nil for list sizes and indicators.
	*Moves
	// All rows of the file. Nil for list sizes and indicators.
	AllRows *Moves `json:"all_rows,omitempty"`
	*PracticeCounts
	*ListSizeCounts
	*IndicatorCounts
}

// Moves counts changes from one known value to another.
type Moves struct {
	Renamed           int `json:"renamed"`
	MovedCommissioner int `json:"moved_commissioner"`
	MovedArea         int `json:"moved_area"`
	MovedRegion       int `json:"moved_region"`
	StatusChanges     int `json:"status_changes"`
	OtherChanges      int `json:"other_changes"` // address, postcode, telephone, dates, setting
}

func (m *Moves) add(a Attribute) {
	if m == nil {
		return
	}
	switch a {
	case AttributeName:
		m.Renamed++
	case AttributeCommissioner:
		m.MovedCommissioner++
	case AttributeArea:
		m.MovedArea++
	case AttributeRegion:
		m.MovedRegion++
	case AttributeStatus:
		m.StatusChanges++
	default:
		m.OtherChanges++
	}
}

// PracticeCounts is what a file of practices holds.
type PracticeCounts struct {
	GPPracticesActive int `json:"gp_practices_active"` // active GP practices in England, see Facts.ActiveGPPractice
	LocalTeams        int `json:"local_teams"`         // different areas among them
	Commissioners     int `json:"commissioners"`       // different commissioners among them
	Regions           int `json:"regions"`             // different regions among them
	ActiveInBoth      int `json:"active_in_both"`      // active GP practices in England before and in the file
}

// ListSizeCounts is what a file of list sizes holds, held against the active GP practices in England on its day.
type ListSizeCounts struct {
	WithListSize     int    `json:"with_list_size"`    // active practices that have a list size in the file
	WithoutListSize  int    `json:"without_list_size"` // active practices that have none
	NotStated        int    `json:"not_stated"`        // rows that leave the size blank or say ND
	Corrected        int    `json:"corrected"`         // sizes that replaced another one of the same day
	Patients         int    `json:"patients"`          // sum over all rows
	UnknownPractices []Code `json:"unknown_practices"` // not in the register before: stubs now
}

// Stub is an organisation of which only the code is known.
type Stub struct {
	Code Code `json:"code"`
	Kind Kind `json:"kind"`
}

// NewReport begins the report of a file.
func NewReport(f File, name, asAt string) *ImportReport {
	r := &ImportReport{
		Kind: f.Kind, File: name, Layout: f.Layout, AsAt: asAt, SHA256: f.SHA256, RowsRead: f.Rows,
		Stubs: []Stub{}, Refused: f.Refused,
	}
	if r.Refused == nil {
		r.Refused = []Refusal{}
	}
	if f.Kind == FileListSizes {
		r.ListSizeCounts = &ListSizeCounts{UnknownPractices: []Code{}}
		return r
	}
	if f.Kind.Indicators() {
		r.IndicatorCounts = &IndicatorCounts{PracticesNotKnown: []Code{}}
		return r
	}
	r.Moves, r.AllRows = &Moves{}, &Moves{}
	if f.Kind == FilePractices {
		r.PracticeCounts = &PracticeCounts{}
	}
	return r
}

func (r *ImportReport) refuse(line int, reason string) {
	r.Refused = append(r.Refused, Refusal{Line: line, Reason: reason})
}

// CountPractices counts the active GP practices in England of a file, and the organisations above them. It does nothing
// in the report of another kind of file.
func (c *PracticeCounts) CountPractices(records []Record) {
	if c == nil {
		return
	}
	areas, commissioners, regions := map[Code]bool{}, map[Code]bool{}, map[Code]bool{}
	for i := range records {
		f := &records[i].Facts
		if !f.ActiveGPPractice() {
			continue
		}
		c.GPPracticesActive++
		areas[f.Area()], commissioners[f.Commissioner()], regions[f.Region()] = true, true, true
	}
	c.LocalTeams, c.Commissioners, c.Regions = known(areas), known(commissioners), known(regions)
}

func known(codes map[Code]bool) int {
	delete(codes, "")
	return len(codes)
}
