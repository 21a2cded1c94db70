"""Certificate Manager through boto3 and the aws CLI: certificates that openssl makes are imported and given to listeners."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION, UNCHECKED
from tasks import unique

KEYS = {"rsa": ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "ec": ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "ed": ["genpkey", "-algorithm", "ED25519"]}


class Authority:
    """Makes certificates in a directory of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.key = self.new_key("rsa")
        self.certificate = self._run("req", "-x509", "-new", "-key", self._file(self.key), "-days", "30", "-subj", "/CN=Test CA")

    def _run(self, *arguments: str) -> bytes:
        return subprocess.run(["openssl", *arguments], capture_output=True, check=True, timeout=60).stdout

    def _file(self, content: bytes) -> str:
        path = self.place / unique("file")
        path.write_bytes(content)
        return str(path)

    def new_key(self, kind: str) -> bytes:
        return self._run(*KEYS[kind])

    def issue(self, name: str, kind: str = "ec", days: int = 10, key: bytes | None = None) -> tuple[bytes, bytes]:
        """A certificate and its key."""
        key = key or self.new_key(kind)
        asked = self._run("req", "-new", "-key", self._file(key), "-subj", f"/CN={name}")
        extensions = self._file(f"subjectAltName=DNS:{name},DNS:*.{name}\nkeyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth\n".encode())
        given = ["-CA", self._file(self.certificate), "-CAkey", self._file(self.key), "-CAcreateserial", "-days", str(days), "-extfile", extensions]
        return self._run("x509", "-req", "-in", self._file(asked), *given), key


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def acm(control):
    return control.client("acm")


def refused(call, **given) -> tuple[str, str]:
    with pytest.raises(ClientError) as error:
        call(**given)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    said = error.value.response["Error"]
    return said["Code"], said["Message"]


