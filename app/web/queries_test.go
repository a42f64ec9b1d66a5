package web

import (
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
)

// pageCost is how many statements the database may be asked for a page, and who opens it; nobody named: everybody who may.
type pageCost struct {
	most   int
	people []string
}

// TestNoPageAsksTheDatabaseMore opens every page of the policy of access as everybody who may see it, and those that the
// file adds, and counts the statements that the database was asked.
func TestNoPageAsksTheDatabaseMore(t *testing.T) {
	stated, readable := statedCosts(t), readablePages(t)
	s := newSite(t)
	for path, cost := range stated {
		if cost.people == nil {
			cost.people = readable[path]
		}
		if len(cost.people) == 0 {
			t.Errorf("testdata/queries.txt has %s, which nobody may see", path)
		}
		for _, column := range cost.people {
			n := askedFor(t, s, column, path)
			if n > cost.most {
				n = askedFor(t, s, column, path) // the first page of all reads the published rules, which are kept
			}
			if n > cost.most {
				t.Errorf("%s as %s asks the database %d times, more than the %d of testdata/queries.txt", path, column, n, cost.most)
			}
		}
	}
	for path := range readable {
		if _, ok := stated[path]; !ok {
			t.Errorf("testdata/queries.txt does not say how often %s may ask the database", path)
		}
	}
}

// askedFor opens a page and tells how many statements the database was asked for it.
func askedFor(t *testing.T, s *site, column, path string) int {
	t.Helper()
	w := sendAs(t, s, accessColumns[column], http.MethodGet, path)
	n, err := strconv.Atoi(w.Header().Get(queriesHeader))
	if err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s as %s: status %d, %s %q", path, column, w.Code, queriesHeader, w.Header().Get(queriesHeader))
	}
	return n
}

// What a page asks does not grow with what it lists.
func TestLongerListsAskNoMore(t *testing.T) {
	s := newSite(t)
	for _, c := range []struct{ person, path string }{{"lead", "/cases"}, {"nation", "/summary"}, {"lead", "/summary"}, {"colleague", "/cases/" + s.Case("triage").String()}} {
		b := s.as(c.person)
		b.get(c.path) // the first reads the rules, which are kept
		before := b.get(c.path).Header().Get(queriesHeader)
		for range 3 {
			for _, path := range []string{"/cases", "/cases/" + s.Case("triage").String() + "/notes"} {
				form := completeForms(s, path)
				form.Set("version", strconv.FormatInt(s.On("triage").Version, 10))
				if w := s.as("holder").post(path, form); w.Code != http.StatusSeeOther {
					t.Fatalf("%s: status %d", path, w.Code)
				}
			}
		}
		if after := b.get(c.path).Header().Get(queriesHeader); before == "" || after != before {
			t.Errorf("%s as %s asks %s, and %s when there is more to list", c.path, c.person, before, after)
		}
	}
}

// statedCosts reads how much each page may ask.
func statedCosts(t *testing.T) map[string]pageCost {
	t.Helper()
	content, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	stated := map[string]pageCost{}
	for line := range strings.Lines(string(content)) {
		cells := strings.Fields(line)
		if len(cells) == 0 || cells[0] == "#" {
			continue
		}
		most, err := strconv.Atoi(cells[0])
		if err != nil || len(cells) < 2 {
			t.Fatalf("not a number and a page: %q", line)
		}
		stated[cells[1]] = pageCost{most, cells[2:]}
		if len(cells) == 2 {
			stated[cells[1]] = pageCost{most: most}
		}
	}
	return stated
}

// readablePages lists the columns of the policy of access that a page is shown to.
func readablePages(t *testing.T) map[string][]string {
	t.Helper()
	content, err := os.ReadFile("testdata/access.txt")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string][]string{}
	var header []string
	for line := range strings.Lines(string(content)) {
		cells := strings.Fields(line)
		switch {
		case len(cells) == 0 || strings.HasPrefix(line, "#"):
		case header == nil:
			header = cells[1:]
		case cells[0] == http.MethodGet:
			for i, want := range cells[2:] {
				if want == strconv.Itoa(http.StatusOK) && header[i] != "nobody" {
					pages[cells[1]] = append(pages[cells[1]], header[i])
				}
			}
		}
	}
	return pages
}
