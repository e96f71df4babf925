package response

import (
	"cmp"
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// connectionSecretType is Crossplane's type of connection secrets.
const connectionSecretType = "connection.crossplane.io/v1alpha1"

// connection returns the connection details: locations, never credentials.
func connection(status v1alpha1.SecureEcommerceStatus) map[string]string {
	out := map[string]string{
		"region":            status.Region,
		"assetsBucket":      status.Assets.Bucket,
		"uploadsBucket":     status.Uploads.Bucket,
		"cdnDomain":         status.CDN.Domain,
		"databaseEndpoint":  status.Database.Endpoint,
		"databaseName":      status.Database.Name,
		"databaseSecretArn": status.Database.SecretARN,
		// Other endpoints that the claim requests. Several names are separated by
		// commas.
		"databaseProxyEndpoint": status.Database.ProxyEndpoint,
		"databaseReadEndpoints": strings.Join(status.Database.ReadEndpoints, ","),

		"searchEndpoint":    status.Search.Endpoint,
		"cacheEndpoint":     status.Cache.Endpoint,
		"cacheReadEndpoint": status.Cache.ReadEndpoint,
		"cacheSecretArn":    status.Cache.SecretARN,
		"cacheUsername":     status.Cache.Username,

		"appSecretArn": status.Secrets.AppSecretARN,
		"appRoleArn":   status.Access.AppRoleARN,
	}
	for _, q := range status.Queues {
		out["queueUrl-"+q.Name] = q.URL
	}
	if status.Database.Port != 0 {
		out["databasePort"] = strconv.Itoa(int(status.Database.Port))
	}
	if status.Cache.Port != 0 {
		out["cachePort"] = strconv.Itoa(int(status.Cache.Port))
	}
	if status.Cache.ReadPort != 0 {
		out["cacheReadPort"] = strconv.Itoa(int(status.Cache.ReadPort))
	}
	for k, v := range out {
		if v == "" {
			delete(out, k)
		}
	}
	return out
}

// writeDetails sets the composite's connection details. Crossplane writes them to
// the claim's secret, if the claim requests one.
func writeDetails(rsp *fnv1.RunFunctionResponse, details map[string]string) {
	xr := rsp.GetDesired().GetComposite()
	if xr.GetConnectionDetails() == nil {
		xr.ConnectionDetails = map[string][]byte{}
	}
	for k, v := range details {
		xr.ConnectionDetails[k] = []byte(v)
	}
}

// connectionSecret returns the same details as a Secret for the namespaced scope,
// whose composites have no connection details (Crossplane documentation,
// "Connection details"). If an observation is missing, it keeps the existing
// detail, because the application reads it, unless the claim no longer requests it.
func connectionSecret(s *settings.Settings, observed facts.Observed, details map[string]string) desired.Resource {
	data := map[string]*structpb.Value{}
	maps.Copy(data, observed.Struct(composed.Connection, "data").GetFields())
	if s.Database.Proxy == nil {
		delete(data, "databaseProxyEndpoint")
	}
	if !s.Database.Reads() {
		delete(data, "databaseReadEndpoints")
	}
	if s.Search == nil {
		delete(data, "searchEndpoint")
	}
	maps.DeleteFunc(data, func(detail string, _ *structpb.Value) bool {
		name, ok := strings.CutPrefix(detail, "queueUrl-")
		return ok && !slices.ContainsFunc(s.Queues, func(q settings.Queue) bool { return q.Name == name })
	})
	if s.Cache == nil {
		maps.DeleteFunc(data, func(k string, _ *structpb.Value) bool { return strings.HasPrefix(k, "cache") })
	}
	if !s.Cache.Reads() {
		delete(data, "cacheReadEndpoint")
		delete(data, "cacheReadPort")
	}
	for k, v := range details {
		data[k] = structpb.NewStringValue(base64.StdEncoding.EncodeToString([]byte(v)))
	}
	name := cmp.Or(observed.String(composed.Connection, "metadata.name"), naming.Object(s.Composite, composed.Connection))
	text := structpb.NewStringValue
	return desired.Resource{
		Resource: composed.Connection,
		Present:  true,
		Object: &structpb.Struct{Fields: map[string]*structpb.Value{
			"apiVersion": text("v1"),
			"kind":       text("Secret"),
			"metadata": structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{
				"name": text(name), "namespace": text(s.Namespace),
			}}),
			"type": text(connectionSecretType),
			"data": structpb.NewStructValue(&structpb.Struct{Fields: data}),
		}},
	}
}
