//! The operator's fleets: what `--fleet` says, and who makes their machines.
//!
//! `--fleet NAME=local,cpu=UNITS,memory=MIB[,min=N][,max=N][,managed][,zone=ZONE]` starts and stops nodes on this machine;
//! `--fleet NAME=exec:PROGRAM,cpu=…` calls the operator's program, which may do anything.

mod exec;
pub mod local;

use anyhow::{Context, Result};
use ecs::{FleetError, FleetSettings, InstanceFleet, Order};
use model::{CpuUnits, MemoryMib};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The most machines where `max` is not named.
const MOST_MACHINES: u32 = 10;

/// One `--fleet`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fleet {
    pub settings: FleetSettings,
    pub zone: Option<String>,
    pub maker: Maker,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Maker {
    Local,
    Exec(PathBuf),
}

impl std::str::FromStr for Fleet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, rest) = text.split_once('=').ok_or("a fleet is NAME=local,… or NAME=exec:PROGRAM,…")?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
            return Err("the name of a fleet has letters, digits, '-', '_' and '.'".to_owned());
        }
        let mut words = rest.split(',');
        let maker = match words.next().unwrap_or_default() {
            "local" => Maker::Local,
            other => match other.strip_prefix("exec:").filter(|program| !program.is_empty()) {
                Some(program) => Maker::Exec(PathBuf::from(program)),
                None => return Err(format!("a fleet is 'local' or 'exec:PROGRAM', not '{other}'")),
            },
        };
        let mut fleet = Self {
            settings: FleetSettings {
                name: name.to_owned(),
                cpu: CpuUnits(0),
                memory: MemoryMib(0),
                min: 0,
                max: MOST_MACHINES,
                managed: false,
            },
            zone: None,
            maker,
        };
        for word in words {
            fleet.set(word)?;
        }
        let FleetSettings { cpu, memory, min, max, .. } = &fleet.settings;
        if cpu.0 == 0 || memory.0 == 0 {
            return Err("a fleet says what each machine offers: cpu=UNITS and memory=MIB".to_owned());
        }
        if min > max || *max == 0 {
            return Err("the min of a fleet is at most its max, and that is at least 1".to_owned());
        }
        Ok(fleet)
    }
}

impl Fleet {
    fn set(&mut self, word: &str) -> Result<(), String> {
        let number = |value: &str| value.parse().map_err(|_| format!("'{word}' is no number"));
        match word.split_once('=') {
            None if word == "managed" => self.settings.managed = true,
            Some(("cpu", value)) => self.settings.cpu = CpuUnits(number(value)?),
            Some(("memory", value)) => self.settings.memory = MemoryMib(number(value)?),
            Some(("min", value)) => self.settings.min = number(value)?,
            Some(("max", value)) => self.settings.max = number(value)?,
            Some(("zone", value)) => self.zone = Some(value.to_owned()),
            _ => return Err(format!("a fleet has no '{word}'")),
        }
        Ok(())
    }
}

/// Who makes the machines of each fleet.
pub fn makers(fleets: &[Fleet], place: &local::Home) -> Result<BTreeMap<String, Arc<dyn InstanceFleet>>> {
    let maker = |fleet: &Fleet| -> Result<(String, Arc<dyn InstanceFleet>)> {
        let made: Arc<dyn InstanceFleet> = match &fleet.maker {
            Maker::Local => Arc::new(local::Nodes::new(fleet.clone(), place.clone())?),
            Maker::Exec(program) => {
                Arc::new(exec::Program::new(fleet.clone(), program.clone(), &place.endpoint))
            }
        };
        Ok((fleet.settings.name.clone(), made))
    };
    fleets.iter().map(maker).collect::<Result<_>>().context("cannot prepare the fleets")
}

/// An error about one machine.
fn failed(order: &Order, reason: impl ToString) -> FleetError {
    FleetError { fleet: order.fleet.clone(), machine: order.machine.clone(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_fleet_is() {
        let read: Fleet = "web=local,cpu=1024,memory=512,max=3,managed".parse().expect("it is one");
        assert_eq!((read.settings.cpu, read.settings.memory), (CpuUnits(1024), MemoryMib(512)));
        assert_eq!((read.settings.min, read.settings.max, read.settings.managed), (0, 3, true));
        let read: Fleet = "rack=exec:/bin/rack,cpu=1,memory=1".parse().expect("it is one");
        assert_eq!(read.maker, Maker::Exec(PathBuf::from("/bin/rack")));
        for wrong in [
            "web",
            "=local,cpu=1,memory=1",
            "web=local",
            "web=ssh,cpu=1,memory=1",
            "web=exec:,cpu=1,memory=1",
            "web=local,cpu=x,memory=1",
            "web=local,cpu=1,memory=1,min=3,max=2",
            "web=local,cpu=1,memory=1,gpu=1",
            "a b=local,cpu=1,memory=1",
        ] {
            assert!(wrong.parse::<Fleet>().is_err(), "{wrong}");
        }
    }
}
