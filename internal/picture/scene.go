package picture

import "strings"

// scene is what the picture is made of, with all places.
type scene struct {
	width, height int
	boxes         []box
	tiles         []tile
	arrows        []arrow
	labels        []label
	// aria says what the picture is.
	aria string
}

// rect is a rectangle.
type rect struct{ x, y, w, h int }

func (r rect) right() int  { return r.x + r.w }
func (r rect) bottom() int { return r.y + r.h }

// overlaps reports whether two rectangles have an area in common.
func (r rect) overlaps(o rect) bool {
	return r.x < o.right() && o.x < r.right() && r.y < o.bottom() && o.y < r.bottom()
}

// holds reports whether another rectangle is within this one.
func (r rect) holds(o rect) bool {
	return o.x >= r.x && o.right() <= r.right() && o.y >= r.y && o.bottom() <= r.bottom()
}

// grown is a rectangle with more on each side.
func (r rect) grown(by int) rect { return rect{r.x - by, r.y - by, r.w + 2*by, r.h + 2*by} }

// box is a container: the region, a subnet.
type box struct {
	rect

	// class is how it is drawn.
	class string
	// card is what it stands for, nil of one that only groups.
	card *card
}

// tile is a card at its place: a symbol and the text to its right, or to its left.
type tile struct {
	rect

	card     *card
	mirrored bool
	texts    []label
}

// Measures of a tile.
const (
	icon       = 36
	iconGap    = 8
	tileHeight = 52
)

// symbol is where the tile's symbol stands.
func (t tile) symbol() rect {
	if t.mirrored {
		return rect{t.right() - icon, t.y, icon, icon}
	}
	return rect{t.x, t.y, icon, icon}
}

// label is a text. It starts at x, or ends there.
type label struct {
	x, y  int
	text  string
	size  int
	bold  bool
	class string
	end   bool
}

// bounds is what a label covers at most: y is its base line, with letters above it and
// their tails below.
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

// arrow is a flow at its place.
type arrow struct {
	points []point
	flow   flow
}

// segments are the arrow's straight parts as rectangles without a width.
func (a arrow) segments() []rect {
	var out []rect
	for i := 1; i < len(a.points); i++ {
		p, q := a.points[i-1], a.points[i]
		out = append(out, rect{min(p.x, q.x), min(p.y, q.y), max(p.x, q.x) - min(p.x, q.x), max(p.y, q.y) - min(p.y, q.y)})
	}
	return out
}

// newTile puts a card at a place. Texts are as long as the width allows.
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
