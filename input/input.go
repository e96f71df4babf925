// Package input contains the schema of the function's input. It is embedded, so
// that the function validates with the same schema that its package contains.
package input

import _ "embed"

//go:generate controller-gen object paths=./v1alpha1
//go:generate controller-gen crd paths=./v1alpha1 output:crd:dir=.
//go:generate cp fn.platform.secure-ecommerce.dev_inputs.yaml ../package/input/

// Definition is the CustomResourceDefinition of the input.
//
//go:embed fn.platform.secure-ecommerce.dev_inputs.yaml
var Definition []byte
