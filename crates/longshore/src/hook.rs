//! How lifecycle hooks of deployments are reached: an address that takes a POST, or a program that the operator allows.
//!
//! What a hook is told and what it answers is not logged, nor is its address, which may carry a secret. A program gets nothing of the server's environment but `PATH`.

use ecs::{CallHook, Called, Calling, HookTarget, LONGEST_ANSWER, PATIENCE};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// How long the other end may take until it has taken the connection.
const CONNECT: Duration = Duration::from_secs(10);

/// One `--hook`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub name: String,
    pub path: PathBuf,
}

impl std::str::FromStr for Program {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = text.split_once('=').ok_or("a hook is NAME=PROGRAM")?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
            return Err("the name of a hook has letters, digits, '-', '_' and '.'".to_owned());
        }
        let path = PathBuf::from(path);
        if !path.is_absolute() {
            return Err(format!("the program of the hook {name} needs an absolute path"));
        }
        Ok(Self { name: name.to_owned(), path })
    }
}

/// Calls hooks.
pub struct Hooks {
    /// Made when they are wanted: a machine without certificates of authorities can do all but call by `https`.
    plain: OnceLock<reqwest::Client>,
    tls: OnceLock<reqwest::Client>,
    programs: BTreeMap<String, PathBuf>,
}

impl Hooks {
    pub fn new(programs: &[Program]) -> Self {
        let programs = programs.iter().map(|p| (p.name.clone(), p.path.clone())).collect();
        Self { plain: OnceLock::new(), tls: OnceLock::new(), programs }
    }

    fn client(&self, url: &str) -> reqwest::Result<&reqwest::Client> {
        let is_plain = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
        let cell = if is_plain { &self.plain } else { &self.tls };
        if let Some(client) = cell.get() {
            return Ok(client);
        }
        // Hooks are the operator's own, often on this machine: no proxy, and whom they redirect to was not asked for.
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(PATIENCE);
        if is_plain {
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build()?;
        Ok(cell.get_or_init(|| client))
    }

    async fn post(&self, url: &str, event: &str) -> Called {
        let client = match self.client(url) {
            Ok(client) => client,
            Err(error) => return Called::Failed(error.without_url().to_string()),
        };
        let request = client.post(url).header("content-type", "application/json").body(event.to_owned());
        let mut response = match request.send().await {
            Ok(response) => response,
            Err(error) if error.is_connect() => return Called::Unreached(error.without_url().to_string()),
            Err(error) => return Called::Failed(error.without_url().to_string()),
        };
        if !response.status().is_success() {
            return Called::Failed(format!("it answered with the status {}", response.status()));
        }
        let mut said = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if said.len() + chunk.len() <= LONGEST_ANSWER => {
                    said.extend_from_slice(&chunk)
                }
                Ok(Some(_)) => return too_long(),
                Ok(None) => return Called::Said(said),
                Err(error) => return Called::Failed(error.without_url().to_string()),
            }
        }
    }

    async fn run(&self, name: &str, event: &str) -> Called {
        let Some(program) = self.programs.get(name) else {
            return Called::Failed(format!("the server does not offer a program {name} any more"));
        };
        let run = tokio::time::timeout(PATIENCE, run(program, event));
        run.await.unwrap_or_else(|_| Called::Failed(format!("it took longer than {} s", PATIENCE.as_secs())))
    }
}

async fn run(program: &PathBuf, event: &str) -> Called {
    let mut command = Command::new(program);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Called::Failed(format!("it could not be run: {error}")),
    };
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let tell = async {
        // One that does not read it closes the pipe, which is its right.
        if let Some(mut stdin) = stdin {
            let _told = stdin.write_all(event.as_bytes()).await;
        }
    };
    let hear = async {
        let mut said = Vec::new();
        let Some(stdout) = stdout else { return Ok(said) };
        // One byte more than is allowed tells that it is too much.
        stdout.take(LONGEST_ANSWER as u64 + 1).read_to_end(&mut said).await.map(|_| said)
    };
    let ((), said) = tokio::join!(tell, hear);
    match said {
        Ok(said) if said.len() > LONGEST_ANSWER => too_long(),
        Err(error) => Called::Failed(format!("its answer could not be read: {error}")),
        Ok(said) => match child.wait().await {
            Ok(status) if status.success() => Called::Said(said),
            Ok(status) => Called::Failed(status.to_string()),
            Err(error) => Called::Failed(error.to_string()),
        },
    }
}

fn too_long() -> Called {
    Called::Failed(format!("its answer is longer than {LONGEST_ANSWER} bytes"))
}

impl CallHook for Hooks {
    fn call<'a>(&'a self, target: &'a HookTarget, event: &'a str) -> Calling<'a> {
        Box::pin(async move {
            match target {
                HookTarget::Url(url) => self.post(url, event).await,
                HookTarget::Program(name) => self.run(name, event).await,
                HookTarget::Task(_) => Called::Failed("tasks are run by the service itself".to_owned()),
            }
        })
    }
}
