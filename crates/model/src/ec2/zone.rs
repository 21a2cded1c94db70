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
}
