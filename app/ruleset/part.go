// Package ruleset has the rules of a financial year as people draft, edit and publish them: every part of a set as
// entries of one shape, what may stand in them, and what one set says otherwise than another.
package ruleset

import (
	"slices"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/funding"
)

// Part is a part of a rule set. The code stands in addresses.
type Part string

// The parts.
const (
	Criteria     Part = "criteria"
	Domains      Part = "domains"
	Scale        Part = "scale"
	Matrix       Part = "matrix"
	Needs        Part = "needs"
	Menu         Part = "menu"
	Targets      Part = "targets"
	ClaimTargets Part = "claim-targets"
	Limits       Part = "limits"
	Templates    Part = "templates"
	Settings     Part = "settings"
)

// Shape says how a field of an entry is typed and shown.
type Shape int

// The shapes.
const (
	Line   Shape = iota // one line of text
	Area                // several lines
	Whole               // a whole number
	Money               // pounds, kept in pence
	Choice              // one of a list
	YesNo
)

// Field is a part of an entry that people edit.
type Field struct {
	Name        string // "name", "group", "text", "unit", "number" or "judged"
	Label, Hint string
	Head        string // above a column; Label unless given
	Shape       Shape
	Optional    bool
	Longest     int   // of a text, in characters
	Least, Most int64 // of a number
}

// Kind describes a part.
type Kind struct {
	Part  Part
	Title string
	One   string // one entry: "criterion"
	Intro string
	// Open parts have entries that come and go; the entries of the others are what the program reads by name.
	Open bool
	// Ordered entries have an order that people choose.
	Ordered bool
	Fields  []Field
}

const (
	shortText = 200
	unitText  = 40
	hintText  = 500
	longText  = 10000
)

// Kinds lists the parts in the order in which people meet them.
var Kinds = []Kind{
	{Criteria, "Criteria", "criterion", "What a caseworker looks at in an assessment. A criterion alone never decides. Its domain is set locally.", true, true, []Field{
		{Name: "name", Label: "Criterion", Shape: Line, Longest: shortText},
		{Name: "group", Label: "Domain", Shape: Choice},
		{Name: "text", Label: "Threshold", Hint: "With where it is from, such as: below 85% (Vulnerable Practice Programme)", Shape: Line, Optional: true, Longest: shortText},
		{Name: "unit", Label: "Unit of its value", Head: "Unit", Hint: "What stands behind the number, such as: patients per FTE GP, or %. Leave it empty where the value is words", Shape: Line, Optional: true, Longest: unitText},
		{Name: "judged", Label: "Does it rest on somebody’s judgement?", Head: "Judgement", Hint: "A rating then needs a rationale", Shape: YesNo},
		{Name: "number", Label: "Weight", Hint: "In hundredths, from 0 to 1,000. 0 is not weighted. Weights are always local: no national score was published", Shape: Whole, Most: 1000},
	}},
	{Domains, "Domains of criteria", "domain", "The groups in which criteria stand.", true, true, []Field{
		{Name: "name", Label: "Domain", Shape: Line, Longest: shortText},
	}},
	{Scale, "Rating scale", "step of the scale", "How a criterion is rated.", false, false, []Field{
		{Name: "name", Label: "Rating", Shape: Line, Longest: 60},
		{Name: "text", Label: "What it means", Shape: Line, Optional: true, Longest: shortText},
	}},
	{Matrix, "Matrix of scope and impact", "cell of the matrix", "Scope is how strong the evidence is that support is needed, impact whether support would solve the problem. The number of a cell is its priority: 1 comes first.", false, false, []Field{
		{Name: "number", Label: "Priority", Shape: Whole, Least: 1, Most: 9},
	}},
	{Needs, "Areas of need", "area of need", "Where a practice can need help. The request and the assessment list them.", true, true, []Field{
		{Name: "name", Label: "Area of need", Shape: Line, Longest: shortText},
		{Name: "text", Label: "Hint for the practice", Shape: Line, Optional: true, Longest: hintText},
	}},
	{Menu, "Menu of support", "item of the menu", "What support there is. The request and the offer choose from it.", true, true, []Field{
		{Name: "name", Label: "Item of the menu", Shape: Line, Longest: shortText},
		{Name: "text", Label: "Hint for the practice", Shape: Line, Optional: true, Longest: hintText},
	}},
	{Targets, "Promises of time to the practice", "promise", "In working days after the day on which the request was received. The practice sees them as promises.", false, false, []Field{
		{Name: "name", Label: "Promise", Hint: "As the practice reads it, such as: We name your contact", Shape: Line, Longest: shortText},
		{Name: "number", Label: "Working days", Shape: Whole, Least: 1, Most: 260},
	}},
	{ClaimTargets, "Promises of time for claims", "promise", "In working days after the day of the claim.", false, false, []Field{
		{Name: "number", Label: "Working days", Shape: Whole, Least: 1, Most: 260},
	}},
	{Limits, "Limits of approval", "limit", "The most that a role approves at a step. A limit of a team of its own comes before that of every team. More than the limit goes to somebody with a higher one.", true, false, []Field{
		{Name: "number", Label: "At most, in pounds", Hint: "For example, 25,000 or 25,000.00", Shape: Money, Most: 1_000_000_000_00},
	}},
	{Templates, "Letters and memorandum", "text", "What is written to practices. Fields in braces are filled in when a letter is drawn up.", false, false, []Field{
		{Name: "name", Label: "Title", Shape: Line, Longest: shortText},
		{Name: "text", Label: "Text", Shape: Area, Longest: longText},
	}},
	{Settings, "Settings", "setting", "Numbers that the programme left open.", false, false, []Field{
		{Name: "number", Label: "Value", Shape: Whole},
	}},
}

