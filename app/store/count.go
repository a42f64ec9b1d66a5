package store

import (
	"context"
	"sync/atomic"
)

// counterKey finds the counter of statements in a context.
type counterKey struct{}

// CountQueries is the context in which every statement of this package is counted, on either pool, and how many there
// have been so far. BEGIN and COMMIT are none.
func CountQueries(ctx context.Context) (context.Context, func() int) {
	n := new(atomic.Int64)
	return context.WithValue(ctx, counterKey{}, n), func() int { return int(n.Load()) }
}

// asked notes one more statement where somebody counts them.
func asked(ctx context.Context) {
	if n, ok := ctx.Value(counterKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}
