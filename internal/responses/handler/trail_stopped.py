"""The stack's trail was stopped, deleted or changed: starts it again where that
is enough. What else the trail should be is for Crossplane to say and to set
back; of that there is a report only."""

from typing import Any

from change import Change, MalformedEvent
from clients import Client, code_of
from finding import GONE, RIGHT_AGAIN, UNTAGGED, Finding, Ignored, Owner, owner
from settings import Settings

ID = "trail-stopped"
TITLE = "audit trail stopped or changed"
SOURCE = "cloudtrail.amazonaws.com"
EVENTS = ("DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail")

# PutEventSelectors calls the name differently. It is a name or an ARN.
NAMES = ("name", "trailName")


def examine(change: Change, settings: Settings, client: Client) -> Finding | Ignored:
    """Looks at the trail as it is now."""
    name = name_of(change)
    problem = problem_of(change)
    if change.name == "DeleteTrail":
        return Finding(name, problem, reason=GONE)
    cloudtrail = client("cloudtrail")
    try:
        trail = cloudtrail.get_trail(Name=name)["Trail"]["TrailARN"]
    except Exception as error:
        if code_of(error) == "TrailNotFoundException":
            return Finding(name, problem, reason=GONE)
        raise
    whose = owner(tags_of(cloudtrail, trail), settings)
    if whose is Owner.OTHER:
        return Ignored("the trail is another stack's")
    if whose is Owner.UNKNOWN:
        return Finding(trail, problem, reason=UNTAGGED)
    if change.name != "StopLogging":
        return Finding(trail, problem, reason="Crossplane restores the trail at its next reconcile")
    if cloudtrail.get_trail_status(Name=trail)["IsLogging"]:
        return Finding(trail, problem, reason=RIGHT_AGAIN)

    def undo() -> str:
        cloudtrail.start_logging(Name=trail)
        return "Restarted the trail."

    return Finding(trail, problem, undo)


def name_of(change: Change) -> str:
    """The name of the trail, as the request gives it."""
    for key in NAMES:
        if change.request.get(key):
            return str(change.request[key])
    raise MalformedEvent(f"requestParameters: must have one of {', '.join(NAMES)}")


def problem_of(change: Change) -> str:
    """What happened to the trail."""
    if change.name == "StopLogging":
        return "it was stopped"
    if change.name == "DeleteTrail":
        return "it was deleted"
    fields = sorted(set(change.request) - set(NAMES))
    return f"it was changed by hand: {', '.join(fields)}"


def tags_of(cloudtrail: Any, trail: str) -> list[dict[str, str]]:
    """The tags of a trail."""
    resources = cloudtrail.list_tags(ResourceIdList=[trail])["ResourceTagList"]
    return [tag for resource in resources for tag in resource.get("TagsList", [])]
