package support

import (
	"regexp"
	"strings"
)

// AsksForContribution says whether a text asks the practice, its partners or its staff for a contribution of their own:
// money, a share of a cost, or goods and time counted as match. The programme never asks for one. The phrase is the
// part of the text that asks, exactly as it was typed, for the writer to see.
func AsksForContribution(text string) (phrase string, found bool) {
	for _, span := range plainAsk.FindAllStringIndex(text, -1) {
		before := strings.ToLower(text[strings.LastIndexAny(text[:span[0]], ".;!?")+1 : span[1]])
		if !negated.MatchString(before) {
			return text[span[0]:span[1]], true
		}
	}
	return "", false
}

var (
	plainAsk = regexp.MustCompile(`(?i)\b(match(ed)?[-\s]*funding|co[-\s]?fund\w*|50\s?[:/]\s?50|(practice|you|partners)\s+(must|will|shall|should|has to|have to|is to|are to)\s+(pay|contribute|match|fund|meet|cover)\b[^.;]{0,60})`)
	negated  = regexp.MustCompile(`\b(not|no|never|without|nobody)\b`)
)
