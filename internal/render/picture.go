package render

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

//go:generate sh -c "go run ../.. render ../../examples/claim.yaml --converged --output svg >../../docs/architecture.svg"

// places is where each tier stands in the picture: visitors come in at the top, and
// what watches over all is below.
func places() [][]string {
	out := make([][]string, kit.RowWatch)
	for _, t := range tiers.All() {
		row := min(max(t.Row, kit.RowEdge), kit.RowWatch) - 1
		out[row] = append(out[row], t.Name)
	}
	return out
}

// Measures of the picture in pixels.
const (
	boxWidth, boxHeight = 216, 104
	gapX, gapY          = 34, 40
	margin              = 20
	// shownKinds is how many kinds a box names.
	shownKinds = 3
)

// printSVG prints a picture of the tiers: what each is made of, and which refers to
// which. It is light or dark as the reader's system is.
func printSVG(w io.Writer, s *stack) error {
	_, err := w.Write(picture(s))
	return err //nolint:wrapcheck // The caller says what failed.
}

// Picture is the picture of a stack that stands, as SVG.
func Picture(resources []Composed) []byte {
	s := &stack{}
	for _, r := range resources {
		s.resources = append(s.resources, resource{resourceName: r.Resource, object: &unstructured.Unstructured{Object: r.Object.AsMap()}})
	}
	return picture(s)
}

// box is a tier in the picture.
type box struct {
	x, y, resources int
	kinds           map[string]int
}

func picture(s *stack) []byte {
	boxes, lines := boxesOf(s), linesOf(s)
	width, height := 0, 0
	for _, b := range boxes {
		width, height = max(width, b.x+boxWidth+margin), max(height, b.y+boxHeight+margin)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%d resources in %d tiers" font-family="system-ui, sans-serif">`+"\n", width, height, len(s.resources), len(boxes))
	b.WriteString(pictureStyle)
	for _, l := range slices.SortedFunc(maps.Keys(lines), func(a, b line) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }) {
		drawLine(&b, l, lines[l], boxes)
	}
	for _, tier := range slices.Sorted(maps.Keys(boxes)) {
		drawBox(&b, tier, boxes[tier])
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

const pictureStyle = `<style>
.box { fill: #f4f6fb; stroke: #5b6b95; } .name { fill: #1c2540; font-weight: 600; } .kind { fill: #3d4866; } .line { stroke: #7d8bb3; fill: none; }
@media (prefers-color-scheme: dark) { .box { fill: #1c2338; stroke: #8c9cc9; } .name { fill: #f2f4fb; } .kind { fill: #c3cbe4; } .line { stroke: #6c7aa3; } }
</style>
`

// boxesOf is the tiers that the stack has. What Crossplane makes beside them, such
// as the connection Secret, is no tier.
func boxesOf(s *stack) map[string]*box {
	boxes := map[string]*box{}
	for row, names := range places() {
		for column, tier := range names {
			for _, r := range s.resources {
				if tierOf(r) != tier {
					continue
				}
				b := boxes[tier]
				if b == nil {
					b = &box{x: margin + column*(boxWidth+gapX), y: margin + row*(boxHeight+gapY), kinds: map[string]int{}}
					boxes[tier] = b
				}
				b.resources++
				b.kinds[r.group()+"/"+r.object.GetKind()]++
			}
		}
	}
	return boxes
}

func tierOf(r resource) string { return r.object.GetLabels()[desired.LabelTier] }

// line leads from a tier to one that it refers to.
type line struct{ from, to string }

// linesOf counts the references from tier to tier.
func linesOf(s *stack) map[line]int {
	g, lines, all := newGraph(s), map[line]int{}, tiers.All()
	known := func(name string) bool {
		return slices.ContainsFunc(all, func(t kit.Tier) bool { return t.Name == name })
	}
	for _, r := range s.resources {
		for _, u := range g.uses[r.resourceName] {
			l := line{tierOf(r), tierOf(g.resources[u.resourceName])}
			if known(l.from) && known(l.to) && l.from != l.to {
				lines[l]++
			}
		}
	}
	return lines
}

func drawLine(b *bytes.Buffer, l line, references int, boxes map[string]*box) {
	from, to := boxes[l.from], boxes[l.to]
	x1, y1, x2, y2 := from.x+boxWidth/2, from.y+boxHeight/2, to.x+boxWidth/2, to.y+boxHeight/2
	// Bent to the side, so that lines along a row or column show beside boxes.
	bendX, bendY := (x1+x2)/2+(y2-y1)/4, (y1+y2)/2-(x2-x1)/6
	fmt.Fprintf(b, `<path class="line" stroke-width="%.1f" d="M%d %d Q%d %d %d %d"><title>%s refers to %s: %d references</title></path>`+"\n",
		1+min(float64(references)/12, 3), x1, y1, bendX, bendY, x2, y2, l.from, l.to, references)
}

func drawBox(b *bytes.Buffer, tier string, of *box) {
	fmt.Fprintf(b, `<g><rect class="box" x="%d" y="%d" width="%d" height="%d" rx="10"/>`, of.x, of.y, boxWidth, boxHeight)
	fmt.Fprintf(b, `<text class="name" x="%d" y="%d" font-size="17">%s</text>`, of.x+14, of.y+27, tier)
	fmt.Fprintf(b, `<text class="kind" x="%d" y="%d" font-size="13" text-anchor="end">%d</text>`, of.x+boxWidth-14, of.y+27, of.resources)
	most := slices.SortedFunc(maps.Keys(of.kinds), func(a, c string) int { return cmp.Or(cmp.Compare(of.kinds[c], of.kinds[a]), cmp.Compare(a, c)) })
	for i, kind := range most[:min(len(most), shownKinds)] {
		text := kind
		if n := of.kinds[kind]; n > 1 {
			text = fmt.Sprintf("%d %s", n, kind)
		}
		fmt.Fprintf(b, `<text class="kind" x="%d" y="%d" font-size="13">%s</text>`, of.x+14, of.y+50+i*19, shortened(text))
	}
	b.WriteString("</g>\n")
}

// shortened is a text that fits into a box.
func shortened(text string) string {
	const most = 25
	if len(text) > most {
		return strings.TrimRight(text[:most-1], "-/ ") + "…"
	}
	return text
}
