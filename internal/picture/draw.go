package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// draw writes a scene as SVG: containers from the outside in, then arrows, then
// tiles and texts.
func draw(s *scene) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg class="architecture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">`+"\n", s.width, s.height, escaped(s.aria))
	b.WriteString(style())
	b.WriteString(`<marker id="architecture-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 .5 7.5 4 0 7.500z"/></marker>` + "\n")
	fmt.Fprintf(&b, `<rect class="page" width="%d" height="%d"/>`+"\n", s.width, s.height)
	for _, x := range s.boxes {
		drawBox(&b, x)
	}
	for _, a := range s.arrows {
		drawArrow(&b, a)
	}
	for _, t := range s.tiles {
		drawTile(&b, t)
	}
	for _, l := range s.labels {
		drawLabel(&b, l)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func drawBox(b *bytes.Buffer, x box) {
	rounded := 8
	if strings.HasPrefix(x.class, "subnet") || x.class == "zone" {
		rounded = 4
	}
	shape := fmt.Sprintf(`<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="%d"/>`, x.class, x.x, x.y, x.w, x.h, rounded)
	if x.card == nil {
		b.WriteString(shape + "\n")
		return
	}
	fmt.Fprintf(b, `<g%s>%s</g>`+"\n", resourcesOf(x.card), title(x.card)+shape)
}

// resourcesOf returns attributes with the names of a card's resources for the
// portal, and makes the card reachable with the keyboard.
func resourcesOf(c *card) string {
	if len(c.objects) == 0 {
		return ""
	}
	return fmt.Sprintf(` tabindex="0" data-resources="%s"`, escaped(strings.Join(c.resources(), " ")))
}

// title returns the tooltip of a card: its name, and its resources by kind.
func title(c *card) string {
	says := c.title
	if says == "" {
		says = strings.Join(append([]string{c.name}, c.lines...), ", ")
		if c.existing && !strings.Contains(says, "existing") {
			says += ", existing"
		}
	}
	counts := map[string]int{}
	for _, o := range c.objects {
		counts[o.kind]++
	}
	lines := []string{says}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		lines = append(lines, fmt.Sprintf("%d × %s", counts[kind], kind))
	}
	return "<title>" + escaped(strings.Join(lines, "\n")) + "</title>"
}

func drawTile(b *bytes.Buffer, t tile) {
	classes := "tile"
	switch {
	case t.card.existing:
		classes += " used"
	case strings.HasSuffix(t.card.key, "+"):
		classes += " copy"
	}
	fmt.Fprintf(b, `<g class="%s"%s>%s`, classes, resourcesOf(t.card), title(t.card))
	fmt.Fprintf(b, `<rect class="hit" x="%d" y="%d" width="%d" height="%d" rx="6"/>`, t.x-4, t.y-4, t.w+6, t.h)
	s := t.symbol()
	fmt.Fprintf(b, `<rect class="icon %s" x="%d" y="%d" width="%d" height="%d" rx="7"/>`, classOf(t.card.look.category), s.x, s.y, s.w, s.h)
	fmt.Fprintf(b, `<path class="glyph" transform="translate(%d %d)" d="%s"/>`, s.x+6, s.y+6, t.card.look.glyph)
	for _, l := range t.texts {
		drawLabel(b, l)
	}
	b.WriteString("</g>\n")
}

// classOf returns the CSS class of a category. The containers have classes of the
// same name.
func classOf(c category) string {
	if c == database {
		return "data"
	}
	return string(c)
}

func drawLabel(b *bytes.Buffer, l label) {
	anchor := ""
	if l.end {
		anchor = ` text-anchor="end"`
	}
	fmt.Fprintf(b, `<text class="%s" x="%d" y="%d" font-size="%d"%s>%s</text>`, l.class, l.x, l.y, l.size, anchor, escaped(l.text))
	b.WriteString("\n")
}

func drawArrow(b *bytes.Buffer, a arrow) {
	corners := make([]string, 0, len(a.points))
	for _, p := range a.points {
		corners = append(corners, fmt.Sprintf("%d %d", p.x, p.y))
	}
	path := "M" + strings.Join(corners, "L")
	says := strings.TrimSpace(a.flow.label + " from " + endTitle(a.flow.from) + " to " + endTitle(a.flow.to))
	fmt.Fprintf(b, `<path class="arrow" marker-end="url(#architecture-head)" d="%s"><title>%s</title></path>`+"\n", path, escaped(says))
}

// endTitle describes the end of an arrow.
func endTitle(key string) string {
	switch key {
	case endApp:
		return "the application"
	case endUsers, endInternet, endShop, endMessages, endCallers:
		return key
	}
	_, d := defined(key)
	_, own, _ := strings.Cut(key, ":")
	return strings.TrimSpace(d.name + " " + own)
}

// escaped escapes a text for XML.
func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) //nolint:errcheck // Writes to a buffer never fail.
	return b.String()
}
