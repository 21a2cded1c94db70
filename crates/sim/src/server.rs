//! The control plane of a simulation: it is started, crashes and is started again over the same rows.

use crate::story::ZONES;
use crate::{Outside, balancer, clock};
use ::api::ecs::{CreateClusterRequest, Ecs as _};
use auth::{Cx, Identity, Ids, Origin, Principal, Seed, SessionKey};
use ecs::session::{Acs, MOST_WAITING, Wire};
use ecs::{Ecs, Place, Settings, Shifting};
use model::ids::Scope;
use reconcile::{Tasks, drive};
use state::{Schema, State};
use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// The subnet that there is.
pub const SUBNET: &str = "subnet-aaaaaaaaaaaaaaaaa";

/// One server at a time.
pub struct Server {
    store: store::Memory,
    settings: Settings,
    outside: Arc<Outside>,
    running: RefCell<Option<Running>>,
}

struct Running {
    ecs: Arc<Ecs>,
    state: State,
    tasks: Tasks,
}

/// An agent's end of its connection.
pub(crate) struct Connection {
    pub(crate) said: mpsc::Receiver<String>,
    pub(crate) say: mpsc::Sender<String>,
}

/// The account of a simulation.
pub fn scope() -> Scope {
    Scope::new("us-east-1", "000000000000")
}

/// A request of the account's root.
pub fn cx() -> Cx {
    let principal = Principal::new(&scope(), Identity::AccountRoot, None);
    Cx::new(scope(), principal, Origin::default(), clock::now(), clock::seed())
}

impl Server {
    /// A new one, with the default cluster and a VPC.
    pub async fn start(settings: Settings) -> Self {
        let server = Self {
            store: store::Memory::exclusive(),
            settings,
            outside: Arc::default(),
            running: RefCell::new(None),
        };
        server.restart().await;
        server.lay_network().await;
        let ecs = server.ecs().expect("it was started");
        ecs.create_cluster(&cx(), CreateClusterRequest::default()).await.expect("the default cluster");
        server
    }

    /// A VPC with a subnet, which capacity providers of Managed Instances name.
    async fn lay_network(&self) {
        let state = self.state().expect("it was started");
        let change = state.update(|tx| {
            let mut ids = Ids::from_seed([2; 32]);
            let draw = &mut || ids.random_16();
            let block = "10.0.0.0/16".parse().expect("a block");
            let vpc = state::ec2::default_vpc::create(tx, &scope(), block, &[], draw);
            let block = "10.0.0.0/20".parse().expect("a block");
            let mut subnet =
                state::ec2::default_vpc::default_subnet(&vpc, "us-east-1a".to_owned(), block, draw);
            subnet.id = SUBNET.parse().expect("an id");
            state::ec2::subnet::create(tx, subnet, draw);
            balancer::lay(tx, &vpc, &ZONES);
            Ok::<_, ::api::ecs::Error>(())
        });
        change.await.expect("a network");
    }

    /// Starts over the rows that are there.
    pub async fn restart(&self) {
        assert!(self.running.borrow().is_none(), "it runs");
        let tables =
            [state::ecs::TABLES, state::ec2::TABLES, state::iam::TABLES, state::elbv2::TABLES, ecs::TABLES];
        let schema = tables.into_iter().fold(Schema::new(), Schema::with);
        let state = State::open_inline(self.store.clone(), &schema).expect("what was written is read");
        let key = Arc::new(SessionKey::generate(Seed::from_bytes([1; 32])));
        let ecs = Arc::new(Ecs::new(state.clone(), self.settings.clone(), key));
        ecs.advertise("http://127.0.0.1:4566");
        ecs::on_start(&ecs, clock::now()).await.expect("it starts");
        let tasks = Tasks::new();
        let (forget, give_up) = ecs::loops(&ecs, clock::now);
        let place = Place::new(&ecs, clock::now, clock::seed);
        let scheduler = ecs::service_scheduler(&ecs, clock::now, clock::seed);
        let of = state.clone();
        tasks.spawn("ecs.place", |shutdown| drive(place, of, shutdown));
        let of = state.clone();
        tasks.spawn("ecs.forget", |shutdown| drive(forget, of, shutdown));
        let of = state.clone();
        tasks.spawn("ecs.give_up", |shutdown| drive(give_up, of, shutdown));
        let of = state.clone();
        tasks.spawn("ecs.service_scheduler", |shutdown| drive(scheduler, of, shutdown));
        self.outside.listen(&state);
        let (router, hooks) = (Arc::clone(&self.outside), Arc::clone(&self.outside));
        let shifting = Shifting::new(&ecs, router, hooks, clock::now, clock::seed);
        let of = state.clone();
        tasks.spawn("ecs.shift", |shutdown| drive(shifting, of, shutdown));
        let (of, deactivate) = (state.clone(), ecs::Deactivate::new(&ecs, clock::now));
        tasks.spawn("ecs.deactivate", |shutdown| drive(deactivate, of, shutdown));
        let (of, activate) = (state.clone(), ecs::Activate::new(&ecs, clock::now));
        tasks.spawn("ecs.activate", |shutdown| drive(activate, of, shutdown));
        let (of, daemons) = (state.clone(), ecs::daemon_scheduler(&ecs, clock::now, clock::seed));
        tasks.spawn("ecs.daemon_scheduler", |shutdown| drive(daemons, of, shutdown));
        *self.running.borrow_mut() = Some(Running { ecs, state, tasks });
    }

    /// Ends it between two of its steps, wherever each of its tasks is: what was committed is there, what was not is lost.
    pub async fn crash(&self) {
        let running = self.running.borrow_mut().take();
        if let Some(Running { tasks, state, .. }) = running {
            // Who still holds it changes nothing any more.
            state.close();
            tasks.shutdown(Duration::ZERO).await;
        }
    }

    /// Its router and hooks.
    pub fn outside(&self) -> &Outside {
        &self.outside
    }

    /// Who answers requests, while somebody does.
    pub fn ecs(&self) -> Option<Arc<Ecs>> {
        self.running.borrow().as_ref().map(|running| Arc::clone(&running.ecs))
    }

    /// What is recorded, while it runs.
    pub fn state(&self) -> Option<State> {
        self.running.borrow().as_ref().map(|running| running.state.clone())
    }

    /// An agent's session; `None` where nobody takes it.
    pub(crate) async fn connect(&self, instance: &str) -> Option<Connection> {
        let ecs = self.ecs()?;
        let query = format!(
            "clusterArn=default&containerInstanceArn={instance}&agentVersion=1.0.0&seqNum=1&sendCredentials=false"
        );
        let cx = Cx::system("sim", scope(), clock::now(), clock::seed());
        let session = Acs::accept(ecs, cx, &query).await.ok()?;
        let (say, from_agent) = mpsc::channel(MOST_WAITING);
        let (to_agent, said) = mpsc::channel(MOST_WAITING);
        let running = self.running.borrow();
        running.as_ref()?.tasks.spawn(format!("acs {instance}"), |shutdown| async move {
            shutdown.or(session.run(Wire { from_agent, to_agent }, clock::now)).await;
        });
        Some(Connection { said, say })
    }
}
