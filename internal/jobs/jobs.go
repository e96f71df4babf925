// Package jobs contains the code of the Lambda function that runs a stack's jobs
// before its services are rolled out.
package jobs

import (
	_ "embed" // For embed.
	"encoding/json"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/archive"
)

//go:generate go run ../../hack/pack handler/*.py handler.zip

// The Lambda runtime and handler.
const (
	Runtime = "python3.13"
	Handler = "index.handler"
)

//go:embed handler.zip
var content []byte

// Code is the function's code without its tests.
var Code = archive.New("jobs", content)

// Run is the function's event: a request to run a job to completion.
type Run struct {
	// Job is its name.
	Job string `json:"job"`
	// LogGroup is the log group of the job, for messages.
	LogGroup string `json:"logGroup"`
	// Run distinguishes this run from runs of other task definitions.
	Run string `json:"run"`
	// TaskDefinition is the ARN of the task definition.
	TaskDefinition string `json:"taskDefinition"`
}

// JSON returns the event.
func (r Run) JSON() string {
	b, _ := json.Marshal(r) //nolint:errchkjson // Strings always marshal.
	return string(b)
}

// Environment returns the function's environment variables.
func Environment(cluster string, subnets []string, securityGroup string) map[string]string {
	return map[string]string{"CLUSTER": cluster, "SUBNETS": strings.Join(subnets, ","), "SECURITY_GROUP": securityGroup}
}
