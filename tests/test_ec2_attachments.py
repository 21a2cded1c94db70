"""Network interfaces that are attached to machines: container instances have the ids of EC2 instances, and an attached interface is a link of the machine."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import threading

import pytest

from longshore import ACCOUNT, REGION
from nodes import Node
from tasks import Tasks, container
from test_ec2_vpc import of, refused
from waiting import until

CAPABLE = ("longshore.vpc-updates", "longshore.machine-interfaces", "longshore.unnamed-machine")


def register(ecs, *names: str, zone: str = "a", **values: str) -> dict:
    """An instance whose agent never comes: what is asked of it waits."""
    number = lambda name, value: {"name": name, "type": "INTEGER", "integerValue": value}
    attributes = [{"name": name} for name in names] + [{"name": n.replace("_", "."), "value": v} for n, v in values.items()]
    attributes.append({"name": "ecs.availability-zone", "value": f"{REGION}{zone}"})
    made = ecs.register_container_instance(cluster="default", totalResources=[number("CPU", 1024), number("MEMORY", 1024)], attributes=attributes)
    return made["containerInstance"]


@pytest.fixture(scope="module")
def ec2(control):
    return control.client("ec2")


@pytest.fixture(scope="module")
def ecs(control):
    return control.ecs


@pytest.fixture(scope="module")
def subnets(ec2) -> dict[str, str]:
    """Those of the default VPC by the letters of their zones."""
    found = ec2.describe_subnets(Filters=of("default-for-az", "true"))["Subnets"]
    return {s["AvailabilityZone"][-1]: s["SubnetId"] for s in found}


@pytest.fixture
def interface(ec2, subnets):
    made = ec2.create_network_interface(SubnetId=subnets["a"])["NetworkInterface"]["NetworkInterfaceId"]
    yield made
    for shown in ec2.describe_network_interfaces(Filters=of("network-interface-id", made))["NetworkInterfaces"]:
        if "Attachment" in shown:
            ec2.detach_network_interface(AttachmentId=shown["Attachment"]["AttachmentId"], Force=True)
        ec2.delete_network_interface(NetworkInterfaceId=made)


@pytest.fixture
def machine(ecs):
    made = register(ecs, *CAPABLE)
    yield made
    if ecs.describe_container_instances(containerInstances=[made["containerInstanceArn"]])["containerInstances"][0]["status"] != "INACTIVE":
        ecs.deregister_container_instance(containerInstance=made["containerInstanceArn"], force=True)


def show(ec2, interface: str) -> dict:
    return ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"][0]


def test_an_instance_of_ours_has_an_id(ecs, machine):
    assert re.fullmatch(r"i-[0-9a-f]{17}", machine["ec2InstanceId"])
    [shown] = ecs.describe_container_instances(containerInstances=[machine["containerInstanceArn"]])["containerInstances"]
    assert shown["ec2InstanceId"] == machine["ec2InstanceId"]
    found = ecs.list_container_instances(filter=f"ec2InstanceId in ['{machine['ec2InstanceId']}']")["containerInstanceArns"]
    assert found == [machine["containerInstanceArn"]]


def test_attaching_and_detaching(ec2, machine, interface):
    instance = machine["ec2InstanceId"]
    made = ec2.attach_network_interface(NetworkInterfaceId=interface, InstanceId=instance, DeviceIndex=2)
    assert re.fullmatch(r"eni-attach-[0-9a-f]{17}", made["AttachmentId"]) and made["NetworkCardIndex"] == 0
    shown = show(ec2, interface)
    attachment = shown["Attachment"]
    assert {k: v for k, v in attachment.items() if k != "AttachTime"} == {
        "AttachmentId": made["AttachmentId"], "DeviceIndex": 2, "NetworkCardIndex": 0, "InstanceId": instance, "InstanceOwnerId": ACCOUNT,
        "Status": "attaching", "DeleteOnTermination": False}
    assert (shown["Status"], shown["RequesterManaged"]) == ("attaching", False)
    for name, value in [
        ("attachment.instance-id", instance), ("attachment.attachment-id", made["AttachmentId"]), ("attachment.status", "attaching"),
        ("attachment.device-index", "2"), ("attachment.delete-on-termination", "false"), ("attachment.instance-owner-id", ACCOUNT), ("status", "attaching"),
    ]:
        found = ec2.describe_network_interfaces(Filters=of(name, value) + of("network-interface-id", interface))["NetworkInterfaces"]
        assert [i["NetworkInterfaceId"] for i in found] == [interface], name
        assert ec2.describe_network_interfaces(Filters=of(name, "other") + of("network-interface-id", interface))["NetworkInterfaces"] == []
    with refused("InvalidNetworkInterface.InUse", f"Interface: [{interface}] in use."):
        ec2.attach_network_interface(NetworkInterfaceId=interface, InstanceId=instance, DeviceIndex=3)
    with refused("InvalidParameterValue", f"Network interface '{interface}' is currently in use."):
        ec2.delete_network_interface(NetworkInterfaceId=interface)
    with refused("InvalidAttachmentID.NotFound"):
        ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, Attachment={"AttachmentId": "eni-attach-1", "DeleteOnTermination": True})
    ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, Attachment={"AttachmentId": made["AttachmentId"], "DeleteOnTermination": True})
    described = ec2.describe_network_interface_attribute(NetworkInterfaceId=interface, Attribute="attachment")
    assert described["Attachment"]["DeleteOnTermination"] is True
    # Its machine's agent is away: nobody says that it is gone.
    ec2.detach_network_interface(AttachmentId=made["AttachmentId"])
    shown = show(ec2, interface)
    assert (shown["Status"], shown["Attachment"]["Status"]) == ("detaching", "detaching")
    with refused("InvalidParameterValue", "is currently in use"):
        ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.detach_network_interface(AttachmentId=made["AttachmentId"], Force=True)
    shown = show(ec2, interface)
    assert shown["Status"] == "available" and "Attachment" not in shown
    with refused("InvalidAttachmentID.NotFound", f"The interface attachment '{made['AttachmentId']}' does not exist."):
        ec2.detach_network_interface(AttachmentId=made["AttachmentId"], Force=True)


def test_what_cannot_be_attached(ec2, ecs, machine, interface, subnets):
    instance = machine["ec2InstanceId"]
    attach = lambda instance=instance, index=1, interface=interface, **more: ec2.attach_network_interface(
        NetworkInterfaceId=interface, InstanceId=instance, DeviceIndex=index, **more)
    with refused("InvalidInstanceID.NotFound", "The instance ID 'i-00000000000000000' does not exist"):
        attach("i-00000000000000000")
    with refused("InvalidInstanceID.Malformed", 'Invalid id: "machine" (expecting "i-...")'):
        attach("machine")
    with refused("InvalidInstanceID.Malformed", 'Invalid id: "i-xyz"'):
        attach("i-xyz")
    with refused("InvalidNetworkInterfaceID.NotFound"):
        attach(interface="eni-00000000000000000")
    with refused("InvalidParameterValue", f"Instance '{instance}' already has an interface attached at device index '0'."):
        attach(index=0)
    with refused("InvalidParameterValue"):
        attach(index=-1)
    with refused("UnsupportedOperation", "networkCardIndex"):
        attach(NetworkCardIndex=1)
    with refused("UnsupportedOperation", "enaSrdSpecification"):
        attach(EnaSrdSpecification={"EnaSrdEnabled": True})
    with refused("DryRunOperation"):
        attach(DryRun=True)
    assert show(ec2, interface)["Status"] == "available"
    elsewhere = ec2.create_network_interface(SubnetId=subnets["b"])["NetworkInterface"]["NetworkInterfaceId"]
    with refused("InvalidParameterCombination", "You may not attach a network interface to an instance if they are not in the same availability zone"):
        attach(interface=elsewhere)
    ec2.delete_network_interface(NetworkInterfaceId=elsewhere)
    # An agent that carries out no VPCs of ours, and one that is gone.
    official = register(ecs, **{"ecs_instance-id": "i-0123456789abcdef0"})
    assert official["ec2InstanceId"] == "i-0123456789abcdef0"
    with refused("UnsupportedOperation", "Longshore cannot attach a network interface to i-0123456789abcdef0"):
        attach("i-0123456789abcdef0")
    for one in ecs.list_container_instances(filter="ec2InstanceId in ['i-0123456789abcdef0']")["containerInstanceArns"]:
        ecs.deregister_container_instance(containerInstance=one)
    with refused("InvalidInstanceID.NotFound"):
        attach("i-0123456789abcdef0")


def test_a_machine_has_so_many_interfaces(ec2, ecs, subnets):
    machine = register(ecs, *CAPABLE)
    instance = machine["ec2InstanceId"]
    make = lambda: ec2.create_network_interface(SubnetId=subnets["a"])["NetworkInterface"]["NetworkInterfaceId"]
    made = [make() for _ in range(14)]
    for index, one in enumerate(made, 1):
        ec2.attach_network_interface(NetworkInterfaceId=one, InstanceId=instance, DeviceIndex=index)
    over = make()
    with refused("InvalidParameterValue", "already has an interface attached at device index '14'."):
        ec2.attach_network_interface(NetworkInterfaceId=over, InstanceId=instance, DeviceIndex=14)
    with refused("AttachmentLimitExceeded", "Interface count 16 exceeds the limit"):
        ec2.attach_network_interface(NetworkInterfaceId=over, InstanceId=instance, DeviceIndex=15)
    ec2.delete_network_interface(NetworkInterfaceId=over)
    # The machine ends: those that were to end with it end, and the others are free.
    first = show(ec2, made[0])["Attachment"]["AttachmentId"]
    ec2.modify_network_interface_attribute(NetworkInterfaceId=made[0], Attachment={"AttachmentId": first, "DeleteOnTermination": True})
    ecs.deregister_container_instance(containerInstance=machine["containerInstanceArn"])
    with refused("InvalidNetworkInterfaceID.NotFound"):
        show(ec2, made[0])
    for one in made[1:]:
        assert show(ec2, one)["Status"] == "available"
        ec2.delete_network_interface(NetworkInterfaceId=one)


def test_an_address_for_the_machine_goes_to_its_interface(ec2, machine, interface, subnets):
    instance = machine["ec2InstanceId"]
    allocation = ec2.allocate_address()["AllocationId"]
    with refused("InvalidInstanceID", "has no network interface of a VPC"):
        ec2.associate_address(AllocationId=allocation, InstanceId=instance)
    ec2.attach_network_interface(NetworkInterfaceId=interface, InstanceId=instance, DeviceIndex=1)
    association = ec2.associate_address(AllocationId=allocation, InstanceId=instance)["AssociationId"]
    [address] = ec2.describe_addresses(Filters=of("instance-id", instance))["Addresses"]
    assert (address["AllocationId"], address["NetworkInterfaceId"], address["InstanceId"]) == (allocation, interface, instance)
    ec2.disassociate_address(AssociationId=association)
    assert ec2.describe_addresses(Filters=of("instance-id", instance))["Addresses"] == []
    second = ec2.create_network_interface(SubnetId=subnets["a"])["NetworkInterface"]["NetworkInterfaceId"]
    attached = ec2.attach_network_interface(NetworkInterfaceId=second, InstanceId=instance, DeviceIndex=2)["AttachmentId"]
    with refused("InvalidInstanceID", f"There are multiple interfaces attached to instance '{instance}'. Please specify an interface ID for the operation instead."):
        ec2.associate_address(AllocationId=allocation, InstanceId=instance)
    ec2.detach_network_interface(AttachmentId=attached, Force=True)
    ec2.delete_network_interface(NetworkInterfaceId=second)
    ec2.release_address(AllocationId=allocation)


# -- with a node: the interface is a link of this machine


class Voice:
    """Listens on every address of the machine, and says a word to whoever connects."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("0.0.0.0", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return  # closed
            with connection:
                connection.sendall(b"the machine\n")

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


