package picture

import "slices"

// route draws every flow, and then finds a position for its label that covers
// nothing.
func (l *layout) route() {
	for _, f := range l.m.flows {
		if points := l.way(f); len(points) > 1 {
			l.arrows = append(l.arrows, arrow{points: points, flow: f})
		}
	}
	for _, a := range l.arrows {
		if a.flow.label != "" {
			l.place(a)
		}
	}
}

// way returns the corners of a flow's arrow. Each kind of target has its side of
// the picture, so that arrows to different kinds do not cross.
func (l *layout) way(f flow) []point {
	from, ok := l.ends[f.from]
	to, known := l.ends[f.to]
	if !ok || !known {
		return nil
	}
	switch {
	case f.from == "cdn":
		return l.fromEdge(f, from, to)
	case f.to == "dns":
		return l.toDNS(from, to)
	case f.from == endApp && f.to == "s3-endpoint":
		return []point{{l.group.right(), l.group.y + 14}, {laneX, l.group.y + 14}, {laneX, to.bottom()}}
	case f.from == endApp && f.to == endMessages:
		return l.outOf(l.group.y+34, to)
	case f.from == "s3-endpoint":
		return []point{{from.right(), middle(from).y}, {to.x, middle(from).y}}
	case f.from == endShop:
		x := columnX + 126
		return []point{{x, from.y}, {x, l.boxAround(to).bottom()}}
	case f.from == endCallers:
		return l.fromCallers(from)
	case f.to == endApp:
		return vertical(middle(from).x, from.bottom(), to.y)
	case f.from == endApp && to.y < l.group.y:
		return vertical(middle(to).x, l.group.y, to.bottom())
	case f.from == endApp && l.deep[f.to]:
		x, y := to.x-9, to.y-16
		return []point{{x, l.group.bottom()}, {x, y}, {middle(to).x, y}, {middle(to).x, to.y}}
	case f.from == endApp:
		return vertical(middle(to).x, l.group.bottom(), to.y)
	default:
		return between(from, to)
	}
}

func middle(r rect) point { return point{r.x + r.w/2, r.y + r.h/2} }

func vertical(x, from, to int) []point { return []point{{x, from}, {x, to}} }

// boxAround returns the innermost container of a position.
func (l *layout) boxAround(r rect) rect {
	out := rect{0, 0, width, 1 << 20}
	for _, b := range l.boxes {
		if b.holds(r) && out.holds(b.rect) {
			out = b.rect
		}
	}
	return out
}

// fromEdge returns the way down from CloudFront: on the spine into the VPC, or to
// the right in the channel below the edge.
func (l *layout) fromEdge(f flow, from, to rect) []point {
	const off = 9
	bus := l.bus
	switch {
	case f.to == "load-balancer":
		return []point{{l.spine, from.bottom()}, {l.spine, to.y}}
	case f.to == endApp && l.ends["load-balancer"].w == 0:
		return []point{{l.spine, from.bottom()}, {l.spine, to.y}}
	case f.to == endApp: // Next to the load balancer.
		x, y, down := l.spine-off, l.ends["load-balancer"].y-titleH-18, l.spine-icon/2-off
		if len(l.columns) < 3 {
			down = l.spine - 115 // With room for its label.
		}
		return []point{{x, from.bottom()}, {x, y}, {down, y}, {down, to.y}}
	case to.y < bus:
		x := middle(to).x
		return []point{{l.spine + off, from.bottom()}, {l.spine + off, bus}, {x, bus}, {x, l.boxAround(to).bottom()}}
	case f.to == endShop:
		x := columnX + 96
		return []point{{l.spine + off, from.bottom()}, {l.spine + off, bus}, {x, bus}, {x, to.y}}
	default:
		x := columnX - 16
		return []point{{l.spine + off, from.bottom()}, {l.spine + off, bus}, {x, bus}, {x, middle(to).y}, {to.x, middle(to).y}}
	}
}

// toDNS returns the way from the users past the edge to Route 53.
func (l *layout) toDNS(from, to rect) []point {
	y := from.bottom() + 24
	return []point{{from.right() - 8, from.bottom()}, {from.right() - 8, y}, {middle(to).x, y}, {middle(to).x, to.y}}
}

