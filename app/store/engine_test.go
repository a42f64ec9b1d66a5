package store

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm/logger"
)

// What took long is one line of the log by which it can be found, however long the query is, and has no values.
func TestASlowQueryIsOneLineOfTheLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := patient{logger.NewSlogLogger(slog.New(slog.NewTextHandler(&out, nil)), logger.Config{LogLevel: logger.Warn, SlowThreshold: time.Second})}
	told := func(took time.Duration, query string) string {
		out.Reset()
		p.Trace(context.Background(), time.Now().Add(-took), func() (string, int64) { return query, 1 }, nil)
		return out.String()
	}
	if said := told(time.Millisecond, "SELECT 1"); said != "" {
		t.Errorf("a quick one: %s", said)
	}
	said := told(2*time.Second, "SELECT a\n\tFROM b WHERE "+strings.Repeat("x = ? AND ", 500))
	if !strings.Contains(said, "SELECT a FROM b WHERE x") || strings.Count(said, "\n") != 1 || len(said) > mostOfQuery+200 || !strings.Contains(said, "…") {
		t.Errorf("%d letters: %s", len(said), said)
	}
}
