package main

import (
	"reflect"
	"strings"

	"github.com/crossplane/upjet/v2/pkg/types/name"
)

// field is a field of a managed resource's Go type.
type field struct {
	// name is the field's name in the CRD.
	name string
	// many reports whether it is a list.
	many bool
	// required reports whether the CRD requires it.
	required bool
	// secret reports whether it refers to a Secret with the value.
	secret bool
	// fields contains the fields of its objects, if any, by Terraform's name.
	fields map[string]field
}

// fieldsOf returns the fields of a struct by their Terraform names. It omits fields
// that Terraform does not have, such as references.
func fieldsOf(t reflect.Type) map[string]field {
	out := map[string]field{}
	for i := range t.NumField() {
		f := t.Field(i)
		terraform, _, _ := strings.Cut(f.Tag.Get("tf"), ",")
		argument, secret := secretArgument(f)
		if secret {
			terraform = argument
		}
		if terraform == "" || terraform == "-" {
			continue
		}
		crd, optional, _ := strings.Cut(f.Tag.Get("json"), ",")
		e := field{name: crd, required: optional == "", secret: secret}
		of := f.Type
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			e.many = e.many || of.Kind() == reflect.Slice
			of = of.Elem()
		}
		if of.Kind() == reflect.Struct && !secret {
			e.fields = fieldsOf(of)
		}
		out[terraform] = e
	}
	return out
}

// secretArgument returns the Terraform argument of a field such as
// PasswordSecretRef, and reports whether it is such a field.
func secretArgument(f reflect.StructField) (string, bool) {
	argument, ok := strings.CutSuffix(f.Name, "SecretRef")
	if !ok || !strings.Contains(f.Type.String(), "SecretKeySelector") {
		return "", false
	}
	return name.NewFromCamel(argument).Snake, true
}

// path joins the path of an object and a field's name.
func path(at string, f field) string {
	p := f.name
	if at != "" {
		p = at + "." + f.name
	}
	if f.many && f.fields != nil {
		p += "[]"
	}
	return p
}

// crdPath converts a Terraform path, such as "vpc_config.0.subnet_ids", to the
// CRD's path. It is empty if the CRD lacks the field.
func crdPath(fields map[string]field, terraform string) string {
	at := ""
	for part := range strings.SplitSeq(terraform, ".") {
		if part == "0" {
			continue
		}
		f, ok := fields[part]
		if !ok {
			return ""
		}
		at, fields = path(at, f), f.fields
	}
	return strings.TrimSuffix(at, "[]")
}
