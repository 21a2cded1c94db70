"""Roles for tests: made as users make them, with boto3."""

from __future__ import annotations

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, ONCE, REGION, Longshore
from tasks import unique


def trust(principal: dict | str, actions: str | list[str] = "sts:AssumeRole", **more) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": actions, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


TASKS = trust({"Service": "ecs-tasks.amazonaws.com"})
# Who has the account's leave: here, the administrator.
ANYBODY = trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"])


def policy(actions: str | list[str], resource: str | list[str] = "*", effect: str = "Allow", **more) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": actions, "Resource": resource, **more}]})


def role(longshore: Longshore, trust_policy: str = ANYBODY, name: str | None = None, allows: str | list[str] | None = None, **more) -> str:
    """A new role's ARN."""
    name = name or unique("role")
    made = longshore.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust_policy, **more)["Role"]
    if allows is not None:
        longshore.client("iam").put_role_policy(RoleName=name, PolicyName="allows", PolicyDocument=policy(allows))
    return made["Arn"]


def session(credentials: dict) -> boto3.Session:
    """One that signs with what STS or an agent gave."""
    return boto3.Session(credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"], region_name=REGION)


class Acting:
    """Clients of one session."""

    def __init__(self, longshore: Longshore, credentials: dict) -> None:
        self.longshore, self.session = longshore, session(credentials)

    def client(self, service: str):
        return self.session.client(service, endpoint_url=self.longshore.endpoint, config=ONCE)


def refused(call, *arguments, **named) -> tuple[str, int, str]:
    """Code, status and message of a call that is refused."""
    with pytest.raises(ClientError) as error:
        call(*arguments, **named)
    response = error.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Message"]
