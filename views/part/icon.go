package part

import (
	"context"
	"io"
)

// Icon is a decorative icon of the design system, by name: "user",
// "search", "arrow-left", "arrow-right", "arrow-right-circle" or "chevron-right-circle".
type Icon string

// Render implements templ.Component.
func (i Icon) Render(ctx context.Context, w io.Writer) error { return icon(string(i)).Render(ctx, w) }
