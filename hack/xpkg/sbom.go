package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// materials returns the SBOM of a Go binary in SPDX 2.3 JSON. It uses the build
// information in the binary, so the same binary results in the same SBOM.
func materials(binary []byte, version string) ([]byte, error) {
	info, err := buildinfo.Read(bytes.NewReader(binary))
	if err != nil {
		return nil, fmt.Errorf("cannot read what the binary is built of: %w", err)
	}
	sum := sha256.Sum256(binary)
	type reference struct {
		Category string `json:"referenceCategory"`
		Type     string `json:"referenceType"`
		Locator  string `json:"referenceLocator"`
	}
	type pkg struct {
		ID         string      `json:"SPDXID"`
		Name       string      `json:"name"`
		Version    string      `json:"versionInfo"`
		Download   string      `json:"downloadLocation"`
		Analyzed   bool        `json:"filesAnalyzed"`
		References []reference `json:"externalRefs,omitempty"`
	}
	type relation struct {
		From string `json:"spdxElementId"`
		Type string `json:"relationshipType"`
		To   string `json:"relatedSpdxElement"`
	}
	module := func(path, version string) pkg {
		return pkg{
			ID: "SPDXRef-" + identifier(path+"-"+version), Name: path, Version: version, Download: "NOASSERTION",
			References: []reference{{"PACKAGE-MANAGER", "purl", "pkg:golang/" + path + "@" + version}},
		}
	}
	own := module(info.Main.Path, version)
	packages := []pkg{own, module("stdlib", strings.TrimPrefix(info.GoVersion, "go"))}
	for _, d := range info.Deps {
		if d.Replace != nil {
			d = d.Replace
		}
		packages = append(packages, module(d.Path, d.Version))
	}
	relations := []relation{{"SPDXRef-DOCUMENT", "DESCRIBES", own.ID}}
	for _, p := range packages[1:] {
		relations = append(relations, relation{own.ID, "DEPENDS_ON", p.ID})
	}
	return json.MarshalIndent(map[string]any{
		"spdxVersion":       "SPDX-2.3",
		"dataLicense":       "CC0-1.0",
		"SPDXID":            "SPDXRef-DOCUMENT",
		"name":              functionName,
		"documentNamespace": "https://" + source + "/spdx/" + hex.EncodeToString(sum[:]),
		"creationInfo":      map[string]any{"created": "1970-01-01T00:00:00Z", "creators": []string{"Tool: hack/xpkg"}},
		"packages":          packages,
		"relationships":     relations,
	}, "", "  ")
}

// identifier converts a text to an SPDX identifier: letters, digits, dots and
// hyphens.
func identifier(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, text)
}
