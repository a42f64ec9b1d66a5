package config_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resilience/app/calendar"
	"resilience/app/config"
)

var key = bytes.Repeat([]byte{0xfb, 0x01}, 16)

func TestDefaults(t *testing.T) {
	c, err := config.Load([]string{"PATH=/bin", "RESILIENCE_TEST_DATA=/somewhere", "RESILIENCE_TEST_REQUIRED=1", "RESILIENCE_LOG_LEVEL="})
	if err != nil {
		t.Fatal(err)
	}
	if c.Database != "var/resilience.db" || c.Address != "127.0.0.1:8080" || c.LogLevel != config.Info || c.LogFormat != config.Text ||
		c.Identity != config.Plain || c.Shutdown != 20*time.Second || c.Demonstration || !c.Today.IsZero() || !c.Loopback() || c.Secure() {
		t.Errorf("defaults are %+v", c)
	}
}

func TestEverySettingIsRead(t *testing.T) {
	fonts := t.TempDir()
	c, err := config.Load([]string{
		"RESILIENCE_DATABASE=/data/cases.db", "RESILIENCE_ADDRESS=0.0.0.0:443", "RESILIENCE_PUBLIC_URL=https://Resilience.example.org/",
		"RESILIENCE_SESSION_KEY=" + hex.EncodeToString(key), "RESILIENCE_TRUSTED_PROXIES=10.1.2.3/8, fd00::/8",
		"RESILIENCE_LOG_LEVEL=debug", "RESILIENCE_LOG_FORMAT=json", "RESILIENCE_DEMONSTRATION=true", "RESILIENCE_TODAY=2016-08-01",
		"RESILIENCE_IDENTITY=nhs", "RESILIENCE_FONT_FOLDER=" + fonts, "RESILIENCE_SHUTDOWN_SECONDS=5",
	})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(c.TrustedProxies) != "[10.0.0.0/8 fd00::/8]" || c.PublicURL != "https://Resilience.example.org" || !c.Secure() || c.Loopback() ||
		c.Today != calendar.MustParse("2016-08-01") || !bytes.Equal(c.SessionKey.Bytes(), key) || c.FontFolder != fonts || c.Shutdown != 5*time.Second {
		t.Errorf("read %+v", c)
	}
}

func TestAnAddressOfADatabaseIsShownWithoutItsPassword(t *testing.T) {
	c, err := config.Load([]string{"RESILIENCE_DATABASE=postgres://app:hunter2@db.example:5433/cases?sslmode=verify-full&password=hunter3"})
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("starting", "settings", c)
	if c.DatabaseName() != "postgres://db.example:5433/cases" || strings.Contains(log.String(), "hunter") || !strings.Contains(log.String(), c.DatabaseName()) {
		t.Errorf("shown as %s, logged as %s", c.DatabaseName(), log.String())
	}
}

func TestDocumentsLieBesideTheDatabase(t *testing.T) {
	for set, want := range map[string]string{
		"DATABASE=/data/cases.db":         "/data/documents",
		"DATABASE=postgres://db/cases":    "var/documents",
		"DOCUMENTS=/data/elsewhere/files": "/data/elsewhere/files",
	} {
		if c, err := config.Load([]string{"RESILIENCE_" + set}); err != nil || c.Documents != want {
			t.Errorf("%s: documents in %q, %v", set, c.Documents, err)
		}
	}
}

func TestDemonstrationHasADayAndAKey(t *testing.T) {
	c, err := config.Load([]string{"RESILIENCE_DEMONSTRATION=true", "RESILIENCE_ADDRESS=:8080"})
	if err != nil {
		t.Fatal(err)
	}
	if c, err = c.Serving(); err != nil {
		t.Fatal(err)
	}
	other, _ := c.Serving()
	if c.Today.String() != "2017-01-18" || len(c.SessionKey.Bytes()) != 32 || !bytes.Equal(other.SessionKey.Bytes(), c.SessionKey.Bytes()) {
		t.Errorf("day %s, key of %d bytes", c.Today, len(c.SessionKey.Bytes()))
	}
}

