package main

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// figures are the results of many calls.
type figures struct {
	calls         int
	p50, p95, p99 time.Duration
	// perSecond is the number of calls per second.
	perSecond float64
	// cpu is the server's processor time per call.
	cpu time.Duration
	// bytes is the size of a response.
	bytes int
}

// load calls a function for some time: with many concurrent requests, and
// sequentially.
func load(ctx context.Context, p *process, requests [][]byte, inFlight int, duration time.Duration) (figures, error) {
	const warmUp = 4
	var f figures
	for i := range warmUp * len(requests) {
		answer, err := p.call(ctx, requests[i%len(requests)])
		if err != nil {
			return f, err
		}
		f.bytes = len(answer)
	}
	before, err := p.cpu()
	if err != nil {
		return f, err
	}
	var (
		next  atomic.Int64
		wait  sync.WaitGroup
		mu    sync.Mutex
		took  []time.Duration
		first error
	)
	begin := time.Now()
	for range inFlight {
		wait.Go(func() {
			for time.Since(begin) < duration {
				start := time.Now()
				_, err := p.call(ctx, requests[int(next.Add(1))%len(requests)])
				mu.Lock()
				took = append(took, time.Since(start))
				if err != nil {
					first = err
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	total := time.Since(begin)
	if first != nil {
		return f, first
	}
	after, err := p.cpu()
	if err != nil {
		return f, err
	}
	slices.Sort(took)
	at := func(share float64) time.Duration { return took[min(len(took)-1, int(share*float64(len(took))))] }
	f.calls, f.p50, f.p95, f.p99 = len(took), at(0.5), at(0.95), at(0.99)
	f.perSecond = float64(len(took)) / total.Seconds()
	f.cpu = (after - before) / time.Duration(len(took))
	return f, nil
}
