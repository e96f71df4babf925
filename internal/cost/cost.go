// Package cost estimates the monthly cost of a stack from its composed resources.
// It includes the cost of their existence, but not usage charges.
package cost

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// globalRegion is the region of charges for global services.
const globalRegion = "us-east-1"

// Resource is a composed resource of either scope.
type Resource struct {
	// Resource is its name within the stack.
	Resource string
	Object   *structpb.Struct
}

// Money is an amount in cents of a USD.
type Money int64

// String returns the amount in USD, such as 12.50.
func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s%d.%02d", sign, m/100, m%100)
}

// Line is a quantity of items with the same price.
type Line struct {
	// Group is the service, such as rds.
	Group string `json:"group"`
	Item  string `json:"item"`
	// Region that it is in.
	Region   string  `json:"region"`
	Quantity float64 `json:"quantity"`
	// Price of one item, in USD for the period in Per.
	Price float64 `json:"price"`
	Per   Per     `json:"per"`
	// Monthly is the price of all items for a month.
	Monthly Money `json:"monthly"`
}

// Estimate is the monthly cost of a stack.
type Estimate struct {
	// Lines are sorted by group, item and region.
	Lines []Line
	// Total of all lines.
	Total Money
	// Unpriced lists items without a price in the table, such as a new instance
	// class, sorted. The total then lacks their price.
	Unpriced []string
	// Uncounted lists the usage charges of the stack's kinds by kind, sorted.
	Uncounted []string
	// Elsewhere lists the regions without prices, sorted. Their estimate uses the
	// prices of another region.
	Elsewhere []string
}

// stack contains facts about other resources that a resource needs.
type stack struct {
	// primary is the RDS instance, or an instance of a cluster.
	primary fields
	// serverless reports whether the database is a serverless cluster.
	// leastCapacity is the minimum capacity of each of its instances.
	serverless    bool
	leastCapacity float64
	// tasks contains the containers of services by family.
	tasks map[string]task
	// resourceName is the name of the current resource.
	resourceName string
	unpriced     []string
}

// missing records an item without a price.
func (s *stack) missing(what string) {
	s.unpriced = append(s.unpriced, fmt.Sprintf("%s: %s", s.resourceName, what))
}

// Of estimates the cost of resources.
func Of(resources []Resource) *Estimate {
	s, e := &stack{primary: primary(resources), tasks: tasks(resources)}, &Estimate{}
	s.leastCapacity, s.serverless = leastCapacity(resources)
	uncounted := map[string]bool{}
	for _, r := range resources {
		kind := Kind(r.Object)
		if usage(kind) != "" {
			uncounted[kind] = true
		}
		count, ok := priced[kind]
		if !ok {
			continue
		}
		s.resourceName = r.Resource
		f := forProvider(r.Object)
		for _, c := range count(f, s) {
			e.add(kind, cmp.Or(f["region"].GetStringValue(), globalRegion), c)
		}
	}
	for kind := range uncounted {
		e.Uncounted = append(e.Uncounted, kind+": "+usage(kind))
	}
	e.Unpriced = s.unpriced
	e.finish()
	return e
}

// leastCapacity returns the minimum capacity of each instance of a serverless
// cluster, and whether there is one.
func leastCapacity(resources []Resource) (float64, bool) {
	scaling := first(resources, "rds/Cluster")["serverlessv2ScalingConfiguration"].GetStructValue()
	return scaling.GetFields()["minCapacity"].GetNumberValue(), scaling != nil
}

// primary returns the RDS instance, or an instance of a cluster. It is nil if there
// is none.
func primary(resources []Resource) fields {
	if instance := first(resources, "rds/Instance"); instance != nil {
		return instance
	}
	return first(resources, "rds/ClusterInstance")
}

// first returns the spec of the first resource of a kind. It is nil if there is
// none.
func first(resources []Resource, kind string) fields {
	_, name, _ := strings.Cut(kind, "/")
	for _, r := range resources {
		// Compare kinds before groups, because most kinds differ.
		if r.Object.GetFields()["kind"].GetStringValue() == name && Kind(r.Object) == kind {
			return forProvider(r.Object)
		}
	}
	return nil
}

// add adds a charge to the line with the same item.
func (e *Estimate) add(kind, region string, c charge) {
	group, _, _ := strings.Cut(kind, "/")
	if !slices.Contains(prices().Regions, region) {
		e.Elsewhere = append(e.Elsewhere, region)
	}
	line := Line{Group: group, Item: c.item.Name, Region: region, Price: c.item.USD.of(region), Per: c.item.Per}
	i := slices.IndexFunc(e.Lines, func(l Line) bool { return l.Group == group && l.Item == line.Item && l.Region == region })
	if i < 0 {
		i, e.Lines = len(e.Lines), append(e.Lines, line)
	}
	e.Lines[i].Quantity += c.quantity
}

// finish sums up, sorts, and removes duplicates.
func (e *Estimate) finish() {
	for i := range e.Lines {
		l := &e.Lines[i]
		usd := l.Quantity * l.Price
		if l.Per == PerHour {
			usd *= HoursAMonth
		}
		l.Monthly = Money(math.Round(usd * 100))
		e.Total += l.Monthly
	}
	slices.SortFunc(e.Lines, func(a, b Line) int {
		return cmp.Or(strings.Compare(a.Group, b.Group), strings.Compare(a.Item, b.Item), strings.Compare(a.Region, b.Region))
	})
	for _, list := range []*[]string{&e.Unpriced, &e.Uncounted, &e.Elsewhere} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

// Largest returns the n most expensive lines.
func (e *Estimate) Largest(n int) []Line {
	sorted := slices.SortedStableFunc(slices.Values(e.Lines), func(a, b Line) int { return cmp.Compare(b.Monthly, a.Monthly) })
	return sorted[:min(n, len(sorted))]
}

// Kind returns service and kind of an object, such as ec2/NATGateway.
func Kind(object *structpb.Struct) string {
	service, _, _ := strings.Cut(object.GetFields()["apiVersion"].GetStringValue(), ".")
	return service + "/" + object.GetFields()["kind"].GetStringValue()
}

func forProvider(object *structpb.Struct) fields {
	return object.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()
}
