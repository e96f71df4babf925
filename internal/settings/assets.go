package settings

import (
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Assets is the shop's files.
type Assets struct {
	v1alpha1.AssetsSpec

	// ReplicaRegion is the region of their replica. It is empty without a replica.
	ReplicaRegion string
}

// assets decides the settings of the files.
func (d *decision) assets() Assets {
	return Assets{AssetsSpec: d.claim.Spec.Assets, ReplicaRegion: d.replicaRegion()}
}

// replicaRegion returns the region of the assets' replica. An existing replica
// stays in its region, because it holds data.
func (d *decision) replicaRegion() string {
	asked := string(ptr.Deref(d.claim.Spec.Assets.Replica, v1alpha1.AssetsReplica{}).Region)
	return d.pin("spec.assets.replica.region", asked, seen(d.observed, "spec.forProvider.region", []string{composed.ReplicaBucket, composed.ReplicaLogsBucket}))
}
