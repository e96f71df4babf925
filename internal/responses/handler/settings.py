"""What the stack says to the function, by environment variables.

The Go package that packs this function writes the same names in one place.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Mode(Enum):
    """What a response may do."""

    ENFORCE = "Enforce"
    NOTIFY = "Notify"


@dataclass(frozen=True)
class Settings:
    """What the function knows about its stack."""

    stack: str
    stack_tag: str
    """The tag of all the stack's resources; its value is the stack."""
    topic: str
    modes: Mapping[str, Mode]
    provider_principals: tuple[str, ...]
    """ARNs of the IAM roles and users that Crossplane's provider acts as, with * for any characters."""
    function_role: str
    assets_bucket: str
    assets_policy: str
    """What the assets bucket's policy should be; empty as long as the stack does not know."""
    deletion_protection: bool
    """Whether the stack wants its database protected from deletion."""

    def mode(self, response: str) -> Mode:
        """A response that nobody switched on only notifies."""
        return self.modes.get(response, Mode.NOTIFY)


def load(environment: Mapping[str, str]) -> Settings:
    """Reads the environment variables. What is optional may be left out."""
    return Settings(
        stack=environment["STACK"],
        stack_tag=environment["STACK_TAG"],
        topic=environment["TOPIC_ARN"],
        modes={response: Mode(mode) for response, mode in json.loads(environment["RESPONSE_MODES"]).items()},
        provider_principals=tuple(json.loads(environment["PROVIDER_PRINCIPALS"])),
        function_role=environment["FUNCTION_ROLE"],
        assets_bucket=environment.get("ASSETS_BUCKET", ""),
        assets_policy=environment.get("ASSETS_POLICY", ""),
        deletion_protection=environment["DELETION_PROTECTION"] == "true",
    )
