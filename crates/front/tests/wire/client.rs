//! botocore as a client.

use crate::toy::{ADMINISTRATOR, SESSION, TOKEN, Toy, within};
use std::path::Path;
use tokio::process::Command;

const SCRIPT: &str = r#"
import sys, botocore.session, botocore.exceptions
from botocore.config import Config
endpoint, key, secret, skey, ssecret, token = sys.argv[1:]
def client(service, *credentials):
    return botocore.session.Session().create_client(service, region_name="us-east-1", endpoint_url=endpoint,
        aws_access_key_id=credentials[0], aws_secret_access_key=credentials[1],
        aws_session_token=credentials[2] if len(credentials) > 2 else None, config=Config(retries={"max_attempts": 0}))
def code(call, **parameters):
    try:
        call(**parameters)
    except botocore.exceptions.ClientError as error:
        assert error.response["ResponseMetadata"]["RequestId"], error.response
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    return "accepted", 200
who = client("sts", key, secret).get_caller_identity()
assert who["Arn"] == "arn:aws:iam::000000000000:root" and who["ResponseMetadata"]["RequestId"], who
who = client("sts", skey, ssecret, token).get_caller_identity()
assert who["Arn"] == "arn:aws:sts::000000000000:assumed-role/web/one", who
ecs = client("ecs", key, secret)
assert ecs.list_clusters()["clusterArns"] == ["arn:aws:ecs:us-east-1:000000000000:cluster/default"]
for got, want in [
    (code(client("ecs", key, "wrong").list_clusters), ("InvalidSignatureException", 400)),
    (code(client("ecs", "AKIAUNKNOWN000000000", secret).list_clusters), ("UnrecognizedClientException", 400)),
    (code(client("ecs", skey, ssecret, token).list_clusters), ("AccessDeniedException", 400)),
    (code(client("ecs", skey, ssecret, "x").list_clusters), ("UnrecognizedClientException", 400)),
    (code(client("sts", key, "wrong").get_caller_identity), ("SignatureDoesNotMatch", 403)),
    (code(client("sts", "AKIAUNKNOWN000000000", secret).get_caller_identity), ("InvalidClientTokenId", 403)),
    (code(ecs.list_services), ("NotImplemented", 501)),
]:
    assert got == want, (got, want)
import urllib.request
signer = client("sts", key, secret)
url = signer.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
assert b"<Account>000000000000</Account>" in urllib.request.urlopen(url).read()
print("well")
"#;

#[tokio::test]
async fn botocore() {
    let toy = Toy::start().await;
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.venv/bin/python3");
    let python = if own.exists() { own } else { "python3".into() };
    let endpoint = format!("http://{}", toy.address);
    let run = Command::new(&python)
        .args(["-c", SCRIPT, &endpoint, ADMINISTRATOR.0, ADMINISTRATOR.1, SESSION.0, SESSION.1, TOKEN])
        .kill_on_drop(true)
        .output();
    let output = within(run).await.expect("python runs; `make venv` installs botocore");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(output.stdout, b"well\n");
}
