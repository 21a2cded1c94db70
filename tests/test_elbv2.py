"""Load balancers, target groups, listeners and rules through boto3 and the aws CLI, against a control plane without a node.

Nothing here carries traffic, so a load balancer stays `provisioning` and no target becomes healthy: the control plane invents neither.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION
from tasks import unique

ARN = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:"


@pytest.fixture(scope="module")
def elb(control):
    return control.client("elbv2")


@pytest.fixture(scope="module")
def ec2(control):
    return control.client("ec2")


@pytest.fixture(scope="module")
def vpc(ec2) -> str:
    return ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]


@pytest.fixture(scope="module")
def subnets(ec2, vpc) -> list[dict]:
    """In order of their zones."""
    found = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    return sorted(found, key=lambda s: s["AvailabilityZone"])


def refused(call, **given) -> tuple[str, str]:
    with pytest.raises(ClientError) as error:
        call(**given)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    said = error.value.response["Error"]
    return said["Code"], said["Message"]


@pytest.fixture
def balancer(elb, subnets):
    """Makes load balancers, which are gone after the test."""
    made: list[str] = []

    def make(name: str | None = None, count: int = 2, **more) -> dict:
        if "SubnetMappings" not in more:
            more["Subnets"] = [s["SubnetId"] for s in subnets[:count]]
        one = elb.create_load_balancer(Name=name or unique("lb")[:32], **more)["LoadBalancers"][0]
        made.append(one["LoadBalancerArn"])
        return one

    yield make
    for arn in made:
        elb.delete_load_balancer(LoadBalancerArn=arn)


@pytest.fixture
def group(elb, vpc):
    """Makes target groups. They are in use until their load balancers are gone, so that they are left to the server's end."""

    def make(protocol: str = "HTTP", port: int = 80, **more) -> dict:
        given = {"Name": unique("tg")[:32], "Protocol": protocol, "Port": port, "VpcId": vpc, "TargetType": "ip", **more}
        return elb.create_target_group(**given)["TargetGroups"][0]

    return make


def interfaces(ec2, arn: str) -> list[dict]:
    description = "ELB " + arn.split("loadbalancer/")[1]
    return ec2.describe_network_interfaces(Filters=[{"Name": "description", "Values": [description]}])["NetworkInterfaces"]


def test_the_life_of_an_application_load_balancer(elb, ec2, balancer, subnets, vpc):
    made = balancer("web")
    arn = made["LoadBalancerArn"]
    identity = arn.rsplit("/", 1)[1]
    assert arn == f"{ARN}loadbalancer/app/web/{identity}" and len(identity) == 16
    assert made["DNSName"] == f"web-{identity}.{REGION}.elb.localhost"
    assert (made["Type"], made["Scheme"], made["IpAddressType"], made["VpcId"]) == ("application", "internet-facing", "ipv4", vpc)
    # A reason comes as soon as somebody has looked for a node that carries it.
    assert made["CanonicalHostedZoneId"] == "Z35SXDOTRQ7X7K" and made["State"]["Code"] == "provisioning"
    assert [z["ZoneName"] for z in made["AvailabilityZones"]] == [f"{REGION}a", f"{REGION}b"]
    default = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}])
    assert made["SecurityGroups"] == [default["SecurityGroups"][0]["GroupId"]]
    found = interfaces(ec2, arn)
    assert len(found) == 2
    for interface in found:
        assert interface["RequesterManaged"] and interface["RequesterId"] == "amazon-elb" and interface["InterfaceType"] == "interface"
        assert interface["Association"]["PublicIp"] and interface["Status"] == "in-use"
        code, _ = refused(ec2.delete_network_interface, NetworkInterfaceId=interface["NetworkInterfaceId"])
        assert code in ("InvalidParameterValue", "AuthFailure")
    assert elb.describe_load_balancers(Names=["web"])["LoadBalancers"][0]["LoadBalancerArn"] == arn
    assert refused(ec2.delete_subnet, SubnetId=subnets[0]["SubnetId"])[0] == "DependencyViolation"
    elb.delete_load_balancer(LoadBalancerArn=arn)
    assert interfaces(ec2, arn) == []
    assert refused(elb.describe_load_balancers, LoadBalancerArns=[arn]) == ("LoadBalancerNotFound", "One or more load balancers not found")
    assert refused(elb.describe_load_balancers, Names=["web"]) == ("LoadBalancerNotFound", "Load balancers '[web]' not found")
    elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[arn], WaiterConfig={"MaxAttempts": 1})


def test_waiters_see_what_there_is(elb, balancer):
    arn = balancer()["LoadBalancerArn"]
    elb.get_waiter("load_balancer_exists").wait(LoadBalancerArns=[arn], WaiterConfig={"MaxAttempts": 1})
    with pytest.raises(Exception, match="Max attempts exceeded"):
        elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[arn], WaiterConfig={"MaxAttempts": 1})


