//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// TestScale measures what stacks cost a control plane: until they are ready, and
// then at rest. It prints the figures of docs/operations.md, and a linear fit of
// each. SCALE lists the numbers of stacks, and without it, the test is skipped.
//
// The stacks are those of a large platform: with all guardrails, in a network and a
// SecureEcommerceAccount that they share.
func TestScale(t *testing.T) {
	var sizes []int
	for text := range strings.FieldsSeq(os.Getenv("SCALE")) {
		size, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("SCALE must be numbers of stacks: %v", err)
		}
		sizes = append(sizes, size)
	}
	if len(sizes) == 0 {
		t.Skip("SCALE is not set")
	}
	// The usual garbage collection, whose memory a platform must plan for.
	garbageCollection = nil
	c := newControlPlane(t, namespacedScope, crowded...)
	composition := c.compositionFor(t, "shared", nil)
	account := c.applyAccount(t, c.accountExample(t))
	account.awaitReadyFor(t, 4*patience)

	before := c.usage(t)
	t.Logf("control plane with an account and no stack: %s", before.memory())
	var at []usage
	made := 0
	for _, size := range sizes {
		births(t, c, composition, made, size)
		made = size
		at = append(at, c.rest(t, size, 2*time.Minute))
	}
	for _, line := range fitted(at) {
		t.Log(line)
	}
	// The same stacks with a longer interval.
	c.setInput(t, composition, map[string]any{"pollIntervalMinutes": int64(10)})
	time.Sleep(time.Minute) // Until each stack has received it.
	t.Log("with pollIntervalMinutes: 10")
	c.rest(t, made, 5*time.Minute)
}

// births creates stacks, and prints what that costs for each.
func births(t *testing.T, c *controlPlane, composition string, from, to int) {
	t.Helper()
	before, begin := c.usage(t), time.Now()
	var stacks []*stack
	for i := from; i < to; i++ {
		spec := map[string]any{"environment": "development", "network": map[string]any{"existing": playground}}
		c.compose(t, spec, composition)
		stacks = append(stacks, c.apply(t, "scale", fmt.Sprintf("shop-%03d", i), spec))
	}
	for _, s := range stacks {
		s.awaitReadyFor(t, 8*patience)
	}
	took := time.Since(begin)
	t.Logf("%d stacks of %d resources at once: all Ready after %.0f s; processor time of each stack: %s", to-from, len(stacks[0].resources(t)), took.Seconds(),
		c.usage(t).since(before, float64(to-from)))
}

// rest measures ready stacks for some time. The last reconciles after readiness do
// not count.
func (c *controlPlane) rest(t *testing.T, stacks int, window time.Duration) usage {
	t.Helper()
	time.Sleep(time.Minute)
	before := c.usage(t)
	time.Sleep(window)
	after := c.usage(t)
	t.Logf("%d stacks at rest: processor time of all in a minute: %s; %s", stacks, after.since(before, window.Minutes()), after.memory())
	out := after
	out.stacks, out.processor = stacks, map[string]float64{}
	for name, seconds := range after.processor {
		out.processor[name] = (seconds - before.processor[name]) / window.Seconds()
	}
	return out
}

// usage is what a control plane uses.
type usage struct {
	stacks int
	// processor contains the CPU time of each process in seconds, or CPUs for a
	// period, and resident its memory in MiB.
	processor, resident map[string]float64
	// database is the size of etcd's data in MiB.
	database float64
	// objects contains the number of objects in the API server: all, and events.
	objects, events float64
}

// usage returns the current usage.
func (c *controlPlane) usage(t *testing.T) usage {
	t.Helper()
	out := usage{processor: map[string]float64{}, resident: map[string]float64{}}
	for _, p := range []*process{c.etcd, c.api, c.kcm, c.core, c.function} {
		out.processor[p.name] = processorTime(t, p.cmd.Process.Pid)
		out.resident[p.name] = residentMemory(t, p.cmd.Process.Pid)
	}
	const mebibyte = 1 << 20
	for _, m := range c.metrics(t, "http://"+address(c.ports[0])+"/metrics", "etcd_mvcc_db_total_size_in_use_in_bytes") {
		out.database += m.GetGauge().GetValue() / mebibyte
	}
	for _, m := range c.metrics(t, "https://"+address(c.ports[2])+"/metrics", "apiserver_storage_objects") {
		out.objects += m.GetGauge().GetValue()
		if m.GetLabel()[0].GetValue() == "events" { // Its only label is the resource.
			out.events += m.GetGauge().GetValue()
		}
	}
	return out
}