func TestWrongValuesAreOneClearLine(t *testing.T) {
	for set, want := range map[string]string{
		"DATABASE=mysql://app:hunter2@db/app": "RESILIENCE_DATABASE is an address that is not known: expected the path of a file, or an address such as postgres://host/name",
		"DATABASE=postgres://app:hunter2@db":  "RESILIENCE_DATABASE is an address that is not known: expected the path of a file, or an address such as postgres://host/name",
		"ADDRESS=8080":                        `RESILIENCE_ADDRESS is "8080": expected a host and a port, such as 127.0.0.1:8080`,
		"ADDRESS=localhost:99999":             `RESILIENCE_ADDRESS is "localhost:99999": expected a host and a port, such as 127.0.0.1:8080`,
		"PUBLIC_URL=https://x.example/sub":    "RESILIENCE_PUBLIC_URL is not one: expected an address such as https://resilience.example.org, without a path",
		"PUBLIC_URL=ftp://x.example":          "RESILIENCE_PUBLIC_URL is not one: expected an address such as https://resilience.example.org, without a path",
		"SESSION_KEY=c2hvcnQ=":                "RESILIENCE_SESSION_KEY is only 5 bytes long: expected at least 32 random bytes, written in base64 or hexadecimal",
		"SESSION_KEY=not a key!":              "RESILIENCE_SESSION_KEY is neither base64 nor hexadecimal: expected at least 32 random bytes, written in base64 or hexadecimal",
		"TRUSTED_PROXIES=10.0.0.1":            `RESILIENCE_TRUSTED_PROXIES is "10.0.0.1": expected networks parted by commas, such as 10.0.0.0/8,192.0.2.7/32`,
		"LOG_LEVEL=loud":                      `RESILIENCE_LOG_LEVEL is "loud": expected debug, info, warn or error`,
		"LOG_FORMAT=xml":                      `RESILIENCE_LOG_FORMAT is "xml": expected json or text`,
		"DEMONSTRATION=yes":                   `RESILIENCE_DEMONSTRATION is "yes": expected true or false`,
		"QUERY_HEADER=1x":                     `RESILIENCE_QUERY_HEADER is "1x": expected true or false`,
		"TODAY=18/01/2017":                    `RESILIENCE_TODAY is "18/01/2017": expected a day such as 2017-01-18`,
		"TODAY=2017-01-18":                    "RESILIENCE_TODAY is only for a demonstration: set RESILIENCE_DEMONSTRATION=true as well, or leave it out",
		"IDENTITY=NHS":                        `RESILIENCE_IDENTITY is "NHS": expected plain or nhs`,
		"FONT_FOLDER=/no/such/folder":         `RESILIENCE_FONT_FOLDER is "/no/such/folder": expected a folder that exists`,
		"SHUTDOWN_SECONDS=0":                  `RESILIENCE_SHUTDOWN_SECONDS is "0": expected a whole number of seconds from 1 to 300`,
		"ADRESS=127.0.0.1:1":                  "RESILIENCE_ADRESS is not a setting: the nearest is RESILIENCE_ADDRESS",
		"SESSION_KEY_FILE=/no/such/file":      "RESILIENCE_SESSION_KEY_FILE cannot be read: open /no/such/file: no such file or directory",
	} {
		_, err := config.Load([]string{"RESILIENCE_" + set})
		if err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", set, err, want)
		}
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	_, err := config.Load([]string{"RESILIENCE_LOG_LEVEL=x", "RESILIENCE_ADDRESS=x", "RESILIENCE_COLOUR=red"})
	if err == nil || strings.Contains(err.Error(), "\n") || strings.Count(err.Error(), "; ") != 2 {
		t.Errorf("got %v", err)
	}
}

func TestServingNeedsAKeyAndTLS(t *testing.T) {
	for name, c := range map[string]struct {
		set  []string
		want string
	}{
		"no key": {nil, "RESILIENCE_SESSION_KEY is not set"},
		"seen from outside without TLS": {[]string{"RESILIENCE_SESSION_KEY=" + hex.EncodeToString(key), "RESILIENCE_ADDRESS=0.0.0.0:80", "RESILIENCE_PUBLIC_URL=http://x.example"},
			"RESILIENCE_PUBLIC_URL must begin with https://"},
		"this machine alone": {[]string{"RESILIENCE_SESSION_KEY=" + hex.EncodeToString(key), "RESILIENCE_ADDRESS=[::1]:80"}, ""},
		"behind TLS":         {[]string{"RESILIENCE_SESSION_KEY=" + hex.EncodeToString(key), "RESILIENCE_ADDRESS=:80", "RESILIENCE_PUBLIC_URL=https://x.example"}, ""},
	} {
		loaded, err := config.Load(c.set)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err = loaded.Serving(); (err == nil) != (c.want == "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestSecretFromAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(base64.URLEncoding.EncodeToString(key)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load([]string{"RESILIENCE_SESSION_KEY_FILE=" + path})
	if err != nil || !bytes.Equal(c.SessionKey.Bytes(), key) {
		t.Errorf("read %v, %v", c.SessionKey.Bytes(), err)
	}
	_, err = config.Load([]string{"RESILIENCE_SESSION_KEY_FILE=" + path, "RESILIENCE_SESSION_KEY=" + hex.EncodeToString(key)})
	if err == nil || !strings.Contains(err.Error(), "both set") {
		t.Errorf("both: %v", err)
	}
}

func TestSecretsAreNeverShown(t *testing.T) {
	secret := config.NewSecret([]byte("very-secret-words"))
	c := config.Config{SessionKey: secret}
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var logged bytes.Buffer
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "config", c, "secret", secret)
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "config", c, "secret", secret)
	for _, shown := range []string{
		fmt.Sprintf("%v %+v %#v %s %q %x %d", secret, secret, secret, secret, secret, secret, secret), fmt.Sprintf("%v %+v %#v", c, c, c),
		string(encoded), logged.String(), slog.AnyValue(secret).Resolve().String(),
	} {
		if strings.Contains(shown, "very-secret") || strings.Contains(shown, "766572792d") || strings.Contains(shown, "118 101 114") || strings.Contains(shown, "0x76, 0x65") {
			t.Errorf("the secret is in %s", shown)
		}
	}
	for _, want := range []string{"config.RESILIENCE_SESSION_KEY=\"set, not shown\"", `"RESILIENCE_SHUTDOWN_SECONDS":0`} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("the log lacks %s:\n%s", want, logged.String())
		}
	}
}
