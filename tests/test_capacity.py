"""Capacity providers: the operations as the aws CLI calls them, and tasks that wait for the instances of one."""

from __future__ import annotations

import json

import pytest

from tasks import IDLE, container, exit_code, unique
from waiting import until


def group(name: str, scaling: str = "DISABLED") -> str:
    return json.dumps({"autoScalingGroupArn": name, "managedScaling": {"status": scaling}})


@pytest.fixture
def cluster(ecs):
    name = unique("capacity")
    ecs.create_cluster(clusterName=name)
    yield name
    ecs.put_cluster_capacity_providers(cluster=name, capacityProviders=[], defaultCapacityProviderStrategy=[])
    ecs.delete_cluster(cluster=name)


def test_the_life_of_a_provider(longshore, ecs, cluster):
    name = unique("provider")
    made = json.loads(longshore.aws("ecs", "create-capacity-provider", "--name", name, "--auto-scaling-group-provider", group(name), "--tags", "key=team,value=a").stdout)["capacityProvider"]
    assert (made["status"], made["type"], made["capacityProviderArn"].split("/")[-1]) == ("ACTIVE", "EC2_AUTOSCALING", name)
    assert made["autoScalingGroupProvider"]["managedScaling"] == {
        "status": "DISABLED", "targetCapacity": 100, "minimumScalingStepSize": 1, "maximumScalingStepSize": 10000, "instanceWarmupPeriod": 300}
    longshore.aws("ecs", "update-capacity-provider", "--name", name, "--auto-scaling-group-provider", "managedScaling={targetCapacity=70}")
    shown = json.loads(longshore.aws("ecs", "describe-capacity-providers", "--capacity-providers", name, "FARGATE", "--include", "TAGS").stdout)
    first, second = shown["capacityProviders"]
    assert first["autoScalingGroupProvider"]["managedScaling"]["targetCapacity"] == 70
    assert first["tags"] == [{"key": "team", "value": "a"}]
    assert (second["name"], second["status"]) == ("FARGATE", "ACTIVE")
    put = ["ecs", "put-cluster-capacity-providers", "--cluster", cluster]
    there = json.loads(longshore.aws(*put, "--capacity-providers", name, "FARGATE", "--default-capacity-provider-strategy", f"capacityProvider={name},weight=1,base=1").stdout)["cluster"]
    assert there["capacityProviders"] == [name, "FARGATE"]
    assert there["defaultCapacityProviderStrategy"] == [{"capacityProvider": name, "weight": 1, "base": 1}]
    described = json.loads(longshore.aws("ecs", "describe-clusters", "--clusters", cluster, "--include", "ATTACHMENTS").stdout)["clusters"][0]
    assert [a["type"] for a in described["attachments"]] == ["managed_draining"]
    mixed = longshore.aws(*put, "--capacity-providers", name, "FARGATE", "--default-capacity-provider-strategy",
                          f"capacityProvider={name},weight=1", "capacityProvider=FARGATE,weight=1", check=False)
    assert "cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers" in mixed.stderr
    longshore.aws("ecs", "delete-capacity-provider", "--capacity-provider", name)
    kept = ecs.describe_capacity_providers(capacityProviders=[name])["capacityProviders"][0]
    assert (kept["status"], kept["updateStatus"]) == ("ACTIVE", "DELETE_FAILED")
    longshore.aws(*put, "--capacity-providers", "--default-capacity-provider-strategy")
    longshore.aws("ecs", "delete-capacity-provider", "--capacity-provider", name)
    gone = ecs.describe_capacity_providers(capacityProviders=[name])["capacityProviders"][0]
    assert (gone["status"], gone["updateStatus"]) == ("INACTIVE", "DELETE_COMPLETE")
    assert name not in [p["name"] for p in ecs.describe_capacity_providers()["capacityProviders"]]


