package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// VersionCommand says which program this is.
type VersionCommand struct {
	JSON bool `name:"json" help:"Print the result as JSON."`
}

// build is what the compiler noted about the program.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision"` // commit; empty when built outside a repository
	Time     string `json:"time"`     // of the commit
	Modified bool   `json:"modified"` // built from files that were not committed
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// Run prints the version.
func (v VersionCommand) Run(p *program) error {
	b := thisBuild()
	return p.result(v.JSON, b, "resilience "+b.words())
}

func (b build) words() string {
	words := fmt.Sprintf("%s, %s, %s", b.Version, b.Go, b.Platform)
	if b.Revision != "" {
		words += fmt.Sprintf(", commit %.12s of %s", b.Revision, b.Time)
	}
	if b.Modified {
		words += " with changes"
	}
	return words
}

func thisBuild() build {
	b := build{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}