def test_a_network_load_balancer_has_the_addresses_that_it_was_given(elb, ec2, balancer, subnets):
    elastic = ec2.allocate_address(Domain="vpc")
    mappings = [{"SubnetId": subnets[0]["SubnetId"], "AllocationId": elastic["AllocationId"]}]
    made = balancer("tcp", Type="network", SubnetMappings=mappings)
    [zone] = made["AvailabilityZones"]
    assert zone["LoadBalancerAddresses"] == [{"IpAddress": elastic["PublicIp"], "AllocationId": elastic["AllocationId"]}]
    [interface] = interfaces(ec2, made["LoadBalancerArn"])
    assert (interface["InterfaceType"], interface["Groups"]) == ("network_load_balancer", [])
    assert interface["Association"]["PublicIp"] == elastic["PublicIp"]
    code, message = refused(elb.create_load_balancer, Name="other", Type="network", SubnetMappings=mappings)
    assert (code, message) == ("ResourceInUse", f"The allocation ID '{elastic['AllocationId']}' is already associated")
    elb.delete_load_balancer(LoadBalancerArn=made["LoadBalancerArn"])
    ec2.release_address(AllocationId=elastic["AllocationId"])

    address = subnets[1]["CidrBlock"].rsplit(".", 1)[0] + ".77"
    mappings = [{"SubnetId": subnets[1]["SubnetId"], "PrivateIPv4Address": address}]
    made = balancer("inside", Type="network", Scheme="internal", SubnetMappings=mappings)
    assert made["DNSName"].startswith("internal-inside-") and made["CanonicalHostedZoneId"] == "Z26RNL4JYFTOTI"
    assert made["AvailabilityZones"][0]["LoadBalancerAddresses"] == [{"PrivateIPv4Address": address}]
    [interface] = interfaces(ec2, made["LoadBalancerArn"])
    assert interface["PrivateIpAddress"] == address and "Association" not in interface


def test_what_a_load_balancer_cannot_be(elb, ec2, subnets):
    ids = [s["SubnetId"] for s in subnets]
    lonely = ec2.create_vpc(CidrBlock="10.30.0.0/16")["Vpc"]["VpcId"]
    inside = [ec2.create_subnet(VpcId=lonely, CidrBlock=f"10.30.{n}.0/24", AvailabilityZone=f"{REGION}{z}")["Subnet"]["SubnetId"] for n, z in enumerate("aab")]
    group = ec2.create_security_group(GroupName="other", Description="d", VpcId=lonely)["GroupId"]
    for given, expected in [
        ({"Name": "x" * 33, "Subnets": ids}, ("ValidationError", f"The load balancer name '{'x' * 33}' cannot be longer than '32' characters")),
        ({"Name": "internal-x", "Subnets": ids}, ("ValidationError", "The load balancer name 'internal-x' cannot begin with 'internal-'")),
        ({"Name": "a", "Subnets": ids[:1]}, ("ValidationError", "At least two subnets in two different Availability Zones must be specified")),
        ({"Name": "a"}, ("ValidationError", "At least two subnets in two different Availability Zones must be specified")),
        ({"Name": "a", "Subnets": ["subnet-00000000000000000", ids[0]]}, ("SubnetNotFound", "The subnet ID 'subnet-00000000000000000' does not exist")),
        ({"Name": "a", "Subnets": inside}, ("InvalidConfigurationRequest", "A load balancer cannot be attached to multiple subnets in the same Availability Zone")),
        ({"Name": "a", "Subnets": inside[1:]}, ("InvalidSubnet", f"VPC {lonely} has no internet gateway")),
        ({"Name": "a", "Subnets": ids, "SecurityGroups": [group]}, ("InvalidConfigurationRequest", f"Security group '{group}' does not belong to VPC '{subnets[0]['VpcId']}'")),
        ({"Name": "a", "Subnets": ids, "SecurityGroups": ["sg-00000000000000000"]}, ("InvalidSecurityGroup", "The security group 'sg-00000000000000000' does not exist")),
        ({"Name": "a", "Subnets": ids, "Type": "gateway"}, ("InvalidConfigurationRequest", "Longshore does not support load balancers of type 'gateway'.")),
        ({"Name": "a", "Subnets": ids, "IpAddressType": "dualstack"}, ("InvalidSubnet", f"The subnet '{ids[0]}' has no IPv6 CIDR block")),
        ({"Name": "a", "Subnets": ids, "Tags": [{"Key": "a"}, {"Key": "a"}]}, ("DuplicateTagKeys", "Tag key was specified more than once: a")),
    ]:
        assert refused(elb.create_load_balancer, **given) == expected, given
    assert elb.describe_load_balancers()["LoadBalancers"] == []
    made = elb.create_load_balancer(Name="inside", Scheme="internal", Subnets=inside[1:], SecurityGroups=[group])["LoadBalancers"][0]
    assert refused(ec2.delete_security_group, GroupId=group)[0] == "DependencyViolation"
    elb.delete_load_balancer(LoadBalancerArn=made["LoadBalancerArn"])


def test_groups_subnets_and_address_types_change(elb, ec2, balancer, subnets, vpc):
    arn = balancer()["LoadBalancerArn"]
    group = ec2.create_security_group(GroupName=unique("lb"), Description="d", VpcId=vpc)["GroupId"]
    assert elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=[group])["SecurityGroupIds"] == [group]
    assert all([g["GroupId"] for g in i["Groups"]] == [group] for i in interfaces(ec2, arn))
    wanted = [s["SubnetId"] for s in subnets]
    zones = elb.set_subnets(LoadBalancerArn=arn, Subnets=wanted)["AvailabilityZones"]
    assert [z["SubnetId"] for z in zones] == wanted and len(interfaces(ec2, arn)) == 3
    elb.set_subnets(LoadBalancerArn=arn, Subnets=wanted[1:])
    assert sorted(i["SubnetId"] for i in interfaces(ec2, arn)) == sorted(wanted[1:])
    assert elb.set_ip_address_type(LoadBalancerArn=arn, IpAddressType="ipv4")["IpAddressType"] == "ipv4"
    assert refused(elb.set_ip_address_type, LoadBalancerArn=arn, IpAddressType="dualstack")[0] == "InvalidSubnet"
    assert refused(elb.set_security_groups, LoadBalancerArn=arn, SecurityGroups=[]) == ("ValidationError", "At least one security group must be specified")
    network = balancer(Type="network", count=1)["LoadBalancerArn"]
    assert refused(elb.set_security_groups, LoadBalancerArn=network, SecurityGroups=[group])[0] == "InvalidConfigurationRequest"


