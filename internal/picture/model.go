package picture

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// model is the content of the picture, without positions.
type model struct {
	objects []object
	// cards in the order of definitions and keys.
	cards  []*card
	region string
	zones  []string
	// subnets by row and zone.
	subnets map[row]map[string]*card
	// network is the ID of an existing network. It is empty for the stack's own.
	network string
	// other is the region of replicas. It is empty if there are none.
	other string
	flows []flow
}

func newModel(resources []Resource) *model {
	m := &model{objects: newObjects(resources), subnets: map[row]map[string]*card{}}
	m.collect()
	m.readRegion()
	m.readNetwork()
	m.addUsed()
	for _, c := range m.cards {
		m.describe(c)
	}
	m.addNodes()
	m.sort()
	m.flows = m.readFlows()
	return m
}

// card returns the card with a key. It is nil if there is none.
func (m *model) card(key string) *card {
	i := slices.IndexFunc(m.cards, func(c *card) bool { return c.key == key })
	if i < 0 {
		return nil
	}
	return m.cards[i]
}

// in returns the cards in a place.
func (m *model) in(p place) []*card {
	return slices.DeleteFunc(slices.Clone(m.cards), func(c *card) bool { return c.at != p })
}

// add returns the card with a key, and creates it if necessary.
func (m *model) add(key string) *card {
	c := m.card(key)
	if c == nil {
		_, d := defined(key)
		c = &card{key: key, at: d.at, look: d.look, name: d.name}
		m.cards = append(m.cards, c)
	}
	return c
}

// collect assigns every object to its card.
func (m *model) collect() {
	var schedules []object
	for _, o := range m.objects {
		switch key := cardOf(o); {
		case key == "":
		case strings.HasPrefix(key, "schedule:"):
			schedules = append(schedules, o)
		default:
			c := m.add(key)
			c.objects = append(c.objects, o)
		}
	}
	// A schedule belongs to its target.
	for _, o := range schedules {
		name := strings.TrimPrefix(cardOf(o), "schedule:")
		c := cmp.Or(m.card("service:"+name), m.card("function:"+name), m.card("events"))
		if c == nil {
			c = m.add("events")
		}
		c.objects = append(c.objects, o)
	}
}

// readRegion finds the region of most objects, and that of replicas.
func (m *model) readRegion() {
	counts := map[string]int{}
	for _, o := range m.objects {
		if region := text(o.spec, "region"); region != "" {
			counts[region]++
		}
	}
	for _, region := range slices.Sorted(maps.Keys(counts)) {
		if m.region == "" || counts[region] > counts[m.region] {
			m.region = region
		}
	}
	for _, c := range m.in(inReplica) {
		for _, o := range c.objects {
			m.other = cmp.Or(m.other, text(o.spec, "region"))
		}
	}
}

// rows contains the name prefixes of subnets in each row.
var rows = []struct {
	beginning string
	row       row
}{
	{"firewall-subnet-", rowFirewall},
	{"public-subnet-", rowPublic},
	{"private-subnet-", rowPrivate},
	{"database-subnet-", rowData},
}

// row is a row of subnets.
type row string

const (
	rowFirewall row = "Firewall"
	rowPublic   row = "Public"
	rowPrivate  row = "Private"
	rowData     row = "Database"
)

// readNetwork finds the zones with their subnets, or the existing network.
func (m *model) readNetwork() {
	for _, c := range m.cards {
		if !strings.HasPrefix(c.key, "subnet:") {
			continue
		}
		zone := c.one("ec2/Subnet", "availabilityZone")
		if !slices.Contains(m.zones, zone) {
			m.zones = append(m.zones, zone)
		}
		for _, r := range rows {
			if strings.HasPrefix(strings.TrimPrefix(c.key, "subnet:"), r.beginning) {
				if m.subnets[r.row] == nil {
					m.subnets[r.row] = map[string]*card{}
				}
				m.subnets[r.row][zone] = c
			}
		}
	}
	slices.Sort(m.zones)
	if m.card("vpc") != nil {
		return
	}
	for _, o := range m.objects {
		m.network = cmp.Or(m.network, text(o.spec, "vpcId"))
	}
}

// addUsed adds resources that the stack uses but does not compose.
func (m *model) addUsed() {
	for _, o := range m.objects {
		switch o.kind {
		case "cloudfront/VPCOrigin":
			m.addBalancer(o)
		case "cloudfront/Distribution":
			m.addOrigins(o)
		}
	}
	for _, c := range m.cards {
		if strings.HasPrefix(c.key, "bucket:") && len(c.of("s3/Bucket")) == 0 {
			c.existing = true
		}
	}
	if app := m.card("app"); app != nil && len(m.in(inApp)) == 0 {
		c := m.add("service:")
		c.name, c.existing = "Your workloads", true
		c.lines = []string{"that join this group"}
	}
}

