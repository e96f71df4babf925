package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// minWords is the minimum length of a sentence that can be judged.
const minWords = 3

var (
	// markup is the marks of lists, quotations and headings at the beginning of a line.
	markup = regexp.MustCompile(`^\s*(?:[-*>]|#+|\d+\.)\s+(?:\[.\]\s+)?`)
	// word is a word, unlike a format verb or a number.
	word = regexp.MustCompile(`[A-Za-z]{2,}|\ba\b`)
	// comment is a comment in YAML, in its own line or behind a value.
	comment = regexp.MustCompile(`(?:^|\s)#\s(.*)$`)
)

// paragraph collects lines that belong together.
type paragraph struct {
	file string
	line int
	text strings.Builder
}

// add adds a line, which starts the paragraph if it is the first one.
func (p *paragraph) add(line int, text string) {
	if p.text.Len() == 0 {
		p.line = line
	} else {
		p.text.WriteByte('\n')
	}
	p.text.WriteString(text)
}

// end returns the sentences of the paragraph, and starts another one.
func (p *paragraph) end() []sentence {
	out := split(p.file, p.line, p.text.String())
	p.text.Reset()
	return out
}

// split returns the sentences of a text that begins in a line of a file. A sentence
// ends where a mark is followed by a space and the beginning of another sentence.
func split(file string, line int, text string) []sentence {
	var out []sentence
	begin := 0
	keep := func(end int) {
		if s := strings.Join(strings.Fields(text[begin:end]), " "); len(word.FindAllString(s, -1)) >= minWords {
			first := end - len(strings.TrimLeftFunc(text[begin:end], unicode.IsSpace))
			out = append(out, sentence{file, line + strings.Count(text[:first], "\n"), s})
		}
		begin = end
	}
	for i := 0; i+2 < len(text); i++ {
		next := rune(text[i+2])
		if strings.ContainsRune(".!?", rune(text[i])) && unicode.IsSpace(rune(text[i+1])) && (unicode.IsUpper(next) || next == '`' || next == '"') {
			keep(i + 1)
		}
	}
	keep(len(text))
	return out
}

// relative returns the path of a file in the repository.
func relative(root, file string) string {
	if r, err := filepath.Rel(root, file); err == nil {
		return filepath.ToSlash(r)
	}
	return file
}

// pages returns the sentences of the README and the documentation, without code and
// tables.
func pages(root string) ([]sentence, error) {
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		return nil, err
	}
	var out []sentence
	for _, file := range append([]string{filepath.Join(root, "README.md")}, files...) {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		out = append(out, page(relative(root, file), string(raw))...)
	}
	return out, nil
}

func page(file, text string) []sentence {
	var out []sentence
	p := paragraph{file: file}
	code := false
	for i, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		fence := strings.HasPrefix(trimmed, "```")
		if fence {
			code = !code
		}
		heading := strings.HasPrefix(line, "#")
		if fence || code || trimmed == "" || heading || strings.ContainsAny(trimmed[:1], "|<![") || markup.MatchString(line) {
			out = append(out, p.end()...)
		}
		if !fence && !code && !heading && trimmed != "" && !strings.ContainsAny(trimmed[:1], "|<!") {
			p.add(i+1, markup.ReplaceAllString(line, ""))
		}
	}
	return append(out, p.end()...)
}

// examples returns the sentences in comments of the examples.
func examples(root string) ([]sentence, error) {
	files, err := filepath.Glob(filepath.Join(root, "examples", "*.yaml"))
	if err != nil {
		return nil, err
	}
	var out []sentence
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		out = append(out, comments(relative(root, file), string(raw))...)
	}
	return out, nil
}

func comments(file, text string) []sentence {
	var out []sentence
	p := paragraph{file: file}
	for i, line := range strings.Split(text, "\n") {
		m := comment.FindStringSubmatch(line)
		if whole := strings.HasPrefix(strings.TrimSpace(line), "#"); m == nil || !whole {
			out = append(out, p.end()...)
		}
		if m != nil {
			p.add(i+1, m[1])
		}
	}
	return append(out, p.end()...)
}
