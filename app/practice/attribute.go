package practice

import "strings"

// Attribute is one thing that the register tells about an organisation. Each attribute has its own dated history.
type Attribute uint8

// The attributes. GPPractice holds "yes" or "no"; Opened and Closed hold days as YYYY-MM-DD; Address holds lines
// parted by "\n"; Region, Area and Commissioner hold codes.
const (
	AttributeName Attribute = iota
	AttributeStatus
	AttributeGPPractice
	AttributeRegion
	AttributeArea
	AttributeCommissioner
	AttributeAddress
	AttributePostcode
	AttributeTelephone
	AttributeOpened
	AttributeClosed
	attributeCount
)

// attributeWords holds the stored name and the words shown to people, in the order of the constants.
var attributeWords = [attributeCount][2]string{
	{"name", "Name"},
	{"status", "Status"},
	{"gp_practice", "GP practice"},
	{"region", "Region"},
	{"area", "Local team"},
	{"commissioner", "Commissioner"},
	{"address", "Address"},
	{"postcode", "Postcode"},
	{"telephone", "Telephone"},
	{"opened", "Opened"},
	{"closed", "Closed"},
}

// Attributes is every attribute, in the order in which a page shows them.
func Attributes() []Attribute {
	all := make([]Attribute, attributeCount)
	for i := range all {
		all[i] = Attribute(i)
	}
	return all
}

// ParseAttribute finds the attribute by its stored name.
func ParseAttribute(s string) (Attribute, bool) {
	for i, w := range attributeWords {
		if w[0] == s {
			return Attribute(i), true
		}
	}
	return 0, false
}

// String is the name under which the attribute is stored.
func (a Attribute) String() string { return attributeWords[a][0] }

// Words is the attribute as people call it.
func (a Attribute) Words() string { return attributeWords[a][1] }

// Refers is the kind of organisation whose code the attribute holds, or "" when it holds plain text.
func (a Attribute) Refers() Kind {
	switch a {
	case AttributeRegion:
		return KindRegion
	case AttributeArea:
		return KindArea
	case AttributeCommissioner:
		return KindCommissioner
	}
	return ""
}

// Same tells whether two values mean the same. Telephone numbers are compared by their digits, because the register
// was re-spaced as a whole; everything else as written.
func (a Attribute) Same(x, y string) bool {
	if x == y {
		return true
	}
	return a == AttributeTelephone && digits(x) == digits(y)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// AttributeSet is a set of attributes; the zero value is empty.
type AttributeSet uint16

func setOf(attributes ...Attribute) AttributeSet {
	var s AttributeSet
	for _, a := range attributes {
		s |= 1 << a
	}
	return s
}

// Has tells whether the attribute is in the set.
func (s AttributeSet) Has(a Attribute) bool { return s&(1<<a) != 0 }

// Covers tells whether every attribute of other is in the set.
func (s AttributeSet) Covers(other AttributeSet) bool { return s&other == other }

// Observing is the set of the one attribute.
func Observing(a Attribute) AttributeSet { return 1 << a }
