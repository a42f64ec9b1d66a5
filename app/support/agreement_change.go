package support

import (
	"slices"
	"strings"
)

// TextChange is a line of text that one version of a memorandum has and the other has not.
type TextChange struct {
	New  bool // it came in; otherwise it was taken out
	Text string
}

// Before is the version that came before one, among all of a case; nil where it is the first.
func (a Agreement) Before(all []Agreement) *Agreement {
	var found *Agreement
	for i, g := range all {
		if g.Number < a.Number && (found == nil || g.Number > found.Number) {
			found = &all[i]
		}
	}
	return found
}

// TextChanges compares two texts line by line, in the order of the text, what was taken out before what came in its place.
// Blank lines do not count.
func TextChanges(before, after string) []TextChange {
	old, fresh := textLines(before), textLines(after)
	// common[i][j] is how many lines what follows old[i] and fresh[j] have in common, in the same order.
	common := make([][]int, len(old)+1)
	for i := range common {
		common[i] = make([]int, len(fresh)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(fresh) - 1; j >= 0; j-- {
			if old[i] == fresh[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var list []TextChange
	for i, j := 0, 0; i < len(old) || j < len(fresh); {
		switch {
		case i < len(old) && j < len(fresh) && old[i] == fresh[j]:
			i, j = i+1, j+1
		case j == len(fresh) || i < len(old) && common[i+1][j] >= common[i][j+1]:
			list = append(list, TextChange{Text: old[i]})
			i++
		default:
			list = append(list, TextChange{New: true, Text: fresh[j]})
			j++
		}
	}
	return list
}

func textLines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}
