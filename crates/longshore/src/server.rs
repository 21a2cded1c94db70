//! The control plane of one process: store, state, services, loops and listener, put together.

use crate::authorizer::ByPolicies;
use crate::cli::{Auth, Server as Options};
use crate::first_start::{self, Network};
use crate::fleet::local::Home;
use crate::operator::Operator;
use crate::websocket::AgentSockets;
use anyhow::{Context, Result};
use auth::{AdministratorKey, Cx, MasterKey, Seed, SessionKey};
use ecs::Ecs;
use front::{AuthMode, Config, Directory, Front, Health, Parts, Report, Server};
use logs::Logs;
use model::ecs::ContainerInstance;
use model::ids::Scope;
use reconcile::{Tasks, drive};
use state::{Schema, State};
use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Where `up` and `server` write the endpoint for the other commands.
pub const ENDPOINT_FILE: &str = "endpoint";

/// Every table.
const TABLES: &[&[state::TableDef]] = &[
    state::ecs::TABLES,
    ecs::TABLES,
    state::ec2::TABLES,
    state::elbv2::TABLES,
    state::acm::TABLES,
    state::iam::TABLES,
    logs::TABLES,
];

/// A control plane that listens.
pub struct ControlPlane {
    pub endpoint: String,
    pub key: AdministratorKey,
    pub scope: Scope,
    pub network: Network,
    state: State,
    series: series::EventSeries,
    listener: Option<Server>,
    tasks: Arc<Tasks>,
}

