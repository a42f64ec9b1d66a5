package main

import (
	"bufio"
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTheProgramRunsInAnEmptyRoot builds the program as the Dockerfile does and runs it in a folder in which there is
// nothing but itself: no shell, no library, no time zones, no certificates, no names of hosts. It listens everywhere, as in the
// image.
func TestTheProgramRunsInAnEmptyRoot(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles SQLite once more, which is not short")
	}
	if os.Getuid() != 0 {
		t.Skip("only root may change the root folder")
	}
	root := t.TempDir()
	build := exec.Command("go", "build", "-race=false", "-trimpath", "-buildvcs=false", "-tags", "netgo osusergo sqlite_omit_load_extension",
		"-ldflags", "-s -w -linkmode external -extldflags -static", "-o", filepath.Join(root, "resilience"), ".")
	build.Env = append(os.Environ(), "GOFLAGS=", "CGO_ENABLED=1")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Mkdir(filepath.Join(root, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	environ := []string{"RESILIENCE_DEMONSTRATION=true", "RESILIENCE_DATABASE=/data/demo.db", "RESILIENCE_ADDRESS=0.0.0.0:" + port, "RESILIENCE_SHUTDOWN_SECONDS=1"}
	inside := func(ctx context.Context, args ...string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, "/resilience", args...)
		cmd.Env, cmd.Dir = environ, "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
		return cmd
	}
	serve := inside(t.Context(), "serve")
	var log bytes.Buffer
	serve.Stderr = &log
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "Resilience is at ") {
	}
	go func() {
		for lines.Scan() {
		}
	}()
	response, err := http.Get("http://127.0.0.1:" + port + "/sign-in")
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("the sign-in page answers %d", response.StatusCode)
	}
	for _, args := range [][]string{{"health"}, {"verify"}, {"backup", "/data/backup.tar"}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		if said, err := inside(ctx, args...).CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, said)
		}
		cancel()
	}
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := serve.Wait(); err != nil {
		t.Errorf("it ended with %v\n%s", err, log.String())
	}
}
