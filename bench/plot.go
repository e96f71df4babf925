package main

import (
	"fmt"
	"strings"
)

// line contains the figures of one function.
type line struct {
	name   string
	points []point
}

type point struct{ x, y float64 }

// Line colors, distinct also for people with color blindness.
var colours = []string{"#0072b2", "#56b4e9", "#d55e00", "#009e73", "#cc79a7"}

// plot draws lines as an SVG. Both axes start at zero, so that linear growth looks
// linear.
func plot(title string, lines []line) string {
	const width, height, left, bottom, top, right = 640.0, 360.0, 50.0, 40.0, 40.0, 20.0
	most := point{}
	for _, l := range lines {
		for _, p := range l.points {
			most.x, most.y = max(most.x, p.x*1.05), max(most.y, p.y*1.1)
		}
	}
	at := func(p point) (float64, float64) {
		return left + p.x/most.x*(width-left-right), height - bottom - p.y/most.y*(height-bottom-top)
	}
	b := &strings.Builder{}
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(b, `<rect width="100%%" height="100%%" fill="white"/><text x="%.0f" y="20" font-size="14">%s</text>`+"\n", left, title)
	fmt.Fprintf(b, `<path d="M%.1f %.1fV%.1fH%.1f" fill="none" stroke="#444"/>`+"\n", left, top, height-bottom, width-right)
	for i := range 5 {
		share := float64(i+1) / 5
		x, _ := at(point{x: most.x * share})
		_, y := at(point{y: most.y * share})
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="middle">%.0f</text><text x="%.1f" y="%.1f" text-anchor="end">%.1f</text>`+"\n", x, height-bottom+18, most.x*share, left-6, y+4, most.y*share)
	}
	for i, l := range lines {
		colour := colours[i%len(colours)]
		var path []string
		for _, p := range l.points {
			x, y := at(p)
			path = append(path, fmt.Sprintf("%.1f %.1f", x, y))
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x, y, colour)
		}
		fmt.Fprintf(b, `<path d="M%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.Join(path, "L"), colour)
		fmt.Fprintf(b, `<text x="%.0f" y="%.0f" fill="%s">%s</text>`+"\n", left+16, top+16*float64(i+1), colour, l.name)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
