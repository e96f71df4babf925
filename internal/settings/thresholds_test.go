package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestThresholds(t *testing.T) {
	cases := map[string]struct {
		reason   string
		database Database
		preset   preset
		want     Thresholds
	}{
		"Smallest": {
			reason:   "A tenth of the storage, a twentieth of 1 GiB, and three in five of the connections that 1 GiB would take.",
			database: Database{Enabled: true, InstanceClass: "db.t3.micro", StorageGiB: 20},
			preset:   bySize["small"],
			want:     Thresholds{FreeStorage: 2 << 30, FreeMemory: 53687091, Connections: 67, BlockedRequests: 1_000},
		},
		"Medium": {
			reason:   "Graviton classes have the memory of the others.",
			database: Database{Enabled: true, InstanceClass: "db.t4g.medium", StorageGiB: 50},
			preset:   bySize["medium"],
			want:     Thresholds{FreeStorage: 5 << 30, FreeMemory: 214748364, Connections: 270, BlockedRequests: 5_000},
		},
		"Large": {
			reason:   "Classes for memory have twice that of classes for all purposes.",
			database: Database{Enabled: true, InstanceClass: "db.r6g.large", StorageGiB: 100},
			preset:   bySize["large"],
			want:     Thresholds{FreeStorage: 10 << 30, FreeMemory: 858993459, Connections: 1081, BlockedRequests: 20_000},
		},
		"XLarge": {
			reason:   "The next size has twice the memory.",
			database: Database{Enabled: true, InstanceClass: "db.r6g.xlarge", StorageGiB: 200},
			preset:   bySize["xlarge"],
			want:     Thresholds{FreeStorage: 20 << 30, FreeMemory: 1717986918, Connections: 2162, BlockedRequests: 50_000},
		},
		"MostConnections": {
			reason:   "RDS stops at 5000 connections, however much memory there is.",
			database: Database{Enabled: true, InstanceClass: "db.r6g.8xlarge"},
			want:     Thresholds{FreeMemory: 13743895347, Connections: 3000},
		},
		"UnknownClass": {
			reason:   "A threshold of memory that nobody knows would ring for ever or never.",
			database: Database{Enabled: true, InstanceClass: "db.x2g.large", StorageGiB: 20},
			want:     Thresholds{FreeStorage: 2 << 30},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, thresholds(tc.database, tc.preset)); diff != "" {
				t.Errorf("\n%s\nthresholds(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestMemoryGiB(t *testing.T) {
	cases := map[string]struct {
		reason string
		class  string
		want   float64
	}{
		"Micro":       {reason: "An eighth of large.", class: "db.t3.micro", want: 1},
		"Small":       {reason: "A quarter of large.", class: "db.t4g.small", want: 2},
		"Medium":      {reason: "Half of large.", class: "db.t3.medium", want: 4},
		"Purposes":    {reason: "Classes for all purposes.", class: "db.m6g.large", want: 8},
		"Memory":      {reason: "Classes for memory.", class: "db.r7g.large", want: 16},
		"Computing":   {reason: "Classes for computing.", class: "db.c6gd.large", want: 4},
		"XLarge":      {reason: "Twice large.", class: "db.m5.xlarge", want: 16},
		"ManyXLarge":  {reason: "Twenty-four times large.", class: "db.m5.12xlarge", want: 192},
		"OtherFamily": {reason: "Families of more memory are not known.", class: "db.z1d.large"},
		"OtherSize":   {reason: "Nor are sizes of one family only.", class: "db.m6i.metal"},
		"NoClass":     {reason: "The schema lets no such class through.", class: "db"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, memoryGiB(tc.class)); diff != "" {
				t.Errorf("\n%s\nmemoryGiB(%q): -want, +got:\n%s", tc.reason, tc.class, diff)
			}
		})
	}
}
