package references

import "testing"

// TestUnresolvedARNs checks ARNs and patterns of ARNs in all fields.
func TestUnresolvedARNs(t *testing.T) {
	testUnresolved(t, map[string]unresolvedCase{
		"OwnARN":         {reason: "A resource has it.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:sns:eu-west-1:123456789012:shop-abc-alarms"}`)}},
		"GivenARN":       {reason: "The claim gives it.", args: args{kind: "secretsmanager/SecretRotation", forProvider: `{"rotationLambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate"}`}},
		"InputARN":       {reason: "The input gives it.", args: args{kind: "lambda/Function", external: "shop-abc-app", forProvider: `{"kmsKeyArn":"arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001"}`}},
		"ManagedPolicy":  {reason: "It is AWS's own.", args: args{kind: "iam/RolePolicyAttachment", forProvider: `{"policyArn":"arn:aws:iam::aws:policy/AWSSupportAccess"}`}},
		"Objects":        {reason: "They are in a bucket of the stack.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:s3:::shop-abc-assets/*"}`)}},
		"Streams":        {reason: "They are in a log group of the stack.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:logs:eu-west-1:123456789012:log-group:/shop-abc/audit:*"}`)}},
		"FunctionsLater": {reason: "The application brings them.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:lambda:eu-west-1:123456789012:function:shop-abc-*"}`)}},
		"Pattern":        {reason: "A resource matches.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop-abc-*"}`)}},
		"DatabaseUser":   {reason: "The database is the stack's.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-AAAABBBBCCCCDDDDEEEEFFFF22/app"}`)}},
		"Table":          {reason: "The claim names the table, and its indexes are its own.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":["arn:aws:dynamodb:eu-west-1:123456789012:table/carts","arn:aws:dynamodb:eu-west-1:123456789012:table/carts/index/*"]}`)}},
		"Function":       {reason: "Cloud Control shows no ARN of it, so it is put together.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:cloudfront::123456789012:function/shop-abc-routes"}`)}},
		"WrongTable": {
			reason: "The claim names another one.",
			args:   args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:dynamodb:eu-west-1:123456789012:table/cart"}`)},
			want:   []Finding{{Field: "policy.Statement[].Resource", Text: "arn:aws:dynamodb:eu-west-1:123456789012:table/cart", Why: "no resource has this ARN"}},
		},
		"WrongARN": {
			reason: "The topic is in another region.",
			args:   args{kind: "cloudwatchevents/Target", forProvider: `{"region":"us-east-1","arn":"arn:aws:sns:us-east-1:123456789012:shop-abc-alarms"}`},
			want:   []Finding{{Field: "arn", Text: "arn:aws:sns:us-east-1:123456789012:shop-abc-alarms", Why: "no resource has this ARN"}},
		},
		"WrongPartition": {
			reason: "The stack is not in China.",
			args:   args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws-cn:s3:::shop-abc-assets"}`)},
			want:   []Finding{{Field: "policy.Statement[].Resource", Text: "arn:aws-cn:s3:::shop-abc-assets", Why: "the stack is in the partition aws"}},
		},

		"VersionOfGiven": {
			reason: "What is below a given ARN is its owner's.",
			args:   args{kind: "secretsmanager/SecretRotation", forProvider: `{"rotationLambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate:live"}`},
		},
		"WrongExtension": {
			reason: "It only begins like a given ARN.",
			args:   args{kind: "secretsmanager/SecretRotation", forProvider: `{"rotationLambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate-old"}`},
			want:   []Finding{{Field: "rotationLambdaArn", Text: "arn:aws:lambda:eu-west-1:123456789012:function:rotate-old", Why: "no resource has this ARN"}},
		},
		"DeliverySource": {
			reason: "Cloud Control shows no ARN of it, so it is put together.",
			args:   args{kind: "kms/Key", forProvider: policy(`{"Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:logs:us-east-1:123456789012:delivery-source:shop-abc-cdn"}}}`)},
		},
		"WrongDeliverySource": {
			reason: "The name is a bucket's, no delivery source's.",
			args:   args{kind: "kms/Key", forProvider: policy(`{"Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:logs:us-east-1:123456789012:delivery-source:shop-abc-assets"}}}`)},
			want:   []Finding{{Field: "policy.Statement[].Condition.ArnEquals.aws:SourceArn", Text: "arn:aws:logs:us-east-1:123456789012:delivery-source:shop-abc-assets", Why: "no resource has this ARN"}},
		},
		"DeliveryDestination": {
			reason: "The same of a destination.",
			args:   args{kind: controlled, forProvider: `{"region":"us-east-1","desiredState":` + quoted(`{"DeliveryDestinationArn":"arn:aws:logs:us-east-1:123456789012:delivery-destination:shop-abc-bucket"}`) + `}`},
		},
		"WrongDeliveryDestination": {
			reason: "A source is no destination.",
			args:   args{kind: controlled, forProvider: `{"region":"us-east-1","desiredState":` + quoted(`{"DeliveryDestinationArn":"arn:aws:logs:us-east-1:123456789012:delivery-destination:shop-abc-cdn"}`) + `}`},
			want:   []Finding{{Field: "desiredState.DeliveryDestinationArn", Text: "arn:aws:logs:us-east-1:123456789012:delivery-destination:shop-abc-cdn", Why: "no resource has this ARN"}},
		},
	})
}

