package picture

import "strings"

// Font sizes in user units. The picture is 1120 units wide, so the smallest text is
// larger than 9 px at a width of 800 px.
const (
	nameSize   = 14
	detailSize = 13
	lineHeight = 16
)

// widths contains the widths of characters in hundredths of an em. They are those
// of DejaVu Sans, the widest of the fonts that systems use for system-ui.
var widths = charWidths(map[int]string{
	28: "ijl", 30: "|'I", 32: ".,:; ", 36: "-", 40: "()[]!tr", 34: "/\\", 36 + 3: "f", 46: "\"",
	53: "sz", 56: "ckvxy?*_J", 62: "abdeghnopqu", 64: "0123456789–TLFSE", 70: "ABCPRXYVZKU", 80: "DGHNOQ&~", 84: "w+=<>", 90: "M", 98: "mW@%",
})

func charWidths(by map[int]string) map[rune]int {
	out := map[rune]int{}
	for width, chars := range by {
		for _, c := range chars {
			out[c] = width
		}
	}
	return out
}

// textWidth returns the maximum width of a text.
func textWidth(s string, size int, bold bool) int {
	sum := 0
	for _, c := range s {
		w, ok := widths[c]
		if !ok {
			w = 100
		}
		sum += w
	}
	if bold {
		sum = sum * 114 / 100
	}
	return (sum*size + 99) / 100
}

// shortened shortens a text to a width, with an ellipsis.
func shortened(s string, size int, bold bool, width int) string {
	if textWidth(s, size, bold) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && textWidth(string(runes)+"…", size, bold) > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ,.-") + "…"
}

// wrapped splits a text into lines that fit a width, at words and parts of words.
// If there are too many lines, it shortens the last one.
func wrapped(s string, size int, bold bool, width, lines int) []string {
	var out []string
	for _, word := range strings.SplitAfter(s, " ") {
		for _, part := range strings.SplitAfter(word, "-") {
			last := len(out) - 1
			if last >= 0 && (textWidth(strings.TrimSpace(out[last]+part), size, bold) <= width || len(out) == lines) {
				out[last] += part
			} else {
				out = append(out, part)
			}
		}
	}
	for i, line := range out {
		out[i] = shortened(strings.TrimSpace(line), size, bold, width)
	}
	return out
}

// fitting returns the first of several texts that fits a width. If none does, it
// shortens the last one.
func fitting(width, size int, bold bool, ways ...string) string {
	for _, w := range ways {
		if textWidth(w, size, bold) <= width {
			return w
		}
	}
	return shortened(ways[len(ways)-1], size, bold, width)
}
