"""Tests the function against moto, which keeps AWS's state in this process.

TestResponsesAgainstMoto (responses_test.go) renders the stacks and runs this
file. RESPONSES_STACKS names a JSON file with the resources of each stack, by
role, as Crossplane observes them once the stack is ready. The environment of
the function, the policies of its role and the tags come from there.
"""

import io
import json
import os
import unittest
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass, replace
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

if "RESPONSES_STACKS" not in os.environ:
    raise unittest.SkipTest("needs rendered stacks: go test -run TestResponsesAgainstMoto .")

# Otherwise, moto creates a thousand images at every start.
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"

import boto3
from moto import mock_aws
from moto.cloudtrail.models import CloudTrailBackend

from permissions import Call, Permission, Place, call, covering, permissions
from support import ACCOUNT, STACK_TAG, event

import clients
import index

STACKS: Mapping[str, Mapping[str, Any]] = json.loads(Path(os.environ["RESPONSES_STACKS"]).read_text())
ATTACKER = "210987654321"

UNUSED = {
    "WriteLogs: logs:CreateLogStream": "Lambda writes the logs",
    "WriteLogs: logs:PutLogEvents": "Lambda writes the logs",
    "WriteTraces: xray:PutTelemetryRecords": "Lambda writes the traces",
    "WriteTraces: xray:PutTraceSegments": "Lambda writes the traces",
    "KeepFailedEvents: sqs:SendMessage": "Lambda sends to the dead-letter queue",
    "EncryptFailedEvents: kms:Decrypt": "Lambda sends to the dead-letter queue",
    "EncryptFailedEvents: kms:GenerateDataKey": "Lambda sends to the dead-letter queue",
    "DecryptEnvironment: kms:Decrypt": "Lambda decrypts the environment variables",
}
"""Permissions that no call of the function uses, with the reason."""


IN_VPC = {
    "AttachToVPC: ec2:AssignPrivateIpAddresses": "Lambda attaches the function",
    "AttachToVPC: ec2:CreateNetworkInterface": "Lambda attaches the function",
    "AttachToVPC: ec2:DeleteNetworkInterface": "Lambda attaches the function",
    "AttachToVPC: ec2:DescribeNetworkInterfaces": "Lambda attaches the function",
    "AttachToVPC: ec2:DescribeSubnets": "Lambda attaches the function",
    "AttachToVPC: ec2:UnassignPrivateIpAddresses": "Lambda attaches the function",
}
"""More of them, where the function is in the VPC."""


def api(service: str) -> Any:
    """A client of the tests. Its calls are not recorded."""
    return client_in(os.environ["AWS_DEFAULT_REGION"], service)


# One session reads what botocore knows about a service once.
SESSION = boto3.Session()


@cache
def client_in(region: str, service: str) -> Any:
    """A client, kept for all tests."""
    return SESSION.client(service, region_name=region)


def create_bucket(name: str) -> None:
    """Creates a bucket. S3 does not take us-east-1 as a constraint (Amazon S3 API
    Reference, "CreateBucket")."""
    region = os.environ["AWS_DEFAULT_REGION"]
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    api("s3").create_bucket(Bucket=name, **where)


