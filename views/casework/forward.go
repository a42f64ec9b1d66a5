package casework

import (
	"resilience/app/support"
	"resilience/views/part"
)

// ForwardTag says where a forward commitment stands.
func ForwardTag(f support.Forward) part.Tag {
	t := part.Tag{Text: f.Words(), Colour: "grey"}
	switch {
	case f.State == support.ForwardRefused || !f.ShortAt.IsZero() && f.Waits():
		t.Colour = "red"
	case f.State == support.ForwardMet:
		t.Colour = "green"
	case f.Waits() && f.State == support.ForwardAsked:
		t.Colour = "yellow"
	case f.Waits():
		t.Colour = "blue"
	}
	return t
}
