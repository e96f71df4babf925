"""Log lines that CloudWatch Logs Insights reads as fields."""

import json


def write(message: str, **fields: str) -> None:
    """Writes one line. Callers choose the fields: an event as a whole may
    contain what does not belong into a log."""
    print(json.dumps({"message": message, **fields}, sort_keys=True))