def attributes(shown: dict) -> dict[str, str]:
    return {a["Key"]: a["Value"] for a in shown["Attributes"]}


def test_attributes_of_load_balancers(elb, balancer):
    arn = balancer()["LoadBalancerArn"]
    shown = attributes(elb.describe_load_balancer_attributes(LoadBalancerArn=arn))
    expected = {
        "deletion_protection.enabled": "false",
        "idle_timeout.timeout_seconds": "60",
        "client_keep_alive.seconds": "3600",
        "load_balancing.cross_zone.enabled": "true",
        "routing.http.desync_mitigation_mode": "defensive",
        "routing.http2.enabled": "true",
        "access_logs.s3.bucket": "",
        "ipv6.deny_all_igw_traffic": "false",
    }
    assert expected.items() <= shown.items() and len(shown) == 24

    def change(**values: str):
        given = [{"Key": k.replace("__", "."), "Value": v} for k, v in values.items()]
        return attributes(elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=given))

    assert change(idle_timeout__timeout_seconds="4000")["idle_timeout.timeout_seconds"] == "4000"
    change(deletion_protection__enabled="true")
    assert refused(elb.delete_load_balancer, LoadBalancerArn=arn) == ("OperationNotPermitted", f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled")
    change(deletion_protection__enabled="false")
    for key, value, code, said in [
        ("idle_timeout.timeout_seconds", "4001", "ValidationError", "'idle_timeout.timeout_seconds' value '4001' must be between '1-4000' inclusive"),
        ("routing.http2.enabled", "yes", "ValidationError", "must be one of [true, false]"),
        ("no.such.key", "1", "ValidationError", "Load balancer attribute key 'no.such.key' is not recognized"),
        ("dns_record.client_routing_policy", "any_availability_zone", "InvalidConfigurationRequest", "is not supported here"),
        ("load_balancing.cross_zone.enabled", "false", "InvalidConfigurationRequest", "cannot be changed"),
        ("access_logs.s3.enabled", "true", "InvalidConfigurationRequest", "access_logs.s3.bucket must be specified"),
    ]:
        answer = refused(elb.modify_load_balancer_attributes, LoadBalancerArn=arn, Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "7"} if key != "idle_timeout.timeout_seconds" else {"Key": "routing.http2.enabled", "Value": "true"}, {"Key": key, "Value": value}])
        assert answer[0] == code and said in answer[1], answer
    assert attributes(elb.describe_load_balancer_attributes(LoadBalancerArn=arn))["idle_timeout.timeout_seconds"] == "4000", "all or nothing"
    network = attributes(elb.describe_load_balancer_attributes(LoadBalancerArn=balancer(Type="network", count=1)["LoadBalancerArn"]))
    assert network["dns_record.client_routing_policy"] == "any_availability_zone"
    assert network["load_balancing.cross_zone.enabled"] == "false" and "idle_timeout.timeout_seconds" not in network


