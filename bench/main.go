// Command bench measures what composition functions cost, side by side: the
// same stacks, the same machine, one run.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"
)

// options are the command line.
type options struct {
	// function is the binary of ours.
	function string
	// others are further functions by name: each a binary that takes the flags of
	// a function of the SDK.
	others map[string]string
	// examples is the folder with claims.
	examples string
	// duration is how long each figure is measured.
	duration time.Duration
	// stacks is how many stacks share one replica where that is measured.
	stacks int
	// only is the beginning of the names of the functions to measure; all if empty.
	only string
	// figure is the file of the plot.
	figure string
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == "echo" {
		return serveEcho(args[1])
	}
	o := options{others: map[string]string{}}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.function, "function", "bin/function", "binary of our function")
	flags.StringVar(&o.examples, "examples", "examples", "folder with claims")
	flags.DurationVar(&o.duration, "for", 5*time.Second, "how long each figure is measured")
	flags.IntVar(&o.stacks, "stacks", 50, "how many stacks share a replica")
	flags.StringVar(&o.only, "only", "", "compare only functions whose names begin so, and measure nothing else")
	flags.StringVar(&o.figure, "figure", "", "file to plot the growth into, as SVG")
	flags.Func("with", "another function, name=binary; patch-and-transform and go-templating get input of the same stack", func(s string) error {
		name, binary, ok := strings.Cut(s, "=")
		if !ok {
			return fmt.Errorf("%q is not name=binary", s)
		}
		o.others[name] = binary
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return measureAll(ctx, o)
}
