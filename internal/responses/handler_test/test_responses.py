"""Behavior of single responses."""

import json
import unittest
from dataclasses import replace

import security_group_opened
from bucket_policy_changed import normal
from support import (
    BUCKET,
    DATABASE,
    ENFORCE,
    GROUP,
    OURS,
    POLICY,
    TRAIL,
    AwsError,
    aws,
    bucket,
    database,
    event,
    respond,
    rule,
    security_group,
    trail,
)


class SecurityGroupOpened(unittest.TestCase):
    def test_world(self):
        cases = {
            "0.0.0.0/0": True,
            "::/0": True,
            # Two halves of all addresses.
            "0.0.0.0/1": True,
            "128.0.0.0/1": True,
            "2000::/3": True,
            # Private ranges, and ranges that are narrow enough to be intended.
            "10.0.0.0/8": False,
            "172.16.0.0/12": False,
            "198.51.100.0/24": False,
            "203.0.113.7/32": False,
            "fc00::/7": False,
            "2001:db8::/32": False,
            "": False,
        }
        for cidr, world in cases.items():
            with self.subTest(cidr=cidr):
                self.assertEqual(world, security_group_opened.is_world(cidr))

    def test_safe_rules_need_no_look(self):
        e = event("security-group-opened/authorize")
        rules = e["detail"]["responseElements"]["securityGroupRuleSet"]["items"]
        e["detail"]["responseElements"]["securityGroupRuleSet"]["items"] = rules[2:]
        result, _ = respond(e, ENFORCE, aws())
        self.assertEqual("Ignored", result["outcome"])

    def test_no_rules_were_added(self):
        e = event("security-group-opened/authorize")
        e["detail"]["responseElements"]["securityGroupRuleSet"]["items"] = []
        result, _ = respond(e, ENFORCE, aws())
        self.assertEqual("Ignored", result["outcome"])

    def test_group_of_a_default_vpc_is_named_by_name(self):
        e = event("security-group-opened/authorize")
        e["detail"]["requestParameters"] = {"groupName": "shop"}
        played = aws(ec2=security_group(OURS, rule("4a", CidrIpv4="0.0.0.0/0")))
        respond(e, ENFORCE, played)
        self.assertEqual(1, len(played.writes()))

    def test_rules_of_other_events_stay(self):
        older = rule("older", CidrIpv4="0.0.0.0/0")
        played = aws(ec2=security_group(OURS, older, rule("4a", CidrIpv4="0.0.0.0/0")))
        respond(event("security-group-opened/modify"), ENFORCE, played)
        (_, arguments), = played.writes()
        self.assertEqual(["sgr-0000000000000004a"], arguments["SecurityGroupRuleIds"])

    def test_the_way_out_may_be_open(self):
        played = aws(ec2=security_group(OURS, rule("4a", CidrIpv4="0.0.0.0/0", IsEgress=True)))
        result, _ = respond(event("security-group-opened/modify"), ENFORCE, played)
        self.assertEqual("Ignored", result["outcome"])
        self.assertEqual([], played.writes())

    def test_several_rules_modified_at_once(self):
        e = event("security-group-opened/modify")
        request = e["detail"]["requestParameters"]["ModifySecurityGroupRulesRequest"]
        request["SecurityGroupRule"] = [
            request["SecurityGroupRule"],
            {"tag": 2, "SecurityGroupRuleId": "sgr-0000000000000005a", "SecurityGroupRule": {"CidrIpv4": "10.1.0.0/16"}},
            {"tag": 3, "SecurityGroupRuleId": "sgr-0000000000000006a", "SecurityGroupRule": {"CidrIpv6": "::/0"}},
            {"tag": 4, "SecurityGroupRuleId": "sgr-0000000000000007a", "SecurityGroupRule": {"ReferencedGroupId": GROUP}},
        ]
        played = aws(ec2=security_group(OURS, rule("4a", CidrIpv4="0.0.0.0/0"), rule("5a", CidrIpv4="10.1.0.0/16"), rule("6a", CidrIpv6="::/0")))
        respond(e, ENFORCE, played)
        (_, arguments), = played.writes()
        self.assertEqual(["sgr-0000000000000004a", "sgr-0000000000000006a"], arguments["SecurityGroupRuleIds"])

    def test_rules_come_in_pages(self):
        answers = security_group(OURS)
        pages = {
            None: {"SecurityGroupRules": [rule("1a", CidrIpv4="10.1.0.0/16")], "NextToken": "2"},
            "2": {"SecurityGroupRules": [rule("4a", CidrIpv4="0.0.0.0/0")]},
        }
        answers["describe_security_group_rules"] = lambda Filters, NextToken=None: pages[NextToken]
        played = aws(ec2=answers)
        respond(event("security-group-opened/modify"), ENFORCE, played)
        self.assertEqual(1, len(played.writes()))

    def test_group_is_gone(self):
        played = aws(ec2={"describe_security_groups": AwsError("InvalidGroup.NotFound")})
        result, _ = respond(event("security-group-opened/authorize"), ENFORCE, played)
        self.assertEqual("Ignored", result["outcome"])

    def test_report_describes_the_rules(self):
        everything = rule("4a", CidrIpv4="0.0.0.0/0", IpProtocol="-1", FromPort=-1, ToPort=-1)
        played = aws(ec2=security_group(OURS, everything, rule("6a", CidrIpv6="::/0")))
        respond(event("security-group-opened/authorize"), ENFORCE, played)
        (r,) = played.reports()
        want = "0.0.0.0/0 can reach everything (sgr-0000000000000004a); ::/0 can reach tcp 22 to 22 (sgr-0000000000000006a)"
        self.assertEqual(want, r["problem"])


