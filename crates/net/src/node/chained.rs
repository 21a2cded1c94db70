//! Endpoints that the operator's own chain of CNI plugins connects.

use super::NodeNetwork;
use crate::cni::Target;
use crate::namespace::{self, Namespace};
use crate::record::{Plugged, Record, write_record};
use crate::{Attachment, Error, Interface, Resolution, link};

impl NodeNetwork {
    /// Has the operator's chain connect the endpoint. What the chain gives counts, whatever the control plane chose.
    pub(super) async fn build_with_chain(&self, record: &mut Record) -> Result<(), Error> {
        let (Some(plugged), Some(path), Attachment::Awsvpc(interface)) =
            (&mut record.plugged, &record.attached.namespace, &record.attachment)
        else {
            return Ok(());
        };
        link::loopback_up(&Namespace::create(path).await?).await?;
        let target = Target { id: record.id.as_str(), namespace: path, interface };
        let result = plugged.chain.add(&target).await?;
        let given = plugged.chain.given(&result)?;
        plugged.result = Some(result);
        let attached = &mut record.attached;
        attached.address = Some(given.address);
        attached.prefix_len = given.prefix_len;
        attached.gateway = given.gateway;
        attached.mac = given.mac.or(attached.mac);
        attached.resolution = Some(Resolution { servers: given.name_servers, search: given.search });
        write_record(&self.config.state_dir, record)?;
        self.book().endpoints.insert(record.id.clone(), record.clone());
        Ok(())
    }

    /// Has the chain that connected an endpoint disconnect it. The namespace stays until that is done.
    pub(super) async fn disconnect(&self, record: &Record, plugged: &Plugged) -> Result<(), Error> {
        let (Some(path), Attachment::Awsvpc(interface)) = (&record.attached.namespace, &record.attachment)
        else {
            return Ok(());
        };
        let target = Target { id: record.id.as_str(), namespace: path, interface };
        plugged.chain.del(&target, plugged.result.as_ref()).await?;
        namespace::remove(path)
    }

    /// Whether the operator's chain still finds what it made. It is the operator's to mend.
    pub(super) async fn check(&self, record: &Record, plugged: &Plugged, interface: &Interface) {
        let (Some(path), Some(result)) = (&record.attached.namespace, &plugged.result) else { return };
        let target = Target { id: record.id.as_str(), namespace: path, interface };
        if let Err(error) = plugged.chain.check(&target, result).await {
            tracing::warn!(
                endpoint = %record.id,
                error = crate::error::chain(&error),
                "a network endpoint is not as its CNI chain made it"
            );
        }
    }
}
