//! What each step of the chain says, in JSON and in query.

use crate::toy::{DESCRIBE_CLUSTERS, ENDED, LIST_CLUSTERS, SESSION, TOKEN, Toy, USER, WHO, json, query};

#[tokio::test]
async fn controls() {
    let toy = Toy::start().await;
    let answer = toy.call(&json(LIST_CLUSTERS, b"{}")).await;
    answer.says(200, r#"{"clusterArns":["arn:aws:ecs:us-east-1:000000000000:cluster/default"]}"#);
    assert_eq!(answer.header("content-type"), "application/x-amz-json-1.1");
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    let answer = toy.call(&query(WHO)).await;
    answer.says(200, "<Arn>arn:aws:iam::000000000000:root</Arn>");
    answer.says(200, "<UserId>000000000000</UserId><Account>000000000000</Account>");
    assert_eq!(answer.header("content-type"), "text/xml");
    let id = answer.header("x-amzn-requestid");
    assert!(answer.body.contains(&format!("<RequestId>{id}</RequestId>")), "one id in header and body");
}

#[tokio::test]
async fn detection() {
    let toy = Toy::start().await;
    for target in [
        "AmazonEC2ContainerServiceV20141113.NoSuchOperation",
        "AmazonEC2ContainerServiceV20141113.listclusters",
        "AmazonEC2ContainerServiceV20141113.",
        "NoSuchService_20010101.ListClusters",
        "nodot",
    ] {
        let answer = toy.call(&json(target, b"{}")).await;
        answer
            .says(400, r#"{"__type":"UnknownOperationException","message":"The requested operation is not"#);
        assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    }
    for (body, code, text) in [
        (
            &b"Action=NoSuchAction&Version=2011-06-15"[..],
            "InvalidAction",
            "Could not find operation NoSuchAction for version 2011-06-15",
        ),
        (
            b"Action=GetCallerIdentity&Version=1999-01-01",
            "InvalidAction",
            "Could not find operation GetCallerIdentity for version 1999-01-01",
        ),
        (
            b"Action=GetCallerIdentity",
            "InvalidAction",
            "Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED",
        ),
        (b"Version=2011-06-15", "MissingAction", "The request must contain the parameter Action."),
    ] {
        let answer = toy.call(&query(body)).await;
        answer.says(400, &format!("<Code>{code}</Code>"));
        answer.says(400, text);
    }
    let mut get = json(LIST_CLUSTERS, b"");
    get.method = "GET";
    toy.call(&get).await.says(404, "UnknownOperationException");
    let mut path = query(b"");
    (path.method, path.target, path.headers) = ("GET", "/nothing/here", Vec::new());
    toy.call(&path).await.says(404, "<Code>UnknownOperationException</Code>");
    toy.call(&path.unsigned()).await.says(403, "<Code>MissingAuthenticationToken</Code>");
}

#[tokio::test]
async fn a_get_with_parameters_and_a_presigned_one() {
    let toy = Toy::start().await;
    let mut get = query(b"");
    (get.method, get.target, get.headers) =
        ("GET", "/?Version=2011-06-15&Action=GetCallerIdentity", Vec::new());
    toy.call(&get).await.says(200, "<Account>000000000000</Account>");
    get.target = "/?Version=2011-06-15&Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256";
    toy.call(&get.unsigned()).await.says(400, "<Code>IncompleteSignature</Code>");
}

#[tokio::test]
async fn authentication() {
    let toy = Toy::start().await;
    let cases = [
        (
            "MissingAuthenticationToken",
            403,
            "Missing Authentication Token",
            "Request is missing Authentication Token",
        ),
        ("IncompleteSignature", 400, "Authorization header requires 'Signature' parameter.", ""),
        ("InvalidSignature", 403, "The request signature we calculated does not match", ""),
        ("UnrecognizedClient", 403, "The security token included in the request is invalid.", ""),
        ("ExpiredToken", 403, "The security token included in the request is expired", ""),
        ("InvalidSignature", 403, "Credential should be scoped to a valid region, not 'eu-north-1'. ", ""),
        ("InvalidSignature", 403, "Credential should be scoped to correct service: '", ""),
    ];
    for (index, (code, query_status, text, query_text)) in cases.into_iter().enumerate() {
        let spoil = |mut call: crate::toy::Call<'static>| {
            match index {
                0 => call.signed = false,
                1 => {
                    call.signed = false;
                    call.headers.push(("authorization", "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host"));
                    call.headers.push(("x-amz-date", "20150830T123600Z"));
                }
                2 => call.key.1 = "wrong",
                3 => call.key.0 = "AKIAUNKNOWN000000000",
                4 => (call.key, call.token) = (ENDED, Some(TOKEN)),
                5 => call.region = "eu-north-1",
                _ => call.service = "s3",
            }
            call
        };
        let answer = toy.call(&spoil(json(LIST_CLUSTERS, b"{}"))).await;
        answer.says(400, &format!(r#""__type":"{code}Exception""#));
        answer.says(400, text);
        assert_eq!(answer.header("content-type"), "application/x-amz-json-1.1");
        if index == 6 {
            // A query request is detected by its signature; signed for another service it is no one's.
            toy.call(&spoil(query(WHO))).await.says(400, "<Code>InvalidAction</Code>");
            continue;
        }
        let code = match code {
            "InvalidSignature" => "SignatureDoesNotMatch",
            "UnrecognizedClient" => "InvalidClientTokenId",
            same => same,
        };
        let answer = toy.call(&spoil(query(WHO))).await;
        answer.says(query_status, &format!("<Code>{code}</Code>"));
        let text = if query_text.is_empty() { text } else { query_text };
        answer.says(query_status, &text.replace('\'', "&apos;").replace("&apos;", "'"));
    }
}

#[tokio::test]
async fn sessions() {
    let toy = Toy::start().await;
    let mut who = query(WHO);
    (who.key, who.token) = (SESSION, Some(TOKEN));
    toy.call(&who).await.says(200, "<Arn>arn:aws:sts::000000000000:assumed-role/web/one</Arn>");
    who.token = Some("another");
    toy.call(&who).await.says(403, "<Code>InvalidClientTokenId</Code>");
}

#[tokio::test]
async fn authorisation() {
    let toy = Toy::start().await;
    let mut call = json(DESCRIBE_CLUSTERS, br#"{"clusters":["one","two"]}"#);
    call.key = USER;
    let answer = toy.call(&call).await;
    answer.says(
        400,
        r#"{"__type":"AccessDeniedException","message":"User: arn:aws:iam::000000000000:user/ann is not authorized to perform: ecs:DescribeClusters on resource: arn:aws:ecs:us-east-1:000000000000:cluster/one because no identity-based policy allows the ecs:DescribeClusters action"}"#,
    );
    let mut call = query(b"Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::000000000000:role/web&RoleSessionName=one");
    call.key = USER;
    // A trust policy can allow it where the caller's own policies say nothing: its handler decides, and the toy has none.
    toy.call(&call).await.says(501, "Longshore does not implement AssumeRole yet.");
    let mut call = query(WHO);
    call.key = USER;
    toy.call(&call).await.says(200, "<UserId>AIDAANN</UserId>");
}

#[tokio::test]
async fn inputs() {
    let toy = Toy::start().await;
    for body in [&b"{"[..], b"[]", b"\xff", br#"{"clusters":5}"#, br#"{"clusters":"#] {
        toy.call(&json(DESCRIBE_CLUSTERS, body)).await.says(400, r#""__type":"SerializationException""#);
    }
    // Required members are missed by name, under the code that the service has for it.
    let answer = toy.call(&json("AmazonEC2ContainerServiceV20141113.DescribeTasks", b"{}")).await;
    answer.says(400, "Member must not be null");
    toy.call(&query(b"Action=AssumeRole&Version=2011-06-15")).await.says(400, "Member must not be null");
}

#[tokio::test]
async fn operations_not_built_and_failures() {
    let toy = Toy::start().await;
    let answer = toy.call(&json("AmazonEC2ContainerServiceV20141113.ListServices", b"{}")).await;
    answer.says(501, "Longshore does not implement ListServices yet.");
    let answer = toy.call(&query(b"Action=GetSessionToken&Version=2011-06-15")).await;
    answer.says(501, "Longshore does not implement GetSessionToken yet.");
    let answer = toy.call(&json(DESCRIBE_CLUSTERS, br#"{"clusters":["internal"]}"#)).await;
    answer.says(500, "It broke.");
    let mut connection = toy.connect().await;
    connection.send(&json(DESCRIBE_CLUSTERS, br#"{"clusters":["panic"]}"#).bytes(toy.address)).await;
    let answer = connection.answer().await;
    answer.says(500, r#""__type":"InternalFailure""#);
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    connection.send(&json(LIST_CLUSTERS, b"{}").bytes(toy.address)).await;
    connection.answer().await.says(200, "clusterArns");
}
