"""Clients of AWS services and their errors."""

from collections.abc import Callable
from functools import cache
from typing import Any

Client = Callable[[str], Any]
"""Gives the client of a service by name. Tests give others than AWS's."""


@cache
def client(service: str) -> Any:
    """A client that lives as long as the function's environment."""
    import boto3  # In Lambda's runtime, but not where the tests run.

    return boto3.client(service)


def code_of(error: Exception) -> str:
    """The code of an AWS error, such as "NoSuchBucket"; empty for any other error."""
    response = getattr(error, "response", {})
    return str(response.get("Error", {}).get("Code", ""))
