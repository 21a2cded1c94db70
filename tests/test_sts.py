"""Temporary credentials: who gets them, what they are good for, when they end."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import boto3
import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, ONCE, REGION
from roles import ANYBODY, TASKS, Acting, policy, refused, role, trust
from tasks import unique

WRONG = "The security token included in the request is invalid."


@pytest.fixture(scope="module")
def sts(control):
    return control.client("sts")


def assume(control, arn: str, **more) -> dict:
    return control.client("sts").assume_role(RoleArn=arn, RoleSessionName="me", **more)


def test_a_role_is_assumed(control, sts):
    arn = role(control, name=unique("web"), Path="/ops/")
    name = arn.rsplit("/", 1)[1]
    answer = assume(control, arn)
    given = answer["Credentials"]
    assert given["AccessKeyId"].startswith("ASIA") and len(given["SecretAccessKey"]) == 40
    assert 3500 < (given["Expiration"] - datetime.now(UTC)).total_seconds() <= 3600
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/me"
    told = Acting(control, given).client("sts").get_caller_identity()
    assert told["Arn"] == answer["AssumedRoleUser"]["Arn"]
    assert told["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"]
    assert told["Account"] == ACCOUNT


def test_the_codes_of_each_protocol(control):
    """JSON and query services say the same under other names."""
    given = assume(control, role(control, allows=["ecs:ListClusters", "iam:ListRoles"]))["Credentials"]
    acting = Acting(control, given)
    assert "clusterArns" in acting.client("ecs").list_clusters()
    assert "Roles" in acting.client("iam").list_roles()
    for changed in ({"SessionToken": given["SessionToken"][:-4] + "AAAA"}, {"SessionToken": "nonsense"}, {"AccessKeyId": "ASIAAAAAAAAAAAAAAAAA"}):
        wrong = Acting(control, {**given, **changed})
        assert refused(wrong.client("ecs").list_clusters) == ("UnrecognizedClientException", 400, WRONG)
        assert refused(wrong.client("sts").get_caller_identity) == ("InvalidClientTokenId", 403, WRONG)
    without = boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], region_name=REGION)
    assert refused(without.client("ecs", endpoint_url=control.endpoint, config=ONCE).list_clusters)[0] == "UnrecognizedClientException"
    secret = Acting(control, {**given, "SecretAccessKey": "x" * 40})
    assert refused(secret.client("ecs").list_clusters)[0] == "InvalidSignatureException"
    assert refused(secret.client("sts").get_caller_identity)[0] == "SignatureDoesNotMatch"


def test_a_role_may_what_its_policies_say(control):
    arn = role(control, allows=["ecs:List*", "logs:*"])
    acting = Acting(control, assume(control, arn)["Credentials"])
    acting.client("ecs").list_clusters()
    code, status, said = refused(acting.client("ecs").create_cluster, clusterName=unique("c"))
    assert (code, status) == ("AccessDeniedException", 400)
    assert "is not authorized to perform: ecs:CreateCluster on resource: arn:aws:ecs:" in said
    assert refused(acting.client("iam").list_roles)[:2] == ("AccessDenied", 403)
    # What is taken away counts at once, for sessions that are there too.
    iam = control.client("iam")
    name = arn.rsplit("/", 1)[1]
    iam.put_role_policy(RoleName=name, PolicyName="denies", PolicyDocument=policy("ecs:*", effect="Deny"))
    assert refused(acting.client("ecs").list_clusters)[0] == "AccessDeniedException"
    iam.delete_role_policy(RoleName=name, PolicyName="denies")
    acting.client("ecs").list_clusters()
    iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary="arn:aws:iam::aws:policy/CloudWatchLogsFullAccess")
    assert refused(acting.client("ecs").list_clusters)[0] == "AccessDeniedException"
    acting.client("logs").describe_log_groups()


def test_conditions_that_are_not_understood_allow_nothing(control):
    arn = role(control)
    statement = policy("ecs:*", Condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}})
    control.client("iam").put_role_policy(RoleName=arn.rsplit("/", 1)[1], PolicyName="p", PolicyDocument=statement)
    acting = Acting(control, assume(control, arn)["Credentials"])
    assert refused(acting.client("ecs").list_clusters)[0] == "AccessDeniedException"
    guarded = role(control, trust({"AWS": ACCOUNT}, Condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}))
    code, status, said = refused(assume, control, guarded)
    assert (code, status) == ("AccessDenied", 403) and "IpAddress on aws:SourceIp" in said


def test_session_policies(control):
    arn = role(control, allows="*")
    acting = Acting(control, assume(control, arn, Policy=policy("ecs:ListClusters"))["Credentials"])
    acting.client("ecs").list_clusters()
    assert refused(acting.client("ecs").list_task_definitions)[0] == "AccessDeniedException"
    answer = assume(control, arn, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"}])
    assert answer["PackedPolicySize"] > 0
    acting = Acting(control, answer["Credentials"])
    acting.client("logs").describe_log_groups()
    assert refused(acting.client("ecs").list_clusters)[0] == "AccessDeniedException"
    assert refused(assume, control, arn, Policy="{")[:2] == ("MalformedPolicyDocument", 400)
    assert refused(assume, control, arn, Policy=policy("ecs:" + "x" * 5000))[0] == "PackedPolicyTooLarge"


def test_tags_of_what_is_made(control):
    """Who makes something with tags needs ecs:TagResource for it, as long as the account wants that."""
    making = ["ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask", "ecs:CreateService"]
    arn = role(control, allows=making)
    ecs = Acting(control, assume(control, arn)["Credentials"]).client("ecs")
    name, tags = unique("tagged"), [{"key": "a", "value": "b"}]
    definition = {"family": name, "containerDefinitions": [{"name": "c", "image": "busybox", "memory": 16}]}
    ecs.create_cluster(clusterName=name)
    ecs.register_task_definition(**definition)
    tries = {
        f"cluster/{name}-2": lambda: ecs.create_cluster(clusterName=f"{name}-2", tags=tags),
        f"task-definition/{name}": lambda: ecs.register_task_definition(**definition, tags=tags),
        f"task/{name}/*": lambda: ecs.run_task(cluster=name, taskDefinition=name, tags=tags),
        f"service/{name}/s": lambda: ecs.create_service(cluster=name, serviceName="s", taskDefinition=name, desiredCount=0, tags=tags),
    }
    for resource, call in tries.items():
        code, status, said = refused(call)
        assert (code, status) == ("AccessDeniedException", 400)
        assert f"is not authorized to perform: ecs:TagResource on resource: arn:aws:ecs:us-east-1:{ACCOUNT}:{resource} because no identity-based policy allows" in said
    iam = control.client("iam")
    when = {"Condition": {"StringEquals": {"ecs:CreateAction": ["CreateCluster", "RegisterTaskDefinition"]}}}
    iam.put_role_policy(RoleName=arn.split("/")[-1], PolicyName="tags", PolicyDocument=policy("ecs:TagResource", **when))
    assert tries[f"cluster/{name}-2"]()["cluster"]["status"] == "ACTIVE"
    assert tries[f"task-definition/{name}"]()["tags"] == tags
    assert refused(tries[f"service/{name}/s"])[0] == "AccessDeniedException"
    # Not to what is there already.
    cluster = f"arn:aws:ecs:us-east-1:{ACCOUNT}:cluster/{name}"
    assert refused(ecs.tag_resource, resourceArn=cluster, tags=tags)[0] == "AccessDeniedException"
    control.ecs.put_account_setting_default(name="tagResourceAuthorization", value="off")
    try:
        assert tries[f"service/{name}/s"]()["service"]["tags"] == tags
    finally:
        control.ecs.put_account_setting_default(name="tagResourceAuthorization", value="on")


def test_who_is_not_trusted(control, sts):
    task = role(control, TASKS)
    root = f"arn:aws:iam::{ACCOUNT}:root"
    assert refused(assume, control, task) == ("AccessDenied", 403, f"User: {root} is not authorized to perform: sts:AssumeRole on resource: {task}")
    missing = f"arn:aws:iam::{ACCOUNT}:role/missing"
    assert refused(assume, control, missing)[0] == "AccessDenied"
    external = role(control, trust({"AWS": ACCOUNT}, Condition={"StringEquals": {"sts:ExternalId": "secret"}}))
    assert refused(assume, control, external)[0] == "AccessDenied"
    assert refused(assume, control, external, ExternalId="wrong")[0] == "AccessDenied"
    assume(control, external, ExternalId="secret")
    assert refused(assume, control, role(control), SerialNumber=f"arn:aws:iam::{ACCOUNT}:mfa/x", TokenCode="123456")[0] == "AccessDenied"


def test_durations(control):
    arn = role(control, MaxSessionDuration=7200)
    given = assume(control, arn, DurationSeconds=7200)["Credentials"]
    assert (given["Expiration"] - datetime.now(UTC)).total_seconds() > 7000
    assert refused(assume, control, arn, DurationSeconds=7201) == ("ValidationError", 400, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    with pytest.raises(Exception, match="min value|899"):
        assume(control, arn, DurationSeconds=899)


def test_chains_and_tags(control):
    first = role(control, allows="sts:*")
    second = role(control, trust({"AWS": first}, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]))
    acting = Acting(control, assume(control, first, SourceIdentity="ann", Tags=[{"Key": "a", "Value": "b"}], TransitiveTagKeys=["a"])["Credentials"]).client("sts")
    answer = acting.assume_role(RoleArn=second, RoleSessionName="next")
    assert answer["SourceIdentity"] == "ann"
    assert Acting(control, answer["Credentials"]).client("sts").get_caller_identity()["Arn"].endswith("/next")
    code, _, said = refused(acting.assume_role, RoleArn=second, RoleSessionName="next", DurationSeconds=3601)
    assert code == "ValidationError" and "1 hour session limit" in said
    assert refused(acting.get_session_token) == ("AccessDenied", 403, "Cannot call GetSessionToken with session credentials")


def test_a_session_of_the_administrator(control, sts):
    given = sts.get_session_token(DurationSeconds=900)["Credentials"]
    acting = Acting(control, given)
    assert acting.client("sts").get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:root"
    acting.client("ecs").list_clusters()
    assert refused(acting.client("iam").list_roles)[:2] == ("AccessDenied", 403)


def test_sessions_end_with_their_role(control):
    arn = role(control, allows="ecs:*")
    acting = Acting(control, assume(control, arn)["Credentials"]).client("ecs")
    acting.list_clusters()
    iam, name = control.client("iam"), arn.rsplit("/", 1)[1]
    iam.delete_role_policy(RoleName=name, PolicyName="allows")
    iam.delete_role(RoleName=name)
    assert refused(acting.list_clusters) == ("UnrecognizedClientException", 400, WRONG)
    role(control, name=name, allows="ecs:*")
    assert refused(acting.list_clusters)[0] == "UnrecognizedClientException", "a role of the same name is another"


def test_sessions_outlive_the_server(fresh):
    longshore = fresh("server").start()
    given = assume(longshore, role(longshore, allows="ecs:*"))["Credentials"]
    assert (longshore.data_dir / "session-key").stat().st_mode & 0o777 == 0o600
    kept = b"".join(path.read_bytes() for path in (longshore.data_dir / "state").iterdir())
    assert given["SecretAccessKey"].encode() not in kept and given["SessionToken"].encode() not in kept
    longshore.kill()
    longshore.start()
    Acting(longshore, given).client("ecs").list_clusters()
    # Without the key there is no session.
    longshore.stop()
    (longshore.data_dir / "session-key").unlink()
    longshore.start()
    with pytest.raises(ClientError, match="UnrecognizedClientException"):
        Acting(longshore, given).client("ecs").list_clusters()


def test_the_cli(control):
    arn = role(control, ANYBODY)
    said = json.loads(control.aws("sts", "assume-role", "--role-arn", arn, "--role-session-name", "cli", "--output", "json").stdout)
    assert said["Credentials"]["SessionToken"]
