package ods_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

// cells of one row of the register: only those that matter, the rest blank.
type cells map[int]string // by column, from 1

// registerRow writes a row of 27 quoted columns, as the register does.
func registerRow(c cells) string {
	row := make([]string, 27)
	for i := range row {
		row[i] = `"` + strings.ReplaceAll(c[i+1], `"`, `""`) + `"`
	}
	return strings.Join(row, ",") + "\r\n"
}

// legacy is a row of the legacy layout: an active GP practice in Q72, with changes.
func legacy(code string, changes cells) string {
	c := cells{
		1: code, 2: "LOW FELL SURGERY", 3: "Y54", 4: "Q72", 5: "1 LOW ROAD", 7: "LOW FELL", 10: "XA1 2BC", 11: "19740401", 13: "A", 14: "B",
		15: "00X", 16: "20130401", 18: "01632 960123", 22: "0", 24: "00X", 26: "4",
	}
	for i, v := range changes {
		c[i] = v
	}
	return registerRow(c)
}

// today is a row of today's layout.
func today(code string, changes cells) string {
	all := cells{13: "ACTIVE", 26: "RO76"}
	for i, v := range changes {
		all[i] = v
	}
	return legacy(code, all)
}

func area(code, name, region, opened, closed string) string {
	return registerRow(cells{1: code, 2: name, 3: region, 5: "1 HIGH STREET", 10: "XA1 1AA", 11: opened, 12: closed, 22: "0"})
}

func commissioner(code, name, region, area string) string {
	return registerRow(cells{1: code, 2: name, 3: region, 4: area, 5: "1 HIGH STREET", 10: "XA1 1AA", 11: "20130401", 14: "C", 22: "0"})
}

const (
	hierarchyHeader = "Sub ICB Location ODS Code,Sub ICB Location Name,Sub ICB Location Non-Primary Role,ICB Code,Integrated Care Board Name,ICB Non-Primary Role,Region Code,Region Name\n"
	bandsHeader     = "Regional Office Name,Regional Office Code,Area Team Name,Area Team Code,PCO Name,PCO Code,Practice Name,Practice Code,Male 0-4,Female 0-4,Male 5-14,Female 5-14,Male 15-24,Female 15-24,Male 25-34,Female 25-34,Male 35-44,Female 35-44,Male 45-54,Female 45-54,Male 55-64,Female 55-64,Male 65-74,Female 65-74,Male 75+,Female 75+\n"
	quinHeader      = "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS\n"
	allHeader       = "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
)

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
