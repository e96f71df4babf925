package v1alpha1

// UploadsSpec is the bucket of files that visitors upload.
type UploadsSpec struct {
	// Path under which CloudFront serves the files. The key of an object is its path without the leading slash: with /uploads/* the application stores under uploads/, and can write nowhere else. Objects stay where they are when this changes, and are not served under the new path.
	// +kubebuilder:title=Path
	// +kubebuilder:default="/uploads/*"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^/([A-Za-z0-9_][A-Za-z0-9_.-]*/)+[*]$`
	// +optional
	Path string `json:"path,omitempty"`

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
