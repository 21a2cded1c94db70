"""Clusters, container instances, attributes, tags and account settings, on a control plane without a node."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION
from machines import register
from tasks import unique

CLUSTER_ARN = f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster"


@pytest.fixture(scope="module")
def ecs(control):
    return control.ecs


@pytest.fixture(scope="module")
def unchecked(control):
    return control.unchecked


@pytest.fixture
def cluster(ecs) -> str:
    name = unique("cluster")
    ecs.create_cluster(clusterName=name)
    return name


def refusal(call, **parameters) -> tuple[str, str]:
    """The code and the message of an error."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    assert 400 <= caught.value.response["ResponseMetadata"]["HTTPStatusCode"] < 500
    return error["Code"], error["Message"]


def pages(operation, key: str, **parameters) -> list[list]:
    """Every page of a list, by hand."""
    found, token = [], None
    while True:
        page = operation(**parameters, **({"nextToken": token} if token else {}))
        found.append(page[key])
        token = page.get("nextToken")
        if not token:
            return found


# -- clusters


def test_the_first_start_makes_the_default_cluster(ecs):
    [default] = ecs.describe_clusters()["clusters"]
    assert (default["clusterName"], default["status"]) == ("default", "ACTIVE")


def test_a_cluster_lives(ecs):
    name = unique("life")
    made = ecs.create_cluster(clusterName=name, tags=[{"key": "a", "value": "1"}], settings=[{"name": "containerInsights", "value": "enabled"}])["cluster"]
    assert made["clusterArn"] == f"{CLUSTER_ARN}/{name}"
    assert made["status"] == "ACTIVE"
    assert made["tags"] == [{"key": "a", "value": "1"}]
    assert made["settings"] == [{"name": "containerInsights", "value": "enabled"}]
    assert [made[k] for k in ("registeredContainerInstancesCount", "runningTasksCount", "pendingTasksCount", "activeServicesCount")] == [0] * 4
    # By name and by ARN, and nothing optional unless asked for.
    for named in (name, made["clusterArn"]):
        [shown] = ecs.describe_clusters(clusters=[named])["clusters"]
        assert shown["clusterArn"] == made["clusterArn"]
        assert shown.get("settings", []) == [] and shown.get("tags", []) == [] and shown.get("statistics", []) == []
    include = ["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]
    [shown] = ecs.describe_clusters(clusters=[name], include=include)["clusters"]
    assert shown["tags"] == made["tags"] and shown["settings"] == made["settings"]
    statistics = {s["name"]: s["value"] for s in shown["statistics"]}
    assert statistics["runningEC2TasksCount"] == "0" and statistics["drainingFargateServiceCount"] == "0"
    # The same again is the same cluster.
    assert ecs.create_cluster(clusterName=name)["cluster"]["clusterArn"] == made["clusterArn"]
    changed = ecs.update_cluster_settings(cluster=name, settings=[{"name": "containerInsights", "value": "disabled"}])["cluster"]
    assert changed["settings"] == [{"name": "containerInsights", "value": "disabled"}]
    command = {"executeCommandConfiguration": {"logging": "DEFAULT"}}
    changed = ecs.update_cluster(cluster=name, configuration=command)["cluster"]
    assert changed["configuration"] == command
    deleted = ecs.delete_cluster(cluster=name)["cluster"]
    assert deleted["status"] == "INACTIVE"
    assert made["clusterArn"] not in ecs.list_clusters()["clusterArns"]
    assert ecs.describe_clusters(clusters=[name])["clusters"][0]["status"] == "INACTIVE"
    assert refusal(ecs.list_tasks, cluster=name)[0] == "ClusterNotFoundException"
    # Its name begins a new one.
    assert ecs.create_cluster(clusterName=name)["cluster"]["status"] == "ACTIVE"


def test_clusters_that_are_missing(ecs):
    answer = ecs.describe_clusters(clusters=["absent", "default", f"{CLUSTER_ARN}/gone"])
    assert [c["clusterName"] for c in answer["clusters"]] == ["default"]
    assert answer["failures"] == [{"arn": f"{CLUSTER_ARN}/absent", "reason": "MISSING"}, {"arn": f"{CLUSTER_ARN}/gone", "reason": "MISSING"}]
    calls = [
        (ecs.delete_cluster, {}), (ecs.list_tasks, {}), (ecs.list_container_instances, {}), (ecs.update_cluster, {}),
        (ecs.describe_tasks, {"tasks": ["0" * 32]}), (ecs.describe_container_instances, {"containerInstances": ["0" * 32]}),
        (ecs.run_task, {"taskDefinition": "x"}), (ecs.stop_task, {"task": "0" * 32}), (ecs.list_attributes, {"targetType": "container-instance"}),
    ]
    for call, more in calls:
        assert refusal(call, cluster="absent", **more) == ("ClusterNotFoundException", "Cluster not found."), call


@pytest.mark.parametrize("name", ["with space", "slash/ed", "ümlaut", "x" * 256])
def test_names_that_clusters_cannot_have(ecs, name):
    assert refusal(ecs.create_cluster, clusterName=name)[0] == "InvalidParameterException"


def test_wrong_settings_and_configurations(ecs, cluster):
    assert refusal(ecs.update_cluster_settings, cluster=cluster, settings=[{"name": "containerInsights", "value": "maybe"}])[0] == "InvalidParameterException"
    wrong = {"executeCommandConfiguration": {"logging": "OVERRIDE"}}
    assert refusal(ecs.update_cluster, cluster=cluster, configuration=wrong)[0] == "InvalidParameterException"


def test_clusters_are_paged(ecs):
    names = sorted(unique("page") for _ in range(5))
    for name in names:
        ecs.create_cluster(clusterName=name)
    found = pages(ecs.list_clusters, "clusterArns", maxResults=2)
    assert all(1 <= len(page) <= 2 for page in found)
    every = [arn for page in found for arn in page]
    assert len(set(every)) == len(every) and {f"{CLUSTER_ARN}/{n}" for n in names} <= set(every)
    assert refusal(ecs.list_clusters, nextToken="!!")[0] == "InvalidParameterException"
    assert refusal(ecs.list_clusters, maxResults=101)[0] == "InvalidParameterException"


def test_a_cluster_in_use_is_not_deleted(ecs, cluster):
    arn = register(ecs, cluster)
    assert refusal(ecs.delete_cluster, cluster=cluster) == (
        "ClusterContainsContainerInstancesException",
        "The Cluster cannot be deleted while Container Instances are active or draining.",
    )
    ecs.deregister_container_instance(cluster=cluster, containerInstance=arn)
    ecs.delete_cluster(cluster=cluster)


# -- container instances


def test_an_instance_lives(ecs, cluster):
    arn = register(ecs, cluster, {"rack": "r1", "ecs.capability.thing": None}, tags=[{"key": "k", "value": "v"}])
    assert arn.startswith(f"arn:aws:ecs:{REGION}:{ACCOUNT}:container-instance/{cluster}/")
    assert ecs.list_container_instances(cluster=cluster)["containerInstanceArns"] == [arn]
    for named in (arn, arn.rsplit("/", 1)[1]):
        [shown] = ecs.describe_container_instances(cluster=cluster, containerInstances=[named], include=["TAGS", "CONTAINER_INSTANCE_HEALTH"])["containerInstances"]
        assert shown["containerInstanceArn"] == arn
    assert (shown["status"], shown["agentConnected"], shown["runningTasksCount"], shown["pendingTasksCount"]) == ("ACTIVE", False, 0, 0)
    assert shown["tags"] == [{"key": "k", "value": "v"}]
    assert shown["versionInfo"]["agentVersion"] == "1.105.1"
    registered = {r["name"]: r for r in shown["registeredResources"]}
    assert (registered["CPU"]["integerValue"], registered["MEMORY"]["integerValue"]) == (2048, 4096)
    assert {"name": "rack", "value": "r1"} in shown["attributes"] and {"name": "ecs.capability.thing"} in shown["attributes"]
    # The same agent after a restart is the same instance.
    again = ecs.register_container_instance(cluster=cluster, containerInstanceArn=arn, totalResources=[{"name": "CPU", "type": "INTEGER", "integerValue": 1024}])
    assert again["containerInstance"]["containerInstanceArn"] == arn
    [draining] = ecs.update_container_instances_state(cluster=cluster, containerInstances=[arn], status="DRAINING")["containerInstances"]
    assert draining["status"] == "DRAINING"
    assert ecs.list_container_instances(cluster=cluster, status="DRAINING")["containerInstanceArns"] == [arn]
    assert ecs.list_container_instances(cluster=cluster, status="ACTIVE")["containerInstanceArns"] == []
    gone = ecs.deregister_container_instance(cluster=cluster, containerInstance=arn)["containerInstance"]
    assert gone["status"] == "INACTIVE"
    assert ecs.list_container_instances(cluster=cluster)["containerInstanceArns"] == []


def test_cores_of_neuron_devices_are_shown(ecs, cluster):
    resources = [{"name": "CPU", "type": "INTEGER", "integerValue": 1024}, {"name": "MEMORY", "type": "INTEGER", "integerValue": 1024}, {"name": "NEURON_CORES", "type": "STRINGSET", "stringSetValue": ["0", "1"]}]
    made = ecs.register_container_instance(cluster=cluster, totalResources=resources)["containerInstance"]
    for shown in (made["registeredResources"], made["remainingResources"]):
        assert next(r for r in shown if r["name"] == "NEURON_CORES")["stringSetValue"] == ["0", "1"]
    other = [*resources[:2], {"name": "ACRES", "type": "INTEGER", "integerValue": 1}]
    assert refusal(ecs.register_container_instance, cluster=cluster, totalResources=other) == ("InvalidParameterException", "The resource 'ACRES' is not known.")


def test_instances_that_are_missing(ecs, cluster):
    absent = "0" * 32
    answer = ecs.describe_container_instances(cluster=cluster, containerInstances=[absent])
    assert answer["containerInstances"] == []
    [failure] = answer["failures"]
    assert failure["reason"] == "MISSING" and failure["arn"].endswith(absent)
    changed = ecs.update_container_instances_state(cluster=cluster, containerInstances=[absent], status="DRAINING")
    assert [f["reason"] for f in changed["failures"]] == ["MISSING"]
    assert refusal(ecs.deregister_container_instance, cluster=cluster, containerInstance=absent) == ("InvalidParameterException", "Referenced container instance not found.")
    assert refusal(ecs.update_container_agent, cluster=cluster, containerInstance=absent)[0] == "ClientException"
    assert refusal(ecs.update_container_instances_state, cluster=cluster, containerInstances=[absent], status="INACTIVE")[0] == "InvalidParameterException"
    assert refusal(ecs.describe_container_instances, cluster=cluster, containerInstances=[])[0] == "InvalidParameterException"


def test_instances_are_filtered_and_paged(ecs, cluster):
    arns = {rack: register(ecs, cluster, {"rack": rack, "big": "yes" if rack > "b" else "no"}) for rack in "abcde"}
    def by(text: str) -> set[str]:
        return set(ecs.list_container_instances(cluster=cluster, filter=text)["containerInstanceArns"])

    assert by("attribute:rack == a") == {arns["a"]}
    assert by("attribute:rack in [a, c]") == {arns["a"], arns["c"]}
    assert by("attribute:big == yes and attribute:rack != e") == {arns["c"], arns["d"]}
    assert by("not(attribute:rack matches '[a-c]') or attribute:rack == b") == {arns["b"], arns["d"], arns["e"]}
    assert by("attribute:absent exists") == set()
    assert by("runningTasksCount == 0") == set(arns.values())
    assert by("agentConnected == true") == set()
    assert refusal(ecs.list_container_instances, cluster=cluster, filter="attribute:")[0] == "InvalidParameterException"
    found = pages(ecs.list_container_instances, "containerInstanceArns", cluster=cluster, maxResults=2)
    assert [len(page) for page in found] == [2, 2, 1]
    assert {arn for page in found for arn in page} == set(arns.values())


def test_there_is_no_update_of_an_agent(ecs, cluster):
    arn = register(ecs, cluster)
    assert refusal(ecs.update_container_agent, cluster=cluster, containerInstance=arn) == ("ClientException", "The container agent is not connected.")


# -- attributes


def test_attributes_live(ecs, cluster):
    one, two = register(ecs, cluster), register(ecs, cluster)
    given = [{"name": "stack", "value": "production", "targetId": one}, {"name": "ssd", "targetType": "container-instance", "targetId": two.rsplit("/", 1)[1]}]
    assert ecs.put_attributes(cluster=cluster, attributes=given)["attributes"] == given
    listed = ecs.list_attributes(cluster=cluster, targetType="container-instance", attributeName="stack")["attributes"]
    assert listed == [{"name": "stack", "value": "production", "targetType": "container-instance", "targetId": one}]
    assert ecs.list_attributes(cluster=cluster, targetType="container-instance", attributeName="stack", attributeValue="test")["attributes"] == []
    assert ecs.list_container_instances(cluster=cluster, filter="attribute:ssd exists")["containerInstanceArns"] == [two]
    ecs.put_attributes(cluster=cluster, attributes=[{"name": "stack", "value": "test", "targetId": one}])
    assert ecs.list_attributes(cluster=cluster, targetType="container-instance", attributeName="stack")["attributes"][0]["value"] == "test"
    ecs.delete_attributes(cluster=cluster, attributes=[{"name": "stack", "targetId": one}])
    assert ecs.list_attributes(cluster=cluster, targetType="container-instance", attributeName="stack")["attributes"] == []


def test_attributes_that_cannot_be(ecs, cluster):
    arn = register(ecs, cluster)
    def put(**attribute):
        return refusal(ecs.put_attributes, cluster=cluster, attributes=[{"targetId": arn, **attribute}])

    assert put(name="x" * 129)[0] == "InvalidParameterException"
    assert put(name="with space")[0] == "InvalidParameterException"
    assert put(name="ecs.own", value="x")[0] == "InvalidParameterException"
    assert refusal(ecs.put_attributes, cluster=cluster, attributes=[{"name": "a", "targetId": "0" * 32, "targetType": "container-instance"}])[0] == "TargetNotFoundException"
    many = [{"name": f"a{n}", "targetId": arn} for n in range(10)]
    ecs.put_attributes(cluster=cluster, attributes=many)
    assert put(name="one-more")[0] == "AttributeLimitExceededException"
    found = pages(ecs.list_attributes, "attributes", cluster=cluster, targetType="container-instance", maxResults=3)
    assert [len(p) for p in found] == [3, 3, 3, 1]


# -- tags


def test_tags_of_every_resource(ecs, cluster):
    instance = register(ecs, cluster)
    definition = ecs.register_task_definition(family=unique("tagged"), containerDefinitions=[{"name": "c", "image": "i", "memory": 8}])["taskDefinition"]["taskDefinitionArn"]
    for arn in (f"{CLUSTER_ARN}/{cluster}", instance, definition):
        ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": ""}])
        ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "2"}])
        ecs.untag_resource(resourceArn=arn, tagKeys=["b", "absent"])
        assert ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "a", "value": "2"}]


