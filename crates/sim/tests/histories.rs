//! Seeded histories of the whole control plane: two hundred seeds, each in virtual time.

use sim::{Outcome, run, story};

/// Acts of each history.
const ACTS: usize = 40;

fn play(seed: u64) -> Outcome {
    let outcome = run(seed, story(seed, ACTS));
    assert!(
        outcome.wrong.is_empty(),
        "seed {seed}; `SEED={seed} cargo test -p sim one_history` shows it again\n{}\n{}",
        outcome.log.join("\n"),
        outcome.wrong.join("\n")
    );
    outcome
}

fn play_all(seeds: std::ops::Range<u64>) {
    let tasks: usize = seeds.map(|seed| play(seed).tasks).sum();
    assert!(tasks > 500, "hardly anything happened: {tasks} tasks");
}

#[test]
fn histories_0() {
    play_all(0..25);
}

#[test]
fn histories_1() {
    play_all(25..50);
}

#[test]
fn histories_2() {
    play_all(50..75);
}

#[test]
fn histories_3() {
    play_all(75..100);
}

#[test]
fn histories_4() {
    play_all(100..125);
}

#[test]
fn histories_5() {
    play_all(125..150);
}

#[test]
fn histories_6() {
    play_all(150..175);
}

#[test]
fn histories_7() {
    play_all(175..200);
}

/// The same seed is the same history: what a failing one shows, it shows again.
#[test]
fn a_seed_is_one_history() {
    assert_eq!(play(1_000), play(1_000));
    assert_ne!(play(1_000).log, play(1_001).log);
}

#[test]
fn one_history() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(2_000);
    let outcome = play(seed);
    println!("{}", outcome.log.join("\n"));
    println!("{} tasks; as it was wanted after {} s", outcome.tasks, outcome.settled_after);
}
