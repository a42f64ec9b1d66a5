package service_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resilience/app/document"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// office is an archive as word processors and spreadsheets write it, with a long list of contents first.
func office(t *testing.T, first string, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range append([]string{first}, names...) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		must(t, err)
		content := strings.Repeat("<x/>", 2000)
		if name == "mimetype" {
			content = "application/vnd.oasis.opendocument.spreadsheet"
		}
		_, err = f.Write([]byte(content))
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

// What is in a file decides, and never its name.
func TestKindIsFoundInTheContent(t *testing.T) {
	w := servicetest.Make(t)
	id := w.Case("delivery")
	in := servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 10_00)
	program := append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"), make([]byte, 200)...)
	for _, c := range []struct {
		name    string
		content []byte
		kept    string // name and type, or nothing when refused
	}{
		{"invoice.pdf", program, ""},
		{"invoice.pdf", []byte("\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 100)), ""},
		{"invoice.pdf", []byte("<!DOCTYPE html><html><script>alert(1)</script></html>"), ""},
		{"photo.png", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), ""},
		{"list.txt", []byte("#!/bin/sh\nrm -rf /\n"), ""},
		{"list.docx", office(t, "evil.exe"), ""},
		{"empty.pdf", nil, ""},
		{"invoice.exe", servicetest.Evidence.Content, "invoice.exe.pdf application/pdf"},
		{"../../../etc/cron.d/evil.pdf", servicetest.Evidence.Content, "evil.pdf application/pdf"},
		{"photo.jpg", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "photo.jpg.png image/png"},
		{"photo.jpg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "photo.jpg image/jpeg"},
		{"sessions.csv", []byte("day,doctor,hours\n1,A,4\n2,B,3\n"), "sessions.csv text/csv"},
		{"sessions.txt", []byte("Monday: four hours.\nTuesday: three.\n"), "sessions.txt text/plain"},
		{"report.docx", office(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml"), "report.docx application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"costs.xlsx", office(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "costs.xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"costs.ods", office(t, "mimetype", "content.xml"), "costs.ods application/vnd.oasis.opendocument.spreadsheet"},
	} {
		err := w.Service.MakeClaim(t.Context(), w.By("pm"), id, in, service.Upload{Name: c.name, Content: c.content})
		if invalid, refused := fault.AsInvalid(err); refused {
			if c.kept != "" || invalid.Fields[0].Name != "document" {
				t.Errorf("%s is refused: %v", c.name, err)
			}
			continue
		}
		must(t, err)
		d := moneyOf(t, w, id).Documents[0]
		if got := d.Name + " " + d.MediaType; got != c.kept || d.Scan != document.NotScanned {
			t.Errorf("%s is kept as %q, %s; want %q", c.name, got, d.Scan, c.kept)
		}
	}
	large := service.Upload{Name: "a.txt", Content: bytes.Repeat([]byte("all work\n"), document.MaxBytes/9+1)}
	if _, refused := fault.AsInvalid(w.Service.MakeClaim(t.Context(), w.By("pm"), id, in, large)); !refused {
		t.Error("a file of more than 10 MB is taken")
	}
}

// A document is read by those who see its case, a provider's invoice by the team alone, and each reading is recorded.
func TestDownload(t *testing.T) {
	w := servicetest.Make(t)
	ctx := t.Context()
	own, invoice := moneyOf(t, w, w.Case("checked")).Claims[1].Evidence.ID, moneyOf(t, w, w.Case("checked")).Claims[0].Evidence.ID
	for _, c := range []struct {
		who             string
		own, ofProvider bool
	}{
		{"pm", true, false}, {"pm member", true, false}, {"signatory", true, false}, {"holder", true, true}, {"finance", true, true}, {"auditor", true, true}, {"region", true, true},
		{"pm other", false, false}, {"cw other", false, false}, {"lead other", false, false}, {"fin other", false, false}, {"reg other", false, false}, {"admin", false, false},
	} {
		for id, may := range map[document.ID]bool{own: c.own, invoice: c.ofProvider} {
			_, content, err := w.Service.Download(ctx, w.By(c.who), id)
			if may && (err != nil || !bytes.Equal(content, servicetest.Evidence.Content)) {
				t.Errorf("%s cannot read document %d: %v", c.who, id, err)
			}
			if !may && (!fault.IsNotFound(err) || content != nil) {
				t.Errorf("%s gets document %d: %v", c.who, id, err)
			}
		}
	}
	// A manager of a practice of this case who works for another team is not of this team by that.
	if _, _, err := w.Service.Download(ctx, persona(t, w, "pm", "cw other"), invoice); !fault.IsNotFound(err) {
		t.Errorf("read through two roles: %v", err)
	}
	before, _, err := w.Store.Head(ctx)
	must(t, err)
	_, _, err = w.Service.Download(ctx, w.By("auditor"), own)
	must(t, err)
	after, _, err := w.Store.Head(ctx)
	if err != nil || after != before+1 {
		t.Errorf("reading a document made %d events, %v", after-before, err)
	}
}

// kept is a store of its own that keeps documents in a folder that the test can see.
func kept(t *testing.T) (*servicetest.World, string) {
	t.Helper()
	w, folder := servicetest.Make(t), t.TempDir()
	w.Store.KeepDocumentsIn(folder)
	return w, folder
}

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	var list []string
	must(t, filepath.Walk(folder, func(name string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			list = append(list, name)
		}
		return err
	}))
	return list
}

// The content lies under its SHA-256, once however often it is handed in, for nobody else on the machine to read.
func TestContentIsKeptUnderItsHash(t *testing.T) {
	w, folder := kept(t)
	id := w.Case("delivery")
	in := servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 10_00)
	must(t, w.Service.MakeClaim(t.Context(), w.By("pm"), id, in, servicetest.Evidence))
	must(t, w.Service.MakeClaim(t.Context(), w.By("pm"), id, in, service.Upload{Name: "../again.pdf", Content: servicetest.Evidence.Content}))
	sum := sha256.Sum256(servicetest.Evidence.Content)
	name := hex.EncodeToString(sum[:])
	files := filesIn(t, folder)
	if len(files) != 1 || files[0] != filepath.Join(folder, name[:2], name) {
		t.Fatalf("the folder has %v", files)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	documents := moneyOf(t, w, id).Documents
	if len(documents) != 2 || documents[0].ID == documents[1].ID || documents[0].Name != "again.pdf" {
		t.Errorf("the documents are %v", documents)
	}
	must(t, os.WriteFile(files[0], []byte("%PDF-1.4 changed"), 0o600))
	if _, content, err := w.Service.Download(t.Context(), w.By("pm"), documents[0].ID); err == nil || content != nil {
		t.Error("a content that was changed where it is kept is given out")
	}
}

// A link in the folder leads nowhere outside it.
func TestContentStaysInItsFolder(t *testing.T) {
	w, folder := kept(t)
	sum := sha256.Sum256(servicetest.Evidence.Content)
	name := hex.EncodeToString(sum[:])
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(folder, name[:2])); err != nil {
		t.Skip("no links here: ", err)
	}
	id := w.Case("delivery")
	if err := w.Service.MakeClaim(t.Context(), w.By("pm"), id, servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 10_00), servicetest.Evidence); err == nil {
		t.Error("a document was kept through a link")
	}
	if left := filesIn(t, outside); len(left) != 0 {
		t.Errorf("outside the folder stand %v", left)
	}
	if _, err := w.Store.Content("../../etc/passwd"); err == nil {
		t.Error("a path is read")
	}
}

// What a change that failed left behind is removed after an hour; what a document names stays, and so does what is not
// ours.
func TestSweep(t *testing.T) {
	w, folder := kept(t)
	ctx, id := t.Context(), w.Case("delivery")
	must(t, w.Service.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 10_00), servicetest.Evidence))
	named := filesIn(t, folder)
	refused := service.Upload{Name: "a.txt", Content: []byte("Left by a claim that was refused.\n")}
	if _, ok := fault.AsInvalid(w.Service.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(0, 10_00), refused)); !ok {
		t.Fatal("the claim is not refused")
	}
	orphan, err := w.Store.KeepContent([]byte("young"), time.Now())
	must(t, err)
	must(t, os.WriteFile(filepath.Join(folder, "new-leftover"), []byte("half"), 0o600))
	must(t, os.WriteFile(filepath.Join(folder, "README"), []byte("somebody's own"), 0o600))
	if n, err := w.Service.SweepDocuments(ctx); err != nil || n != 0 {
		t.Errorf("%d young files were removed, %v", n, err)
	}
	old := time.Now().Add(-2 * time.Hour)
	for _, f := range filesIn(t, folder) {
		if !strings.Contains(f, orphan) {
			must(t, os.Chtimes(f, old, old))
		}
	}
	if n, err := w.Service.SweepDocuments(ctx); err != nil || n != 2 {
		t.Errorf("%d files were removed, %v", n, err)
	}
	if left := filesIn(t, folder); len(left) != 3 || !strings.Contains(strings.Join(left, " "), named[0]) || !strings.Contains(strings.Join(left, " "), "README") {
		t.Errorf("left are %v", left)
	}
	// Handing an old orphan in again makes it young.
	must(t, os.Chtimes(filepath.Join(folder, orphan[:2], orphan), old, old))
	_, err = w.Store.KeepContent([]byte("young"), time.Now())
	must(t, err)
	if n, err := w.Service.SweepDocuments(ctx); err != nil || n != 0 {
		t.Errorf("%d files were removed, %v", n, err)
	}
}

// What was released and what is read back must agree, or no file is given out.
func TestTamperedBatchGivesNoFile(t *testing.T) {
	w := servicetest.Make(t)
	b, err := w.Service.Batch(t.Context(), w.By("finance"), 1)
	must(t, err)
	b.Number, b.SHA256 = 99, strings.Repeat("0", 64)
	for i := range b.Items {
		b.Items[i].Claim = moneyOf(t, w, w.Case("approved")).Claims[0].ID // a claim stands in one batch only
	}
	must(t, w.Store.Change(t.Context(), func(tx *store.Tx) error { return tx.AddBatch(t.Context(), &b) }))
	if _, content, err := w.Service.BatchFile(t.Context(), w.By("finance"), b.ID, funding.Piped, ""); err == nil || content != nil {
		t.Errorf("a batch with another hash gives %q, %v", content, err)
	}
	_, err = w.Service.Batch(t.Context(), w.By("finance"), b.ID)
	must(t, err) // the page still shows it, so that somebody can find out
}
