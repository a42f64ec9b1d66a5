package config

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/caarlos0/env/v11"

	"resilience/app/calendar"
)

// forTests begins variables that only tests read.
const forTests = Prefix + "TEST_"

// Load reads the settings from variables of the form NAME=value. The error is one line with everything that is wrong.
// What only a server needs, Serving checks.
func Load(environ []string) (Config, error) {
	variables := map[string]string{}
	for _, pair := range environ {
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, Prefix) && !strings.HasPrefix(name, forTests) && value != "" {
			variables[name] = value // of two with the same name the later one counts
		}
	}
	wrong := unknown(variables)
	wrong = append(wrong, readFiles(variables)...)
	var c Config
	err := env.ParseWithOptions(&c, env.Options{
		Environment: variables, Prefix: Prefix, FuncMap: parsers, DefaultValueTagName: "envDefault",
	})
	if err != nil {
		bad, err := explain(err, variables)
		if err != nil {
			return Config{}, err
		}
		wrong = append(wrong, bad...)
	}
	wrong = append(wrong, c.texts()...)
	if len(wrong) == 0 {
		wrong = c.together()
	}
	if len(wrong) > 0 {
		return Config{}, errors.New(strings.Join(wrong, "; "))
	}
	return c, nil
}

// texts checks the settings that are any text to the library, and puts PublicURL into its plainest form.
func (c *Config) texts() []string {
	var wrong []string
	refuse := func(short, value string) {
		s := setting(short)
		wrong = append(wrong, fmt.Sprintf("%s is %s: expected %s", s.name, value, s.expects))
	}
	if strings.Contains(c.Database, "://") && !isPostgres(c.Database) { // its value may hold a password
		refuse("DATABASE", "an address that is not known")
	}
	if host, port, err := net.SplitHostPort(c.Address); err != nil || !isPort(port) || strings.ContainsAny(host, "/ ") {
		refuse("ADDRESS", strconv.Quote(c.Address))
	}
	if c.Metrics != "" {
		if host, port, err := net.SplitHostPort(c.Metrics); err != nil || !isPort(port) || strings.ContainsAny(host, "/ ") {
			refuse("METRICS_ADDRESS", strconv.Quote(c.Metrics))
		}
	}
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
			refuse("PUBLIC_URL", "not one")
		} else {
			c.PublicURL = u.Scheme + "://" + u.Host
		}
	}
	if c.FontFolder != "" {
		if info, err := os.Stat(c.FontFolder); err != nil || !info.IsDir() {
			refuse("FONT_FOLDER", strconv.Quote(c.FontFolder))
		}
	}
	return wrong
}

// isPostgres tells whether an address names a PostgreSQL database.
func isPostgres(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") && strings.Trim(u.Path, "/") != ""
}

func isPort(s string) bool {
	_, err := strconv.ParseUint(s, 10, 16)
	return err == nil
}

// Serving checks what a server needs beyond the settings themselves. In a demonstration it makes a random key where
// none is set, so that a restart signs everybody out.
func (c Config) Serving() (Config, error) {
	if c.SessionKey.IsZero() && c.Demonstration {
		key := make([]byte, shortestKey)
		if _, err := rand.Read(key); err != nil {
			return c, fmt.Errorf("make a session key: %w", err)
		}
		c.SessionKey = Secret{key}
	}
	var wrong []string
	if c.SessionKey.IsZero() {
		s := setting("SESSION_KEY")
		wrong = append(wrong, fmt.Sprintf("%s is not set: expected %s, or %s_FILE with the path of a file that holds them", s.name, s.expects, s.name))
	}
	if !c.Loopback() && !c.Demonstration && !c.Secure() {
		wrong = append(wrong, fmt.Sprintf("%sPUBLIC_URL must begin with https:// because %sADDRESS, %s, can be reached from other machines", Prefix, Prefix, c.Address))
	}
	if len(wrong) > 0 {
		return c, errors.New(strings.Join(wrong, "; "))
	}
	return c, nil
}

// together checks the settings that depend on each other, and fills in what follows from others.
func (c *Config) together() []string {
	if c.Documents == "" && isPostgres(c.Database) {
		c.Documents = "var/documents"
	} else if c.Documents == "" {
		c.Documents = filepath.Join(filepath.Dir(c.Database), "documents")
	}
	switch {
	case c.Today.IsZero() && c.Demonstration:
		c.Today = firstDay
	case !c.Today.IsZero() && !c.Demonstration:
		return []string{Prefix + "TODAY is only for a demonstration: set " + Prefix + "DEMONSTRATION=true as well, or leave it out"}
	}
	return nil
}

