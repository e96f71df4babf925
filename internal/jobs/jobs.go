// Package jobs is the code that runs a stack's jobs before its services are rolled
// out, as a function of Lambda.
package jobs

import (
	"crypto/sha256"
	_ "embed" // The archive.
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"sync"
)

//go:generate go run ../../hack/pack handler/*.py handler.zip

// What Lambda runs the code with.
const (
	Runtime = "python3.13"
	Handler = "index.handler"
)

// archive is the code without its tests. It is kept beside the code and not made
// from it here, because compressors differ between versions of Go, and another
// archive is another function in AWS.
//
//go:embed handler.zip
var archive []byte

// Base64 returns the function's code as a zip archive, the same on every platform
// and with every version of Go.
var Base64 = sync.OnceValue(func() string { return base64.StdEncoding.EncodeToString(archive) })

// checksum is taken once: the archive is the same at every call of the function.
var checksum = sync.OnceValue(func() [sha256.Size]byte { return sha256.Sum256(archive) })

// Digest returns the archive's SHA-256 as Lambda gives it back in CodeSha256.
func Digest() string {
	sum := checksum()
	return base64.StdEncoding.EncodeToString(sum[:])
}

// ObjectKey returns where the archive lies in a bucket. Another archive has another
// key, so that Lambda takes it as new.
func ObjectKey() string {
	sum := checksum()
	return "jobs/" + hex.EncodeToString(sum[:]) + ".zip"
}

// Run is what the function is asked: to run a job to its end.
type Run struct {
	// Job is its name.
	Job string `json:"job"`
	// LogGroup is where its log is, for messages.
	LogGroup string `json:"logGroup"`
	// Run tells this run from those of other task definitions.
	Run string `json:"run"`
	// TaskDefinition is the ARN of what is run.
	TaskDefinition string `json:"taskDefinition"`
}

// JSON returns the question as the function takes it.
func (r Run) JSON() string {
	b, _ := json.Marshal(r) //nolint:errchkjson // Text always marshals.
	return string(b)
}

// Environment returns the function's variables.
func Environment(cluster string, subnets []string, securityGroup string) map[string]string {
	return map[string]string{"CLUSTER": cluster, "SUBNETS": strings.Join(subnets, ","), "SECURITY_GROUP": securityGroup}
}
