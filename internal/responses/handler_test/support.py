"""Simulated AWS services, settings and events for the tests."""

import copy
import io
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "handler"))

import index  # noqa: E402 The path to it is set above.
from settings import Mode, Settings  # noqa: E402

STACK = "shop-4f2kq7xa"
STACK_TAG = "platform.secure-ecommerce.dev/stack"
ACCOUNT = "123456789012"
TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT}:{STACK}-responses"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:role/crossplane/provider-aws-s3"
FUNCTION_ROLE = f"arn:aws:iam::{ACCOUNT}:role/secure-ecommerce/{STACK}-responses"
GROUP = "sg-0a1b2c3d4e5f60718"
BUCKET = f"{STACK}-assets"
DATABASE = f"{STACK}-db"
TRAIL = f"arn:aws:cloudtrail:eu-west-1:{ACCOUNT}:trail/{STACK}-trail"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "DenyPlainHTTP",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
        {
            "Sid": "ReadByDistribution",
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
            "Condition": {"StringEquals": {"AWS:SourceArn": f"arn:aws:cloudfront::{ACCOUNT}:distribution/E2EXAMPLE"}},
        },
    ],
}

OURS = [{"Key": "Name", "Value": "a name"}, {"Key": STACK_TAG, "Value": STACK}]
FOREIGN = [{"Key": STACK_TAG, "Value": "other-7xa4f2kq"}]
UNTAGGED: list[dict[str, str]] = [{"Key": "Name", "Value": "a name"}]

ENFORCE = Settings(
    stack=STACK,
    stack_tag=STACK_TAG,
    topic=TOPIC,
    modes={response.ID: Mode.ENFORCE for response in index.RESPONSES},
    provider_principals=(f"arn:aws:iam::{ACCOUNT}:role/crossplane/provider-aws-*",),
    function_role=FUNCTION_ROLE,
    assets_bucket=BUCKET,
    assets_policy=json.dumps(POLICY),
    deletion_protection=True,
)
NOTIFY = replace(ENFORCE, modes={response.ID: Mode.NOTIFY for response in index.RESPONSES})


class AwsError(Exception):
    """An error as boto3 raises it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"An error occurred ({code})")
        self.response = {"Error": {"Code": code}}


class Service:
    """A simulated service: responses by method name, and the recorded calls.
    A response that is an error is raised."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method not in self.answers:
            raise AssertionError(f"no call of {method} is expected")

        def call(**arguments: Any) -> Any:
            self.calls.append((method, copy.deepcopy(arguments)))
            answer = self.answers[method]
            if callable(answer):
                answer = answer(**arguments)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call


@dataclass
class Aws:
    """All simulated services."""

    services: dict[str, Service] = field(default_factory=dict)

    def __call__(self, service: str) -> Service:
        return self.services[service]

    def writes(self) -> list[tuple[str, dict[str, Any]]]:
        """All calls that change something, other than a report."""
        calls = [c for name, s in self.services.items() if name != "sns" for c in s.calls]
        return [c for c in calls if not c[0].startswith(("describe_", "get_", "list_"))]

    def reports(self) -> list[dict[str, Any]]:
        """The reports, with their subjects."""
        return [{**json.loads(a["Message"]), "subject": a["Subject"]} for _, a in self.services["sns"].calls]


def aws(**services: dict[str, Any]) -> Aws:
    """Services with their responses. A topic always exists."""
    topic = {"publish": {"MessageId": "1"}}
    return Aws({name: Service(answers) for name, answers in {"sns": topic, **services}.items()})


def event(name: str) -> dict[str, Any]:
    """A recorded event, such as "trail-stopped/stop"."""
    return json.loads((HERE / "events" / f"{name}.json").read_text())


def events() -> list[str]:
    """The names of all recorded events."""
    return sorted(str(f.relative_to(HERE / "events").with_suffix("")) for f in (HERE / "events").glob("*/*.json"))


def respond(event: dict[str, Any], settings: Settings, played: Aws) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Handles an event, and returns the result and the lines of the log."""
    out = io.StringIO()
    with redirect_stdout(out):
        result = index.respond(event, settings, played)
    return result, [json.loads(line) for line in out.getvalue().splitlines()]


def security_group(tags: list[dict[str, str]], *rules: dict[str, Any]) -> dict[str, Any]:
    """EC2 with one group."""
    return {
        "describe_security_groups": {"SecurityGroups": [{"GroupId": GROUP, "Tags": tags}]},
        "describe_security_group_rules": {"SecurityGroupRules": list(rules)},
        "revoke_security_group_ingress": {"Return": True},
    }


def rule(number: str, **more: Any) -> dict[str, Any]:
    """A rule as EC2 describes it."""
    return {
        "SecurityGroupRuleId": f"sgr-{number:>017}",
        "GroupId": GROUP,
        "IsEgress": False,
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        **more,
    }


def bucket(tags: list[dict[str, str]], block: Any = None, policy: Any = None) -> dict[str, Any]:
    """S3 with one bucket."""
    return {
        "get_bucket_tagging": {"TagSet": tags},
        "get_public_access_block": block,
        "put_public_access_block": {},
        "get_bucket_policy": policy,
        "put_bucket_policy": {},
    }


def database(tags: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    """RDS with one instance."""
    instance = {
        "DBInstanceIdentifier": DATABASE,
        "DBInstanceStatus": "available",
        "PubliclyAccessible": False,
        "DeletionProtection": True,
        "TagList": tags,
        **more,
    }
    return {"describe_db_instances": {"DBInstances": [instance]}, "modify_db_instance": {}}


def cluster(tags: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    """RDS with one Aurora cluster."""
    described = {"DBClusterIdentifier": DATABASE, "Status": "available", "DeletionProtection": True, "TagList": tags, **more}
    return {"describe_db_clusters": {"DBClusters": [described]}, "modify_db_cluster": {}}


def trail(tags: list[dict[str, str]], logging: bool) -> dict[str, Any]:
    """CloudTrail with one trail."""
    return {
        "get_trail": {"Trail": {"Name": f"{STACK}-trail", "TrailARN": TRAIL}},
        "list_tags": {"ResourceTagList": [{"ResourceId": TRAIL, "TagsList": tags}]},
        "get_trail_status": {"IsLogging": logging},
        "start_logging": {},
    }
