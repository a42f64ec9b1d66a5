package heap_test

import (
	"os/exec"
	"strings"
	"testing"

	"resilience/app/store/heap"
)

func TestTheCLibraryIsTold(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "getconf", "GNU_LIBC_VERSION").Output()
	if err != nil || !strings.HasPrefix(string(out), "glibc") {
		t.Skip("this system's C library is not glibc")
	}
	if !heap.Keep() {
		t.Error("glibc did not take the settings")
	}
}
