//! How right the machine's clock is, as the kernel knows it from whoever keeps it (chrony, ntpd, systemd-timesyncd).
//!
//! Source: adjtimex(2).

#![allow(unsafe_code)] // adjtimex has no safe wrapper here; reasons at each block.

use std::io;

/// What the kernel says of its clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClockState {
    /// Whether somebody keeps it in step with a reference.
    pub is_synchronized: bool,
    /// How far it may be off at the most, in milliseconds. Means something where it is synchronised.
    pub error_bound_ms: f64,
}

/// Asks the kernel; it only reads.
pub fn clock_state() -> io::Result<ClockState> {
    // SAFETY: all of `timex` are integers, for which zero is a value; `modes` zero asks for nothing to be changed.
    let mut clock: libc::timex = unsafe { std::mem::zeroed() };
    // SAFETY: it is a `timex` of ours that lives until the call returns.
    let state = unsafe { libc::adjtimex(&mut clock) };
    if state < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(ClockState {
        is_synchronized: state != libc::TIME_ERROR && clock.status & libc::STA_UNSYNC == 0,
        error_bound_ms: clock.maxerror as f64 / 1000.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kernel lets the error grow by 500 ppm, and calls a clock that nobody keeps one that may be 16 s off.
    #[test]
    fn a_clock_is_synchronized_or_is_said_to_be_far_off() {
        let state = clock_state().unwrap();
        assert!((0.0..=16_001.0).contains(&state.error_bound_ms), "{state:?}");
        assert!(state.is_synchronized || state.error_bound_ms >= 1.0, "{state:?}");
    }
}
