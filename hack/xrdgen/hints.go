package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// Hints for forms in an XRD's schema (TeraSky's kubernetes-ingestor for Backstage,
// "XRD Field Ordering" and "XRD Form Visibility"). Crossplane does not copy them to
// the CustomResourceDefinition.
const (
	hintOrder    = "x-ui-order"
	hintAdvanced = "x-ui-advanced"
	hintHidden   = "x-ui-hidden"
)

// everyday lists the fields that a form shows by default. All others are advanced.
// The fields of an optional part or of a list entry are shown with it.
var everyday = []string{
	"region", "environment", "size", "deletionPolicy", "tags",
	"network", "network.cidr", "network.availabilityZones", "network.natGateways", "network.existing",
	"app", "app.loadBalancer",
	"assets", "assets.noncurrentVersionDays",
	"database", "database.enabled", "database.engine", "database.version",
	"database.instance", "database.instance.class", "database.instance.multiAZ", "database.instance.storage", "database.instance.storage.sizeGiB",
	"database.aurora", "database.aurora.class", "database.aurora.serverless", "database.aurora.serverless.minCapacity", "database.aurora.serverless.maxCapacity", "database.aurora.readers",
	"database.backupRetentionDays", "database.deletionProtection", "database.proxy",
	"cdn", "cdn.domain", "cdn.additionalDomains", "cdn.hostedZone", "cdn.priceClass",
	"access", "access.runtimes", "access.app",
	"secrets", "secrets.appRotation",
	"guardrails", "guardrails.waf", "guardrails.waf.enabled", "guardrails.waf.mode",
	"guardrails.audit", "guardrails.audit.enabled", "guardrails.config", "guardrails.config.enabled",
	"guardrails.parameters", "guardrails.parameters.enabled",
	"guardrails.alarms", "guardrails.alarms.enabled", "guardrails.alarms.emails",
	"guardrails.responses", "guardrails.responses.enabled", "guardrails.responses.mode",
}

// hinted returns a schema of the API with hints on the fields of its spec. Fields
// are in the order of the Go types. A form shows the everyday fields by default, or
// all if there are none. It returns an error if everyday names an unknown field.
func hinted(s *extv1.JSONSchemaProps, spec reflect.Type, everyday []string) (map[string]any, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, err
	}
	left := slices.Clone(everyday)
	shown := func(path string) bool {
		i := slices.Index(left, path)
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
		return true
	}
	if len(everyday) == 0 {
		shown = nil
	}
	hint(object(object(out, "properties"), "spec"), spec, "", shown)
	if len(left) > 0 {
		return nil, fmt.Errorf("everyday lists unknown fields: %s", strings.Join(left, ", "))
	}
	return out, nil
}

// hint adds hints to the fields of a Go type. shown reports whether a field is
// shown by default. If it is nil, all are.
func hint(schema map[string]any, of reflect.Type, path string, shown func(path string) bool) {
	properties := object(schema, "properties")
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		field := object(properties, name)
		if field == nil {
			continue
		}
		field[hintOrder] = i + 1
		at, within := strings.TrimPrefix(path+"."+name, "."), shown
		advanced := shown != nil && !shown(at)
		if advanced {
			field[hintAdvanced] = true
			within = nil
		}
		t := of.Field(i).Type
		if t.Kind() == reflect.Pointer {
			// A form that does not ask cannot omit a part that has required fields.
			// A part with defaults would always be created, unless it is advanced.
			if field["required"] != nil || !advanced && defaults(field) {
				field[hintHidden] = true
			}
			t, within = t.Elem(), nil
		}
		if t.Kind() == reflect.Slice {
			field, t, within = object(field, "items"), t.Elem(), nil
		}
		if t.Kind() == reflect.Struct {
			hint(field, t, at, within)
		}
	}
}

// defaults reports whether a part of a claim has defaults.
func defaults(part map[string]any) bool {
	for _, p := range object(part, "properties") {
		if field, _ := p.(map[string]any); field["default"] != nil {
			return true
		}
	}
	return false
}

func object(of map[string]any, name string) map[string]any {
	out, _ := of[name].(map[string]any)
	return out
}
