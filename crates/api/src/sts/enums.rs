//! Enumerations of AWS STS.
