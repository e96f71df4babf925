package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// ours is our function's name in all tables, and floor that of the echo function.
const (
	ours  = "ours"
	floor = "echo on the SDK"
)

// subject is a function to measure.
type subject struct {
	name    string
	command func(address string) []string
	// change converts requests for this function. It is nil if they stay the same.
	change func(stack, *fnv1.RunFunctionRequest) error
}

func subjects(o options) ([]subject, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	binary := func(path string, more ...string) func(string) []string {
		return func(address string) []string {
			return append([]string{path, "--insecure", "--address", address}, more...)
		}
	}
	echo := func(address string) []string { return []string{self, "echo", address} }
	out := []subject{
		{name: ours, command: binary(o.function, "--metrics-address", "")},
		{name: ours + ", no memory", command: binary(o.function, "--metrics-address", "", "--cache", "0")},
		{name: floor, command: echo},
		{name: floor + ", stack desired", command: echo, change: desireObserved},
	}
	for _, name := range slices.Sorted(maps.Keys(o.others)) {
		out = append(out, subject{name: name, command: binary(o.others[name]), change: changes[name]})
	}
	return out, nil
}

func measureAll(ctx context.Context, o options) error {
	all, err := subjects(o)
	if err != nil {
		return err
	}
	stacks, err := makeStacks(ctx, o, all[0])
	if err != nil {
		return err
	}
	w := os.Stdout // A user notices missing output, so write errors are ignored.
	fmt.Fprintf(w, "%s, %d processors, load %s\n", time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), loadAverage())
	production := stacks["production"]
	requests, err := production.atRest(all[0])
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nThe production stack at rest: %d resources, a request of %d kB.\n\n", production.resources(), len(requests[0])/1000)
	if o.only != "" {
		all = slices.DeleteFunc(all, func(s subject) bool { return !strings.HasPrefix(s.name, o.only) })
		return compare(ctx, w, o, all, production)
	}
	if err := compare(ctx, w, o, all, production); err != nil {
		return err
	}
	if err := change(ctx, w, o, all[0], production); err != nil {
		return err
	}
	if err := crowd(ctx, w, o, all[0], production); err != nil {
		return err
	}
	if err := growth(ctx, w, o, all[:4], stacks); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nLoad at the end: %s\n", loadAverage())
	return nil
}

