package demo

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"resilience/app/support"
)

// perCent is a range that begins with a number that is written as a word, before a sign.
var perCent = regexp.MustCompile(`\{([0-9]|10)-[0-9/]+\}%`)

// ways lists every text that the choices in brackets make of one.
func ways(text string) []string {
	open := strings.LastIndexByte(text, '[')
	if open < 0 {
		return []string{text}
	}
	length := strings.IndexByte(text[open:], ']')
	var all []string
	for _, choice := range strings.Split(text[open+1:open+length], "|") {
		all = append(all, ways(text[:open]+choice+text[open+length+1:])...)
	}
	return all
}

// An offer, a plan or a letter whose words ask for a contribution is refused, so no text of the demonstration may read like that,
// whichever way it is put together: a large demonstration would end at the first that does.
func TestNoTextReadsLikeAContribution(t *testing.T) {
	situations, err := readTexts("situations.txt")
	if err != nil {
		t.Fatal(err)
	}
	common, err := readTexts("common.txt")
	if err != nil {
		t.Fatal(err)
	}
	var abouts []string
	for _, s := range situations {
		abouts = append(abouts, s.phrases["about"]...)
	}
	looked := 0
	r := rand.New(rand.NewPCG(1, 2))
	look := func(text string, about string) {
		if strings.Contains(text, "}th") {
			t.Errorf("%q: small numbers are written as words, which have no ending of their own", text)
		}
		if perCent.MatchString(text) {
			t.Errorf("%q: a number up to ten is written as a word, which does not go with a per cent sign", text)
		}
		v := values{}
		for _, field := range strings.Split(text, "{")[1:] {
			name, _, _ := strings.Cut(field, "}")
			v[name] = "Thursday"
		}
		v["about"], v["aboutC"] = about, capital(about)
		whole, err := compose(text, r, v)
		if err != nil {
			t.Fatal(err)
		}
		looked++
		if phrase, asks := support.AsksForContribution(tidy(whole)); asks {
			t.Errorf("%q reads like a contribution: %q", whole, phrase)
		}
	}
	for _, file := range [][]section{situations, common} {
		for _, s := range file {
			for _, texts := range s.phrases {
				for _, text := range texts {
					for _, one := range ways(text) {
						if !strings.Contains(one, "{about") {
							look(one, "")
							continue
						}
						for _, about := range abouts {
							look(one, about)
						}
					}
				}
			}
		}
	}
	if looked < 1000 {
		t.Errorf("looked at %d texts only", looked)
	}
	t.Logf("%d texts", looked)
}