// TestUnresolvedHosts checks hosts of resources, services and service principals.
func TestUnresolvedHosts(t *testing.T) {
	testUnresolved(t, map[string]unresolvedCase{
		"WrongPrincipal": {
			reason: "No service has this name.",
			args:   args{kind: "sqs/QueuePolicy", forProvider: policy(`{"Principal":{"Service":"event.amazonaws.com"}}`)},
			want:   []Finding{{Field: "policy.Statement[].Principal.Service", Text: "event.amazonaws.com", Why: "not a service principal"}},
		},
		"WrongBucketHost": {
			reason: "There is no such bucket.",
			args:   args{kind: "cloudfront/Distribution", external: "E2ABCDEFGHIJK", forProvider: `{"loggingConfig":{"bucket":"shop-abc-logs.s3.amazonaws.com"}}`},
			want:   []Finding{{Field: "loggingConfig.bucket", Text: "shop-abc-logs.s3.amazonaws.com", Why: "the stack has no bucket with this name"}},
		},

		"MadeHost": {reason: "The distribution shows it.", args: args{kind: "ssm/Parameter", external: "/shop-abc/cdn/domain", forProvider: `{"region":"eu-west-1","insecureValue":"d111111abcdef8.cloudfront.net"}`}},
		"WrongHost": {
			reason: "No distribution shows it.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/cdn/domain", forProvider: `{"region":"eu-west-1","insecureValue":"d222222abcdef8.cloudfront.net"}`},
			want:   []Finding{{Field: "insecureValue.domain", Text: "d222222abcdef8.cloudfront.net", Why: "no resource has this host"}},
		},
		"HostWithPort": {
			reason: "The database shows it with its port.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/database/endpoint", forProvider: `{"region":"eu-west-1","insecureValue":"shop-abc-db.abcdefghijkl.eu-west-1.rds.amazonaws.com"}`},
		},
		"HostInURL": {
			reason: "The queue shows a URL on it, the old one of its region, which is no service's name.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/queue/host", forProvider: `{"region":"eu-west-1","insecureValue":"queue.amazonaws.com"}`},
		},
		"WrongHostWithPort": {
			reason: "No database shows it.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/database/endpoint", forProvider: `{"region":"eu-west-1","insecureValue":"abc-db.abcdefghijkl.eu-west-1.rds.amazonaws.com"}`},
			want:   []Finding{{Field: "insecureValue.endpoint", Text: "abc-db.abcdefghijkl.eu-west-1.rds.amazonaws.com", Why: "not a service principal"}},
		},
		"EndpointServiceGiven": {
			reason: "What the claim names its owner knows; AWS offers more than a list of ours has.",
			args:   args{kind: "ec2/VPCEndpoint", forProvider: `{"region":"eu-west-1","serviceName":"com.amazonaws.eu-west-1.central-logs"}`},
		},
		"EndpointService": {reason: "AWS has it in the stack's region.", args: args{kind: "ec2/VPCEndpoint", forProvider: `{"region":"eu-west-1","serviceName":"com.amazonaws.eu-west-1.ecr.api"}`}},
		"WrongEndpointService": {
			reason: "AWS has none of this name.",
			args:   args{kind: "ec2/VPCEndpoint", forProvider: `{"region":"eu-west-1","serviceName":"com.amazonaws.eu-west-1.ecr"}`},
			want:   []Finding{{Field: "serviceName", Text: "com.amazonaws.eu-west-1.ecr", Why: "not a service with a VPC endpoint"}},
		},
		"EndpointServiceOfAnotherRegion": {
			reason: "The VPC does not reach it.",
			args:   args{kind: "ec2/VPCEndpoint", forProvider: `{"region":"eu-west-1","serviceName":"com.amazonaws.eu-west-2.s3"}`},
			want: []Finding{
				{Field: "serviceName", Text: "com.amazonaws.eu-west-2.s3", Why: "the stack is not in this region"},
				{Field: "serviceName", Text: "eu-west-2", Why: "the stack is not in this region"},
			},
		},
		"ViaService": {reason: "It is the endpoint of a service.", args: args{kind: "kms/Key", forProvider: policy(`{"Condition":{"StringEquals":{"kms:ViaService":"sqs.eu-west-1.amazonaws.com"}}}`)}},
		"WrongViaService": {
			reason: "The key refuses every call.",
			args:   args{kind: "kms/Key", forProvider: policy(`{"Condition":{"StringEquals":{"kms:ViaService":"simplequeue.eu-west-1.amazonaws.com"}}}`)},
			want:   []Finding{{Field: "policy.Statement[].Condition.StringEquals.kms:ViaService", Text: "simplequeue.eu-west-1.amazonaws.com", Why: "not the endpoint of an AWS service"}},
		},
		"RegionalPrincipal": {reason: "The service has one in each region.", args: args{kind: "kms/Key", forProvider: policy(`{"Principal":{"Service":"logs.eu-west-1.amazonaws.com"}}`)}},
		"PrincipalOfAnotherRegion": {
			reason: "The stack is not there.",
			args:   args{kind: "kms/Key", forProvider: policy(`{"Principal":{"Service":"logs.eu-west-2.amazonaws.com"}}`)},
			want: []Finding{
				{Field: "policy.Statement[].Principal.Service", Text: "eu-west-2", Why: "the stack is not in this region"},
				{Field: "policy.Statement[].Principal.Service", Text: "logs.eu-west-2.amazonaws.com", Why: "not a service principal"},
			},
		},
		"Audience": {reason: "A service may be named where no principal is.", args: args{kind: "iam/OpenIDConnectProvider", forProvider: `{"clientIdList":["sts.amazonaws.com"]}`}},
		"WrongAudience": {
			reason: "No token is for it.",
			args:   args{kind: "iam/OpenIDConnectProvider", forProvider: `{"clientIdList":["tokens.amazonaws.com"]}`},
			want:   []Finding{{Field: "clientIdList[]", Text: "tokens.amazonaws.com", Why: "not a service principal"}},
		},
	})
}
