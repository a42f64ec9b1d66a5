package ods_test

import (
	"bytes"
	"strings"
	"testing"

	"resilience/app/fault"
	"resilience/app/ods"
	"resilience/app/practice"
)

func readPractices(content []byte) ([]practice.Record, practice.File, error) {
	var records []practice.Record
	file, err := ods.Practices(bytes.NewReader(content), func(r practice.Record) { records = append(records, r) })
	return records, file, err
}

func TestPracticeRow(t *testing.T) {
	both := func(c cells) []byte { return []byte(legacy("X10001", nil) + legacy("X10002", c)) }
	now := func(c cells) []byte { return []byte(today("X10001", nil) + today("X10002", c)) }
	tests := []struct {
		name      string
		content   []byte
		attribute practice.Attribute
		want      string
	}{
		{"name trimmed at its ends only", both(cells{2: " LOW  FELL "}), practice.AttributeName, "LOW  FELL"},
		{"comma and quotation marks", both(cells{2: `THE "LOW", FELL`}), practice.AttributeName, `THE "LOW", FELL`},
		{"active", both(nil), practice.AttributeStatus, "active"},
		{"closed", both(cells{13: "C"}), practice.AttributeStatus, "closed"},
		{"dormant", both(cells{13: "D"}), practice.AttributeStatus, "dormant"},
		{"proposed", both(cells{13: "P"}), practice.AttributeStatus, "proposed"},
		{"inactive today", now(cells{13: "INACTIVE"}), practice.AttributeStatus, "closed"},
		{"dormant today", now(cells{13: "DORMANT"}), practice.AttributeStatus, "dormant"},
		{"setting 4", both(nil), practice.AttributeGPPractice, "yes"},
		{"another setting", both(cells{26: "0"}), practice.AttributeGPPractice, "no"},
		{"role", now(nil), practice.AttributeGPPractice, "yes"},
		{"one of several roles", now(cells{26: "RO268|RO76"}), practice.AttributeGPPractice, "yes"},
		{"a longer role", now(cells{26: "RO760|RO72"}), practice.AttributeGPPractice, "no"},
		{"no role", now(cells{26: ""}), practice.AttributeGPPractice, ""},
		{"region blank", both(cells{3: ""}), practice.AttributeRegion, ""},
		{"team of its own row", both(cells{4: "Q83"}), practice.AttributeArea, "Q83"},
		{"address", both(nil), practice.AttributeAddress, "1 LOW ROAD\nLOW FELL"},
		{"postcode without a space", both(cells{10: "xa12bc"}), practice.AttributePostcode, "XA1 2BC"},
		{"postcode blank", both(cells{10: ""}), practice.AttributePostcode, ""},
		{"opened", both(nil), practice.AttributeOpened, "1974-04-01"},
		{"closed on", both(cells{12: "20160331"}), practice.AttributeClosed, "2016-03-31"},
		{"active with a close date", now(cells{12: "20251231"}), practice.AttributeStatus, "active"},
		{"telephone", both(nil), practice.AttributeTelephone, "01632 960123"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			records, file, err := readPractices(test.content)
			if err != nil || len(file.Refused) > 0 || len(records) != 2 {
				t.Fatalf("%d records, refused %v, fault %v", len(records), file.Refused, err)
			}
			if got := records[1].Facts[test.attribute]; got != test.want {
				t.Errorf("%s %q, want %q", test.attribute, got, test.want)
			}
			if !records[1].Complete() || records[1].Line != 2 {
				t.Errorf("complete %v, line %d", records[1].Complete(), records[1].Line)
			}
		})
	}
}

func TestPracticeRowRefused(t *testing.T) {
	good := legacy("X10001", nil) + legacy("X10002", nil)
	tests := map[string]string{
		legacy("12345", nil):                      `column 1: "12345" is not a practice code, such as X12345`,
		legacy("", nil):                           `column 1: "" is not a practice code, such as X12345`,
		legacy("X10009", cells{2: "  "}):          "column 2, the name, is blank",
		legacy("X10009", cells{11: "20160231"}):   `column 11: "20160231" is not a day written as YYYYMMDD`,
		legacy("X10009", cells{12: "31/03/2016"}): `column 12: "31/03/2016" is not a day written as YYYYMMDD`,
		legacy("X10009", cells{13: "X"}):          `column 13: "X" is not a status of this layout`,
		legacy("X10009", cells{13: "ACTIVE"}):     `column 13: "ACTIVE" is not a status of this layout`,
		legacy("X10009", cells{15: "0 0"}):        `column 15: "0 0" is not an organisation code`,
		legacy("X10009", cells{2: "A\xffB"}):      "column 2 is not UTF-8 text",
		legacy("X10009", cells{2: "A\x00B"}):      "column 2 holds a control character",
	}
	for row, want := range tests {
		records, file, err := readPractices([]byte(good + row))
		if err != nil || len(records) != 2 || file.Rows != 3 {
			t.Errorf("%s: %d records of %d rows, fault %v", want, len(records), file.Rows, err)
			continue
		}
		if len(file.Refused) != 1 || file.Refused[0].Line != 3 || file.Refused[0].Reason != want {
			t.Errorf("refused %v, want line 3: %s", file.Refused, want)
		}
	}
}

