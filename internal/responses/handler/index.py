"""Undoes or reports unsafe changes to a stack.

EventBridge hands over what CloudTrail recorded (AWS documentation, "AWS service
events delivered via AWS CloudTrail"). One event is one change: it is read,
judged by the response that it belongs to, undone if that response is set to
Enforce, and reported. Nothing here tries again: an error is raised, so that
Lambda does, and hands the event to the dead-letter queue in the end.
"""

import os
from types import ModuleType
from typing import Any

import bucket_policy_changed
import database_exposed
import log
import public_access_unblocked
import report
import security_group_opened
import trail_stopped
from change import Change, MalformedEvent, parse
from clients import Client, client
from finding import Finding, Ignored
from settings import Mode, Settings, load

RESPONSES: tuple[ModuleType, ...] = (
    security_group_opened,
    public_access_unblocked,
    database_exposed,
    bucket_policy_changed,
    trail_stopped,
)


def handler(event: dict[str, Any], context: object) -> dict[str, str]:
    """What Lambda calls."""
    return respond(event, load(os.environ), client)


def respond(event: dict[str, Any], settings: Settings, client: Client) -> dict[str, str]:
    """Judges one event and says what came of it."""
    change = parse(event)
    response = response_to(change)
    reason = ignored_because(change, settings)
    if reason:
        return ignored(change, response, reason)
    try:
        found = response.examine(change, settings, client)
        if isinstance(found, Ignored):
            return ignored(change, response, found.reason)
        outcome, done = act(found, settings, response.ID)
    except Exception as error:
        failed = Finding(resource="see the event", problem=response.TITLE)
        done = f"Nothing yet: {report.name_of(error)}. Lambda retries, then sends the event to the dead-letter queue."
        report.publish(client, settings, change, response, failed, report.FAILED, done)
        raise
    report.publish(client, settings, change, response, found, outcome, done)
    return {"response": response.ID, "outcome": outcome, "done": done}


def response_to(change: Change) -> ModuleType:
    """The response that an event belongs to."""
    for response in RESPONSES:
        if change.source == response.SOURCE and change.name in response.EVENTS:
            return response
    known = sorted(name for response in RESPONSES for name in response.EVENTS)
    raise MalformedEvent(f"detail.eventName: {change.name} of {change.source} belongs to no response; known are {', '.join(known)}")


def ignored_because(change: Change, settings: Settings) -> str:
    """Why an event is none of any response's business, empty if it is."""
    if change.error:
        return f"the call failed with {change.error}"
    if change.made_by(settings.provider_principals):
        return "the change was made by Crossplane's provider"
    if change.made_by((settings.function_role,)):
        return "the change was made by this function"
    return ""


def act(finding: Finding, settings: Settings, response: str) -> tuple[str, str]:
    """Undoes what was found, if that may be, and says what was done."""
    if finding.undo is None:
        return report.REPORTED, f"Nothing: {finding.reason}."
    if settings.mode(response) is Mode.NOTIFY:
        return report.REPORTED, "Nothing: this response is set to Notify."
    if not settings.provider_principals:
        # Without knowing Crossplane one might fight it, for ever.
        return report.REPORTED, "Nothing: the provider's principals are not configured, so this may have been Crossplane."
    return report.UNDONE, finding.undo()


def ignored(change: Change, response: ModuleType, reason: str) -> dict[str, str]:
    """Leaves a line in the log and nothing else."""
    log.write("ignored", response=response.ID, event=change.name, id=change.id, reason=reason)
    return {"response": response.ID, "outcome": "Ignored", "done": reason}
