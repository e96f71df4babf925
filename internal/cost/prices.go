package cost

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"sigs.k8s.io/yaml"
)

//go:embed prices.yaml
var rawPrices []byte

// prices is what prices.yaml says.
var prices = sync.OnceValue(func() *table {
	t := &table{}
	utilruntime.Must(yaml.UnmarshalStrict(rawPrices, t)) // Our own file, which every test reads.
	return t
})

// AsOf is the day of the prices, as YYYY-MM-DD.
func AsOf() string { return prices().AsOf }

// HoursAMonth is what AWS's own calculator takes for a month.
const HoursAMonth = 730

// table is all prices.
type table struct {
	AsOf string `json:"asOf"`
	// Regions that have prices; the others are estimated by the first one.
	Regions []string        `json:"regions"`
	Items   map[string]item `json:"items"`
	// Instances of RDS, those of clusters of Aurora, nodes of search domains, and of caches.
	Instances        instances `json:"instances"`
	ClusterInstances instances `json:"clusterInstances"`
	Search           instances `json:"search"`
	Nodes            instances `json:"nodes"`
	// Sizes of all of them.
	Sizes map[string]size `json:"sizes"`
}

// item is something that AWS asks money for.
type item struct {
	// Name in the singular, as a line of an estimate begins.
	Name string `json:"name"`
	Per  Per    `json:"per"`
	// Page of AWS that says what it costs.
	Page string  `json:"page"`
	USD  byPlace `json:"usd"`
}

// instances is what an hour of an instance or node costs.
type instances struct {
	Page string `json:"page"`
	// Families is the price of the size large.
	Families map[string]byPlace `json:"families"`
}

// size is how an instance compares to one of the size large.
type size struct {
	Times float64 `json:"times"`
	VCPUs float64 `json:"vcpus"`
}

// Per is the time that a price is for.
type Per string

// Times that prices are for.
const (
	PerHour  Per = "hour"
	PerMonth Per = "month"
)

// byPlace is prices in the order of the table's regions; a single one is the
// same everywhere.
type byPlace []float64

// of is the price in a region.
func (p byPlace) of(region string) float64 {
	return p[min(max(slices.Index(prices().Regions, region), 0), len(p)-1)]
}

// unprefixed leaves family and size of a class.
var unprefixed = strings.NewReplacer("db.", "", "cache.", "", ".search", "")

// of is an hour of an instance of a class, such as db.t3.micro or t3.small.search, in one
// zone, and its size; false if there is no price.
func (i instances) of(class string) (item, size, bool) {
	family, name, _ := strings.Cut(unprefixed.Replace(class), ".")
	large, known := i.Families[family]
	s, sized := prices().Sizes[name]
	usd := make(byPlace, 0, len(large))
	for _, price := range large {
		usd = append(usd, price*s.Times)
	}
	return item{Name: class, Per: PerHour, Page: i.Page, USD: usd}, s, known && sized
}

// charges is so many instances of a class of what is called so; none, and the stack told
// of it, if there is no price.
func (i instances) charges(s *stack, title, class string, quantity float64) []charge {
	instance, _, ok := i.of(class)
	if !ok {
		s.missing(class)
		return nil
	}
	instance.Name = title + " on " + instance.Name
	return []charge{{instance, quantity}}
}
