// Command awsengines reads the schemas of cfn-lint. It writes tables of database
// engines: the minor versions that AWS offers for new databases, and the instance
// classes in each region.
//
//	awsengines CFNLINT_DIR OUT_DIR
//
// cfn-lint generates these schemas from responses to DescribeDBEngineVersions and
// DescribeOrderableDBInstanceOptions.
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
)

// extensions is cfn-lint's directory of data that CloudFormation's schemas lack.
const extensions = "data/schemas/extensions/aws_rds_dbinstance"

// old lists the class families that are not offered for new databases.
var old = []string{"m1", "m2", "m3", "m4", "r3", "r4", "t1", "t2"}

// schema is a list of conditional rules.
type schema struct {
	AllOf []rule `json:"allOf"`
}

type rule struct {
	If struct {
		Properties map[string]json.RawMessage `json:"properties"`
	} `json:"if"`
	Then json.RawMessage `json:"then"`
}

// values is an enumeration of a property's values.
type values struct {
	Const string   `json:"const"`
	Enum  []string `json:"enum"`
}

// then is the consequence of a rule.
type then struct {
	Properties map[string]json.RawMessage `json:"properties"`
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: awsengines CFNLINT_DIR OUT_DIR")
	}
	if err := run(filepath.Join(os.Args[1], extensions), os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(in, out string) error {
	listed, err := versions(in)
	if err != nil {
		return err
	}
	if err := write(filepath.Join(out, "listed.csv"), []string{"engine", "version", "minors"}, listed); err != nil {
		return err
	}
	offered, err := classes(in)
	if err != nil {
		return err
	}
	return write(filepath.Join(out, "classes.csv"), []string{"engines", "family", "sizes", "regions"}, offered)
}

// read reads a schema.
func read[T any](dir, name string) (T, error) {
	var out T
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(raw, &out)
}

// engineOf returns the engine that a rule is about, and whether it is about one.
func engineOf(properties map[string]json.RawMessage) (string, bool) {
	var v values
	if err := json.Unmarshal(properties["Engine"], &v); err != nil { // The rule is about all engines.
		return "", false
	}
	return v.Const, v.Const != ""
}

// versions returns a row for each major version that the project supports.
func versions(dir string) ([][]string, error) {
	listed, err := versionsOf(dir, "engine_version.json", func(r rule) json.RawMessage {
		var t then
		if err := json.Unmarshal(r.Then, &t); err != nil {
			return nil // The caller gets the same error and reports it.
		}
		return t.Properties["EngineVersion"]
	})
	if err != nil {
		return nil, err
	}
	ended, err := versionsOf(dir, "engine_version_deprecated.json", func(r rule) json.RawMessage { return r.If.Properties["EngineVersion"] })
	if err != nil {
		return nil, err
	}
	var out [][]string
	for _, e := range engines.All() {
		name := string(e.Name)
		for _, v := range e.Versions() {
			minors := slices.DeleteFunc(slices.Clone(listed[name]), func(minor string) bool {
				return e.Major(minor) != v.Version || minor == v.Version || strings.Contains(minor, "-") || slices.Contains(ended[name], minor)
			})
			slices.SortFunc(minors, engines.Compare)
			out = append(out, []string{name, v.Version, strings.Join(minors, " ")})
		}
	}
	return out, nil
}

// versionsOf returns the versions in a schema by engine.
func versionsOf(dir, name string, of func(rule) json.RawMessage) (map[string][]string, error) {
	s, err := read[schema](dir, name)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, r := range s.AllOf {
		engine, ok := engineOf(r.If.Properties)
		if !ok {
			continue
		}
		var v values
		if err := json.Unmarshal(of(r), &v); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, engine, err)
		}
		out[engine] = v.Enum
	}
	return out, nil
}

// classes returns a row for each family with its regions, and one with the regions
// of the table.
func classes(dir string) ([][]string, error) {
	byRegion, err := read[map[string]schema](dir, "dbinstanceclass_enum.json")
	if err != nil {
		return nil, err
	}
	if len(byRegion) == 0 {
		return nil, errors.New("no region has a class")
	}
	// Regions by engine and class.
	offered := map[string]map[string][]string{}
	for region, s := range byRegion {
		for _, rule := range s.AllOf {
			engine, ok := engineOf(rule.If.Properties)
			if !ok {
				continue
			}
			var t then
			if err := json.Unmarshal(rule.Then, &t); err != nil {
				return nil, fmt.Errorf("%s: %w", region, err)
			}
			if offered[engine] == nil {
				offered[engine] = map[string][]string{}
			}
			var of values
			if err := json.Unmarshal(t.Properties["DBInstanceClass"], &of); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", region, engine, err)
			}
			for _, class := range of.Enum {
				offered[engine][class] = append(offered[engine][class], region)
			}
		}
	}
	regions := slices.Sorted(maps.Keys(byRegion))
	out := [][]string{{"regions", "", "", strings.Join(regions, " ")}}
	return append(out, families(offered, len(regions))...), nil
}

// families returns the rows of families. Sizes and engines with the same regions
// share a row.
func families(offered map[string]map[string][]string, regions int) [][]string {
	sizes := map[[3]string][]string{} // By engine, family and regions.
	for _, e := range engines.All() {
		for class, in := range offered[string(e.Name)] {
			parts := strings.SplitN(class, ".", 3)
			if len(parts) < 3 || slices.Contains(old, parts[1]) {
				continue
			}
			slices.Sort(in)
			where := strings.Join(slices.Compact(in), " ")
			if strings.Count(where, " ")+1 == regions {
				where = "all"
			}
			key := [3]string{string(e.Name), parts[1], where}
			sizes[key] = append(sizes[key], parts[2])
		}
	}
	rows := map[[3]string][]string{} // By family, sizes and regions.
	for key, s := range sizes {
		slices.Sort(s)
		row := [3]string{key[1], strings.Join(s, " "), key[2]}
		rows[row] = append(rows[row], key[0])
	}
	var out [][]string
	for row, of := range rows {
		slices.Sort(of)
		out = append(out, []string{strings.Join(of, " "), row[0], row[1], row[2]})
	}
	slices.SortFunc(out, func(a, b []string) int { return strings.Compare(a[1]+a[0]+a[2], b[1]+b[0]+b[2]) })
	return out
}

// write writes a table.
func write(file string, head []string, rows [][]string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{head}, rows...)); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