def test_spot_tasks_have_no_room_without_a_spot_node(tasks, ecs, longshore):
    network = {"awsvpcConfiguration": {"subnets": longshore.subnets()}}
    definition = tasks.define(container(IDLE, memory=None, logConfiguration=None), networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512")
    strategy = [{"capacityProvider": "FARGATE", "base": 1, "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    ran = ecs.run_task(taskDefinition=definition, count=3, capacityProviderStrategy=strategy, networkConfiguration=network)
    started = [t["capacityProviderName"] for t in ran["tasks"]]
    assert started == ["FARGATE", "FARGATE"]
    assert [f["reason"] for f in ran["failures"]] == ["Capacity is unavailable at this time. Please try again later or in a different availability zone"]
    for task in ran["tasks"]:
        ecs.stop_task(task=task["taskArn"])
    for task in ran["tasks"]:
        tasks.stopped(task["taskArn"])


def test_the_default_strategy_is_used(tasks, ecs, longshore):
    """The instance of `up` belongs to no provider: with one as the default a launch finds nothing, with a launch type it does."""
    name = unique("provider")
    ecs.create_capacity_provider(name=name, autoScalingGroupProvider={"autoScalingGroupArn": name})
    ecs.put_cluster_capacity_providers(cluster="default", capacityProviders=[name, "FARGATE", "FARGATE_SPOT"],
                                       defaultCapacityProviderStrategy=[{"capacityProvider": name}])
    try:
        definition = tasks.define(container("exit 4"))
        with pytest.raises(ecs.exceptions.InvalidParameterException, match="No Container Instances were found in your capacity provider"):
            ecs.run_task(taskDefinition=definition)
        task = tasks.stopped(ecs.run_task(taskDefinition=definition, launchType="EC2")["tasks"][0]["taskArn"])
        assert exit_code(task) == 4
        assert "capacityProviderName" not in task
    finally:
        ecs.put_cluster_capacity_providers(cluster="default", capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[])
        ecs.delete_capacity_provider(capacityProvider=name)
    until(lambda: ecs.describe_capacity_providers(capacityProviders=[name])["capacityProviders"][0]["status"] == "INACTIVE", 5, "its end")


def test_a_service_goes_from_launch_types_to_strategies_and_back(tasks, ecs, cluster, longshore):
    name = unique("provider")
    ecs.create_capacity_provider(name=name, autoScalingGroupProvider={"autoScalingGroupArn": name})
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[name, "FARGATE"], defaultCapacityProviderStrategy=[])
    definition = tasks.define(container(IDLE, logConfiguration=None), networkMode="awsvpc", requiresCompatibilities=["FARGATE", "EC2"], cpu="256", memory="512")
    own, fargate = [{"capacityProvider": name}], [{"capacityProvider": "FARGATE"}]
    network = {"awsvpcConfiguration": {"subnets": longshore.subnets()}}

    def shown(service: dict) -> tuple:
        return service.get("launchType"), [p["capacityProvider"] for p in service.get("capacityProviderStrategy", [])], service.get("platformVersion")

    def update(strategy: list[dict], force: bool = True) -> tuple:
        return shown(ecs.update_service(cluster=cluster, service="site", capacityProviderStrategy=strategy, forceNewDeployment=force)["service"])

    made = ecs.create_service(cluster=cluster, serviceName="site", taskDefinition=definition, desiredCount=0, launchType="FARGATE", networkConfiguration=network)
    assert shown(made["service"]) == ("FARGATE", [], "LATEST")
    assert update(own) == (None, [name], None)
    # What is left out is 0: that is the same strategy, and needs no deployment.
    assert update([{"capacityProvider": name, "base": 0, "weight": 0}], force=False) == (None, [name], None)
    assert update([]) == ("EC2", [], None)
    assert update(fargate) == (None, ["FARGATE"], "LATEST")
    assert update([]) == ("FARGATE", [], "LATEST")
    ecs.delete_service(cluster=cluster, service="site", force=True)
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[name], defaultCapacityProviderStrategy=own)
    daemon = {"cluster": cluster, "serviceName": "each", "taskDefinition": definition, "schedulingStrategy": "DAEMON", "networkConfiguration": network}
    for more in ({}, {"capacityProviderStrategy": own}):
        with pytest.raises(ecs.exceptions.InvalidParameterException, match="Specifying a capacity provider strategy is not supported when you create a service using the DAEMON"):
            ecs.create_service(**daemon, **more)
    ecs.create_service(**daemon, launchType="EC2")
    with pytest.raises(ecs.exceptions.InvalidParameterException, match="Specifying a capacity provider strategy is not supported"):
        ecs.update_service(cluster=cluster, service="each", capacityProviderStrategy=own, forceNewDeployment=True)
    ecs.delete_service(cluster=cluster, service="each", force=True)
    ecs.get_waiter("services_inactive").wait(cluster=cluster, services=["site", "each"], WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[], defaultCapacityProviderStrategy=[])
    ecs.delete_capacity_provider(capacityProvider=name)


def test_a_provider_is_in_use_while_a_service_names_it(tasks, ecs, cluster):
    name = unique("provider")
    ecs.create_capacity_provider(name=name, autoScalingGroupProvider={"autoScalingGroupArn": name})
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[name], defaultCapacityProviderStrategy=[])
    # It wants no task, so nothing but its strategy holds the provider.
    ecs.create_service(cluster=cluster, serviceName="site", taskDefinition=tasks.define(container(IDLE)), desiredCount=0,
                       capacityProviderStrategy=[{"capacityProvider": name, "weight": 1}])
    with pytest.raises(ecs.exceptions.ResourceInUseException, match="is in use and cannot be removed"):
        ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[], defaultCapacityProviderStrategy=[])
    ecs.delete_service(cluster=cluster, service="site", force=True)
    ecs.get_waiter("services_inactive").wait(cluster=cluster, services=["site"], WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[], defaultCapacityProviderStrategy=[])
    ecs.delete_capacity_provider(capacityProvider=name)
    assert ecs.describe_capacity_providers(capacityProviders=[name])["capacityProviders"][0]["status"] == "INACTIVE"
