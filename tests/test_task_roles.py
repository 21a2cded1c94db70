"""Roles of tasks: what RunTask asks of them, what an agent does with an execution role, and task protection."""

from __future__ import annotations

import pytest

from longshore import ACCOUNT
from roles import TASKS, Acting, policy, refused, role, trust
from tasks import IDLE, awslogs, container, unique


def unassumable(arn: str) -> str:
    return (
        f"ECS was unable to assume the role '{arn}' that was provided for this task. Please verify that the role being passed has the "
        "proper trust relationship and permissions and that your IAM user has permissions to pass this role."
    )


def test_a_role_that_is_not_there_or_not_for_tasks(longshore, tasks, ecs):
    missing = f"arn:aws:iam::{ACCOUNT}:role/missing"
    closed = role(longshore, trust({"Service": "ec2.amazonaws.com"}))
    elsewhere = role(longshore, trust({"Service": "ecs-tasks.amazonaws.com"}, Condition={"StringEquals": {"aws:SourceAccount": "210987654321"}}))
    definition = tasks.define(container(IDLE))
    for arn in (missing, closed, elsewhere):
        for overrides in ({"taskRoleArn": arn}, {"executionRoleArn": arn}):
            assert refused(ecs.run_task, taskDefinition=definition, overrides=overrides) == ("ClientException", 400, unassumable(arn))
        named = tasks.define(container(IDLE), executionRoleArn=arn)
        assert refused(ecs.run_task, taskDefinition=named)[2] == unassumable(arn)
        instance = longshore.instance()["containerInstanceArn"]
        assert refused(ecs.start_task, taskDefinition=named, containerInstances=[instance])[2] == unassumable(arn)


def test_what_is_no_role(ecs):
    for arn in (f"arn:aws:iam::{ACCOUNT}:user/ann", "arn:aws:iam::12:role/x", "a b"):
        definition = {"family": unique("f"), "containerDefinitions": [{"name": "c", "image": "i", "memory": 32}]}
        assert refused(ecs.register_task_definition, taskRoleArn=arn, **definition) == ("ClientException", 400, "Role is not valid")
        assert refused(ecs.register_task_definition, executionRoleArn=arn, **definition)[2] == "Role is not valid"


def test_an_execution_role_ships_the_log(longshore, tasks):
    """The agent signs with the role's credentials: what the role may not do does not happen."""
    group, name = unique("/execution"), unique("execution")
    arn = role(longshore, TASKS, name=name)
    log = {"logConfiguration": awslogs(group=group)}
    failed = tasks.finish(container("echo said", **log), executionRoleArn=arn)
    assert "exitCode" not in failed["containers"][0] and "AccessDenied" in failed["containers"][0]["reason"], failed
    assert "no identity-based policy allows the logs:CreateLogStream action" in failed["containers"][0]["reason"]
    # AWS's own policy lets it write, and not make the group.
    longshore.logs.create_log_group(logGroupName=group)
    del log["logConfiguration"]["options"]["awslogs-create-group"]
    longshore.client("iam").attach_role_policy(RoleName=name, PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")
    done = tasks.finish(container("echo said", **log), executionRoleArn=arn)
    assert done["containers"][0]["exitCode"] == 0, done
    said = longshore.logs.filter_log_events(logGroupName=group)["events"]
    assert [e["message"] for e in said] == ["said"]


def test_who_passes_a_role_needs_the_permission(longshore, tasks):
    passed = role(longshore, TASKS)
    caller = role(longshore, allows=["ecs:*"])
    name = caller.rsplit("/", 1)[1]
    given = longshore.client("sts").assume_role(RoleArn=caller, RoleSessionName="me")["Credentials"]
    acting = Acting(longshore, given).client("ecs")
    definition = {"family": unique("f"), "containerDefinitions": [{"name": "c", "image": "i", "memory": 32}], "executionRoleArn": passed}
    code, status, said = refused(acting.register_task_definition, **definition)
    assert (code, status) == ("AccessDeniedException", 400)
    assert f"is not authorized to perform: iam:PassRole on resource: {passed} because no identity-based policy" in said
    document = policy("iam:PassRole", passed, Condition={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}})
    longshore.client("iam").put_role_policy(RoleName=name, PolicyName="pass", PolicyDocument=document)
    made = acting.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"]
    assert acting.run_task(taskDefinition=made)["failures"] == []


def test_a_session_of_a_role_is_no_agent(longshore):
    """Whoever may not poll does not get an agent's session, in which the credentials of tasks are told."""
    import http.client

    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    from longshore import REGION

    instance = longshore.instance()["containerInstanceArn"]

    def handshake(path: str, query: str, arn: str) -> int:
        given = longshore.client("sts").assume_role(RoleArn=arn, RoleSessionName="me")["Credentials"]
        url = f"{longshore.endpoint}{path}?{query}"
        request = AWSRequest("GET", url, headers={"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="})
        SigV4Auth(Credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]), "ecs", REGION).add_auth(request)
        connection = http.client.HTTPConnection(longshore.endpoint.removeprefix("http://"), timeout=10)
        connection.request("GET", f"{path}?{query}", headers=dict(request.headers.items()))
        status = connection.getresponse().status
        connection.close()
        return status

    nobody = role(longshore, allows="logs:*")
    for path, query in (("/acs/ws", f"clusterArn=default&containerInstanceArn={instance}"), ("/tcs/ws", f"cluster=default&containerInstance={instance}")):
        assert handshake(path, query, nobody) == 403, path


def test_protection_is_for_tasks_of_services(tasks, ecs):
    arn = tasks.start(container(IDLE))
    for answer in (ecs.update_task_protection(cluster="default", tasks=[arn], protectionEnabled=True), ecs.get_task_protection(cluster="default", tasks=[arn])):
        [failure] = answer["failures"]
        assert (failure["arn"], failure["reason"]) == (arn, "TASK_NOT_VALID")
        assert failure["detail"] == "The specified task is not part of an Amazon ECS service."
        assert answer["protectedTasks"] == []
    missing = "0" * 32
    assert ecs.get_task_protection(cluster="default", tasks=[missing])["failures"][0]["reason"] == "MISSING"
    for minutes in (0, 2881):
        assert refused(ecs.update_task_protection, cluster="default", tasks=[arn], protectionEnabled=True, expiresInMinutes=minutes)[0] == "InvalidParameterException"
    assert refused(ecs.get_task_protection, cluster="no-such", tasks=[arn])[0] == "ClusterNotFoundException"
    tasks.stop(arn)
