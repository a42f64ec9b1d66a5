package funding

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// FileFormat is how the file of a batch is written. The code is what the database holds.
type FileFormat string

// The formats.
const (
	CSV   FileFormat = "csv"
	Piped FileFormat = "pipe" // head, lines and foot with control totals, between pipes
)

// FileFormats lists them in the order in which people choose.
var FileFormats = []FileFormat{CSV, Piped}

var fileFormatNames = map[FileFormat]string{CSV: "A spreadsheet (CSV)", Piped: "For the paying system (pipe-delimited)"}

// Name is the format as people say it.
func (f FileFormat) Name() string { return fileFormatNames[f] }

// MediaType is what a browser is told that the file is.
func (f FileFormat) MediaType() string {
	if f == Piped {
		return "text/plain; charset=utf-8"
	}
	return "text/csv; charset=utf-8"
}

// Download is one time that the file of a batch left the program.
type Download struct {
	Format FileFormat
	Reason string // empty: the first time
	By     account.PersonID
	Who    string
	At     time.Time
}

// Fresh tells whether the actor gets the file without a reason: a finance officer, the first time.
func (b Batch) Fresh(a account.Actor) bool {
	return len(b.Downloads) == 0 && a.Has(account.FinanceOfficer)
}

// Download lets the file of the batch go. A finance officer gets it once without a reason; whoever wants it again, and
// whoever only looks, says why.
func (b Batch) Download(format FileFormat, reason string, a account.Actor, m calendar.Moment) (Download, audit.Event, error) {
	var wrong fault.Invalid
	if !slices.Contains(FileFormats, format) {
		wrong.Add("format", "Choose a kind of file")
	}
	reason = strings.TrimSpace(reason)
	switch {
	case b.Fresh(a):
		reason = ""
	case len([]rune(reason)) > longestDetail:
		wrong.Add("reason", "The reason must be %d characters or fewer", longestDetail)
	case fault.BankDetails(reason):
		wrong.Add("reason", fault.NoBankDetails)
	case reason == "" && len(b.Downloads) > 0:
		first := b.Downloads[0]
		wrong.Add("reason", "Say why the file is needed again: %s downloaded it on %s", first.Who, calendar.Words(first.At))
	case reason == "":
		wrong.Add("reason", "Say why you need the file: you do not pay from it")
	}
	if err := wrong.Err(); err != nil {
		return Download{}, audit.Event{}, err
	}
	e := b.event("payment file downloaded")
	e.Words["format"] = format.Name()
	if reason != "" {
		e.Words["reason"] = reason
	}
	return Download{Format: format, Reason: reason, By: a.ID, At: m.Now}, e, nil
}

// Content is the file in a format. It is the same to the byte each time.
func (b Batch) Content(format FileFormat) []byte {
	if format == Piped {
		return b.PipedFile()
	}
	return b.File()
}

// Sum is the SHA-256 of the file in a format, in hexadecimal.
func (b Batch) Sum(format FileFormat) string { return hexSum(b.Content(format)) }

func hexSum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// FileName is what the file of the batch is saved as.
func (b Batch) FileName(format FileFormat) string {
	if format == Piped {
		return "payments-" + b.Reference() + ".txt"
	}
	return "payments-" + b.Reference() + ".csv"
}

// PipedLayout names the layout of PipedFile, and PipedVersion is which one it is. docs/money.md describes it.
const (
	PipedLayout  = "PRP-PAYMENTS"
	PipedVersion = "1"
)

// PipedFile is the batch for a paying system: a head with the number of the batch in its team's sequence, a line for each
// payment, and a foot with their count, their total in pence, and the SHA-256 of all that stands before the foot.
func (b Batch) PipedFile() []byte {
	var f strings.Builder
	line := func(cells ...string) {
		for i, c := range cells {
			if i > 0 {
				f.WriteByte('|')
			}
			f.WriteString(unpiped(c))
		}
		f.WriteString("\r\n")
	}
	line("H", PipedLayout, PipedVersion, b.Reference(), strconv.Itoa(b.Number), string(b.Team))
	for _, i := range b.Items {
		line("L", strconv.Itoa(i.Position), i.Reference, i.PayeeCode, i.Payee, i.Amount.Plain(), i.Source, i.Year.String())
	}
	line("F", strconv.Itoa(len(b.Items)), strconv.FormatInt(int64(b.Total), 10), hexSum([]byte(f.String())))
	return []byte(f.String())
}

// unpiped keeps a text within its cell and on its line.
func unpiped(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '|':
			return '/'
		case r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
}