def test_target_groups_have_the_defaults_of_their_protocol(elb, group, vpc):
    web = group()
    assert web["TargetGroupArn"].startswith(f"{ARN}targetgroup/{web['TargetGroupName']}/")
    expected = {"Protocol": "HTTP", "Port": 80, "VpcId": vpc, "ProtocolVersion": "HTTP1", "TargetType": "ip", "IpAddressType": "ipv4", "LoadBalancerArns": []}
    check = {"HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port", "HealthCheckEnabled": True, "HealthCheckIntervalSeconds": 30, "HealthCheckTimeoutSeconds": 5}
    counts = {"HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2, "HealthCheckPath": "/", "Matcher": {"HttpCode": "200"}}
    assert {**expected, **check, **counts}.items() <= web.items()
    tcp = group("TCP", 443)
    assert (tcp["HealthCheckProtocol"], tcp["HealthCheckTimeoutSeconds"]) == ("TCP", 10)
    assert "ProtocolVersion" not in tcp and "Matcher" not in tcp and "HealthCheckPath" not in tcp
    grpc = group(ProtocolVersion="GRPC")
    assert (grpc["Matcher"], grpc["HealthCheckPath"]) == ({"GrpcCode": "12"}, "/AWS.ALB/healthcheck")
    changed = elb.modify_target_group(TargetGroupArn=web["TargetGroupArn"], HealthCheckPath="/up", Matcher={"HttpCode": "200-299"}, HealthCheckIntervalSeconds=60)["TargetGroups"][0]
    assert (changed["HealthCheckPath"], changed["Matcher"], changed["HealthCheckIntervalSeconds"], changed["HealthyThresholdCount"]) == ("/up", {"HttpCode": "200-299"}, 60, 5)
    assert refused(elb.modify_target_group, TargetGroupArn=web["TargetGroupArn"], HealthCheckTimeoutSeconds=60) == ("ValidationError", "Health check timeout '60' must be smaller than the interval '60'")
    assert refused(elb.create_target_group, Name="a", Protocol="HTTP", Port=80) == ("ValidationError", "A VPC ID must be specified")
    assert refused(elb.create_target_group, Name="a", Port=80, VpcId=vpc) == ("ValidationError", "A protocol must be specified")
    assert refused(elb.create_target_group, Name="a_b", Protocol="HTTP", Port=80, VpcId=vpc)[1] == "Target group name 'a_b' can only contain characters that are alphanumeric characters or hyphens(-)"
    assert "Longshore does not support" in refused(elb.create_target_group, Name="a", TargetType="lambda")[1]
    assert refused(elb.describe_target_groups, Names=["missing"]) == ("TargetGroupNotFound", "One or more target groups not found")
    elb.delete_target_group(TargetGroupArn=tcp["TargetGroupArn"])
    elb.delete_target_group(TargetGroupArn=tcp["TargetGroupArn"])
    assert refused(elb.delete_target_group, TargetGroupArn="web") == ("ValidationError", "'web' is not a valid target group ARN")


def test_attributes_of_target_groups(elb, group):
    web, udp, tls = group(), group("UDP", 53), group("TLS", 443)

    def of(one: dict) -> dict[str, str]:
        return attributes(elb.describe_target_group_attributes(TargetGroupArn=one["TargetGroupArn"]))

    def change(one: dict, **values: str):
        given = [{"Key": k.replace("__", "."), "Value": v} for k, v in values.items()]
        return elb.modify_target_group_attributes(TargetGroupArn=one["TargetGroupArn"], Attributes=given)

    assert {"stickiness.type": "lb_cookie", "deregistration_delay.timeout_seconds": "300", "slow_start.duration_seconds": "0"}.items() <= of(web).items()
    assert {"stickiness.type": "source_ip", "preserve_client_ip.enabled": "true", "deregistration_delay.connection_termination.enabled": "true"}.items() <= of(udp).items()
    change(web, stickiness__enabled="true", stickiness__type="app_cookie", stickiness__app_cookie__cookie_name="session")
    assert of(web)["stickiness.app_cookie.cookie_name"] == "session"
    for one, values, code, said in [
        (web, {"deregistration_delay__timeout_seconds": "3601"}, "ValidationError", "must be between '0-3600' inclusive"),
        (web, {"slow_start__duration_seconds": "29"}, "ValidationError", "must be 0 or between '30-900' inclusive"),
        (web, {"stickiness__type": "source_ip"}, "InvalidConfigurationRequest", "Stickiness type 'source_ip' is not supported for target groups with the HTTP protocol"),
        (web, {"stickiness__app_cookie__cookie_name": "AWSALBX"}, "InvalidConfigurationRequest", "reserved"),
        (web, {"stickiness__app_cookie__cookie_name": ""}, "InvalidConfigurationRequest", "You must set an application cookie name"),
        (web, {"slow_start__duration_seconds": "30", "load_balancing__algorithm__type": "weighted_random"}, "InvalidConfigurationRequest", "Slow start"),
        (web, {"load_balancing__algorithm__anomaly_mitigation": "on"}, "InvalidConfigurationRequest", "Anomaly mitigation"),
        (web, {"target_failover__on_unhealthy": "rebalance"}, "InvalidConfigurationRequest", "is not supported here"),
        (udp, {"preserve_client_ip__enabled": "false"}, "InvalidConfigurationRequest", "cannot be changed"),
        (tls, {"stickiness__enabled": "true"}, "InvalidConfigurationRequest", "You cannot enable stickiness on target groups with the TLS protocol"),
    ]:
        with pytest.raises(ClientError) as error:
            change(one, **values)
        assert error.value.response["Error"]["Code"] == code and said in error.value.response["Error"]["Message"], error.value


def test_targets_of_addresses(elb, balancer, group, subnets):
    one = group()
    arn = one["TargetGroupArn"]
    address = subnets[0]["CidrBlock"].rsplit(".", 1)[0] + ".99"
    elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": address}, {"Id": address, "Port": 8080}, {"Id": "192.168.200.1", "AvailabilityZone": "all"}])
    health = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    assert [(h["Target"]["Id"], h["Target"]["Port"], h["Target"]["AvailabilityZone"], h["HealthCheckPort"]) for h in health] == [
        (address, 80, f"{REGION}a", "80"), (address, 8080, f"{REGION}a", "8080"), ("192.168.200.1", 80, "all", "80"),
    ]
    unused = {"State": "unused", "Reason": "Target.NotInUse", "Description": "Target group is not configured to receive traffic from the load balancer"}
    assert all(h["TargetHealth"] == unused for h in health)
    lb = balancer()["LoadBalancerArn"]
    elb.create_listener(LoadBalancerArn=lb, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": arn}])
    initial = {"State": "initial", "Reason": "Elb.RegistrationInProgress", "Description": "Target registration is in progress"}
    assert [h["TargetHealth"] for h in elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]] == [initial] * 3
    [missing] = elb.describe_target_health(TargetGroupArn=arn, Targets=[{"Id": address, "Port": 81}])["TargetHealthDescriptions"]
    assert missing["TargetHealth"] == {"State": "unused", "Reason": "Target.NotRegistered", "Description": "Target is not registered to the target group"}
    assert elb.describe_target_groups(LoadBalancerArn=lb)["TargetGroups"][0]["LoadBalancerArns"] == [lb]
    elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": subnets[2]["CidrBlock"].rsplit(".", 1)[0] + ".9"}])
    described = elb.describe_target_health(TargetGroupArn=arn, Include=["AnomalyDetection"])["TargetHealthDescriptions"]
    assert described[0]["AdministrativeOverride"]["State"] == "no_override"
    [outside] = [h for h in described if h["Target"]["AvailabilityZone"] == f"{REGION}c"]
    assert outside["TargetHealth"]["State"] == "unused" and "not enabled for the load balancer" in outside["TargetHealth"]["Description"]
    assert outside["AnomalyDetection"] == {"Result": "normal", "MitigationInEffect": "no"}
    elb.deregister_targets(TargetGroupArn=arn, Targets=[{"Id": address}, {"Id": "10.1.1.1"}])
    assert len(elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]) == 3, "no load balancer is there to drain it"
    elb.get_waiter("target_deregistered").wait(TargetGroupArn=arn, Targets=[{"Id": address}], WaiterConfig={"MaxAttempts": 1})