// outOf returns the way from the application out of the VPC to a container on the
// right.
func (l *layout) outOf(y int, to rect) []point {
	if y > to.y+8 && y < to.bottom()-8 {
		return []point{{l.group.right(), y}, {to.x, y}}
	}
	x, target := vpcX+vpcWidth+6, to.bottom()-16
	if y < to.y {
		target = to.y + 16
	}
	return []point{{l.group.right(), y}, {x, y}, {x, target}, {to.x, target}}
}

// fromCallers returns the way down between the zones to the application, around the
// load balancer.
func (l *layout) fromCallers(from rect) []point {
	if len(l.m.zones) == 0 {
		return vertical(middle(from).x, from.bottom(), l.group.y)
	}
	x, y := l.spine-14, from.y+tileHeight+12
	out := []point{{from.x - 6, middle(from).y}, {from.x - 6, y}, {x, y}}
	if balancer, ok := l.ends["load-balancer"]; ok {
		out = append(out, point{x, balancer.y - 10})
		x = balancer.x - 20
		out = append(out, point{x, balancer.y - 10})
	}
	out = append(out, point{x, l.group.y})
	out[0].x = from.x
	return out
}

// between returns the way from one symbol to another: a straight line if they are
// aligned, otherwise down and then sideways.
func between(from, to rect) []point {
	a, b := middle(from), middle(to)
	switch {
	case a.x == b.x && from.y > to.y:
		return vertical(a.x, from.y, to.bottom())
	case a.x == b.x:
		return vertical(a.x, from.bottom(), to.y)
	case from.y > to.y: // Up, sideways, and up again.
		y := from.y - titleH - 30
		return []point{{a.x, from.y}, {a.x, y}, {b.x + 10, y}, {b.x + 10, to.bottom()}}
	case b.x > a.x:
		return []point{{a.x, from.bottom()}, {a.x, b.y}, {to.x, b.y}}
	default:
		return []point{{a.x, from.bottom()}, {a.x, b.y}, {to.right(), b.y}}
	}
}

// place finds a position next to an arrow where its label covers no text, symbol,
// arrow or, if possible, border.
func (l *layout) place(a arrow) {
	for _, strict := range []bool{true, false} {
		for _, c := range candidates(a) {
			if l.free(c, strict) {
				l.labels = append(l.labels, c)
				return
			}
		}
	}
	// There is no room. The label is still in the tooltip.
}

// candidates returns positions for a label: on both sides of vertical parts, above
// and below horizontal parts, starting in the middle.
func candidates(a arrow) []label {
	w := textWidth(a.flow.label, detailSize, false)
	put := func(x, y int) label {
		return label{x: x, y: y, text: a.flow.label, size: detailSize, class: "flow"}
	}
	var out []label
	segments := a.segments()
	for k := range segments {
		s := segments[len(segments)-1-k]
		for _, share := range []int{50, 40, 60, 30, 70, 20, 80, 10, 90} {
			if s.w == 0 {
				y := s.y + s.h*share/100 + 5
				out = append(out, put(s.x+6, y), put(s.x-6-w, y), put(s.x+gutter/2+8, y))
			} else {
				x := s.x + s.w*share/100 - w/2
				out = append(out, put(x, s.y-6), put(x, s.y+16))
			}
		}
	}
	return out
}

// free reports whether a label fits at its position. If strict, it must not cross
// borders either.
func (l *layout) free(c label, strict bool) bool {
	r := c.bounds().grown(1)
	covered := func(o rect) bool { return o.overlaps(r) }
	margin := r.grown(3)
	crossed := func(b box) bool { return b.overlaps(margin) && !b.holds(margin) }
	return rect{0, 0, width, l.height}.holds(r) && !slices.ContainsFunc(l.solid(), covered) && (!strict || !slices.ContainsFunc(l.boxes, crossed))
}

// solid returns the areas that labels must not cover.
func (l *layout) solid() []rect {
	var out []rect
	for _, o := range l.labels {
		out = append(out, o.bounds())
	}
	for _, t := range l.tiles {
		out = append(out, t.symbol())
		for _, text := range t.texts {
			out = append(out, text.bounds())
		}
	}
	for _, a := range l.arrows {
		for _, s := range a.segments() {
			out = append(out, s.grown(2))
		}
	}
	return out
}
