package parttest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Normal writes markup so that two pieces that a browser would treat alike
// are the same text: one node a line, attributes and classes sorted, white
// space collapsed. White space at the edges of an element counts only if it
// stands on one line, as in "Error: "; a line break there is layout of the
// source.
func Normal(t testing.TB, markup string) string {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	var b strings.Builder
	writeChildren(&b, body, 0)
	return b.String()
}

func writeChildren(b *strings.Builder, parent *html.Node, depth int) {
	mergeTexts(parent)
	for n := parent.FirstChild; n != nil; n = n.NextSibling {
		switch n.Type {
		case html.TextNode:
			if text := visible(n); text != "" {
				fmt.Fprintf(b, "%s%q\n", strings.Repeat("  ", depth), text)
			}
		case html.ElementNode:
			fmt.Fprintf(b, "%s<%s>\n", strings.Repeat("  ", depth), opening(n))
			writeChildren(b, n, depth+1)
		}
	}
}

// mergeTexts joins text nodes that a comment or the parser left apart.
func mergeTexts(parent *html.Node) {
	for n := parent.FirstChild; n != nil; n = n.NextSibling {
		for n.Type == html.TextNode && n.NextSibling != nil && n.NextSibling.Type == html.TextNode {
			n.Data += n.NextSibling.Data
			parent.RemoveChild(n.NextSibling)
		}
	}
}

// visible is the text as a browser would show it.
func visible(n *html.Node) string {
	if n.Parent.DataAtom == atom.Textarea {
		return n.Data
	}
	trimmed := strings.TrimSpace(n.Data)
	if trimmed == "" {
		return ""
	}
	start := n.Data[:strings.Index(n.Data, trimmed)]
	end := n.Data[len(start)+len(trimmed):]
	return edge(start, n.PrevSibling) + strings.Join(strings.Fields(trimmed), " ") + edge(end, n.NextSibling)
}

// edge is the white space that remains between a text and its neighbour.
func edge(space string, neighbour *html.Node) string {
	switch {
	case space == "", neighbour == nil && strings.Contains(space, "\n"), isBlock(neighbour):
		return ""
	}
	return " "
}

// isBlock reports whether the element begins on a line of its own.
func isBlock(n *html.Node) bool {
	if n == nil {
		return false
	}
	switch n.DataAtom {
	case atom.Div, atom.P, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Table, atom.Form, atom.Nav, atom.Fieldset,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.Input, atom.Legend, atom.Details:
		return true
	}
	return false
}

func opening(n *html.Node) string {
	attributes := make([]string, 0, len(n.Attr))
	for _, a := range n.Attr {
		value := a.Val
		if a.Key == "class" {
			names := strings.Fields(value)
			slices.Sort(names)
			value = strings.Join(names, " ")
		}
		attributes = append(attributes, fmt.Sprintf(" %s=%q", a.Key, value))
	}
	slices.Sort(attributes)
	return n.Data + strings.Join(attributes, "")
}
