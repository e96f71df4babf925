"""Runs a job of a stack to its end: a task of ECS, before services are rolled out.

The AWS provider calls this once for each task definition, waits for the answer,
and calls again after an error. Its client calls again too, when a connection
breaks. So nothing is started before ECS was asked what runs already, and a job
that failed is not tried for ever.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

ATTEMPTS = 3
"""How often a job is started. ECS forgets a task an hour after it has stopped
(Amazon ECS API Reference, "DescribeTasks"), and the attempt with it."""

INTERVAL = 5
"""Seconds between two questions."""

RESERVE = 15
"""Seconds of the function's own time that are left when it gives up waiting."""


class JobFailed(Exception):
    """The job ended, but not well. What it says is all that people see of it."""


class JobRunning(Exception):
    """The job runs for longer than a function may. The next call goes on waiting."""


@dataclass(frozen=True)
class Job:
    """What is run, and where."""

    name: str
    run: str
    task_definition: str
    cluster: str
    subnets: list[str]
    security_group: str
    log_group: str

    @property
    def family(self) -> str:
        """What the job's task definitions have in common."""
        return self.task_definition.rpartition("/")[2].partition(":")[0]


@dataclass(frozen=True)
class Clock:
    """Time, which tests do not wait for."""

    remaining: Callable[[], float]
    sleep: Callable[[float], None]
    hour: Callable[[], int]


def handler(event: dict[str, str], context: Any) -> dict[str, str]:
    """What Lambda calls."""
    import boto3  # In Lambda's runtime, but not where the tests run.

    clock = Clock(lambda: context.get_remaining_time_in_millis() / 1000, time.sleep, lambda: int(time.time() // 3600))
    return run(load(event, os.environ), boto3.client("ecs"), clock)


def load(event: dict[str, str], environment: Any) -> Job:
    """The job that an event asks for."""
    return Job(
        name=event["job"],
        run=event["run"],
        task_definition=event["taskDefinition"],
        log_group=event["logGroup"],
        cluster=environment["CLUSTER"],
        subnets=environment["SUBNETS"].split(","),
        security_group=environment["SECURITY_GROUP"],
    )


def run(job: Job, ecs: Any, clock: Clock) -> dict[str, str]:
    """Runs a job unless it has run, and says what came of it."""
    started = ""
    while True:
        tasks = tasks_of(job, ecs)
        shows = not started or started in (t["taskArn"] for t in tasks)
        own = list(takewhile(lambda t: t.get("startedBy") == job.run, tasks))
        done = next((t for t in own if succeeded(t)), None)
        if done:
            return {"job": job.name, "task": done["taskArn"]}
        if shows and all(stopped(t) for t in tasks):
            if len(own) >= ATTEMPTS:
                raise JobFailed(failure(job, own[0]))
            started = start(job, ecs, clock, len(own) + 1)
        if clock.remaining() < RESERVE:
            raise JobRunning(f"Job {job.name} is still running. Its log is {job.log_group}.")
        clock.sleep(INTERVAL)


def tasks_of(job: Job, ecs: Any) -> list[dict[str, Any]]:
    """All tasks of the job that ECS knows, the latest one first. Those of other task
    definitions count too: two of them never run at once, and what ran before one of
    them has to run once more."""
    arns: list[str] = []
    for status in ("RUNNING", "STOPPED"):
        for page in ecs.get_paginator("list_tasks").paginate(cluster=job.cluster, family=job.family, desiredStatus=status):
            arns += page["taskArns"]
    tasks: list[dict[str, Any]] = []
    for i in range(0, len(arns), 100):
        tasks += ecs.describe_tasks(cluster=job.cluster, tasks=arns[i : i + 100])["tasks"]
    return sorted(tasks, key=lambda t: t["createdAt"], reverse=True)


def start(job: Job, ecs: Any, clock: Clock, attempt: int) -> str:
    """Starts the job and returns its task's ARN. Two calls at once get the same task by its token, which
    counts for a day; the hour tells attempts apart that ECS has forgotten."""
    answer = ecs.run_task(
        cluster=job.cluster,
        taskDefinition=job.task_definition,
        count=1,
        launchType="FARGATE",
        platformVersion="LATEST",
        networkConfiguration={
            "awsvpcConfiguration": {"subnets": job.subnets, "securityGroups": [job.security_group], "assignPublicIp": "DISABLED"}
        },
        startedBy=job.run,
        clientToken=f"{job.run}-{clock.hour()}-{attempt}",
        enableECSManagedTags=True,
        propagateTags="TASK_DEFINITION",
    )
    if not answer["tasks"]:
        reasons = ", ".join(f.get("reason", "") for f in answer["failures"])
        raise JobFailed(f"Job {job.name} cannot be started: {reasons}.")
    return str(answer["tasks"][0]["taskArn"])


def stopped(task: dict[str, Any]) -> bool:
    """Whether a task has ended."""
    return task["lastStatus"] == "STOPPED"


def succeeded(task: dict[str, Any]) -> bool:
    """Whether a task has ended well: its container did, which has no exit code
    if it never started."""
    return stopped(task) and all(c.get("exitCode") == 0 for c in task["containers"])


def failure(job: Job, task: dict[str, Any]) -> str:
    """Why a task failed, in ECS's words, the same at every call."""
    why = task.get("stoppedReason", "ECS gives no reason")
    for container in task["containers"]:
        if "exitCode" in container:
            why = f"exit code {container['exitCode']}"
        elif container.get("reason"):
            why = container["reason"]
    return f"Job {job.name} failed {ATTEMPTS} times: {why.rstrip('.')}. Its log is {job.log_group}."