impl ControlPlane {
    /// Opens the state, takes the port and starts the loops. Requests are answered from [`ControlPlane::serve`] on.
    pub async fn start(options: &Options, roles: &[&str]) -> Result<Self> {
        let dir = &options.place.data_dir;
        make_private_dir(dir)?;
        let scope = Scope::new(&options.region, &options.account);
        let store = open_store(dir).await?;
        let schema = TABLES.iter().copied().fold(Schema::new(), Schema::with);
        let state = State::open(store, &schema).context("cannot open the state")?;
        let cx = Cx::system("start", scope.clone(), crate::clock(), Seed::from_os());
        let pools = first_start::Pools { public: options.public_pool, ipv6: options.ipv6_pool };
        let network = first_start::prepare(&state, &cx, options.vpc, pools).await?;
        let key = AdministratorKey::load_or_create(dir, Seed::from_os())?;
        let session_key = Arc::new(SessionKey::load_or_create(dir, Seed::from_os())?);
        let master_key = Arc::new(MasterKey::load_or_create(dir, Seed::from_os())?);
        // Whatever the data directory itself allows (it may have been there before): what containers said is nobody else's.
        make_private_dir(&dir.join("logs"))?;
        let series = series::EventSeries::open(&dir.join("logs"), series::Options::default())
            .context("cannot open the log events")?;

        let mut config = Config::new(options.listen, scope.clone());
        if options.auth == Auth::Off {
            config.auth = AuthMode::Off;
        }
        config.check()?;
        let settings = ecs::Settings {
            fargate_lost_after: Duration::from_secs(options.fargate_lost_after),
            service_lost_after: Duration::from_secs(options.service_lost_after),
            healthy_after: Duration::from_secs(options.healthy_after),
            hook_programs: options.hook.iter().map(|h| h.name.clone()).collect(),
            fleets: options.fleet.iter().map(|f| f.settings.clone()).collect(),
            ..ecs::Settings::default()
        };
        let keys = crate::balancers::Keys::new(Arc::clone(&master_key));
        let ecs = Ecs::new(state.clone(), settings, Arc::clone(&session_key)).with_keys(keys);
        let ecs = Arc::new(ecs);
        ecs::on_start(&ecs, crate::clock()).await.map_err(|e| anyhow::anyhow!("{e}"))?;
        let log_service = Logs::new(state.clone(), series.clone());
        let tasks = Arc::new(Tasks::new());
        let sockets = AgentSockets { ecs: Arc::clone(&ecs), tasks: Arc::clone(&tasks) };
        let elbv2 = elbv2::Elbv2::new(state.clone(), Arc::clone(&master_key));
        elbv2::seal_client_secrets(&elbv2, &cx).await.map_err(|e| anyhow::anyhow!("{e}"))?;
        let directory = Directory::default()
            .with(api::ecs::service(Arc::clone(&ecs)))
            .with(api::ec2::service(Arc::new(ec2::Ec2::new(state.clone()))))
            .with(api::acm::service(Arc::new(acm::Acm::new(state.clone(), master_key))))
            .with(api::elbv2::service(Arc::new(elbv2)))
            .with(api::logs::service(Arc::new(log_service.clone())))
            .with(api::iam::service(Arc::new(iam::Iam::new(state.clone()))))
            .with(api::sts::service(Arc::new(sts::Sts::new(state.clone(), Arc::clone(&session_key)))));
        let permanent = Arc::new(key.credentials(&scope));
        let sessions = sts::Sessions::new(state.clone(), session_key, &scope.region, permanent.clone());
        let front = Front::new(Parts {
            config,
            directory,
            credentials: Arc::new((permanent, sessions)),
            authorizer: Arc::new(ByPolicies(sts::Permissions::new(state.clone()))),
            health: Arc::new(Works {
                roles: roles.iter().map(|r| (*r).to_owned()).collect(),
                state: state.clone(),
            }),
            routes: vec![Arc::new(sockets), Arc::new(Operator(Arc::clone(&ecs)))],
        });
        let listener = Server::bind(front).await.with_context(|| busy(options.listen))?;
        let endpoint = options.endpoint(listener.address());
        ecs.advertise(&endpoint);
        let (forget, give_up) = ecs::loops(&ecs, crate::clock);
        let (loop_state, place) = (state.clone(), ecs::Place::new(&ecs, crate::clock, Seed::from_os));
        tasks.spawn_essential("ecs.place", |shutdown| drive(place, loop_state, shutdown));
        let home = Home {
            data_dir: dir.clone(),
            endpoint: endpoint.clone(),
            region: scope.region.clone(),
            key: key.clone(),
        };
        let makers = crate::fleet::makers(&options.fleet, &home)?;
        let scale_in_after = Duration::from_secs(options.scale_in_after);
        let scale = ecs::Scale::new(&ecs, makers, scale_in_after, crate::clock, Seed::from_os);
        let loop_state = state.clone();
        tasks.spawn_essential("ecs.scale", |shutdown| drive(scale, loop_state, shutdown));
        let (loop_state, retire) = (state.clone(), ecs::Retire::new(&ecs, crate::clock));
        tasks.spawn_essential("ecs.retire", |shutdown| drive(retire, loop_state, shutdown));
        let loop_state = state.clone();
        tasks.spawn_essential("ecs.forget", |shutdown| drive(forget, loop_state, shutdown));
        let loop_state = state.clone();
        tasks.spawn_essential("ecs.give_up", |shutdown| drive(give_up, loop_state, shutdown));
        let (loop_state, scheduler) =
            (state.clone(), ecs::service_scheduler(&ecs, crate::clock, Seed::from_os));
        tasks.spawn_essential("ecs.service_scheduler", |shutdown| drive(scheduler, loop_state, shutdown));
        let hooks = Arc::new(crate::hook::Hooks::new(&options.hook));
        let router = Arc::new(ecs::Listeners::new(&state));
        let shifting = ecs::Shifting::new(&ecs, router, hooks, crate::clock, Seed::from_os);
        let loop_state = state.clone();
        tasks.spawn_essential("ecs.shift", |shutdown| drive(shifting, loop_state, shutdown));
        let (loop_state, deactivate) = (state.clone(), ecs::Deactivate::new(&ecs, crate::clock));
        tasks.spawn_essential("ecs.deactivate", |shutdown| drive(deactivate, loop_state, shutdown));
        let (loop_state, activate) = (state.clone(), ecs::Activate::new(&ecs, crate::clock));
        tasks.spawn_essential("ecs.activate", |shutdown| drive(activate, loop_state, shutdown));
        let (loop_state, daemons) = (state.clone(), ecs::daemon_scheduler(&ecs, crate::clock, Seed::from_os));
        tasks.spawn_essential("ecs.daemon_scheduler", |shutdown| drive(daemons, loop_state, shutdown));
        let (loop_state, drain) = (state.clone(), elbv2::Drain::new(state.clone(), crate::clock));
        tasks.spawn_essential("elbv2.drain", |shutdown| drive(drain, loop_state, shutdown));
        let carrier_lost_after = Duration::from_secs(options.carrier_lost_after);
        let carry = elbv2::Carry::new(state.clone(), carrier_lost_after, crate::clock);
        let loop_state = state.clone();
        tasks.spawn_essential("elbv2.carry", |shutdown| drive(carry, loop_state, shutdown));
        let (loop_state, sweep) = (state.clone(), logs::Sweep::new(log_service.clone(), crate::clock));
        tasks.spawn_essential("logs.sweep", |shutdown| drive(sweep, loop_state, shutdown));
        write_private(&dir.join(ENDPOINT_FILE), &format!("{endpoint}\n{}\n", options.region))?;
        Ok(Self { endpoint, key, scope, network, state, series, listener: Some(listener), tasks })
    }

