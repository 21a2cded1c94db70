//! `longshore why`, `reclaim` and `retire`: what operators ask of the server of a data directory.

use crate::cli::{Reclaim, Retire, WhyOf};
use crate::local::Local;
use crate::operator::TARGET;
use agent::aws::{Client, Credentials};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;

/// How long the server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Why {
    arn: String,
    starts: Option<u32>,
    last_status: String,
    waits: bool,
    capacity: String,
    instances: u32,
    refused: Vec<Refused>,
    closest: Option<Closest>,
    broken: Option<String>,
}

#[derive(Deserialize)]
struct Refused {
    reason: String,
    instances: u32,
}

#[derive(Deserialize)]
struct Closest {
    instance: String,
    explanation: String,
}

#[derive(Deserialize)]
struct Left {
    instance: String,
    tasks: Vec<String>,
    /// Milliseconds since 1970.
    at: i64,
}

pub async fn why(options: &WhyOf) -> Result<()> {
    let tasks: Vec<Why> = ask(&options.place.data_dir, "Why", json!({ "arn": options.arn })).await?;
    if tasks.is_empty() {
        println!("nothing of it waits");
    }
    for task in &tasks {
        print!("{}", text(task));
    }
    Ok(())
}

pub async fn reclaim(options: &Reclaim) -> Result<()> {
    let left: Left = ask(&options.place.data_dir, "Reclaim", json!({ "node": options.node })).await?;
    println!("{} is reclaimed; {} tasks are interrupted", left.instance, left.tasks.len());
    left.tasks.iter().for_each(|task| println!("  {task}"));
    Ok(())
}

pub async fn retire(options: &Retire) -> Result<()> {
    let input = json!({ "node": options.node, "at": options.at.map(model::Timestamp::millis) });
    let left: Left = ask(&options.place.data_dir, "Retire", input).await?;
    let at = api::Timestamp::from_epoch_ms(left.at).format(api::TimestampFormat::Iso8601);
    println!("{} takes no more Fargate tasks; {} will be stopped at {at}", left.instance, left.tasks.len());
    left.tasks.iter().for_each(|task| println!("  {task}"));
    Ok(())
}

async fn ask<T: DeserializeOwned>(data_dir: &std::path::Path, operation: &str, input: Value) -> Result<T> {
    let place = crate::cli::Place { data_dir: data_dir.to_owned() };
    let local = Local::find(&place)?;
    let credentials = Credentials::new(&local.key.access_key_id, local.key.secret_access_key.expose());
    let client = Client::new(&local.endpoint, &local.region)?;
    let target = format!("{TARGET}{operation}");
    match client.call("ecs", &target, &credentials, &input, PATIENCE).await {
        Ok(answer) => Ok(answer),
        Err(error) if error.code().is_some() => bail!("{error}"),
        Err(error) => Err(error).context("the server did not answer"),
    }
}

fn text(why: &Why) -> String {
    let Why { arn, starts, last_status, waits, capacity, instances, refused, closest, broken } = why;
    if !waits {
        return format!("{arn}: {last_status}; it does not wait for a place\n");
    }
    let mut text = match starts {
        Some(starts) => format!("{arn}: {last_status}, {starts} tasks to be started wait for {capacity}\n"),
        None => format!("{arn}: {last_status}, waits for {capacity}\n"),
    };
    if let Some(broken) = broken {
        text += &format!("  cannot be placed anywhere: {broken}\n");
        return text;
    }
    text += &format!("  {instances} instances were asked\n");
    for Refused { reason, instances } in refused {
        text += &format!("  {instances} refused: {reason}\n");
    }
    if let Some(Closest { instance, explanation }) = closest {
        text += &format!("  the closest, {instance}: {explanation}\n");
    }
    text
}
