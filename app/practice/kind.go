package practice

// Kind says what an organisation is. The words are stored.
type Kind string

// The kinds, from the top down. An area is a local team of NHS England to 2019, then an STP or an integrated care
// board: column 4 of the register.
const (
	KindRegion       Kind = "region"
	KindArea         Kind = "area"
	KindCommissioner Kind = "commissioner"
	KindPractice     Kind = "practice"
)

// Kinds is every kind, parents before children.
func Kinds() []Kind { return []Kind{KindRegion, KindArea, KindCommissioner, KindPractice} }

// Attributes is what the register tells about an organisation of this kind, and so what has a dated history.
func (k Kind) Attributes() AttributeSet { return kindAttributes[k] }

var kindAttributes = map[Kind]AttributeSet{
	KindRegion: setOf(AttributeName, AttributeAddress, AttributePostcode, AttributeOpened, AttributeClosed),
	KindArea: setOf(AttributeName, AttributeRegion, AttributeAddress, AttributePostcode, AttributeOpened,
		AttributeClosed),
	KindCommissioner: setOf(AttributeName, AttributeRegion, AttributeArea, AttributeAddress, AttributePostcode,
		AttributeOpened, AttributeClosed),
	KindPractice: setOf(Attributes()...),
}

// Words is the kind with its article, for a sentence.
func (k Kind) Words() string {
	if k == KindArea {
		return "an area"
	}
	return "a " + string(k)
}
