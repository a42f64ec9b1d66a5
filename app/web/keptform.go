package web

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"resilience/app/paths"
)

// checkStep is the step of a form in which what will be sent is shown.
const checkStep = "check"

// keptToken is the token in the address, under which what was typed on this page is kept; empty: the address has none of ours.
func (r *request) keptToken() string {
	t := r.QueryParam(paths.FormQuery)
	if len(t) != len(token()) || strings.Trim(t, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return ""
	}
	return t
}

// ownAddress leads to the page with a token of its own in the address, so that Back comes to the form as it was typed, in each window to
// its own.
func (a *app) ownAddress(r *request) error {
	return r.Redirect(http.StatusSeeOther, paths.FormStep(r.Request().URL.Path, token(), ""))
}

// keep keeps what was typed and leads to a step of the same page, which shows it. Nothing else happens.
func (a *app) keep(r *request, kept string, form any, step string) error {
	if kept == "" {
		kept = token()
	}
	path := r.Request().URL.Path
	if err := a.service.KeepForm(r.Request().Context(), r.by(), kept, path, encode(form).Encode()); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.FormStep(path, kept, step))
}

// keptForm is what was typed on this page; false: nothing is kept under the token of the address.
func keptForm[T any](a *app, r *request) (T, bool, error) {
	fields, ok, err := a.service.KeptForm(r.Request().Context(), r.by(), r.keptToken(), r.Request().URL.Path)
	if err != nil || !ok {
		return *new(T), false, err
	}
	values, err := url.ParseQuery(fields)
	if err != nil {
		return *new(T), false, err
	}
	form, err := decodeValues[T](values)
	return form, true, err
}

// encode is a form as a browser sends it; decodeValues reads it back.
func encode(form any) url.Values {
	values := url.Values{}
	v := reflect.ValueOf(form)
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("form")
		switch field := v.Field(i); {
		case name == "" || field.IsZero():
		case field.Kind() == reflect.Slice:
			values[name] = field.Interface().([]string)
		default:
			values.Set(name, field.String())
		}
	}
	return values
}