// addBalancer adds the load balancer of an origin that is not the stack's own.
func (m *model) addBalancer(origin object) {
	if at(origin.spec, "vpcOriginEndpointConfig", "arnRef") != nil {
		return
	}
	if c := m.add("load-balancer"); len(c.of("elbv2/LB")) == 0 {
		c.existing = true
	}
}

// addOrigins adds a distribution's buckets that are not the stack's own.
func (m *model) addOrigins(distribution object) {
	for _, origin := range list(distribution.spec, "origin") {
		if m.bucket(origin) == nil && strings.Contains(text(origin, "domainName"), ".s3.") {
			m.add("bucket:" + text(origin, "originId")).existing = true
		}
	}
}

// bucket returns the card of an origin's bucket.
func (m *model) bucket(origin any) *card {
	host := text(origin, "domainName")
	for _, c := range m.cards {
		for _, o := range c.of("s3/Bucket") {
			if o.external != "" && strings.HasPrefix(host, o.external+".s3.") {
				return c
			}
		}
	}
	return nil
}

// describe sets name and details of a card.
func (m *model) describe(c *card) {
	_, d := defined(c.key)
	_, own, _ := strings.Cut(c.key, ":")
	switch {
	case c.name != "":
	case c.at == inApp, c.at == inMessages: // Names from the claim.
		c.name = own
	default:
		c.name = sentence(own)
	}
	if d.detail != nil && c.lines == nil {
		c.lines = d.detail(c)
	}
	if c.existing && !strings.Contains(strings.Join(c.lines, " "), "existing") && c.at != inApp {
		c.lines = []string{"existing"}
	}
	// A function without a network runs outside the VPC.
	if strings.HasPrefix(c.key, "function:") && at(first(asAny(c.of("lambda/Function"))), "vpcConfig") == nil {
		c.at = inServices
	}
	if c.at == inReplica && m.other == m.region {
		c.at = inRecords
	}
	m.describeEngine(c)
}

// asAny returns the specs of objects.
func asAny(objects []object) any {
	out := make([]any, 0, len(objects))
	for _, o := range objects {
		out = append(out, o.spec)
	}
	return out
}

// describeEngine names databases and caches by their engine.
func (m *model) describeEngine(c *card) {
	switch c.key {
	case "database":
		engine := cmp.Or(c.one("rds/Instance", "engine"), c.one("rds/Cluster", "engine"))
		c.name = cmp.Or(engines[engine], engine)
		if len(c.of("rds/Instance")) > 0 {
			c.name = "RDS " + c.name
		}
		if writer := m.card("instance:1"); writer != nil { // The cluster's card represents the writer.
			c.objects = append(c.objects, writer.objects...)
			m.cards = slices.DeleteFunc(slices.Clone(m.cards), func(o *card) bool { return o == writer })
			c.lines = databaseDetail(c)
		}
	case "cache":
		for _, kind := range []string{"elasticache/ReplicationGroup", "elasticache/Cluster", "elasticache/ServerlessCache"} {
			if engine := c.one(kind, "engine"); engine != "" {
				c.name = "ElastiCache " + cmp.Or(engines[engine], engine)
			}
		}
	}
}

// addNodes adds AWS's copies of a resource in other zones.
func (m *model) addNodes() {
	if c := m.card("database"); c != nil && c.one("rds/Instance", "multiAz") == "true" {
		m.node(c, "database+", "Standby", "of the database")
	}
	if c := m.card("cache"); c != nil && number(c.one("elasticache/ReplicationGroup", "replicasPerNodeGroup"), 0) > 0 {
		m.node(c, "cache+", "Replica", "of the cache")
	}
	if c := m.card("search"); c != nil && number(c.one("opensearch/Domain", "clusterConfig", "instanceCount"), 1) > 1 {
		m.node(c, "search+", "Node", "of OpenSearch")
	}
	if c := m.card("firewall"); c != nil {
		for i := 1; i < len(m.zones); i++ {
			m.node(c, "firewall"+strings.Repeat("+", i), "Endpoint", "of the firewall")
		}
	}
}

func (m *model) node(of *card, key, name, line string) {
	m.cards = append(m.cards, &card{key: key, at: of.at, look: of.look, name: name, lines: []string{line}, title: name + " " + line + ", which AWS keeps in another zone"})
}

func (m *model) sort() {
	slices.SortStableFunc(m.cards, func(a, b *card) int {
		i, _ := defined(strings.TrimRight(a.key, "+"))
		j, _ := defined(strings.TrimRight(b.key, "+"))
		return cmp.Or(cmp.Compare(i, j), cmp.Compare(a.key, b.key))
	})
}

// sentence converts a name to text, such as "access-logs" to "Access logs".
func sentence(name string) string {
	name = strings.ReplaceAll(name, "-", " ")
	if name == "" {
		return name
	}
	words := strings.Replace(name, "cdn", "CDN", 1)
	return strings.ToUpper(words[:1]) + words[1:]
}
