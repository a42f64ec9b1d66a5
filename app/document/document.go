// Package document has files that people hand in: which kinds are taken, what they are called, and who may read them.
// Their content stands outside the database under its SHA-256.
package document

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/fault"
)

// ID names a document.
type ID int64

// MaxBytes is the size of the largest file that is taken.
const MaxBytes = 10 << 20

// longestName is in characters.
const longestName = 120

// ScanState says whether a document was looked at for malware.
type ScanState string

// NotScanned says so: this installation has no scanner, and the pages say it beside each document.
const NotScanned ScanState = "not scanned"

// Document is a file that was handed in.
type Document struct {
	ID         ID
	SHA256     string // of the content, in hexadecimal
	Name       string // as the person called it, without a path
	MediaType  string // found in the content, never believed from outside
	Bytes      int64
	Scan       ScanState
	Case       int64
	Audience   audit.Audience
	UploadedBy account.PersonID
	UploadedAt time.Time // UTC
	// Uploader is the name of who handed it in, for showing.
	Uploader string
}

// Kind is a kind of file that is taken.
type Kind struct {
	MediaType  string
	Extensions []string // the usual one first
	Name       string
}

// Kinds lists what is taken. All of them can be looked at without running anything.
var Kinds = []Kind{
	{"application/pdf", []string{".pdf"}, "PDF"},
	{"image/png", []string{".png"}, "PNG"},
	{"image/jpeg", []string{".jpg", ".jpeg"}, "JPEG"},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{".docx"}, "Word (.docx)"},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", []string{".xlsx"}, "Excel (.xlsx)"},
	{"application/vnd.oasis.opendocument.text", []string{".odt"}, "OpenDocument text (.odt)"},
	{"application/vnd.oasis.opendocument.spreadsheet", []string{".ods"}, "OpenDocument spreadsheet (.ods)"},
	{"text/csv", []string{".csv"}, "CSV"},
	{"text/plain", []string{".txt", ".csv", ".text"}, "plain text"},
}

// Taken says in words which kinds of file are taken.
func Taken() string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = k.Name
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// Accept lists the extensions for the field of a form. It is a help for the person and no check.
func Accept() string {
	var all []string
	for _, k := range Kinds {
		for _, e := range k.Extensions {
			if !slices.Contains(all, e) {
				all = append(all, e)
			}
		}
	}
	return strings.Join(all, ",")
}

// New is a document by the name that it was given, with the kind that was found in its content, which may carry
// parameters. A file that is not taken is fault.Invalid of the field.
func New(field, name, mediaType string, bytes int64) (Document, error) {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	var wrong fault.Invalid
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.MediaType == strings.TrimSpace(mediaType) })
	switch {
	case bytes == 0 && name == "":
		wrong.Add(field, "Choose a file. It can be %s, up to 10 MB", Taken())
	case bytes == 0:
		wrong.Add(field, "The file you chose is empty")
	case bytes > MaxBytes:
		wrong.Add(field, "The file must be no larger than 10 MB")
	case i < 0:
		wrong.Add(field, "The file must really be %s: what is in it is something else", Taken())
	}
	if err := wrong.Err(); err != nil {
		return Document{}, err
	}
	return Document{Name: called(name, Kinds[i]), MediaType: Kinds[i].MediaType, Bytes: bytes, Scan: NotScanned}, nil
}

// called makes a name safe to show and to save under: no folders, nothing that cannot be seen, an end that tells what
// the file is.
func called(name string, k Kind) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case !unicode.IsPrint(r): // line breaks, and marks that turn the direction of the text, too
			return -1
		case strings.ContainsRune(`<>:"|?*;`, r):
			return '-'
		}
		return r
	}, name)
	name = strings.Trim(strings.TrimSpace(name), ".")
	extension := ""
	if dot := strings.LastIndex(name, "."); dot > 0 && slices.Contains(k.Extensions, strings.ToLower(name[dot:])) {
		name, extension = name[:dot], name[dot:]
	} else {
		extension = k.Extensions[0]
	}
	if name == "" {
		name = "document"
	}
	if runes := []rune(name); len(runes) > longestName {
		name = strings.TrimSpace(string(runes[:longestName]))
	}
	return name + extension
}

// KindName is what the document is, as people say it.
func (d Document) KindName() string {
	for _, k := range Kinds {
		if k.MediaType == d.MediaType {
			return strings.ToUpper(k.Extensions[0][1:])
		}
	}
	return d.MediaType
}

// Downloaded is the event of somebody reading it. It stands in the record of what happened and not on the timeline of
// the case.
func (d Document) Downloaded() audit.Event {
	return audit.Event{
		Act: "document downloaded", Subject: audit.Subject{Kind: "document", ID: strconv.FormatInt(int64(d.ID), 10)}, Audience: audit.ForTeam,
		Words: map[string]string{"document": d.Name},
	}
}
