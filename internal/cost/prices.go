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
	Regions   []string        `json:"regions"`
	Items     map[string]item `json:"items"`
	Instances instances       `json:"instances"`
	// Search is nodes of a search domain.
	Search searchInstances `json:"search"`
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

// instances is what an hour of a database costs.
type instances struct {
	Page string `json:"page"`
	// Families is the price of the size large.
	Families map[string]byPlace `json:"families"`
	Sizes    map[string]size    `json:"sizes"`
}

// searchInstances is what an hour of a node of a search domain costs, by family, for the
// size large.
type searchInstances struct {
	Page     string             `json:"page"`
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

// instance is an hour of a database of a class, such as db.t3.micro, in one
// zone, and its size; false if there is no price.
func (t *table) instance(class string) (item, size, bool) {
	return t.sized(class, strings.TrimPrefix(class, "db."), t.Instances.Page, t.Instances.Families)
}

// searchInstance is an hour of a node of a search domain, such as t3.small.search; false if
// there is no price.
func (t *table) searchInstance(instanceType string) (item, bool) {
	i, _, ok := t.sized(instanceType, strings.TrimSuffix(instanceType, ".search"), t.Search.Page, t.Search.Families)
	return i, ok
}

// sized is an hour of an instance by its family and size, such as t3.micro, and its
// size; false if there is no price.
func (t *table) sized(name, familyAndSize, page string, families map[string]byPlace) (item, size, bool) {
	family, of, _ := strings.Cut(familyAndSize, ".")
	large, known := families[family]
	s, isSize := t.Instances.Sizes[of]
	usd := make(byPlace, 0, len(large))
	for _, price := range large {
		usd = append(usd, price*s.Times)
	}
	return item{Name: name, Per: PerHour, Page: page, USD: usd}, s, known && isSize
}
