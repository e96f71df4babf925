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

// prices returns the content of prices.yaml.
var prices = sync.OnceValue(func() *table {
	t := &table{}
	utilruntime.Must(yaml.UnmarshalStrict(rawPrices, t)) // The file is embedded, and every test reads it.
	return t
})

// AsOf returns the date of the prices, as YYYY-MM-DD.
func AsOf() string { return prices().AsOf }

// HoursAMonth is the length of a month in AWS's pricing calculator.
const HoursAMonth = 730

// table contains all prices.
type table struct {
	AsOf string `json:"asOf"`
	// Regions with prices. Other regions use those of the first one.
	Regions []string        `json:"regions"`
	Items   map[string]item `json:"items"`
	// Instances of RDS, those of Aurora clusters, search nodes, and cache nodes.
	Instances        instances `json:"instances"`
	ClusterInstances instances `json:"clusterInstances"`
	Search           instances `json:"search"`
	Nodes            instances `json:"nodes"`
	// Sizes of all instances and nodes.
	Sizes map[string]size `json:"sizes"`
}

// item is an item that AWS charges for.
type item struct {
	// Name in the singular, with which a line of an estimate starts.
	Name string `json:"name"`
	Per  Per    `json:"per"`
	// Page is AWS's pricing page.
	Page string  `json:"page"`
	USD  byPlace `json:"usd"`
}

// instances contains hourly prices of instances or nodes.
type instances struct {
	Page string `json:"page"`
	// Families contains the price of the size large.
	Families map[string]byPlace `json:"families"`
}

// size is the size of an instance relative to the size large.
type size struct {
	Times float64 `json:"times"`
	VCPUs float64 `json:"vcpus"`
}

// Per is the period of a price.
type Per string

// Periods of prices.
const (
	PerHour  Per = "hour"
	PerMonth Per = "month"
)

// byPlace contains prices in the order of the table's regions. A single price
// applies everywhere.
type byPlace []float64

// of returns the price in a region.
func (p byPlace) of(region string) float64 {
	return p[min(max(slices.Index(prices().Regions, region), 0), len(p)-1)]
}

// unprefixed reduces a class to family and size.
var unprefixed = strings.NewReplacer("db.", "", "cache.", "", ".search", "")

// of returns the hourly price of an instance class, such as db.t3.micro or
// t3.small.search, in one zone, and its size. It reports false if there is no
// price.
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

// charges returns the charge for a quantity of an instance class. If there is no
// price, it records the class as missing.
func (i instances) charges(s *stack, title, class string, quantity float64) []charge {
	instance, _, ok := i.of(class)
	if !ok {
		s.missing(class)
		return nil
	}
	instance.Name = title + " on " + instance.Name
	return []charge{{instance, quantity}}
}
