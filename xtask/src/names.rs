//! From the model's names to Rust's.

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Lower-case words of a name: `enableECSManagedTags` is enable, ecs, managed, tags.
fn words(name: &str) -> Vec<String> {
    // These are one word each, whatever the letter case suggests.
    let name = name.replace("IPv", "Ipv").replace("IPs", "Ips").replace("ARNs", "Arns").replace("IDs", "Ids");
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (at, c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let after_lower = before.is_some_and(|b| b.is_ascii_lowercase());
        let acronym_ends = before.is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && chars.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && (after_lower || acronym_ends) {
            words.push(std::mem::take(&mut word));
        }
        word.push(c.to_ascii_lowercase());
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}

/// A field, method or module: `run_task`, `r#type`.
pub fn snake(name: &str) -> String {
    let name = words(name).join("_");
    if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
}

/// A static: `RUN_TASK`.
pub fn shout(name: &str) -> String {
    words(name).join("_").to_ascii_uppercase()
}

/// A type: the shape's own name with a capital first letter.
pub fn type_name(name: &str) -> String {
    capitalised(name)
}

/// An enum's variant: `Ec2`, `NetAdmin`. `Unknown` is taken by values that the model does not list.
pub fn variant(value: &str) -> String {
    let name: String = words(value).iter().map(|word| capitalised(word)).collect();
    match name.as_str() {
        "Unknown" => "UnknownValue".to_owned(),
        "Self" => "SelfValue".to_owned(),
        "" => "Empty".to_owned(),
        _ if name.starts_with(|c: char| c.is_ascii_digit()) => format!("V{name}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let fields = [
            ("capacityProviderStrategy", "capacity_provider_strategy"),
            ("enableECSManagedTags", "enable_ecs_managed_tags"),
            ("AccessKeyId", "access_key_id"),
            ("type", "r#type"),
            ("privateIPv4Address", "private_ipv4_address"),
            ("ec2InstanceId", "ec2_instance_id"),
            ("EC2InstanceType", "ec2_instance_type"),
            ("kmsKeyARNs", "kms_key_arns"),
            ("s3BucketName", "s3_bucket_name"),
            ("arn", "arn"),
        ];
        for (name, expected) in fields {
            assert_eq!(snake(name), expected);
        }
        let variants = [
            ("EC2", "Ec2"),
            ("awsvpc", "Awsvpc"),
            ("NET_ADMIN", "NetAdmin"),
            ("UNKNOWN", "UnknownValue"),
            ("2xlarge", "V2xlarge"),
            ("serviceLongArnFormat", "ServiceLongArnFormat"),
            ("x86_64", "X8664"),
        ];
        for (value, expected) in variants {
            assert_eq!(variant(value), expected);
        }
    }
}
