"""The policy of the assets bucket was changed or removed: puts back the one by
which only the stack's own distribution reads it, over TLS."""

import json
from typing import Any

from buckets import owner_of
from change import Change, text
from clients import Client, code_of
from finding import GONE, RIGHT_AGAIN, UNTAGGED, Finding, Ignored, Owner
from settings import Settings

ID = "bucket-policy-changed"
TITLE = "policy of the assets bucket changed"
SOURCE = "s3.amazonaws.com"
EVENTS = ("PutBucketPolicy", "DeleteBucketPolicy")


def examine(change: Change, settings: Settings, client: Client) -> Finding | Ignored:
    """Compares the policy as it is now with the one that the stack gave."""
    bucket = text(change.request, "bucketName")
    if bucket != settings.assets_bucket:
        return Ignored("the bucket is not the stack's assets bucket")
    problem = "its policy was removed" if change.name == "DeleteBucketPolicy" else "its policy was replaced"
    if not settings.assets_policy:
        return Finding(bucket, problem, reason="the policy of the stack is not known yet")
    expected = normal(json.loads(settings.assets_policy))
    if normal(change.request.get("bucketPolicy")) == expected:
        return Ignored("the policy is the stack's")
    s3 = client("s3")
    try:
        whose = owner_of(s3, bucket, change, settings)
        if whose is Owner.OTHER:
            return Ignored("the bucket is another stack's")
        right = normal(policy_of(s3, bucket, change)) == expected
    except Exception as error:
        if code_of(error) == "NoSuchBucket":
            return Finding(bucket, problem, reason=GONE)
        raise
    if whose is Owner.UNKNOWN:
        return Finding(bucket, problem, reason=UNTAGGED)
    if right:
        return Finding(bucket, problem, reason=RIGHT_AGAIN)

    def undo() -> str:
        s3.put_bucket_policy(Bucket=bucket, ExpectedBucketOwner=change.account, Policy=settings.assets_policy)
        return "Restored the stack's policy."

    return Finding(bucket, problem, undo)


def policy_of(s3: Any, bucket: str, change: Change) -> Any:
    """The policy of a bucket; None if it has none."""
    try:
        return json.loads(s3.get_bucket_policy(Bucket=bucket, ExpectedBucketOwner=change.account)["Policy"])
    except Exception as error:
        if code_of(error) == "NoSuchBucketPolicy":
            return None
        raise


def normal(policy: Any) -> Any:
    """A policy in one form of the many that mean the same: a list of one is the
    one, and order in lists says nothing."""
    if isinstance(policy, dict):
        return {key: normal(value) for key, value in policy.items()}
    if isinstance(policy, list):
        values = sorted((normal(v) for v in policy), key=lambda v: json.dumps(v, sort_keys=True))
        return values[0] if len(values) == 1 else values
    return policy