@dataclass(frozen=True)
class Stack:
    """A stack that is ready."""

    name: str
    resources: Mapping[str, Any]

    def of(self, *kinds: str) -> list[str]:
        """The roles of all resources of the kinds, such as "s3/Bucket"."""
        return sorted(r for r, o in self.resources.items() if kind_of(o) in kinds)

    def parameters(self, role: str) -> Mapping[str, Any]:
        """What the stack wants of a resource."""
        return self.resources[role]["spec"]["forProvider"]

    def external(self, role: str) -> str:
        """What AWS calls a resource."""
        return self.resources[role]["metadata"]["annotations"]["crossplane.io/external-name"]

    def arn(self, role: str) -> str:
        """The ARN of a resource."""
        return self.resources[role]["status"]["atProvider"]["arn"]

    def tags(self, role: str) -> list[dict[str, str]]:
        """The tags that the stack gives a resource."""
        return [{"Key": key, "Value": value} for key, value in self.parameters(role).get("tags", {}).items()]

    @property
    def environment(self) -> Mapping[str, str]:
        """The function's environment variables."""
        return self.parameters("responses-function")["environment"]["variables"]

    @property
    def region(self) -> str:
        """The stack's region, which is that of its topic."""
        return self.environment["TOPIC_ARN"].split(":")[3]

    @property
    def in_vpc(self) -> bool:
        """Whether the function is in the VPC."""
        return bool(self.parameters("responses-function").get("vpcConfig"))

    @property
    def enforces(self) -> bool:
        """Whether all responses are set to Enforce; otherwise all are set to Notify."""
        (mode,) = set(json.loads(self.environment["RESPONSE_MODES"]).values())
        return mode == "Enforce"

    @cached_property
    def permissions(self) -> list[Permission]:
        """All that the function's role may do."""
        role = self.external("responses-role")
        policies = [self.parameters(r) for r in self.of("iam/RolePolicy")]
        return permissions(p["policy"] for p in policies if p["role"] == role)

    def topic_key(self, topic: str) -> str:
        """The ARN of the key that encrypts a topic, behind its alias."""
        (alias,) = (self.parameters(r)["kmsMasterKeyId"] for r in self.of("sns/Topic") if self.arn(r) == topic)
        (key,) = (self.parameters(r)["targetKeyId"] for r in self.of("kms/Alias") if f"alias/{self.external(r)}" == alias)
        (arn,) = (self.arn(r) for r in self.of("kms/Key") if self.external(r) == key)
        return arn


def kind_of(resource: Mapping[str, Any]) -> str:
    """A resource's service and kind."""
    return f"{resource['apiVersion'].split('.')[0]}/{resource['kind']}"


