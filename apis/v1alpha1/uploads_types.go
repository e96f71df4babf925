package v1alpha1

// UploadKeys is how the keys of uploads follow from their paths.
//
// +kubebuilder:validation:Enum=WithPath;WithoutPath
type UploadKeys string

// UploadKeys values.
const (
	// UploadKeysWithPath makes /uploads/a.png the object uploads/a.png.
	UploadKeysWithPath UploadKeys = "WithPath"
	// UploadKeysWithoutPath makes /uploads/a.png the object a.png.
	UploadKeysWithoutPath UploadKeys = "WithoutPath"
)

// UploadsSpec is the bucket of files that visitors upload.
//
// +kubebuilder:validation:XValidation:rule="!has(self.keys) || self.keys == 'WithPath' || !has(self.additionalPaths) || size(self.additionalPaths) == 0",fieldPath=".additionalPaths",message="without their path, files of two paths could have the same key: remove additionalPaths, or set keys to WithPath"
// +kubebuilder:validation:XValidation:rule="!has(self.additionalPaths) || !has(self.path) || !(self.path in self.additionalPaths)",fieldPath=".additionalPaths",message="path is served already: remove it here"
type UploadsSpec struct {
	// Path under which CloudFront serves the files. Objects stay where they are when this changes, and are not served under the new path.
	// +kubebuilder:title=Path
	// +kubebuilder:default="/uploads/*"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^/([A-Za-z0-9_][A-Za-z0-9_.-]*/)+[*]$`
	// +optional
	Path string `json:"path,omitempty"`

	// More paths under which CloudFront serves files of the bucket, if an application stores under several, such as /media/* and /thumbnail/*.
	// +kubebuilder:title=More paths
	// +kubebuilder:example={"/thumbnail/*"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/([A-Za-z0-9_][A-Za-z0-9_.-]*/)+[*]$`
	// +listType=set
	// +optional
	AdditionalPaths []string `json:"additionalPaths,omitempty"`

	// Key of an object. WithPath: its path without the first slash, so that with /uploads/* the application stores a.png as uploads/a.png, and can write nowhere else. WithoutPath: what follows the path, so that it stores a.png as a.png, for applications that store at the top of their bucket. Objects keep their keys when this changes.
	// +kubebuilder:title=Keys
	// +kubebuilder:default=WithPath
	// +optional
	Keys UploadKeys `json:"keys,omitempty"`

	// Origins of the pages that browsers may upload from with presigned requests (CORS). Defaults to cdn.domain and cdn.additionalDomains, or to CloudFront's own domain name without them.
	// +kubebuilder:title=Origins of uploads
	// +kubebuilder:example={"https://shop.example.com"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=270
	// +kubebuilder:validation:items:Pattern=`^(https://([*]\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])|http://localhost)(:[0-9]{1,5})?$`
	// +listType=set
	// +optional
	CORSOrigins []string `json:"corsOrigins,omitempty"`

	// Days after which S3 deletes an upload. Uploads are kept without it. Deleted files can be restored for 30 more days, and copies at edge locations can be served for up to a day.
	// +kubebuilder:title=Days to keep uploads
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	// +optional
	MaxDays *int32 `json:"maxDays,omitempty"`

	// Scans each upload for malware (GuardDuty Malware Protection for S3, charged by GB and object). CloudFront serves, and the application reads, only files without threats. Files that were there before are not scanned and no longer served: upload them again.
	// +kubebuilder:title=Scan for malware
	// +optional
	Scan bool `json:"scan,omitempty"`
}
