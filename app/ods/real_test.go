package ods_test

import (
	"os"
	"path/filepath"
	"testing"

	"resilience/app/ods"
	"resilience/app/practice"
)

// realFile opens a published file. Real practices are no part of this repository.
func realFile(t *testing.T, name string) *os.File {
	t.Helper()
	folder := os.Getenv("RESILIENCE_TEST_DATA")
	if folder == "" {
		t.Skip("RESILIENCE_TEST_DATA is not set: it names the folder with the published files")
	}
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestPublishedPractices(t *testing.T) {
	tests := []struct {
		file, layout                                        string
		rows, active, areas, commissioners, regions, closed int
	}{
		{"ods/epraccur_2016-05.csv.gz", "legacy", 13100, 7679, 14, 209, 4, 0},
		{"ods/epraccur_2018-05.csv.gz", "legacy", 13809, 7159, 14, 195, 5, 0},
		{"ods/epraccur_DSE_2026-02.csv.gz", "today", 15389, 6207, 42, 106, 7, 2},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			var records []practice.Record
			activeButClosed := 0
			file, err := ods.Practices(realFile(t, test.file), func(r practice.Record) {
				records = append(records, r)
				if r.Facts.Status() == practice.StatusActive && !r.Facts.Closed().IsZero() {
					activeButClosed++
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			var counts practice.PracticeCounts
			counts.CountPractices(records)
			if file.Layout != test.layout || file.Rows != test.rows || len(file.Refused) != 0 || len(records) != test.rows {
				t.Errorf("file %s, %d rows, %d records, refused %v", file.Layout, file.Rows, len(records), file.Refused)
			}
			want := practice.PracticeCounts{GPPracticesActive: test.active, LocalTeams: test.areas, Commissioners: test.commissioners, Regions: test.regions}
			if counts != want || activeButClosed != test.closed {
				t.Errorf("counts %+v, want %+v; %d active with a close date, want %d", counts, want, activeButClosed, test.closed)
			}
		})
	}
}

func TestPublishedHierarchy(t *testing.T) {
	tests := []struct {
		file, layout string
		read         func(*os.File, func(practice.Record)) (practice.File, error)
		rows         int
		kinds        map[practice.Kind]int
	}{
		{"regions/eauth_2017-08.csv", "eauth", areas, 31, map[practice.Kind]int{practice.KindRegion: 15, practice.KindArea: 16}},
		{"regions/subicb_icb_region_2022-07.csv", "hierarchy", areas, 106,
			map[practice.Kind]int{practice.KindRegion: 7, practice.KindArea: 42, practice.KindCommissioner: 106}},
		{"regions/eccg_2015-11.csv", "eccg", commissioners, 249, map[practice.Kind]int{practice.KindCommissioner: 249}},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			kinds := map[practice.Kind]int{}
			file, err := test.read(realFile(t, test.file), func(r practice.Record) { kinds[r.Kind]++ })
			if err != nil {
				t.Fatal(err)
			}
			if file.Layout != test.layout || file.Rows != test.rows || len(file.Refused) != 0 {
				t.Errorf("file %s, %d rows, refused %v", file.Layout, file.Rows, file.Refused)
			}
			for kind, want := range test.kinds {
				if kinds[kind] != want {
					t.Errorf("%d of kind %s, want %d", kinds[kind], kind, want)
				}
			}
		})
	}
}

func areas(f *os.File, fn func(practice.Record)) (practice.File, error) { return ods.Areas(f, fn) }
func commissioners(f *os.File, fn func(practice.Record)) (practice.File, error) {
	return ods.Commissioners(f, fn)
}

func TestPublishedListSizes(t *testing.T) {
	tests := []struct {
		file, layout                  string
		rows, practices, largest, sum int
	}{
		{"list-size/Patient_List_Size_2016_01-03.csv.gz", "bands", 7705, 7705, 60335, 57543937},
		{"list-size/gp-reg-pat-prac-quin-age_2017-09_SAMPLE.csv", "quin-age", 172, 4, 10529, 28281},
		{"list-size/gp-reg-pat-prac-all_2022-05.csv.gz", "all", 6506, 6506, 110443, 61654788},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			practices, largest, sum := 0, 0, 0
			file, err := ods.ListSizes(realFile(t, test.file), func(r practice.ListSizeRecord) {
				practices++
				largest = max(largest, r.Patients)
				sum += r.Patients
			})
			if err != nil {
				t.Fatal(err)
			}
			if file.Layout != test.layout || file.Rows != test.rows || practices != test.practices || len(file.Refused) != 0 {
				t.Errorf("file %s, %d rows, %d practices, refused %v", file.Layout, file.Rows, practices, file.Refused)
			}
			if largest != test.largest || sum != test.sum {
				t.Errorf("largest %d, want %d; sum %d, want %d", largest, test.largest, sum, test.sum)
			}
		})
	}
}
