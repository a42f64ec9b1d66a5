// Package paper puts text on A4 pages as a PDF: headings, paragraphs, and pairs of a label and a text. The page in the
// browser is the accessible original; the PDF beside it is for files and for post.
package paper

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Document is what stands on the pages. The same document makes the same bytes.
type Document struct {
	Title     string
	Reference string    // at the foot of every page, with the number of the page
	Author    string    // the local team
	Made      time.Time // the day of the text, not the day of printing
	Blocks    []Block
}

// Block is a part of a document. What is empty is left out.
type Block struct {
	Heading string // of a section
	Text    string // paragraphs; a blank line divides them
	Facts   []Fact
}

// Fact is a text with its label.
type Fact struct{ Label, Text string }

// Heading adds a section.
func (d *Document) Heading(text string) { d.Blocks = append(d.Blocks, Block{Heading: text}) }

// Say adds paragraphs.
func (d *Document) Say(text string) { d.Blocks = append(d.Blocks, Block{Text: text}) }

// Fact adds a labelled text below the one before; an empty text is left out.
func (d *Document) Fact(label, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if n := len(d.Blocks); n > 0 && len(d.Blocks[n-1].Facts) > 0 {
		d.Blocks[n-1].Facts = append(d.Blocks[n-1].Facts, Fact{label, text})
		return
	}
	d.Blocks = append(d.Blocks, Block{Facts: []Fact{{label, text}}})
}

// Measures in millimetres, and sizes of type in points.
const (
	margin = 20.0
	line   = 5.5
	column = 55.0 // of labels
	body   = 10.5
	font   = "go"
)

// PDF draws the document.
func (d Document) PDF() ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCreationDate(d.Made.UTC())
	pdf.SetModificationDate(d.Made.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetTitle(d.Title, true)
	pdf.SetAuthor(d.Author, true)
	pdf.SetLang("en-GB")
	pdf.AddUTF8FontFromBytes(font, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(font, "B", gobold.TTF)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin+5)
	pdf.AliasNbPages("{pages}")
	pdf.SetFooterFunc(func() {
		pdf.SetY(-15)
		pdf.SetFont(font, "", 8)
		pdf.CellFormat(0, line, plain(fmt.Sprintf("%s   Page %d of {pages}", d.Reference, pdf.PageNo())), "", 0, "C", false, 0, "")
	})
	pdf.AddPage()
	pdf.SetFont(font, "B", 16)
	pdf.MultiCell(0, 8, plain(d.Title), "", "L", false)
	pdf.Ln(2)
	for _, b := range d.Blocks {
		b.draw(pdf)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("draw the document: %w", err)
	}
	return out.Bytes(), nil
}

func (b Block) draw(pdf *fpdf.Fpdf) {
	if b.Heading != "" {
		pdf.Ln(3)
		pdf.SetFont(font, "B", 12.5)
		pdf.MultiCell(0, 7, plain(b.Heading), "", "L", false)
		pdf.Ln(1)
	}
	pdf.SetFont(font, "", body)
	for _, p := range strings.Split(strings.TrimSpace(b.Text), "\n\n") {
		if p != "" {
			pdf.MultiCell(0, line, plain(p), "", "L", false)
			pdf.Ln(2)
		}
	}
	for _, f := range b.Facts {
		f.draw(pdf)
	}
}

// draw sets the label in a column of its own. A long text runs on over the pages beside nothing.
func (f Fact) draw(pdf *fpdf.Fpdf) {
	pdf.SetFont(font, "B", body)
	labels := pdf.SplitText(plain(f.Label), column-3)
	_, height := pdf.GetPageSize()
	if pdf.GetY()+line*float64(len(labels)) > height-margin-5 {
		pdf.AddPage()
	}
	top, page := pdf.GetY(), pdf.PageNo()
	pdf.MultiCell(column-3, line, plain(f.Label), "", "L", false)
	below := pdf.GetY()
	pdf.SetFont(font, "", body)
	pdf.SetLeftMargin(margin + column)
	pdf.SetXY(margin+column, top)
	pdf.MultiCell(0, line, plain(strings.TrimSpace(f.Text)), "", "L", false)
	pdf.SetLeftMargin(margin)
	if pdf.PageNo() == page && pdf.GetY() < below {
		pdf.SetY(below)
	}
	pdf.Ln(1.5)
	pdf.SetX(margin)
}

// plain leaves out what is no text: a character above the first plane would spoil the font.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r < ' ' || r > 0xFFFF:
			return -1
		}
		return r
	}, s)
}
