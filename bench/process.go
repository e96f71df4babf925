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

// method is the gRPC method that Crossplane calls.
const method = "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction"

// raw sends and receives unmodified bytes, so that the client costs little.
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

// process is a running function.
type process struct {
	cmd     *exec.Cmd
	address string
	conn    *grpc.ClientConn
	// coldStart is the time from the start to the first response.
	coldStart time.Duration
}

// start starts a function and waits for its first response.
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
			_ = c.Close() // The connection is only for the check above.
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
		_ = p.conn.Close() // The measurement is complete.
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // It may have ended already.
	_ = p.cmd.Wait()                          //nolint:errcheck // It ends with the signal, which counts as a failure.
}

// tick is Linux's unit of processor time.
const tick = 10 * time.Millisecond

// cpu returns the user and system time of the process.
func (p *process) cpu() (time.Duration, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(raw), ") ") // The name before it may contain any character.
	fields := strings.Fields(after)
	user, errUser := strconv.Atoi(fields[11])
	system, errSystem := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick, errors.Join(errUser, errSystem)
}

// memory returns the current and the maximum resident memory in MiB.
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

// mebibytes converts a number of KiB.
func mebibytes(kib string) (float64, error) {
	n, err := strconv.ParseFloat(kib, 64)
	return n / 1024, err
}
