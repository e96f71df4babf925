package picture

import "strings"

// scene is what the picture is made of, with all places.
type scene struct {
	width, height int
	boxes         []box
	tiles         []tile
	arrows        []arrow
	labels        []label
	// aria is the accessible description of the picture.
	aria string
}

// rect is a rectangle.
type rect struct{ x, y, w, h int }

func (r rect) right() int  { return r.x + r.w }
func (r rect) bottom() int { return r.y + r.h }

// overlaps reports whether two rectangles overlap.
func (r rect) overlaps(o rect) bool {
	return r.x < o.right() && o.x < r.right() && r.y < o.bottom() && o.y < r.bottom()
}

// holds reports whether the rectangle contains another one.
func (r rect) holds(o rect) bool {
	return o.x >= r.x && o.right() <= r.right() && o.y >= r.y && o.bottom() <= r.bottom()
}

// grown returns a larger rectangle, with a margin on each side.
func (r rect) grown(by int) rect { return rect{r.x - by, r.y - by, r.w + 2*by, r.h + 2*by} }

// box is a container: the region, a subnet.
type box struct {
	rect

	// class is the CSS class.
	class string
	// card is the card that it represents. It is nil for a box that only groups
	// others.
	card *card
}

// tile is a card with its position: a symbol, and a text to its right or left.
type tile struct {
	rect

	card     *card
	mirrored bool
	texts    []label
}

// Dimensions of a tile.
const (
	icon       = 36
	iconGap    = 8
	tileHeight = 52
)

// symbol returns the area of the tile's symbol.
func (t tile) symbol() rect {
	if t.mirrored {
		return rect{t.right() - icon, t.y, icon, icon}
	}
	return rect{t.x, t.y, icon, icon}
}

// label is a text that starts or ends at x.
type label struct {
	x, y  int
	text  string
	size  int
	bold  bool
	class string
	end   bool
}

// bounds returns the maximum area of a label. y is its baseline.
func (l label) bounds() rect {
	w := textWidth(l.text, l.size, l.bold)
	x := l.x
	if l.end {
		x -= w
	}
	above, below := l.size*4/5+1, l.size/4
	return rect{x, l.y - above, w, above + below}
}

// point is a corner of an arrow.
type point struct{ x, y int }

// arrow is a flow with its position.
type arrow struct {
	points []point
	flow   flow
}

// segments returns the arrow's straight parts as rectangles without width.
func (a arrow) segments() []rect {
	var out []rect
	for i := 1; i < len(a.points); i++ {
		p, q := a.points[i-1], a.points[i]
		out = append(out, rect{min(p.x, q.x), min(p.y, q.y), max(p.x, q.x) - min(p.x, q.x), max(p.y, q.y) - min(p.y, q.y)})
	}
	return out
}

// newTile places a card. It shortens texts to the width.
func newTile(c *card, x, y, w int, mirrored bool) tile {
	t := tile{rect: rect{x, y, w, tileHeight}, card: c, mirrored: mirrored}
	at, room := x+icon+iconGap, w-icon-iconGap
	if mirrored {
		at = t.right() - icon - iconGap
	}
	names := wrapped(c.name, nameSize, true, room, 2)
	for i, n := range names {
		t.texts = append(t.texts, label{at, y + 14 + i*lineHeight, n, nameSize, true, "name", mirrored})
	}
	for _, line := range c.lines {
		if line == "" || len(t.texts) == 3 {
			continue
		}
		for _, part := range wrapped(line, detailSize, false, room, 3-len(t.texts)) {
			t.texts = append(t.texts, label{at, y + 14 + len(t.texts)*lineHeight, part, detailSize, false, "detail", mirrored})
		}
	}
	return t
}

// leastWidth is the width of a tile that holds the longest word of a card.
func leastWidth(c *card) int {
	out := 0
	for word := range strings.FieldsSeq(c.name) {
		out = max(out, textWidth(word, nameSize, true))
	}
	for _, line := range c.lines {
		for word := range strings.FieldsSeq(line) {
			out = max(out, textWidth(word, detailSize, false))
		}
	}
	return icon + iconGap + out
}
