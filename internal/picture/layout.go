package picture

import (
	"fmt"
	"slices"
)

// Dimensions of the picture, in user units.
const (
	width     = 1120
	cloudX    = 12
	regionX   = 24
	vpcX      = 36
	vpcWidth  = 764
	zonesX    = 48
	zonesW    = 714
	laneX     = vpcX + vpcWidth - 21 // Between the zones and the right border of the VPC.
	columnX   = 888                  // Of cards outside the VPC.
	columnW   = 196
	replicaX  = 850
	titleH    = 24
	pad       = 8
	gutter    = 32
	channel   = 40 // Between parts, with room for arrows and labels.
	tileWidth = 164
)

// layout places a model's cards from top to bottom.
type layout struct {
	*scene

	m       *model
	columns []rect
	// spine is the x coordinate of CloudFront's arrow to the load balancer, and
	// lane that of the arrow to the internet.
	spine, lane int
	group       rect // The application.
	// ends contains the ends of flows. deep contains the cards whose arrow bypasses
	// others.
	ends map[string]rect
	deep map[string]bool
	// bus is the y coordinate of arrows from CloudFront to the right.
	bus int
}

func newScene(m *model) *scene {
	l := &layout{scene: &scene{width: width}, m: m, ends: map[string]rect{}, deep: map[string]bool{}}
	l.columns = columnsOf(len(m.zones))
	l.spine, l.lane = spineOf(l.columns), 0
	if m.card("internet-gateway") != nil {
		l.lane = l.columns[0].right() - pad - icon/2
	}
	y := l.top()
	y = l.edge(y)
	y = l.regions(y)
	y = l.bandAt(y)
	l.height = y + 12
	cloud := rect{cloudX, l.ends["cloud"].y, width - 2*cloudX, y - l.ends["cloud"].y}
	l.boxes = append([]box{{rect: cloud, class: "cloud"}}, l.boxes...)
	l.titleAt(cloud, "AWS Cloud", cloudX+pad)
	l.route()
	l.aria = l.says()
	return l.scene
}

// says describes the picture in a sentence.
func (l *layout) says() string {
	return fmt.Sprintf("Architecture on AWS: %d resources in %s, %s", len(l.m.objects), l.m.region, plural(max(len(l.m.zones), 1), "zone"))
}

// columnsOf returns the columns of zones, without heights. An existing network has
// a single column, because its zones are unknown.
func columnsOf(zones int) []rect {
	n := max(zones, 1)
	w := (zonesW - (n-1)*gutter) / n
	out := make([]rect, n)
	for i := range out {
		out[i] = rect{zonesX + i*(w+gutter), 0, w, 0}
	}
	return out
}

// spineOf returns the center between the zones.
func spineOf(columns []rect) int {
	if len(columns) == 1 {
		return zonesX + zonesW/2
	}
	return columns[(len(columns)+1)/2-1].right() + gutter/2
}

// put adds a tile.
func (l *layout) put(c *card, x, y, w int, mirrored bool) {
	t := newTile(c, x, y, w, mirrored)
	l.tiles = append(l.tiles, t)
	l.ends[c.key] = t.symbol()
}

// titleAt adds a container's title: at x, or right of the way to the internet if that
// runs through it, which it does from the top to the application.
func (l *layout) titleAt(r rect, title string, x int) {
	w := textWidth(title, detailSize, true)
	above := l.group.h == 0 || r.y < l.group.bottom()
	if l.lane > 0 && above && r.x < l.lane && r.right() > l.lane && x < l.lane && x+w > l.lane-10 {
		x = l.lane + 12
	}
	l.labels = append(l.labels, label{x: x, y: r.y + 17, text: shortened(title, detailSize, true, r.right()-x-4), size: detailSize, bold: true, class: "title"})
}

// container adds a box with a title.
func (l *layout) container(r rect, class, title string, c *card) {
	l.boxes = append(l.boxes, box{rect: r, class: class, card: c})
	l.titleAt(r, title, r.x+pad)
}

// top places callers on the internet, and the internet destinations of the stack.
func (l *layout) top() int {
	const y = 14
	if l.m.card("cdn") != nil {
		l.put(&card{key: endUsers, name: "Users", look: look{neutral, glyphUsers}, lines: []string{"browsers and apps"}, title: "Users: browsers and apps"}, l.spine-icon/2, y, 200, false)
	}
	if l.lane > 0 {
		l.put(&card{key: endInternet, name: "Internet", look: look{neutral, glyphGlobe}, lines: []string{"registries, APIs"}, title: "Internet: what the stack calls"}, l.lane+icon/2-tileWidth, y, tileWidth, true)
	}
	l.ends["cloud"] = rect{y: y + tileHeight + 30}
	return y + tileHeight + 30 + titleH + 4
}

