"""Services as tests want them: made, waited for, and their tasks found."""

from __future__ import annotations

from longshore import Longshore
from tasks import IDLE, Tasks, container, unique
from waiting import until

SLEEP = container(IDLE, logConfiguration=None)


class Services:
    """Services of one Longshore's default cluster, unless another is named."""

    def __init__(self, longshore: Longshore) -> None:
        self.longshore = longshore
        self.ecs = longshore.ecs
        self.tasks = Tasks(longshore)

    def create(self, definition: str | None = None, **more) -> str:
        """The name of a service of idle tasks, or of the definition."""
        name = more.pop("serviceName", None) or unique("service")
        definition = definition or self.tasks.define(SLEEP)
        self.ecs.create_service(serviceName=name, taskDefinition=definition, **{"desiredCount": 1, **more})
        return name

    def describe(self, name: str, cluster: str = "default", **more) -> dict:
        answer = self.ecs.describe_services(cluster=cluster, services=[name], **more)
        assert answer["failures"] == [], answer["failures"]
        return answer["services"][0]

    def messages(self, name: str, cluster: str = "default") -> list[str]:
        """What the service said, the oldest first."""
        return [e["message"] for e in reversed(self.describe(name, cluster)["events"])]

    def stable(self, name: str, cluster: str = "default", seconds: float = 60) -> dict:
        """As the waiter services_stable has it."""
        seen = {}

        def reached() -> bool:
            nonlocal seen
            seen = self.describe(name, cluster)
            return len(seen["deployments"]) == 1 and seen["runningCount"] == seen["desiredCount"] and seen["deployments"][0].get("rolloutState") != "IN_PROGRESS"

        try:
            until(reached, seconds, f"service {name} to be stable")
        except AssertionError as error:
            brief = {k: seen.get(k) for k in ("status", "desiredCount", "runningCount", "pendingCount", "deployments")}
            raise AssertionError(f"{error}\n{brief}\n" + "\n".join(self.messages(name, cluster)[-8:])) from None
        return seen

    def running(self, name: str, cluster: str = "default") -> list[dict]:
        """Its tasks that are to run."""
        arns = self.ecs.list_tasks(cluster=cluster, serviceName=name)["taskArns"]
        return self.ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"] if arns else []

    def delete(self, *names: str, cluster: str = "default", seconds: float = 60) -> None:
        for name in names:
            self.ecs.delete_service(cluster=cluster, service=name, force=True)
        for name in names:
            until(lambda: self.describe(name, cluster)["status"] == "INACTIVE", seconds, f"service {name} to be INACTIVE")
