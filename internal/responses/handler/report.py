"""Tells people what happened."""

import json
from types import ModuleType

import log
from change import Change
from clients import Client, code_of
from finding import Finding
from settings import Settings

UNDONE = "Undone"
REPORTED = "Reported"
FAILED = "Failed"

# AWS documentation, "Publish" in the Amazon SNS API Reference.
MAX_SUBJECT = 100


def publish(client: Client, settings: Settings, change: Change, response: ModuleType, finding: Finding, outcome: str, done: str) -> None:
    """Publishes to the stack's topic, and leaves the same in the log."""
    log.write(outcome, response=response.ID, event=change.name, id=change.id, resource=finding.resource, problem=finding.problem, done=done)
    body = {
        "stack": settings.stack,
        "response": response.ID,
        "outcome": outcome,
        "resource": finding.resource,
        "problem": finding.problem,
        "done": done,
        "by": change.principal,
        "from": change.address,
        "at": change.time,
        "event": {"name": change.name, "id": change.id, "account": change.account, "region": change.region},
    }
    client("sns").publish(
        TopicArn=settings.topic,
        Subject=subject(f"[{settings.stack}] {outcome}: {response.TITLE}"),
        Message=json.dumps(body, indent=2),
    )


def subject(line: str) -> str:
    """A subject as Amazon SNS takes it: ASCII, one line, not too long."""
    plain = line.encode("ascii", "replace").decode("ascii")
    return "".join(c if c.isprintable() else " " for c in plain)[:MAX_SUBJECT]


def name_of(error: Exception) -> str:
    """An error by its code or class. Messages may repeat parts of requests."""
    return code_of(error) or type(error).__name__
