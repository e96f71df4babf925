"""The public access block of a bucket was removed or weakened: puts all of it
back (AWS documentation, "Blocking public access to your Amazon S3 storage")."""

from typing import Any

from buckets import owner_of
from change import Change, text
from clients import Client, code_of
from finding import GONE, RIGHT_AGAIN, UNTAGGED, Finding, Ignored, Owner
from settings import Settings

ID = "public-access-unblocked"
TITLE = "public access block of a bucket weakened"
SOURCE = "s3.amazonaws.com"
EVENTS = ("PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock")

BLOCKED = {
    "BlockPublicAcls": True,
    "BlockPublicPolicy": True,
    "IgnorePublicAcls": True,
    "RestrictPublicBuckets": True,
}


def examine(change: Change, settings: Settings, client: Client) -> Finding | Ignored:
    """Looks at the block as it is now."""
    bucket = text(change.request, "bucketName")
    asked = change.request.get("PublicAccessBlockConfiguration") or {}
    if not missing(asked):
        return Ignored("everything is blocked")
    s3 = client("s3")
    try:
        whose = owner_of(s3, bucket, change, settings)
        if whose is Owner.OTHER:
            return Ignored("the bucket is another stack's")
        lost = missing(block_of(s3, bucket, change))
    except Exception as error:
        if code_of(error) == "NoSuchBucket":
            return Finding(bucket, "its public access block was weakened", reason=GONE)
        raise
    problem = f"not blocked: {', '.join(lost or missing(asked))}"
    if whose is Owner.UNKNOWN:
        return Finding(bucket, problem, reason=UNTAGGED)
    if not lost:
        return Finding(bucket, problem, reason=RIGHT_AGAIN)

    def undo() -> str:
        s3.put_public_access_block(Bucket=bucket, ExpectedBucketOwner=change.account, PublicAccessBlockConfiguration=BLOCKED)
        return "Blocked all public access again."

    return Finding(bucket, problem, undo)


def block_of(s3: Any, bucket: str, change: Change) -> dict[str, bool]:
    """The block of a bucket; empty if it has none."""
    try:
        return s3.get_public_access_block(Bucket=bucket, ExpectedBucketOwner=change.account)["PublicAccessBlockConfiguration"]
    except Exception as error:
        if code_of(error) == "NoSuchPublicAccessBlockConfiguration":
            return {}
        raise


def missing(block: dict[str, Any]) -> list[str]:
    """What a block does not block."""
    return [flag for flag in BLOCKED if block.get(flag) is not True]
