package recorded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMerge(t *testing.T) {
	one := recording()
	one.Status = map[string]Field{
		"list": {Type: "list", Seen: 1, Items: &Range{1, 1}}, "text": {Type: "string", Seen: 1, Values: []string{"a", "b", "c"}},
		"left": {Type: "bool", Seen: 1}, "first": {Type: "list", Seen: 1, Items: &Range{1, 1}}, "second": {Type: "string", Seen: 1},
	}
	two := recording()
	two.Objects, two.ReadySeconds, two.Stacks, two.ExternalNames = 2, Range{5, 200}, []string{"team-b/shop"}, []string{"a"}
	two.Status = map[string]Field{
		"list": {Type: "list", Seen: 2, Items: &Range{0, 3}, Collapsed: 1}, "text": {Type: "number", Seen: 1, Values: []string{"d", "e", "f"}},
		"right": {Type: "bool", Seen: 1}, "first": {Type: "string", Seen: 1}, "second": {Type: "list", Seen: 1, Items: &Range{2, 2}},
	}
	all := Recordings{}
	all.Add(one)
	all.Add(two)
	got := all["sqs/Queue"]
	want := map[string]Field{
		"list": {Type: "list", Seen: 3, Items: &Range{0, 3}, Collapsed: 1}, "text": {Type: "number|string", Seen: 2, Values: []string{Various}},
		"left": {Type: "bool", Seen: 1}, "right": {Type: "bool", Seen: 1},
		"first": {Type: "list|string", Seen: 2, Items: &Range{1, 1}}, "second": {Type: "list|string", Seen: 2, Items: &Range{2, 2}},
	}
	if diff := cmp.Diff(want, got.Status); diff != "" {
		t.Errorf("\nA recording of several resources has all that any of them shows.\nMerge(...): -want, +got:\n%s", diff)
	}
	if got.Objects != 3 || got.ReadySeconds != (Range{5, 200}) || len(got.ExternalNames) != 2 {
		t.Errorf("\nNumbers add up, ranges grow.\ngot %+v", got)
	}
	if diff := cmp.Diff([]string{"team-a/shop", "team-b/shop"}, all.Stacks()); diff != "" {
		t.Errorf("\nEvery stack is named once.\nStacks(): -want, +got:\n%s", diff)
	}
}

func TestWriteRead(t *testing.T) {
	dir := t.TempDir()
	empty := Recording{Kind: "ec2/VPC"}
	want := Recordings{"sqs/Queue": recording(), "ec2/VPC": empty}
	if err := want.Write(dir); err != nil {
		t.Fatal(err)
	}
	got, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	empty.Spec, empty.Late, empty.Status = map[string]Field{}, map[string]Field{}, map[string]Field{}
	want["ec2/VPC"] = empty
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nWhat was written can be read.\nRead(...): -want, +got:\n%s", diff)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "sqs", "Queue.json"))
	if err != nil {
		t.Fatal(err)
	}
	if line := "\n    \"id\": {\"type\":\"string\",\"seen\":1,\"values\":[\"${external}\"]},\n"; !strings.Contains(string(raw), line) {
		t.Errorf("\nEach field has a line of its own.\nwant %s, got:\n%s", line, raw)
	}
}

func TestReadWriteRefused(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "ec2", "VPC.json")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("\nA file that is not a recording should be named.\ngot %v", err)
	}
	if _, err := Read("["); err == nil {
		t.Error("\nA directory that cannot be searched should be refused.")
	}
	if err := (Recordings{"ec2/VPC.json/x": {}}).Write(dir); err == nil {
		t.Error("\nA file in the place of a directory should be refused.")
	}
}
