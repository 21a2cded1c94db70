"""IAM's roles and managed policies, as boto3 and the aws CLI use them."""

from __future__ import annotations

import json

import pytest

from longshore import ACCOUNT
from roles import ANYBODY, TASKS, policy, refused, role, trust
from tasks import unique

EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


@pytest.fixture(scope="module")
def iam(control):
    return control.client("iam")


def test_the_life_of_an_execution_role(iam, control):
    """As Terraform's aws_iam_role, aws_iam_role_policy_attachment and aws_iam_role_policy make, read and delete one."""
    name = unique("execution")
    made = iam.create_role(RoleName=name, Path="/service-role/", AssumeRolePolicyDocument=TASKS, Description="d", MaxSessionDuration=7200, Tags=[{"Key": "team", "Value": "a"}])["Role"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/service-role/{name}"
    assert made["AssumeRolePolicyDocument"] == json.loads(TASKS), "boto3 has decoded it"
    iam.attach_role_policy(RoleName=name, PolicyArn=EXECUTION)
    iam.attach_role_policy(RoleName=name, PolicyArn=EXECUTION)
    iam.put_role_policy(RoleName=name, PolicyName="more", PolicyDocument=policy("logs:CreateLogGroup"))

    shown = iam.get_role(RoleName=name)["Role"]
    assert (shown["RoleId"], shown["MaxSessionDuration"], shown["Description"]) == (made["RoleId"], 7200, "d")
    assert shown["Tags"] == [{"Key": "team", "Value": "a"}] and shown["RoleLastUsed"] == {}
    attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    assert attached == [{"PolicyName": "AmazonECSTaskExecutionRolePolicy", "PolicyArn": EXECUTION}]
    assert iam.list_attached_role_policies(RoleName=name, PathPrefix="/other/")["AttachedPolicies"] == []
    assert iam.list_role_policies(RoleName=name)["PolicyNames"] == ["more"]
    assert iam.get_role_policy(RoleName=name, PolicyName="more")["PolicyDocument"] == json.loads(policy("logs:CreateLogGroup"))
    assert iam.list_instance_profiles_for_role(RoleName=name)["InstanceProfiles"] == []
    assert made["Arn"] in [r["Arn"] for page in iam.get_paginator("list_roles").paginate(PathPrefix="/service-role/") for r in page["Roles"]]

    assert refused(iam.delete_role, RoleName=name) == ("DeleteConflict", 409, "Cannot delete entity, must delete policies first.")
    iam.delete_role_policy(RoleName=name, PolicyName="more")
    assert refused(iam.delete_role, RoleName=name) == ("DeleteConflict", 409, "Cannot delete entity, must detach all policies first.")
    iam.detach_role_policy(RoleName=name, PolicyArn=EXECUTION)
    iam.delete_role(RoleName=name)
    assert refused(iam.get_role, RoleName=name) == ("NoSuchEntity", 404, f"The role with name {name} cannot be found.")


def test_what_is_not_there(iam):
    name = role_name = unique("web")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=TASKS)
    assert refused(iam.create_role, RoleName=name.upper(), AssumeRolePolicyDocument=TASKS)[:2] == ("EntityAlreadyExists", 409)
    assert refused(iam.get_role_policy, RoleName=role_name, PolicyName="p") == ("NoSuchEntity", 404, "The role policy with name p cannot be found.")
    assert refused(iam.delete_role_policy, RoleName=role_name, PolicyName="p")[0] == "NoSuchEntity"
    missing = f"arn:aws:iam::{ACCOUNT}:policy/missing"
    assert refused(iam.attach_role_policy, RoleName=role_name, PolicyArn=missing) == ("NoSuchEntity", 404, f"Policy {missing} does not exist or is not attachable.")
    assert refused(iam.detach_role_policy, RoleName=role_name, PolicyArn=EXECUTION) == ("NoSuchEntity", 404, f"Policy {EXECUTION} was not found.")
    assert refused(iam.put_role_permissions_boundary, RoleName=role_name, PermissionsBoundary=missing)[0] == "NoSuchEntity"
    assert refused(iam.delete_role_permissions_boundary, RoleName=role_name)[0] == "NoSuchEntity"
    assert refused(iam.get_policy, PolicyArn=missing)[:2] == ("NoSuchEntity", 404)
    for call in (iam.update_assume_role_policy, iam.put_role_policy):
        more = {"PolicyName": "p"} if call == iam.put_role_policy else {}
        assert refused(call, RoleName="no-such-role", PolicyDocument=TASKS, **more)[0] == "NoSuchEntity"


MALFORMED = {
    "no JSON": ("{", "This policy contains invalid Json"),
    "no statement": ("{}", "Syntax errors in policy."),
    "no principal": (json.dumps({"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole"}}), "Missing required field Principal"),
    "a resource": (trust("*", Resource="*"), "Has prohibited field Resource"),
    "another service's action": (trust("*", "s3:GetObject"), "AssumeRole policy may only specify STS AssumeRole actions."),
    "nobody": (trust({"AWS": "nobody"}), 'Invalid principal in policy: "AWS":"nobody"'),
    "a role that is not there": (trust({"AWS": f"arn:aws:iam::{ACCOUNT}:role/no"}), f'Invalid principal in policy: "AWS":"arn:aws:iam::{ACCOUNT}:role/no"'),
}


