package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
)

func TestPerformance(t *testing.T) {
	cases := map[string]struct {
		reason   string
		database string
		want     Performance
		err      string
	}{
		"Small":            {reason: "RDS decides how fast small storage is.", database: `{"instance":{"storage":{"sizeGiB":399}}}`},
		"Striped":          {reason: "From 400 GiB on the least is said, or RDS would be asked for what it gave before.", database: `{"instance":{"storage":{"sizeGiB":400}}}`, want: Performance{IOPS: 12000, Throughput: 500}},
		"Chosen":           {reason: "There it can be chosen.", database: `{"instance":{"storage":{"sizeGiB":400,"iops":16000,"throughputMiBps":4000}}}`, want: Performance{IOPS: 16000, Throughput: 4000}},
		"ThroughputAlone":  {reason: "One of both will do.", database: `{"instance":{"storage":{"sizeGiB":400,"throughputMiBps":3000}}}`, want: Performance{IOPS: 12000, Throughput: 3000}},
		"Most":             {reason: "The most that RDS has.", database: `{"instance":{"storage":{"sizeGiB":400,"iops":64000}}}`, want: Performance{IOPS: 64000, Throughput: 500}},
		"SmallIOPS":        {reason: "Small gp3 has its own.", database: `{"instance":{"storage":{"iops":12000}}}`, err: `spec.database.instance.storage.iops: 12000 is not valid: gp3 supports iops only for storage of at least 400 GiB, but sizeGiB is 20: raise sizeGiB, or remove iops`},
		"SmallThroughput":  {reason: "The size decides too.", database: `{"instance":{"storage":{"throughputMiBps":500}}}`, err: `spec.database.instance.storage.throughputMiBps: 500 is not valid: gp3 supports throughputMiBps only for storage of at least 400 GiB, but sizeGiB is 20: raise sizeGiB, or remove throughputMiBps`},
		"TooFew":           {reason: "Less than it would have anyway.", database: `{"instance":{"storage":{"sizeGiB":400,"iops":11999}}}`, err: `spec.database.instance.storage.iops: 11999 is not valid: must be from 12000 to 64000 for 400 GiB of gp3 storage`},
		"TooMany":          {reason: "More than gp3 has.", database: `{"instance":{"storage":{"sizeGiB":400,"iops":64001}}}`, err: `spec.database.instance.storage.iops: 64001 is not valid: must be from 12000 to 64000 for 400 GiB of gp3 storage`},
		"TooFast":          {reason: "Throughput needs operations.", database: `{"instance":{"storage":{"sizeGiB":400,"throughputMiBps":3001}}}`, err: `spec.database.instance.storage.throughputMiBps: 3001 is not valid: must not exceed 3000, which is a quarter of iops (12000): reduce throughputMiBps, or set iops to 12004 or more`},
		"IO2":              {reason: "io2 has what is asked for.", database: `{"instance":{"storage":{"sizeGiB":100,"type":"io2","iops":100000}}}`, want: Performance{IOPS: 100000}},
		"IO2Least":         {reason: "Half an operation for each GiB is the least.", database: `{"instance":{"storage":{"sizeGiB":2001,"type":"io2","iops":1001}}}`, want: Performance{IOPS: 1001}},
		"IO2TooSmall":      {reason: "io2 begins at 100 GiB.", database: `{"instance":{"storage":{"sizeGiB":99,"type":"io2","iops":1000}}}`, err: `spec.database.instance.storage.sizeGiB: 99 is not valid: must be at least 100 for io2 storage`},
		"IO2TooManyForGiB": {reason: "A thousand for each GiB is the most.", database: `{"instance":{"storage":{"sizeGiB":100,"type":"io2","iops":100001}}}`, err: `spec.database.instance.storage.iops: 100001 is not valid: must be from 50 to 100000 for 100 GiB of io2 storage`},
		"IO2TooFewForGiB":  {reason: "Less would not do for the storage.", database: `{"instance":{"storage":{"sizeGiB":2001,"type":"io2","iops":1000}}}`, err: `spec.database.instance.storage.iops: 1000 is not valid: must be from 1001 to 2001000 for 2001 GiB of io2 storage`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, `{"region":"eu-west-1","database":`+tc.database+`}`, &inputv1alpha1.Input{}, nil)
			got, text := Performance{}, ""
			if err != nil {
				text = err.Error()
			} else {
				got = s.Database.Performance
			}
			if diff := cmp.Diff(tc.err, text); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nPerformance: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
