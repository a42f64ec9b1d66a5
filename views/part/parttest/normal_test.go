package parttest

import "testing"

func TestNormal(t *testing.T) {
	for _, test := range []struct {
		name, one, other string
		same             bool
	}{
		{"order of attributes and classes", `<a href="/" class="b a">x</a>`, `<a class="a b" href="/">x</a>`, true},
		{"line breaks at the edges", "<p>\n  x\n  y\n</p>", "<p>x y</p>", true},
		{"a space within a line", "<span>Error: </span>x", "<span>Error:</span>x", false},
		{"a space between text and element", "<p>a <b>b</b></p>", "<p>a<b>b</b></p>", false},
		{"text", "<p>a</p>", "<p>b</p>", false},
		{"element", "<p>a</p>", "<div>a</div>", false},
		{"attribute", `<p id="a">a</p>`, `<p>a</p>`, false},
		{"depth", "<p><b>a</b><i>b</i></p>", "<p><b>a<i>b</i></b></p>", false},
		{"white space in a text area", "<textarea>\n a</textarea>", "<textarea>a</textarea>", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if same := Normal(t, test.one) == Normal(t, test.other); same != test.same {
				t.Errorf("same: %v, want %v\n%s\n%s", same, test.same, Normal(t, test.one), Normal(t, test.other))
			}
		})
	}
}
