// Command bench compares the cost of composition functions: with the same stacks,
// on the same machine, in one run.
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

// options are the command-line flags.
type options struct {
	// function is the path of our binary.
	function string
	// others contains other functions by name: binaries with the flags of SDK
	// functions.
	others map[string]string
	// examples is the directory of claims.
	examples string
	// duration of each measurement.
	duration time.Duration
	// stacks is the number of stacks that share one replica.
	stacks int
	// only is a prefix of the names of functions to measure. If empty, all are
	// measured.
	only string
	// figure is the plot's file name.
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
	flags.StringVar(&o.function, "function", "bin/function", "binary of this function")
	flags.StringVar(&o.examples, "examples", "examples", "directory with claims")
	flags.DurationVar(&o.duration, "for", 5*time.Second, "duration of each measurement")
	flags.IntVar(&o.stacks, "stacks", 50, "number of stacks that share a replica")
	flags.StringVar(&o.only, "only", "", "compare only functions whose names start with this prefix, without other measurements")
	flags.StringVar(&o.figure, "figure", "", "SVG file for the plot of growth")
	flags.Func("with", "another function, as name=binary; patch-and-transform and go-templating receive input for the same stack", func(s string) error {
		name, binary, ok := strings.Cut(s, "=")
		if !ok {
			return fmt.Errorf("%q does not have the form name=binary", s)
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