def test_tags_that_cannot_be(ecs, cluster):
    arn = f"{CLUSTER_ARN}/{cluster}"
    assert refusal(ecs.tag_resource, resourceArn=arn, tags=[{"key": "aws:mine", "value": "x"}])[0] == "InvalidParameterException"
    assert refusal(ecs.tag_resource, resourceArn=arn, tags=[{"key": f"k{n}", "value": ""} for n in range(51)])[0] == "InvalidParameterException"
    assert refusal(ecs.tag_resource, resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "a", "value": "2"}])[0] == "InvalidParameterException"
    assert refusal(ecs.list_tags_for_resource, resourceArn="nothing")[0] == "InvalidParameterException"
    assert refusal(ecs.list_tags_for_resource, resourceArn=f"{CLUSTER_ARN}/absent")[0] == "ClusterNotFoundException"


# -- account settings


def test_account_settings(ecs):
    def effective(name: str) -> dict:
        [one] = ecs.list_account_settings(name=name, effectiveSettings=True)["settings"]
        return one

    name = "containerInsights"
    assert effective(name)["value"] == "disabled"
    assert ecs.list_account_settings(name=name)["settings"] == []
    assert ecs.put_account_setting_default(name=name, value="enabled")["setting"]["principalArn"].endswith(":root")
    assert effective(name)["value"] == "enabled"
    made = ecs.create_cluster(clusterName=unique("insights"))["cluster"]
    assert made["settings"] == [{"name": name, "value": "enabled"}]
    principal = f"arn:aws:iam::{ACCOUNT}:role/somebody"
    ecs.put_account_setting(name=name, value="disabled", principalArn=principal)
    assert ecs.list_account_settings(name=name, principalArn=principal)["settings"][0]["value"] == "disabled"
    assert effective(name)["value"] == "enabled"
    ecs.delete_account_setting(name=name, principalArn=principal)
    assert ecs.list_account_settings(name=name, principalArn=principal)["settings"] == []
    ecs.put_account_setting_default(name=name, value="disabled")
    every = [s["name"] for page in pages(ecs.list_account_settings, "settings", effectiveSettings=True, maxResults=5) for s in page]
    assert len(every) == len(set(every)) >= 10 and "taskLongArnFormat" in every


