package cost

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
)

// Performance that gp3 storage includes without charge. It is higher from a certain
// size on (Amazon RDS User Guide, "gp3 storage", for PostgreSQL, MySQL and
// MariaDB).
const (
	gp3LargeGiB = 400

	gp3IOPS       = 3000
	gp3Throughput = 125

	gp3LargeIOPS       = 12000
	gp3LargeThroughput = 500
)

// database returns the charges of the instance, its storage and its secret. A
// standby doubles all but the secret.
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

// engineOf returns the title of the database engine.
func engineOf(f fields) string {
	return engines.Of(v1alpha1.DatabaseEngine(f["engine"].GetStringValue())).Title
}

// storage returns the charges of a database's storage.
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

// cluster returns the charge of the password's secret. All other charges depend on
// usage.
func cluster(f fields, _ *stack) []charge {
	if f["manageMasterUserPassword"].GetBoolValue() {
		return some("secret", 1)
	}
	return nil
}

// clusterInstance returns the charges of an instance: the minimum capacity of a
// serverless one, or its class.
func clusterInstance(f fields, s *stack) []charge {
	if s.serverless {
		return some("capacity-unit", s.leastCapacity)
	}
	return prices().ClusterInstances.charges(s, "Aurora", f["instanceClass"].GetStringValue(), 1)
}

// proxyUnits is the minimum charge of a proxy for a serverless cluster.
const proxyUnits = 8

// proxy returns the charge of a proxy. It depends on the vCPUs of the database, at
// least two, or on the capacity of a serverless cluster.
func proxy(_ fields, s *stack) []charge {
	if s.serverless {
		return some("proxy-capacity-unit", max(s.leastCapacity, proxyUnits))
	}
	_, size, _ := prices().Instances.of(s.primary["instanceClass"].GetStringValue())
	return some("proxy-vcpu", max(size.VCPUs, 2))
}
