package tiertest

import (
	"maps"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
)

// AlarmsKeyARN is the ARN of an observed key of the alarms.
const AlarmsKeyARN = "arn:aws:kms:eu-west-1:123456789012:key/alarms"

// ResponsesCode is the name of the archive that this version brings.
var ResponsesCode = composed.ResponsesCode(naming.Hash(responses.Code.ObjectKey()))

// IsReady is an observed resource that is ready.
const IsReady = `{"status":{` + Ready + `}}`

// Responding is what was observed of a stack whose function can be made, and
// more of it.
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
