package ods_test

import (
	"bytes"
	"strings"
	"testing"

	"resilience/app/fault"
	"resilience/app/ods"
	"resilience/app/practice"
)

func readAreas(content string) (map[practice.Code]practice.Record, practice.File, error) {
	records := map[practice.Code]practice.Record{}
	file, err := ods.Areas(strings.NewReader(content), func(r practice.Record) { records[r.Code] = r })
	return records, file, err
}

func TestAreasTellRegionsFromAreas(t *testing.T) {
	records, _, err := readAreas(area("Y54", "NORTH", "", "20121001", "") + area("Q73", "LOW AND HIGH FELL", "Y54", "20150401", "20160331") +
		area("A", "OLD OFFICE", "", "19940401", "") + area("W00", "WALES", "", "19960401", "") + area("Q99", "NOWHERE", "", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	want := map[practice.Code]practice.Kind{
		"Y54": practice.KindRegion, "Q73": practice.KindArea, "A": practice.KindRegion, "W00": practice.KindRegion, "Q99": practice.KindArea,
	}
	for code, kind := range want {
		r := records[code]
		if r.Kind != kind || !r.Complete() {
			t.Errorf("%s: kind %q, complete %v", code, r.Kind, r.Complete())
		}
	}
	if f := records["Q73"].Facts; f.Region() != "Y54" || f.Closed().String() != "2016-03-31" {
		t.Errorf("Q73: %q", f)
	}
}

func TestHierarchy(t *testing.T) {
	content := "\ufeff" + strings.ToUpper(hierarchyHeader) +
		"00X,\"LOW FELL ICB - 00X\",SUB,QXX,\"LOW, HIGH AND MID FELL ICB\",ICB,Y63,NORTH EAST\n" +
		"00Y,HIGH FELL ICB - 00Y,SUB,QXX,\"LOW, HIGH AND MID FELL ICB\",ICB,Y63,NORTH EAST\n"
	records, file, err := readAreas(content)
	if err != nil || file.Rows != 2 || len(records) != 4 {
		t.Fatalf("%d records of %d rows, fault %v", len(records), file.Rows, err)
	}
	location := records["00Y"]
	if location.Kind != practice.KindCommissioner || location.Facts.Area() != "QXX" || location.Facts.Region() != "Y63" || location.Complete() {
		t.Errorf("00Y: %+v", location)
	}
	board := records["QXX"]
	if board.Kind != practice.KindArea || board.Facts.Name() != "LOW, HIGH AND MID FELL ICB" || board.Facts.Region() != "Y63" {
		t.Errorf("QXX: %+v", board)
	}
}

func TestHierarchyContradictsItself(t *testing.T) {
	_, _, err := readAreas(hierarchyHeader + "00X,LOW,SUB,QXX,FELL ICB,ICB,Y63,NORTH EAST\n00Y,HIGH,SUB,QXX,FELL ICB,ICB,Y63,NORTH\n")
	if err == nil || !strings.Contains(err.Error(), "says two things of Y63: lines 2 and 3 differ in its name") {
		t.Errorf("fault %v", err)
	}
}

func TestAnotherKindOfFile(t *testing.T) {
	readers := map[string]func([]byte) error{
		"practices": func(b []byte) error {
			_, err := ods.Practices(bytes.NewReader(b), func(practice.Record) {})
			return err
		},
		"areas": func(b []byte) error { _, err := ods.Areas(bytes.NewReader(b), func(practice.Record) {}); return err },
		"commissioners": func(b []byte) error {
			_, err := ods.Commissioners(bytes.NewReader(b), func(practice.Record) {})
			return err
		},
		"list sizes": func(b []byte) error {
			_, err := ods.ListSizes(bytes.NewReader(b), func(practice.ListSizeRecord) {})
			return err
		},
	}
	files := map[string]string{
		"practices":     legacy("X10001", nil),
		"areas":         area("Q72", "LOW FELL", "Y54", "20150401", ""),
		"commissioners": commissioner("00X", "LOW FELL CCG", "Y54", "Q72"),
		"list sizes":    quinHeader + "A,01SEP2017,GP,X10001,,XA1 2BC,ALL,ALL,6\n",
	}
	for reader, read := range readers {
		for kind, content := range files {
			err := read([]byte(content))
			if kind == reader && err != nil {
				t.Errorf("%s refused by its own reader: %v", kind, err)
			}
			if _, refused := fault.AsInvalid(err); kind != reader && (!refused || !strings.Contains(err.Error(), "Expected is")) {
				t.Errorf("%s given to the reader of %s: %v", kind, reader, err)
			}
		}
	}
}

func TestCommissioners(t *testing.T) {
	var got practice.Record
	_, err := ods.Commissioners(strings.NewReader(commissioner("00X", "NHS LOW, MID AND HIGH FELL CCG", "Y54", "Q72")), func(r practice.Record) { got = r })
	if err != nil || got.Facts.Name() != "NHS LOW, MID AND HIGH FELL CCG" || got.Facts.Area() != "Q72" || !got.Complete() {
		t.Errorf("%+v, fault %v", got, err)
	}
}
