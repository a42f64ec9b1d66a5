package journey

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"resilience/app/calendar"
	"resilience/app/practice"
	"resilience/app/service"
)

// published is made from the real register of May 2016, where that is at hand. It is no part of this repository.
var published = sync.OnceValues(func() ([]byte, error) {
	return makeDatabase(func(ctx context.Context, s *service.Service) error {
		type reader func(context.Context, service.By, service.RegisterFile) (*practice.ImportReport, error)
		for _, f := range []struct {
			name, asAt string
			read       reader
		}{{"ods/epraccur_2016-05.csv.gz", "2016-05-13", s.ImportPractices}, {"regions/eauth_2017-08.csv", "2017-08-25", s.ImportAreas}} {
			file, err := os.Open(filepath.Join(os.Getenv("RESILIENCE_TEST_DATA"), filepath.FromSlash(f.name)))
			if err != nil {
				return err
			}
			_, err = f.read(ctx, byOperator, service.RegisterFile{Name: filepath.Base(f.name), Content: file, AsAt: calendar.MustParse(f.asAt)})
			if closed := file.Close(); err == nil {
				err = closed
			}
			if err != nil {
				return err
			}
		}
		for _, one := range []somebody{lead, worker} {
			if err := add(ctx, s, one, true); err != nil {
				return err
			}
		}
		return nil
	})
})

// The short walk on the real register, for a practice that a search finds there.
func TestRealRegister(t *testing.T) {
	needed(t)
	if os.Getenv("RESILIENCE_TEST_DATA") == "" {
		t.Skip("RESILIENCE_TEST_DATA is not set: it names the folder with the published files")
	}
	s := newSite(t, published, true)
	l := s.signsIn(t, lead)
	code, name := l.findsAPractice()
	requester := somebody{"Petra Haldane", "petra.haldane@practice.example", manager.role, []string{code}}
	if err := add(context.Background(), s.service, requester, true); err != nil {
		t.Fatal(err)
	}

	m := s.signsIn(t, requester)
	m.clickLink("Practices")
	m.fill("Code, name or postcode", name)
	m.clickButton("Search")
	m.sees(code)
	m.fill("Code, name or postcode", code)
	m.clickButton("Search")
	m.clickLink(name)
	m.sees("epraccur_2016-05.csv.gz, as at 13 May 2016")
	m.clickButton("Ask for support for this practice")
	m.clickButton("Continue")
	m.fill("What is wrong?", problem)
	m.tick("Staffing")
	m.fill("How will you know that the help has worked?", success)
	m.clickButton("Continue")
	m.isAt("Check your answers")
	m.sees(name, "It goes to ")
	m.clickButton("Send the request")
	m.sees("PRP-2016-000001", "Not named yet")
	address := m.path()

	l.visit("/cases?who=unassigned")
	l.clickLink(name)
	l.clickButton("Assign")
	l.choose(worker.name)
	l.clickButton("Assign")
	w := s.signsIn(t, worker)
	w.visit(address)
	w.clickButton("Acknowledge")
	w.fill("Message to the practice", "I will ring on Friday.")
	w.clickButton("Acknowledge")
	m.visit(address)
	m.sees(worker.name, "I will ring on Friday.")
}

// findsAPractice searches by beginnings of postcodes and takes the first active practice of the lead's own team for
// which that can open a case. So no practice is named here.
func (p *person) findsAPractice() (code, name string) {
	p.t.Helper()
	for _, words := range []string{"LS8", "YO31", "BD8", "HU5", "S6"} {
		p.visit("/practices")
		p.fill("Code, name or postcode", words)
		p.clickButton("Search")
		for _, row := range p.rows() {
			if row[4] != "Active" {
				continue
			}
			p.visit("/practices/" + row[1])
			if p.hasButton("Open a case for this practice") {
				return row[1], row[0]
			}
		}
	}
	p.t.Fatal("no search finds a practice of the team")
	return "", ""
}
