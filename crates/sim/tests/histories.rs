//! Seeded histories of the whole control plane: two hundred seeds, each in virtual time.

use sim::{Outcome, run, story};

/// Acts of a long history, and of a short one.
const ACTS: usize = 40;
const FEW: usize = 20;

fn play(seed: u64) -> Outcome {
    play_acts(seed, ACTS)
}

fn play_acts(seed: u64, acts: usize) -> Outcome {
    let outcome = run(seed, story(seed, acts));
    assert!(
        outcome.wrong.is_empty(),
        "seed {seed}; `SEED={seed} ACTS={acts} cargo test -p sim one_history` shows it again\n{}\n{}",
        outcome.log.join("\n"),
        outcome.wrong.join("\n")
    );
    outcome
}

fn play_all(seeds: std::ops::Range<u64>, acts: usize) {
    let tasks: usize = seeds.map(|seed| play_acts(seed, acts).tasks).sum();
    assert!(tasks > 12 * acts, "hardly anything happened: {tasks} tasks");
}

#[test]
fn histories_0() {
    play_all(0..25, ACTS);
}

#[test]
fn histories_1() {
    play_all(25..50, ACTS);
}

#[test]
fn histories_2() {
    play_all(50..75, ACTS);
}

#[test]
fn histories_3() {
    play_all(75..100, ACTS);
}

#[test]
fn histories_4() {
    play_all(100..125, FEW);
}

#[test]
fn histories_5() {
    play_all(125..150, FEW);
}

#[test]
fn histories_6() {
    play_all(150..175, FEW);
}

#[test]
fn histories_7() {
    play_all(175..200, FEW);
}

/// The same seed is the same history: what a failing one shows, it shows again.
#[test]
fn a_seed_is_one_history() {
    assert_eq!(play(1_000), play(1_000));
    assert_ne!(play(1_000).log, play(1_001).log);
}

#[test]
fn one_history() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let acts = number("ACTS").map_or(ACTS, |acts| usize::try_from(acts).expect("few"));
    let outcome = play_acts(number("SEED").unwrap_or(2_000), acts);
    println!("{}", outcome.log.join("\n"));
    println!("{} tasks; as it was wanted after {} s", outcome.tasks, outcome.settled_after);
}
