"""Tests of the jobs' handler with a simulated ECS."""

import unittest
from types import SimpleNamespace

from index import ATTEMPTS, Clock, JobFailed, JobRunning, Job, load, run

DEFINITION = "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop-abc-migrate:7"
JOB = Job(
    name="migrate", run="d1", task_definition=DEFINITION, cluster="shop-abc", subnets=["subnet-1", "subnet-2"],
    security_group="sg-1", log_group="/aws/ecs/shop-abc/migrate",
)


def task(number, started_by="d1", status="STOPPED", **container):
    return {
        "taskArn": f"task/{number}", "startedBy": started_by, "lastStatus": status, "createdAt": number,
        "containers": [container], "stoppedReason": "Essential container in task exited",
    }


class ECS:
    """Returns the lists of tasks in turn, and the last one repeatedly."""

    def __init__(self, *states, failures=(), starts=("task/1",)):
        self.states, self.failures, self.starts, self.started = list(states), list(failures), list(starts), []

    def get_paginator(self, operation):
        assert operation == "list_tasks"
        return SimpleNamespace(paginate=self.list_tasks)

    def list_tasks(self, cluster, family, desiredStatus):
        assert (cluster, family) == ("shop-abc", "shop-abc-migrate")
        arns = [t["taskArn"] for t in self.states[0] if (t["lastStatus"] == "STOPPED") == (desiredStatus == "STOPPED")]
        if not self.states[0] and desiredStatus == "STOPPED" and len(self.states) > 1:
            self.states.pop(0)
        return [{"taskArns": arns[:1]}, {"taskArns": arns[1:]}]

    def describe_tasks(self, cluster, tasks):
        assert tasks, "ECS refuses a question about no tasks"
        shown = [t for t in self.states[0] if t["taskArn"] in tasks]
        if len(self.states) > 1:
            self.states.pop(0)
        return {"tasks": shown}

    def run_task(self, **request):
        self.started.append(request)
        return {"tasks": [] if self.failures else [{"taskArn": self.starts.pop(0)}], "failures": self.failures}


def clock(seconds=900):
    time = SimpleNamespace(left=seconds)

    def sleep(by):
        time.left -= by

    return Clock(lambda: time.left, sleep, lambda: 492000)


class Load(unittest.TestCase):
    def test_event_and_environment(self):
        event = {"job": "migrate", "run": "d1", "taskDefinition": DEFINITION, "logGroup": "/aws/ecs/shop-abc/migrate"}
        self.assertEqual(JOB, load(event, {"CLUSTER": "shop-abc", "SUBNETS": "subnet-1,subnet-2", "SECURITY_GROUP": "sg-1"}))


class Run(unittest.TestCase):
    def test_runs_to_its_end(self):
        ecs = ECS([], [task(1, status="RUNNING")], [task(1, exitCode=0)])
        self.assertEqual({"job": "migrate", "task": "task/1"}, run(JOB, ecs, clock()))
        [request] = ecs.started
        self.assertEqual(
            (DEFINITION, "d1", "d1-492000-1", "DISABLED", ["subnet-1", "subnet-2"], ["sg-1"]),
            (
                request["taskDefinition"], request["startedBy"], request["clientToken"],
                *(request["networkConfiguration"]["awsvpcConfiguration"][f] for f in ("assignPublicIp", "subnets", "securityGroups")),
            ),
        )
        self.assertLessEqual(len(request["clientToken"]), 64)

    def test_has_run(self):
        """If the provider loses the response, the job does not run again."""
        ecs = ECS([task(1, exitCode=1), task(2, exitCode=0)])
        self.assertEqual("task/2", run(JOB, ecs, clock())["task"])
        self.assertEqual([], ecs.started)

    def test_goes_back(self):
        """A run of another task definition in between requires another run."""
        before = [task(1, exitCode=0), task(2, "d2", exitCode=0)]
        ecs = ECS(before, [*before, task(3, exitCode=0)], starts=["task/3"])
        self.assertEqual("task/3", run(JOB, ecs, clock())["task"])
        self.assertEqual(["d1-492000-1"], [r["clientToken"] for r in ecs.started])

    def test_runs_already(self):
        """An interrupted call left its task running."""
        ecs = ECS([task(1, status="RUNNING")], [task(1, exitCode=0)])
        self.assertEqual("task/1", run(JOB, ecs, clock())["task"])
        self.assertEqual([], ecs.started)

    def test_does_not_show_yet(self):
        """A new task may not be listed yet. It is not started again."""
        ecs = ECS([], [], [], [task(1, exitCode=0)])
        self.assertEqual("task/1", run(JOB, ecs, clock())["task"])
        self.assertEqual(1, len(ecs.started))

    def test_waits_for_an_earlier_run(self):
        """Concurrent migrations would conflict."""
        ecs = ECS([task(1, "d0", "RUNNING")], [task(1, "d0", exitCode=0)], [task(1, "d0", exitCode=0), task(2, exitCode=0)], starts=["task/2"])
        self.assertEqual("task/2", run(JOB, ecs, clock())["task"])
        self.assertEqual(1, len(ecs.started))

    def test_is_tried_again(self):
        ecs = ECS([task(1, exitCode=1)], [task(1, exitCode=1), task(2, exitCode=0)], starts=["task/2"])
        self.assertEqual("task/2", run(JOB, ecs, clock())["task"])
        self.assertEqual(["d1-492000-2"], [r["clientToken"] for r in ecs.started])

    def test_fails_in_the_end(self):
        ecs = ECS([task(n, exitCode=n) for n in range(1, ATTEMPTS + 1)])
        with self.assertRaises(JobFailed) as failed:
            run(JOB, ecs, clock())
        self.assertEqual("Job migrate failed 3 times: exit code 3. Its log is /aws/ecs/shop-abc/migrate.", str(failed.exception))
        self.assertEqual([], ecs.started)

    def test_container_never_started(self):
        ecs = ECS([task(n, reason="CannotPullContainerError: not found.") for n in range(1, ATTEMPTS + 1)])
        with self.assertRaises(JobFailed) as failed:
            run(JOB, ecs, clock())
        self.assertIn("failed 3 times: CannotPullContainerError: not found. Its log", str(failed.exception))

    def test_nothing_known_but_why_it_stopped(self):
        ecs = ECS([task(n) for n in range(1, ATTEMPTS + 1)])
        with self.assertRaises(JobFailed) as failed:
            run(JOB, ecs, clock())
        self.assertIn("Essential container in task exited", str(failed.exception))

    def test_cannot_be_started(self):
        ecs = ECS([], failures=[{"reason": "Capacity is unavailable at this time"}])
        with self.assertRaises(JobFailed) as failed:
            run(JOB, ecs, clock())
        self.assertEqual("Job migrate cannot be started: Capacity is unavailable at this time.", str(failed.exception))

    def test_takes_longer_than_a_function_may(self):
        ecs = ECS([], [task(1, status="RUNNING")])
        with self.assertRaises(JobRunning) as running:
            run(JOB, ecs, clock())
        self.assertEqual("Job migrate is still running. Its log is /aws/ecs/shop-abc/migrate.", str(running.exception))
        self.assertEqual(1, len(ecs.started))


if __name__ == "__main__":
    unittest.main()
