package ods_test

import (
	"bytes"
	"testing"

	"resilience/app/fault"
	"resilience/app/ods"
	"resilience/app/practice"
)

// mustBeOrderly checks what holds however broken the content is.
func mustBeOrderly(t *testing.T, file practice.File, err error, delivered int) {
	t.Helper()
	if err != nil {
		if _, ok := fault.AsInvalid(err); !ok {
			t.Fatalf("fault %v is not fault.Invalid", err)
		}
		return
	}
	if file.Rows == 0 || file.Layout == "" || len(file.SHA256) != 64 || len(file.Refused)*2 > file.Rows {
		t.Fatalf("accepted: %+v", file)
	}
	last := 0
	for _, r := range file.Refused {
		if r.Line <= last || r.Reason == "" {
			t.Fatalf("refused %+v", file.Refused)
		}
		last = r.Line
	}
	if delivered > 3*(file.Rows-len(file.Refused)) { // the hierarchy has three organisations in a row
		t.Fatalf("%d records of %d rows", delivered, file.Rows)
	}
}

func mustBeARecord(t *testing.T, r practice.Record) {
	t.Helper()
	if r.Line < 1 || r.Code == "" || r.Kind == "" || r.Facts.Name() == "" {
		t.Fatalf("record %+v", r)
	}
	for a, v := range r.Facts {
		if v != "" && !r.Observed.Has(practice.Attribute(a)) {
			t.Fatalf("tells %s, but does not say so: %+v", practice.Attribute(a), r)
		}
	}
}

func seed(f *testing.F, text string) {
	f.Add([]byte(text))
	f.Add([]byte("\ufeff" + text))
	f.Add([]byte(text[:len(text)/2]))
	f.Add(gzipped(f, text))
	f.Add(zipped(f, map[string]string{"a.csv": text}))
	f.Add(gzipped(f, text)[:30])
}

func FuzzPractices(f *testing.F) {
	seed(f, legacy("X10001", nil)+legacy("X10002", cells{13: "D", 12: "20160331"})+legacy("bad", nil))
	seed(f, today("X10001", nil)+today("X10002", cells{13: "INACTIVE", 26: "RO268|RO76"})+today("X10001", nil))
	f.Fuzz(func(t *testing.T, content []byte) {
		codes := map[practice.Code]bool{}
		file, err := ods.Practices(bytes.NewReader(content), func(r practice.Record) {
			mustBeARecord(t, r)
			if codes[r.Code] || !r.Complete() || r.Kind != practice.KindPractice {
				t.Fatalf("record %+v", r)
			}
			codes[r.Code] = true
		})
		mustBeOrderly(t, file, err, len(codes))
	})
}

func FuzzAreas(f *testing.F) {
	seed(f, area("Y54", "NORTH", "", "20121001", "")+area("Q72", "LOW FELL", "Y54", "20150401", "20160331"))
	seed(f, hierarchyHeader+"00X,LOW,SUB,QXX,FELL ICB,ICB,Y63,NORTH EAST\n00Y,HIGH,SUB,QXX,FELL ICB,ICB,Y63,NORTH EAST\n")
	f.Fuzz(func(t *testing.T, content []byte) {
		delivered := 0
		file, err := ods.Areas(bytes.NewReader(content), func(r practice.Record) {
			mustBeARecord(t, r)
			delivered++
		})
		mustBeOrderly(t, file, err, delivered)
	})
}

func FuzzCommissioners(f *testing.F) {
	seed(f, commissioner("00X", "LOW FELL CCG", "Y54", "Q72")+commissioner("00Y", "HIGH FELL CCG", "Y54", "Y54"))
	f.Fuzz(func(t *testing.T, content []byte) {
		delivered := 0
		file, err := ods.Commissioners(bytes.NewReader(content), func(r practice.Record) {
			mustBeARecord(t, r)
			delivered++
		})
		mustBeOrderly(t, file, err, delivered)
	})
}

func FuzzListSizes(f *testing.F) {
	seed(f, bandsHeader+bandRow("X10001", times18("3")...)+bandRow("X10002", append(times18("3")[1:], "ND")...))
	seed(f, quinHeader+"A,01SEP2017,GP,X10001,,XA1 2BC,ALL,ALL,6939\nA,01SEP2017,GP,X10001,,XA1 2BC,FEMALE,0_4,212\n")
	seed(f, allHeader+"A,01May2022,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,5983\nA,01May2022,GP,00X,E1,X10002,XA1 2BC,ALL,ALL,\n")
	f.Fuzz(func(t *testing.T, content []byte) {
		delivered := 0
		file, err := ods.ListSizes(bytes.NewReader(content), func(r practice.ListSizeRecord) {
			if r.Patients < 0 || !r.Known && r.Patients != 0 || r.Line < 2 {
				t.Fatalf("record %+v", r)
			}
			delivered++
		})
		mustBeOrderly(t, file, err, delivered)
	})
}
