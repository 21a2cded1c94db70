"""Load balancers that carry traffic, as tests want them."""

from __future__ import annotations

import json
import socket
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from longshore import IMAGE, Longshore
from nodes import Node
from tasks import unique
from waiting import until

HERE = [{"Key": "deregistration_delay.timeout_seconds", "Value": "5"}]


@dataclass
class Answer:
    status: int
    body: str
    headers: dict[str, str]
    # Of HTTP, where curl asked.
    version: str = ""


class Balancer:
    """One in the subnets of zones a and b of the default VPC, open to everybody at its port."""

    def __init__(self, server: Longshore, kind: str = "application", name: str | None = None, **more) -> None:
        self.elb, self.ec2 = server.client("elbv2"), server.client("ec2")
        self.vpc = self.ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
        shown = self.ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
        self.subnets = [s["SubnetId"] for s in sorted(shown, key=lambda s: s["AvailabilityZone"])][:2]
        self.group = self.ec2.create_security_group(GroupName=unique("balancer"), Description="d", VpcId=self.vpc)["GroupId"]
        everybody = [{"CidrIp": "0.0.0.0/0"}]
        self.ec2.authorize_security_group_ingress(GroupId=self.group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": everybody}])
        more = {"SecurityGroups": [self.group], **more}
        made = self.elb.create_load_balancer(Name=name or unique("b")[:32], Type=kind, Subnets=self.subnets, **more)["LoadBalancers"][0]
        self.arn, self.name = made["LoadBalancerArn"], made["DNSName"]

    def target_group(self, port: int = 8080, kind: str = "ip", protocol: str = "HTTP", **more) -> str:
        """One whose targets are healthy soon."""
        checks = {"HealthCheckIntervalSeconds": 6, "HealthCheckTimeoutSeconds": 2, "HealthyThresholdCount": 2, "UnhealthyThresholdCount": 2}
        path = {"HealthCheckPath": "/"} if protocol == "HTTP" else {}
        made = self.elb.create_target_group(Name=unique("t")[:32], Protocol=protocol, Port=port, VpcId=self.vpc, TargetType=kind, **{**checks, **path, **more})
        arn = made["TargetGroups"][0]["TargetGroupArn"]
        self.elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=HERE)
        return arn

    def listen(self, *groups: str, port: int = 80, protocol: str = "HTTP", **more) -> str:
        actions = [{"Type": "forward", "TargetGroupArn": group} for group in groups]
        return self.elb.create_listener(LoadBalancerArn=self.arn, Protocol=protocol, Port=port, DefaultActions=actions, **more)["Listeners"][0]["ListenerArn"]

    @property
    def state(self) -> dict:
        return self.elb.describe_load_balancers(LoadBalancerArns=[self.arn])["LoadBalancers"][0]["State"]

    def active(self, seconds: float = 20) -> Balancer:
        until(lambda: self.state["Code"] == "active", seconds, "the load balancer to be active")
        return self

    def interfaces(self) -> list[dict]:
        named = self.arn.split(":loadbalancer/")[1]
        return self.ec2.describe_network_interfaces(Filters=[{"Name": "description", "Values": [f"ELB {named}"]}])["NetworkInterfaces"]

    def public(self) -> list[str]:
        return [i["Association"]["PublicIp"] for i in self.interfaces()]

    def health(self, group: str) -> list[str]:
        found = self.elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
        return sorted(t["TargetHealth"]["State"] for t in found)

    def healthy(self, group: str, count: int, seconds: float = 40) -> None:
        try:
            until(lambda: self.health(group) == ["healthy"] * count, seconds, f"{count} healthy targets")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.elb.describe_target_health(TargetGroupArn=group)['TargetHealthDescriptions']}") from None

    def delete(self) -> None:
        self.elb.delete_load_balancer(LoadBalancerArn=self.arn)


def ask(address: str, path: str = "/", scheme: str = "http", port: int = 80, **headers: str) -> Answer:
    """One request on a connection of its own; errors of HTTP are answers too."""
    asked = urllib.request.Request(f"{scheme}://{address}:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return Answer(answer.status, answer.read().decode(), dict(answer.headers))
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.read().decode(), dict(error.headers))


def here(address: str) -> str:
    """As whom this machine speaks to an address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.connect((address, 9))
        return s.getsockname()[0]


def curl(url: str, *arguments: str | Path) -> Answer:
    """What curl makes of it; headers have small letters."""
    # The head goes where curl's own words go, which are none where all is well.
    command = ["curl", "-sS", "-m", "20", "-D", "/dev/stderr", "-w", "\n%{http_code} %{http_version}", *arguments, url]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{ran.returncode} {ran.stderr}"
    body, _, last = ran.stdout.rpartition("\n")
    headers = (line.partition(":") for line in ran.stderr.splitlines() if ":" in line)
    status, version = last.split()
    return Answer(int(status), body, {name.lower(): value.strip() for name, _, value in headers}, version)


@dataclass
class Certificate:
    """Of one name; who trusts its file trusts it."""

    name: str
    file: Path
    arn: str


def certificate(server: Longshore, directory: Path, name: str) -> Certificate:
    """Made and imported."""
    key, file = directory / f"{name}.key", directory / f"{name}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run([*command, "-keyout", key, "-out", file], check=True, capture_output=True)
    made = server.client("acm").import_certificate(Certificate=file.read_bytes(), PrivateKey=key.read_bytes())
    return Certificate(name, file, made["CertificateArn"])


def web(port: int = 8080, **more) -> dict:
    """A container that says at / which task it is."""
    script = f"mkdir -p /www && echo $ECS_CONTAINER_METADATA_URI_V4 > /www/index.html && exec httpd -f -p {port} -h /www"
    return {"name": "web", "image": IMAGE, "memory": 32, "command": ["sh", "-c", script], "portMappings": [{"containerPort": port}], **more}


def behind(group: str, port: int = 8080) -> list[dict]:
    return [{"targetGroupArn": group, "containerName": "web", "containerPort": port}]


def engines(data_dir: Path) -> list[int]:
    """The processes that carry load balancers of nodes of a data directory."""
    shown = subprocess.run(["pgrep", "-f", f"lb-engine --dir {data_dir}/"], capture_output=True, text=True, check=False).stdout
    return [int(pid) for pid in shown.split()]


def carried(node: Node) -> list:
    """The addresses that a node's data plane serves, as it keeps them."""
    kept = node.data_dir / "nodes" / node.name / "balancers" / "configuration.json"
    return [a for balancer in json.loads(kept.read_text())["balancers"] for a in balancer["addresses"]] if kept.exists() else []
