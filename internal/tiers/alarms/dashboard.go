package alarms

import (
	"encoding/json"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatch"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Size of a dashboard's graphs. Its grid has 24 columns.
const (
	graphWidth     = 8
	graphHeight    = 6
	dashboardWidth = 24
)

// dashboard is the body of a dashboard (Amazon CloudWatch API Reference, "Dashboard
// body structure and syntax").
type dashboard struct {
	Widgets []widget `json:"widgets"`
}

type widget struct {
	Type       string         `json:"type"`
	X          int            `json:"x"`
	Y          int            `json:"y"`
	Width      int            `json:"width"`
	Height     int            `json:"height"`
	Properties map[string]any `json:"properties"`
}

// graph is the content of a widget.
type graph struct {
	title, region string
	statistic     string
	lines         []line
}

// line is a metric in a graph. dimensions alternates names and values.
type line struct {
	namespace, metric string
	dimensions        []string
}

// composeDashboard adds the dashboard. It waits for generated IDs of the displayed
// resources.
func composeDashboard(s *settings.Settings, observed facts.Observed, set *desired.Set, all []alarm) {
	needs := []facts.Fact{s.Account}
	for _, gateway := range natGateways(s) {
		needs = append(needs, observed.ExternalName(gateway))
	}
	if s.Partition.CloudFront {
		needs = append(needs, observed.ExternalName(composed.Distribution))
	}
	if len(s.App.Balanced()) > 0 {
		needs = append(needs, balancerSuffix(observed))
	}
	set.Add(composed.Dashboard, &cloudwatch.Dashboard{Spec: cloudwatch.DashboardSpec{ForProvider: cloudwatch.DashboardParameters{
		DashboardBody: new(dashboardBody(s, all, graphs(s, observed))),
	}}}, desired.Named(s.Stack), desired.Needs(needs...))
}

// dashboardBody returns the alarms of the region, followed by the graphs. A widget
// without alarms is invalid.
func dashboardBody(s *settings.Settings, all []alarm, graphs []graph) string {
	var arns []string
	if len(serious(all)) > 0 {
		arns = append(arns, alarmARN(s, unhealthy))
	}
	for _, a := range all {
		if !a.edge {
			arns = append(arns, alarmARN(s, a.name))
		}
	}
	d := dashboard{Widgets: []widget{}}
	if len(arns) > 0 {
		d.Widgets = append(d.Widgets, widget{
			Type: "alarm", Width: dashboardWidth, Height: graphHeight,
			Properties: map[string]any{"title": "Alarms", "alarms": arns},
		})
	}
	rows := len(d.Widgets) // Above the graphs.
	for i, g := range graphs {
		d.Widgets = append(d.Widgets, widget{
			Type:   "metric",
			X:      i * graphWidth % dashboardWidth,
			Y:      (rows + i*graphWidth/dashboardWidth) * graphHeight,
			Width:  graphWidth,
			Height: graphHeight,
			Properties: map[string]any{
				"title":   g.title,
				"region":  g.region,
				"stat":    g.statistic,
				"period":  fiveMinutes,
				"view":    "timeSeries",
				"stacked": false,
				"metrics": metrics(g.lines),
			},
		})
	}
	b, _ := json.Marshal(d) //nolint:errchkjson // Strings and numbers always marshal.
	return string(b)
}

// metrics returns lines in the dashboard's format: namespace, metric, dimensions.
func metrics(lines []line) [][]string {
	out := make([][]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, append([]string{l.namespace, l.metric}, l.dimensions...))
	}
	return out
}

// graphOf returns a graph of metrics for several resources in the stack's region,
// which differ in dimensions.
func graphOf(s *settings.Settings, title, statistic, namespace string, metrics []string, things ...[]string) graph {
	g := graph{title: title, region: s.Region, statistic: statistic}
	for _, m := range metrics {
		for _, dimensions := range things {
			g.lines = append(g.lines, line{namespace: namespace, metric: m, dimensions: dimensions})
		}
	}
	return g
}

