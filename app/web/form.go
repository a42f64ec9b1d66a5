package web

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
)

// decode reads a form into a struct of strings and lists of strings by the tag form. It reads the body of the POST
// only: a query or a parameter of the path never fills a field. Line breaks become the one kind that is stored.
func decode[T any](r *request) (T, error) {
	if err := r.Request().ParseForm(); err != nil {
		return *new(T), fmt.Errorf("read the form: %w", badForm(err))
	}
	return decodeValues[T](r.Request().PostForm)
}

// decodeValues puts what was sent into a struct by the tag form.
func decodeValues[T any](sent url.Values) (T, error) {
	var form T
	v := reflect.ValueOf(&form).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("form")
		values := sent[name]
		if name == "" || len(values) == 0 {
			continue
		}
		switch field := v.Field(i); field.Kind() {
		case reflect.String:
			field.SetString(clean(values[0]))
		case reflect.Slice:
			field.Set(reflect.ValueOf(values))
		default:
			return form, fmt.Errorf("the form %T has a field that is neither text nor a list", form)
		}
	}
	return form, nil
}

func badForm(err error) error {
	return &echo.HTTPError{Code: http.StatusBadRequest, Internal: err, Message: "bad form"}
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "")

func clean(s string) string {
	return strings.TrimSpace(lineBreaks.Replace(strings.ToValidUTF8(s, "")))
}

// caseID is the case in the path. What is not a number is not found.
func (r *request) caseID() (casework.ID, error) {
	n, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.NotFound{What: "support case"}
	}
	return casework.ID(n), nil
}

// version reads the version that a form carries. A form without one is older than every version.
func version(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return -1
	}
	return n
}

// day reads a day typed in three fields. What is wrong is added to the invalid fields, by the part that is wrong.
func day(wrong *fault.Invalid, name, d, m, y string) calendar.Date {
	switch {
	case d == "" && m == "" && y == "":
		wrong.Add(name+"-day", "Enter a day")
		return calendar.Date{}
	case d == "":
		wrong.Add(name+"-day", "The date must include a day")
		return calendar.Date{}
	case m == "":
		wrong.Add(name+"-month", "The date must include a month")
		return calendar.Date{}
	case y == "":
		wrong.Add(name+"-year", "The date must include a year")
		return calendar.Date{}
	}
	date, err := calendar.ParseDate(fmt.Sprintf("%04s-%02s-%02s", y, d2(m), d2(d)))
	if err != nil {
		wrong.Add(name+"-day", "Enter a real date, such as 27 3 2017")
	}
	return date
}

// d2 pads one digit to two.
func d2(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