class PublicAccessUnblocked(unittest.TestCase):
    def test_putting_all_of_it_is_safe(self):
        e = event("public-access-unblocked/put")
        e["detail"]["requestParameters"]["PublicAccessBlockConfiguration"]["BlockPublicPolicy"] = True
        result, _ = respond(e, ENFORCE, aws())
        self.assertEqual("Ignored", result["outcome"])

    def test_report_names_what_is_missing(self):
        played = aws(s3=bucket(OURS, block=AwsError("NoSuchPublicAccessBlockConfiguration")))
        respond(event("public-access-unblocked/delete"), ENFORCE, played)
        (r,) = played.reports()
        self.assertEqual("not blocked: BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets", r["problem"])

    def test_bucket_without_any_tag(self):
        answers = bucket(OURS, block=AwsError("NoSuchPublicAccessBlockConfiguration"))
        played = aws(s3={**answers, "get_bucket_tagging": AwsError("NoSuchTagSet")})
        respond(event("public-access-unblocked/delete"), ENFORCE, played)
        self.assertEqual([], played.writes())
        self.assertEqual(["Reported"], [r["outcome"] for r in played.reports()])

    def test_bucket_is_gone(self):
        played = aws(s3={"get_bucket_tagging": AwsError("NoSuchBucket")})
        respond(event("public-access-unblocked/delete"), ENFORCE, played)
        self.assertIn("no longer exists", played.reports()[0]["done"])


class DatabaseExposed(unittest.TestCase):
    def test_other_changes_are_safe(self):
        e = event("database-exposed/public")
        e["detail"]["requestParameters"] = {"dBInstanceIdentifier": DATABASE, "dBInstanceClass": "db.r6g.large", "publiclyAccessible": False}
        result, _ = respond(e, ENFORCE, aws())
        self.assertEqual("Ignored", result["outcome"])

    def test_stack_may_want_no_protection(self):
        result, _ = respond(event("database-exposed/unprotected"), replace(ENFORCE, deletion_protection=False), aws())
        self.assertEqual("Ignored", result["outcome"])

    def test_both_at_once(self):
        e = event("database-exposed/public")
        e["detail"]["requestParameters"]["deletionProtection"] = False
        played = aws(rds=database(OURS, PubliclyAccessible=True, DeletionProtection=False))
        respond(e, ENFORCE, played)
        want = {"DBInstanceIdentifier": DATABASE, "ApplyImmediately": False, "PubliclyAccessible": False, "DeletionProtection": True}
        self.assertEqual([("modify_db_instance", want)], played.writes())
        self.assertEqual("Set PubliclyAccessible to False, DeletionProtection to True.", played.reports()[0]["done"])

    def test_what_the_event_left_alone_stays(self):
        played = aws(rds=database(OURS, PubliclyAccessible=True, DeletionProtection=False))
        respond(event("database-exposed/public"), ENFORCE, played)
        self.assertNotIn("DeletionProtection", played.writes()[0][1])

    def test_old_value_does_not_count_while_rds_works(self):
        played = aws(rds=database(OURS, DBInstanceStatus="modifying"))
        respond(event("database-exposed/public"), ENFORCE, played)
        self.assertEqual(1, len(played.writes()))

    def test_rds_may_refuse_while_it_works(self):
        answers = database(OURS, DBInstanceStatus="modifying")
        played = aws(rds={**answers, "modify_db_instance": AwsError("InvalidDBInstanceState")})
        with self.assertRaises(AwsError):
            respond(event("database-exposed/public"), ENFORCE, played)
        self.assertIn("InvalidDBInstanceState", played.reports()[0]["done"])

    def test_database_is_gone(self):
        played = aws(rds={"describe_db_instances": AwsError("DBInstanceNotFound")})
        respond(event("database-exposed/unprotected"), ENFORCE, played)
        self.assertIn("no longer exists", played.reports()[0]["done"])


    def test_cluster_is_gone(self):
        played = aws(rds={"describe_db_clusters": AwsError("DBClusterNotFoundFault")})
        respond(event("database-exposed/cluster-unprotected"), ENFORCE, played)
        self.assertIn("no longer exists", played.reports()[0]["done"])


