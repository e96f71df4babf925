package picture

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// vpc places the gateways at the top, followed by a row of subnets for each part.
// The zones are columns through all rows.
func (l *layout) vpc(y int) int {
	if !l.m.hasNetwork() {
		return y
	}
	at := len(l.boxes)
	rowY := l.strip(y + titleH + 2)
	zonesY := rowY
	if len(l.m.zones) > 0 {
		rowY += 22
	}
	for _, row := range []func(int) int{l.firewallRow, l.publicRow, l.privateRow, l.dataRow} {
		rowY = row(rowY)
	}
	bottom := rowY - channel + pad
	var behind []box
	class := "vpc"
	if l.m.network != "" {
		class = "vpc existing"
	}
	behind = append(behind, box{rect: rect{vpcX, y, vpcWidth, bottom + pad - y}, class: class, card: l.m.card("vpc")})
	for i, zone := range l.m.zones {
		c := rect{l.columns[i].x, zonesY, l.columns[i].w, bottom - zonesY}
		behind = append(behind, box{rect: c, class: "zone"})
		l.labels = append(l.labels, label{x: c.x + pad, y: zonesY + 16, text: zoneTitle(zone, l.beside(i)), size: detailSize, bold: true, class: "title"})
	}
	l.boxes = slices.Insert(l.boxes, at, behind...)
	l.titleAt(behind[0].rect, l.networkTitle(), vpcX+pad)
	return bottom + pad
}

// beside returns the width for titles to the left of a NAT gateway's arrow.
func (l *layout) beside(column int) int {
	room := l.columns[column].w - 2*pad
	if l.lane > 0 {
		room -= icon/2 + 12
	}
	return room
}

// strip places cards in the VPC but outside its subnets: gateways and callers.
func (l *layout) strip(y int) int {
	cards := l.m.in(inStrip)
	if c := l.callers(); c != nil {
		cards = append(cards, c)
	}
	if len(cards) == 0 {
		return y
	}
	left := vpcX + 12
	if len(l.m.zones) == 0 {
		left += 186 // The title of the subnets below remains visible.
	}
	free := []rect{{left, y, l.spine - 24 - left, 0}, {l.spine + 24, y, laneX - 18 - l.spine - 24, 0}}
	if l.lane > 0 { // The arrow to the internet gateway passes here.
		free[0].w = l.lane - icon/2 - 120 - free[0].x
		free = append(free, rect{l.lane + 26, y, l.spine - 24 - l.lane - 26, 0})
	}
	if l.m.card("s3-endpoint") != nil {
		free[1].w -= 120
	}
	next, line := slices.Clone(free), y
	for _, c := range cards {
		switch c.key {
		case "internet-gateway":
			l.put(c, l.lane+icon/2-150, y, 150, true)
			continue
		case "s3-endpoint":
			l.put(c, laneX+icon/2-150, y, 150, true)
			continue
		}
		const w = 146
		fits := func(r rect) bool { return r.w >= w }
		i := slices.IndexFunc(next, fits)
		if i < 0 {
			line += tileHeight + 4
			next = slices.Clone(free)
			i = max(slices.IndexFunc(next, fits), 1)
		}
		l.put(c, next[i].x, line, w-4, false)
		next[i].x, next[i].w = next[i].x+w, next[i].w-w
	}
	return line + tileHeight + 26
}

// callers returns the card of other callers of the application. It is nil if there
// are none.
func (l *layout) callers() *card {
	i := slices.IndexFunc(l.m.flows, func(f flow) bool { return f.from == endCallers })
	if i < 0 {
		return nil
	}
	return &card{key: endCallers, name: "Own networks", look: look{neutral, glyphGlobe}, lines: []string{"allowed to call"}, existing: true, title: "Networks and security groups that the claim allows to call the application"}
}

