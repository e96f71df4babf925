"""A security group was opened to the world: takes back the rules that did it.

The stack lets nobody in from the internet: CloudFront reads the bucket, and
Lambda calls out. So no port is spared.
"""

from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any

from change import Change, items, part, text
from clients import Client, code_of
from finding import RIGHT_AGAIN, Finding, Ignored, Owner, owner
from settings import Settings

ID = "security-group-opened"
TITLE = "security group opened to the internet"
SOURCE = "ec2.amazonaws.com"
EVENTS = ("AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules")

# The widest private ranges: 10.0.0.0/8 and fc00::/7. Whatever is wider is a part
# of the world, so that the world in two halves is the world, too.
WIDEST_PRIVATE = {4: 8, 6: 7}


def examine(change: Change, settings: Settings, client: Client) -> Finding | Ignored:
    """Compares the rules that the event opened with those that stand now."""
    group, opened = opened_by(change)
    if not opened:
        return Ignored("no rule is open to the world")
    ec2 = client("ec2")
    try:
        described = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    except Exception as error:
        if code_of(error) == "InvalidGroup.NotFound":
            return Ignored("the security group is gone")
        raise
    # Events tell of all groups of the account, so one without a tag is somebody
    # else's.
    if owner(described.get("Tags", []), settings) is not Owner.STACK:
        return Ignored("the security group is not the stack's")
    rules = [r for r in rules_of(ec2, group) if r["SecurityGroupRuleId"] in opened]
    if rules and all(r["IsEgress"] for r in rules):
        return Ignored("the rules are about the way out")
    standing = [r for r in rules if not r["IsEgress"] and is_world(range_of(r, "CidrIpv4", "CidrIpv6"))]
    if not standing:
        return Finding(group, "rules are open to the internet", reason=RIGHT_AGAIN)

    def undo() -> str:
        ids = [r["SecurityGroupRuleId"] for r in standing]
        ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=ids)
        return f"Revoked {', '.join(ids)}."

    return Finding(group, "; ".join(describe(r) for r in standing), undo)


def opened_by(change: Change) -> tuple[str, set[str]]:
    """The group, and the IDs of rules that the event opened to the world."""
    if change.name == "ModifySecurityGroupRules":
        # EC2 records this request as it came in, not in CloudTrail's usual case.
        request = part(change.request, "ModifySecurityGroupRulesRequest")
        updates = items(request.get("SecurityGroupRule"), "SecurityGroupRule")
        rules = {text(u, "SecurityGroupRuleId"): range_of(part(u, "SecurityGroupRule"), "CidrIpv4", "CidrIpv6") for u in updates}
        return text(request, "GroupId"), {i for i, cidr in rules.items() if is_world(cidr)}
    # The request may name a group of a default VPC by its name; the answer has
    # its ID.
    added = items(part(change.response, "securityGroupRuleSet").get("items"), "securityGroupRuleSet.items")
    group = text(added[0] if added else change.request, "groupId")
    return group, {text(r, "securityGroupRuleId") for r in added if is_world(range_of(r, "cidrIpv4", "cidrIpv6"))}


def rules_of(ec2: Any, group: str) -> list[Mapping[str, Any]]:
    """All rules of a group, from all pages."""
    query: dict[str, Any] = {"Filters": [{"Name": "group-id", "Values": [group]}]}
    rules: list[Mapping[str, Any]] = []
    while True:
        page = ec2.describe_security_group_rules(**query)
        rules += page["SecurityGroupRules"]
        if not page.get("NextToken"):
            return rules
        query["NextToken"] = page["NextToken"]


def range_of(rule: Mapping[str, Any], v4: str, v6: str) -> str:
    """The address range of a rule; empty if it names a group or a prefix list."""
    return str(rule.get(v4) or rule.get(v6) or "")


def is_world(cidr: str) -> bool:
    """Whether a range is wider than any private one."""
    if not cidr:
        return False
    network = ip_network(cidr, strict=False)
    return network.prefixlen < WIDEST_PRIVATE[network.version]


def describe(rule: Mapping[str, Any]) -> str:
    """A rule in words."""
    if rule["IpProtocol"] == "-1":
        target = "everything"
    else:
        target = f"{rule['IpProtocol']} {rule['FromPort']} to {rule['ToPort']}"
    return f"{range_of(rule, 'CidrIpv4', 'CidrIpv6')} can reach {target} ({rule['SecurityGroupRuleId']})"
