//! The program: roles, command line, wiring.

mod authorizer;
mod balancers;
mod cli;
mod commands;
mod first_start;
mod fleet;
mod hook;
mod local;
mod node;
mod operator;
mod server;
mod settings;
mod websocket;

use clap::Parser;
use cli::{Cli, Command};
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::SystemTime;
use tracing_subscriber::EnvFilter;

/// The clock of the process: read here and handed on.
fn clock() -> model::Timestamp {
    SystemTime::now().into()
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line: what, and why all the way down.
            eprintln!("longshore: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let quiet = !matches!(
        command,
        Command::Up(_) | Command::Server(_) | Command::Agent(_) | Command::Lb(_) | Command::LbEngine(_)
    );
    log_to_stderr(quiet);
    match command {
        Command::Env(place) => commands::env::run(&place),
        Command::Image(image) => wait(commands::image::run(image)),
        Command::Doctor(doctor) => commands::doctor::run(&doctor),
        Command::Status(place) => wait(commands::status::run(&place)),
        Command::Why(why) => wait(commands::operate::why(&why)),
        Command::Reclaim(reclaim) => wait(commands::operate::reclaim(&reclaim)),
        Command::Retire(retire) => wait(commands::operate::retire(&retire)),
        Command::Down(down) => wait(commands::down::run(&down)),
        Command::Up(up) => wait(commands::up::run(up)),
        Command::Server(server) => wait(commands::server::run(server)),
        Command::Agent(agent) => wait(commands::agent::run(agent)),
        Command::Lb(lb) => wait(commands::agent::run_balancers(lb)),
        Command::LbEngine(engine) => balancers::engine::run(engine),
    }
}

fn wait(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

fn log_to_stderr(quiet: bool) {
    let default = if quiet { "error" } else { "info" };
    let filter = EnvFilter::try_from_env("LONGSHORE_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}