// makeStacks composes stacks of all sizes with our function.
func makeStacks(ctx context.Context, o options, s subject) (map[string]stack, error) {
	off := func(guardrails ...string) func(map[string]any) {
		return func(spec map[string]any) {
			all := map[string]any{}
			for _, g := range guardrails {
				all[g] = map[string]any{"enabled": false}
			}
			spec["guardrails"] = all
		}
	}
	claims := []struct {
		name, file string
		change     func(spec map[string]any)
	}{
		{name: "bare", file: "development.yaml", change: off("waf", "audit", "config", "parameters", "alarms", "responses")},
		{name: "some guardrails", file: "development.yaml", change: off("config", "responses", "parameters")},
		{name: "most guardrails", file: "claim.yaml", change: off("config")},
		{name: "production", file: "production.yaml"},
		{name: "everything", file: "production.yaml", change: func(spec map[string]any) {
			spec["region"] = "us-east-1"
			network := spec["network"].(map[string]any)
			network["availabilityZones"] = int64(4)
			network["firewall"] = map[string]any{}
			network["interfaceEndpoints"] = []any{"ecr.api", "ecr.dkr", "events", "kms", "lambda", "logs", "monitoring", "secretsmanager", "sns", "sqs", "ssm", "states"}
			spec["assets"] = map[string]any{"replica": map[string]any{"region": "us-west-2"}}
			database := spec["database"].(map[string]any)
			database["proxy"], database["backupPlan"] = map[string]any{}, map[string]any{}
		}},
	}
	p, err := start(ctx, nil, s.command)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	out := map[string]stack{}
	for _, c := range claims {
		u, err := claim(filepath.Join(o.examples, c.file), c.change)
		if err != nil {
			return nil, err
		}
		xr, err := composite(u)
		if err != nil {
			return nil, err
		}
		if out[c.name], err = settle(ctx, p, c.name, xr); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// with starts a function and stops it when f returns.
func with(ctx context.Context, s subject, first []byte, f func(p *process) error) error {
	p, err := start(ctx, first, s.command)
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	defer p.stop()
	return f(p)
}

// starts is the number of starts of which the cold start is the median.
const starts = 15

// coldStart returns the median time from the start of a function to its first
// response.
func coldStart(ctx context.Context, s subject, first []byte) (time.Duration, error) {
	var all []time.Duration
	for range starts {
		err := with(ctx, s, first, func(p *process) error {
			all = append(all, p.coldStart)
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// rest is the idle time before the memory at rest is measured.
const rest = 5 * time.Second

// compare measures all functions with one stack.
func compare(ctx context.Context, w io.Writer, o options, all []subject, st stack) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "function\tCPU a call\tratio\tp50\tp95\tp99\tanswers/s at 1\tat 8\tat 64\tMiB at rest\tafter load\tpeak at 64\tcold start\tanswer kB")
	base := time.Duration(0)
	type row struct {
		subject

		one, eight, many    figures
		atRest, after, peak float64
		coldStart           time.Duration
	}
	var rows []row
	for _, s := range all {
		r := row{subject: s}
		requests, err := st.atRest(s)
		if err != nil {
			return err
		}
		if r.coldStart, err = coldStart(ctx, s, requests[0]); err != nil {
			return err
		}
		err = with(ctx, s, requests[0], func(p *process) error {
			time.Sleep(rest)
			var errs [5]error
			r.atRest, _, errs[3] = p.memory()
			r.one, errs[0] = load(ctx, p, requests, 1, o.duration)
			r.eight, errs[1] = load(ctx, p, requests, 8, o.duration)
			r.many, errs[2] = load(ctx, p, requests, 64, o.duration)
			r.after, r.peak, errs[4] = p.memory()
			return errors.Join(errs[:]...)
		})
		if err != nil {
			return err
		}
		if s.name == floor {
			base = r.one.cpu
		}
		rows = append(rows, r)
	}
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%s\t%.2f\t%s\t%s\t%s\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%s\t%d\n", r.name, ms(r.one.cpu), ratio(r.one.cpu, base), ms(r.one.p50), ms(r.one.p95), ms(r.one.p99),
			r.one.perSecond, r.eight.perSecond, r.many.perSecond, r.atRest, r.after, r.peak, ms(r.coldStart), r.one.bytes/1000)
	}
	return t.Flush()
}

// change measures a stack that changes between calls, so that no cache helps.
func change(ctx context.Context, w io.Writer, o options, s subject, st stack) error {
	requests, err := st.restless(s)
	if err != nil {
		return err
	}
	return with(ctx, s, requests[0], func(p *process) error {
		f, err := load(ctx, p, requests, 1, o.duration)
		fmt.Fprintf(w, "\nThe same stack, of which something changes before every call: %s of CPU a call, p50 %s.\n", ms(f.cpu), ms(f.p50))
		return err
	})
}

// crowd measures many stacks on one replica.
func crowd(ctx context.Context, w io.Writer, o options, s subject, st stack) error {
	var requests [][]byte
	for n := range o.stacks {
		raw, err := st.renamed(n)
		if err != nil {
			return err
		}
		requests = append(requests, raw)
	}
	return with(ctx, s, requests[0], func(p *process) error {
		f, err := load(ctx, p, requests, 8, o.duration)
		resident, peak, errMemory := p.memory()
		fmt.Fprintf(w, "\n%d such stacks in turn, 8 calls in flight: %s of CPU a call, %.0f answers/s, %.0f MiB resident, %.0f at most.\n", o.stacks, ms(f.cpu), f.perSecond, resident, peak)
		return errors.Join(err, errMemory)
	})
}

// growth measures stacks of all sizes.
func growth(ctx context.Context, w io.Writer, o options, all []subject, stacks map[string]stack) error {
	sizes := slices.SortedFunc(maps.Values(stacks), func(a, b stack) int { return cmp.Compare(a.resources(), b.resources()) })
	var lines []line
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "\nCPU a call by number of resources:\n\n")
	fmt.Fprint(t, "function")
	for _, st := range sizes {
		fmt.Fprintf(t, "\t%d (%s)", st.resources(), st.name)
	}
	fmt.Fprintln(t)
	for _, s := range all {
		l := line{name: s.name}
		fmt.Fprint(t, s.name)
		for _, st := range sizes {
			requests, err := st.atRest(s)
			if err != nil {
				return err
			}
			err = with(ctx, s, requests[0], func(p *process) error {
				f, err := load(ctx, p, requests, 1, o.duration)
				l.points = append(l.points, point{x: float64(st.resources()), y: f.cpu.Seconds() * 1000})
				fmt.Fprintf(t, "\t%s", ms(f.cpu))
				return err
			})
			if err != nil {
				return err
			}
		}
		fmt.Fprintln(t)
		lines = append(lines, l)
	}
	if err := t.Flush(); err != nil || o.figure == "" {
		return err
	}
	return os.WriteFile(o.figure, []byte(plot("CPU a call (ms) by number of resources", lines)), 0o644)
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1000) }

// loadAverage returns the load average of the last one, five and fifteen minutes.
func loadAverage() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(raw))[:3], " ")
}
