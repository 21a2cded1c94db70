//! Moves one container's log from the runtime to where it belongs.

use super::api::{LogEvent, LogsApi};
use super::assemble::{Assembled, Assembler, batch_len};
use super::driver::{AwslogsPlan, LogPlan};
use super::local::JsonFile;
use super::mark::{FINGERPRINT_EVENTS, InFlight, Mark, MarkFile, Progress, fingerprint};
use crate::aws::{ApiError, Credentials, Refreshed};
use crate::clock;
use runtime::{ContainerId, LogReader, LogRecord, Runtime};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Records read at once.
const READ: usize = 2_000;
/// An event of several lines is complete when nothing was added for this long.
const QUIET: Duration = Duration::from_secs(1);
const RETRY_FIRST: Duration = Duration::from_millis(200);
const RETRY_LONGEST: Duration = Duration::from_secs(30);

/// Why the log of a container cannot be shipped any more.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read the log of container {id}")]
    Read {
        id: ContainerId,
        #[source]
        source: runtime::Error,
    },
    #[error("cannot keep the progress of the log of container {id}")]
    Mark {
        id: ContainerId,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot write the log file {path}")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// Makes the log stream, and the group where the container wants that, before the container starts.
pub(crate) async fn prepare(
    plan: &LogPlan,
    api: &dyn LogsApi,
    credentials: Option<&Credentials>,
) -> Result<(), ApiError> {
    let LogPlan::Awslogs(plan) = plan else { return Ok(()) };
    let credentials = credentials.filter(|_| plan.as_execution_role);
    if !plan.create_stream {
        return api.tail(credentials, &plan.group, &plan.stream, 1).await.map(drop);
    }
    match api.create_stream(credentials, &plan.group, &plan.stream).await {
        Err(error) if error.code() == Some("ResourceNotFoundException") && plan.create_group => {
            api.create_group(credentials, &plan.group).await?;
            api.create_stream(credentials, &plan.group, &plan.stream).await
        }
        other => other,
    }
}

/// One process's log and where it goes.
#[derive(Debug)]
pub(crate) struct Shipment {
    pub id: ContainerId,
    pub attempt: u32,
    pub plan: LogPlan,
    pub mark: MarkFile,
    pub credentials: Refreshed,
    /// For `json-file`.
    pub file: PathBuf,
}

impl Shipment {
    /// Ships until the container has ended and everything it wrote is where it belongs. May be dropped and run again.
    pub async fn run(self, runtime: Arc<dyn Runtime>, api: Arc<dyn LogsApi>) -> Result<(), Error> {
        if matches!(self.plan, LogPlan::None) {
            return Ok(());
        }
        let mut mark = self.load_mark()?;
        if mark.progress.attempt != self.attempt {
            mark =
                Mark { progress: Progress { attempt: self.attempt, ..Progress::default() }, in_flight: None };
        }
        if let (LogPlan::Awslogs(plan), Some(in_flight)) = (&self.plan, mark.in_flight.take()) {
            if arrived(plan, self.credentials(plan).as_ref(), api.as_ref(), &in_flight).await {
                mark.progress = in_flight.after;
            }
            self.save(&mark)?;
        }
        let reader = runtime.logs(&self.id, mark.progress.resume_at).await;
        let reader = reader.map_err(|source| Error::Read { id: self.id.clone(), source })?;
        match &self.plan {
            LogPlan::None => Ok(()),
            LogPlan::JsonFile { max_bytes, max_files } => {
                self.to_file(reader, mark, *max_bytes, *max_files).await
            }
            LogPlan::Awslogs(plan) => self.to_service(plan, reader, mark, api.as_ref()).await,
        }
    }

    fn credentials(&self, plan: &AwslogsPlan) -> Option<Credentials> {
        self.credentials.get().filter(|_| plan.as_execution_role)
    }

    fn load_mark(&self) -> Result<Mark, Error> {
        self.mark.load().map_err(|source| Error::Mark { id: self.id.clone(), source })
    }

    fn save(&self, mark: &Mark) -> Result<(), Error> {
        self.mark.save(mark).map_err(|source| Error::Mark { id: self.id.clone(), source })
    }

    async fn next(&self, reader: &mut Box<dyn LogReader>) -> Result<Vec<LogRecord>, Error> {
        reader.next_batch(READ).await.map_err(|source| Error::Read { id: self.id.clone(), source })
    }

    async fn acknowledge(&self, reader: &mut Box<dyn LogReader>, progress: &Progress) -> Result<(), Error> {
        let done = reader.acknowledge(progress.resume_at).await;
        done.map_err(|source| Error::Read { id: self.id.clone(), source })
    }

    /// A crash between writing and marking may double lines of a local file; they are never lost.
    async fn to_file(
        &self,
        mut reader: Box<dyn LogReader>,
        mut mark: Mark,
        max_bytes: u64,
        max_files: usize,
    ) -> Result<(), Error> {
        let failed = |source| Error::File { path: self.file.clone(), source };
        let mut file = JsonFile::open(&self.file, max_bytes, max_files).map_err(failed)?;
        loop {
            let records = self.next(&mut reader).await?;
            let Some(last) = records.last() else { return Ok(()) };
            file.write(&records).map_err(failed)?;
            mark.progress.resume_at = last.next;
            self.save(&mark)?;
            self.acknowledge(&mut reader, &mark.progress).await?;
        }
    }

    async fn to_service(
        &self,
        plan: &AwslogsPlan,
        mut reader: Box<dyn LogReader>,
        mut mark: Mark,
        api: &dyn LogsApi,
    ) -> Result<(), Error> {
        let mut assembler = Assembler::new(plan.event_start.clone(), mark.progress.resume_at);
        let mut complete = Vec::new();
        loop {
            // Cancel-safe: a dropped `next_batch` has taken nothing.
            let records = match assembler.is_open() {
                true => tokio::time::timeout(QUIET, self.next(&mut reader)).await.ok().transpose()?,
                false => Some(self.next(&mut reader).await?),
            };
            let ended = records.as_ref().is_some_and(Vec::is_empty);
            for record in records.iter().flatten() {
                if !mark.progress.is_done(record.stream, record.next) {
                    assembler.push(record, &mut complete);
                } else {
                    assembler.skip(record);
                }
            }
            if ended || records.is_none() {
                assembler.flush(&mut complete);
            }
            while !complete.is_empty() {
                let batch: Vec<Assembled> = complete.drain(..batch_len(&complete).max(1)).collect();
                // With events of this reading still to be sent, a restart begins where this reading began.
                let resume_at =
                    if complete.is_empty() { assembler.resume_at() } else { mark.progress.resume_at };
                let after = mark.progress.after(&batch, resume_at);
                mark = self.send(plan, api, mark.progress, after, batch).await?;
            }
            if assembler.resume_at() != mark.progress.resume_at {
                mark.progress.resume_at = assembler.resume_at();
                self.save(&mark)?;
            }
            self.acknowledge(&mut reader, &mark.progress).await?;
            if ended {
                return Ok(());
            }
        }
    }

    /// Sends a batch until the service has it or refuses it for good.
    async fn send(
        &self,
        plan: &AwslogsPlan,
        api: &dyn LogsApi,
        before: Progress,
        after: Progress,
        batch: Vec<Assembled>,
    ) -> Result<Mark, Error> {
        let mut events: Vec<LogEvent> = batch.into_iter().map(|a| a.event).collect();
        // The service wants them by time; two streams may be interleaved otherwise. Stable, so lines keep their order.
        events.sort_by_key(|e| e.timestamp);
        let in_flight = InFlight { after, fingerprint: fingerprint(&events), events: events.len() };
        self.save(&Mark { progress: before, in_flight: Some(in_flight.clone()) })?;
        let mut pause = RETRY_FIRST;
        loop {
            // Anew every time: they may have been refreshed meanwhile.
            let credentials = self.credentials(plan);
            match api.put(credentials.as_ref(), &plan.group, &plan.stream, &events).await {
                Ok(()) => break,
                Err(error) if error.code() == Some("ResourceNotFoundException") => {
                    // Somebody deleted the stream; it is made again, as long as that is allowed.
                    if let Err(error) = prepare(&self.plan, api, self.credentials.get().as_ref()).await {
                        tracing::warn!(container = %self.id, %error, "cannot make the log stream again");
                    }
                }
                Err(error) if error.is_transient() => {
                    tracing::debug!(container = %self.id, %error, "log events are sent again");
                }
                Err(error) => {
                    tracing::warn!(container = %self.id, events = events.len(), %error, "log events are refused and dropped");
                    break;
                }
            }
            tokio::time::sleep(clock::jittered(pause, 0.2)).await;
            pause = (pause * 2).min(RETRY_LONGEST);
            // The answer may have been lost, not the request.
            if arrived(plan, credentials.as_ref(), api, &in_flight).await {
                break;
            }
        }
        let mark = Mark { progress: in_flight.after, in_flight: None };
        self.save(&mark)?;
        Ok(mark)
    }
}

/// Whether a batch is the end of the stream. Where that cannot be learnt it is taken not to be: doubled rather than lost.
async fn arrived(
    plan: &AwslogsPlan,
    credentials: Option<&Credentials>,
    api: &dyn LogsApi,
    in_flight: &InFlight,
) -> bool {
    let limit = in_flight.events.clamp(1, FINGERPRINT_EVENTS);
    match api.tail(credentials, &plan.group, &plan.stream, limit).await {
        Ok(events) => events.len() == limit && fingerprint(&events) == in_flight.fingerprint,
        Err(error) => {
            tracing::debug!(group = plan.group, stream = plan.stream, %error, "cannot read the end of the log stream");
            false
        }
    }
}