// subnetRow places the subnets of a row, one for each zone, or a single box if the
// zones are unknown.
func (l *layout) subnetRow(r row, y, height int, below bool) {
	titleY := y
	if below {
		titleY = y + height - titleH
	}
	class := "subnet " + strings.ToLower(string(r))
	if len(l.m.zones) == 0 {
		c := rect{zonesX, y, zonesW, height}
		l.boxes = append(l.boxes, box{rect: c, class: class})
		l.labels = append(l.labels, label{x: zonesX + pad, y: titleY + 17, text: string(r) + " subnets (existing)", size: detailSize, bold: true, class: "title"})
		return
	}
	for i, zone := range l.m.zones {
		c := l.m.subnets[r][zone]
		if c == nil {
			continue
		}
		column := l.columns[i]
		l.boxes = append(l.boxes, box{rect: rect{column.x + 4, y, column.w - 8, height}, class: class, card: c})
		cidr := c.one("ec2/Subnet", "cidrBlock")
		room := l.beside(i) - 4
		if below {
			room = column.w - 2*pad - 8
		}
		title := fitting(room, detailSize, true, string(r)+" subnet "+cidr, string(r)+" "+cidr, cidr, string(r))
		l.labels = append(l.labels, label{x: column.x + 4 + pad, y: titleY + 17, text: title, size: detailSize, bold: true, class: "title"})
	}
}

// has reports whether a row has subnets.
func (l *layout) has(r row) bool { return len(l.m.subnets[r]) > 0 }

func (l *layout) firewallRow(y int) int {
	if !l.has(rowFirewall) {
		return y
	}
	return l.gateways(rowFirewall, y, func(i int) *card { return l.m.card("firewall" + strings.Repeat("+", i)) })
}

func (l *layout) publicRow(y int) int {
	if !l.has(rowPublic) {
		return y
	}
	return l.gateways(rowPublic, y, func(i int) *card { return l.m.card("nat:" + strconv.Itoa(i+1)) })
}

// gateways places a row with at most one card per zone, below the arrow to the
// internet.
func (l *layout) gateways(r row, y int, cardOf func(zone int) *card) int {
	empty := true
	for i, column := range l.columns {
		c := cardOf(i)
		if c == nil {
			continue
		}
		empty = false
		w := min(column.w-2*pad, 170)
		l.put(c, column.right()-pad-w, y+titleH+2, w, true)
	}
	height := titleH + 6
	if !empty {
		height = titleH + tileHeight + 4
	}
	l.subnetRow(r, y, height, false)
	return y + height + channel
}

// privateRow places the load balancer and other targets of the application, and the
// application below.
func (l *layout) privateRow(y int) int {
	upper, cards := l.m.in(inPrivate), l.m.in(inApp)
	if !l.has(rowPrivate) && len(upper)+len(cards) == 0 {
		return y
	}
	inner := y + titleH + 4
	if len(upper) > 0 {
		l.upper(upper, inner)
		inner += tileHeight + channel - 6
	}
	behind := len(l.boxes)
	if len(cards) > 0 {
		inner = l.application(cards, inner) + pad
	}
	above := slices.Clone(l.boxes[behind:])
	l.boxes = l.boxes[:behind]
	l.subnetRow(rowPrivate, y, inner-y, false)
	l.boxes = append(l.boxes, above...)
	return inner + channel
}

// upper places the load balancer below CloudFront, and the others where no arrow
// passes.
func (l *layout) upper(cards []*card, y int) {
	const w, from, to = 150, zonesX + 14, zonesX + zonesW - 10
	free := []rect{{l.spine + gutter/2 + 14, y, to - l.spine - gutter/2 - 14, 0}, {from, y, l.spine - 50 - from, 0}}
	if len(l.columns) == 1 {
		free[1].w = 170 // Arrows from other callers pass next to it.
	}
	if l.lane > 0 {
		free[1].w = l.lane - 20 - from
		free = append(free, rect{l.lane + 20, y, l.spine - 50 - l.lane - 20, 0})
	}
	for _, c := range cards {
		if c.key == "load-balancer" {
			l.put(c, l.spine-icon/2, y, tileWidth, false)
			free[0].x, free[0].w = free[0].x+tileWidth-20, free[0].w-tileWidth+20
			continue
		}
		i := max(slices.IndexFunc(free, func(r rect) bool { return r.w >= w }), 0)
		l.put(c, free[i].x, y, w, false)
		free[i].x, free[i].w = free[i].x+w+12, free[i].w-w-12
	}
}

// application places the group of services.
func (l *layout) application(cards []*card, y int) int {
	const x, w = zonesX + 12, zonesW - 24
	perLine := min(len(cards), 4)
	cell := (w - 2*pad) / perLine
	lines := (len(cards) + perLine - 1) / perLine
	l.group = rect{x, y, w, titleH + lines*(tileHeight+2) + 4}
	for i, c := range cards {
		l.put(c, x+pad+4+i%perLine*cell, y+titleH+2+i/perLine*(tileHeight+2), min(cell-10, 230), false)
	}
	l.boxes = append(l.boxes, box{rect: l.group, class: "app", card: l.m.card("app")})
	l.labels = append(l.labels, label{x: x + pad, y: y + 17, text: l.applicationTitle(), size: detailSize, bold: true, class: "title"})
	l.ends[endApp] = l.group
	return l.group.bottom()
}

