"""The calls that the function makes, and the statements of its role that allow
them."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any


@dataclass(frozen=True)
class Request:
    """What IAM is asked: an action on one resource, and the keys of conditions."""

    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """An API call, with what IAM is asked about it."""

    operation: str
    arguments: Mapping[str, Any]
    requests: tuple[Request, ...]

    @property
    def changes(self) -> bool:
        """Whether the call changes something. A report does not."""
        return not self.operation.startswith(("Describe", "Get", "List", "Publish"))


@dataclass(frozen=True)
class Place:
    """Where the calls are made, and what IAM knows about their resources."""

    region: str
    account: str
    tags: Callable[[str], Mapping[str, str]]
    """The tags of a security group."""
    topic_key: Callable[[str], str]
    """The ARN of the key that encrypts a topic."""

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource of the region."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


Asks = Callable[[Mapping[str, Any], Place], Iterator[Request]]


def bucket(action: str) -> Asks:
    """S3 asks about the bucket."""
    return lambda p, at: iter([Request(action, f"arn:aws:s3:::{p['Bucket']}")])


def database(action: str) -> Asks:
    """RDS asks about the identifier. IAM compares ARNs by case."""
    return lambda p, at: iter([Request(action, at.arn("rds", f"db:{p['DBInstanceIdentifier']}"))])


def cluster(action: str) -> Asks:
    """RDS asks about the identifier of a cluster in the same way."""
    return lambda p, at: iter([Request(action, at.arn("rds", f"cluster:{p['DBClusterIdentifier']}"))])


def everything(action: str) -> Asks:
    """An action without resources."""
    return lambda p, at: iter([Request(action, "*")])


def trail(action: str) -> Asks:
    """CloudTrail takes a name or an ARN."""

    def asks(p: Mapping[str, Any], at: Place) -> Iterator[Request]:
        for name in p.get("ResourceIdList") or [p["Name"]]:
            yield Request(action, name if name.startswith("arn:") else at.arn("cloudtrail", f"trail/{name}"))

    return asks


def revoke(p: Mapping[str, Any], at: Place) -> Iterator[Request]:
    """EC2 asks about the group and about each rule that is named by its ID."""
    action = "ec2:RevokeSecurityGroupIngress"
    yield Request(action, at.arn("ec2", f"security-group/{p['GroupId']}"), {f"aws:ResourceTag/{k}": v for k, v in at.tags(p["GroupId"]).items()})
    for rule in p["SecurityGroupRuleIds"]:
        yield Request(action, at.arn("ec2", f"security-group-rule/{rule}"))


def publish(p: Mapping[str, Any], at: Place) -> Iterator[Request]:
    """The publisher to an encrypted topic needs its key (AWS documentation,
    "Managing Amazon SNS encryption keys and costs")."""
    yield Request("sns:Publish", p["TopicArn"])
    for action in ("kms:GenerateDataKey", "kms:Decrypt"):
        yield Request(action, at.topic_key(p["TopicArn"]), {"kms:ViaService": f"sns.{at.region}.amazonaws.com"})


ASKS: Mapping[str, Asks] = {
    "cloudtrail:GetTrail": trail("cloudtrail:GetTrail"),
    "cloudtrail:GetTrailStatus": trail("cloudtrail:GetTrailStatus"),
    "cloudtrail:ListTags": trail("cloudtrail:ListTags"),
    "cloudtrail:StartLogging": trail("cloudtrail:StartLogging"),
    "ec2:DescribeSecurityGroupRules": everything("ec2:DescribeSecurityGroupRules"),
    "ec2:DescribeSecurityGroups": everything("ec2:DescribeSecurityGroups"),
    "ec2:RevokeSecurityGroupIngress": revoke,
    "rds:DescribeDBClusters": cluster("rds:DescribeDBClusters"),
    "rds:DescribeDBInstances": database("rds:DescribeDBInstances"),
    "rds:ModifyDBCluster": cluster("rds:ModifyDBCluster"),
    "rds:ModifyDBInstance": database("rds:ModifyDBInstance"),
    "s3:GetBucketPolicy": bucket("s3:GetBucketPolicy"),
    "s3:GetBucketTagging": bucket("s3:GetBucketTagging"),
    "s3:GetPublicAccessBlock": bucket("s3:GetBucketPublicAccessBlock"),
    "s3:PutBucketPolicy": bucket("s3:PutBucketPolicy"),
    "s3:PutPublicAccessBlock": bucket("s3:PutBucketPublicAccessBlock"),
    "sns:Publish": publish,
}
"""What IAM is asked about an operation (Service Authorization Reference). An
action does not always have the name of the operation."""


def call(service: str, operation: str, arguments: Mapping[str, Any], at: Place) -> Call:
    """A call as IAM sees it. An operation without an entry in ASKS is an error."""
    name = f"{service}:{operation}"
    return Call(operation, copy.deepcopy(dict(arguments)), tuple(ASKS[name](arguments, at)))


@dataclass(frozen=True)
class Permission:
    """One action on one resource that a statement is about."""

    sid: str
    effect: str
    action: str
    resource: str
    condition: Mapping[str, Mapping[str, Any]] = field(compare=False)

    def __str__(self) -> str:
        return f"{self.sid}: {self.action} on {self.resource}"

    def covers(self, request: Request) -> bool:
        """Whether the statement is about a request."""
        return fnmatchcase(request.action, self.action) and fnmatchcase(request.resource, self.resource) and self.holds(request.context)

    def holds(self, context: Mapping[str, str]) -> bool:
        """Whether the conditions hold. One that cannot be judged is an error."""
        for operator, keys in self.condition.items():
            if operator != "StringEquals":
                raise NotImplementedError(f"{self}: {operator}")
            if not all(context.get(key) in listed(values) for key, values in keys.items()):
                return False
        return True


def permissions(documents: Iterator[str]) -> list[Permission]:
    """All permissions of policy documents."""
    return [
        Permission(s["Sid"], s["Effect"], action, resource, s.get("Condition", {}))
        for document in documents
        for s in json.loads(document)["Statement"]
        for action in listed(s["Action"])
        for resource in listed(s["Resource"])
    ]


def covering(all_of_them: list[Permission], request: Request) -> list[Permission]:
    """The permissions that allow a request; none if one of them refuses it."""
    found = [p for p in all_of_them if p.covers(request)]
    return found if all(p.effect == "Allow" for p in found) else []


def listed(value: Any) -> list[Any]:
    """A policy's list of one may be the one."""
    return value if isinstance(value, list) else [value]
