//! Policies that AWS manages, as far as tasks and nodes of Longshore need them: their names, and what they allow of the
//! services that are here. Source: the AWS managed policy reference, and what AmazonECSTaskExecutionRolePolicy (v1) and
//! AmazonEC2ContainerServiceforEC2Role (v10) are where tools list them; the others are from memory, in our own words.

const EXECUTION: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*","Action":[
"ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage",
"logs:CreateLogStream","logs:PutLogEvents"]}}"#;

const INSTANCE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":[
"ec2:DescribeTags","ecs:CreateCluster","ecs:DeregisterContainerInstance","ecs:DiscoverPollEndpoint","ecs:Poll",
"ecs:RegisterContainerInstance","ecs:StartTelemetrySession","ecs:UpdateContainerInstancesState","ecs:Submit*",
"ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage",
"logs:CreateLogStream","logs:PutLogEvents"]},
{"Effect":"Allow","Action":"ecs:TagResource","Resource":"*",
"Condition":{"StringEquals":{"ecs:CreateAction":["CreateCluster","RegisterContainerInstance"]}}},
{"Effect":"Allow","Action":"ecs:ListTagsForResource",
"Resource":["arn:aws:ecs:*:*:task/*/*","arn:aws:ecs:*:*:container-instance/*/*"]}]}"#;

const EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const NOTHING: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;
const LOGS: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}}"#;
const LOGS_READ: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*","Action":[
"logs:Describe*","logs:Get*","logs:List*","logs:StartQuery","logs:StopQuery","logs:TestMetricFilter",
"logs:FilterLogEvents","logs:StartLiveTail","logs:StopLiveTail"]}}"#;

/// Path and name after `policy`, and the document.
const KNOWN: &[(&str, &str)] = &[
    ("/AdministratorAccess", EVERYTHING),
    ("/AWSDenyAll", NOTHING),
    ("/CloudWatchLogsFullAccess", LOGS),
    ("/CloudWatchLogsReadOnlyAccess", LOGS_READ),
    ("/service-role/AmazonEC2ContainerServiceforEC2Role", INSTANCE),
    ("/service-role/AmazonECSTaskExecutionRolePolicy", EXECUTION),
];

/// Whether the ARN is of a policy that AWS manages, whatever its name.
pub fn is_managed_by_aws(arn: &str) -> bool {
    named(arn).is_some()
}

/// What such a policy says, if it is one of those that are known here.
pub fn document(arn: &str) -> Option<&'static str> {
    let named = named(arn)?;
    KNOWN.iter().find(|(known, _)| *known == named).map(|(_, document)| *document)
}

/// Path and name.
fn named(arn: &str) -> Option<&str> {
    let (partition, rest) = arn.strip_prefix("arn:")?.split_once(':')?;
    let named = rest.strip_prefix("iam::aws:policy").filter(|named| named.starts_with('/'))?;
    let name = named.rsplit('/').next().unwrap_or_default();
    let good = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    (partition.starts_with("aws") && !name.is_empty() && name.len() <= 128 && name.chars().all(good))
        .then_some(named)
}
