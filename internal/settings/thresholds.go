package settings

import (
	"math"
	"strconv"
	"strings"
)

// Thresholds is from where on alarms ring, where that depends on how large the
// stack is.
type Thresholds struct {
	// FreeStorage of the database in bytes.
	FreeStorage float64
	// FreeMemory of the database in bytes, and its Connections. Both are zero
	// for instance classes whose memory is not known.
	FreeMemory, Connections float64
	// BlockedRequests that the web ACL may stop in five minutes.
	BlockedRequests float64
}

const gib = 1 << 30

// thresholds are shares of what the database has. RDS grows the storage once a
// tenth of it is left, so less means that it cannot grow. A database takes as
// many connections as the memory for it allows, about three quarters of the
// class's memory in the smallest class and nine tenths in large ones, so the alarm
// rings before any class is full.
func thresholds(d Database, p preset) Thresholds {
	out := Thresholds{BlockedRequests: p.blockedRequests}
	if !d.Enabled {
		return out
	}
	memory := memoryGiB(d.InstanceClass) * gib
	if d.Aurora != nil && d.Aurora.Serverless {
		// Free memory is told of the most that an instance can have, and so are
		// connections, but of one that may shrink to next to nothing.
		memory = d.Aurora.Capacity.Max * gibPerUnit * gib
	}
	out.FreeStorage = math.Floor(float64(d.StorageGiB) * gib / 10)
	out.FreeMemory = math.Floor(memory / 20)
	out.Connections = math.Floor(min(d.Engine.Connections(memory), mostConnections(d)) * 6 / 10)
	return out
}

// mostConnections is what a database takes at most, whatever its memory (AWS
// documentation, "Maximum connections for Aurora Serverless v2", and "Quotas and
// constraints for Amazon RDS").
func mostConnections(d Database) float64 {
	switch {
	case d.Engine.MySQL:
		return 16000
	case d.Aurora != nil && d.Aurora.Serverless && d.Aurora.Capacity.Min <= 0.5:
		return 2000
	}
	return 5000
}

// largeGiB is the memory of a family's class "large" by the family's first
// letter (AWS documentation, "Hardware specifications for DB instance classes").
// The other sizes are multiples of it.
var largeGiB = map[string]float64{"c": 4, "m": 8, "r": 16, "t": 8}

// memoryGiB is the memory of an instance class such as db.r6g.2xlarge, zero if
// it is not known.
func memoryGiB(class string) float64 {
	_, name, _ := strings.Cut(class, ".")
	family, size, _ := strings.Cut(name, ".")
	return largeGiB[family[:min(1, len(family))]] * timesLarge(size)
}

// timesLarge is how many times as large as "large" a size is.
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
