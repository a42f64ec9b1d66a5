package store

import (
	"context"
	"database/sql"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"gorm.io/gorm/schema"
)

// This file reads rows of a Load on SQLite without gorm, which takes longer to put a statement together than SQLite to run
// it. Columns go to fields by the same rules.

// expanded puts as many marks into the query as a slice among the arguments has items, and marks in the place of names.
func expanded(query string, args []any) (string, []any) {
	if len(args) == 1 {
		if byName, ok := args[0].(map[string]any); ok {
			marked := inOrder(query)
			values := make([]any, len(marked.names))
			for i, name := range marked.names {
				values[i] = byName[name]
			}
			return marked.query, values
		}
	}
	plain := true
	for _, a := range args {
		plain = plain && !isList(a)
	}
	if plain {
		return query, args
	}
	var b strings.Builder
	var all []any
	for _, a := range args {
		before, after, _ := strings.Cut(query, "?")
		b.WriteString(before)
		query = after
		if !isList(a) {
			b.WriteByte('?')
			all = append(all, a)
			continue
		}
		list := reflect.ValueOf(a)
		b.WriteString("(" + marks(list.Len()) + ")")
		for i := range list.Len() {
			all = append(all, list.Index(i).Interface())
		}
	}
	return b.String() + query, all
}

// named are marks with a name.
var named = regexp.MustCompile(`@[a-z]+`)

// marked is a query with marks in the place of names, in their order.
type marked struct {
	query string
	names []string
}

// markings are the queries with names so far.
var markings sync.Map

func inOrder(query string) marked {
	if known, ok := markings.Load(query); ok {
		return known.(marked)
	}
	var m marked
	m.query = named.ReplaceAllStringFunc(query, func(name string) string {
		m.names = append(m.names, name[1:])
		return "?"
	})
	markings.Store(query, m)
	return m
}

func isList(a any) bool {
	t := reflect.TypeOf(a)
	return t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8
}

// column is where a column goes: the field, and whether it can take NULL by itself.
type column struct {
	index    []int
	nullable bool
}

// shapes are the columns of each type of row, by name.
var shapes sync.Map

var (
	naming  = schema.NamingStrategy{}
	scanner = reflect.TypeFor[sql.Scanner]()
)

func shapeOf(t reflect.Type) map[string]column {
	if known, ok := shapes.Load(t); ok {
		return known.(map[string]column)
	}
	shape := map[string]column{}
	for i := range t.NumField() {
		field := t.Field(i)
		tag := schema.ParseTagSetting(field.Tag.Get("gorm"), ";")
		if _, embedded := tag["EMBEDDED"]; embedded || field.Anonymous {
			for name, c := range shapeOf(field.Type) {
				shape[name] = column{append([]int{i}, c.index...), c.nullable}
			}
			continue
		}
		name := tag["COLUMN"]
		if name == "" {
			name = naming.ColumnName("", field.Name)
		}
		shape[name] = column{[]int{i}, field.Type.Kind() == reflect.Pointer || reflect.PointerTo(field.Type).Implements(scanner)}
	}
	shapes.Store(t, shape)
	return shape
}

// scanDirect reads the rows of a query. A column without a field is left out; NULL leaves a field at its zero value.
func scanDirect[T any](ctx context.Context, p *prepared, query string, args []any) (list []T, err error) {
	query, args = expanded(query, args)
	rows, err := p.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closing := rows.Close(); err == nil {
			err = closing
		}
	}()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	shape := shapeOf(reflect.TypeFor[T]())
	places := make([]any, len(names))
	for rows.Next() {
		var row T
		if err := scanRow(rows, reflect.ValueOf(&row).Elem(), names, shape, places); err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, rows.Err()
}

func scanRow(rows *sql.Rows, row reflect.Value, names []string, shape map[string]column, places []any) error {
	type late struct{ from, to reflect.Value }
	var all []late
	for i, name := range names {
		c, ok := shape[name]
		if !ok {
			places[i] = new(any)
			continue
		}
		field := row.FieldByIndex(c.index)
		if c.nullable {
			places[i] = field.Addr().Interface()
			continue
		}
		pointer := reflect.New(reflect.PointerTo(field.Type()))
		places[i] = pointer.Interface()
		all = append(all, late{pointer.Elem(), field})
	}
	if err := rows.Scan(places...); err != nil {
		return err
	}
	for _, l := range all {
		if !l.from.IsNil() {
			l.to.Set(l.from.Elem())
		}
	}
	return nil
}
