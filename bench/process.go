package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/mem"
)

// method is what Crossplane calls.
const method = "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction"

// raw sends and receives bytes as they are, so that the client costs little.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(v any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(*v.(*[]byte))}, nil
}

func (raw) Unmarshal(data mem.BufferSlice, v any) error {
	*v.(*[]byte) = data.Materialize()
	return nil
}

var _ encoding.CodecV2 = raw{}

// process is a function that serves.
type process struct {
	cmd     *exec.Cmd
	address string
	conn    *grpc.ClientConn
	// coldStart is from its start until its first answer.
	coldStart time.Duration
}

// start starts a function and waits for its first answer, to a request.
func start(ctx context.Context, request []byte, command func(address string) []string) (*process, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &process{address: l.Addr().String()}
	if err := l.Close(); err != nil {
		return nil, err
	}
	args := command(p.address)
	p.cmd = exec.CommandContext(ctx, args[0], args[1:]...)
	p.cmd.Stderr = os.Stderr
	begin := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for {
		if c, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", p.address); err == nil {
			_ = c.Close() // It has shown what it is for.
			break
		}
		if p.cmd.ProcessState != nil || time.Since(begin) > 30*time.Second {
			p.stop()
			return nil, fmt.Errorf("%s does not listen on %s", args[0], p.address)
		}
		time.Sleep(200 * time.Microsecond)
	}
	const largest = 64 << 20
	p.conn, err = grpc.NewClient(p.address, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(raw{}), grpc.MaxCallRecvMsgSize(largest), grpc.MaxCallSendMsgSize(largest)))
	if err != nil {
		p.stop()
		return nil, err
	}
	if _, err := p.call(ctx, request); err != nil {
		p.stop()
		return nil, err
	}
	p.coldStart = time.Since(begin)
	return p, nil
}

func (p *process) call(ctx context.Context, request []byte) ([]byte, error) {
	var answer []byte
	return answer, p.conn.Invoke(ctx, method, &request, &answer)
}

func (p *process) stop() {
	if p.conn != nil {
		_ = p.conn.Close() // Nothing is measured any more.
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // It may have ended by itself.
	_ = p.cmd.Wait()                          //nolint:errcheck // It ends by the signal, which counts as a failure.
}

// tick is the unit of processor time that Linux counts in.
const tick = 10 * time.Millisecond

// cpu is the processor time that the process has used, in user and kernel mode.
func (p *process) cpu() (time.Duration, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(raw), ") ") // The name before may hold anything.
	fields := strings.Fields(after)
	user, errUser := strconv.Atoi(fields[11])
	system, errSystem := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick, errors.Join(errUser, errSystem)
}

// memory is what the process has resident, and had at most, in MiB.
func (p *process) memory() (float64, float64, error) {
	var resident, peak float64
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(raw)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		switch fields[0] {
		case "VmRSS:":
			resident, err = mebibytes(fields[1])
		case "VmHWM:":
			peak, err = mebibytes(fields[1])
		}
		if err != nil {
			return 0, 0, err
		}
	}
	return resident, peak, nil
}

// mebibytes reads a number of KiB.
func mebibytes(kib string) (float64, error) {
	n, err := strconv.ParseFloat(kib, 64)
	return n / 1024, err
}
