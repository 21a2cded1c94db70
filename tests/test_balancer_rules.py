"""Rules, sticky sessions, slow start and draining, asked for by the API and seen by clients."""

from __future__ import annotations

import re
import subprocess
from collections import Counter

import pytest

import target
from balancers import Balancer, behind, curl
from load import Load
from services import Services
from waiting import until

SLOW_START_S = 30
# Longer than a container of this service is waited for when it is told to end.
LONG_S = 10
ATTRIBUTES = {
    "plain": {"deregistration_delay.timeout_seconds": "30"},
    "rising": {"slow_start.duration_seconds": str(SLOW_START_S)},
    "sticky": {"stickiness.enabled": "true", "stickiness.type": "lb_cookie", "stickiness.lb_cookie.duration_seconds": "60"},
    "application": {"stickiness.enabled": "true", "stickiness.type": "app_cookie", "stickiness.app_cookie.cookie_name": "APPSESSION"},
}


class Site:
    """A service in a target group for each of the attributes, found by its host name; and another one, of one task."""

    def __init__(self, server) -> None:
        self.services, self.balancer = Services(server), Balancer(server)
        self.elb = self.balancer.elb
        self.listener = self.listen("nobody", 80)
        self.groups = {word: self.balancer.target_group() for word in [*ATTRIBUTES, "other"]}
        for priority, (word, attributes) in enumerate(ATTRIBUTES.items(), 1):
            given = [{"Key": key, "Value": value} for key, value in attributes.items()]
            self.elb.modify_target_group_attributes(TargetGroupArn=self.groups[word], Attributes=given)
            self.rule(self.listener, priority, forward(self.groups[word]), host(f"{word}.example"))
        self.rule(self.listener, 9, forward(self.groups["other"]), host("other.example"))
        self.name = self.serve("many-", [one for word in ATTRIBUTES for one in behind(self.groups[word])])
        self.other = self.serve("other-", behind(self.groups["other"]))
        self.balancer.active()
        self.address = self.balancer.public()[0]
        self.healthy(1)
        self.balancer.healthy(self.groups["other"], 1)

    def serve(self, says: str, balancers: list[dict]) -> str:
        speaks = target.container("http", environment=[{"name": "SAYS", "value": says}], stopTimeout=2)
        definition = self.services.tasks.define(speaks, networkMode="awsvpc", volumes=target.volumes())
        vpc = {"awsvpcConfiguration": {"subnets": self.balancer.subnets, "securityGroups": [self.balancer.group]}}
        return self.services.create(definition, loadBalancers=balancers, networkConfiguration=vpc)

    def answering(self, word: str, port: int) -> str:
        """A listener whose default is this word, when it says so."""
        listener = self.listen(word, port)
        said = lambda: subprocess.run(["curl", "-s", "-m", "5", self.url("/", port)], capture_output=True, text=True, check=False).stdout
        until(lambda: said() == word, 10, f"the listener at port {port}")
        return listener

    def listen(self, word: str, port: int) -> str:
        made = self.elb.create_listener(LoadBalancerArn=self.balancer.arn, Protocol="HTTP", Port=port, DefaultActions=[fixed(word)])
        return made["Listeners"][0]["ListenerArn"]

    def rule(self, listener: str, priority: int, action: dict, *conditions: dict) -> str:
        return self.elb.create_rule(ListenerArn=listener, Priority=priority, Conditions=list(conditions), Actions=[action])["Rules"][0]["RuleArn"]

    def healthy(self, count: int) -> None:
        for word in ATTRIBUTES:
            self.balancer.healthy(self.groups[word], count)

    def scale(self, count: int) -> None:
        self.services.ecs.update_service(service=self.name, desiredCount=count)

    def url(self, path: str = "/name", port: int = 80) -> str:
        return f"http://{self.address}:{port}{path}"

    def ask(self, path: str = "/", *arguments: str, port: int = 80) -> str:
        return curl(self.url(path, port), *arguments).body

    def name_at(self, word: str, *arguments: str) -> str:
        return self.ask("/name", "-H", f"Host: {word}.example", *arguments)

    def names_at(self, word: str, count: int) -> set[str]:
        """Who answers there who brings no cookie."""
        return {self.name_at(word) for _ in range(count)}


