package support

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// AgreementState is where a version of the memorandum stands. The code is what the database holds.
type AgreementState string

// The states of a version of the memorandum.
const (
	Proposed AgreementState = "proposed"
	InForce  AgreementState = "in_force" // both sides have accepted it
	Replaced AgreementState = "replaced" // another version stands in its place
	Ended    AgreementState = "ended"
	Dropped  AgreementState = "dropped" // a variation of it that one side did not want
)

var agreementNames = map[AgreementState]string{Proposed: "Proposed", InForce: "In force", Replaced: "Replaced by a newer version", Ended: "Ended", Dropped: "Not agreed"}

// Name is the state as people say it.
func (s AgreementState) Name() string { return agreementNames[s] }

// Agreement is one version of the memorandum of understanding: an exact text that both sides accept.
type Agreement struct {
	ID    int64 // 0 until stored
	Case  int64
	Offer int64
	// Variation is the variation of the offer that it brings into force; 0: it is of the offer itself.
	Variation int64
	Number    int // within the case
	Body      string
	Hash      string // hexadecimal SHA-256 of the body
	State     AgreementState

	DraftedBy account.PersonID
	DraftedAt time.Time // UTC
	Practice  Acceptance
	Team      Acceptance
	// Signatures are those of the practices of a group whose cost is shared: each signs for itself, and Practice is the last.
	Signatures []PracticeSignature
	// StoppedAt is when the practice could not accept it, since money was missing, and StoppedWhy what of which budget, for the team
	// alone; zero: that did not happen.
	StoppedAt  time.Time // UTC
	StoppedWhy string
	Version    int64
}

// Acceptance is the word of one side. The zero value is that it has not accepted yet.
type Acceptance struct {
	Person account.PersonID
	// Name and Role are as the signatory of the practice typed them, or as the team's account has them.
	Name, Role string
	At         time.Time // UTC
}

// Given tells whether the side has accepted.
func (a Acceptance) Given() bool { return a.Person != 0 }

// Hash is the hexadecimal SHA-256 of the exact text.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Fields are what the template of the memorandum is filled with.
type Fields struct {
	Team, Practice, PracticeCode, Reference, Contact, ContactEmail string
}

// Values are the fields by the names that the template has for them.
func (f Fields) Values(o Offer, plan []Milestone) map[string]string {
	conditions := o.Conditions
	if strings.TrimSpace(conditions) == "" {
		conditions = "None."
	}
	return map[string]string{
		"team": f.Team, "practice": f.Practice, "practice_code": f.PracticeCode, "reference": f.Reference, "contact": f.Contact, "contact_email": f.ContactEmail,
		"support": SupportWords(o), "plan": PlanWords(plan), "practice_time": o.PracticeTime, "conditions": conditions,
	}
}

// Exact is the text that is kept and hashed: no white space at the ends of lines, and one line feed at its end.
func Exact(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\r")
	}
	return strings.TrimSpace(strings.Join(lines, "\n")) + "\n"
}

// SupportWords says every line of an offer that the practice has not declined as the memorandum does, each in a paragraph of its own.
func SupportWords(o Offer) string {
	var all []string
	lines := o.Standing()
	for i, l := range lines {
		text := fmt.Sprintf("(%d) %s\n%sKind of help: %s.\nHow: %s.\nWhen: %s to %s.\nHow much: %s.", i+1, sentence(l.Description), l.forWhom("For: ", ".\n"), l.MenuName, l.how(), l.Starts.Words(), l.Ends.Words(), l.howMuch())
		all = append(all, strings.Join(append([]string{text}, l.aims()...), "\n"))
	}
	if len(lines) > 1 {
		all = append(all, "In all: "+o.InAll()+".")
	}
	return strings.Join(all, "\n\n")
}

// sentence ends with a mark.
func sentence(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return text + "."
}

// Words says a line in short: what, how, when and how much.
func (l Line) Words() string {
	return fmt.Sprintf("%s %s%s: %s. From %s to %s: %s.", sentence(l.Description), l.forWhom("For ", ". "), l.MenuName, l.how(), l.Starts.Words(), l.Ends.Words(), l.howMuch())
}

// forWhom names the practice of a group that the line is for, between two texts; it is empty for the case as a whole.
func (l Line) forWhom(before, after string) string {
	if l.Practice == "" {
		return ""
	}
	return before + l.PracticeName + after
}

