//! `longshore env`: what the aws CLI and the SDKs need, for a shell to evaluate.

use crate::cli::Place;
use crate::local::Local;
use anyhow::Result;

pub fn run(place: &Place) -> Result<()> {
    let local = Local::find(place)?;
    print!("{}", exports(&local));
    Ok(())
}

/// The lines, each of which is safe to evaluate: values have no character that a shell would act on.
pub fn exports(local: &Local) -> String {
    let secret = local.key.secret_access_key.expose();
    let values = [
        ("AWS_ENDPOINT_URL", local.endpoint.as_str()),
        ("AWS_ACCESS_KEY_ID", &local.key.access_key_id),
        ("AWS_SECRET_ACCESS_KEY", secret),
        ("AWS_REGION", &local.region),
        ("AWS_DEFAULT_REGION", &local.region),
        // `stream-127.0.0.1`, as some operations would have it, is no name.
        ("AWS_DISABLE_HOST_PREFIX_INJECTION", "true"),
    ];
    let mut text: String = values.iter().map(|(name, value)| format!("export {name}='{value}'\n")).collect();
    // A token or a profile of the real AWS would go along with these keys and spoil them.
    text.push_str("unset AWS_SESSION_TOKEN AWS_PROFILE\n");
    text
}
