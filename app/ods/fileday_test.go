package ods

import "testing"

func TestMonthOfAFilesName(t *testing.T) {
	for name, want := range map[string]string{
		"workforce 2016-09.csv": "2016-09-01", "GPW_2016-09-30.csv.gz": "2016-09-01", "gpw20160930.zip": "2016-09-01", "General Practice September 2016.csv": "2016-09-01",
		"GPW-Sep_2016.csv": "2016-09-01", "workforce.csv": "", "workforce 2016.csv": "", "GPW 2016-09 to 2017-03.csv": "", "12016-091.csv": "", "dismay 2016.csv": "",
	} {
		if got := MonthOfName(name); got.String() != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}
