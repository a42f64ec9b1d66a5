package part

import (
	"strings"

	"github.com/a-h/templ"
	"resilience/views/part/parttest"
)

func readActions(o *options) []Link {
	if !o.Has("actions") {
		return nil
	}
	items := []*parttest.Options(nil)
	if o.IsList("actions") {
		items = o.List("actions")
	} else {
		items = o.Group("actions").List("items")
	}
	var links []Link
	for _, item := range items {
		links = append(links, Link{Text: item.String("text"), URL: item.String("href"), Hidden: item.String("visuallyHiddenText")})
	}
	return links
}

func readCard(o *options) Card {
	heading, description := o.Group("heading"), o.Group("description")
	c := Card{
		Heading: heading.String("text"), Level: heading.Int("level"), Size: heading.String("size"),
		URL: o.String("href"), Variant: o.String("variant"), Clickable: o.Bool("clickable"),
		Text: description.String("text"), Content: first(raw(description), raw(o)), Actions: readActions(o),
	}
	switch c.Variant {
	case "non-urgent", "urgent", "emergency":
		o.Reject("variant", c.Variant)
	}
	return c
}

func readSummary(o *options) templ.Component {
	s := Summary{NoBorder: o.False("border"), NoLastBorder: o.False("lastRowBorder")}
	for _, row := range o.List("rows") {
		key, value := row.Group("key"), row.Group("value")
		s.Rows = append(s.Rows, Row{
			Key: key.String("text"), Value: value.String("text"), Content: raw(value),
			Actions: readActions(row), NoBorder: row.False("border"),
		})
	}
	if !o.Has("card") {
		return s
	}
	c := readCard(o.Group("card"))
	if c.Size == "" || c.Variant != "" || c.URL != "" {
		o.Reject("card", "is not a plain card with the size of its heading")
	}
	return SummaryCard{Title: c.Heading, Level: c.Level, Size: c.Size, Actions: c.Actions, Summary: s}
}

func readTable(o *options) templ.Component {
	caption := o.Group("caption")
	t := Table{
		Caption: caption.String("text"), CaptionSize: caption.String("size"), captionID: caption.String("id"),
		HideCaption: caption.Classes("nhsuk-u-visually-hidden")["nhsuk-u-visually-hidden"],
		Responsive:  o.Bool("responsive"), Scroll: o.Bool("scroll"), FirstHeader: o.Bool("firstCellIsHeader"),
		Compact: o.Bool("compact"), Striped: o.Bool("striped"), NoBorder: o.False("border"), NoLastBorder: o.False("lastRowBorder"),
	}
	for _, head := range o.List("head") {
		t.Columns = append(t.Columns, readColumn(head))
	}
	for _, row := range o.Lists("rows") {
		var cells []Cell
		for _, cell := range row {
			cells = append(cells, readCell(cell))
		}
		t.Rows = append(t.Rows, cells)
	}
	if o.IsBool("card") && o.Bool("card") {
		t.Card = &Card{}
	} else if o.Has("card") {
		card := readCard(o.Group("card"))
		t.Card = &card
	}
	return t
}

func readColumn(o *options) Column {
	c := Column{
		Text: o.String("text"), Hidden: o.String("visuallyHiddenText"), URL: o.String("href"),
		Numeric: readNumeric(o), Width: o.String("width"), SortNext: o.String("sortNext"),
		Align: o.String("align"), NoWrap: o.Classes("nhsuk-u-nowrap")["nhsuk-u-nowrap"],
	}
	if o.IsBool("sort") {
		if o.Bool("sort") {
			c.Sort = "none"
		}
	} else {
		c.Sort = o.String("sort")
	}
	return c
}

func readNumeric(o *options) bool {
	format := o.String("format")
	if format != "" && format != "numeric" {
		o.Reject("format", format)
	}
	return format == "numeric"
}

func readCell(o *options) Cell {
	return Cell{
		Text: strings.TrimSpace(o.String("text")), Hidden: o.String("visuallyHiddenText"), URL: o.String("href"),
		Content: raw(o), Numeric: readNumeric(o), SortValue: o.String("sortValue"),
		NoWrap: o.Classes("nhsuk-u-nowrap")["nhsuk-u-nowrap"],
	}
}

// first is the first content that is there.
func first(contents ...templ.Component) templ.Component {
	for _, c := range contents {
		if c != nil {
			return c
		}
	}
	return nil
}
