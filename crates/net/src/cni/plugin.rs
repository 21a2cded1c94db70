//! One call of a plugin: a program that reads its configuration and writes its result. It is not trusted with time or memory.

use serde::Deserialize;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// How long a plugin may take.
const LIMIT: Duration = Duration::from_secs(30);
/// How much of what it says is read.
const MOST_OUTPUT: u64 = 1 << 20;
const MOST_ERRORS: u64 = 64 << 10;
/// How much of that a message holds.
const MOST_WORDS: usize = 500;

pub(super) struct Call<'a> {
    pub program: &'a Path,
    pub environment: Vec<(&'static str, String)>,
    pub input: Vec<u8>,
}

/// What the specification calls an error result.
#[derive(Deserialize)]
struct Refusal {
    code: u32,
    #[serde(default)]
    msg: String,
    #[serde(default)]
    details: String,
}

/// Runs it to its end. The error is what it said, or what became of it.
pub(super) async fn run(call: Call<'_>) -> Result<Vec<u8>, String> {
    let mut child = Command::new(call.program)
        .env_clear()
        // Plugins start programs such as ip and nft.
        .env("PATH", std::env::var_os("PATH").unwrap_or_else(|| "/usr/sbin:/usr/bin:/sbin:/bin".into()))
        .envs(call.environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| format!("it cannot be started: {e}"))?;
    let group = child.id().and_then(|id| rustix::process::Pid::from_raw(id.cast_signed()));
    let (mut stdin, stdout, stderr) = (
        child.stdin.take().expect("it was asked for"),
        child.stdout.take().expect("it was asked for"),
        child.stderr.take().expect("it was asked for"),
    );
    let whole = async {
        let write = async {
            // One that does not read says why in its result.
            let _ = stdin.write_all(&call.input).await;
            drop(stdin);
        };
        let ((), output, errors) = tokio::join!(write, read(stdout, MOST_OUTPUT), read(stderr, MOST_ERRORS));
        let output = output.map_err(|e| format!("its result cannot be read: {e}"))?;
        let output = output.ok_or_else(|| format!("its result has more than {MOST_OUTPUT} bytes"))?;
        let status = child.wait().await.map_err(|e| format!("it cannot be waited for: {e}"))?;
        Ok((status, output, errors.ok().flatten().unwrap_or_default()))
    };
    let ended = tokio::time::timeout(LIMIT, whole).await;
    let ended = ended.unwrap_or_else(|_| Err(format!("it did not end within {} s", LIMIT.as_secs())));
    let (status, output, errors) = match ended {
        Ok(ended) => ended,
        Err(message) => {
            // With whatever it started; one that has ended just now is no error.
            if let Some(group) = group {
                let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            }
            return Err(message);
        }
    };
    if status.success() {
        return Ok(output);
    }
    Err(match serde_json::from_slice::<Refusal>(&output) {
        Ok(Refusal { code, msg, details }) if details.is_empty() => format!("{} (code {code})", short(&msg)),
        Ok(Refusal { code, msg, details }) => format!("{}: {} (code {code})", short(&msg), short(&details)),
        Err(_) => format!("{status}: {}", short(&String::from_utf8_lossy(&errors))),
    })
}

/// Reads to the end; `None` where there is more than `most`.
async fn read(from: impl AsyncRead + Unpin, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes).await?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// One line of bounded length.
fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(MOST_WORDS).collect()
}