// since describes the CPU time since an earlier usage, divided by a number.
func (u usage) since(before usage, by float64) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(u.processor)) {
		out = append(out, fmt.Sprintf("%s %.2f s", name, (u.processor[name]-before.processor[name])/by))
	}
	return strings.Join(out, ", ")
}

// memory describes the memory and the objects.
func (u usage) memory() string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(u.resident)) {
		out = append(out, fmt.Sprintf("%s %.0f MiB", name, u.resident[name]))
	}
	return fmt.Sprintf("memory: %s; etcd's data %.0f MiB; %.0f objects, of which %.0f events", strings.Join(out, ", "), u.database, u.objects, u.events)
}

// fitted describes how each figure grows with the number of stacks.
func fitted(at []usage) []string {
	figures := map[string]func(usage) float64{
		"etcd's data (MiB)": func(u usage) float64 { return u.database },
		"objects":           func(u usage) float64 { return u.objects },
	}
	for name := range at[0].processor {
		figures["CPUs of "+name] = func(u usage) float64 { return u.processor[name] }
		figures["memory of "+name+" (MiB)"] = func(u usage) float64 { return u.resident[name] }
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		var x, y []float64
		for _, u := range at {
			x, y = append(x, float64(u.stacks)), append(y, figures[name](u))
		}
		base, each, worst := line(x, y)
		out = append(out, fmt.Sprintf("%s: %.3f + %.4f for each stack, at most %.0f %% off; 10: %.2f, 100: %.2f, 1000: %.2f", name, base, each, worst,
			base+10*each, base+100*each, base+1000*each))
	}
	return out
}

// line returns the line with the least squares, and its largest deviation from a
// value in percent of the largest value.
func line(x, y []float64) (base, each, worst float64) { //nolint:nonamedreturns // Three numbers need names.
	n := float64(len(x))
	var sumX, sumY, sumXX, sumXY float64
	for i := range x {
		sumX, sumY, sumXX, sumXY = sumX+x[i], sumY+y[i], sumXX+x[i]*x[i], sumXY+x[i]*y[i]
	}
	if d := n*sumXX - sumX*sumX; d != 0 {
		each = (n*sumXY - sumX*sumY) / d
	}
	base = (sumY - each*sumX) / n
	for i := range x {
		worst = max(worst, 100*math.Abs(base+each*x[i]-y[i])/max(slices.Max(y), 1e-9))
	}
	return base, each, worst
}

// metrics returns the values of a gauge.
func (c *controlPlane) metrics(t *testing.T, url, name string) []*dto.Metric {
	t.Helper()
	body, err := c.read(url)
	if err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	if families[name] == nil {
		t.Fatalf("%s has no metric %s", url, name)
	}
	return families[name].GetMetric()
}

// processorTime returns the user and system time of a process in seconds
// (proc_pid_stat(5)).
func processorTime(t *testing.T, pid int) float64 {
	t.Helper()
	const ticks = 100 // USER_HZ per second.
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(raw[strings.LastIndex(string(raw), ")")+1:]))
	user, errUser := strconv.Atoi(fields[11])
	system, errSystem := strconv.Atoi(fields[12])
	if errUser != nil || errSystem != nil {
		t.Fatalf("%q is not what the kernel tells of a process", raw)
	}
	return float64(user+system) / ticks
}

// residentMemory returns the memory of a process in MiB (proc_pid_status(5)).
func residentMemory(t *testing.T, pid int) float64 {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(raw), "VmRSS:")
	text, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	kibibytes, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kibibytes / 1024
}
