package paths

import (
	"strconv"

	"resilience/app/casework"
)

// Work is the page of what waits for a person.
const Work = "/work"

// WorkList is a page of it, of one kind or of all.
func WorkList(kind casework.WorkKind, page int) string {
	number := ""
	if page > 1 {
		number = strconv.Itoa(page)
	}
	return With(Work, "what", string(kind), "page", number)
}
