"""The database was made public, or its protection from deletion removed: sets
that back (AWS documentation, "ModifyDBInstance" and "ModifyDBCluster")."""

from dataclasses import dataclass

from change import Change, text
from clients import Client, code_of
from finding import GONE, RIGHT_AGAIN, UNTAGGED, Finding, Ignored, Owner, owner
from settings import Settings

ID = "database-exposed"
TITLE = "database made public or deletable"
SOURCE = "rds.amazonaws.com"
EVENTS = ("ModifyDBCluster", "ModifyDBInstance")


@dataclass(frozen=True)
class Kind:
    """What RDS calls the same of an instance and of an Aurora cluster."""

    parameter: str
    argument: str
    describe: str
    answer: str
    status: str
    missing: str
    modify: str


KINDS = {
    "ModifyDBInstance": Kind(
        parameter="dBInstanceIdentifier",
        argument="DBInstanceIdentifier",
        describe="describe_db_instances",
        answer="DBInstances",
        status="DBInstanceStatus",
        missing="DBInstanceNotFound",
        modify="modify_db_instance",
    ),
    "ModifyDBCluster": Kind(
        parameter="dBClusterIdentifier",
        argument="DBClusterIdentifier",
        describe="describe_db_clusters",
        answer="DBClusters",
        status="Status",
        missing="DBClusterNotFoundFault",
        modify="modify_db_cluster",
    ),
}


def examine(change: Change, settings: Settings, client: Client) -> Finding | Ignored:
    """Looks at the instance or cluster as it is now."""
    kind = KINDS[change.name]
    # RDS takes an identifier in any case and stores it in lower case. The role's
    # policy has the stored one, and IAM compares ARNs by case.
    identifier = text(change.request, kind.parameter).lower()
    problems, right = unsafe(change, settings)
    if not right:
        return Ignored("the database stays private and as protected as the stack wants it")
    problem = " and ".join(problems)
    rds = client("rds")
    try:
        database = getattr(rds, kind.describe)(**{kind.argument: identifier})[kind.answer][0]
    except Exception as error:
        if code_of(error) == kind.missing:
            return Finding(identifier, problem, reason=GONE)
        raise
    whose = owner(database.get("TagList", []), settings)
    if whose is Owner.OTHER:
        return Ignored("the database is another stack's")
    if whose is Owner.UNKNOWN:
        return Finding(identifier, problem, reason=UNTAGGED)
    # While RDS works on a change it still tells the old value. It may refuse
    # another change until then; Lambda's retries wait for it.
    working = database[kind.status] != "available"
    back = {flag: value for flag, value in right.items() if working or database[flag] != value}
    if not back:
        return Finding(identifier, problem, reason=RIGHT_AGAIN)

    def undo() -> str:
        # RDS changes both at once in any case. ApplyImmediately would also
        # apply what waits for the maintenance window, such as another size.
        getattr(rds, kind.modify)(**{kind.argument: identifier}, ApplyImmediately=False, **back)
        return f"Set {', '.join(f'{flag} to {value}' for flag, value in back.items())}."

    return Finding(identifier, problem, undo)


def unsafe(change: Change, settings: Settings) -> tuple[list[str], dict[str, bool]]:
    """What is unsafe in the request, and what it should have been."""
    problems, right = [], {}
    if change.request.get("publiclyAccessible") is True:
        problems.append("it was made publicly accessible")
        right["PubliclyAccessible"] = False
    if change.request.get("deletionProtection") is False and settings.deletion_protection:
        problems.append("its deletion protection was removed")
        right["DeletionProtection"] = True
    return problems, right