@pytest.fixture
def voice():
    made = Voice()
    yield made
    made.close()


@pytest.fixture
def site(fresh):
    """A server and a node in zone a."""
    server = fresh("server").start()
    node = Node(server, "a").start()
    yield server, node
    node.discard()


class Site:
    """An interface with a group of its own, and tasks that are friends of it or not."""

    def __init__(self, server) -> None:
        self.ec2, self.tasks = server.client("ec2"), Tasks(server)
        [subnet] = self.ec2.describe_subnets(Filters=of("default-for-az", "true") + of("availability-zone", f"{REGION}a"))["Subnets"]
        self.subnet = subnet["SubnetId"]
        self.machine, self.friend, self.stranger = [self.ec2.create_security_group(GroupName=n, Description="d")["GroupId"] for n in ("machine", "friend", "stranger")]
        made = self.ec2.create_network_interface(SubnetId=self.subnet, Groups=[self.machine])["NetworkInterface"]
        self.interface, self.address = made["NetworkInterfaceId"], made["PrivateIpAddress"]

    def open(self, port: int) -> None:
        pair = [{"GroupId": self.friend}]
        self.ec2.authorize_security_group_ingress(GroupId=self.machine, IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": pair}])

    def attach(self, instance: str) -> str:
        made = self.ec2.attach_network_interface(NetworkInterfaceId=self.interface, InstanceId=instance, DeviceIndex=1)
        self.until("attached", "in-use")
        return made["AttachmentId"]

    def until(self, attachment: str | None, status: str) -> None:
        def reached() -> bool:
            shown = show(self.ec2, self.interface)
            return (shown.get("Attachment", {}).get("Status"), shown["Status"]) == (attachment, status)
        until(reached, 20, f"{self.interface} to be {status}")

    def hears(self, group: str, port: int) -> list[str]:
        """What a task of a group hears from the machine."""
        run = {"networkConfiguration": {"awsvpcConfiguration": {"subnets": [self.subnet], "securityGroups": [group]}}}
        return self.tasks.output(container(f"nc -w 2 {self.address} {port} </dev/null 2>/dev/null; echo over"), networkMode="awsvpc", run=run)


def traces(node: Node) -> list[str]:
    """Links, rules, routes and tables of the node's attached interfaces on this machine."""
    prefix = f"lse{node.leftovers.instance}"
    shown = lambda *command: subprocess.run(command, capture_output=True, text=True, check=True).stdout
    links = [link["ifname"] for link in json.loads(shown("ip", "-json", "link")) if link["ifname"].startswith(prefix)]
    routes = [line for line in shown("ip", "route", "show", "table", "all").splitlines() if prefix in line]
    tables = [line for line in shown("nft", "list", "tables").splitlines() if line.startswith(f"table inet longshore-{node.leftovers.instance}-")]
    return [*links, *routes, *tables]


def rules(address: str) -> list[str]:
    shown = subprocess.run(["ip", "rule"], capture_output=True, text=True, check=True).stdout
    return [line for line in shown.splitlines() if f"from {address} " in line]


def test_tasks_reach_the_machine_as_its_groups_say(site, voice):
    server, node = site
    instance = node.instance["ec2InstanceId"]
    here = Site(server)
    here.open(voice.port)
    attachment = here.attach(instance)
    assert len(rules(here.address)) == 1
    assert here.hears(here.friend, voice.port) == ["the machine", "over"]
    assert here.hears(here.stranger, voice.port) == ["over"]
    # What the machine says from the address its groups let out, or not.
    definition = here.tasks.define(container("nc -ll -p 90 -e echo the task"), networkMode="awsvpc")
    run = {"networkConfiguration": {"awsvpcConfiguration": {"subnets": [here.subnet], "securityGroups": [here.stranger]}}}
    here.ec2.authorize_security_group_ingress(GroupId=here.stranger, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": here.machine}]}])
    task = here.tasks.running(here.tasks.run(definition, **run))
    [private] = [d["value"] for d in task["attachments"][0]["details"] if d["name"] == "privateIPv4Address"]

    def said() -> bytes:
        with socket.socket() as asking:
            asking.settimeout(2)
            asking.bind((here.address, 0))
            try:
                asking.connect((private, 90))
                return asking.recv(100)
            except OSError:
                return b""

    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    until(lambda: said() == b"the task\n", 20, "the machine to be answered")
    here.ec2.revoke_security_group_egress(GroupId=here.machine, IpPermissions=everything)
    until(lambda: said() == b"", 20, "nothing to leave")
    here.tasks.stop_all()
    # Another address comes while it is attached.
    here.ec2.assign_private_ip_addresses(NetworkInterfaceId=here.interface, SecondaryPrivateIpAddressCount=1)
    [second] = [a["PrivateIpAddress"] for a in show(here.ec2, here.interface)["PrivateIpAddresses"] if not a["Primary"]]
    until(lambda: len(rules(second)) == 1, 10, "the second address")
    here.ec2.detach_network_interface(AttachmentId=attachment)
    here.until(None, "available")
    assert traces(node) == [] and rules(here.address) == [] and rules(second) == []
    assert here.hears(here.friend, voice.port) == ["over"]
    # The agent that comes back is the same instance.
    node.end(signal.SIGTERM)
    assert node.start().instance["ec2InstanceId"] == instance


def test_what_is_attached_survives_kills_and_ends_with_the_instance(site, voice):
    server, node = site
    instance = node.instance["ec2InstanceId"]
    here = Site(server)
    here.open(voice.port)
    here.attach(instance)
    # The agent is killed, and the interface goes on; so it does under the next agent.
    node.end(signal.SIGKILL)
    assert traces(node) != [] and len(rules(here.address)) == 1
    node.start()
    assert node.instance["ec2InstanceId"] == instance
    assert here.hears(here.friend, voice.port) == ["the machine", "over"]
    # The server is killed while the interface is being detached, and the agent before it could do so.
    attachment = show(here.ec2, here.interface)["Attachment"]["AttachmentId"]
    node.end(signal.SIGKILL)
    here.ec2.detach_network_interface(AttachmentId=attachment)
    server.kill()
    server.start()
    assert show(here.ec2, here.interface)["Attachment"]["Status"] == "detaching"
    node.start()
    here.until(None, "available")
    assert traces(node) == [] and rules(here.address) == []
    # Attached while the agent is away.
    node.end(signal.SIGKILL)
    here.ec2.attach_network_interface(NetworkInterfaceId=here.interface, InstanceId=instance, DeviceIndex=1)
    assert show(here.ec2, here.interface)["Status"] == "attaching"
    node.start()
    here.until("attached", "in-use")
    assert here.hears(here.friend, voice.port) == ["the machine", "over"]
    # Attached and detached at once: the agent may hear of neither.
    attachment = show(here.ec2, here.interface)["Attachment"]["AttachmentId"]
    for _ in range(5):
        here.ec2.detach_network_interface(AttachmentId=attachment)
        here.until(None, "available")
        made = here.ec2.attach_network_interface(NetworkInterfaceId=here.interface, InstanceId=instance, DeviceIndex=1)
        attachment = made["AttachmentId"]
    here.until("attached", "in-use")
    # The instance is deregistered: its machine gives the interface back.
    here.tasks.stop_all()
    server.ecs.deregister_container_instance(containerInstance=node.instance["containerInstanceArn"], force=True)
    assert show(here.ec2, here.interface)["Status"] == "available"
    until(lambda: traces(node) == [] and rules(here.address) == [], 20, "the link to go")


def test_down_takes_the_interface_away(site):
    server, node = site
    here = Site(server)
    here.attach(node.instance["ec2InstanceId"])
    node.end(signal.SIGKILL)
    assert traces(node) != [] and len(rules(here.address)) == 1
    node.run("down")
    assert traces(node) == [] and rules(here.address) == []
