package v1alpha1

// UploadKeys is the relation between URL paths and object keys of uploads.
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

// UploadsSpec is the bucket for files that visitors upload.
//
// +kubebuilder:validation:XValidation:rule="!has(self.keys) || self.keys == 'WithPath' || !has(self.additionalPaths) || size(self.additionalPaths) == 0",fieldPath=".additionalPaths",message="additionalPaths requires keys WithPath: set keys to WithPath, or remove additionalPaths"
// +kubebuilder:validation:XValidation:rule="!has(self.additionalPaths) || !has(self.path) || !(self.path in self.additionalPaths)",fieldPath=".additionalPaths",message="additionalPaths must not contain the value of path: remove the duplicate"
type UploadsSpec struct {
	// Path under which CloudFront serves the files. Defaults to /uploads/*. After a change, existing objects are not served under the new path.
	// +kubebuilder:title=Path
	// +kubebuilder:default="/uploads/*"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^/([A-Za-z0-9_][A-Za-z0-9_.-]*/)+[*]$`
	// +optional
	Path string `json:"path,omitempty"`

	// Additional paths under which CloudFront serves files from the bucket, such as /media/* and /thumbnail/*.
	// +kubebuilder:title=Additional paths
	// +kubebuilder:example={"/thumbnail/*"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/([A-Za-z0-9_][A-Za-z0-9_.-]*/)+[*]$`
	// +listType=set
	// +optional
	AdditionalPaths []string `json:"additionalPaths,omitempty"`

	// Mapping of URL paths to object keys. WithPath: the key is the URL path without the leading slash, so /uploads/a.png returns the object uploads/a.png; the application can write only below the prefixes of path and additionalPaths. WithoutPath: the key is the part after path, so /uploads/a.png returns the object a.png. Existing objects keep their keys after a change. Defaults to WithPath.
	// +kubebuilder:title=Keys
	// +kubebuilder:default=WithPath
	// +optional
	Keys UploadKeys `json:"keys,omitempty"`

	// Origins of pages that can upload files with presigned requests (CORS). Defaults to cdn.domain and cdn.additionalDomains or, without these, to the CloudFront domain name.
	// +kubebuilder:title=Origins of uploads
	// +kubebuilder:example={"https://shop.example.com"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=270
	// +kubebuilder:validation:items:Pattern=`^(https://([*]\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])|http://localhost)(:[0-9]{1,5})?$`
	// +listType=set
	// +optional
	CORSOrigins []string `json:"corsOrigins,omitempty"`

	// Days after which S3 deletes an upload. Uploads are kept indefinitely by default. Deleted files can be restored for 30 days. CloudFront can serve deleted files from its cache for up to one day.
	// +kubebuilder:title=Days to keep uploads
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	// +optional
	MaxDays *int32 `json:"maxDays,omitempty"`

	// Scans uploads for malware (GuardDuty Malware Protection for S3, charged per GB and object). CloudFront and the application can then access only files that pass the scan. Existing files are not scanned: upload them again to make them accessible.
	// +kubebuilder:title=Scan for malware
	// +optional
	Scan bool `json:"scan,omitempty"`
}
