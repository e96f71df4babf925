package tiertest

import (
	"maps"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
)

// AlarmsKeyARN is the ARN of the observed key of alarms.
const AlarmsKeyARN = "arn:aws:kms:eu-west-1:123456789012:key/alarms"

// ResponsesCode is the resource name of the current archive.
var ResponsesCode = composed.ResponsesCode(naming.Hash(responses.Code.ObjectKey()))

// IsReady is a ready observed resource.
const IsReady = `{"status":{` + Ready + `}}`

// Responding returns the resources that the responses' function waits for, and
// others.
func Responding(more ...map[string]string) map[string]string {
	out := map[string]string{
		composed.AlarmsKey:            `{"status":{"atProvider":{"arn":"` + AlarmsKeyARN + `"}}}`,
		composed.ResponsesRoleRuntime: IsReady,
		ResponsesCode:                 IsReady,
	}
	for _, m := range more {
		maps.Copy(out, m)
	}
	return out
}