// databaseGraphs returns graphs of the database's load and free capacity.
func databaseGraphs(s *settings.Settings) []graph {
	database := func(title, statistic string, metrics ...string) graph {
		return graphOf(s, title, statistic, "AWS/RDS", metrics, []string{databaseDimension(s), s.Names.Database})
	}
	out := []graph{
		database("Database: CPU in %", "Average", "CPUUtilization"),
		database("Database: connections", "Maximum", "DatabaseConnections"),
		database("Database: latency in s", "Average", "ReadLatency", "WriteLatency"),
		database("Database: free memory in bytes", "Average", "FreeableMemory"),
	}
	switch a := s.Database.Aurora; {
	case a == nil:
		return append(out, database("Database: free storage in bytes", "Minimum", "FreeStorageSpace"))
	case a.Serverless:
		return append(out, database("Database: capacity in Aurora units", "Average", "ServerlessDatabaseCapacity"))
	}
	return out
}

// graphs returns all graphs, from visitors to the database.
func graphs(s *settings.Settings, observed facts.Observed) []graph {
	out := append(edgeGraphs(s, observed), appGraphs(s, observed)...)
	out = append(out, queueGraphs(s)...)
	out = append(out, mailGraphs(s)...)
	if s.Database.Enabled {
		out = append(out, databaseGraphs(s)...)
	}
	out = append(out, cacheGraphs(s)...)
	out = append(out, searchGraphs(s)...)
	if nat := natGraph(s, observed); len(nat.lines) > 0 {
		out = append(out, nat)
	}
	if s.On(settings.TierResponses) {
		out = append(out, graph{title: "Automated responses", region: s.Region, statistic: "Sum", lines: []line{
			{namespace: "AWS/Lambda", metric: "Invocations", dimensions: []string{"FunctionName", kit.ResponsesFunction(s)}},
			{namespace: "AWS/Lambda", metric: "Errors", dimensions: []string{"FunctionName", kit.ResponsesFunction(s)}},
			{namespace: "AWS/Lambda", metric: "Throttles", dimensions: []string{"FunctionName", kit.ResponsesFunction(s)}},
		}})
	}
	return out
}

// edgeGraphs returns the graphs of us-east-1.
func edgeGraphs(s *settings.Settings, observed facts.Observed) []graph {
	if !s.Partition.CloudFront {
		return nil
	}
	distribution := []string{"Region", "Global", "DistributionId", observed.ExternalName(composed.Distribution).Value}
	out := []graph{
		{title: "CDN: requests", region: aws.GlobalRegion, statistic: "Sum", lines: []line{
			{namespace: "AWS/CloudFront", metric: "Requests", dimensions: distribution},
		}},
		{title: "CDN: errors in %", region: aws.GlobalRegion, statistic: "Average", lines: []line{
			{namespace: "AWS/CloudFront", metric: "4xxErrorRate", dimensions: distribution},
			{namespace: "AWS/CloudFront", metric: "5xxErrorRate", dimensions: distribution},
		}},
	}
	if s.On(settings.TierWAF) {
		out = append(out, graph{title: "Web application firewall", region: aws.GlobalRegion, statistic: "Sum", lines: []line{
			{namespace: "AWS/WAFV2", metric: "AllowedRequests", dimensions: []string{"WebACL", s.Stack, "Rule", "ALL"}},
			{namespace: "AWS/WAFV2", metric: "BlockedRequests", dimensions: []string{"WebACL", s.Stack, "Rule", "ALL"}},
			{namespace: "AWS/WAFV2", metric: "CountedRequests", dimensions: []string{"WebACL", s.Stack, "Rule", "ALL"}},
		}})
	}
	return out
}

// natGraph returns a graph of the NAT gateways' errors.
func natGraph(s *settings.Settings, observed facts.Observed) graph {
	g := graph{title: "NAT gateways: failures", region: s.Region, statistic: "Sum"}
	for _, gateway := range natGateways(s) {
		for _, m := range []string{"ErrorPortAllocation", "PacketsDropCount"} {
			g.lines = append(g.lines, line{namespace: "AWS/NATGateway", metric: m, dimensions: []string{"NatGatewayId", observed.ExternalName(gateway).Value}})
		}
	}
	return g
}

func alarmARN(s *settings.Settings, name string) string {
	return s.Partition.ARN("cloudwatch", s.Region, s.Account.Value, "alarm:"+alarmName(s, name))
}