// applicationTitle returns the title of the application's container.
func (l *layout) applicationTitle() string {
	parts := []string{}
	if c := l.m.card("app"); c != nil {
		if len(c.of("ecs/Cluster")) > 0 {
			parts = append(parts, "ECS on Fargate")
		}
		if len(c.of("ec2/SecurityGroup")) > 0 {
			parts = append(parts, "application security group")
		}
	}
	return cmp.Or(sentence(strings.Join(parts, ", ")), "Application")
}

// cell is a position in the grid of the database subnets.
type cell struct{ column, line, slot int }

// dataRow places databases, caches and search domains in their zones, if known.
func (l *layout) dataRow(y int) int {
	cards := l.m.in(inData)
	if !l.has(rowData) && len(cards) == 0 {
		return y
	}
	grid, places := l.cells(cards)
	lines, lower := 1, 0
	for _, c := range cards {
		p := places[c]
		lines = max(lines, p.line+1)
		if l.deep[c.key] = target(c) && p.line > 0 && c.key != "database"; l.deep[c.key] {
			lower = 20 // Its arrow and label end between the lines.
		}
	}
	for _, c := range cards {
		p := places[c]
		column := l.columns[p.column]
		slot := (column.w - 2*pad - 8) / grid.slots
		w := slot
		for next := p.slot + 1; next < grid.slots && !grid.taken[cell{p.column, p.line, next}]; next++ {
			w += slot // The space next to it is free.
		}
		l.put(c, column.x+pad+6+p.slot*slot, y+10+p.line*(tileHeight+8+lower), min(w-8, 240), false)
	}
	height := 10 + lines*(tileHeight+8) + (lines-1)*lower + titleH
	l.subnetRow(rowData, y, height, true)
	return y + height + channel
}

// cells finds a position for each card, starting with the targets of the
// application.
func (l *layout) cells(cards []*card) (*grid, map[*card]cell) {
	grid := newGrid(l.columns)
	places := map[*card]cell{}
	for _, c := range cards {
		if target(c) {
			places[c] = grid.take(l.zoneOf(c), c.key == "database" && l.m.card("proxy") != nil)
			if c.key == "proxy" { // The arrow to the database passes below it.
				grid.taken[cell{places[c].column, 1, places[c].slot}] = true
			}
		}
	}
	for _, c := range cards {
		if !target(c) {
			zone := l.zoneOf(c)
			if first := l.m.card(strings.TrimSuffix(c.key, "+")); first != c { // A copy is in another zone.
				zone = (places[first].column + 1) % len(l.columns)
			}
			places[c] = grid.takeAny(zone)
		}
	}
	return grid, places
}

// target reports whether the application calls a card. All others are copies.
func target(c *card) bool {
	return !strings.HasSuffix(c.key, "+") && !strings.HasPrefix(c.key, "instance:")
}

// zoneOf returns the column of a card, or the best one if its zone is unknown.
func (l *layout) zoneOf(c *card) int {
	if zone := c.one("rds/ClusterInstance", "availabilityZone"); zone != "" {
		return max(slices.Index(l.m.zones, zone), 0)
	}
	return 0
}

// grid contains the free positions of a row.
type grid struct {
	columns, slots int
	taken          map[cell]bool
}

func newGrid(columns []rect) *grid {
	return &grid{columns: len(columns), slots: min(max(columns[0].w/150, 1), 3), taken: map[cell]bool{}}
}

// take returns a position in the first line, where arrows end. If something is in
// front of it, it returns one in the line below and leaves the position above free.
func (g *grid) take(from int, deeper bool) cell {
	for i := range g.columns {
		for slot := range g.slots {
			at := cell{(from + i) % g.columns, 0, slot}
			if g.taken[at] {
				continue
			}
			g.taken[at] = true
			if deeper {
				at.line = 1
				g.taken[at] = true
			}
			return at
		}
	}
	return g.takeAny(from)
}

// takeAny returns a position in any line of a column.
func (g *grid) takeAny(column int) cell {
	for line := 0; ; line++ {
		for slot := range g.slots {
			if at := (cell{column, line, slot}); !g.taken[at] {
				g.taken[at] = true
				return at
			}
		}
	}
}
