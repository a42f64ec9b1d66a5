package funding

import (
	"fmt"
	"strings"

	"resilience/app/fault"
)

// Likeness is how one claim is like another, so that both may be for the same thing.
type Likeness string

// The likenesses, in the order of their weight.
const (
	SameNumber   Likeness = "number"
	SameDocument Likeness = "document"
	SameAmount   Likeness = "amount"
	OtherSource  Likeness = "source"
)

// Likenesses lists them.
var Likenesses = []Likeness{SameNumber, SameDocument, SameAmount, OtherSource}

var likenessNames = map[Likeness]string{
	SameNumber: "the same payee and number", SameDocument: "the same document", SameAmount: "the same payee, amount and days",
	OtherSource: "the same kind of support for the practice in the same days, from another funding source",
}

// Name is the likeness as people say it.
func (l Likeness) Name() string { return likenessNames[l] }

// Alike is a claim that was not returned and that is like the one at hand.
type Alike struct {
	As     []Likeness
	Case   int64
	Number int
	// Reference is empty where the person may not see the case: it is then said only that there is such a claim.
	Reference string
	Amount    Pence
	Source    string
	State     ClaimState
}

// String says which claim it is, and how it is like.
func (a Alike) String() string {
	var as []string
	for _, l := range a.As {
		as = append(as, l.Name())
	}
	if a.Reference == "" {
		return "A claim that another local team pays has " + strings.Join(as, ", and ")
	}
	return a.Reference + " over " + a.Amount.String() + " from " + a.Source + " (" + strings.ToLower(a.State.Name()) + ") has " + strings.Join(as, ", and ")
}

// mostToldAlike is how many like claims a message names.
const mostToldAlike = 3

// explain checks what somebody says who goes on although there are claims like this one, and what is kept of it: nothing
// where there is none.
func explain(alike []Alike, why string) (string, fault.Invalid) {
	var wrong fault.Invalid
	if len(alike) == 0 {
		return "", wrong
	}
	switch why = strings.TrimSpace(why); {
	case why == "":
		var list []string
		for i, a := range alike {
			if i == mostToldAlike {
				list = append(list, fmt.Sprintf("There are %d more", len(alike)-i))
				break
			}
			list = append(list, a.String())
		}
		wrong.Add("alike", "Say why this is not for the same thing as another claim. %s", strings.Join(list, ". "))
	case len([]rune(why)) > longestDetail:
		wrong.Add("alike", "The reason must be %d characters or fewer", longestDetail)
	case fault.BankDetails(why):
		wrong.Add("alike", fault.NoBankDetails)
	}
	return why, wrong
}
