package document_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"resilience/app/document"
	"resilience/app/fault"
)

func TestNamesAreMadeSafe(t *testing.T) {
	for given, want := range map[string]string{
		"invoice 17.pdf":                  "invoice 17.pdf",
		"Invoice.PDF":                     "Invoice.PDF",
		"../../etc/passwd":                "passwd.pdf",
		`C:\Users\me\claim.pdf`:           "claim.pdf",
		"payload.exe":                     "payload.exe.pdf",
		"x.pdf.exe":                       "x.pdf.exe.pdf",
		"a\r\nSet-Cookie: x.pdf":          "aSet-Cookie- x.pdf",
		"gpj.\u202efdp.exe":               "gpj.fdp.exe.pdf",
		".pdf":                            "pdf.pdf",
		"..":                              "document.pdf",
		"":                                "document.pdf",
		"/":                               "document.pdf",
		`"quoted"; filename=evil.pdf`:     "-quoted-- filename=evil.pdf",
		"Übersicht Ärzte.pdf":             "Übersicht Ärzte.pdf",
		strings.Repeat("a", 300) + ".pdf": strings.Repeat("a", 120) + ".pdf",
	} {
		d, err := document.New("document", given, "application/pdf", 1)
		if err != nil || d.Name != want {
			t.Errorf("%q becomes %q, %v; want %q", given, d.Name, err, want)
		}
	}
}

// Whatever a file is called, its name leads nowhere and says what it is.
func TestNamesLeadNowhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.OneOf(rapid.String(), rapid.StringMatching(`[./\\a-z%:\x00-\x1f]{0,40}(\.pdf|\.exe)?`)).Draw(t, "name")
		d, err := document.New("document", given, "application/pdf", 1)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(d.Name, "/\\\x00\r\n\"") || !strings.HasSuffix(strings.ToLower(d.Name), ".pdf") || strings.HasPrefix(d.Name, ".") ||
			!utf8.ValidString(d.Name) || utf8.RuneCountInString(d.Name) > 130 {
			t.Fatalf("%q becomes %q", given, d.Name)
		}
	})
}

func TestWhatIsTaken(t *testing.T) {
	for _, c := range []struct {
		name, media string
		bytes       int64
		says        string
	}{
		{"a.pdf", "application/pdf", document.MaxBytes, ""},
		{"a.txt", "text/plain; charset=utf-8", 1, ""},
		{"a.csv", "text/plain; charset=utf-8", 1, ""},
		{"a.pdf", "application/pdf", document.MaxBytes + 1, "no larger than 10 MB"},
		{"a.pdf", "text/plain", 0, "is empty"},
		{"", "text/plain", 0, "Choose a file"},
		{"a.pdf", "application/vnd.microsoft.portable-executable", 9, "something else"},
		{"a.html", "text/html; charset=utf-8", 9, "something else"},
		{"a.svg", "image/svg+xml", 9, "something else"},
		{"a.zip", "application/zip", 9, "something else"},
		{"a.doc", "application/msword", 9, "something else"},
	} {
		_, err := document.New("document", c.name, c.media, c.bytes)
		invalid, _ := fault.AsInvalid(err)
		switch {
		case c.says == "" && err != nil:
			t.Errorf("%s of %s is refused: %v", c.name, c.media, err)
		case c.says != "" && (len(invalid.Fields) != 1 || invalid.Fields[0].Name != "document" || !strings.Contains(invalid.Fields[0].Message, c.says)):
			t.Errorf("%s of %s and %d bytes: %v, want %q", c.name, c.media, c.bytes, err, c.says)
		}
	}
}
