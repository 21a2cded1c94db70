//! cgroup v2 knows no device files: what a container may open is decided by a BPF program, which this makes from an allow-list.
//!
//! The last rule that matches decides; no match is a refusal. The kernel's context is three u32: access and type, major, minor.

use std::fs::File;
use std::os::fd::AsFd as _;
use std::path::Path;

use shim::{DeviceRule, Failure, sys};

use crate::start::io;

/// Attaches the list to the container's cgroup.
pub fn attach(cgroup: &Path, rules: &[DeviceRule]) -> Result<(), Failure> {
    let directory = File::open(cgroup).map_err(io("open cgroup"))?;
    sys::attach_device_filter(directory.as_fd(), &compile(rules)).map_err(io("attach device filter"))
}

const TYPE: u8 = 2;
const ACCESS: u8 = 3;
const MAJOR: u8 = 4;
const MINOR: u8 = 5;

fn instruction(code: u8, destination: u8, source: u8, offset: i16, immediate: u32) -> u64 {
    u64::from(code)
        | u64::from(destination | source << 4) << 8
        | u64::from(offset as u16) << 16
        | u64::from(immediate) << 32
}

fn compile(rules: &[DeviceRule]) -> Vec<u64> {
    const LOAD_WORD: u8 = 0x61;
    const AND: u8 = 0x57;
    const SHIFT_RIGHT: u8 = 0x77;
    let mut program = vec![
        instruction(LOAD_WORD, TYPE, 1, 0, 0),
        instruction(AND, TYPE, 0, 0, 0xffff),
        instruction(LOAD_WORD, ACCESS, 1, 0, 0),
        instruction(SHIFT_RIGHT, ACCESS, 0, 0, 16),
        instruction(LOAD_WORD, MAJOR, 1, 4, 0),
        instruction(LOAD_WORD, MINOR, 1, 8, 0),
    ];
    for rule in rules.iter().rev() {
        let unconditional = push_rule(&mut program, rule);
        if unconditional {
            return program; // The verifier refuses what cannot be reached.
        }
    }
    push_answer(&mut program, false);
    program
}

/// Tells whether the rule matches everything.
fn push_rule(program: &mut Vec<u64>, rule: &DeviceRule) -> bool {
    const MOVE: u8 = 0xbf;
    const AND: u8 = 0x57;
    const JUMP_UNEQUAL: u8 = 0x55;
    const JUMP_UNEQUAL_REGISTER: u8 = 0x5d;
    let access = rule.access.chars().fold(0, |bits, letter| {
        bits | match letter {
            'm' => 1,
            'r' => 2,
            'w' => 4,
            _ => 0,
        }
    });
    let mut conditions = Vec::new();
    match rule.kind {
        'b' => conditions.push(vec![instruction(JUMP_UNEQUAL, TYPE, 0, 0, 1)]),
        'c' => conditions.push(vec![instruction(JUMP_UNEQUAL, TYPE, 0, 0, 2)]),
        _ => {}
    }
    if access != 7 {
        // All of what is asked for must be in the rule.
        conditions.push(vec![
            instruction(MOVE, 1, ACCESS, 0, 0),
            instruction(AND, 1, 0, 0, access),
            instruction(JUMP_UNEQUAL_REGISTER, 1, ACCESS, 0, 0),
        ]);
    }
    conditions.extend(rule.major.map(|major| vec![instruction(JUMP_UNEQUAL, MAJOR, 0, 0, major)]));
    conditions.extend(rule.minor.map(|minor| vec![instruction(JUMP_UNEQUAL, MINOR, 0, 0, minor)]));
    let unconditional = conditions.is_empty();
    let mut left: usize = conditions.iter().map(Vec::len).sum::<usize>() + 2;
    for mut condition in conditions {
        left -= condition.len();
        if let Some(jump) = condition.last_mut() {
            // From behind this jump to behind the answer.
            *jump |= (left as u64) << 16;
        }
        program.append(&mut condition);
    }
    push_answer(program, rule.allow);
    unconditional
}

fn push_answer(program: &mut Vec<u64>, allow: bool) {
    const MOVE_IMMEDIATE: u8 = 0xb7;
    const EXIT: u8 = 0x95;
    program.push(instruction(MOVE_IMMEDIATE, 0, 0, 0, u32::from(allow)));
    program.push(instruction(EXIT, 0, 0, 0, 0));
}

#[cfg(test)]
mod tests {
    use shim::DeviceRule;

    use super::compile;

    /// Runs a program as the kernel would, for the instructions that `compile` uses.
    fn run(program: &[u64], kind: u32, access: u32, major: u32, minor: u32) -> bool {
        let context = [access << 16 | kind, major, minor];
        let mut registers = [0_u64; 11];
        let mut at = 0;
        loop {
            let word = program[at];
            let (destination, source) = ((word >> 8 & 15) as usize, (word >> 12 & 15) as usize);
            let (offset, immediate) = ((word >> 16 & 0xffff) as usize, word >> 32);
            at += 1;
            match word & 0xff {
                0x61 => registers[destination] = u64::from(context[offset / 4]),
                0x57 => registers[destination] &= immediate,
                0x77 => registers[destination] >>= immediate,
                0xbf => registers[destination] = registers[source],
                0xb7 => registers[destination] = immediate,
                0x55 if registers[destination] != immediate => at += offset,
                0x5d if registers[destination] != registers[source] => at += offset,
                0x55 | 0x5d => {}
                0x95 => return registers[0] == 1,
                other => panic!("{other:#x}"),
            }
        }
    }

    fn rule(allow: bool, kind: char, major: Option<u32>, minor: Option<u32>, access: &str) -> DeviceRule {
        DeviceRule { allow, kind, major, minor, access: access.to_owned() }
    }

    #[test]
    fn the_program_decides_as_the_list_says() {
        let program = compile(&[
            rule(false, 'a', None, None, "rwm"),
            rule(true, 'c', None, None, "m"),
            rule(true, 'c', Some(1), Some(3), "rwm"),
            rule(true, 'b', Some(8), None, "r"),
        ]);
        let (mknod, read, write) = (1, 2, 4);
        for (kind, access, major, minor, allowed) in [
            (2, read, 1, 3, true),
            (2, read | write, 1, 3, true),
            (2, mknod, 200, 9, true),
            (2, mknod | read, 200, 9, false),
            (2, read, 1, 4, false),
            (1, read, 8, 77, true),
            (1, write, 8, 77, false),
            (1, read | write, 8, 77, false),
            (1, mknod, 7, 0, false),
        ] {
            assert_eq!(run(&program, kind, access, major, minor), allowed, "{kind} {access} {major}:{minor}");
        }
        assert!(run(&compile(&[rule(true, 'a', None, None, "rwm")]), 1, 7, 8, 0));
        assert!(!run(&compile(&[]), 2, read, 1, 3));
    }
}