// KindOf describes a part, and tells whether there is one of that code.
func KindOf(p Part) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Part == p })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// bounds are the least and most values of settings; those of a setting that is not here are any up to a million.
var bounds = map[string][2]int64{
	"absurd_patients_per_fte": {2_500, 100_000}, "offer_minimum_notice_days": {1, 60}, "offer_reminder_days": {1, 30}, "reserve_review_months": {1, 12},
	"follow_up_months": {1, 24}, "silent_days": {5, 180}, "receipt_confirm_days": {1, 60}, "mou_after_rapid_days": {1, 120},
	"decision_review_days": {1, 60}, "concern_answer_days": {1, 30}, "offer_second_approver_pounds": {1, 1_000_000}, "claim_second_approver_pounds": {1, 1_000_000},
}

// FieldsOf are the fields of an entry, with its own bounds.
func (k Kind) FieldsOf(e Entry) []Field {
	list := slices.Clone(k.Fields)
	if k.Part == Settings {
		list[0].Label = "Value, in " + e.Group
		list[0].Least, list[0].Most = 0, 1_000_000
		if b, ok := bounds[e.Code]; ok {
			list[0].Least, list[0].Most = b[0], b[1]
		}
	}
	return list
}

// Steps at which money is approved, with what people call them. What a set has besides is called by its code.
var steps = []struct{ code, name string }{{"offer", "An offer"}, {"claim", "A claim"}, {"payment", "A payment batch"}}

// StepName is what people call a step at which something is approved.
func StepName(code string) string {
	for _, s := range steps {
		if s.code == code {
			return s.name
		}
	}
	return capital(strings.ReplaceAll(code, "_", " "))
}

// claimSteps name the promises for claims.
var claimSteps = map[string]string{"checked": "We check the claim", "approved": "We approve it", "paid": "We pay it"}

// EveryTeam is the code of a limit that holds where a team has none of its own.
const EveryTeam = "all"

// LimitCode is the code of a limit by its step, role and team.
func LimitCode(step string, role account.Role, team string) string {
	return step + "." + string(role) + "." + team
}

// LimitOf reads back what LimitCode wrote.
func LimitOf(code string) (step string, role account.Role, team string) {
	parts := strings.SplitN(code, ".", 3)
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	return parts[0], account.Role(parts[1]), parts[2]
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Article is one entry with its article: "a criterion", "an area of need".
func (k Kind) Article() string {
	if strings.ContainsRune("aeiou", rune(k.One[0])) {
		return "an " + k.One
	}
	return "a " + k.One
}

// Column is what stands above a field in a table.
func (f Field) Column() string {
	if f.Head != "" {
		return f.Head
	}
	return f.Label
}

// Show is a field of an entry in words.
func (k Kind) Show(f Field, e Entry, c Content) string {
	switch {
	case f.Name == "name":
		return e.Name
	case f.Name == "text" && e.Text == "":
		return "None"
	case f.Name == "text":
		return e.Text
	case f.Name == "unit" && e.Unit == "":
		return "None"
	case f.Name == "unit":
		return e.Unit
	case k.Part == Criteria && f.Name == "number" && e.Number == 0:
		return "Not weighted"
	case k.Part == Criteria && f.Name == "number":
		return number(e.Number) + ", set locally"
	case f.Name == "judged" && e.Judged:
		return "Yes"
	case f.Name == "judged":
		return "No"
	case f.Name == "group":
		if d, ok := c.Find(Domains, e.Group); ok {
			return d.Name
		}
		return e.Group
	case f.Shape == Money:
		return funding.Pence(e.Number).String()
	case k.Part == Settings:
		return number(e.Number) + " " + e.Group
	}
	return number(e.Number)
}

// number writes a whole number with its thousands apart.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
