"""What the responses about buckets have in common."""

from typing import Any

from change import Change
from clients import code_of
from finding import Owner, owner
from settings import Settings


def owner_of(s3: Any, bucket: str, change: Change, settings: Settings) -> Owner:
    """Whose a bucket is."""
    try:
        tags = s3.get_bucket_tagging(Bucket=bucket, ExpectedBucketOwner=change.account)["TagSet"]
    except Exception as error:
        if code_of(error) == "NoSuchTagSet":
            return Owner.UNKNOWN
        raise
    return owner(tags, settings)
