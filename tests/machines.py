"""Container instances without a machine: registered as an agent would register them, with no agent behind."""

from __future__ import annotations


def resources(cpu: int = 2048, memory: int = 4096, ports: list[str] | None = None) -> list[dict]:
    return [
        {"name": "CPU", "type": "INTEGER", "integerValue": cpu},
        {"name": "MEMORY", "type": "INTEGER", "integerValue": memory},
        {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ports or ["22"]},
        {"name": "PORTS_UDP", "type": "STRINGSET", "stringSetValue": []},
    ]


def register(ecs, cluster: str, attributes: dict[str, str | None] | None = None, **more) -> str:
    """The ARN of a new instance."""
    given = [{"name": n, **({"value": v} if v is not None else {})} for n, v in (attributes or {}).items()]
    answer = ecs.register_container_instance(
        cluster=cluster, totalResources=resources(), attributes=given,
        versionInfo={"agentVersion": "1.105.1", "agentHash": "*0123abc", "dockerVersion": "DockerVersion: 25.0"}, **more,
    )
    return answer["containerInstance"]["containerInstanceArn"]
