package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"gorm.io/gorm/schema"
)

// This file runs the statements of a Load on SQLite without gorm, which takes longer to put a statement together than SQLite
// to run it. Columns go to fields by the same rules.

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

// column is where a column goes: the field, and whether it takes any value by itself.
type column struct {
	index []int
	scans bool
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
				shape[name] = column{append([]int{i}, c.index...), c.scans}
			}
			continue
		}
		name := tag["COLUMN"]
		if name == "" {
			name = naming.ColumnName("", field.Name)
		}
		shape[name] = column{[]int{i}, reflect.PointerTo(field.Type).Implements(scanner)}
	}
	shapes.Store(t, shape)
	return shape
}

// scanDirect reads the rows of a query. A column without a field is left out; NULL leaves a field at its zero value.
func scanDirect[T any](ctx context.Context, p *prepared, query string, args []any) (list []T, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	query, args = expanded(query, args)
	err = p.rows(query, args, func(s *direct) error {
		var row T
		if err := fill(reflect.ValueOf(&row).Elem(), s); err != nil {
			return err
		}
		list = append(list, row)
		return nil
	})
	return list, err
}

// errFirst is what a function of rows returns to be told of no more of them.
var errFirst = errors.New("the first row is enough")

// firstDirect reads the first row of a query, and tells whether there is one.
func firstDirect[T any](ctx context.Context, p *prepared, query string, args []any) (row T, found bool, err error) {
	if err := ctx.Err(); err != nil {
		return row, false, err
	}
	query, args = expanded(query, args)
	err = p.rows(query, args, func(s *direct) error {
		found = true
		if err := fill(reflect.ValueOf(&row).Elem(), s); err != nil {
			return err
		}
		return errFirst
	})
	return row, found, err
}

// rows tells fn of each row of a query. What stands in the values of the statement is good until fn returns. A statement that
// writes has written all before its first row.
func (p *prepared) rows(query string, args []any, fn func(*direct) error) error {
	return p.direct(query, args, func(s *direct, args []driver.NamedValue) (err error) {
		rows, err := s.query.QueryContext(context.Background(), args)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		if s.columns == nil {
			s.columns = rows.Columns()
			s.values = make([]driver.Value, len(s.columns))
		}
		for {
			switch err := rows.Next(s.values); {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return err
			}
			switch err := fn(s); {
			case errors.Is(err, errFirst):
				return nil
			case err != nil:
				return err
			}
		}
	})
}

// changed runs a statement without rows and returns how many rows it touched.
func (p *prepared) changed(ctx context.Context, query string, args []any) (touched int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	query, args = expanded(query, args)
	err = p.direct(query, args, func(s *direct, args []driver.NamedValue) error {
		result, err := s.exec.ExecContext(context.Background(), args)
		if err != nil {
			return err
		}
		touched, err = result.RowsAffected()
		return err
	})
	return touched, err
}

// direct is a statement of the driver's own: what database/sql puts around each call takes as long as a short statement.
type direct struct {
	statement driver.Stmt
	query     driver.StmtQueryContext
	exec      driver.StmtExecContext
	columns   []string
	args      []driver.NamedValue
	values    []driver.Value
	// fields are where the columns go in the type of row that was read last; nil for a column without a field.
	fields []*column
	row    reflect.Type
}

// into finds where the columns go in a type of row.
func (s *direct) into(row reflect.Type) []*column {
	if s.row == row {
		return s.fields
	}
	shape := shapeOf(row)
	s.row, s.fields = row, make([]*column, len(s.columns))
	for i, name := range s.columns {
		if c, ok := shape[name]; ok {
			s.fields[i] = &c
		}
	}
	return s.fields
}

// direct lends the statement of a query, and the arguments as the driver takes them, to fn.
func (p *prepared) direct(query string, args []any, fn func(*direct, []driver.NamedValue) error) error {
	return p.conn.Raw(func(conn any) error {
		s, err := p.lent(conn.(driver.ConnPrepareContext), query)
		if err != nil {
			return err
		}
		if s.args == nil {
			s.args = make([]driver.NamedValue, len(args))
		}
		for i, a := range args {
			s.args[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
			if !driver.IsValue(a) {
				if s.args[i].Value, err = driver.DefaultParameterConverter.ConvertValue(a); err != nil {
					return fmt.Errorf("argument %d: %w", i+1, err)
				}
			}
		}
		return fn(s, s.args[:len(args)])
	})
}

func (p *prepared) lent(conn driver.ConnPrepareContext, query string) (*direct, error) {
	if s, ok := p.lending[query]; ok {
		return s, nil
	}
	if len(p.lending) >= mostPrepared {
		if err := p.closeLent(); err != nil {
			return nil, err
		}
	}
	statement, err := conn.PrepareContext(context.Background(), p.compiled(query))
	if err != nil {
		return nil, err
	}
	s := &direct{statement: statement, query: statement.(driver.StmtQueryContext), exec: statement.(driver.StmtExecContext)}
	p.lending[query] = s
	return s, nil
}

func (p *prepared) closeLent() error {
	var all error
	for _, s := range p.lending {
		all = errors.Join(all, s.statement.Close())
	}
	clear(p.lending)
	return all
}

func fill(row reflect.Value, s *direct) error {
	for i, c := range s.into(row.Type()) {
		if c == nil || s.values[i] == nil && !c.scans {
			continue
		}
		field := row.Field(c.index[0])
		for _, j := range c.index[1:] {
			field = field.Field(j)
		}
		if c.scans {
			if err := field.Addr().Interface().(sql.Scanner).Scan(s.values[i]); err != nil {
				return fmt.Errorf("column %s: %w", s.columns[i], err)
			}
			continue
		}
		if field.Kind() == reflect.Pointer {
			field.Set(reflect.New(field.Type().Elem()))
			field = field.Elem()
		}
		if !put(field, s.values[i]) {
			return fmt.Errorf("column %s: %T does not go into %s", s.columns[i], s.values[i], field.Type())
		}
	}
	return nil
}

// put puts a value that is not NULL into a field, and says whether it fits.
func put(field reflect.Value, value driver.Value) bool {
	switch field.Kind() {
	case reflect.String:
		if v, ok := value.(string); ok {
			field.SetString(v)
			return true
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if v, ok := value.(int64); ok && !field.OverflowInt(v) {
			field.SetInt(v)
			return true
		}
	case reflect.Bool:
		switch v := value.(type) {
		case bool:
			field.SetBool(v)
			return true
		case int64:
			field.SetBool(v == 1)
			return v == 0 || v == 1
		}
	case reflect.Float64:
		switch v := value.(type) {
		case float64:
			field.SetFloat(v)
			return true
		case int64:
			field.SetFloat(float64(v))
			return true
		}
	case reflect.Slice:
		if v, ok := value.([]byte); ok && field.Type().Elem().Kind() == reflect.Uint8 {
			field.SetBytes(v)
			return true
		}
	}
	return false
}
