package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// benchServer is the program serving in a process of its own, on a port of this machine that nobody else reaches.
type benchServer struct {
	url  string
	cmd  *exec.Cmd
	end  context.CancelFunc
	rest chan struct{} // closed once all that it prints is read
}

// startServer runs serve with the settings of p and waits until it says where it is.
func (p *program) startServer(ctx context.Context) (*benchServer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	ctx, end := context.WithCancel(ctx)
	s := &benchServer{cmd: exec.CommandContext(ctx, self, "--database", p.database, "serve"), end: end, rest: make(chan struct{})}
	s.cmd.Env, s.cmd.Stderr = p.environ, p.stderr
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	s.cmd.WaitDelay = 20 * time.Second // then it is killed
	out, err := s.cmd.StdoutPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		end()
		return nil, fmt.Errorf("start the server: %w", err)
	}
	lines := bufio.NewScanner(out)
	for s.url == "" && lines.Scan() {
		_, s.url, _ = strings.Cut(lines.Text(), "Resilience is at ")
	}
	go func() {
		defer close(s.rest)
		_, _ = io.Copy(io.Discard, out) // it says who can sign in
	}()
	if s.url == "" {
		return nil, errors.Join(errors.New("the server did not start"), s.stop())
	}
	return s, nil
}

// stop asks the server to end as an operator does, and waits for it.
func (s *benchServer) stop() error {
	s.end()
	<-s.rest
	if err := s.cmd.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("stop the server: %w", err)
	}
	return nil
}

// ticks is how many units of /proc/PID/stat a second has, on every Linux.
const ticks = 100

// cpu is the processor time that the server has used.
func (s *benchServer) cpu() (time.Duration, error) {
	content, err := os.ReadFile(s.proc("stat"))
	if err != nil {
		return 0, fmt.Errorf("read the processor time of the server: %w", err)
	}
	_, after, _ := bytes.Cut(content, []byte(") ")) // the name of the program stands in brackets
	fields := strings.Fields(string(after))
	if len(fields) < 13 {
		return 0, errors.New("read the processor time of the server: too few fields")
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * time.Second / ticks, errors.Join(err1, err2)
}

// peakMemory is the most memory, in MB, that the server has held since it started.
func (s *benchServer) peakMemory() (float64, error) {
	content, err := os.ReadFile(s.proc("status"))
	if err != nil {
		return 0, fmt.Errorf("read the memory of the server: %w", err)
	}
	for line := range strings.Lines(string(content)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 64)
			return kilobytes * 1024 / 1e6, err
		}
	}
	return 0, errors.New("read the memory of the server: the system does not tell the peak")
}

func (s *benchServer) proc(name string) string {
	return "/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/" + name
}
