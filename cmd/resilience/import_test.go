package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// demoFile is a file of the invented register.
func demoFile(name string) string { return filepath.Join("..", "..", "db", "demo", name) }

func TestImportTheInventedRegister(t *testing.T) {
	database := filepath.Join(t.TempDir(), "test.db")
	for _, kind := range []string{"areas", "commissioners", "practices", "list-sizes"} {
		status, out, errs := execute(t, database, "", "import", kind, demoFile(kind+".csv"), "--as-at", "2016-12-30")
		if status != 0 || errs != "" || !strings.Contains(out, "0  rows refused") {
			t.Fatalf("import %s: status %d\n%s%s", kind, status, out, errs)
		}
	}
	status, out, errs := execute(t, database, "", "import", "practices", demoFile("practices.csv"), "--as-at", "2016-12-30")
	if status != 0 || errs != "" || !strings.Contains(out, "imported before. Nothing was changed") || !strings.Contains(out, "35  active GP practices in England") {
		t.Errorf("again: status %d\n%s%s", status, out, errs)
	}
}

func TestImportReportsAsJSON(t *testing.T) {
	database := filepath.Join(t.TempDir(), "test.db")
	status, out, errs := execute(t, database, "", "import", "practices", demoFile("practices.csv"), "--as-at", "2016-12-30", "--json")
	if status != 0 || errs != "" {
		t.Fatalf("status %d: %s", status, errs)
	}
	report := decode(t, out)
	for name, want := range map[string]any{
		"kind": "practices", "file": "practices.csv", "layout": "legacy", "as_at": "2016-12-30", "same_file": false, "older_file": false,
		"rows_read": 42.0, "gp_practices_active": 35.0, "local_teams": 14.0, "commissioners": 15.0, "regions": 4.0, "active_in_both": 0.0,
		"new": 42.0, "stubs_named": 0.0, "renamed": 0.0, "moved_commissioner": 0.0, "moved_area": 0.0, "moved_region": 0.0, "status_changes": 0.0,
		"gaps_filled": 0.0, "kept": 0.0,
	} {
		if report[name] != want {
			t.Errorf("%s: %v, want %v", name, report[name], want)
		}
	}
	if stubs, _ := report["stubs"].([]any); len(stubs) != 5+15+16 {
		t.Errorf("%d stubs: %v", len(stubs), report["stubs"])
	}
	if refused, ok := report["refused"].([]any); !ok || len(refused) != 0 {
		t.Errorf("refused: %v", report["refused"])
	}
	status, out, _ = execute(t, database, "", "import", "list-sizes", demoFile("list-sizes.csv"), "--as-at", "2016-12-30", "--json")
	if status != 0 {
		t.Fatalf("status %d", status)
	}
	report = decode(t, out)
	if report["with_list_size"] != 33.0 || report["without_list_size"] != 2.0 || report["not_stated"] != 1.0 || report["renamed"] != nil {
		t.Errorf("list sizes: %s", out)
	}
}

func TestImportRefuses(t *testing.T) {
	folder := t.TempDir()
	database := filepath.Join(folder, "test.db")
	cut := filepath.Join(folder, "cut.csv")
	whole, err := os.ReadFile(demoFile("practices.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		args []string
		want string
	}{
		"another kind": {[]string{"import", "areas", demoFile("practices.csv"), "--as-at", "2016-12-30"}, "resilience: practices.csv: The file holds the register of practices"},
		"cut":          {[]string{"import", "practices", cut, "--as-at", "2016-12-30"}, "Nothing was changed"},
		"no such file": {[]string{"import", "practices", filepath.Join(folder, "none.csv"), "--as-at", "2016-12-30"}, "no such file"},
		"no day":       {[]string{"import", "practices", demoFile("practices.csv")}, "--as-at"},
		"no such day":  {[]string{"import", "practices", demoFile("practices.csv"), "--as-at", "2017-02-29"}, "2017-02-29"},
	}
	for name, test := range tests {
		status, out, errs := execute(t, database, "", test.args...)
		if status != 1 || out != "" || !strings.Contains(errs, test.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: status %d\n%s%s", name, status, out, errs)
		}
	}
}

// A file of the workforce that says another month than the day typed for it is refused, and taken when somebody says so.
func TestImportOfAnotherMonth(t *testing.T) {
	folder := t.TempDir()
	database := filepath.Join(folder, "test.db")
	for _, kind := range []string{"areas", "commissioners", "practices"} {
		if status, out, errs := execute(t, database, "", "import", kind, demoFile(kind+".csv"), "--as-at", "2016-12-30"); status != 0 {
			t.Fatalf("import %s: %s%s", kind, out, errs)
		}
	}
	const header = "PRAC_CODE,TOTAL_GP_EXTGL_FTE,TOTAL_NURSES_FTE,TOTAL_DPC_FTE,TOTAL_ADMIN_FTE"
	for name, c := range map[string]struct{ file, content, says string }{
		"rows":  {"workforce.csv", header + ",YEAR,MONTH\nX10001,2,1,1,1,2016,09\n", "its rows say September 2016"},
		"named": {"workforce-2016-09.csv", header + "\nX10002,2,1,1,1\n", "its name says September 2016"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(folder, c.file)
			if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			status, _, errs := execute(t, database, "", "import", "workforce", file, "--as-at", "2016-03-31")
			if status == 0 || !strings.Contains(errs, "The day given is 31 March 2016, and "+c.says) || !strings.Contains(errs, "--anyway") {
				t.Errorf("status %d: %s", status, errs)
			}
			for _, also := range [][]string{{"--as-at", "2016-09-30"}, {"--as-at", "2016-03-31", "--anyway"}} {
				if status, out, errs := execute(t, database, "", append([]string{"import", "workforce", file}, also...)...); status != 0 {
					t.Errorf("%v: status %d: %s%s", also, status, out, errs)
				}
			}
		})
	}
}
