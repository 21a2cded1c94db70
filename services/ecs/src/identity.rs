//! What an EC2 machine's identity document says of a container instance. Pure.
//!
//! On EC2 the official agent hands over the document of the machine's metadata service and leaves it to the backend to read the machine's id,
//! zone, type, image and processor from it (its source, v1.105.1, and observed). Fields: "Instance identity documents" of the EC2 user guide.
//!
//! AWS differs: it checks the document's signature against its own certificates. Here the request's signature says who registers, and a
//! document is believed as the rest of the request is.

use api::ecs::Error;
use model::ecs::Attribute;
use serde::Deserialize;

/// The largest document that is read. EC2's have less than 1 KiB.
const MOST_BYTES: usize = 16 << 10;

/// The fields of a document that a container instance shows.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Identity {
    pub(crate) instance_id: Option<String>,
    instance_type: Option<String>,
    availability_zone: Option<String>,
    image_id: Option<String>,
    architecture: Option<String>,
}

impl Identity {
    /// Off EC2 there is no document, or an empty one.
    pub(crate) fn read(document: Option<&str>) -> Result<Self, Error> {
        let Some(text) = document.filter(|d| !d.is_empty()) else { return Ok(Self::default()) };
        // The text of AWS's refusal is not established.
        let refused = || Error::client("The instance identity document is not valid.");
        if text.len() > MOST_BYTES {
            return Err(refused());
        }
        serde_json::from_str(text).map_err(|_| refused())
    }

    /// Adds the attributes that follow from the document. What the agent itself says stays: it ends itself when an answer says otherwise.
    pub(crate) fn complete(&self, attributes: &mut Vec<Attribute>) {
        let named = [
            ("ecs.availability-zone", &self.availability_zone),
            ("ecs.instance-type", &self.instance_type),
            ("ecs.ami-id", &self.image_id),
            ("ecs.cpu-architecture", &self.architecture),
        ];
        for (name, value) in named {
            let Some(value) = value else { continue };
            if !attributes.iter().any(|a| a.name == name) {
                attributes.push(Attribute::valued(name, value));
            }
        }
    }
}