def test_targets_that_are_machines(elb, group):
    arn = group(TargetType="instance")["TargetGroupArn"]
    assert refused(elb.register_targets, TargetGroupArn=arn, Targets=[{"Id": "10.0.0.1"}]) == ("ValidationError", "Instance ID '10.0.0.1' is not valid")
    assert refused(elb.register_targets, TargetGroupArn=arn, Targets=[{"Id": "i-00000000000000000"}]) == (
        "InvalidTarget", "The following targets are not in a running state and cannot be registered: 'i-00000000000000000'",
    )


def test_listeners(elb, balancer, group):
    lb, one = balancer()["LoadBalancerArn"], group()["TargetGroupArn"]
    forward = [{"Type": "forward", "TargetGroupArn": one}]
    made = elb.create_listener(LoadBalancerArn=lb, Protocol="HTTP", Port=80, DefaultActions=forward, Tags=[{"Key": "a", "Value": "b"}])["Listeners"][0]
    assert made["ListenerArn"].startswith(lb.replace(":loadbalancer/", ":listener/") + "/")
    config = {"TargetGroups": [{"TargetGroupArn": one, "Weight": 1}], "TargetGroupStickinessConfig": {"Enabled": False}}
    assert made["DefaultActions"] == [{"Type": "forward", "TargetGroupArn": one, "ForwardConfig": config}]
    assert refused(elb.create_listener, LoadBalancerArn=lb, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]) == (
        "DuplicateListener", f"A listener already exists on this port for this load balancer '{lb}'",
    )
    for given, expected in [
        ({"Protocol": "TCP", "Port": 81}, ("ValidationError", "Listener protocol 'TCP' must be one of 'HTTPS, HTTP'")),
        ({"Protocol": "HTTPS", "Port": 443}, ("ValidationError", "A certificate must be specified for HTTPS listeners")),
        ({"Protocol": "HTTP", "Port": 81, "Certificates": [{"CertificateArn": "arn:aws:acm:x"}]}, ("ValidationError", "A certificate cannot be specified for HTTP listeners")),
        ({"Protocol": "HTTPS", "Port": 443, "SslPolicy": "none"}, ("SSLPolicyNotFound", "SSL policy 'none' not found")),
        ({"Protocol": "HTTP"}, ("ValidationError", "A listener port must be specified")),
        ({"Port": 81}, ("ValidationError", "A listener protocol must be specified")),
    ]:
        assert refused(elb.create_listener, LoadBalancerArn=lb, DefaultActions=forward, **given) == expected
    missing = f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012"
    assert refused(elb.create_listener, LoadBalancerArn=lb, Protocol="HTTPS", Port=443, DefaultActions=forward, Certificates=[{"CertificateArn": missing}]) == ("CertificateNotFound", f"Certificate '{missing}' not found")
    tcp = group("TCP", 80)["TargetGroupArn"]
    assert refused(elb.create_listener, LoadBalancerArn=lb, Protocol="HTTP", Port=81, DefaultActions=[{"Type": "forward", "TargetGroupArn": tcp}])[0] == "IncompatibleProtocols"
    changed = elb.modify_listener(ListenerArn=made["ListenerArn"], Port=8080, DefaultActions=[{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}])["Listeners"][0]
    assert changed["Port"] == 8080
    redirect = {"Protocol": "HTTPS", "Port": "443", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}", "StatusCode": "HTTP_301"}
    assert changed["DefaultActions"] == [{"Type": "redirect", "RedirectConfig": redirect}]
    assert refused(elb.modify_listener, ListenerArn=made["ListenerArn"], DefaultActions=[{"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301"}}]) == (
        "InvalidLoadBalancerAction", "The redirect configuration is not valid because it creates a loop.",
    )
    assert elb.describe_listeners(LoadBalancerArn=lb)["Listeners"] == [changed]
    shown = attributes(elb.describe_listener_attributes(ListenerArn=made["ListenerArn"]))
    assert shown["routing.http.response.server.enabled"] == "true" and len(shown) == 11
    elb.modify_listener_attributes(ListenerArn=made["ListenerArn"], Attributes=[{"Key": "routing.http.response.x_frame_options.header_value", "Value": "DENY"}])
    assert attributes(elb.describe_listener_attributes(ListenerArn=made["ListenerArn"]))["routing.http.response.x_frame_options.header_value"] == "DENY"
    assert refused(elb.describe_listeners) == ("ValidationError", "You must specify either listener ARNs or a load balancer ARN")
    elb.delete_listener(ListenerArn=made["ListenerArn"])
    assert refused(elb.describe_listeners, ListenerArns=[made["ListenerArn"]]) == ("ListenerNotFound", "One or more listeners not found")