def fixed(word: str, status: str = "200") -> dict:
    return {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": status, "ContentType": "text/plain", "MessageBody": word}}


def forward(*groups: str | tuple[str, int], sticky_s: int | None = None) -> dict:
    weighed = [(group, 1) if isinstance(group, str) else group for group in groups]
    config: dict = {"TargetGroups": [{"TargetGroupArn": group, "Weight": weight} for group, weight in weighed]}
    if sticky_s:
        config["TargetGroupStickinessConfig"] = {"Enabled": True, "DurationSeconds": sticky_s}
    return {"Type": "forward", "ForwardConfig": config}


def host(*values: str) -> dict:
    return {"Field": "host-header", "HostHeaderConfig": {"Values": list(values)}}


def path(*values: str) -> dict:
    return {"Field": "path-pattern", "PathPatternConfig": {"Values": list(values)}}


@pytest.fixture(scope="module")
def site(longshore):
    made = Site(longshore)
    yield made
    made.services.delete(made.name, made.other)
    made.balancer.delete()


def test_each_condition_decides(site):
    listener = site.answering("none", port=81)
    header = {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X-Kind", "Values": ["*bot*", "crawler?"]}}
    method = {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["DELETE", "PURGE"]}}
    query = {"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "version", "Value": "v?"}, {"Value": "*secret*"}]}}
    far = {"Field": "source-ip", "SourceIpConfig": {"Values": ["203.0.113.0/24"]}}
    near = {"Field": "source-ip", "SourceIpConfig": {"Values": ["0.0.0.0/0"]}}
    site.rule(listener, 1, fixed("both"), host("*.example"), path("/both/*"))
    site.rule(listener, 2, fixed("host"), host("*.shop.example", "shop.example"))
    site.rule(listener, 3, fixed("path"), path("/img/*.png", "/one?"))
    site.rule(listener, 4, fixed("header"), header)
    site.rule(listener, 5, fixed("method"), method)
    site.rule(listener, 6, fixed("query"), query)
    site.rule(listener, 7, fixed("far"), far)
    site.rule(listener, 8, fixed("near"), near, path("/near"))
    asked = [
        ("none", "/", ()),
        ("both", "/both/of", ("-H", "Host: a.example")), ("none", "/both/of", ()), ("none", "/", ("-H", "Host: a.example")),
        ("host", "/", ("-H", "Host: Eu.SHOP.example")), ("host", "/", ("-H", "Host: shop.example:81")), ("none", "/", ("-H", "Host: ashop.example")),
        ("path", "/img/a/b.png", ()), ("path", "/one1", ()), ("none", "/img/b.PNG", ()), ("none", "/one", ()),
        ("header", "/", ("-H", "x-kind: a BOT here")), ("header", "/", ("-H", "X-Kind: crawlers")), ("none", "/", ("-H", "X-Kind: crawler")),
        ("method", "/", ("-X", "DELETE")), ("method", "/", ("-X", "PURGE")), ("none", "/", ("-X", "delete")),
        ("query", "/?a=b&VERSION=v2", ()), ("query", "/?key=a-secret", ()), ("none", "/?version=v22", ()), ("none", "/?secret-key=a", ()),
        ("near", "/near", ()),
    ]  # fmt: skip
    until(lambda: site.ask("/near", port=81) == "near", 10, "the last rule")
    heard = [(site.ask(path, *arguments, port=81), path, arguments) for _, path, arguments in asked]
    assert heard == asked


def test_the_first_rule_that_fits_decides_and_their_order_may_change(site):
    listener = site.answering("none", port=82)
    rules = [site.rule(listener, at, fixed(word), path("/a*")) for at, word in ((10, "first"), (20, "second"))]
    until(lambda: site.ask("/a", port=82) == "first", 10, "the rules")
    site.elb.set_rule_priorities(RulePriorities=[{"RuleArn": rules[0], "Priority": 30}])
    until(lambda: site.ask("/a", port=82) == "second", 10, "the other order")
    site.elb.modify_rule(RuleArn=rules[1], Conditions=[path("/b*")])
    until(lambda: site.ask("/a", port=82) == "first" and site.ask("/b", port=82) == "second", 10, "the new condition")
    site.elb.delete_rule(RuleArn=rules[0])
    until(lambda: site.ask("/a", port=82) == "none", 10, "the default")


def test_fixed_responses_and_redirects(site):
    listener = site.answering("none", port=83)
    body = {"StatusCode": "418", "ContentType": "application/json", "MessageBody": '{"short": "and stout"}'}
    whole = {"Protocol": "HTTPS", "Host": "new.#{host}", "Port": "8443", "Path": "/#{protocol}/#{port}/#{path}", "Query": "was=#{query}", "StatusCode": "HTTP_301"}
    site.rule(listener, 1, {"Type": "fixed-response", "FixedResponseConfig": body}, path("/teapot"))
    site.rule(listener, 2, {"Type": "redirect", "RedirectConfig": whole}, path("/old/*"))
    site.rule(listener, 3, {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_302"}}, host("sealed.example"))
    until(lambda: curl(site.url("/teapot", 83)).status == 418, 10, "the rules")
    teapot = curl(site.url("/teapot", 83))
    assert (teapot.body, teapot.headers["content-type"], teapot.headers["server"]) == (body["MessageBody"], "application/json; charset=utf-8", "awselb/2.0")
    moved = curl(site.url("/old/a%20b?c=d&e", 83), "-H", "Host: a.example:83")
    assert (moved.status, moved.headers["location"]) == (301, "https://new.a.example:8443/http/83/old/a%20b?was=c=d&e")
    sealed = curl(site.url("/x?y=z", 83), "-H", "Host: sealed.example:83")
    assert (sealed.status, sealed.headers["location"]) == (302, "https://sealed.example:443/x?y=z")


def test_weights_divide_requests_and_clients_stay_with_their_group(site, tmp_path):
    listener = site.answering("none", port=84)
    many, other = site.groups["plain"], site.groups["other"]
    rule = site.rule(listener, 1, forward((many, 3), (other, 1)), path("/*"))
    until(lambda: site.ask("/name", port=84) != "none", 10, "the rule")
    # One curl asks over one connection, which decides nothing.
    asked = subprocess.run(["curl", "-sS", "-w", "\\n", site.url("/name?[1-400]", 84)], capture_output=True, text=True, check=True).stdout.split()
    shares = Counter(name.split("-")[0] for name in asked)
    # Five standard deviations.
    assert 257 <= shares["many"] <= 343 and shares["many"] + shares["other"] == 400, shares
    site.elb.modify_rule(RuleArn=rule, Actions=[forward((many, 1), (other, 1), sticky_s=60)])
    until(lambda: "set-cookie" in curl(site.url("/name", 84)).headers, 10, "the cookie")
    stayed: set[str] = set()
    for client in range(8):
        jar = tmp_path / f"{client}"
        names = [site.ask("/name", "-b", jar, "-c", jar, port=84).split("-")[0] for _ in range(6)]
        assert len(set(names)) == 1, names
        assert re.search(r"\tAWSALBTG\t", jar.read_text())
        stayed.add(names[0])
        if len(stayed) == 2 and client >= 3:
            break
    assert stayed == {"many", "other"}
    # One that weighs nothing gets none who is new.
    site.elb.modify_rule(RuleArn=rule, Actions=[forward((many, 1), (other, 0))])
    until(lambda: "set-cookie" not in curl(site.url("/name", 84)).headers, 10, "the change")
    assert {site.ask("/name", port=84).split("-")[0] for _ in range(20)} == {"many"}


def test_the_share_of_a_new_target_grows(site):
    [first] = site.names_at("rising", 3)
    with Load(site.address, rate=100, host="rising.example", path="/name") as load:
        site.scale(2)
        until(lambda: set(load.by) - {first}, 40, "the new target's first answer")
        [new] = set(load.by) - {first}

        def share(seconds: float) -> float:
            """The new target's, in the next seconds."""
            before = load.by.copy()
            load.goes_on(seconds)
            asked = load.by - before
            return asked[new] / asked.total()

        early, later = share(6), share(8)
        last = until(lambda: (lambda now: now if now > 0.45 else None)(share(2)), SLOW_START_S + 10, "a share that is whole")
    assert load.failed == []
    # It weighs w after w * 30 seconds, and the share of one of two is w / (1 + w).
    assert early < 0.2 and early < later < 0.45 < last < 0.55, (early, later, last)
    # Where nothing rises, it had its half at once.
    assert len(site.names_at("plain", 6)) == 2


def test_clients_stay_with_their_target_when_others_come(site, tmp_path):
    site.scale(2)
    site.healthy(2)
    jars = {"sticky": tmp_path / "sticky", "application": tmp_path / "application"}
    # The load balancer's own cookie comes by itself, the application's when it says so.
    mine = {"sticky": site.name_at("sticky", "-c", jars["sticky"])}
    assert len(site.names_at("application", 6)) == 2, "nobody stays who has no cookie"
    mine["application"] = site.ask("/login", "-H", "Host: application.example", "-c", jars["application"])
    # The one for other sites is for HTTPS alone.
    assert "AWSALB" in jars["sticky"].read_text().split()
    assert {"APPSESSION", "AWSALBAPP-0"} <= set(jars["application"].read_text().split())

    def asked(word: str) -> set[str]:
        return {site.name_at(word, "-b", jars[word], "-c", jars[word]) for _ in range(9)}

    assert {word: asked(word) for word in jars} == {word: {mine[word]} for word in jars}
    site.scale(3)
    site.healthy(3)
    for word in jars:
        until(lambda word=word: len(site.names_at(word, 9)) == 3, 10, f"all three of {word}")
    assert {word: asked(word) for word in jars} == {word: {mine[word]} for word in jars}


def test_what_has_begun_is_finished_and_nothing_new_comes(site):
    site.scale(3)
    site.healthy(3)
    # Round robin: each of the three has two.
    asking = ["curl", "-sSN", "-m", "60", "-H", "Host: plain.example", site.url(f"/slow?{LONG_S}")]
    clients = [subprocess.Popen(asking, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    begun = [client.stdout.readline().split() for client in clients]
    assert len({name for name, _ in begun}) == 3, begun
    site.scale(1)
    until(lambda: site.balancer.health(site.groups["plain"]).count("draining") == 2, 20, "two to drain")
    until(lambda: len(site.names_at("plain", 6)) == 1, 5, "only one to get what is new")
    left = site.names_at("plain", 12)
    assert all(client.poll() is None for client in clients), "nothing has ended yet: what was new came to one while the others were at work"
    ends = [client.communicate(timeout=60)[0].split() for client in clients]
    assert [client.returncode for client in clients] == [0] * 6
    assert ends == [[name, "ends"] for name, _ in begun]
    assert len(left) == 1
    site.services.stable(site.name)
    assert site.names_at("plain", 6) == left
