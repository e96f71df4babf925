"""A change that CloudTrail recorded (AWS documentation, "CloudTrail record
contents for management, data, and network activity events")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any


class MalformedEvent(ValueError):
    """An event that is not what CloudTrail writes."""


@dataclass(frozen=True)
class Change:
    """The parts of a record that responses need."""

    id: str
    source: str
    name: str
    time: str
    region: str
    account: str
    address: str
    """Where the call came from: an IP address or an AWS service."""
    principal: str
    """Who did it, for people to read."""
    identity: str
    """The IAM role or user behind the principal. Whoever assumes a role chooses the name of the session, but not this."""
    error: str
    request: Mapping[str, Any]
    response: Mapping[str, Any]

    def made_by(self, patterns: Iterable[str]) -> bool:
        """Whether one of the ARNs, with * for any characters, did it."""
        return bool(self.identity) and any(fnmatchcase(self.identity, p) for p in patterns)


def parse(event: Mapping[str, Any]) -> Change:
    """Reads an event of the type "AWS API Call via CloudTrail"."""
    detail = part(event, "detail")
    who = part(detail, "userIdentity")
    return Change(
        id=text(detail, "eventID"),
        source=text(detail, "eventSource"),
        name=text(detail, "eventName"),
        time=text(detail, "eventTime"),
        region=text(detail, "awsRegion"),
        account=text(detail, "recipientAccountId"),
        address=str(detail.get("sourceIPAddress", "")),
        principal=str(first(who, "arn", "invokedBy", "principalId", "type")),
        identity=str(issuer(who) or who.get("arn", "")),
        error=str(detail.get("errorCode", "")),
        # Both are null where a call has none.
        request=detail.get("requestParameters") or {},
        response=detail.get("responseElements") or {},
    )


def issuer(who: Mapping[str, Any]) -> str:
    """The ARN of the role or user that issued a session, empty if it is none."""
    session = who.get("sessionContext") or {}
    return str((session.get("sessionIssuer") or {}).get("arn", ""))


def first(values: Mapping[str, Any], *keys: str) -> Any:
    """The first of the keys that has a value."""
    return next((values[k] for k in keys if values.get(k)), "unknown")


def part(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object that an event must have."""
    value = values.get(key)
    if not isinstance(value, Mapping):
        raise MalformedEvent(f"{key}: must be an object, got {type(value).__name__}")
    return value


def text(values: Mapping[str, Any], key: str) -> str:
    """A string that an event must have."""
    value = values.get(key)
    if not isinstance(value, str) or not value:
        raise MalformedEvent(f"{key}: must be a string that is not empty, got {type(value).__name__}")
    return value


def items(values: Any, key: str) -> list[Mapping[str, Any]]:
    """Objects that an event must have. CloudTrail writes a list of one as the
    one, where the request was XML."""
    if isinstance(values, Mapping):
        values = [values]
    if not isinstance(values, list) or not all(isinstance(v, Mapping) for v in values):
        raise MalformedEvent(f"{key}: must be objects, got {type(values).__name__}")
    return values
