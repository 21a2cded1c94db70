"""Requests per second and their latency, against moto's server: the same client, the same requests, the same records."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import image
from call import REGION, Caller
from measure import until
from ours import Longshore

CONNECTIONS = 4
SECONDS = 1
TASKS = 10
MOTO = Path(os.environ.get("LONGSHORE_BENCH_VENV", Path.home() / ".cache/longshore/bench-venv")) / "bin/moto_server"
MOTO_PORT = 4590
DEFINITION = {
    "family": "bench-api",
    "containerDefinitions": [{"name": "main", "image": image.NAME, "memory": 16, "command": ["sleep", "600"], "environment": [{"name": "A", "value": "b"}]}],
}
SCRIPT = """
wrk.method = "POST"
wrk.body = %(body)s
%(headers)s
done = function(summary, latency, requests)
  local e = summary.errors
  print(string.format("RESULT %%d %%d %%d %%d %%d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


class Moto:
    def __init__(self, directory: Path) -> None:
        self.log = directory / "moto.log"
        self.process: subprocess.Popen | None = None
        self.caller = Caller(f"http://127.0.0.1:{MOTO_PORT}", "key", "secret")

    def start(self) -> Moto:
        environment = {"PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": REGION}
        with self.log.open("wb") as log:
            # Its line per request would be counted too.
            self.process = subprocess.Popen([MOTO, "-H", "127.0.0.1", "-p", str(MOTO_PORT)], stdout=log, stderr=subprocess.DEVNULL, env=environment)
        until(self._answers, 60, "moto to answer", pause=0.1)
        return self

    def _answers(self) -> bool:
        try:
            self.caller.call("ListClusters")
            return True
        except OSError:
            self.caller.close()
            return False

    def populate(self) -> list[str]:
        """A cluster with an instance and as many tasks."""
        self.caller.close()
        call = self._call
        call("CreateCluster", clusterName="default")
        call("RegisterTaskDefinition", **DEFINITION)
        instance = self._instance()
        document = {"instanceId": instance, "region": REGION, "accountId": "123456789012", "instanceType": "m5.24xlarge"}
        call("RegisterContainerInstance", cluster="default", instanceIdentityDocument=json.dumps(document))
        return [task["taskArn"] for task in call("RunTask", cluster="default", taskDefinition="bench-api", count=TASKS)["tasks"]]

    def _call(self, operation: str, **parameters) -> dict:
        self.caller.close()
        return self.caller.call(operation, **parameters)

    def _instance(self) -> str:
        import boto3

        ec2 = boto3.client("ec2", REGION, endpoint_url=self.caller.endpoint, aws_access_key_id="key", aws_secret_access_key="secret")
        found = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
        return ec2.run_instances(ImageId=found, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]

    def end(self) -> None:
        self.caller.close()
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)


def measure(work: Path, rounds: int) -> dict:
    """By operation: rates and latencies of each round."""
    longshore = Longshore(work / "api")
    moto = Moto(work)
    try:
        longshore.start()
        longshore.run("image", "load", work / "image.tar", "--name", image.NAME)
        moto.start()
        callers = {"longshore": longshore.caller(), "moto": moto.caller}
        tasks = {"longshore": _populate(callers["longshore"]), "moto": moto.populate()}
        found: dict[str, dict[str, list]] = {}
        for number in range(rounds + 1):
            for name, caller in callers.items():
                requests = {
                    "DescribeTasks": {"tasks": tasks[name][:1]},
                    "ListTasks": {},
                    "RegisterTaskDefinition": DEFINITION,
                }
                for operation, parameters in requests.items():
                    result = load(work, caller, operation, parameters)
                    # The first round warms up.
                    if number > 0:
                        found.setdefault(operation, {}).setdefault(name, []).append(result)
        return found
    finally:
        moto.end()
        longshore.end()


def _populate(caller: Caller) -> list[str]:
    caller.call("RegisterTaskDefinition", **DEFINITION)
    arns = [task["taskArn"] for task in caller.call("RunTask", taskDefinition="bench-api", count=TASKS)["tasks"]]
    running = lambda: all(task["lastStatus"] == "RUNNING" for task in caller.call("DescribeTasks", tasks=arns)["tasks"])
    until(running, 60, "the tasks to run", pause=0.05)
    caller.close()
    return arns


def load(work: Path, caller: Caller, operation: str, parameters: dict) -> dict[str, float]:
    """One run of wrk: requests per second, and p50 and p99 in milliseconds."""
    body = json.dumps(parameters)
    headers = [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in caller.headers(operation, body).items()]
    script = work / "request.lua"
    script.write_text(SCRIPT % {"body": f"[==[{body}]==]", "headers": "\n".join(headers)})
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", "--timeout", "5s", "-s", script, caller.endpoint]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS + 30)
    result = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if not result:
        raise RuntimeError(f"wrk: {done.stdout[-300:]}{done.stderr[-300:]}")
    requests, microseconds, p50, p99, errors = map(int, result.groups())
    if errors or not requests:
        raise RuntimeError(f"{operation} at {caller.endpoint}: {errors} of {requests} answers were errors:\n{done.stdout[-500:]}")
    time.sleep(0.05)
    return {"rate": requests / (microseconds / 1e6), "p50": p50 / 1e3, "p99": p99 / 1e3}