@pytest.mark.parametrize(("kind", "algorithm"), [("rsa", "RSA-2048"), ("ec", "EC-prime256v1")])
def test_the_life_of_a_certificate(acm, control, authority, kind, algorithm):
    certificate, key = authority.issue("www.example.com", kind)
    arn = acm.import_certificate(Certificate=certificate, PrivateKey=key, CertificateChain=authority.certificate, Tags=[{"Key": "team", "Value": "a"}])["CertificateArn"]
    assert arn.startswith(f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/")
    shown = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    expected = {"DomainName": "www.example.com", "SubjectAlternativeNames": ["www.example.com", "*.www.example.com"], "Issuer": "Test CA", "Subject": "CN=www.example.com", "Status": "ISSUED", "Type": "IMPORTED", "KeyAlgorithm": algorithm, "SignatureAlgorithm": "SHA256WITHRSA", "InUseBy": []}
    assert expected.items() <= shown.items()
    assert shown["KeyUsages"] == [{"Name": "DIGITAL_SIGNATURE"}, {"Name": "KEY_ENCIPHERMENT"}]
    assert shown["ExtendedKeyUsages"] == [{"Name": "TLS_WEB_SERVER_AUTHENTICATION", "OID": "1.3.6.1.5.5.7.3.1"}]
    serial = authority._run("x509", "-in", authority._file(certificate), "-noout", "-serial").decode().strip().removeprefix("serial=").lower()
    assert shown["Serial"].replace(":", "") == serial
    got = acm.get_certificate(CertificateArn=arn)
    assert (got["Certificate"], got["CertificateChain"]) == (certificate.decode(), authority.certificate.decode())
    acm.add_tags_to_certificate(CertificateArn=arn, Tags=[{"Key": "stage", "Value": "x"}, {"Key": "team", "Value": "b"}])
    acm.remove_tags_from_certificate(CertificateArn=arn, Tags=[{"Key": "stage", "Value": "other"}])
    assert acm.list_tags_for_certificate(CertificateArn=arn)["Tags"] == [{"Key": "team", "Value": "b"}, {"Key": "stage", "Value": "x"}]
    acm.remove_tags_from_certificate(CertificateArn=arn, Tags=[{"Key": "stage"}])
    assert acm.list_tags_for_certificate(CertificateArn=arn)["Tags"] == [{"Key": "team", "Value": "b"}]
    # Nothing of the key is on the disk as it came.
    secret = b"".join(key.splitlines()[1:-1])[40:90]
    for path in control.data_dir.rglob("*"):
        if path.is_file():
            assert secret not in path.read_bytes().replace(b"\\n", b""), path
    assert (control.data_dir / "master-key").stat().st_mode & 0o077 == 0
    acm.delete_certificate(CertificateArn=arn)
    assert refused(acm.describe_certificate, CertificateArn=arn) == ("ResourceNotFoundException", f"Could not find certificate {arn}.")


def test_what_cannot_be_imported(acm, authority):
    certificate, key = authority.issue("a.example.com")
    _, other = authority.issue("b.example.com")
    stranger = Authority(authority.place)
    unsupported = authority.issue("c.example.com", "ed")
    for given, said in [
        ({"PrivateKey": other}, "The private key does not match the public key of the certificate."),
        ({"CertificateChain": stranger.certificate}, "Could not validate the certificate with the certificate chain."),
        ({"Certificate": certificate + authority.certificate}, "The certificate field contains more than one certificate. You can specify only one certificate in this field."),
        ({"PrivateKey": b"key"}, "The private key is not in PEM format or is not valid."),
        ({"Certificate": unsupported[0], "PrivateKey": unsupported[1]}, "The key algorithm of the certificate is not supported."),
    ]:
        assert refused(acm.import_certificate, **{"Certificate": certificate, "PrivateKey": key, **given}) == ("ValidationException", said), said
    assert acm.list_certificates(Includes={"keyTypes": ["EC_prime256v1"]})["CertificateSummaryList"] == []


def test_lists(acm, authority):
    made = []
    for n in range(3):
        certificate, key = authority.issue(f"n{n}.example.net")
        made.append(acm.import_certificate(Certificate=certificate, PrivateKey=key)["CertificateArn"])
    certificate, key = authority.issue("rsa.example.net", "rsa")
    rsa = acm.import_certificate(Certificate=certificate, PrivateKey=key)["CertificateArn"]
    # Without a filter of keys a list has those of RSA alone.
    assert [c["CertificateArn"] for c in acm.list_certificates()["CertificateSummaryList"]] == [rsa]
    kinds = {"keyTypes": ["EC_prime256v1"]}
    pages = list(acm.get_paginator("list_certificates").paginate(Includes=kinds, PaginationConfig={"PageSize": 2}))
    found = [c for p in pages for c in p["CertificateSummaryList"]]
    assert sorted(c["CertificateArn"] for c in found) == sorted(made) and len(pages) == 2
    assert all((c["KeyAlgorithm"], c["InUse"], c["Status"]) == ("EC_prime256v1", False, "ISSUED") for c in found)
    newest = acm.list_certificates(Includes=kinds, SortBy="CREATED_AT", SortOrder="DESCENDING", MaxItems=1)
    assert newest["CertificateSummaryList"][0]["CertificateArn"] == made[2]
    following = acm.list_certificates(Includes=kinds, SortBy="CREATED_AT", SortOrder="DESCENDING", MaxItems=1, NextToken=newest["NextToken"])
    assert following["CertificateSummaryList"][0]["CertificateArn"] == made[1]
    assert acm.list_certificates(Includes=kinds, CertificateStatuses=["EXPIRED"])["CertificateSummaryList"] == []
    assert refused(acm.list_certificates, SortBy="CREATED_AT")[0] == "ValidationException"
    for arn in [*made, rsa]:
        acm.delete_certificate(CertificateArn=arn)


def test_listeners_have_certificates(acm, control, authority):
    elb, ec2 = control.client("elbv2"), control.client("ec2")
    subnets = ec2.describe_subnets()["Subnets"]
    lb = elb.create_load_balancer(Name="tls", Subnets=[s["SubnetId"] for s in subnets])["LoadBalancers"][0]["LoadBalancerArn"]
    arns = []
    for name in ("a.example.com", "b.example.com"):
        certificate, key = authority.issue(name)
        arns.append(acm.import_certificate(Certificate=certificate, PrivateKey=key)["CertificateArn"])
    answer = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}]
    listener = elb.create_listener(LoadBalancerArn=lb, Protocol="HTTPS", Port=443, Certificates=[{"CertificateArn": arns[0]}], DefaultActions=answer)["Listeners"][0]
    assert listener["SslPolicy"] == "ELBSecurityPolicy-2016-08" and listener["Certificates"] == [{"CertificateArn": arns[0]}]
    assert listener["MutualAuthentication"] == {"Mode": "off"}
    of = {"ListenerArn": listener["ListenerArn"]}
    assert elb.add_listener_certificates(**of, Certificates=[{"CertificateArn": arns[1]}])["Certificates"] == [{"CertificateArn": arns[1], "IsDefault": False}]
    assert elb.describe_listener_certificates(**of)["Certificates"] == [{"CertificateArn": arns[0], "IsDefault": True}, {"CertificateArn": arns[1], "IsDefault": False}]
    assert acm.describe_certificate(CertificateArn=arns[1])["Certificate"]["InUseBy"] == [lb]
    assert refused(acm.delete_certificate, CertificateArn=arns[1]) == ("ResourceInUseException", f"Certificate {arns[1]} in account {ACCOUNT} is in use.")
    assert refused(elb.remove_listener_certificates, **of, Certificates=[{"CertificateArn": arns[0]}])[0] == "OperationNotPermitted"
    elb.remove_listener_certificates(**of, Certificates=[{"CertificateArn": arns[1]}])
    acm.delete_certificate(CertificateArn=arns[1])
    # With a provider of identities in front, whose secret is never shown.
    oidc = {"Issuer": "https://id.example", "AuthorizationEndpoint": "https://id.example/a", "TokenEndpoint": "https://id.example/t", "UserInfoEndpoint": "https://id.example/u", "ClientId": "c", "ClientSecret": "hunter2"}
    actions = [{"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": oidc}, {**answer[0], "Order": 2}]
    changed = elb.modify_listener(**of, SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06", DefaultActions=actions)["Listeners"][0]
    shown = changed["DefaultActions"][0]["AuthenticateOidcConfig"]
    assert (shown["SessionCookieName"], shown["Scope"], shown["SessionTimeout"], shown["OnUnauthenticatedRequest"]) == ("AWSELBAuthSessionCookie", "openid", 604800, "authenticate")
    assert "ClientSecret" not in shown and "hunter2" not in control.log.read_text()
    # The same once more is the listener that is there, though its secret is sealed anew; with another secret it is another one.
    again = {"LoadBalancerArn": lb, "Protocol": "HTTPS", "Port": 443, "SslPolicy": changed["SslPolicy"], "Certificates": [{"CertificateArn": arns[0]}]}
    assert elb.create_listener(**again, DefaultActions=actions)["Listeners"][0]["ListenerArn"] == listener["ListenerArn"]
    other = [{**actions[0], "AuthenticateOidcConfig": {**oidc, "ClientSecret": "hunter3"}}, actions[1]]
    assert refused(elb.create_listener, **again, DefaultActions=other)[0] == "DuplicateListener"
    long = [{**actions[0], "AuthenticateOidcConfig": {**oidc, "Scope": "s" * 2049}}, actions[1]]
    assert refused(elb.modify_listener, **of, DefaultActions=long) == ("ValidationError", "The scope is too long; the limit is '2048'")
    for wrong in ({"AuthenticationRequestExtraParams": {"state": "mine"}}, {"TokenEndpoint": "https://user@id.example/t"}, {"UserInfoEndpoint": "https://id.example:0/u"}, {"Issuer": "http://id.example"}):
        given = [{**actions[0], "AuthenticateOidcConfig": {**oidc, **wrong}}, actions[1]]
        assert refused(elb.modify_listener, **of, DefaultActions=given)[0] == "InvalidLoadBalancerAction", wrong
    kept = {k: v for k, v in oidc.items() if k != "ClientSecret"}
    actions[0]["AuthenticateOidcConfig"] = {**kept, "UseExistingClientSecret": True}
    elb.modify_listener(**of, DefaultActions=actions)
    actions[0]["AuthenticateOidcConfig"] = kept
    assert refused(elb.modify_listener, **of, DefaultActions=actions) == ("ValidationError", "A client secret must be specified for an action of type 'authenticate-oidc'")
    assert refused(elb.modify_listener, **of, Protocol="HTTP")[0] == "InvalidLoadBalancerAction", "the action needs HTTPS"
    plain = elb.modify_listener(**of, Protocol="HTTP", Port=80, DefaultActions=answer)["Listeners"][0]
    assert "SslPolicy" not in plain and "Certificates" not in plain
    acm.delete_certificate(CertificateArn=arns[0])
    elb.delete_load_balancer(LoadBalancerArn=lb)


def test_the_aws_cli(control, authority):
    certificate, key = authority.issue("cli.example.com", "rsa")
    files = [f"fileb://{authority._file(content)}" for content in (certificate, key, authority.certificate)]
    made = control.aws("acm", "import-certificate", "--certificate", files[0], "--private-key", files[1], "--certificate-chain", files[2], "--output", "json")
    arn = json.loads(made.stdout)["CertificateArn"]
    listed = json.loads(control.aws("acm", "list-certificates", "--output", "json").stdout)["CertificateSummaryList"]
    assert [c["CertificateArn"] for c in listed] == [arn]
    control.aws("acm", "delete-certificate", "--certificate-arn", arn)


def test_a_certificate_outlives_the_server(fresh, authority):
    server = fresh("server").start()
    certificate, key = authority.issue("r.example.com")
    arn = server.client("acm").import_certificate(Certificate=certificate, PrivateKey=key)["CertificateArn"]
    server.kill()
    server.start()
    acm = server.client("acm")
    assert acm.get_certificate(CertificateArn=arn)["Certificate"] == certificate.decode()
    renewed, key = authority.issue("r.example.com", days=20)
    assert acm.import_certificate(CertificateArn=arn, Certificate=renewed, PrivateKey=key)["CertificateArn"] == arn
    assert acm.get_certificate(CertificateArn=arn)["Certificate"] == renewed.decode()


def test_what_is_not_built_says_so(control):
    with pytest.raises(ClientError) as error:
        control.client("acm", UNCHECKED).request_certificate(DomainName="a.example.com")
    assert error.value.response["Error"]["Code"] in ("NotImplemented", "NotImplementedException")
