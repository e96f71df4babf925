//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// garbageCollection configures the garbage collection of programs. With Go's default,
// it would use a fifth of the API server's time. A higher value than this saves no
// time on a virtual machine, where fresh memory is expensive.
var garbageCollection = []string{"GOGC=200", "GOMEMLIMIT=4GiB"}

// process is a program that a test started. It ends with the test.
type process struct {
	name string
	cmd  *exec.Cmd
	log  string
	done chan struct{}
}

// starts runs functions on one thread that lives as long as the tests, because the
// kernel kills a process when the thread that started it ends.
var starts = func() chan func() {
	c := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range c {
			f()
		}
	}()
	return c
}()

// start starts a program. Its output is written to a log file.
func start(t testing.TB, logs, name, program string, env []string, args ...string) *process {
	t.Helper()
	p := &process{name: name, log: filepath.Join(logs, name+".log"), done: make(chan struct{})}
	log, err := os.OpenFile(p.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	p.cmd = exec.CommandContext(context.Background(), program, args...)
	p.cmd.Env = slices.Concat(os.Environ(), garbageCollection, env)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	starts <- func() { started <- p.cmd.Start() }
	if err := <-started; err != nil {
		t.Fatalf("cannot start %s (make e2e builds it): %v", name, err)
	}
	go func() {
		_ = p.cmd.Wait()
		_ = log.Close()
		close(p.done)
	}()
	return p
}

// alive reports whether the process runs.
func (p *process) alive() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// stop ends the process like Kubernetes: with SIGTERM, and after a timeout with
// SIGKILL.
func (p *process) stop() {
	if p == nil || !p.alive() {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(10 * time.Second):
		p.kill()
	}
}

// kill ends the process immediately.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// await waits until the process is ready.
func (p *process) await(t testing.TB, ready func() error) {
	t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for {
		err := ready()
		if err == nil {
			return
		}
		if !p.alive() || time.Now().After(deadline) {
			t.Fatalf("%s is not ready: %v\n%s", p.name, err, tail(p.log))
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// tail returns the end of a log.
func tail(file string) string {
	const most = 4000
	raw, _ := os.ReadFile(file)
	if len(raw) > most {
		raw = raw[len(raw)-most:]
	}
	return string(raw)
}

// given contains the ports that are already assigned to a test, whose process may
// not listen yet.
var given sync.Map

// ports returns free TCP ports.
func ports(t testing.TB, n int) []int {
	t.Helper()
	out := make([]int, 0, n)
	for len(out) < n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		a, ok := l.Addr().(*net.TCPAddr)
		if !ok {
			t.Fatalf("%s is no TCP address", l.Addr())
		}
		if _, twice := given.LoadOrStore(a.Port, true); !twice {
			out = append(out, a.Port)
		}
	}
	return out
}

func address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