func TestPracticesRefusedWhole(t *testing.T) {
	rows := legacy("X10001", nil) + legacy("X10002", nil)
	packed := gzipped(t, strings.Repeat(rows, 50))
	tests := map[string]struct {
		content []byte
		want    string
	}{
		"empty":                  {nil, "The file is empty. Nothing was changed"},
		"empty gzip":             {gzipped(t, ""), "The file is empty. Nothing was changed"},
		"26 columns":             {[]byte(strings.ReplaceAll(rows, `,""`+"\r\n", "\r\n")), "has 26 columns on line 1"},
		"21 columns":             {[]byte(strings.Repeat(`"A",`, 20) + `"A"` + "\n"), "has 21 columns on line 1"},
		"one row of 26":          {[]byte(rows + strings.TrimSuffix(legacy("X10003", nil), `,""`+"\r\n")), "has 26 columns on line 3, and 27 are expected"},
		"cut in a row":           {[]byte(rows[:len(rows)-30]), "has 20 columns on line 2, and 27 are expected"},
		"cut in a quotation":     {[]byte(rows + `"X10003","LOW`), "on line 3, a quotation mark is missing"},
		"cut gzip":               {packed[:len(packed)-20], "is cut"},
		"damaged gzip":           {append(packed[:40:40], bytes.Repeat([]byte{7}, 60)...), "is "},
		"cut zip":                {zipped(t, map[string]string{"a.csv": rows})[:80], "looks cut"},
		"zip of two":             {zipped(t, map[string]string{"a.csv": rows, "b.csv": rows}), "holds 2 files"},
		"zip of none":            {zipped(t, nil), "holds 0 files"},
		"areas":                  {[]byte(area("Y54", "NORTH", "", "20121001", "")), "holds regions and areas (eauth). Expected is the register of practices"},
		"commissioners":          {[]byte(commissioner("00X", "LOW FELL CCG", "Y54", "Q72")), "holds commissioners (eccg)"},
		"list sizes":             {[]byte(allHeader + "A,01May2022,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,5\n"), "holds list sizes, totals (2022)"},
		"a page of the web":      {[]byte("<!DOCTYPE html>\n<html lang=en>\n"), "is of an unknown kind: it has 1 columns on line 1"},
		"statuses unknown":       {[]byte(legacy("X10001", cells{13: "Z"}) + legacy("X10002", cells{13: "Z"})), "is not understood: 2 of its 2 rows"},
		"two things of one code": {[]byte(rows + legacy("X10001", cells{2: "HIGH FELL"})), "says two things of X10001: lines 1 and 3 differ in its name"},
		"a row without end":      {[]byte(`"` + strings.Repeat("A,B\n", 1<<19)), "holds a row longer than 1024 KB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := readPractices(test.content)
			if _, ok := fault.AsInvalid(err); !ok {
				t.Fatalf("fault %v, want fault.Invalid", err)
			}
			if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("says %q, want %q in one line", err, test.want)
			}
		})
	}
}

func TestPackingDoesNotMatter(t *testing.T) {
	text := legacy("X10001", nil) + legacy("X10002", nil)
	sums := map[string]bool{}
	for name, content := range map[string][]byte{
		"plain": []byte(text), "gzip": gzipped(t, text), "zip": zipped(t, map[string]string{"folder/any.name": text, "__MACOSX/any.name": "x"}),
		"with a byte order mark": []byte("\ufeff" + text), "the same row twice": []byte(text + legacy("X10002", nil)),
	} {
		records, file, err := readPractices(content)
		if err != nil || len(records) != 2 || records[0].Code != "X10001" {
			t.Errorf("%s: %d records, fault %v", name, len(records), err)
		}
		sums[file.SHA256] = true
	}
	if len(sums) != 2 { // the repeated row is other content
		t.Errorf("%d different sums, want 2", len(sums))
	}
}

// A small packed file must not unpack without end.
func TestDecompressionIsBounded(t *testing.T) {
	ods.LimitUnpacked(t, 2<<20)
	row := legacy("X10001", nil)
	_, _, err := readPractices(gzipped(t, strings.Repeat(row, (3<<20)/len(row))))
	if err == nil || !strings.Contains(err.Error(), "unpacks to more than 2 MB") {
		t.Errorf("fault %v", err)
	}
}
