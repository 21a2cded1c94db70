//! The tests' server by itself, to probe and to measure: prints its address and the administrator's key, ends on EOF.

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/wire/toy.rs"]
mod toy;

use std::io::Read;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let toy = toy::Toy::start().await;
    println!("{} {} {}", toy.address, toy::ADMINISTRATOR.0, toy::ADMINISTRATOR.1);
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}
