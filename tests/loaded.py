"""A service behind a load balancer, and a load through it."""

from __future__ import annotations

from pathlib import Path

from balancers import Balancer, behind
from load import Load
from longshore import IMAGE
from services import Services
from tasks import unique
from waiting import until

ACROSS = [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]


def web(says: str, **more) -> dict:
    """Answers with its own name. It does not hear that it is to end, and is ended two seconds later."""
    script = f"mkdir -p /www && echo {says}-$HOSTNAME > /www/index.html && exec httpd -f -p 8080 -h /www"
    return {"name": "web", "image": IMAGE, "memory": 32, "stopTimeout": 2, "command": ["sh", "-c", script], "portMappings": [{"containerPort": 8080}], **more}


class Site:
    """A service behind a load balancer of one listener; a network load balancer speaks to targets as its clients."""

    def __init__(self, server, kind: str = "application") -> None:
        self.server, self.ecs = server, server.ecs
        self.services = Services(server)
        self.balancer = Balancer(server, kind)
        self.elb = self.balancer.elb
        protocol = "HTTP"
        if kind == "network":
            protocol = "TCP"
            # Otherwise each of its addresses leads to the targets of its own zone.
            self.elb.modify_load_balancer_attributes(LoadBalancerArn=self.balancer.arn, Attributes=ACROSS)
        self.group = self.balancer.target_group(protocol=protocol)
        if kind == "network":
            self.elb.modify_target_group_attributes(TargetGroupArn=self.group, Attributes=[{"Key": "preserve_client_ip.enabled", "Value": "true"}])
        self.listener = self.balancer.listen(self.group, protocol=protocol)
        self.family = unique("web")
        self.name: str | None = None

    def define(self, says: str, container: dict | None = None, **more) -> str:
        definition = {"family": self.family, "networkMode": "awsvpc", "containerDefinitions": [container or web(says)], **more}
        return self.ecs.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"]

    @property
    def network(self) -> dict:
        return {"awsvpcConfiguration": {"subnets": self.balancer.subnets, "securityGroups": [self.balancer.group]}}

    def serve(self, count: int = 2, balancers: list[dict] | None = None, definition: str | None = None, **more) -> None:
        self.name = self.services.create(
            definition or self.define("first"), desiredCount=count, loadBalancers=balancers or behind(self.group), networkConfiguration=self.network, **more
        )
        self.balancer.active()
        self.balancer.healthy(self.group, count)
        self.services.stable(self.name)

    def load(self, **more) -> Load:
        return Load(self.balancer.public()[0], **{"rate": 300, **more})

    def update(self, **changes) -> None:
        self.ecs.update_service(service=self.name, **changes)

    def process(self) -> int:
        """What answers in one of its tasks."""
        task = self.services.running(self.name)[0]["taskArn"].split("/")[-1]
        for one in Path("/proc").glob("[0-9]*"):
            try:
                if task in (one / "cgroup").read_text() and (one / "cmdline").read_bytes().startswith(b"httpd"):
                    return int(one.name)
            except OSError:
                continue  # ended meanwhile
        raise AssertionError(f"nobody answers in task {task}")

    def end(self) -> None:
        if self.name:
            self.services.delete(self.name, seconds=90)
        self.balancer.delete()


def until_only(load: Load, says: str, seconds: float = 90) -> None:
    until(lambda: load.now and all(name.startswith(says) for name in load.now), seconds, f"{says} alone to answer; last {load.now}, {load.failed[:3]}")
