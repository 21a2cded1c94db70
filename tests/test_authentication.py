"""Users of an application load balancer are authenticated by a provider of identities, through the real CLI and in front of a real container."""

from __future__ import annotations

import json
import subprocess

import pytest

import target
from balancers import certificate
from identity import CLIENT, SECRET, Authority, Browser, Provider, World, decoded, verify
from loaded import Site
from longshore import IMAGE, REGION
from waiting import until

SESSION = "AWSELBAuthSessionCookie-0"


@pytest.fixture
def authority(tmp_path, monkeypatch):
    made = Authority(tmp_path)
    # Longshore, and what it starts, trusts this authority alone.
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    return made


@pytest.fixture
def up(authority, fresh):
    made = fresh("up").start()
    made.run("image", "demo", "--name", IMAGE)
    return made


@pytest.fixture
def place(up):
    """A load balancer with a service behind it."""
    made = Site(up)
    made.serve(1, definition=made.define("first", target.container("http"), volumes=target.volumes()))
    yield made
    made.end()


@pytest.fixture
def provider(authority):
    world = World()
    made = Provider(authority, world)
    yield made
    made.end()
    world.end()


@pytest.fixture
def site(up, place, provider, tmp_path):
    """A browser of a load balancer whose rules, made with the CLI, say what becomes of strangers: `/in` sends them to the provider, `/allow` and `/deny`
    do as they are called, and with `/short` a session lasts six seconds."""
    trusted = certificate(up, tmp_path, "web.example")
    listener = place.balancer.listen(place.group, port=443, protocol="HTTPS", Certificates=[{"CertificateArn": trusted.arn}])
    forward = {"Type": "forward", "Order": 2, "TargetGroupArn": place.group}
    paths = {"in": {}, "allow": {"OnUnauthenticatedRequest": "allow"}, "deny": {"OnUnauthenticatedRequest": "deny"}, "short": {"SessionTimeout": 6}}
    for priority, (path, more) in enumerate(paths.items(), 1):
        actions = json.dumps([provider.action(**more), forward])
        arguments = ["--listener-arn", listener, "--priority", str(priority), "--conditions", f"Field=path-pattern,Values=/{path}*", "--actions", actions]
        assert SECRET not in up.aws("elbv2", "create-rule", *arguments, "--region", REGION, "--output", "json").stdout
    browser = Browser(place.balancer.public()[0], "web.example", trusted.file)
    until(lambda: served(browser), 15, "the rules to be served")
    return browser


def served(browser: Browser) -> bool:
    try:
        return browser.get("/short").status == 302
    except OSError:
        return False
    finally:
        browser.cookies.clear()


def headers(page) -> dict[str, str]:
    assert page.status == 200, (page.status, page.body)
    return {name.lower(): value for name, value in json.loads(page.body)["headers"]}


def log_in(site: Browser, provider: Provider, path: str):
    away = site.get(path)
    assert away.status == 302 and away.location.startswith(f"{provider.issuer}/authorize?"), away
    return site.follow(provider.log_in(away.location))


def test_users_log_in_and_a_container_is_told_who_they_are(up, place, site, provider, tmp_path):
    back = log_in(site, provider, "/in/side?a=b")
    assert (back.status, back.location) == (302, "https://web.example/in/side?a=b"), back.body
    assert provider.asked == ["/token authorization_code", "/userinfo"]
    told = headers(site.follow(back.location))
    assert (told["x-amzn-oidc-identity"], told["x-amzn-oidc-accesstoken"]) == ("ann", "access-of-ann")
    # The claims are signed with the key that their load balancer shows.
    kid = json.loads(decoded(told["x-amzn-oidc-data"].split(".")[0]))["kid"]
    key = site.get(f"/oauth2/public-keys/{kid}")
    header, claims = verify(told["x-amzn-oidc-data"], key.body, tmp_path)
    assert (header["alg"], header["signer"], header["client"], header["iss"]) == ("ES256", place.balancer.arn, CLIENT, provider.issuer)
    assert (claims["sub"], claims["email"], claims["exp"]) == ("ann", "ann@example.com", header["exp"])

    # What becomes of strangers, whatever they say of themselves.
    stranger = Browser(site.address, site.name, site.trusts)
    assert stranger.get("/deny").status == 401
    assert not [name for name in headers(stranger.get("/allow", **{"X-Amzn-Oidc-Identity": "root"})) if "oidc" in name]
    assert headers(site.get("/allow", **{"X-Amzn-Oidc-Identity": "root"}))["x-amzn-oidc-identity"] == "ann"
    assert headers(site.get("/deny"))["x-amzn-oidc-identity"] == "ann"
    # A code that was used, and a login of another browser.
    away = stranger.get("/in")
    url = provider.log_in(away.location)
    assert site.follow(url).status == 401, "it is not this browser's login"
    assert stranger.follow(url).status == 302
    assert stranger.follow(url).status == 561

    # A session ends by its time-out, and is good where that is longer.
    assert "x-amzn-oidc-identity" in headers(stranger.get("/short"))
    until(lambda: stranger.get("/short").status == 302, 20, "the session to end")
    assert headers(stranger.get("/in"))["x-amzn-oidc-identity"] == "ann"
    # The keys are the data directory's: what was sealed before is good after a new start of everything.
    up.stop()
    up.start()
    assert headers(site.get("/in"))["x-amzn-oidc-identity"] == "ann"
    # Plain is the secret where the node's data plane keeps its configuration, as the keys of its certificates are, and nowhere else.
    found = subprocess.run(["grep", "-rl", SECRET, up.data_dir], capture_output=True, text=True, check=True).stdout.split()
    assert {file.rsplit("/", 1)[1] for file in found} == {"configuration.json"}, found
    assert SECRET not in up.log.read_text()



def test_sessions_are_renewed_until_their_user_logs_out(site, provider):
    provider.seconds = 0
    assert log_in(site, provider, "/in").status == 302
    before = site.cookies[SESSION]
    told = headers(site.get("/in"))
    assert told["x-amzn-oidc-identity"] == "ann" and site.cookies[SESSION] != before
    assert provider.asked.count("/token refresh_token") == 1
    provider.logged_in = False
    assert site.get("/in").status == 302
    assert site.get("/deny").status == 401
    provider.end()
    stranger = Browser(site.address, site.name, site.trusts)
    away = stranger.get("/in")
    assert stranger.follow(provider.log_in(away.location)).status == 500, "nobody can be asked"
