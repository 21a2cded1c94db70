//! Any text is a policy or is refused, and what cannot be read allows nothing. The input is an action, a line end, and a
//! document.

#![no_main]

use auth::policy::{Assume, Caller, Context, Document, assume};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (action, document) = text.split_once('\n').unwrap_or(("sts:AssumeRole", text));
    let _ = Document::identity(document);
    if let Ok(trust) = Document::trust(document) {
        let context = Context::default().with("sts:ExternalId", Some("x"));
        let caller = Caller::Service("ecs-tasks.amazonaws.com");
        let _ = assume(&trust, &Assume { caller, action, context: &context });
    }
});