    /// Waits until the agent of an instance has its session: from then on tasks are placed there.
    pub async fn connected(&self, instance: &str) -> Result<()> {
        let mut watch = self.state.watcher().row::<ContainerInstance>(instance).start();
        let connected = watch.until(|snapshot| {
            snapshot.get::<ContainerInstance>(instance).filter(|i| i.agent_connected).map(|_| ())
        });
        tokio::time::timeout(CONNECT_LIMIT, connected).await.map_err(|_| {
            anyhow::anyhow!("the node's agent did not connect within {} s", CONNECT_LIMIT.as_secs())
        })
    }

    /// Begins to answer requests.
    pub fn serve(&mut self) {
        let Some(listener) = self.listener.take() else { return };
        self.tasks.spawn_essential("listener", |shutdown| async move {
            listener.serve(shutdown.requested()).await
        });
    }

    /// Ends everything: requests in flight are answered, what was acknowledged is on disk.
    pub async fn stop(self) {
        let report = self.tasks.shutdown(Duration::from_secs(20)).await;
        for name in report.aborted {
            tracing::warn!(task = name, "did not end in time");
        }
        let Self { state, series, .. } = self;
        let closed = tokio::task::spawn_blocking(move || {
            state.close();
            // The last handle closes the event store, and waits for it.
            drop(series);
        });
        if closed.await.is_err() {
            tracing::error!("closing the state panicked");
        }
    }
}

/// How long the agent of this process may take to connect: it tries again a few times within it.
const CONNECT_LIMIT: Duration = Duration::from_secs(30);

/// How long a server that is just ending, or was killed and is not quite gone, is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_LOOK: Duration = Duration::from_millis(50);

/// Opens the store. A data directory that is in use for longer than a process takes to end is another server's.
async fn open_store(dir: &Path) -> Result<store::Sqlite> {
    let begun = tokio::time::Instant::now();
    loop {
        match store::Sqlite::open(dir) {
            // The lock is the kernel's and goes with the process; nobody tells when.
            Err(store::Error::InUse { .. }) if begun.elapsed() < LOCK_PATIENCE => {
                tokio::time::sleep(LOCK_LOOK).await
            }
            opened => return Ok(opened?),
        }
    }
}

/// What this process is, and whether it works.
struct Works {
    roles: Vec<String>,
    state: State,
}

impl Health for Works {
    fn report(&self) -> Report {
        Report { roles: self.roles.clone(), store_failure: self.state.store_failure() }
    }
}

fn busy(address: SocketAddr) -> String {
    format!(
        "cannot listen on {address}; if another Longshore runs there, give this one --listen ADDR:PORT and --data-dir DIR of its own"
    )
}

/// Makes a directory that only its owner reads. One that is there keeps its mode.
pub fn make_private_dir(dir: &Path) -> Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).with_context(|| {
        format!(
            "cannot make the data directory {}; run as root, or name another with --data-dir",
            dir.display()
        )
    })
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    let temporary = path.with_extension("tmp");
    let write = || -> std::io::Result<()> {
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        file.write_all(text.as_bytes())?;
        fs::rename(&temporary, path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}
