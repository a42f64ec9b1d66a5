// Package config reads the settings of the program from the environment, once, at the start.
//
// Every setting is a variable that begins with RESILIENCE_. A wrong value stops the start with one line that names
// the variable and says what it should be. Nothing else in the program reads the environment.
package config

import (
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"reflect"
	"time"

	"resilience/app/calendar"
)

// Prefix begins the name of every variable.
const Prefix = "RESILIENCE_"

// Config holds the settings. The tag env is the name without the prefix, envDefault its value when it is not set or
// empty, and expects says in a message what the value should be.
type Config struct {
	// Database is the path of the SQLite file, or the address of a PostgreSQL database.
	Database string `env:"DATABASE" envDefault:"var/resilience.db" expects:"the path of a file, or an address such as postgres://host/name"`
	// Documents is the folder for the contents of documents; beside the database file where none is set.
	Documents string `env:"DOCUMENTS" expects:"a folder"`
	// Address is where the server listens: host and port.
	Address string `env:"ADDRESS" envDefault:"127.0.0.1:8080" expects:"a host and a port, such as 127.0.0.1:8080"`
	// PublicURL is how browsers reach the server, without a path; empty where it is not known.
	PublicURL string `env:"PUBLIC_URL" expects:"an address such as https://resilience.example.org, without a path"`
	// SessionKey signs cookies: at least 32 random bytes.
	SessionKey Secret `env:"SESSION_KEY" expects:"at least 32 random bytes, written in base64 or hexadecimal"`
	// TrustedProxies are the networks whose word about a client's address is believed; none by default.
	TrustedProxies []netip.Prefix `env:"TRUSTED_PROXIES" expects:"networks parted by commas, such as 10.0.0.0/8,192.0.2.7/32"`
	// LogLevel is the least serious message that is written.
	LogLevel Level `env:"LOG_LEVEL" envDefault:"info" expects:"debug, info, warn or error"`
	// LogFormat is how messages are written.
	LogFormat Format `env:"LOG_FORMAT" envDefault:"text" expects:"json or text"`
	// Demonstration runs the program on invented practices and people, with a day of its own.
	Demonstration bool `env:"DEMONSTRATION" envDefault:"false" expects:"true or false"`
	// Today is the day on which a demonstration begins; zero otherwise.
	Today calendar.Date `env:"TODAY" expects:"a day such as 2017-01-18"`
	// Metrics is where figures about the program are served to who watches over it; empty: nowhere.
	Metrics string `env:"METRICS_ADDRESS" expects:"a host and a port, such as 127.0.0.1:9090"`
	// QueryHeader adds to each answer how many statements the database was asked, for measuring.
	QueryHeader bool `env:"QUERY_HEADER" envDefault:"false" expects:"true or false"`
	// Identity is whose signs the pages carry.
	Identity Identity `env:"IDENTITY" envDefault:"plain" expects:"plain or nhs"`
	// FontFolder holds the fonts of the NHS identity, which only an NHS body may serve; empty: the system's own.
	FontFolder string `env:"FONT_FOLDER" expects:"a folder that exists"`
	// Shutdown is how long requests under way may take after the program was told to stop.
	Shutdown time.Duration `env:"SHUTDOWN_SECONDS" envDefault:"20" expects:"a whole number of seconds from 1 to 300"`
}

// Level is the least serious message that is logged.
type Level string

// The levels.
const (
	Debug Level = "debug"
	Info  Level = "info"
	Warn  Level = "warn"
	Error Level = "error"
)

// Slog is the level as package slog has it.
func (l Level) Slog() slog.Level {
	return map[Level]slog.Level{Debug: slog.LevelDebug, Info: slog.LevelInfo, Warn: slog.LevelWarn, Error: slog.LevelError}[l]
}

// Format is how log messages are written.
type Format string

// The formats.
const (
	JSON Format = "json"
	Text Format = "text"
)

// Identity is whose signs the pages carry.
type Identity string

// The identities. The signs of the NHS are for NHS bodies only.
const (
	Plain Identity = "plain"
	NHS   Identity = "nhs"
)

// firstDay is the day of a demonstration that was given none.
var firstDay = calendar.MustParse("2017-01-18")

// DatabaseName is the database without what its address may hold of people and passwords.
func (c Config) DatabaseName() string {
	if u, err := url.Parse(c.Database); err == nil && isPostgres(c.Database) {
		return u.Scheme + "://" + u.Host + u.Path
	}
	return c.Database
}

// Secure tells whether browsers reach the server over TLS, so that cookies are kept to it.
func (c Config) Secure() bool {
	u, err := url.Parse(c.PublicURL)
	return err == nil && u.Scheme == "https"
}

// Loopback tells whether the server can be reached from this machine alone.
func (c Config) Loopback() bool {
	host, _, err := net.SplitHostPort(c.Address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// LogValue is every setting by the name of its variable; secrets are only said to be set or not.
func (c Config) LogValue() slog.Value {
	v := reflect.ValueOf(c)
	var list []slog.Attr
	for _, s := range settings() {
		value := v.FieldByIndex(s.index)
		if s.name == Prefix+"DATABASE" {
			list = append(list, slog.String(s.name, c.DatabaseName()))
			continue
		}
		switch x := value.Interface().(type) {
		case time.Duration:
			list = append(list, slog.Int64(s.name, int64(x/time.Second)))
		case calendar.Date:
			list = append(list, slog.String(s.name, x.String()))
		default:
			list = append(list, slog.Any(s.name, x))
		}
	}
	return slog.GroupValue(list...)
}
