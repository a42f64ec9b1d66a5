package part

import (
	"os"
	"strings"
	"testing"
)

// count says how many examples of a component are compared, of how many.
type count struct{ compared, all int }

// expected is the coverage: 531 of 781 examples. A new release of the design
// system shows here.
var expected = map[string]count{
	"action-link":         {1, 7},
	"back-link":           {1, 7},
	"breadcrumb":          {1, 5},
	"button":              {41, 66},
	"card":                {38, 50},
	"character-count":     {22, 33},
	"checkboxes":          {48, 56},
	"date-input":          {34, 39},
	"details":             {11, 12},
	"error-message":       {2, 6},
	"error-summary":       {6, 14},
	"fieldset":            {4, 4},
	"file-upload":         {14, 21},
	"hint":                {1, 3},
	"input":               {34, 44},
	"inset-text":          {3, 3},
	"label":               {15, 31},
	"notification-banner": {12, 17},
	"pagination":          {4, 11},
	"panel":               {13, 15},
	"password-input":      {11, 19},
	"radios":              {42, 48},
	"search-input":        {6, 26},
	"select":              {16, 20},
	"summary-list":        {16, 28},
	"tables":              {91, 140},
	"tag":                 {24, 28},
	"task-list":           {1, 6},
	"textarea":            {14, 16},
	"warning-callout":     {5, 6},
}

// leftOut reads the examples of a component that are left out.
func leftOut(t *testing.T, component string) map[string]bool {
	t.Helper()
	content, err := os.ReadFile("testdata/left_out.txt")
	if err != nil {
		t.Fatal(err)
	}
	names, reason := map[string]bool{}, ""
	for _, line := range strings.Split(string(content), "\n") {
		if text, is := strings.CutPrefix(line, "# "); is {
			reason = text
		} else if name, is := strings.CutPrefix(line, component+": "); is {
			if reason == "" {
				t.Errorf("%q stands above the first reason", line)
			}
			names[name] = true
		}
	}
	return names
}
