"""What a response found out about a change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from settings import Settings

RIGHT_AGAIN = "the setting is correct again"
GONE = "it no longer exists; Crossplane recreates it if it is part of the stack"
UNTAGGED = "it does not have the stack's tag, so it may belong to another stack"


@dataclass(frozen=True)
class Ignored:
    """A change that is safe, or somebody else's."""

    reason: str


@dataclass(frozen=True)
class Finding:
    """An unsafe change."""

    resource: str
    problem: str
    undo: Callable[[], str] | None = None
    """Undoes the change and says what it did; None where nothing can or may be done."""
    reason: str = ""
    """Why nothing is done, without undo."""


class Owner(Enum):
    """Whose a resource is."""

    STACK = "stack"
    OTHER = "other"
    UNKNOWN = "unknown"


def owner(tags: Iterable[Mapping[str, str]], settings: Settings) -> Owner:
    """Whose a resource is by its tags, in the form that most AWS services give them."""
    for tag in tags:
        if tag["Key"] == settings.stack_tag:
            return Owner.STACK if tag["Value"] == settings.stack else Owner.OTHER
    return Owner.UNKNOWN
