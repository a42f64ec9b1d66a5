// Package static holds the style sheet, scripts and images of the
// application, compiled into the program.
//
// Every file is served under a name that carries a fingerprint of its
// content, so that browsers may keep it for ever. The files are built by
// npm (see build.mjs); a program compiled without them still runs, and its
// pages say that the style sheets are missing.
package static

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed all:dist
var dist embed.FS

var assets = mustLoad()

// URL returns the path under which the named file is served, such as
// "/static/app-0123456789abcdef.css" for "app.css". An unknown name gives
// "/static/" and the name, which Handler answers with 404.
func URL(name string) string { return assets.url(name) }

// Built reports whether the style sheet and the scripts were built before
// the program was compiled.
func Built() bool {
	return assets.has("app.css") && assets.has("app.js") && assets.has("support.js")
}

// Handler serves the fingerprinted names under /static/ and answers 404 to
// every other path.
func Handler() http.Handler { return assets }

// mustLoad panics only if the embedded files cannot be read, which would be
// a fault of the program itself.
func mustLoad() *set {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err)
	}
	s, err := load(files)
	if err != nil {
		panic(err)
	}
	return s
}