// Full says a line as Words does, with what it is for.
func (l Line) Full() string { return strings.Join(append([]string{l.Words()}, l.aims()...), "\n") }

// aims says what is expected of the line, in a line of text each.
func (l Line) aims() []string {
	var all []string
	if l.LateOf.ID != 0 {
		all = append(all, "Pays for work of a year that is closed: "+sentence(l.LateOf.Words()))
	}
	if l.Outcome != "" {
		all = append(all, "Expected outcome: "+sentence(l.Outcome))
	}
	if l.Measure != "" {
		all = append(all, "How it will be seen: "+sentence(l.Measure))
	}
	return all
}

// how says by which way the help reaches the practice, and from whom.
func (l Line) how() string {
	switch l.Route {
	case ToPractice:
		return "money that the local team pays to the practice under section 96 of the NHS Act 2006"
	case Backfill:
		return "backfill, money that the local team pays to the practice for cover, so that its staff can take part"
	case ByInvoice:
		return "bought from " + l.ProviderName + ", whose invoice the local team pays"
	default:
		return "help in kind from " + l.ProviderName
	}
}

func (l Line) howMuch() string {
	if !l.Money() {
		return l.Days()
	}
	if l.Priced() {
		return fmt.Sprintf("%s at %s each: %s without VAT, %s VAT, %s in all", l.Unit.Words(l.Halves), l.Price, l.Net, l.VAT, l.Gross())
	}
	return fmt.Sprintf("%s without VAT, %s VAT, %s in all", l.Net, l.VAT, l.Gross())
}

// CheckText refuses a memorandum that asks for a contribution. The text comes from the template and the offer, so
// whoever reads the message knows where to take it out.
func CheckText(body string) error {
	if phrase, asks := AsksForContribution(body); asks {
		return fault.Conflict{Reason: fmt.Sprintf("Support is never conditional on a contribution by the practice. Take out: “%s”", phrase)}
	}
	return nil
}

// Signature is what the practice's signatory sends.
type Signature struct {
	Name, Role string
	Practice   practice.Code // of a group; empty where one practice signs
	Read       bool          // ticked that they have read it
	Hash       string        // of the text that they read
}

// longestName is the length of a name or role, in characters.
const longestName = 120

// Check refuses a signature that is not complete.
func (s Signature) Check() error {
	var wrong fault.Invalid
	for _, one := range []struct{ field, value, message string }{
		{"name", s.Name, "Enter your name"}, {"role", s.Role, "Enter your role in the practice, such as partner"},
	} {
		if strings.TrimSpace(one.value) == "" {
			wrong.Add(one.field, "%s", one.message)
		} else if utf8.RuneCountInString(one.value) > longestName {
			wrong.Add(one.field, "Use at most %d characters", longestName)
		} else if fault.BankDetails(one.value) {
			wrong.Add(one.field, fault.NoBankDetails)
		}
	}
	if !s.Read {
		wrong.Add("read", "Confirm that you have read the memorandum")
	}
	return wrong.Err()
}

// Stands refuses an acceptance of a text that is not the one that stands.
func (a Agreement) Stands(hash string) error {
	if hash != a.Hash || a.Hash != Hash(a.Body) {
		return fault.Conflict{Reason: "The memorandum changed since you opened the page", Stale: true}
	}
	return nil
}

// Apart refuses the word of a person for one side who has given it for the other.
func (a Agreement) Apart(practice bool, id account.PersonID) error {
	if practice && a.Team.Person == id || !practice && (a.Practice.Person == id || a.SignedBy(id)) {
		return fault.Conflict{Reason: "You have accepted this memorandum for the other side, so somebody else must accept it for this one"}
	}
	return nil
}

// Accept notes the word of one side. It tells whether both have accepted now, by which the memorandum is in force.
// One person cannot speak for both sides.
func (a *Agreement) Accept(practice bool, by Acceptance, m calendar.Moment) (both bool, err error) {
	mine, theirs := &a.Team, a.Practice
	if practice {
		mine, theirs = &a.Practice, a.Team
	}
	if a.State != Proposed || mine.Given() {
		return false, fault.Conflict{Reason: "This memorandum is accepted already"}
	}
	if err := a.Apart(practice, by.Person); err != nil {
		return false, err
	}
	by.At = m.Now
	*mine = by
	if theirs.Given() {
		a.State = InForce
	}
	return a.State == InForce, nil
}
