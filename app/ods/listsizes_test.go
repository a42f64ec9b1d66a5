package ods_test

import (
	"fmt"
	"strings"
	"testing"

	"resilience/app/ods"
	"resilience/app/practice"
)

func readLists(content string) ([]practice.ListSizeRecord, practice.File, error) {
	var records []practice.ListSizeRecord
	file, err := ods.ListSizes(strings.NewReader(content), func(r practice.ListSizeRecord) { records = append(records, r) })
	return records, file, err
}

// bandRow is a practice of the 2016 layout with these parts.
func bandRow(code string, parts ...string) string {
	return "NORTH,Y54,FELL AREA TEAM,Q51,FELL CCG,00X00,LOW FELL SURGERY," + code + "," + strings.Join(parts, ",") + "\n"
}

func times18(part string) []string { return strings.Split(strings.Repeat(part+",", 17)+part, ",") }

func TestListSizes(t *testing.T) {
	tests := map[string]struct{ content, want string }{
		"bands are added": {bandsHeader + bandRow("X10001", times18("3")...), "[{2 X10001 54 true}]"},
		"a blank band":    {bandsHeader + bandRow("X10001", append(times18("3")[1:], "")...), "[{2 X10001 0 false}]"},
		"captions in another case, byte order mark": {
			"\ufeff" + strings.ToUpper(bandsHeader) + bandRow("X10001", times18("0")...), "[{2 X10001 0 true}]"},
		"2017": {quinHeader + "A,01SEP2017,GP,X10001,,XA1 2BC,ALL,ALL,6939\nA,01SEP2017,GP,X10001,,XA1 2BC,FEMALE,0_4,212\n", "[{2 X10001 6939 true}]"},
		"2017, another kind of organisation": {
			quinHeader + "A,01SEP2017,CCG,00X,,,ALL,ALL,69390\nA,01SEP2017,GP,X10001,,XA1 2BC,ALL,ALL,ND\n", "[{3 X10001 0 false}]"},
		"2022": {allHeader + "A,01May2022,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,5983\nA,01May2022,GP,00X,E1,X10002,XA1 2BC,ALL,ALL,\n",
			"[{2 X10001 5983 true} {3 X10002 0 false}]"},
		"2022, parts and other kinds": {allHeader + "A,01May2022,GP,00X,E1,X10001,XA1 2BC,MALE,ALL,1\nA,01May2022,CCG,00X,E1,00X,,ALL,ALL,9\nA,01May2022,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,2\n",
			"[{4 X10001 2 true}]"},
		"the same twice": {allHeader + strings.Repeat("A,01May2022,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,2\n", 2), "[{2 X10001 2 true}]"},
	}
	for name, test := range tests {
		records, file, err := readLists(test.content)
		if got := fmt.Sprint(records); err != nil || got != test.want || len(file.Refused) != 0 {
			t.Errorf("%s: %s, refused %v, fault %v, want %s", name, got, file.Refused, err, test.want)
		}
	}
}

func TestListSizesRefused(t *testing.T) {
	good := "A,01May2022,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,2\nA,01May2022,GP,00X,E1,X10002,XA1 2BC,ALL,ALL,2\n"
	rows := map[string]string{
		"A,01May2022,GP,00X,E1,X1,XA1 2BC,ALL,ALL,2\n":               `"X1" is not a practice code, such as X12345`,
		"A,01May2022,GP,00X,E1,X10009,XA1 2BC,ALL,ALL,-2\n":          `"-2" is not a number of patients`,
		"A,01May2022,GP,00X,E1,X10009,XA1 2BC,ALL,ALL,\"1,200\"\n":   `"1,200" is not a number of patients`,
		"A,01May2022,GP,00X,E1,X10009,XA1 2BC,ALL,ALL,99999999999\n": `"99999999999" is not a number of patients`,
		"A,01May2022,GP,00X,E1,X10009,XA1 2BC,ALL,ALL,9999999\n":     "9999999 patients are more than any practice has",
	}
	for row, want := range rows {
		records, file, err := readLists(allHeader + good + row)
		if err != nil || len(records) != 2 || len(file.Refused) != 1 || file.Refused[0].Line != 4 || file.Refused[0].Reason != want {
			t.Errorf("%d records, refused %v, fault %v, want line 4: %s", len(records), file.Refused, err, want)
		}
	}
	whole := map[string]string{
		allHeader: "holds a header but no rows",
		allHeader + "A,01May2022,GP,00X,E1,X10001,XA1 2BC,MALE,ALL,1\n":        "holds no row with the whole list",
		allHeader + good + "A,01May2022,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,3\n":  "says two things of X10001: lines 2 and 4 differ",
		allHeader + good + "A,01May2022,GP,00X,E1,X10003,XA1\n":                "has 7 columns on line 4, and 10 are expected",
		strings.Replace(bandsHeader, ",Female 75+", "", 1) + "x\n":             "is of an unknown kind",
		strings.Replace(allHeader, "NUMBER_OF_PATIENTS", "PATIENTS", 1) + good: "is of an unknown kind",
	}
	for content, want := range whole {
		if _, _, err := readLists(content); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("fault %v, want %s", err, want)
		}
	}
}
