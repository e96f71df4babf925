//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestWholeLoop measures the cost of the whole control plane, including the
// function: many claims until they are ready, and then at rest. It is for
// docs/performance.md, takes ten minutes, and runs only if LOOP is set.
func TestWholeLoop(t *testing.T) {
	if os.Getenv("LOOP") == "" {
		t.Skip("LOOP is not set")
	}
	machine.Lock()
	defer machine.Unlock()
	c := newControlPlane(t, clusterScope, crowded...)
	c.configurePlatform(t)
	stand := 0
	for _, claims := range []int{1, 10, 50} {
		begin, before := time.Now(), c.cpu(t)
		var stacks []*stack
		for i := range claims {
			stacks = append(stacks, c.apply(t, fmt.Sprintf("loop-%d", claims), fmt.Sprintf("shop-%02d", i), lean(map[string]any{
				"environment": "development", "network": map[string]any{"existing": playground},
			})))
		}
		var created, ready []float64
		for _, s := range stacks {
			ready = append(ready, s.awaitReadyFor(t, 4*patience).Seconds())
			created = append(created, c.provider.lastSeen(s.resources(t)).Sub(s.begin).Seconds())
		}
		t.Logf("%d claims, %d resources: all created %.1f s, all Ready %.1f s; processor time %s", claims, claims*len(stacks[0].resources(t)),
			slices.Max(created), slices.Max(ready), shares(before, c.cpu(t), time.Since(begin)))
		stand += claims
		// The last reconciles after readiness do not count as rest.
		time.Sleep(time.Minute)
		begin, before = time.Now(), c.cpu(t)
		time.Sleep(2 * time.Minute)
		t.Logf("%d stacks at rest for two minutes: processor time %s", stand, shares(before, c.cpu(t), time.Since(begin)))
	}
}

// cpu returns the CPU time in seconds of each process.
func (c *controlPlane) cpu(t *testing.T) map[string]float64 {
	t.Helper()
	out := map[string]float64{"provider, simulated": processorTime(t, os.Getpid())}
	for _, p := range []*process{c.etcd, c.api, c.kcm, c.core, c.function} {
		out[p.name] = processorTime(t, p.cmd.Process.Pid)
	}
	return out
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

// shares describes the CPU time of each process between two moments.
func shares(before, after map[string]float64, elapsed time.Duration) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(after)) {
		out = append(out, fmt.Sprintf("%s %.2f s", name, after[name]-before[name]))
	}
	return strings.Join(out, ", ") + fmt.Sprintf("; %.1f s elapsed", elapsed.Seconds())
}
