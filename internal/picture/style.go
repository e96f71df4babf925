package picture

import "strings"

// look is the appearance of a card's symbol.
type look struct {
	category category
	glyph    glyph
}

// category is a group of AWS services with the same color.
type category string

const (
	networking  category = "networking"
	compute     category = "compute"
	storage     category = "storage"
	database    category = "database"
	security    category = "security"
	management  category = "management"
	integration category = "integration"
	neutral     category = "neutral"
)

// glyph contains the lines of a symbol on a 24 by 24 grid.
type glyph string

const (
	glyphUsers       glyph = "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.500a3.3 3.3 0 0 1 0 6.300M18 14.500c2.2.8 3.5 2.7 3.5 5.5"
	glyphGlobe       glyph = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c-6 5-6 13 0 18M12 3c6 5 6 13 0 18"
	glyphCDN         glyph = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5 7l7 5 7-5M12 12v9M12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
	glyphDNS         glyph = "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 9.500h6M9 13h6M9 16.500h3"
	glyphShield      glyph = "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5"
	glyphCertificate glyph = "M4 4h16v11H4zM7.5 8h6M7.5 11h4M16 12a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM14.5 16.500V21l1.5-1 1.5 1v-4.5"
	glyphGateway     glyph = "M5 21V9c0-4 3-6 7-6s7 2 7 6v12M3 21h18M12 18v-7M9 13.500l3-3 3 3"
	glyphNAT         glyph = "M3 8h13M13 4.500L16.5 8 13 11.500M21 16H8M11 12.500L7.5 16l3.5 3.5"
	glyphEndpoint    glyph = "M3 12h7M14 12h7M12 9.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM6 5v14M18 5v14"
	glyphFirewall    glyph = "M3 5h18v14H3zM3 9.700h18M3 14.300h18M9 5v4.700M15 9.700v4.600M9 14.300V19"
	glyphBalancer    glyph = "M6 9.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8.5 12H20M8 10.500l9-5.500M8 13.500l9 5.500M17.5 9.500L20 12l-2.5 2.500M14 4.500l3.5.2-1.2 3.200M14 19.500l3.5-.2-1.2-3.2"
	glyphContainer   glyph = "M12 3l8 4.500v9L12 21l-8-4.500v-9zM4 7.500l8 4.5 8-4.500M12 12v9"
	glyphFunction    glyph = "M5 4h5l8.5 16H21M11.5 11L6 20H3"
	glyphFiles       glyph = "M3 6h6l2 2.500h10V19H3zM7 12.500h10M7 15.500h6"
	glyphProxy       glyph = "M3 6h5M3 12h5M3 18h5M8 6l4 6-4 6M8 12h8M16 8h5v8h-5z"
	glyphDatabase    glyph = "M4 6c0-4 16-4 16 0s-16 4-16 0zM4 6v12c0 4 16 4 16 0V6M4 12c0 4 16 4 16 0"
	glyphCache       glyph = "M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM13 7.500L9 13h6l-4 5.5"
	glyphSearch      glyph = "M10.5 3.500a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM15.5 15.500L21 21M7.5 10.500h6"
	glyphBucket      glyph = "M4 6c0-3 16-3 16 0s-16 3-16 0zM4 6l2 13c.5 2.5 11.5 2.5 12 0l2-13"
	glyphQueue       glyph = "M3 8h5v8H3zM9.5 8h5v8h-5zM16 8h5v8h-5zM3 4.500h18M3 19.500h18"
	glyphMail        glyph = "M3 6h18v12H3zM3 7l9 7 9-7"
	glyphBackup      glyph = "M4 12a8 8 0 1 1 2.5 5.800M4 20v-4.500h4.500M12 8v4.500l3 2"
	glyphTrail       glyph = "M5 3h10l4 4v14H5zM15 3v4h4M8.5 12h7M8.5 15.500h7"
	glyphEye         glyph = "M2.5 12c5-8 14-8 19 0-5 8-14 8-19 0zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
	glyphChecks      glyph = "M4 6l1.5 1.500L8.5 4.500M4 12.500L5.5 14l3-3M4 19l1.5 1.5 3-3M12 6h8M12 12.500h8M12 19h8"
	glyphBell        glyph = "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.500h-15zM10 21h4M12 5V3"
	glyphLogs        glyph = "M4 5h16M4 9.700h11M4 14.300h16M4 19h8"
	glyphTopic       glyph = "M4 10v4h3l8 5V5l-8 5zM18 9c1.5 1.5 1.5 4.5 0 6M20.3 6.500c3 3 3 8 0 11"
	glyphStream      glyph = "M3 7c4-3 5 3 9 0s5 3 9 0M3 12.500c4-3 5 3 9 0s5 3 9 0M3 18c4-3 5 3 9 0s5 3 9 0"
	glyphBolt        glyph = "M13 3L5 13.500h6L10 21l8.5-11h-6.500z"
	glyphKey         glyph = "M8 11a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM11.2 12.300L20 3.500M16 7.500l3 3M13.5 10l2 2"
	glyphLock        glyph = "M5 11h14v10H5zM8 11V7.500a4 4 0 0 1 8 0V11M12 14.500v3"
	glyphSliders     glyph = "M6 3v6M6 13v8M4 11a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM12 3v11M12 18v3M10 16a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM18 3v3M18 10v11M16 8a2 2 0 1 0 4 0 2 2 0 0 0-4 0z"
	glyphRole        glyph = "M4 4h16v16H4zM12 7.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM7.5 18c.5-5 8.5-5 9 0"
)

