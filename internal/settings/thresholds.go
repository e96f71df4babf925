package settings

import (
	"math"
	"strconv"
	"strings"
)

// Thresholds contains alarm thresholds that depend on the size of the stack.
type Thresholds struct {
	// FreeStorage of the database in bytes.
	FreeStorage float64
	// FreeMemory of the database in bytes, and its Connections. Both are zero for
	// instance classes with unknown memory.
	FreeMemory, Connections float64
	// BlockedRequests of the web ACL in five minutes.
	BlockedRequests float64
}

const gib = 1 << 30

// thresholds returns shares of the database's capacity. RDS grows the storage when
// a tenth is left, so a lower value means that it cannot grow. The maximum number
// of connections depends on memory: about three quarters of it in the smallest
// class, and nine tenths in large ones. The alarm therefore fires before any class
// reaches its limit.
func thresholds(d Database, p preset) Thresholds {
	out := Thresholds{BlockedRequests: p.blockedRequests}
	if !d.Enabled {
		return out
	}
	memory := memoryGiB(d.InstanceClass) * gib
	if d.Aurora != nil && d.Aurora.Serverless {
		// Memory and connections are measured against the maximum capacity, except
		// for an instance that may scale down to almost zero.
		memory = d.Aurora.Capacity.Max * gibPerUnit * gib
	}
	out.FreeStorage = math.Floor(float64(d.StorageGiB) * gib / 10)
	out.FreeMemory = math.Floor(memory / 20)
	out.Connections = math.Floor(min(d.Engine.Connections(memory), mostConnections(d)) * 6 / 10)
	return out
}

// mostConnections is the maximum number of connections of a database with any
// amount of memory (AWS documentation, "Maximum connections for Aurora Serverless
// v2", and "Quotas and constraints for Amazon RDS").
func mostConnections(d Database) float64 {
	switch {
	case d.Engine.MySQL:
		return 16000
	case d.Aurora != nil && d.Aurora.Serverless && d.Aurora.Capacity.Min <= 0.5:
		return 2000
	}
	return 5000
}

// largeGiB is the memory of the size "large" by the first letter of the class
// family (AWS documentation, "Hardware specifications for DB instance classes").
// The other sizes are multiples of it.
var largeGiB = map[string]float64{"c": 4, "m": 8, "r": 16, "t": 8}

// memoryGiB returns the memory of an instance class such as db.r6g.2xlarge. It is
// zero if unknown.
func memoryGiB(class string) float64 {
	_, name, _ := strings.Cut(class, ".")
	family, size, _ := strings.Cut(name, ".")
	return largeGiB[family[:min(1, len(family))]] * timesLarge(size)
}

// timesLarge returns the size as a multiple of "large".
func timesLarge(size string) float64 {
	if count, ok := strings.CutSuffix(size, "xlarge"); ok {
		n, err := strconv.Atoi(count)
		if err != nil {
			n = 1 // Just "xlarge".
		}
		return float64(2 * n)
	}
	return map[string]float64{"micro": 1.0 / 8, "small": 1.0 / 4, "medium": 1.0 / 2, "large": 1}[size]
}
