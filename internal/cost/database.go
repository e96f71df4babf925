package cost

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
)

// gp3 storage comes with so much without charge, and with more from a size on
// (Amazon RDS User Guide, "gp3 storage", for PostgreSQL, MySQL and MariaDB).
const (
	gp3LargeGiB = 400

	gp3IOPS       = 3000
	gp3Throughput = 125

	gp3LargeIOPS       = 12000
	gp3LargeThroughput = 500
)

// database is the instance, its storage, and the secret of its password. A
// standby has all but the secret once more.
func database(f fields, s *stack) []charge {
	times := 1.0
	if f["multiAz"].GetBoolValue() {
		times = 2
	}
	out := prices().Instances.charges(s, engineOf(f), f["instanceClass"].GetStringValue(), times)
	for _, c := range storage(f, f["allocatedStorage"].GetNumberValue()) {
		out = append(out, charge{c.item, c.quantity * times})
	}
	if f["manageMasterUserPassword"].GetBoolValue() {
		out = append(out, some("secret", 1)...)
	}
	return out
}

// engineOf is what people call the engine of a database.
func engineOf(f fields) string {
	return engines.Of(v1alpha1.DatabaseEngine(f["engine"].GetStringValue())).Title
}

// storage is what the storage of one database costs.
func storage(f fields, gib float64) []charge {
	iops, throughput := f["iops"].GetNumberValue(), f["storageThroughput"].GetNumberValue()
	if kind := f["storageType"].GetStringValue(); kind == "io1" || kind == "io2" {
		return append(some("storage-io", gib), some("iops-io", iops)...)
	}
	freeIOPS, freeThroughput := float64(gp3IOPS), float64(gp3Throughput)
	if gib >= gp3LargeGiB {
		freeIOPS, freeThroughput = gp3LargeIOPS, gp3LargeThroughput
	}
	out := append(some("storage-gp3", gib), some("iops-gp3", iops-freeIOPS)...)
	return append(out, some("throughput-gp3", throughput-freeThroughput)...)
}

// cluster is the secret of its password; all else of it is by use.
func cluster(f fields, _ *stack) []charge {
	if f["manageMasterUserPassword"].GetBoolValue() {
		return some("secret", 1)
	}
	return nil
}

// clusterInstance is what an instance of a serverless cluster has at least, or an
// instance of its class.
func clusterInstance(f fields, s *stack) []charge {
	if s.serverless {
		return some("capacity-unit", s.leastCapacity)
	}
	return prices().ClusterInstances.charges(s, "Aurora", f["instanceClass"].GetStringValue(), 1)
}

// proxyUnits is the least that a proxy of a serverless cluster is charged for.
const proxyUnits = 8

// proxy is charged by the processors of the database behind it, at least two, or
// by the capacity of a serverless cluster.
func proxy(_ fields, s *stack) []charge {
	if s.serverless {
		return some("proxy-capacity-unit", max(s.leastCapacity, proxyUnits))
	}
	_, size, _ := prices().Instances.of(s.primary["instanceClass"].GetStringValue())
	return some("proxy-vcpu", max(size.VCPUs, 2))
}
