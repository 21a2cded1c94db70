//! Availability zones: every region has three here.

/// Zones of a region, by their letters.
const LETTERS: [&str; 3] = ["a", "b", "c"];

/// The zones of a region, in order: `us-east-1a`, …
pub fn zones(region: &str) -> impl Iterator<Item = String> + '_ {
    LETTERS.iter().map(move |letter| format!("{region}{letter}"))
}

/// The id of a zone of a region: `use1-az1` for `us-east-1a`. `None` where the region has no such zone.
pub fn zone_id(region: &str, zone: &str) -> Option<String> {
    let number = zones(region).position(|z| z == zone)? + 1;
    Some(format!("{}-az{number}", short(region)))
}

/// What a person calls the group of a region's zones: `US East (Ohio) 1`. `None` of a region that AWS does not have.
pub fn zone_group_long_name(region: &str) -> Option<String> {
    LONG_NAMES.iter().find(|(code, _)| *code == region).map(|(_, name)| format!("{name} 1"))
}

/// Regions as people call them. Source: "AWS Regions" in the AWS Regions and Availability Zones guide, 2025.
const LONG_NAMES: [(&str, &str); 38] = [
    ("af-south-1", "Africa (Cape Town)"),
    ("ap-east-1", "Asia Pacific (Hong Kong)"),
    ("ap-east-2", "Asia Pacific (Taipei)"),
    ("ap-northeast-1", "Asia Pacific (Tokyo)"),
    ("ap-northeast-2", "Asia Pacific (Seoul)"),
    ("ap-northeast-3", "Asia Pacific (Osaka)"),
    ("ap-south-1", "Asia Pacific (Mumbai)"),
    ("ap-south-2", "Asia Pacific (Hyderabad)"),
    ("ap-southeast-1", "Asia Pacific (Singapore)"),
    ("ap-southeast-2", "Asia Pacific (Sydney)"),
    ("ap-southeast-3", "Asia Pacific (Jakarta)"),
    ("ap-southeast-4", "Asia Pacific (Melbourne)"),
    ("ap-southeast-5", "Asia Pacific (Malaysia)"),
    ("ap-southeast-6", "Asia Pacific (New Zealand)"),
    ("ap-southeast-7", "Asia Pacific (Thailand)"),
    ("ca-central-1", "Canada (Central)"),
    ("ca-west-1", "Canada West (Calgary)"),
    ("cn-north-1", "China (Beijing)"),
    ("cn-northwest-1", "China (Ningxia)"),
    ("eu-central-1", "Europe (Frankfurt)"),
    ("eu-central-2", "Europe (Zurich)"),
    ("eu-north-1", "Europe (Stockholm)"),
    ("eu-south-1", "Europe (Milan)"),
    ("eu-south-2", "Europe (Spain)"),
    ("eu-west-1", "Europe (Ireland)"),
    ("eu-west-2", "Europe (London)"),
    ("eu-west-3", "Europe (Paris)"),
    ("il-central-1", "Israel (Tel Aviv)"),
    ("me-central-1", "Middle East (UAE)"),
    ("me-south-1", "Middle East (Bahrain)"),
    ("mx-central-1", "Mexico (Central)"),
    ("sa-east-1", "South America (Sao Paulo)"),
    ("us-east-1", "US East (N. Virginia)"),
    ("us-east-2", "US East (Ohio)"),
    ("us-gov-east-1", "AWS GovCloud (US-East)"),
    ("us-gov-west-1", "AWS GovCloud (US-West)"),
    ("us-west-1", "US West (N. California)"),
    ("us-west-2", "US West (Oregon)"),
];

/// `us-east-1` is `use1`, `ap-southeast-2` is `apse2`.
fn short(region: &str) -> String {
    let shortened = region.split('-').map(|word| match word {
        "north" | "south" | "east" | "west" | "central" | "gov" => &word[..1],
        "northeast" => "ne",
        "northwest" => "nw",
        "southeast" => "se",
        "southwest" => "sw",
        other => other,
    });
    shortened.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_ids() {
        assert_eq!(zones("eu-west-1").collect::<Vec<_>>(), ["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
        assert_eq!(zone_id("us-east-1", "us-east-1b").as_deref(), Some("use1-az2"));
        assert_eq!(zone_id("ap-southeast-2", "ap-southeast-2a").as_deref(), Some("apse2-az1"));
        assert_eq!(zone_id("us-east-1", "us-east-1d"), None);
    }

    #[test]
    fn groups_have_names_for_people() {
        assert_eq!(zone_group_long_name("us-west-2").as_deref(), Some("US West (Oregon) 1"));
        assert_eq!(zone_group_long_name("moon-1"), None);
    }
}
