package v1alpha1

// SecretsSpec configures the application's own secret. RDS creates, stores and
// rotates the database's password.
type SecretsSpec struct {
	// Rotation of the app secret by a Lambda function that you provide.
	// +kubebuilder:title=App secret rotation
	// +optional
	AppRotation *AppRotation `json:"appRotation,omitempty"`
}

// AppRotation rotates the application's secret.
type AppRotation struct {
	// ARN of the rotation function. The function's policy must allow Secrets Manager to invoke it.
	// +kubebuilder:title=Rotation function ARN
	// +kubebuilder:example="arn:aws:lambda:eu-west-1:123456789012:function:rotate"
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$`
	LambdaARN string `json:"lambdaArn"`

	// Days between rotations, 1 to 90. Defaults to 30.
	// +kubebuilder:title=Days between rotations
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=90
	// +optional
	IntervalDays int32 `json:"intervalDays,omitempty"`
}
