package main

import (
	"os"
	"strings"
	"syscall"
)

// hugePages tells the C library, which gives SQLite its memory, to take it from one place and to ask for pages of two megabytes. Where that library is
// not glibc, or the system has no such pages, nothing comes of it.
const hugePages = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.tcache_count=200"

// inHugePages starts the program anew, in the same process and with the same arguments, since glibc listens only at its start. A file of some gigabytes
// that is kept in memory by pages of four kilobytes costs the processor a search for nearly each of them. Where somebody has told glibc
// something, or the program cannot be started anew, it returns and all goes on as it is.
func inHugePages() {
	self, err := os.Executable()
	if environ, wanted := tuned(os.Environ()); wanted && err == nil {
		_ = syscall.Exec(self, os.Args, environ) // where it fails, only speed is lost
	}
}

// tuned is an environment with hugePages, and whether it was without any word to glibc.
func tuned(environ []string) ([]string, bool) {
	name, _, _ := strings.Cut(hugePages, "=")
	for _, set := range environ {
		if strings.HasPrefix(set, name+"=") {
			return environ, false
		}
	}
	return append(environ[:len(environ):len(environ)], hugePages), true
}