def test_account_settings_that_cannot_be(ecs, unchecked):
    assert refusal(unchecked.put_account_setting, name="unheardOf", value="enabled")[0] == "InvalidParameterException"
    assert refusal(ecs.put_account_setting, name="awsvpcTrunking", value="maybe")[0] == "InvalidParameterException"
    assert refusal(ecs.put_account_setting, name="guardDutyActivate", value="on")[0] == "InvalidParameterException"


# -- what agents call


def test_an_agent_finds_its_endpoints(ecs, cluster, control):
    arn = register(ecs, cluster)
    found = ecs.discover_poll_endpoint(cluster=cluster, containerInstance=arn)
    assert found["endpoint"].startswith(control.endpoint) and found["telemetryEndpoint"].startswith(control.endpoint)
    ack = ecs.submit_task_state_change(cluster=cluster, task=f"arn:aws:ecs:{REGION}:{ACCOUNT}:task/{cluster}/{'0' * 32}", status="RUNNING")
    assert ack["acknowledgment"] == "ACK"
    assert ecs.submit_container_state_change(cluster=cluster, task="0" * 32, containerName="c", status="RUNNING")["acknowledgment"] == "ACK"
    assert ecs.submit_attachment_state_changes(cluster=cluster, attachments=[{"attachmentArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:attachment/x", "status": "ATTACHED"}])["acknowledgment"] == "ACK"
    # Without an agent's connection nothing is placed on it.
    definition = ecs.register_task_definition(family=unique("unplaced"), containerDefinitions=[{"name": "c", "image": "i", "memory": 8}])["taskDefinition"]["taskDefinitionArn"]
    answer = ecs.run_task(cluster=cluster, taskDefinition=definition)
    assert (answer["tasks"], [(f["arn"], f["reason"]) for f in answer["failures"]]) == ([], [(arn, "AGENT")])
    answer = ecs.start_task(cluster=cluster, taskDefinition=definition, containerInstances=[arn, "0" * 32])
    assert sorted(f["reason"] for f in answer["failures"]) == ["AGENT", "MISSING"]


def test_what_is_not_built_says_so(ecs):
    # An honest error with a status of its own, not an empty success.
    with pytest.raises(ClientError) as caught:
        ecs.list_gateways()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 501)
    assert "ListGateways" in caught.value.response["Error"]["Message"]
