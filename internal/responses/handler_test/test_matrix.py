"""Every recorded event in every situation that all responses share."""

import json
import unittest
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from support import (
    ACCOUNT,
    BUCKET,
    DATABASE,
    ENFORCE,
    FOREIGN,
    FUNCTION_ROLE,
    GROUP,
    NOTIFY,
    OURS,
    POLICY,
    PROVIDER,
    TRAIL,
    UNTAGGED,
    AwsError,
    aws,
    bucket,
    cluster,
    database,
    event,
    events,
    respond,
    rule,
    security_group,
    trail,
)

from change import MalformedEvent

Tags = list[dict[str, str]]
BLOCKED = {"BlockPublicAcls": True, "BlockPublicPolicy": True, "IgnorePublicAcls": True, "RestrictPublicBuckets": True}
SSH = rule("4a", CidrIpv4="0.0.0.0/0")
HTTPS = rule("6a", CidrIpv6="::/0", FromPort=443, ToPort=443)
INSIDE = rule("10a", CidrIpv4="10.1.0.0/16")


@dataclass
class Scenario:
    """AWS's answers before and after the change was reverted, by tags, and the
    calls that revert it. Without calls, there is only a report."""

    service: str
    wrong: Callable[[Tags], dict[str, Any]]
    right: Callable[[Tags], dict[str, Any]] | None
    undo: list[tuple[str, dict[str, Any]]]
    named: bool = True
    """Whether the stack named the resource, so that it may be the stack's without the tag."""