class BucketPolicyChanged(unittest.TestCase):
    def test_other_buckets_have_other_policies(self):
        e = event("bucket-policy-changed/put")
        e["detail"]["requestParameters"]["bucketName"] = "somebody-elses"
        result, _ = respond(e, ENFORCE, aws())
        self.assertEqual("Ignored", result["outcome"])

    def test_putting_the_stacks_policy_is_safe(self):
        e = event("bucket-policy-changed/put")
        e["detail"]["requestParameters"]["bucketPolicy"] = POLICY
        result, _ = respond(e, ENFORCE, aws())
        self.assertEqual("Ignored", result["outcome"])

    def test_policy_is_not_known_yet(self):
        played = aws()
        respond(event("bucket-policy-changed/put"), replace(ENFORCE, assets_policy=""), played)
        self.assertIn("not known yet", played.reports()[0]["done"])

    def test_bucket_is_gone(self):
        played = aws(s3={"get_bucket_tagging": AwsError("NoSuchBucket")})
        respond(event("bucket-policy-changed/delete"), ENFORCE, played)
        self.assertIn("no longer exists", played.reports()[0]["done"])

    def test_same_policy_in_another_form(self):
        a = {"Statement": {"Action": ["s3:GetObject"], "Resource": ["b", "a"]}, "Version": "2012-10-17"}
        b = {"Version": "2012-10-17", "Statement": [{"Resource": ["a", "b"], "Action": "s3:GetObject"}]}
        self.assertEqual(normal(a), normal(b))
        self.assertNotEqual(normal(a), normal({**b, "Statement": [{"Resource": ["a"], "Action": "s3:GetObject"}]}))

    def test_same_policy_as_aws_gives_it_back(self):
        statements = list(reversed(POLICY["Statement"]))
        played = aws(s3=bucket(OURS, policy={"Policy": json.dumps({**POLICY, "Statement": statements})}))
        respond(event("bucket-policy-changed/put"), ENFORCE, played)
        self.assertEqual([], played.writes())
        self.assertEqual(BUCKET, played.reports()[0]["resource"])


class TrailStopped(unittest.TestCase):
    def test_report_names_what_was_changed(self):
        played = aws(cloudtrail=trail(OURS, logging=True))
        respond(event("trail-stopped/update"), ENFORCE, played)
        (r,) = played.reports()
        self.assertEqual("it was changed by hand: enableLogFileValidation, isMultiRegionTrail", r["problem"])
        self.assertEqual(TRAIL, r["resource"])

    def test_trail_is_gone(self):
        for name in ("stop", "update", "selectors"):
            with self.subTest(event=name):
                played = aws(cloudtrail={"get_trail": AwsError("TrailNotFoundException")})
                respond(event(f"trail-stopped/{name}"), ENFORCE, played)
                self.assertIn("no longer exists", played.reports()[0]["done"])


if __name__ == "__main__":
    unittest.main()
