package paper

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

var made = time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC)

func letter() Document {
	d := Document{Title: "Assessment summary", Reference: "PRP-2016-000001", Author: "Yorkshire and the Humber", Made: made}
	d.Heading("What the practice needs")
	d.Say("It’s “£7,500” – no more.\n\nAnd a second paragraph.")
	d.Fact("Staffing", "Six sessions a week from April.")
	d.Fact("Nothing", "  ")
	return d
}

// The same document makes the same bytes: what was kept as sent can be drawn again.
func TestTheSameBytes(t *testing.T) {
	one, err := letter().PDF()
	if err != nil {
		t.Fatal(err)
	}
	two, err := letter().PDF()
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("drawn again it differs, %v", err)
	}
	if !bytes.HasPrefix(one, []byte("%PDF-")) || !bytes.Contains(one, []byte("/Lang (en-GB)")) {
		t.Error("it is no PDF in English")
	}
	other := letter()
	other.Say("One word more.")
	if three, err := other.PDF(); err != nil || bytes.Equal(one, three) {
		t.Errorf("another text makes the same bytes, %v", err)
	}
}

// What is empty is left out, and long texts go on over pages.
func TestLongTexts(t *testing.T) {
	d := letter()
	if len(d.Blocks) != 3 {
		t.Errorf("there are %d blocks", len(d.Blocks))
	}
	for range 40 {
		d.Fact("A label that is so long that it takes more than one line of its column", strings.Repeat("A long sentence, over and over. ", 40))
	}
	d.Say(strings.Repeat("Word ", 4000) + "\U0001F600\x01")
	content, err := d.PDF()
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(content, []byte("/Type /Page\n")); n < 10 {
		t.Errorf("there are %d pages", n)
	}
}