// edge places the services in AWS's edge locations, and the other region to their
// right.
func (l *layout) edge(y int) int {
	cards := l.m.in(inEdge)
	copies := l.m.in(inReplica)
	right := width - 26
	if len(copies) > 0 {
		right = replicaX - 12
	}
	x := l.spine - icon/2 - 10
	height := 0
	if len(cards) > 0 {
		var w int
		w, height = l.edgeTiles(cards, x+10, y+titleH+2, right-x-10)
		height += titleH + pad
		r := rect{x, y, w + 10, height}
		l.boxes = append(l.boxes, box{rect: r, class: "edge"})
		l.titleAt(r, "Edge locations", l.spine+icon/2+iconGap)
	}
	if len(copies) > 0 {
		height = max(height, titleH+len(copies)*(tileHeight+6)+pad)
		l.container(rect{replicaX, y, width - 26 - replicaX, height}, "region", "Region "+l.m.other, nil)
		for i, c := range copies {
			l.put(c, replicaX+pad+2, y+titleH+2+i*(tileHeight+6), width-26-replicaX-2*pad, false)
		}
	}
	if len(cards) == 0 && len(copies) == 0 {
		return y
	}
	return y + height + channel
}

// edgeTiles places WAF and CloudFront on the spine, and the other cards to their
// right. It returns the height.
func (l *layout) edgeTiles(cards []*card, x, y, room int) (int, int) {
	var spine, others []*card
	for _, c := range cards {
		if c.key == "waf" || c.key == "cdn" {
			spine = append(spine, c)
		} else {
			others = append(others, c)
		}
	}
	columns := 1 + min(len(others), 1)
	w := min(room/columns, 230)
	for column, of := range [][]*card{spine, others} {
		for line, c := range of {
			l.put(c, x+column*w, y+line*(tileHeight+12), w-8, false)
		}
	}
	return columns * w, max(len(spine), len(others))*(tileHeight+12) - 12
}

// regions places the region with the VPC on the left and its other parts on the
// right.
func (l *layout) regions(y int) int {
	l.bus = y - 12
	inner := y + titleH + 2
	bottom := max(l.vpc(inner), l.outside(inner)) + 12
	region := rect{regionX, y, width - 2*regionX, bottom - y}
	l.boxes = append([]box{{rect: region, class: "region"}}, l.boxes...)
	l.titleAt(region, "Region "+l.m.region, regionX+pad)
	return bottom + 12
}

// outside places cards in the region but outside the VPC.
func (l *layout) outside(y int) int {
	for _, p := range []place{inShop, inMessages, inServices, inRecords} {
		cards := l.m.in(p)
		if len(cards) == 0 {
			continue
		}
		h := titleH + len(cards)*(tileHeight+4) + 4
		r := rect{columnX, y, columnW, h}
		l.container(r, "group", string(p), nil)
		for i, c := range cards {
			l.put(c, columnX+pad+2, y+titleH+2+i*(tileHeight+4), columnW-2*pad-2, false)
		}
		if end := map[place]string{inShop: endShop, inMessages: endMessages}[p]; end != "" {
			l.ends[end] = r
		}
		y += h + 12
	}
	return y - 12
}

// bandAt places the cards of monitoring and compliance, in groups.
func (l *layout) bandAt(y int) int {
	var groups []place
	total := 0
	for _, p := range band {
		if n := len(l.m.in(p)); n > 0 {
			groups, total = append(groups, p), total+n
		}
	}
	for _, line := range bandLines(l.m, groups, total) {
		y = l.bandLine(line, y)
	}
	return y
}

// bandPerLine is the maximum number of cards in a line of the band.
const bandPerLine = 7

// bandLines splits groups into as few lines as possible, with about the same number
// of cards each.
func bandLines(m *model, groups []place, total int) [][]place {
	lines := max((total+bandPerLine-1)/bandPerLine, 1)
	for share := (total + lines - 1) / lines; ; share++ {
		out, room := [][]place{}, 0
		for _, g := range groups {
			n := len(m.in(g))
			if n > room {
				out, room = append(out, nil), max(share, n)
			}
			out[len(out)-1] = append(out[len(out)-1], g)
			room -= n
		}
		if len(out) <= lines || share >= bandPerLine {
			return out
		}
	}
}

// bandLine puts groups next to each other. Each card has the width that its longest word
// needs, and an equal share of what the line leaves.
func (l *layout) bandLine(groups []place, y int) int {
	const gap, widest = 10, 230
	spare, n := width-2*regionX-(len(groups)-1)*gap-len(groups)*2*pad, 0
	for _, g := range groups {
		for _, c := range l.m.in(g) {
			spare, n = spare-leastWidth(c), n+1
		}
	}
	x, height := regionX, titleH+tileHeight+6
	for _, g := range groups {
		cards, from := l.m.in(g), x
		x += pad
		for _, c := range cards {
			w := min(leastWidth(c)+spare/n, widest)
			l.put(c, x, y+titleH+2, w-2, false)
			x += w
		}
		x += pad
		l.container(rect{from, y, x - from, height}, "band", string(g), nil)
		x += gap
	}
	return y + height + 10
}

// networkTitle returns the title of the VPC.
func (l *layout) networkTitle() string {
	if c := l.m.card("vpc"); c != nil {
		return "VPC " + c.one("ec2/VPC", "cidrBlock")
	}
	return "VPC " + l.m.network + " (existing)"
}

// zoneTitle returns the longest title of a zone that fits.
func zoneTitle(zone string, room int) string {
	return fitting(room, detailSize, true, "Availability Zone "+zone, "Zone "+zone, zone)
}

// hasNetwork reports whether the stack has resources in a VPC.
func (m *model) hasNetwork() bool {
	return m.card("vpc") != nil || m.network != "" || slices.ContainsFunc(m.cards, func(c *card) bool {
		return c.at == inData || c.at == inApp || c.at == inPrivate
	})
}