// settingOf describes one field of Config.
type settingOf struct {
	name    string // of the variable, with the prefix
	expects string
	index   []int
	secret  bool
}

// settings lists the fields of Config in order.
func settings() []settingOf {
	var list []settingOf
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		list = append(list, settingOf{Prefix + f.Tag.Get("env"), f.Tag.Get("expects"), f.Index, f.Type == reflect.TypeFor[Secret]()})
	}
	return list
}

func setting(short string) settingOf {
	list := settings()
	return list[slices.IndexFunc(list, func(s settingOf) bool { return s.name == Prefix+short })]
}

// unknown finds variables that are no setting, most likely misspelt.
func unknown(variables map[string]string) []string {
	var known, wrong []string
	for _, s := range settings() {
		known = append(known, s.name)
		if s.secret {
			known = append(known, s.name+"_FILE")
		}
	}
	for name := range variables {
		if !slices.Contains(known, name) {
			nearest := slices.MinFunc(known, func(a, b string) int {
				return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
			})
			wrong = append(wrong, fmt.Sprintf("%s is not a setting: the nearest is %s", name, nearest))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// readFiles puts the content of the file that NAME_FILE names in the place of the secret NAME.
func readFiles(variables map[string]string) []string {
	var wrong []string
	for _, s := range settings() {
		path := variables[s.name+"_FILE"]
		if !s.secret || path == "" {
			continue
		}
		content, err := os.ReadFile(path)
		switch {
		case variables[s.name] != "":
			wrong = append(wrong, fmt.Sprintf("%s and %s_FILE are both set: keep one", s.name, s.name))
		case err != nil:
			wrong = append(wrong, fmt.Sprintf("%s_FILE cannot be read: %s", s.name, err))
		default:
			variables[s.name] = strings.TrimSpace(string(content))
		}
	}
	return wrong
}

// explain turns the library's errors into lines for the operator. It returns an error only for a fault of ours.
func explain(err error, variables map[string]string) ([]string, error) {
	var all env.AggregateError
	if !errors.As(err, &all) {
		return nil, err
	}
	var wrong []string
	for _, e := range all.Errors {
		var p env.ParseError
		if !errors.As(e, &p) {
			return nil, e
		}
		field, ok := reflect.TypeFor[Config]().FieldByName(p.Name)
		if !ok {
			return nil, e
		}
		s := setting(field.Tag.Get("env"))
		value := strconv.Quote(variables[s.name])
		if s.secret {
			value = p.Err.Error()
		}
		wrong = append(wrong, fmt.Sprintf("%s is %s: expected %s", s.name, value, s.expects))
	}
	return wrong, nil
}

var errWrong = errors.New("wrong")

// parsers read the types of the fields that the library does not know or reads too kindly.
var parsers = map[reflect.Type]env.ParserFunc{
	reflect.TypeFor[Level]():          oneOf(Debug, Info, Warn, Error),
	reflect.TypeFor[Format]():         oneOf(JSON, Text),
	reflect.TypeFor[Identity]():       oneOf(Plain, NHS),
	reflect.TypeFor[calendar.Date]():  parseDay,
	reflect.TypeFor[time.Duration]():  parseSeconds,
	reflect.TypeFor[[]netip.Prefix](): parseNetworks,
	reflect.TypeFor[bool]():           parseBool,
}

func oneOf[T ~string](values ...T) env.ParserFunc {
	return func(s string) (any, error) {
		if v := T(s); slices.Contains(values, v) {
			return v, nil
		}
		return nil, errWrong
	}
}

func parseDay(s string) (any, error) { return calendar.ParseDate(s) }

func parseBool(s string) (any, error) {
	if s != "true" && s != "false" {
		return nil, errWrong
	}
	return s == "true", nil
}

func parseSeconds(s string) (any, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 300 {
		return nil, errWrong
	}
	return time.Duration(n) * time.Second, nil
}

func parseNetworks(s string) (any, error) {
	var list []netip.Prefix
	for part := range strings.SplitSeq(s, ",") {
		p, err := netip.ParsePrefix(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		list = append(list, p.Masked())
	}
	return list, nil
}
