//! CPU and memory of a whole task: the forms in which they are written, and the sizes that Fargate has.
//!
//! Source: "Task definition parameters for Amazon ECS: task size", "Fargate task size", and "Troubleshoot task definition invalid CPU or memory
//! errors" of the ECS developer guide, 2025.

use api::ecs::Error;
use model::{CpuUnits, MemoryMib};

/// What a task on instances of one's own may ask for: 0.125 to 192 vCPUs.
const TASK_CPU: std::ops::RangeInclusive<u32> = 128..=196_608;
/// The least memory that a container can be given, hence a task too.
const LEAST_MEMORY: u32 = 4;

/// CPU units of a task: `1024`, `1 vCPU`, `.5 vcpu`.
pub(crate) fn cpu(text: &str) -> Result<CpuUnits, Error> {
    match quantity(text, "vcpu", 1024) {
        Some(units) if TASK_CPU.contains(&units) => Ok(CpuUnits(units)),
        _ => Err(invalid("cpu")),
    }
}

/// Memory of a task: `2048` (MiB), `2 GB`, `0.5GB`.
pub(crate) fn memory(text: &str) -> Result<MemoryMib, Error> {
    match quantity(text, "gb", 1024) {
        Some(mib) if mib >= LEAST_MEMORY => Ok(MemoryMib(mib)),
        _ => Err(invalid("memory")),
    }
}

/// Whether Fargate has a size of this CPU and memory.
pub(crate) fn check_fargate(cpu: Option<CpuUnits>, memory: Option<MemoryMib>) -> Result<(), Error> {
    let missing =
        |what: &str| Error::client(format!("Fargate requires that '{what}' be defined at the task level."));
    let cpu = cpu.ok_or_else(|| missing("cpu"))?;
    let memory = memory.ok_or_else(|| missing("memory"))?;
    if is_fargate_size(cpu, memory) {
        return Ok(());
    }
    Err(Error::client(format!(
        "No Fargate configuration exists for given values: {} CPU, {} memory. See the Amazon ECS documentation for the valid values.",
        cpu.0, memory.0
    )))
}

/// Whether the pair stands in Fargate's table.
pub(crate) fn is_fargate_size(cpu: CpuUnits, memory: MemoryMib) -> bool {
    let mib = memory.0;
    let steps = |from: u32, to: u32, step: u32| (from..=to).contains(&mib) && mib.is_multiple_of(step);
    match cpu.0 {
        256 => [512, 1024, 2048].contains(&mib),
        512 => steps(1024, 4096, 1024),
        1024 => steps(2048, 8192, 1024),
        2048 => steps(4096, 16_384, 1024),
        4096 => steps(8192, 30_720, 1024),
        8192 => steps(16_384, 61_440, 4096),
        16_384 => steps(32_768, 122_880, 8192),
        _ => false,
    }
}

fn invalid(what: &str) -> Error {
    Error::client(format!(
        "Invalid '{what}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."
    ))
}

/// A whole number, or a decimal number of `unit` (in lower case) that is `scale` times as large.
fn quantity(text: &str, unit: &str, scale: u64) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else {
        return digits(&text).and_then(|n| u32::try_from(n).ok());
    };
    let (whole, fraction) = match number.trim_end().split_once('.') {
        Some((whole, fraction)) if !(whole.is_empty() && fraction.is_empty()) => (whole, fraction),
        Some(_) => return None,
        None => (number.trim_end(), "0"),
    };
    let part = |digits_of: &str| if digits_of.is_empty() { Some(0) } else { digits(digits_of) };
    // Beyond six digits a fraction says nothing about a number of 1024ths.
    if fraction.len() > 6 {
        return None;
    }
    let places = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let scaled = part(fraction)?.checked_mul(scale)?;
    let whole = if number.contains('.') { part(whole)? } else { digits(whole)? };
    let units = whole.checked_mul(scale)?.checked_add(scaled / places)?;
    u32::try_from(units).ok()
}

fn digits(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_size_are_read() {
        for (text, units) in [
            ("1024", 1024),
            (" 256 ", 256),
            ("1 vCPU", 1024),
            ("1vcpu", 1024),
            (".25 vCPU", 256),
            ("0.5 VCPU", 512),
            ("1.5vCPU", 1536),
            ("16 vCPU", 16_384),
            ("192 vcpu", 196_608),
        ] {
            assert_eq!(cpu(text), Ok(CpuUnits(units)), "{text}");
        }
        for (text, mib) in [
            ("2048", 2048),
            ("2GB", 2048),
            ("2 GB", 2048),
            ("0.5 gb", 512),
            (".5GB", 512),
            ("120 GB", 122_880),
        ] {
            assert_eq!(memory(text), Ok(MemoryMib(mib)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "one",
            "-1",
            "1 GB",
            "vcpu",
            ". vcpu",
            "1..5 vcpu",
            "1.0000001 vcpu",
            "127",
            "196609",
            "99999999999999999999",
            "0x10",
        ] {
            assert!(cpu(text).is_err(), "{text}");
        }
        for text in ["", "1 MB", "GB", "3", "-4", "4294967296", "99999999999 GB", "1 vcpu"] {
            assert!(memory(text).is_err(), "{text}");
        }
        expect_test::expect![[r#"ClientException: Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."#]]
            .assert_eq(&cpu("x").unwrap_err().to_string());
    }

    #[test]
    fn the_table_of_fargate() {
        let sizes = |cpu: u32| {
            let fits: Vec<u32> =
                (1..=200_000).filter(|mib| is_fargate_size(CpuUnits(cpu), MemoryMib(*mib))).collect();
            (fits.len(), fits.first().copied(), fits.last().copied())
        };
        assert_eq!(sizes(256), (3, Some(512), Some(2048)));
        assert_eq!(sizes(512), (4, Some(1024), Some(4096)));
        assert_eq!(sizes(1024), (7, Some(2048), Some(8192)));
        assert_eq!(sizes(2048), (13, Some(4096), Some(16_384)));
        assert_eq!(sizes(4096), (23, Some(8192), Some(30_720)));
        assert_eq!(sizes(8192), (12, Some(16_384), Some(61_440)));
        assert_eq!(sizes(16_384), (12, Some(32_768), Some(122_880)));
        assert_eq!(sizes(3072), (0, None, None));
    }
}
