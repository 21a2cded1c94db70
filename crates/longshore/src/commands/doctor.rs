//! `longshore doctor`: what this machine lacks to run containers, and how to mend it.
//!
//! Two halves: [`probe`] looks and tries, and leaves nothing behind; [`judge`] decides what the findings mean, purely. One line
//! for each check; the exit code is 1 when something needed is missing, 0 otherwise, warnings or not.

mod judge;
mod probe;

use crate::cli::Doctor;
use anyhow::{Result, bail};
use judge::{Finding, Level};

pub fn run(options: &Doctor) -> Result<()> {
    let findings = judge::judge(&probe::look(&options.place.data_dir, options.listen));
    print!("{}", report(&findings));
    match findings.iter().filter(|f| f.level == Level::Missing).count() {
        0 => Ok(()),
        1 => bail!("one thing that Longshore needs is missing on this machine"),
        n => bail!("{n} things that Longshore needs are missing on this machine"),
    }
}

/// One line for each finding: level – what was found – how to mend it.
fn report(findings: &[Finding]) -> String {
    let width = findings.iter().map(|f| f.what.len()).max().unwrap_or(0);
    let line = |f: &Finding| {
        let mend = f.mend.as_ref().map_or_else(String::new, |mend| format!(" – {mend}"));
        format!("{:7}  {:width$}  {}{mend}\n", f.level.to_string(), f.what, f.found)
    };
    findings.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line() {
        let findings = [
            Finding { level: Level::Ok, what: "root", found: "yes".to_owned(), mend: None },
            Finding {
                level: Level::Missing,
                what: "packet filter",
                found: "nft is not here".to_owned(),
                mend: Some("apt-get install nftables".to_owned()),
            },
        ];
        let lines = report(&findings);
        assert_eq!(
            lines,
            "ok       root           yes\nmissing  packet filter  nft is not here – apt-get install nftables\n"
        );
    }
}
