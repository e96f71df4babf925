// Package docs reads the commands and the YAML of the documentation, so that
// tests can try them.
package docs

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A Command is one command of a shell block.
type Command struct {
	// File is the page, relative to the repository, and Heading the last one before
	// the command.
	File, Heading string
	// Line is the command on one line, without here-documents, loop bodies and
	// comments.
	Line string
	// Script is the command as the page shows it.
	Script string
}

// BeginsLike reports whether the command begins like one of the reasons' keys.
func (c Command) BeginsLike(reasons map[string]string) bool {
	for begin := range reasons {
		if strings.HasPrefix(c.Line, begin) {
			return true
		}
	}
	return false
}

// Pages returns the pages that have commands, relative to the repository at root.
func Pages(root string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		return nil, fmt.Errorf("cannot list the pages: %w", err)
	}
	out := []string{"README.md", "CONTRIBUTING.md", "bench/README.md"}
	for _, f := range files {
		out = append(out, "docs/"+filepath.Base(f))
	}
	return out, nil
}

// Commands returns the commands of all pages, in their order.
func Commands(root string) ([]Command, error) {
	blocks, err := Blocks(root, "shell")
	if err != nil {
		return nil, err
	}
	var out []Command
	for _, b := range blocks {
		out = append(out, b.commands()...)
	}
	return out, nil
}

var (
	comment  = regexp.MustCompile(`\s+#.*$`)
	document = regexp.MustCompile(`<<(\w+)`)
)

// A Block is a fenced block of a page.
type Block struct {
	// File is the page, relative to the repository, and Heading the last one before
	// the block.
	File, Heading string
	// Lines are those of the block, without the indentation of its fence.
	Lines []string
}

// Blocks returns the blocks of a language in all pages, in their order.
func Blocks(root, language string) ([]Block, error) {
	files, err := Pages(root)
	if err != nil {
		return nil, err
	}
	var out []Block
	for _, f := range files {
		raw, err := fs.ReadFile(os.DirFS(root), f)
		if err != nil {
			return nil, fmt.Errorf("cannot read a page: %w", err)
		}
		for _, b := range parse(string(raw), language) {
			b.File = f
			out = append(out, b)
		}
	}
	return out, nil
}

// parse returns the blocks of a page.
func parse(page, language string) []Block {
	var out []Block
	heading, indent, wanted, code := "", "", false, false
	for line := range strings.SplitSeq(page, "\n") {
		text := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(text, "```"):
			indent, _, _ = strings.Cut(line, "```")
			wanted, code = !code && text == "```"+language, !code
			if wanted {
				out = append(out, Block{Heading: heading})
			}
		case !code && strings.HasPrefix(text, "#"):
			heading = strings.TrimLeft(text, "# ")
		case wanted:
			last := &out[len(out)-1]
			last.Lines = append(last.Lines, strings.TrimPrefix(line, indent))
		}
	}
	return out
}

// commands returns the commands of a shell block.
func (b Block) commands() []Command {
	var out []Command
	for i := 0; i < len(b.Lines); i++ {
		text := strings.TrimSpace(b.Lines[i])
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		script := b.Lines[i : i+length(b.Lines[i:])]
		out = append(out, Command{File: b.File, Heading: b.Heading, Line: joined(script), Script: strings.Join(script, "\n")})
		i += len(script) - 1
	}
	return out
}

// length is how many lines the command takes that the first line begins.
func length(lines []string) int {
	end := ""
	if m := document.FindStringSubmatch(lines[0]); m != nil {
		end = m[1]
	} else if strings.HasPrefix(strings.TrimSpace(lines[0]), "for ") {
		end = "done"
	}
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if end == "" && !strings.HasSuffix(line, `\`) || end != "" && line == end {
			return i + 1
		}
	}
	return len(lines)
}

// joined is a command on one line: what follows a backslash belongs to it, a
// here-document and the body of a loop do not.
func joined(script []string) string {
	var out []string
	for _, line := range script {
		line = comment.ReplaceAllString(strings.TrimSpace(line), "")
		rest, more := strings.CutSuffix(line, `\`)
		out = append(out, strings.TrimSpace(rest))
		if !more {
			break
		}
	}
	return strings.Join(out, " ")
}
