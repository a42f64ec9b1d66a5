package practice

// Status is the state of a practice in the register, in one vocabulary for both layouts. The words are stored;
// the zero value is "not known".
type Status string

// The statuses. A dormant practice can become active again.
const (
	StatusActive   Status = "active"
	StatusDormant  Status = "dormant"
	StatusClosed   Status = "closed"
	StatusProposed Status = "proposed"
)

// Words is the status for people; "not known" for the zero value.
func (s Status) Words() string {
	if s == "" {
		return "not known"
	}
	return string(s)
}