// styles are the CSS rules of the picture. The colors of categories are AWS's, but
// darker where white lines need contrast.
var styles = []struct{ selectors, rules string }{
	{"", "--page: #fff; --ink: #16202e; --soft: #4d5b70; --line: #475569; --cloud: #5b6776; --region: #00838f; --vpc: #7a3ff2; --vpc-in: #fcfbff; --zone: #64748b; --public: #e6f4e0; --private: #dfeefa; --data: #ece5fa; --firewall: #fdecef; --edge: #f5f1ff; --group: #f4f7f1; --band: #f6f7fa; --app: #d9670b"},
	{"text", `font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`},
	{".page", "fill: var(--page)"},
	{".name, .title", "fill: var(--ink); font-weight: 600"},
	{".detail", "fill: var(--soft)"},
	{".flow", "fill: var(--ink); paint-order: stroke; stroke: var(--page); stroke-opacity: .8; stroke-width: 3px"},
	{"rect", "stroke-width: 1.25; fill: none"},
	{".page", "fill: var(--page)"},
	{".cloud", "stroke: var(--cloud)"},
	{".region", "stroke: var(--region); stroke-dasharray: 5 3"},
	{".vpc", "fill: var(--vpc-in); stroke: var(--vpc); stroke-width: 1.75"},
	{".vpc.existing", "stroke-dasharray: 2 4"},
	{".zone", "stroke: var(--zone); stroke-dasharray: 6 4"},
	{".subnet.public", "fill: var(--public)"},
	{".subnet.private", "fill: var(--private)"},
	{".subnet.database", "fill: var(--data)"},
	{".subnet.firewall", "fill: var(--firewall)"},
	{".edge", "fill: var(--edge); stroke: var(--vpc)"},
	{".group", "fill: var(--group); stroke: #7aa116"},
	{".band", "fill: var(--band); stroke: var(--zone); stroke-width: .75"},
	{".app", "fill: var(--page); stroke: var(--app); stroke-dasharray: 6 3"},
	{".networking", "fill: #8c4fff"},
	{".compute", "fill: #d9670b"},
	{".storage", "fill: #66870f"},
	{".data", "fill: #4452d6"},
	{".security", "fill: #dd344c"},
	{".management, .integration", "fill: #e7157b"},
	{".neutral", "fill: #526079"},
	{".used .icon", "fill: var(--page); stroke: var(--line); stroke-dasharray: 3 2.5"},
	{".copy .icon", "opacity: .62"},
	{".glyph", "fill: none; stroke: #fff; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round"},
	{".used .glyph", "stroke: var(--line)"},
	{".arrow", "fill: none; stroke: var(--line); stroke-width: 1.6; stroke-linejoin: round"},
	{".head", "fill: var(--line)"},
	{".hit", "fill: transparent"},
	{"[tabindex]:focus", "outline: none"},
	{"[tabindex]:focus .hit, [tabindex]:hover .hit, .chosen .hit", "stroke: var(--ink); stroke-width: 1.25"},
}

// dark contains the colors of dark mode.
const dark = "--page: #0f1522; --ink: #f0f4fa; --soft: #b4c0d3; --line: #a3b1c6; --cloud: #8592a6; --region: #33b6c2; --vpc: #a983ff; --vpc-in: #141b2c; --zone: #8492a8; --public: #17301f; --private: #132c40; --data: #2a2147; --firewall: #3a1c25; --edge: #1f1b38; --group: #192621; --band: #192132; --app: #f59a4a"

// scoped is the class of the picture. It prevents effects on the surrounding page.
const scoped = ".architecture"

// style returns the CSS of the picture, for light and dark mode.
func style() string {
	var b strings.Builder
	b.WriteString("<style>\n")
	for _, s := range styles {
		selectors := strings.Split(s.selectors, ", ")
		for i, selector := range selectors {
			selectors[i] = strings.TrimSpace(scoped + " " + selector)
		}
		b.WriteString(strings.Join(selectors, ", ") + " { " + s.rules + " }\n")
	}
	b.WriteString("@media (prefers-color-scheme: dark) { " + scoped + " { " + dark + " } }\n</style>\n")
	return b.String()
}
