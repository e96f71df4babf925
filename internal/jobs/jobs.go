// Package jobs is the code that runs a stack's jobs before its services are rolled
// out, as a function of Lambda.
package jobs

import (
	_ "embed" // The archive.
	"encoding/json"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/archive"
)

//go:generate go run ../../hack/pack handler/*.py handler.zip

// What Lambda runs the code with.
const (
	Runtime = "python3.13"
	Handler = "index.handler"
)

//go:embed handler.zip
var content []byte

// Code is the function's code without its tests.
var Code = archive.New("jobs", content)

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
