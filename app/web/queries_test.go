package web

import (
	"bufio"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestNoPageAsksTheDatabaseMore opens every page of the policy of access as everybody who may see it, and compares the most
// statements that the database was asked for it with the number in the file.
func TestNoPageAsksTheDatabaseMore(t *testing.T) {
	allowed := statedQueries(t)
	s := newSite(t)
	for path, people := range readablePages(t) {
		most, who := 0, ""
		for _, column := range people {
			w := sendAs(t, s, accessColumns[column], http.MethodGet, path)
			n, err := strconv.Atoi(w.Header().Get(queriesHeader))
			if err != nil || w.Code != http.StatusOK {
				t.Fatalf("%s, %s: status %d, %s %q", path, column, w.Code, queriesHeader, w.Header().Get(queriesHeader))
			}
			if n > most {
				most, who = n, column
			}
		}
		if want, stated := allowed[path]; !stated {
			t.Errorf("testdata/queries.txt does not have %s, which asks %d (%s)", path, most, who)
		} else if most != want {
			t.Errorf("%s asks the database %d times (%s); testdata/queries.txt says %d", path, most, who, want)
		}
		delete(allowed, path)
	}
	for path := range allowed {
		t.Errorf("testdata/queries.txt has %s, which nobody may see", path)
	}
}

// A filter, a search and a page further on cost what the plain list costs.
func TestListsAskTheSameHoweverTheyAreNarrowed(t *testing.T) {
	s := newSite(t)
	most := statedQueries(t)["/cases"]
	for _, path := range []string{"/cases?stage=triage", "/cases?who=none", "/cases?waiting=letter", "/cases?stage=triage&route=self&page=2"} {
		for _, person := range []string{"pm", "lead", "nation"} {
			w := s.as(person).get(path)
			if n, err := strconv.Atoi(w.Header().Get(queriesHeader)); err != nil || w.Code != http.StatusOK || n > most {
				t.Errorf("%s as %s: status %d, %d queries, at most %d for the plain list", path, person, w.Code, n, most)
			}
		}
	}
}

// statedQueries reads how much each page may ask.
func statedQueries(t *testing.T) map[string]int {
	t.Helper()
	file, err := os.Open("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	stated := map[string]int{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		cells := strings.Fields(lines.Text())
		if len(cells) == 0 || strings.HasPrefix(cells[0], "#") {
			continue
		}
		n, err := strconv.Atoi(cells[0])
		if err != nil || len(cells) != 2 {
			t.Fatalf("not a number and a page: %q", lines.Text())
		}
		stated[cells[1]] = n
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
