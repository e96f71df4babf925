"""The parts that all responses share."""

import io
import json
import os
import sys
import unittest
from contextlib import redirect_stdout
from types import SimpleNamespace
from unittest.mock import patch

from support import ACCOUNT, ENFORCE, FUNCTION_ROLE, OURS, POLICY, STACK, STACK_TAG, TOPIC, AwsError, aws, event, trail

import clients
import index
import report
from change import MalformedEvent, items, parse
from settings import Mode, load

ENVIRONMENT = {
    "STACK": STACK,
    "STACK_TAG": STACK_TAG,
    "TOPIC_ARN": TOPIC,
    "RESPONSE_MODES": json.dumps({response.ID: "Enforce" for response in index.RESPONSES}),
    "PROVIDER_PRINCIPALS": f'["arn:aws:iam::{ACCOUNT}:role/crossplane/provider-aws-*"]',
    "FUNCTION_ROLE": FUNCTION_ROLE,
    "ASSETS_BUCKET": f"{STACK}-assets",
    "ASSETS_POLICY": json.dumps(POLICY),
    "DELETION_PROTECTION": "true",
}


class LoadSettings(unittest.TestCase):
    def test_all_of_it(self):
        self.assertEqual(ENFORCE, load(ENVIRONMENT))

    def test_what_is_optional(self):
        settings = load({k: v for k, v in ENVIRONMENT.items() if not k.startswith("ASSETS_")})
        self.assertEqual(("", ""), (settings.assets_bucket, settings.assets_policy))

    def test_what_is_not(self):
        for name in ENVIRONMENT.keys() - {"ASSETS_BUCKET", "ASSETS_POLICY"}:
            with self.subTest(name=name), self.assertRaises(KeyError):
                load({k: v for k, v in ENVIRONMENT.items() if k != name})

    def test_unknown_mode(self):
        with self.assertRaises(ValueError):
            load({**ENVIRONMENT, "RESPONSE_MODES": '{"trail-stopped":"enforce"}'})

    def test_mode_of_one_response(self):
        settings = load({**ENVIRONMENT, "RESPONSE_MODES": '{"trail-stopped":"Enforce","database-exposed":"Notify"}'})
        self.assertEqual(
            [Mode.ENFORCE, Mode.NOTIFY, Mode.NOTIFY],
            [settings.mode(r) for r in ("trail-stopped", "database-exposed", "bucket-policy-changed")],
        )


class ParseEvent(unittest.TestCase):
    def who(self, **identity):
        e = event("trail-stopped/stop")
        e["detail"]["userIdentity"] = identity
        return parse(e)

    def test_principals(self):
        arn = f"arn:aws:iam::{ACCOUNT}:user/alice"
        cases = (
            ("user", {"type": "IAMUser", "arn": arn, "principalId": "AIDAEXAMPLE"}, arn, arn),
            ("service", {"type": "AWSService", "invokedBy": "backup.amazonaws.com"}, "backup.amazonaws.com", ""),
            ("other account", {"type": "AWSAccount", "principalId": "AROAEXAMPLE:eve"}, "AROAEXAMPLE:eve", ""),
            ("type only", {"type": "Unknown", "sessionContext": {"attributes": {}}}, "Unknown", ""),
            ("nothing", {}, "unknown", ""),
        )
        for name, identity, principal, role in cases:
            with self.subTest(name):
                change = self.who(**identity)
                self.assertEqual((principal, role), (change.principal, change.identity))

    def test_nobody_is_never_trusted(self):
        self.assertFalse(self.who(type="AWSService").made_by(("*",)))

    def test_letters_of_an_arn_have_their_case(self):
        change = self.who(type="IAMUser", arn=f"arn:aws:iam::{ACCOUNT}:user/Crossplane")
        self.assertFalse(change.made_by((f"arn:aws:iam::{ACCOUNT}:user/crossplane",)))

    def test_no_event_at_all(self):
        for e in ({}, {"detail": None}, {"detail": []}, {"detail": {"userIdentity": {}}}):
            with self.subTest(e), self.assertRaises(MalformedEvent):
                parse(e)

    def test_items_are_objects(self):
        for values in (None, "a", ["a"]):
            with self.subTest(values), self.assertRaises(MalformedEvent):
                items(values, "items")


class Report(unittest.TestCase):
    def test_subject(self):
        cases = (
            ("plain", "[shop] Undone: it", "[shop] Undone: it"),
            ("not ASCII", "[shop] \N{SNOWMAN}", "[shop] ?"),
            ("two lines", "[shop]\nUndone", "[shop] Undone"),
            ("long", "x" * 101, "x" * 100),
        )
        for name, line, want in cases:
            with self.subTest(name):
                self.assertEqual(want, report.subject(line))

    def test_subjects_of_the_longest_stack_are_whole(self):
        for response in index.RESPONSES:
            with self.subTest(response.ID):
                line = f"[{'s' * 40}] {report.REPORTED}: {response.TITLE}"
                self.assertEqual(line, report.subject(line))

    def test_names_of_errors(self):
        self.assertEqual("NoSuchBucket", report.name_of(AwsError("NoSuchBucket")))
        self.assertEqual("KeyError", report.name_of(KeyError("secret")))


class Handler(unittest.TestCase):
    def test_entry(self):
        played = aws(cloudtrail=trail(OURS, logging=False))
        with patch.dict(os.environ, ENVIRONMENT), patch.object(index, "client", played), redirect_stdout(io.StringIO()):
            result = index.handler(event("trail-stopped/stop"), None)
        self.assertEqual({"response": "trail-stopped", "outcome": "Undone", "done": "Restarted the trail."}, result)

    def test_clients_are_made_once_and_only_when_needed(self):
        made = []
        boto3 = SimpleNamespace(client=lambda service: made.append(service) or service)
        with patch.dict(sys.modules, boto3=boto3):
            self.assertEqual(("s3", "s3", "ec2"), tuple(clients.client(s) for s in ("s3", "s3", "ec2")))
        clients.client.cache_clear()
        self.assertEqual(["s3", "ec2"], made)

    def test_no_event_belongs_to_two_responses(self):
        names = [(r.SOURCE, name) for r in index.RESPONSES for name in r.EVENTS]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
