use super::*;
use agent_protocol::acs::{BalancerChangeMessage, FromBackend};
use model::Timestamp;
use model::balancer::{Door, Draft, Secret, Target};
use std::time::Instant;

/// As many groups, each of so many targets.
fn configuration(revision: u64, groups: usize, targets: usize) -> Configuration {
    Configuration {
        revision,
        groups: (0..groups).map(|at| group(at, targets)).collect(),
        ..Configuration::nothing(Secret::new("00".repeat(32)), Secret::new("11".repeat(32)))
    }
}

fn group(at: usize, targets: usize) -> TargetGroup {
    let text = format!(
        r#"{{"arn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/group-{at:05}/50dc6c495c0c9188", "protocol": "HTTP",
            "healthCheck": {{"enabled": true, "protocol": "HTTP", "path": "/", "intervalSeconds": 30, "timeoutSeconds": 5, "healthyThreshold": 5,
                             "unhealthyThreshold": 2, "matcher": "200"}}}}"#
    );
    let mut made: TargetGroup = serde_json::from_str(&text).expect("a group");
    made.targets = (0..targets).map(|target| target_at(at, target)).collect();
    made
}

fn target_at(group: usize, target: usize) -> Target {
    let address = std::net::Ipv4Addr::from(0x0a00_0000 + (group * 1000 + target) as u32);
    Target {
        id: address.to_string(),
        address: address.into(),
        port: 8080,
        zone: Some("us-east-1a".to_owned()),
        draining_since: None,
    }
}

fn certificate(at: usize, bytes: usize) -> Certificate {
    let arn = format!("arn:aws:acm:us-east-1:000000000000:certificate/{at:05}");
    Certificate { arn, chain: "x".repeat(bytes), key: Secret::new("k"), not_after: Timestamp(0) }
}

/// The messages of a difference, as they go over the wire.
fn written(told: Option<&Configuration>, next: &Configuration) -> Vec<String> {
    let message = |change| BalancerChangeMessage { change: Some(change), ..Default::default() };
    changes(told, next).into_iter().map(|change| FromBackend::from(message(change)).encode()).collect()
}

fn take(draft: &mut Draft, texts: &[String]) -> Option<Configuration> {
    let mut last = None;
    for text in texts {
        assert!(last.is_none(), "only the last part makes it whole");
        let Ok(FromBackend::BalancerChangeMessage(message)) = FromBackend::decode(text) else {
            panic!("{text}")
        };
        last = draft.take(message.change.expect("a change")).expect("it fits");
    }
    last
}

#[test]
fn a_target_that_comes_costs_its_group_and_not_everything() {
    let told = configuration(1, 100, 10);
    let mut draft = Draft::default();
    let first = written(None, &told);
    assert_eq!(take(&mut draft, &first), Some(told.clone()));
    let mut next = configuration(2, 100, 10);
    next.groups[7].targets.push(target_at(7, 10));
    let began = Instant::now();
    let second = written(Some(&told), &next);
    let took = began.elapsed();
    assert_eq!(take(&mut draft, &second), Some(next));
    let bytes = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
    eprintln!("a thousand targets: {} bytes; one more: {} bytes, {took:?}", bytes(&first), bytes(&second));
    assert!(bytes(&first) < 300_000 && bytes(&second) < 3_000);
}

#[test]
fn whatever_there_is_fits_into_messages() {
    // Together more than the 16 MiB that an agent takes of one.
    let mut next = configuration(9, 300, 500);
    next.certificates = (0..2000).map(|at| certificate(at, 4000)).collect();
    let texts = written(None, &next);
    let sizes: Vec<usize> = texts.iter().map(String::len).collect();
    assert!(sizes.iter().sum::<usize>() > 16 << 20, "{sizes:?}");
    assert!(sizes.iter().all(|size| *size < 2 * PART_BYTES), "{sizes:?}");
    assert_eq!(take(&mut Draft::default(), &texts), Some(next));
}

#[test]
fn parts_make_the_whole_whatever_changes() {
    // Groups and certificates come, change and go, in an order that a number decides.
    let mut number = 1_u64;
    let mut draw = |below: u64| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (number >> 33) % below
    };
    let mut told: Option<Configuration> = None;
    let mut draft = Draft::default();
    for revision in 1..200 {
        let mut next = configuration(revision, 0, 0);
        for at in 0..8 {
            if draw(3) > 0 {
                next.groups.push(group(at, draw(3) as usize));
            }
            if draw(3) > 0 {
                next.certificates.push(certificate(at, draw(3) as usize));
            }
        }
        if draw(2) == 0 {
            let port = draw(100) as u16;
            next.doors.push(Door { address: [127, 0, 0, 1].into(), port, leads: Vec::new() });
        }
        if draw(20) == 0 {
            told = None;
        }
        let made = parts(told.as_ref(), &next, 1 + draw(2000) as usize);
        let mut last = None;
        for part in made {
            last = draft.take(part).expect("it fits");
        }
        assert_eq!(last.as_ref(), Some(&next), "revision {revision}");
        told = Some(next);
    }
}

#[test]
fn a_part_that_does_not_fit_is_refused() {
    let (first, second) = (configuration(1, 2, 1), configuration(2, 2, 2));
    let mut draft = Draft::default();
    let of_nothing = parts(None, &first, 1);
    assert_eq!(of_nothing.len(), 2);
    // One before it is missing.
    assert!(draft.take(of_nothing[1].clone()).is_err());
    // Of something else than what is there.
    assert!(draft.take(parts(Some(&first), &second, 1)[0].clone()).is_err());
    // What begins anew fits always, in the middle of another too.
    assert_eq!(draft.take(of_nothing[0].clone()), Ok(None));
    for part in parts(None, &second, usize::MAX) {
        assert_eq!(draft.take(part), Ok(Some(second.clone())));
    }
    assert!(draft.take(of_nothing[1].clone()).is_err());
}
