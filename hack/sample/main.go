// Command sample prints sentences of the project's texts, so that a reader can judge
// how they are written.
//
//	sample [-n COUNT] [-seed SEED] [-root DIR]
//
// The kinds of texts get equal shares, because descriptions and controls would
// otherwise be most of the sample. A kind with too few sentences leaves the rest to
// the others. Within a kind, all sentences have the same chance. The same seed gives
// the same sample of the same texts.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
)

// sentence is a sentence and its first line in a file.
type sentence struct {
	file string
	line int
	text string
}

func main() {
	count := flag.Int("n", 40, "number of sentences")
	seed := flag.Uint64("seed", 1, "seed of the sample")
	root := flag.String("root", ".", "root of the repository")
	flag.Parse()
	if err := run(os.Stdout, *root, *count, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "sample:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, root string, count int, seed uint64) error {
	var kinds [][]sentence
	for _, read := range []func(root string) ([]sentence, error){pages, descriptions, rules, messages, catalog, examples} {
		found, err := read(root)
		if err != nil {
			return err
		}
		kinds = append(kinds, found)
	}
	var out bytes.Buffer
	for _, s := range draw(kinds, count, rand.New(rand.NewPCG(seed, seed))) {
		fmt.Fprintf(&out, "%s:%d: %s\n", s.file, s.line, s.text)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// draw takes one sentence of each kind in turn, until it has enough or none is left.
func draw(kinds [][]sentence, count int, random *rand.Rand) []sentence {
	for _, k := range kinds {
		random.Shuffle(len(k), func(i, j int) { k[i], k[j] = k[j], k[i] })
	}
	var out []sentence
	for turn := 0; len(out) < count; turn++ {
		before := len(out)
		for _, k := range kinds {
			if turn < len(k) && len(out) < count {
				out = append(out, k[turn])
			}
		}
		if len(out) == before {
			break
		}
	}
	return out
}