def test_network_listeners(elb, balancer, group):
    lb = balancer(Type="network", count=1)["LoadBalancerArn"]
    tcp, both = group("TCP", 53)["TargetGroupArn"], group("TCP_UDP", 53)["TargetGroupArn"]
    made = elb.create_listener(LoadBalancerArn=lb, Protocol="TCP_UDP", Port=53, DefaultActions=[{"Type": "forward", "TargetGroupArn": both}])["Listeners"][0]
    assert refused(elb.create_listener, LoadBalancerArn=lb, Protocol="UDP", Port=54, DefaultActions=[{"Type": "forward", "TargetGroupArn": tcp}])[0] == "IncompatibleProtocols"
    assert refused(elb.create_listener, LoadBalancerArn=lb, Protocol="HTTP", Port=54, DefaultActions=[{"Type": "forward", "TargetGroupArn": tcp}]) == ("ValidationError", "Listener protocol 'HTTP' must be one of 'TLS, TCP, UDP, TCP_UDP'")
    # Clients are known by their addresses: how long they stay is not asked for.
    split = {"TargetGroups": [{"TargetGroupArn": tcp, "Weight": 1}, {"TargetGroupArn": group("TCP", 53)["TargetGroupArn"], "Weight": 1}], "TargetGroupStickinessConfig": {"Enabled": True}}
    sticky = elb.create_listener(LoadBalancerArn=lb, Protocol="TCP", Port=55, DefaultActions=[{"Type": "forward", "ForwardConfig": split}])["Listeners"][0]
    assert sticky["DefaultActions"][0]["ForwardConfig"]["TargetGroupStickinessConfig"] == {"Enabled": True}
    ipv6 = group("TCP", 80, IpAddressType="ipv6")["TargetGroupArn"]
    code, said = refused(elb.create_listener, LoadBalancerArn=lb, Protocol="TCP", Port=56, DefaultActions=[{"Type": "forward", "TargetGroupArn": ipv6}])
    assert code == "InvalidConfigurationRequest" and said.endswith("has the IP address type ipv6, which takes a dualstack load balancer")
    assert refused(elb.create_target_group, Name=unique("tg")[:32], Protocol="TCP", Port=80, VpcId=elb.describe_target_groups(TargetGroupArns=[both])["TargetGroups"][0]["VpcId"], TargetType="instance", IpAddressType="ipv6")[0] == "InvalidConfigurationRequest"
    condition = [{"Field": "path-pattern", "Values": ["/a"]}]
    assert refused(elb.create_rule, ListenerArn=made["ListenerArn"], Priority=1, Conditions=condition, Actions=[{"Type": "forward", "TargetGroupArn": tcp}]) == ("UnsupportedProtocol", "Rules are unsupported for Network Load Balancer listeners")
    elb.create_listener(LoadBalancerArn=lb, Protocol="TCP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": tcp}])
    listeners = {listener["Port"]: listener["ListenerArn"] for listener in elb.describe_listeners(LoadBalancerArn=lb)["Listeners"]}
    assert attributes(elb.describe_listener_attributes(ListenerArn=listeners[80])) == {"tcp.idle_timeout.seconds": "350"}
    elb.modify_listener_attributes(ListenerArn=listeners[80], Attributes=[{"Key": "tcp.idle_timeout.seconds", "Value": "6000"}])
    assert attributes(elb.describe_listener_attributes(ListenerArn=listeners[80])) == {"tcp.idle_timeout.seconds": "6000"}


EVERY_CONDITION = [
    {"Field": "host-header", "HostHeaderConfig": {"Values": ["*.example.com"]}},
    {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "User-Agent", "Values": ["*Chrome*"]}},
    {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["GET"]}},
    {"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "version", "Value": "v1"}]}},
    {"Field": "source-ip", "SourceIpConfig": {"Values": ["192.0.2.0/24"]}},
]