@pytest.mark.parametrize(("document", "said"), MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_trust_policies(iam, document, said):
    assert refused(iam.create_role, RoleName=unique("r"), AssumeRolePolicyDocument=document) == ("MalformedPolicyDocument", 400, said)


def test_malformed_identity_policies(iam):
    name = unique("web")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=TASKS)
    for document, said in [
        ("[", "This policy contains invalid Json"),
        (json.dumps({"Statement": {"Effect": "Allow", "Action": "*"}}), "Policy statement must contain resources."),
        (policy("RunTask"), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
        (policy("*", "web"), 'Resource web must be in ARN format or "*".'),
        (policy("*", Principal="*"), "Policy document should not specify a principal."),
    ]:
        assert refused(iam.put_role_policy, RoleName=name, PolicyName="p", PolicyDocument=document) == ("MalformedPolicyDocument", 400, said)
        assert refused(iam.create_policy, PolicyName=unique("p"), PolicyDocument=document)[0] == "MalformedPolicyDocument"


def test_pages_of_roles(iam):
    path = f"/{unique('pages')}/"
    names = sorted(unique("r") for _ in range(5))
    for name in names:
        iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=TASKS)
    pages = list(iam.get_paginator("list_roles").paginate(PathPrefix=path, PaginationConfig={"PageSize": 2}))
    assert [len(p["Roles"]) for p in pages] == [2, 2, 1]
    assert [r["RoleName"] for p in pages for r in p["Roles"]] == names
    assert refused(iam.list_roles, Marker="nonsense")[0] == "ValidationError"


def test_managed_policies(iam):
    name, web = unique("p"), unique("web")
    made = iam.create_policy(PolicyName=name, Path="/ops/", PolicyDocument=policy("ecs:*"), Tags=[{"Key": "a", "Value": "b"}])["Policy"]
    arn = made["Arn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:policy/ops/{name}" and made["PolicyId"].startswith("ANPA")
    iam.create_role(RoleName=web, AssumeRolePolicyDocument=TASKS, PermissionsBoundary=arn)
    iam.attach_role_policy(RoleName=web, PolicyArn=arn)
    shown = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (shown["AttachmentCount"], shown["PermissionsBoundaryUsageCount"], shown["DefaultVersionId"]) == (1, 1, "v1")
    assert iam.get_role(RoleName=web)["Role"]["PermissionsBoundary"] == {"PermissionsBoundaryType": "PermissionsBoundaryPolicy", "PermissionsBoundaryArn": arn}
    assert refused(iam.delete_policy, PolicyArn=arn)[:2] == ("DeleteConflict", 409)
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy("logs:*"), SetAsDefault=True)["PolicyVersion"]["VersionId"] == "v2"
    assert iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]["Document"] == json.loads(policy("logs:*"))
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == ["v2", "v1"]
    listed = iam.list_policies(Scope="Local", OnlyAttached=True, PathPrefix="/ops/")["Policies"]
    assert arn in [p["Arn"] for p in listed]
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    iam.delete_role_permissions_boundary(RoleName=web)
    iam.detach_role_policy(RoleName=web, PolicyArn=arn)
    iam.delete_policy(PolicyArn=arn)
    iam.delete_role(RoleName=web)


def test_tags_and_settings(iam):
    name = unique("web")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=TASKS)
    iam.tag_role(RoleName=name, Tags=[{"Key": "b", "Value": "1"}, {"Key": "a", "Value": "2"}])
    assert [t["Key"] for t in iam.list_role_tags(RoleName=name)["Tags"]] == ["a", "b"]
    iam.untag_role(RoleName=name, TagKeys=["A"])
    assert iam.list_role_tags(RoleName=name)["Tags"] == [{"Key": "b", "Value": "1"}]
    iam.update_role(RoleName=name, Description="new", MaxSessionDuration=3601)
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=ANYBODY)
    shown = iam.get_role(RoleName=name)["Role"]
    assert (shown["Description"], shown["MaxSessionDuration"], shown["AssumeRolePolicyDocument"]) == ("new", 3601, json.loads(ANYBODY))
    assert refused(iam.update_role, RoleName=name, MaxSessionDuration=43201)[0] == "ValidationError"
    assert iam.update_role_description(RoleName=name, Description="newer")["Role"]["Description"] == "newer"


def test_the_cli(control):
    name = unique("cli")
    made = control.aws("iam", "create-role", "--role-name", name, "--assume-role-policy-document", TASKS, "--query", "Role.Arn", "--output", "text").stdout.strip()
    assert made.endswith(f":role/{name}")
    control.aws("iam", "attach-role-policy", "--role-name", name, "--policy-arn", EXECUTION)
    control.aws("iam", "create-service-linked-role", "--aws-service-name", "elasticloadbalancing.amazonaws.com")
    refused = control.aws("iam", "create-user", "--user-name", "ann", check=False)
    assert refused.returncode != 0 and "CreateUser" in refused.stderr


def test_the_role_of_ecs_is_there_from_the_start(control):
    [shown] = json.loads(control.aws("iam", "list-roles", "--path-prefix", "/aws-service-role/ecs.amazonaws.com/", "--output", "json").stdout)["Roles"]
    assert shown["RoleName"] == "AWSServiceRoleForECS" and shown["Arn"].endswith(":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
    refused = control.aws("iam", "create-service-linked-role", "--aws-service-name", "ecs.amazonaws.com", check=False)
    assert "AWSServiceRoleForECS has been taken in this account" in refused.stderr


def test_roles_outlive_the_server(fresh):
    longshore = fresh("server").start()
    arn = role(longshore, allows="ecs:ListClusters")
    longshore.kill()
    longshore.start()
    assert longshore.client("iam").get_role(RoleName=arn.rsplit("/", 1)[1])["Role"]["Arn"] == arn
