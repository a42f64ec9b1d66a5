package config

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Secret is a value that no log, page or message shows. Only Bytes gives it out.
type Secret struct {
	bytes []byte
}

// NewSecret keeps a copy of b.
func NewSecret(b []byte) Secret { return Secret{append([]byte(nil), b...)} }

// Bytes is the secret itself.
func (s Secret) Bytes() []byte { return s.bytes }

// IsZero tells whether the secret is not set.
func (s Secret) IsZero() bool { return len(s.bytes) == 0 }

// String says only whether the secret is set.
func (s Secret) String() string {
	if s.IsZero() {
		return "not set"
	}
	return "set, not shown"
}

// Format is String for every verb, %#v among them, which would print the bytes.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue is String.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is String; JSON uses it too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON is String between quotes.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// shortestKey is the least length of a key in bytes: as many as the SHA-256 that it keys.
const shortestKey = 32

// UnmarshalText reads a key written in hexadecimal or in base64 of either alphabet, padded or not.
func (s *Secret) UnmarshalText(text []byte) error {
	b, err := decodeKey(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	s.bytes = b
	return nil
}

func decodeKey(s string) ([]byte, error) {
	b, err := hex.DecodeString(s)
	if err != nil {
		s = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(s, "="))
		if b, err = base64.RawStdEncoding.DecodeString(s); err != nil {
			return nil, errors.New("neither base64 nor hexadecimal")
		}
	}
	if len(b) < shortestKey {
		return nil, fmt.Errorf("only %d bytes long", len(b))
	}
	return b, nil
}