def test_rules(elb, balancer, group):
    lb, blue, green = balancer()["LoadBalancerArn"], group()["TargetGroupArn"], group()["TargetGroupArn"]
    listener = elb.create_listener(LoadBalancerArn=lb, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": blue}])["Listeners"][0]["ListenerArn"]
    split = {"TargetGroups": [{"TargetGroupArn": blue, "Weight": 90}, {"TargetGroupArn": green, "Weight": 10}], "TargetGroupStickinessConfig": {"Enabled": True, "DurationSeconds": 60}}
    made = elb.create_rule(ListenerArn=listener, Priority=10, Conditions=EVERY_CONDITION, Actions=[{"Type": "forward", "ForwardConfig": split}])["Rules"][0]
    assert made["RuleArn"].startswith(listener.replace(":listener/", ":listener-rule/") + "/")
    shown = [{k: v for k, v in c.items() if k != "Values"} for c in made["Conditions"]]
    assert shown == EVERY_CONDITION and made["Priority"] == "10" and not made["IsDefault"]
    assert made["Actions"] == [{"Type": "forward", "ForwardConfig": split}]
    fixed = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503", "ContentType": "text/plain", "MessageBody": "closed"}}]
    path = [{"Field": "path-pattern", "Values": ["/img/*"]}]
    second = elb.create_rule(ListenerArn=listener, Priority=5, Conditions=path, Actions=fixed)["Rules"][0]
    assert second["Conditions"] == [{**path[0], "PathPatternConfig": {"Values": ["/img/*"]}}] and second["Actions"] == fixed
    rules = elb.describe_rules(ListenerArn=listener)["Rules"]
    assert [r["Priority"] for r in rules] == ["5", "10", "default"] and rules[2]["IsDefault"]
    pages = list(elb.get_paginator("describe_rules").paginate(ListenerArn=listener, PaginationConfig={"PageSize": 1}))
    assert [r["Priority"] for p in pages for r in p["Rules"]] == ["5", "10", "default"]
    assert refused(elb.create_rule, ListenerArn=listener, Priority=5, Conditions=path, Actions=fixed) == ("PriorityInUse", "Priority '5' is currently in use")
    for conditions, said in [
        ([{"Field": "path-pattern", "PathPatternConfig": {"Values": list("abcdef")}}], "A rule can only have '5' condition values"),
        ([{"Field": "path-pattern", "Values": ["/" + "a" * 128]}], "The 'path-pattern' value is too long; the limit is '128'"),
        ([{"Field": "source-ip", "SourceIpConfig": {"Values": ["x"]}}], "The 'source-ip' value 'x' is not a valid CIDR block"),
        ([], "A condition must be specified"),
        ([{"Field": "host-header", "Values": ["localhost"]}], "The host-header value 'localhost' must have at least one '.', and alphabetical characters only after the last one"),
        ([{"Field": "host-header", "Values": ["a.example1"]}], "The host-header value 'a.example1' must have at least one '.', and alphabetical characters only after the last one"),
        ([{"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "Host", "Values": ["a"]}}], "A condition on the host header must be of the field 'host-header'"),
    ]:
        assert refused(elb.create_rule, ListenerArn=listener, Priority=6, Conditions=conditions, Actions=fixed) == ("ValidationError", said)
    assert refused(elb.create_rule, ListenerArn=listener, Priority=6, Conditions=path, Actions=[*fixed, {**fixed[0], "Order": 2}])[0] == "ValidationError"
    oidc = {"Issuer": "https://id.example", "AuthorizationEndpoint": "https://id.example/a", "TokenEndpoint": "https://id.example/t", "UserInfoEndpoint": "https://id.example/u", "ClientId": "c", "ClientSecret": "s"}
    assert refused(elb.create_rule, ListenerArn=listener, Priority=6, Conditions=path, Actions=[{"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": oidc}, {**fixed[0], "Order": 2}])[0] == "InvalidLoadBalancerAction"
    changed = elb.modify_rule(RuleArn=second["RuleArn"], Conditions=[{"Field": "host-header", "Values": ["a.example"]}])["Rules"][0]
    assert changed["Actions"] == fixed and changed["Conditions"][0]["HostHeaderConfig"] == {"Values": ["a.example"]}
    assert refused(elb.modify_rule, RuleArn=second["RuleArn"]) == ("ValidationError", "Either conditions or actions must be specified")
    elb.set_rule_priorities(RulePriorities=[{"RuleArn": second["RuleArn"], "Priority": 10}, {"RuleArn": made["RuleArn"], "Priority": 5}])
    assert [r["RuleArn"] for r in elb.describe_rules(ListenerArn=listener)["Rules"]][:2] == [made["RuleArn"], second["RuleArn"]]
    assert refused(elb.delete_target_group, TargetGroupArn=green) == ("ResourceInUse", f"Target group '{green}' is currently in use by a listener or a rule")
    default = rules[2]["RuleArn"]
    assert refused(elb.delete_rule, RuleArn=default) == ("OperationNotPermitted", f"Default rule '{default}' cannot be deleted")
    elb.delete_rule(RuleArn=made["RuleArn"])
    elb.delete_target_group(TargetGroupArn=green)
    assert refused(elb.describe_rules, RuleArns=[made["RuleArn"]]) == ("RuleNotFound", "One or more rules not found")


def test_tags_of_all_four(elb, balancer, group):
    lb, tg = balancer(Tags=[{"Key": "team", "Value": "a"}])["LoadBalancerArn"], group()["TargetGroupArn"]
    listener = elb.create_listener(LoadBalancerArn=lb, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": tg}])["Listeners"][0]["ListenerArn"]
    rule = elb.create_rule(ListenerArn=listener, Priority=1, Conditions=[{"Field": "path-pattern", "Values": ["/"]}], Actions=[{"Type": "forward", "TargetGroupArn": tg}])["Rules"][0]["RuleArn"]
    arns = [lb, tg, listener, rule]
    elb.add_tags(ResourceArns=arns, Tags=[{"Key": "stage", "Value": "x"}])
    shown = {d["ResourceArn"]: d["Tags"] for d in elb.describe_tags(ResourceArns=arns)["TagDescriptions"]}
    assert shown[lb] == [{"Key": "team", "Value": "a"}, {"Key": "stage", "Value": "x"}]
    assert all(shown[arn] == [{"Key": "stage", "Value": "x"}] for arn in arns[1:])
    elb.remove_tags(ResourceArns=arns, TagKeys=["stage", "absent"])
    assert [d["Tags"] for d in elb.describe_tags(ResourceArns=arns)["TagDescriptions"]] == [[{"Key": "team", "Value": "a"}], [], [], []]
    many = [{"Key": f"k{n}", "Value": ""} for n in range(50)]
    assert refused(elb.add_tags, ResourceArns=[tg, lb], Tags=many)[0] == "TooManyTags"
    assert elb.describe_tags(ResourceArns=[tg])["TagDescriptions"][0]["Tags"] == [], "all or nothing"
    assert refused(elb.describe_tags, ResourceArns=[lb.replace("/web", "/x")[:-1] + "z"])[0] == "LoadBalancerNotFound"


def test_pages_of_load_balancers(elb, balancer):
    arns = sorted(balancer(Type="network", count=1)["LoadBalancerArn"] for _ in range(3))
    pages = list(elb.get_paginator("describe_load_balancers").paginate(PaginationConfig={"PageSize": 2}))
    assert [b["LoadBalancerArn"] for p in pages for b in p["LoadBalancers"]] == arns and len(pages) == 2
    assert refused(elb.describe_load_balancers, Marker="nonsense%")[0] == "ValidationError"


def test_policies_and_limits(elb):
    policies = elb.describe_ssl_policies()["SslPolicies"]
    [usual] = elb.describe_ssl_policies(Names=["ELBSecurityPolicy-2016-08"])["SslPolicies"]
    assert usual in policies and len(usual["Ciphers"]) == 18 and usual["SslProtocols"] == ["TLSv1.2", "TLSv1.1", "TLSv1"]
    assert refused(elb.describe_ssl_policies, Names=["none"]) == ("SSLPolicyNotFound", "SSL policy 'none' not found")
    limits = {one["Name"]: one["Max"] for one in elb.describe_account_limits()["Limits"]}
    assert limits["target-groups-per-action-on-network-load-balancer"] == limits["target-groups-per-action-on-application-load-balancer"] == "5"
    assert limits["rules-per-application-load-balancer"] == "100" and limits["application-load-balancers"] == "50"


def test_what_is_not_built_says_so(elb, control):
    with pytest.raises(ClientError) as error:
        elb.describe_trust_stores()
    assert error.value.response["Error"]["Code"] == "NotImplemented"
    # Classic load balancers have the same signing name and another version.
    with pytest.raises(ClientError) as error:
        control.client("elb").describe_load_balancers()
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400, error.value


def test_the_aws_cli(control, elb, subnets, vpc):
    def aws(*arguments: str):
        return json.loads(control.aws("elbv2", *arguments, "--output", "json").stdout or "null")

    made = aws("create-load-balancer", "--name", "by-cli", "--subnets", *[s["SubnetId"] for s in subnets[:2]], "--tags", "Key=a,Value=b")
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]
    group = aws("create-target-group", "--name", "by-cli", "--protocol", "HTTP", "--port", "80", "--vpc-id", vpc, "--target-type", "ip")["TargetGroups"][0]["TargetGroupArn"]
    listener = aws("create-listener", "--load-balancer-arn", arn, "--protocol", "HTTP", "--port", "80", "--default-actions", f"Type=forward,TargetGroupArn={group}")["Listeners"][0]
    rule = aws("create-rule", "--listener-arn", listener["ListenerArn"], "--priority", "1", "--conditions", "Field=path-pattern,Values=/a/*", "--actions", f"Type=forward,TargetGroupArn={group}")
    assert rule["Rules"][0]["Priority"] == "1"
    aws("modify-target-group-attributes", "--target-group-arn", group, "--attributes", "Key=deregistration_delay.timeout_seconds,Value=10")
    control.aws("elbv2", "wait", "load-balancer-exists", "--load-balancer-arns", arn)
    refusal = control.aws("elbv2", "delete-target-group", "--target-group-arn", group, check=False)
    assert refusal.returncode != 0 and "ResourceInUse" in refusal.stderr
    control.aws("elbv2", "delete-load-balancer", "--load-balancer-arn", arn)
    control.aws("elbv2", "delete-target-group", "--target-group-arn", group)
    control.aws("elbv2", "wait", "load-balancers-deleted", "--load-balancer-arns", arn)


def test_the_form_of_a_wire_error(control):
    body = b"Action=DeleteRule&Version=2015-12-01"
    credentials = Credentials(control.environment["AWS_ACCESS_KEY_ID"], control.environment["AWS_SECRET_ACCESS_KEY"])
    request = AWSRequest("POST", f"{control.endpoint}/", headers={"Content-Type": "application/x-www-form-urlencoded"}, data=body)
    SigV4Auth(credentials, "elasticloadbalancing", REGION).add_auth(request)
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(urllib.request.Request(request.url, data=body, headers=dict(request.headers.items())), timeout=20)
    text = error.value.read().decode()
    assert error.value.code == 400 and "<ErrorResponse" in text and "<Code>ValidationError</Code>" in text and "ruleArn" in text


def test_a_restart_keeps_everything(fresh):
    server = fresh("server").start()
    elb, ec2 = server.client("elbv2"), server.client("ec2")
    found = ec2.describe_subnets()["Subnets"]
    lb = elb.create_load_balancer(Name="web", Subnets=[s["SubnetId"] for s in found])["LoadBalancers"][0]
    group = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=lb["VpcId"], TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": found[0]["CidrBlock"].rsplit(".", 1)[0] + ".50"}])
    listener = elb.create_listener(LoadBalancerArn=lb["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])["Listeners"][0]
    before = (elb.describe_load_balancers()["LoadBalancers"], elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"], elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"])
    server.kill()
    server.start()
    elb = server.client("elbv2")
    after = (elb.describe_load_balancers()["LoadBalancers"], elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"], elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"])
    assert after == before