def revoked(*rules: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [("revoke_security_group_ingress", {"GroupId": GROUP, "SecurityGroupRuleIds": [r["SecurityGroupRuleId"] for r in rules]})]


BLOCK = [("put_public_access_block", {"Bucket": BUCKET, "ExpectedBucketOwner": ACCOUNT, "PublicAccessBlockConfiguration": BLOCKED})]
PUT_POLICY = [("put_bucket_policy", {"Bucket": BUCKET, "ExpectedBucketOwner": ACCOUNT, "Policy": json.dumps(POLICY)})]


def blocked(tags: Tags) -> dict[str, Any]:
    return bucket(tags, block={"PublicAccessBlockConfiguration": BLOCKED})


def modified(identifier: str, **flags: bool) -> list[tuple[str, dict[str, Any]]]:
    return [("modify_db_instance", {"DBInstanceIdentifier": identifier, "ApplyImmediately": False, **flags})]


SCENARIOS = {
    "security-group-opened/authorize": Scenario(
        service="ec2",
        wrong=lambda tags: security_group(tags, SSH, HTTPS, INSIDE),
        right=lambda tags: security_group(tags, INSIDE),
        undo=revoked(SSH, HTTPS),
        named=False,
    ),
    "security-group-opened/modify": Scenario(
        service="ec2",
        wrong=lambda tags: security_group(tags, SSH, INSIDE),
        right=lambda tags: security_group(tags, {**SSH, "CidrIpv4": "10.0.0.0/16"}, INSIDE),
        undo=revoked(SSH),
        named=False,
    ),
    "public-access-unblocked/put": Scenario(
        service="s3",
        wrong=lambda tags: bucket(tags, block={"PublicAccessBlockConfiguration": {**BLOCKED, "BlockPublicPolicy": False}}),
        right=blocked,
        undo=BLOCK,
    ),
    "public-access-unblocked/delete": Scenario(
        service="s3",
        wrong=lambda tags: bucket(tags, block=AwsError("NoSuchPublicAccessBlockConfiguration")),
        right=blocked,
        undo=BLOCK,
    ),
    "database-exposed/public": Scenario(
        service="rds",
        wrong=lambda tags: database(tags, PubliclyAccessible=True),
        right=database,
        undo=modified(DATABASE, PubliclyAccessible=False),
    ),
    "database-exposed/unprotected": Scenario(
        service="rds",
        wrong=lambda tags: database(tags, DeletionProtection=False),
        right=database,
        undo=modified(DATABASE, DeletionProtection=True),
    ),
    "database-exposed/cluster-public": Scenario(
        service="rds",
        wrong=lambda tags: database(tags, PubliclyAccessible=True),
        right=database,
        undo=modified(f"{DATABASE}-1", PubliclyAccessible=False),
    ),
    "database-exposed/cluster-unprotected": Scenario(
        service="rds",
        wrong=lambda tags: cluster(tags, DeletionProtection=False),
        right=cluster,
        undo=[("modify_db_cluster", {"DBClusterIdentifier": DATABASE, "ApplyImmediately": False, "DeletionProtection": True})],
    ),
    "bucket-policy-changed/put": Scenario(
        service="s3",
        wrong=lambda tags: bucket(tags, policy={"Policy": '{"Version":"2012-10-17","Statement":[]}'}),
        right=lambda tags: bucket(tags, policy={"Policy": json.dumps(POLICY)}),
        undo=PUT_POLICY,
    ),
    "bucket-policy-changed/delete": Scenario(
        service="s3",
        wrong=lambda tags: bucket(tags, policy=AwsError("NoSuchBucketPolicy")),
        right=lambda tags: bucket(tags, policy={"Policy": json.dumps(POLICY)}),
        undo=PUT_POLICY,
    ),
    "trail-stopped/stop": Scenario(
        service="cloudtrail",
        wrong=lambda tags: trail(tags, logging=False),
        right=lambda tags: trail(tags, logging=True),
        undo=[("start_logging", {"Name": TRAIL})],
    ),
    "trail-stopped/update": Scenario(service="cloudtrail", wrong=lambda tags: trail(tags, logging=True), right=None, undo=[]),
    "trail-stopped/selectors": Scenario(service="cloudtrail", wrong=lambda tags: trail(tags, logging=True), right=None, undo=[]),
    # The tags of a deleted trail are unknown.
    "trail-stopped/delete": Scenario(service="cloudtrail", wrong=lambda _: {}, right=None, undo=[]),
}


def each(test: Callable[..., None]) -> Callable[[unittest.TestCase], None]:
    """Runs a test for every scenario, with its name, itself and its event."""

    @wraps(test)
    def run(case: unittest.TestCase) -> None:
        for name, scenario in SCENARIOS.items():
            with case.subTest(event=name):
                test(case, name, scenario, event(name))

    return run


class Matrix(unittest.TestCase):
    def test_every_event_has_a_scenario(self):
        self.assertEqual(events(), sorted(SCENARIOS))

    @each
    def test_enforce_undoes_and_reports(self, name, s, e):
        played = aws(**{s.service: s.wrong(OURS)})
        result, lines = respond(e, ENFORCE, played)
        outcome = "Undone" if s.undo else "Reported"
        self.assertEqual(s.undo, played.writes())
        self.assertEqual([outcome], [r["outcome"] for r in played.reports()])
        self.assertEqual(outcome, result["outcome"])
        self.assertEqual(name.split("/")[0], result["response"])
        self.assertEqual([outcome], [line["message"] for line in lines])

    @each
    def test_report_says_what_who_and_when(self, name, s, e):
        played = aws(**{s.service: s.wrong(OURS)})
        respond(e, ENFORCE, played)
        (r,) = played.reports()
        self.assertTrue(r["resource"] and r["problem"] and r["done"], r)
        self.assertEqual(f"arn:aws:sts::{ACCOUNT}:assumed-role/Administrator/alice@example.com", r["by"])
        self.assertEqual("203.0.113.7", r["from"])
        self.assertEqual("2026-03-02T09:15:27Z", r["at"])
        detail = e["detail"]
        self.assertEqual({"name": detail["eventName"], "id": detail["eventID"], "account": ACCOUNT, "region": "eu-west-1"}, r["event"])
        self.assertLessEqual(len(r["subject"]), 100)
        self.assertTrue(r["subject"].isascii())

    @each
    def test_notify_only_reports(self, name, s, e):
        played = aws(**{s.service: s.wrong(OURS)})
        respond(e, NOTIFY, played)
        self.assertEqual([], played.writes())
        self.assertEqual(["Reported"], [r["outcome"] for r in played.reports()])

    @each
    def test_response_that_nobody_switched_on_only_reports(self, name, s, e):
        played = aws(**{s.service: s.wrong(OURS)})
        respond(e, replace(ENFORCE, modes={}), played)
        self.assertEqual([], played.writes())
        self.assertEqual(["Reported"], [r["outcome"] for r in played.reports()])

    @each
    def test_without_knowing_the_provider_it_only_reports(self, name, s, e):
        played = aws(**{s.service: s.wrong(OURS)})
        respond(e, replace(ENFORCE, provider_principals=()), played)
        self.assertEqual([], played.writes())
        self.assertEqual(["Reported"], [r["outcome"] for r in played.reports()])

    @each
    def test_another_stacks_resource_is_left_alone(self, name, s, e):
        if name == "trail-stopped/delete":
            return
        played = aws(**{s.service: s.wrong(FOREIGN)})
        result, lines = respond(e, ENFORCE, played)
        self.assertEqual([], played.writes())
        self.assertEqual([], played.reports())
        self.assertEqual("Ignored", result["outcome"])
        self.assertEqual(["ignored"], [line["message"] for line in lines])

    @each
    def test_in_doubt_it_only_reports(self, name, s, e):
        played = aws(**{s.service: s.wrong(UNTAGGED)})
        respond(e, ENFORCE, played)
        self.assertEqual([], played.writes())
        self.assertEqual(["Reported"] if s.named else [], [r["outcome"] for r in played.reports()])

    @each
    def test_crossplane_and_the_function_itself_are_left_alone(self, name, s, e):
        for role in (PROVIDER, FUNCTION_ROLE):
            e["detail"]["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] = role
            played = aws()
            result, _ = respond(e, ENFORCE, played)
            self.assertEqual("Ignored", result["outcome"])
            self.assertEqual([], played.reports())

    @each
    def test_crossplane_as_a_user_is_left_alone(self, name, s, e):
        e["detail"]["userIdentity"] = {"type": "IAMUser", "arn": f"arn:aws:iam::{ACCOUNT}:user/crossplane", "userName": "crossplane"}
        result, _ = respond(e, replace(ENFORCE, provider_principals=("arn:aws:iam::*:user/crossplane",)), aws())
        self.assertEqual("Ignored", result["outcome"])

    @each
    def test_name_of_a_session_does_not_make_it_crossplane(self, name, s, e):
        e["detail"]["userIdentity"]["arn"] = PROVIDER
        played = aws(**{s.service: s.wrong(OURS)})
        respond(e, ENFORCE, played)
        self.assertEqual(s.undo, played.writes())

    @each
    def test_caller_from_another_account_is_not_crossplane(self, name, s, e):
        e["detail"]["userIdentity"] = {"type": "AWSAccount", "principalId": "AROAEXAMPLE:mallory", "accountId": "210987654321"}
        played = aws(**{s.service: s.wrong(OURS)})
        respond(e, ENFORCE, played)
        self.assertEqual(s.undo, played.writes())
        self.assertEqual(["AROAEXAMPLE:mallory"], [r["by"] for r in played.reports()])

    @each
    def test_what_is_right_again_is_only_reported(self, name, s, e):
        if s.right is None:
            return
        played = aws(**{s.service: s.right(OURS)})
        respond(e, ENFORCE, played)
        self.assertEqual([], played.writes())
        self.assertEqual([("Reported", "Nothing: the setting is correct again.")], [(r["outcome"], r["done"]) for r in played.reports()])

    @each
    def test_failed_call_changed_nothing(self, name, s, e):
        e["detail"] |= {"errorCode": "AccessDenied", "errorMessage": "not authorized", "requestParameters": None, "responseElements": None}
        played = aws()
        result, _ = respond(e, ENFORCE, played)
        self.assertEqual("Ignored", result["outcome"])
        self.assertEqual([], played.reports())

    @each
    def test_malformed_event_is_raised_for_the_dead_letter_queue(self, name, s, e):
        for detail in ({}, {**e["detail"], "userIdentity": None}, {**e["detail"], "eventName": ""}, {**e["detail"], "eventName": "Unknown"}):
            with self.assertRaises(MalformedEvent):
                respond({**e, "detail": detail}, ENFORCE, aws())

    @each
    def test_request_without_its_resource_is_reported_and_raised(self, name, s, e):
        e["detail"] |= {"requestParameters": None, "responseElements": None}
        played = aws()
        with self.assertRaises(MalformedEvent):
            respond(e, ENFORCE, played)
        self.assertEqual(["Failed"], [r["outcome"] for r in played.reports()])

    @each
    def test_failed_undo_is_reported_and_raised(self, name, s, e):
        for method, _ in s.undo:
            played = aws(**{s.service: {**s.wrong(OURS), method: AwsError("AccessDenied")}})
            with self.assertRaises(AwsError):
                respond(e, ENFORCE, played)
            (r,) = played.reports()
            self.assertEqual("Failed", r["outcome"])
            self.assertIn("AccessDenied", r["done"])
            self.assertEqual(1, len(played.writes()), "Lambda tries again, not the function")

    @each
    def test_unreadable_state_is_reported_and_raised(self, name, s, e):
        answers = s.wrong(OURS)
        for method in [m for m in answers if m.startswith(("describe_", "get_", "list_"))]:
            played = aws(**{s.service: {**answers, method: AwsError("Throttling")}})
            try:
                respond(e, ENFORCE, played)
            except AwsError:
                self.assertEqual([], played.writes())
                self.assertEqual(["Failed"], [r["outcome"] for r in played.reports()])
            else:
                self.assertNotIn(method, [c[0] for c in played(s.service).calls], "an error was swallowed")

    @each
    def test_failed_report_is_raised(self, name, s, e):
        played = aws(**{s.service: s.wrong(OURS), "sns": {"publish": AwsError("NotFound")}})
        with self.assertRaises(AwsError):
            respond(e, ENFORCE, played)
        self.assertEqual(1, len(played("sns").calls))

    @each
    def test_no_request_leaks(self, name, s, e):
        e["detail"]["requestParameters"]["masterUserPassword"] = "hunter2"
        played = aws(**{s.service: s.wrong(OURS)})
        _, lines = respond(e, ENFORCE, played)
        self.assertNotIn("hunter2", json.dumps([played.reports(), lines]))


if __name__ == "__main__":
    unittest.main()
