package web

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/service"
)

// workforce is an invented return of the practices of the world.
const workforce = "PRAC_CODE,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE\nX10001,2,ND,0,4\nX10002,0.1,1,1,1\n"

const ratings = "Location ODS Code,Location Primary Inspection Category,Domain,Latest Rating,Publication Date\nX10001,GP Practices,Overall,Good,10/02/2016\n"

const registered = "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\n" +
	"A,01Sep2016,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,4900\nA,01Sep2016,GP,00X,E1,X10002,XA1 2BC,ALL,ALL,5000\n"

// withOpenData imports what the invented files tell.
func withOpenData(t *testing.T, s *site) {
	t.Helper()
	for _, one := range []struct {
		text, day string
		run       func(service.RegisterFile) error
	}{
		{registered, "2016-09-30", func(in service.RegisterFile) error {
			_, err := s.Service.ImportListSizes(t.Context(), service.By{Actor: account.Operator}, in)
			return err
		}},
		{workforce, "2016-09-30", func(in service.RegisterFile) error {
			_, err := s.Service.ImportWorkforce(t.Context(), service.By{Actor: account.Operator}, in)
			return err
		}},
		{ratings, "2016-12-31", func(in service.RegisterFile) error {
			_, err := s.Service.ImportCQC(t.Context(), service.By{Actor: account.Operator}, in)
			return err
		}},
	} {
		if err := one.run(service.RegisterFile{Name: "open.csv", Content: strings.NewReader(one.text), AsAt: calendar.MustParse(one.day)}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestThePracticePageShowsOpenData(t *testing.T) {
	s := newSite(t)
	pm := s.as("pm")
	mustNotContain(t, pm.page("/practices/X10001").Text(), "What open data say")
	withOpenData(t, s)
	mustContain(t, pm.page("/practices/X10001"), "What open data say", "2,450 patients", "4,900 patients as at 30 September 2016, and 2 full-time-equivalent GPs",
		"General practice workforce (open.csv), as at 30 September 2016", "CQC rating overall", "As at 10 February 2016")
	mustNotContain(t, pm.page("/practices/X10001").Text(), "Patients for each full-time-equivalent nurse", "Check the return")
	mustContain(t, pm.page("/practices/X10002"), "Check the return", "50,000 patients", "More than 15,000: check the return")
}