class Group:
    """A security group, with one rule from a private range."""

    def __init__(self, stack: Stack, role: str) -> None:
        ec2 = api("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        tags = [{"ResourceType": "security-group", "Tags": stack.tags(role)}]
        self.id = ec2.create_security_group(GroupName="group", Description="A group", VpcId=vpc, TagSpecifications=tags)["GroupId"]
        self.private = self.authorize(5432, IpRanges=[{"CidrIp": "10.1.0.0/16"}])["SecurityGroupRuleId"]

    def authorize(self, port: int, **ranges: Any) -> dict[str, Any]:
        """Adds one rule. AWS returns the rules of all permissions of a request, moto
        those of the last one only."""
        permission = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **ranges}
        (rule,) = api("ec2").authorize_security_group_ingress(GroupId=self.id, IpPermissions=[permission])["SecurityGroupRules"]
        return rule

    def state(self) -> list[tuple[Any, ...]]:
        rules = api("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [self.id]}])["SecurityGroupRules"]
        return sorted((r["SecurityGroupRuleId"], r["IsEgress"], r["FromPort"], r["ToPort"], r.get("CidrIpv4", ""), r.get("CidrIpv6", "")) for r in rules)

    def open(self, detail: dict[str, Any]) -> None:
        added = [self.authorize(22, IpRanges=[{"CidrIp": "0.0.0.0/0"}]), self.authorize(443, Ipv6Ranges=[{"CidrIpv6": "::/0"}])]
        detail["requestParameters"] = {"groupId": self.id}
        detail["responseElements"]["securityGroupRuleSet"]["items"] = [{k[0].lower() + k[1:]: v for k, v in r.items()} for r in added]

    def open_with_private(self, detail: dict[str, Any]) -> None:
        """Adds rules for the world and one for a private range."""
        self.open(detail)
        kept = self.authorize(8080, IpRanges=[{"CidrIp": "10.2.0.0/16"}])
        detail["responseElements"]["securityGroupRuleSet"]["items"].append({k[0].lower() + k[1:]: v for k, v in kept.items()})

    def widen(self, detail: dict[str, Any]) -> None:
        rule = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIpv4": "0.0.0.0/0"}
        api("ec2").modify_security_group_rules(GroupId=self.id, SecurityGroupRules=[{"SecurityGroupRuleId": self.private, "SecurityGroupRule": rule}])
        request = detail["requestParameters"]["ModifySecurityGroupRulesRequest"]
        request["GroupId"] = self.id
        request["SecurityGroupRule"] |= {"SecurityGroupRuleId": self.private, "SecurityGroupRule": rule}


class Bucket:
    """A bucket with the stack's public access block and policy."""

    def __init__(self, stack: Stack, role: str) -> None:
        s3 = api("s3")
        self.name = stack.external(role)
        create_bucket(self.name)
        s3.put_bucket_tagging(Bucket=self.name, Tagging={"TagSet": stack.tags(role)})
        for r in stack.of("s3/BucketPublicAccessBlock"):
            if stack.external(r) == self.name:
                flags = {f[0].upper() + f[1:]: v for f, v in stack.parameters(r).items() if isinstance(v, bool)}
                s3.put_public_access_block(Bucket=self.name, PublicAccessBlockConfiguration=flags)
        for r in stack.of("s3/BucketPolicy"):
            if stack.external(r) == self.name:
                s3.put_bucket_policy(Bucket=self.name, Policy=stack.parameters(r)["policy"])

    def state(self) -> dict[str, Any]:
        s3 = api("s3")

        def look(ask: Callable[..., Mapping[str, Any]], key: str) -> Any:
            try:
                return ask(Bucket=self.name)[key]
            except s3.exceptions.ClientError as error:
                if not error.response["Error"]["Code"].startswith("NoSuch"):
                    raise
                return None

        policy = look(s3.get_bucket_policy, "Policy")
        return {"block": look(s3.get_public_access_block, "PublicAccessBlockConfiguration"), "policy": policy and json.loads(policy)}

    def weaken(self, detail: dict[str, Any]) -> None:
        flags = {**self.state()["block"], "BlockPublicPolicy": False}
        api("s3").put_public_access_block(Bucket=self.name, PublicAccessBlockConfiguration=flags)
        detail["requestParameters"] |= {"bucketName": self.name, "PublicAccessBlockConfiguration": flags}

    def unblock(self, detail: dict[str, Any]) -> None:
        api("s3").delete_public_access_block(Bucket=self.name)
        detail["requestParameters"]["bucketName"] = self.name

    def share(self, detail: dict[str, Any]) -> None:
        """Allows another account to read. With BlockPublicPolicy, S3 rejects a policy for
        all principals (AWS documentation, "Blocking public access to your Amazon S3
        storage"); moto accepts it."""
        policy = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ATTACKER}:root"}, "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{self.name}/*"}],
        }
        api("s3").put_bucket_policy(Bucket=self.name, Policy=json.dumps(policy))
        detail["requestParameters"] |= {"bucketName": self.name, "bucketPolicy": policy}

    def bare(self, detail: dict[str, Any]) -> None:
        api("s3").delete_bucket_policy(Bucket=self.name)
        detail["requestParameters"]["bucketName"] = self.name


ADMINISTRATOR = {"MasterUsername": "shop", "MasterUserPassword": "not-a-secret"}


class Instance:
    """A database instance, of its own or of a cluster."""

    def __init__(self, stack: Stack, role: str) -> None:
        wanted = stack.parameters(role)
        self.id = wanted.get("identifier") or stack.external(role)
        if "clusterIdentifier" in wanted:
            Cluster(stack, *stack.of("rds/Cluster"))
            more = {"DBClusterIdentifier": wanted["clusterIdentifier"]}
        else:
            more = {"AllocatedStorage": 20, **ADMINISTRATOR, "DeletionProtection": wanted["deletionProtection"]}
        api("rds").create_db_instance(
            DBInstanceIdentifier=self.id,
            DBInstanceClass=wanted["instanceClass"],
            Engine=wanted["engine"],
            PubliclyAccessible=wanted["publiclyAccessible"],
            Tags=stack.tags(role),
            **more,
        )

    def state(self) -> dict[str, Any]:
        (found,) = api("rds").describe_db_instances(DBInstanceIdentifier=self.id)["DBInstances"]
        return {flag: found[flag] for flag in ("PubliclyAccessible", "DeletionProtection", "DBInstanceClass", "DBInstanceStatus")}

    def modify(self, detail: dict[str, Any], **flag: bool) -> None:
        api("rds").modify_db_instance(DBInstanceIdentifier=self.id, ApplyImmediately=True, **flag)
        detail["requestParameters"] |= {"dBInstanceIdentifier": self.id, **{f[0].lower() + f[1:]: v for f, v in flag.items()}}

    def publish(self, detail: dict[str, Any]) -> None:
        self.modify(detail, PubliclyAccessible=True)

    def unprotect(self, detail: dict[str, Any]) -> None:
        self.modify(detail, DeletionProtection=False)

    def unprotect_in_capitals(self, detail: dict[str, Any]) -> None:
        self.modify(detail, DeletionProtection=False)
        detail["requestParameters"]["dBInstanceIdentifier"] = self.id.upper()


class Cluster:
    """An Aurora cluster."""

    def __init__(self, stack: Stack, role: str) -> None:
        wanted = stack.parameters(role)
        self.id = stack.external(role)
        api("rds").create_db_cluster(
            DBClusterIdentifier=self.id,
            Engine=wanted["engine"],
            DeletionProtection=wanted["deletionProtection"],
            Tags=stack.tags(role),
            **ADMINISTRATOR,
        )

    def state(self) -> dict[str, Any]:
        (found,) = api("rds").describe_db_clusters(DBClusterIdentifier=self.id)["DBClusters"]
        return {flag: found[flag] for flag in ("DeletionProtection", "Status")}

    def unprotect(self, detail: dict[str, Any]) -> None:
        api("rds").modify_db_cluster(DBClusterIdentifier=self.id, ApplyImmediately=True, DeletionProtection=False)
        detail["requestParameters"]["dBClusterIdentifier"] = self.id

    def unprotect_in_capitals(self, detail: dict[str, Any]) -> None:
        self.unprotect(detail)
        detail["requestParameters"]["dBClusterIdentifier"] = self.id.upper()


class Trail:
    """A trail that logs."""

    def __init__(self, stack: Stack, role: str) -> None:
        wanted = stack.parameters(role)
        self.name = stack.external(role)
        create_bucket(wanted["s3BucketName"])
        self.arn = api("cloudtrail").create_trail(
            Name=self.name,
            S3BucketName=wanted["s3BucketName"],
            IsMultiRegionTrail=wanted["isMultiRegionTrail"],
            EnableLogFileValidation=wanted["enableLogFileValidation"],
            TagsList=stack.tags(role),
        )["TrailARN"]
        api("cloudtrail").start_logging(Name=self.name)

    def state(self) -> dict[str, Any] | None:
        cloudtrail = api("cloudtrail")
        try:
            trail = cloudtrail.get_trail(Name=self.name)["Trail"]
        except cloudtrail.exceptions.TrailNotFoundException:
            return None
        selectors = cloudtrail.get_event_selectors(TrailName=self.name).get("EventSelectors")
        return {"logs": cloudtrail.get_trail_status(Name=self.name)["IsLogging"], "selectors": selectors, "validates": trail["LogFileValidationEnabled"]}

    def stop(self, detail: dict[str, Any]) -> None:
        api("cloudtrail").stop_logging(Name=self.name)
        detail["requestParameters"] = {"name": self.name}

    def stop_by_arn(self, detail: dict[str, Any]) -> None:
        api("cloudtrail").stop_logging(Name=self.arn)
        detail["requestParameters"] = {"name": self.arn}

    def update(self, detail: dict[str, Any]) -> None:
        api("cloudtrail").update_trail(Name=self.name, EnableLogFileValidation=False)
        detail["requestParameters"] = {"name": self.name, "enableLogFileValidation": False}

    def select(self, detail: dict[str, Any]) -> None:
        selectors = [{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": False, "DataResources": [], "ExcludeManagementEventSources": []}]
        api("cloudtrail").put_event_selectors(TrailName=self.name, EventSelectors=selectors)
        detail["requestParameters"]["trailName"] = self.name

    def delete(self, detail: dict[str, Any]) -> None:
        api("cloudtrail").delete_trail(Name=self.name)
        detail["requestParameters"] = {"name": self.name}


def back(before: Any, broken: Any) -> Any:
    """The state equals that before the change."""
    return before


def stays(before: Any, broken: Any) -> Any:
    """The change is reported, and Crossplane reverts it."""
    return broken


def without_the_rule(before: Any, broken: Any) -> Any:
    """A widened rule is removed. Crossplane creates the desired one again."""
    return [rule for rule in broken if rule in before]


def without_the_world(before: Any, broken: Any) -> Any:
    """Only rules that admit all addresses are removed."""
    return [rule for rule in broken if "0.0.0.0/0" not in rule[4:] and "::/0" not in rule[4:] or rule[1]]


@dataclass(frozen=True)
class Case:
    """An unsafe change, and the state that Enforce leaves."""

    reason: str
    event: str
    """The recorded event that the test's is made from."""
    kind: str
    make: Callable[[Stack, str], Any]
    change: Callable[[Any, dict[str, Any]], None]
    """Makes the change, and writes its resource into the event's detail."""
    want: Callable[[Any, Any], Any] = back
    only: str = ""
    """The one role that the case is about; all of the kind if empty."""


CASES = {
    "Authorized": Case(
        "New rules for the world are revoked, of IPv4 and of IPv6.",
        "security-group-opened/authorize", "ec2/SecurityGroup", Group, Group.open,
    ),
    "AuthorizedWithPrivate": Case(
        "A new rule for a private range stays.",
        "security-group-opened/authorize", "ec2/SecurityGroup", Group, Group.open_with_private, without_the_world, only="app-security-group",
    ),
    "Widened": Case(
        "A rule that was changed to the world is revoked.",
        "security-group-opened/modify", "ec2/SecurityGroup", Group, Group.widen, without_the_rule, only="app-security-group",
    ),
    "BlockWeakened": Case(
        "One flag that is off is enough.",
        "public-access-unblocked/put", "s3/Bucket", Bucket, Bucket.weaken, only="assets-bucket",
    ),
    "BlockRemoved": Case(
        "Every bucket of the stack is blocked again.",
        "public-access-unblocked/delete", "s3/Bucket", Bucket, Bucket.unblock,
    ),
    "PolicyReplaced": Case(
        "The stack's policy replaces another one.",
        "bucket-policy-changed/put", "s3/Bucket", Bucket, Bucket.share, only="assets-bucket",
    ),
    "PolicyRemoved": Case(
        "The stack's policy is put back if there is none.",
        "bucket-policy-changed/delete", "s3/Bucket", Bucket, Bucket.bare, only="assets-bucket",
    ),
    "DatabasePublic": Case(
        "The instance is private again.",
        "database-exposed/public", "rds/Instance", Instance, Instance.publish,
    ),
    "DatabaseUnprotected": Case(
        "The instance is protected from deletion again.",
        "database-exposed/unprotected", "rds/Instance", Instance, Instance.unprotect,
    ),
    "DatabaseInCapitals": Case(
        "RDS takes an identifier in any case, but IAM compares ARNs by case.",
        "database-exposed/unprotected", "rds/Instance", Instance, Instance.unprotect_in_capitals,
    ),
    "ClusterInstancePublic": Case(
        "Each instance of a cluster is private again.",
        "database-exposed/cluster-public", "rds/ClusterInstance", Instance, Instance.publish,
    ),
    "ClusterUnprotected": Case(
        "The cluster is protected from deletion again.",
        "database-exposed/cluster-unprotected", "rds/Cluster", Cluster, Cluster.unprotect,
    ),
    "ClusterInCapitals": Case(
        "The same is true of a cluster's identifier.",
        "database-exposed/cluster-unprotected", "rds/Cluster", Cluster, Cluster.unprotect_in_capitals,
    ),
    "TrailStopped": Case(
        "The trail logs again.",
        "trail-stopped/stop", "cloudtrail/Trail", Trail, Trail.stop,
    ),
    "TrailStoppedByARN": Case(
        "A request may name the trail by its ARN.",
        "trail-stopped/stop", "cloudtrail/Trail", Trail, Trail.stop_by_arn,
    ),
    "TrailUpdated": Case(
        "The change is reported; Crossplane sets the trail back.",
        "trail-stopped/update", "cloudtrail/Trail", Trail, Trail.update, stays,
    ),
    "SelectorsChanged": Case(
        "The change is reported; Crossplane sets the selectors back.",
        "trail-stopped/selectors", "cloudtrail/Trail", Trail, Trail.select, stays,
    ),
    "TrailDeleted": Case(
        "The deletion is reported; Crossplane creates the trail again.",
        "trail-stopped/delete", "cloudtrail/Trail", Trail, Trail.delete, stays,
    ),
}


@dataclass(frozen=True)
class Answer:
    """The function's log and calls, and the resulting state."""

    result: Mapping[str, str]
    reports: list[Mapping[str, Any]]
    calls: list[Call]
    state: Any


@dataclass(frozen=True)
class Play:
    """A case with one resource of one stack. The event comes twice."""

    stack: Stack
    case: str
    role: str
    before: Any
    broken: Any
    first: Answer
    second: Answer

    @property
    def name(self) -> str:
        return f"{self.stack.name}/{self.case}/{self.role}"


class Topic:
    """The topic of the reports, with a queue that receives them."""

    def __init__(self, arn: str) -> None:
        made = api("sns").create_topic(Name=arn.rsplit(":", 1)[1])["TopicArn"]
        assert made == arn, f"the function publishes to {arn}, which is not {made}"
        self.queue = api("sqs").create_queue(QueueName="reports")["QueueUrl"]
        endpoint = api("sqs").get_queue_attributes(QueueUrl=self.queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        api("sns").subscribe(TopicArn=arn, Protocol="sqs", Endpoint=endpoint, Attributes={"RawMessageDelivery": "true"})

    def reports(self) -> list[Mapping[str, Any]]:
        messages = api("sqs").receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages", [])
        for m in messages:
            api("sqs").delete_message(QueueUrl=self.queue, ReceiptHandle=m["ReceiptHandle"])
        return [json.loads(m["Body"]) for m in messages]


def group_tags(group: str) -> Mapping[str, str]:
    """The tags of a security group as EC2 has them."""
    (found,) = api("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"]
    return {tag["Key"]: tag["Value"] for tag in found.get("Tags", [])}


recorded: list[tuple[str, str, Mapping[str, Any]]] = []


def recording_client(service: str) -> Any:
    """What the function gets from boto3.client."""
    return recording_client_in(os.environ["AWS_DEFAULT_REGION"], service)


@cache
def recording_client_in(region: str, service: str) -> Any:
    """A client that records its calls, kept for all tests."""
    made = SESSION.client(service, region_name=region)

    def record(params: Mapping[str, Any], model: Any, **_: Any) -> None:
        recorded.append((model.service_model.service_name, model.name, dict(params)))

    made.meta.events.register_first("before-parameter-build", record)
    return made


def answer(stack: Stack, e: Mapping[str, Any], guarded: Any, topic: Topic) -> Answer:
    """Calls the function as Lambda does."""
    recorded.clear()
    with patch.dict(os.environ, stack.environment), patch.object(boto3, "client", recording_client), redirect_stdout(io.StringIO()):
        result = index.handler(json.loads(json.dumps(e)), None)
    at = Place(stack.region, ACCOUNT, group_tags, stack.topic_key)
    calls = [call(service, operation, arguments, at) for service, operation, arguments in list(recorded)]
    return Answer(result, topic.reports(), calls, guarded.state())


def play(stack: Stack, name: str, role: str) -> Play:
    """Creates the resource, makes the change, and sends its event twice."""
    case = CASES[name]
    with mock_aws():
        topic = Topic(stack.environment["TOPIC_ARN"])
        guarded = case.make(stack, role)
        before = guarded.state()
        e = event(case.event)
        case.change(guarded, e["detail"])
        broken = guarded.state()
        return Play(stack, name, role, before, broken, answer(stack, e, guarded, topic), answer(stack, e, guarded, topic))


def played(stack: Stack) -> Iterator[Play]:
    """Runs every case with every matching resource of a stack."""
    # Lambda sets the region, and never another one where clients are kept.
    clients.client.cache_clear()
    with patch.dict(os.environ, AWS_DEFAULT_REGION=stack.region):
        for name, case in CASES.items():
            for role in stack.of(case.kind):
                if case.only in ("", role):
                    yield play(stack, name, role)


def by_arn(method: str) -> Callable[..., None]:
    """CloudTrail takes a trail's name or its ARN (AWS CloudTrail API Reference,
    "StartLogging" and "StopLogging", Name). moto takes names only."""
    real = getattr(CloudTrailBackend, method)
    return lambda backend, name: real(backend, backend.get_trail(name).trail_name)


PLAYS: list[Play] = []
"""Every case, once for all tests."""


def setUpModule() -> None:
    with ExitStack() as patches:
        patches.enter_context(patch.dict(os.environ, AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing"))
        for method in ("start_logging", "stop_logging"):
            patches.enter_context(patch.object(CloudTrailBackend, method, by_arn(method)))
        for name, resources in STACKS.items():
            PLAYS.extend(played(Stack(name, resources)))
    clients.client.cache_clear()


def each(test: Callable[..., None]) -> Callable[[unittest.TestCase], None]:
    """Runs a test for every play, with its case."""

    @wraps(test)
    def run(self: unittest.TestCase) -> None:
        for p in PLAYS:
            with self.subTest(p.name, reason=CASES[p.case].reason):
                test(self, p, CASES[p.case])

    return run


class AgainstMoto(unittest.TestCase):
    def test_every_response_is_played(self):
        for name in STACKS:
            with self.subTest(name):
                self.assertEqual({r.ID for r in index.RESPONSES}, {CASES[p.case].event.split("/")[0] for p in PLAYS if p.stack.name == name})

    def test_stacks_are_in_the_mode_that_their_name_gives(self):
        for name, resources in STACKS.items():
            with self.subTest(name):
                self.assertEqual(name.endswith("/Enforce"), Stack(name, resources).enforces)

    @each
    def test_change_is_unsafe(self, p, case):
        self.assertNotEqual(p.before, p.broken)

    @each
    def test_enforce_undoes(self, p, case):
        if p.stack.enforces:
            self.assertEqual(case.want(p.before, p.broken), p.first.state)

    @each
    def test_notify_changes_nothing(self, p, case):
        if not p.stack.enforces:
            self.assertEqual([], [c.operation for a in (p.first, p.second) for c in a.calls if c.changes])
            self.assertEqual([p.broken, p.broken], [p.first.state, p.second.state])

    @each
    def test_report_says_what_was_done(self, p, case):
        undone = p.stack.enforces and case.want is not stays
        for a, outcome in ((p.first, "Undone" if undone else "Reported"), (p.second, "Reported")):
            self.assertEqual(outcome, a.result["outcome"])
            self.assertEqual([(case.event.split("/")[0], outcome)], [(r["response"], r["outcome"]) for r in a.reports])

    @each
    def test_second_event_changes_nothing(self, p, case):
        self.assertEqual([], [c.operation for c in p.second.calls if c.changes])
        self.assertEqual(p.first.state, p.second.state)

    @each
    def test_role_allows_every_call(self, p, case):
        for c in (*p.first.calls, *p.second.calls):
            for request in c.requests:
                self.assertTrue(covering(p.stack.permissions, request), f"{c.operation} needs {request}")

    def test_every_permission_is_used(self):
        for name, resources in STACKS.items():
            with self.subTest(name):
                stack = Stack(name, resources)
                requests = [r for p in PLAYS if p.stack.name == name for a in (p.first, p.second) for c in a.calls for r in c.requests]
                used = {p for r in requests for p in covering(stack.permissions, r)}
                unused = [f"{p.sid}: {p.action}" for p in stack.permissions if p.effect == "Allow" and p not in used]
                self.assertEqual(sorted([*UNUSED, *(IN_VPC if stack.in_vpc else ())]), sorted(unused))

    def test_code_may_not_attach_to_the_vpc(self):
        for name, resources in STACKS.items():
            with self.subTest(name):
                stack = Stack(name, resources)
                refused = [p.action for p in stack.permissions if p.effect == "Deny"]
                self.assertEqual([p.split(": ")[1] for p in IN_VPC] if stack.in_vpc else [], sorted(refused))

    @each
    def test_role_may_not_change_another_stacks_group(self, p, case):
        for request in (r for c in p.first.calls for r in c.requests):
            if f"aws:ResourceTag/{STACK_TAG}" in request.context:
                other = replace(request, context={**request.context, f"aws:ResourceTag/{STACK_TAG}": "other-7xa4f2kq"})
                self.assertFalse(covering(p.stack.permissions, other))

    @each
    def test_role_that_notifies_may_not_undo(self, p, case):
        notifies = Stack("", STACKS[p.stack.name.replace("Enforce", "Notify")])
        for c in p.first.calls:
            if c.changes:
                self.assertFalse(all(covering(notifies.permissions, r) for r in c.requests), c.operation)


if __name__ == "__main__":
    unittest.main()
