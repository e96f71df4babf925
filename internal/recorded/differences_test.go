package recorded

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDifferences(t *testing.T) {
	cases := map[string]struct {
		reason string
		change func(recorded, simulated *Recording)
		want   []string
	}{
		"Same": {reason: "The same recording is no difference.", change: func(_, _ *Recording) {}},
		"Less": {
			reason: "The simulator may show less.",
			change: func(_, s *Recording) { delete(s.Status, "arn") },
		},
		"OtherName": {
			reason: "A name of another form is not what AWS gives.",
			change: func(_, s *Recording) { s.ExternalNames = []string{"queue-<hex>"} },
			want:   []string{"external name"},
		},
		"VariousNames": {
			reason: "Where there were many forms any will do.",
			change: func(r, s *Recording) { r.ExternalNames, s.ExternalNames = []string{Various}, []string{"queue-<hex>"} },
		},
		"OlderForm": {
			reason: "A name that was recorded before its random part was known to be random is the same.",
			change: func(r, s *Recording) {
				r.Status["arn"] = Field{Type: "string", Values: []string{"config-aggregator/config-aggregator-qoewaett"}}
				s.Status["arn"] = Field{Type: "string", Values: []string{"config-aggregator/config-aggregator-<lower>"}}
			},
		},
		"OtherConditions": {
			reason: "Conditions are what readiness is read from.",
			change: func(_, s *Recording) { s.Conditions = s.Conditions[:1] },
			want:   []string{"conditions"},
		},
		"UnknownField": {
			reason: "A field that the provider does not show must not be waited for.",
			change: func(_, s *Recording) { s.Status["grant"] = Field{Type: "list", Items: &Range{1, 1}} },
			want:   []string{"grant"},
		},
		"ChangedField": {
			reason: "A field that nobody had asked for could not be recorded; it is listed instead.",
			change: func(_, s *Recording) {
				s.Spec["new"], s.Status["new"], s.Status["new.field"] = Field{Type: "object"}, Field{Type: "object"}, Field{Type: "string"}
			},
		},
		"OtherType": {
			reason: "A text is no number.",
			change: func(_, s *Recording) { s.Status["delaySeconds"] = Field{Type: "string"} },
			want:   []string{"delaySeconds"},
		},
		"MoreItems": {
			reason: "A list that the provider makes has no more items than were seen.",
			change: func(r, s *Recording) {
				r.Status["grant"], s.Status["grant"] = Field{Type: "list", Items: &Range{1, 1}}, Field{Type: "list", Items: &Range{2, 2}}
			},
			want: []string{"grant"},
		},
		"MoreAskedFor": {
			reason: "A list that was asked for may have any number of items.",
			change: func(_, s *Recording) { s.Status["rules"] = Field{Type: "list", Items: &Range{9, 9}, Collapsed: 1} },
		},
		"NotCollapsed": {
			reason: "A set that collapses in the provider must collapse.",
			change: func(_, s *Recording) { s.Status["rules"] = Field{Type: "list", Items: &Range{2, 2}} },
			want:   []string{"rules"},
		},
		"OtherValue": {
			reason: "A value of another form is not what AWS says.",
			change: func(_, s *Recording) { s.Status["arn"] = Field{Type: "string", Values: []string{"arn:${name}"}} },
			want:   []string{"arn"},
		},
		"NotLate": {
			reason: "What the provider fills in must be filled in.",
			change: func(_, s *Recording) { delete(s.Late, "maxMessageSize") },
			want:   []string{"maxMessageSize"},
		},
		"LateIsComposed": {
			reason: "What the function composes cannot be filled in.",
			change: func(_, s *Recording) {
				delete(s.Late, "maxMessageSize")
				s.Spec["maxMessageSize"] = Field{Type: "number", Seen: 1}
			},
		},
		"LateInvented": {
			reason: "What the provider does not fill in must not be.",
			change: func(_, s *Recording) { s.Late["iops"] = Field{Type: "number"} },
			want:   []string{"iops"},
		},
		"LateOther": {
			reason: "It must be the same value.",
			change: func(_, s *Recording) { s.Late["maxMessageSize"] = Field{Type: "number", Values: []string{"1"}} },
			want:   []string{"maxMessageSize"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			truth, simulated := recording(), recording()
			tc.change(&truth, &simulated)
			var got []string
			for _, d := range truth.Differences(simulated) {
				if got = append(got, d.Path); d.What == "" {
					t.Errorf("\n%s\n%s: want a reason", tc.reason, d.Path)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDifferences(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestChanged(t *testing.T) {
	simulated := recording()
	maps.Copy(simulated.Spec, map[string]Field{"block": {}, "block.field": {}, "blockade": {}, "maxMessageSize": {}})
	if diff := cmp.Diff([]string{"block", "blockade"}, recording().Changed(simulated)); diff != "" {
		t.Errorf("\nWhat is composed and was not when the recording was made is named once, at the top.\nChanged(...): -want, +got:\n%s", diff)
	}
}

func TestKnows(t *testing.T) {
	r := recording()
	r.Objects = 2
	r.Status["arn"] = Field{Type: "string", Seen: 2, Values: []string{"a"}}
	r.Status["sometimes"] = Field{Type: "string", Seen: 2, Values: []string{"", "a"}}
	cases := map[string]struct {
		reason string
		path   string
		known  bool
		always bool
	}{
		"Always":    {reason: "A field that all show is always there.", path: "status.atProvider.arn", known: true, always: true},
		"Sometimes": {reason: "One that is empty at times is not.", path: "status.atProvider.sometimes", known: true},
		"Some":      {reason: "Nor is one that some show.", path: "status.atProvider.name", known: true},
		"Item":      {reason: "An item that was seen can be waited for.", path: "status.atProvider.rules[0].ports[0]", known: true},
		"Beyond":    {reason: "One behind the last that was ever seen never comes.", path: "status.atProvider.rules[1].name"},
		"NoList":    {reason: "A text has no items.", path: "status.atProvider.arn[0]"},
		"Empty":     {reason: "What is always empty never comes.", path: "status.atProvider.empty"},
		"Unknown":   {reason: "Nor does what was never seen.", path: "status.atProvider.grant"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			why, known := r.Knows(tc.path)
			if always := r.Always(tc.path); known != tc.known || always != tc.always || known != (why == "") {
				t.Errorf("\n%s\nwant known %v, always %v, got %v, %v: %s", tc.reason, tc.known, tc.always, known, always, why)
			}
		})
	}
}
