"""Writes requests signed by botocore, one JSON object a line: the oracle of the SigV4 tests.

  sign.py [SEED]      without a seed, the fixed cases kept in vectors.jsonl; with one, as many random ones
"""
import datetime, json, random, sys
from urllib.parse import quote, urlsplit
import botocore.auth
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

NOW = 1_440_938_160  # 2015-08-30T12:36:00Z


class At(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return cls(2015, 8, 30, 12, 36)


def now(remove_tzinfo=True):
    at = datetime.datetime(2015, 8, 30, 12, 36)
    return at if remove_tzinfo else at.replace(tzinfo=datetime.timezone.utc)


if hasattr(botocore.auth, "get_current_datetime"):
    botocore.auth.get_current_datetime = now
else:
    botocore.auth.datetime.datetime = At

KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


def case(name, method="POST", path="/", query="", headers=(), body=b"", service="ecs", region="us-east-1", token=None,
         presign=None, params=None):
    url = "http://127.0.0.1:4566" + path + ("?" + query if query else "")
    request = AWSRequest(method=method, url=url, data=body, params=params or {})
    for k, v in headers:
        request.headers.add_header(k, v)
    creds = Credentials(KEY, SECRET, token)
    (SigV4QueryAuth(creds, service, region, expires=presign) if presign else SigV4Auth(creds, service, region)).add_auth(request)
    sent = request.prepare()
    parts = urlsplit(sent.url)
    out = [(k, v if isinstance(v, str) else v.decode("latin-1")) for k, v in request.headers.items()]
    if not any(k.lower() == "host" for k, _ in out):
        out.append(("Host", "127.0.0.1:4566"))
    print(json.dumps(dict(name=name, now=NOW, method=method, path=parts.path, query=parts.query, headers=out,
                          body=body.hex(), service=service, region=region, key=KEY, secret=SECRET, token=token)))


def fixed():
    target = ("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.ListClusters")
    json11 = ("Content-Type", "application/x-amz-json-1.1")
    case("json", headers=[target, json11], body=b"{}")
    case("json with a token", headers=[target, json11], body=b"{}", token="FwoGZXIvYXdzEXAMPLE/+=")
    case("json with a utf-8 body", headers=[target, json11], body='{"cluster":"cl\u00fcster \u2603"}'.encode())
    case("form", headers=[("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")], service="sts",
         body=b"Action=GetCallerIdentity&Version=2011-06-15")
    case("empty body", method="GET")
    case("get with parameters", method="GET", params={"Version": "2011-06-15", "Action": "GetCallerIdentity"}, service="sts")
    case("query out of order", method="GET", query="b=2&a=2&a=1&A=0&_=3&~=4")
    case("query with blanks and signs", method="GET", params={"a b": "c d", "plus": "1+1=2", "slash": "/x", "tilde": "~", "colon": ":"})
    case("query in utf-8", method="GET", params={"\u00fc": "\u2603"})
    case("query without values", method="GET", query="a&b=&c")
    case("query left as it is", method="GET", query="x=a+b&y=%7e&z=%2f&w=*!'()")
    case("path with blanks", method="GET", path="/a%20b/c")
    case("path with dots", method="GET", path="/a/./b/../c")
    case("path above the root", method="GET", path="/../../a")
    case("path with doubled slashes", method="GET", path="//a///b//")
    case("path with signs", method="GET", path="/a:b@c/$&,;=!'()*~-._")
    case("path in utf-8", method="GET", path="/" + quote("\u2603"))
    case("path encoded twice", method="GET", path="/a%252Fb")
    case("path with encoded slash in lower case", method="GET", path="/v1/tags/arn%3aaws%3aecs%2fx")
    case("trailing slash", method="GET", path="/a/b/")
    case("blanks in a header", headers=[("X-Custom", "  a   b \t c  ")], body=b"{}")
    case("a header twice", headers=[("X-Custom", "one"), ("X-Custom", "two")], body=b"{}")
    case("an empty header", headers=[("X-Empty", "")], body=b"{}")
    case("upper case header names", headers=[("X-AMZ-META-Foo", "Bar")], body=b"{}")
    case("body hash in a header", headers=[json11, ("X-Amz-Content-SHA256", __import__("hashlib").sha256(b"{}").hexdigest())], body=b"{}")
    case("unsigned payload", headers=[json11, ("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")], body=b"{}")
    case("another region", region="eu-central-1", body=b"{}")
    case("binary body", body=bytes(range(256)))
    case("large body", body=b"a" * 5_000)
    for method in ("PUT", "DELETE", "PATCH", "HEAD"):
        case("method " + method, method=method, path="/v1/x", body=b"" if method == "HEAD" else b"{}")
    case("presigned", method="GET", query="Action=GetCallerIdentity&Version=2011-06-15", service="sts", presign=60)
    case("presigned with a token", method="GET", query="Action=GetCallerIdentity&Version=2011-06-15", service="sts", presign=900, token="tok/en+=")
    case("presigned with a signed header", method="GET", query="Action=GetCallerIdentity", headers=[("x-k8s-aws-id", "cluster-1")], service="sts", presign=60)
    case("presigned post", method="POST", body=b"", service="ecs", presign=3600)
    case("presigned path", method="GET", path="/a%20b/../c", query="q=x%20y&q=a", service="ecs", presign=60)


def chance(seed):
    rng = random.Random(seed)
    texts = ["", "a", "b c", "+", "%", "/", "\u00fc", "\u2603", "=", "&", "~", "x;y", "'\"", "A-Z_.", "..", "."]
    word = lambda: "".join(rng.choice(texts) for _ in range(rng.randint(0, 4)))
    for n in range(40):
        path = "/" + "/".join(quote(word(), safe=rng.choice(["", "~:@!$&'()*+,;="])) for _ in range(rng.randint(0, 4)))
        params = {word() or "k": word() for _ in range(rng.randint(0, 4))}
        headers = [("X-Custom-%d" % i, " ".join(rng.choice(["a", "b", "", "c,d", "\tx"]) for _ in range(rng.randint(0, 5)))) for i in range(rng.randint(0, 3))]
        presign = rng.choice([None, None, 60, 3600])
        case("chance %s/%d" % (seed, n), method=rng.choice(["GET", "POST", "PUT", "DELETE"]), path=path, params=params, headers=headers,
             body=b"" if presign else bytes(rng.randrange(256) for _ in range(rng.randint(0, 40))),
             service=rng.choice(["ecs", "sts", "logs"]), region=rng.choice(["us-east-1", "eu-west-3"]),
             token=rng.choice([None, "tok/en+=="]), presign=presign)


chance(sys.argv[1]) if len(sys.argv) > 1 else fixed()
