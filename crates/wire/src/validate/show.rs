//! Values as validation messages show them: what Java's `toString` makes of them.

use crate::document::Document;
use crate::schema::Member;
use crate::shape::{ShapeSerializer, Structure, Value};
use crate::timestamp::Timestamp;

/// What stands for bytes; their content is not shown.
pub(super) const BLOB: &str = "java.nio.HeapByteBuffer";
const REDACTED: &str = "***Sensitive Data Redacted***";

/// `[a, b]`
pub(super) fn list(element: &'static Member, items: &[&dyn Value]) -> String {
    let mut show = Show { out: String::new(), named: false };
    show.items(element, &mut items.iter().copied());
    show.out
}

/// `{key=value}`
pub(super) fn map(value_member: &'static Member, entries: &[(&str, &dyn Value)]) -> String {
    let mut show = Show { out: String::new(), named: false };
    show.entries(value_member, &mut entries.iter().copied());
    show.out
}

struct Show {
    out: String,
    /// Inside a structure, where values bring their names.
    named: bool,
}

impl Show {
    fn separate(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with(['[', '{', '(', '=']) {
            self.out.push_str(", ");
        }
    }

    fn scalar(&mut self, member: &'static Member, text: &str) {
        self.start(member);
        self.out.push_str(if member.target.sensitive { REDACTED } else { text });
    }

    fn start(&mut self, member: &'static Member) {
        self.separate();
        if self.named {
            self.out.push_str(member.name);
            self.out.push('=');
        }
    }

    fn nested(&mut self, named: bool, open: char, close: char, write: &mut dyn FnMut(&mut Self)) {
        let outer = std::mem::replace(&mut self.named, named);
        self.out.push(open);
        write(self);
        self.out.push(close);
        self.named = outer;
    }

    fn items(&mut self, element: &'static Member, items: &mut dyn Iterator<Item = &dyn Value>) {
        self.nested(false, '[', ']', &mut |show| {
            for item in &mut *items {
                item.write(element, show);
            }
        });
    }

    fn entries(
        &mut self,
        value_member: &'static Member,
        entries: &mut dyn Iterator<Item = (&str, &dyn Value)>,
    ) {
        self.nested(false, '{', '}', &mut |show| {
            for (key, value) in &mut *entries {
                show.separate();
                show.out.push_str(key);
                show.out.push('=');
                value.write(value_member, show);
            }
        });
    }
}

impl ShapeSerializer for Show {
    fn structure(&mut self, member: &'static Member, value: &dyn Structure) {
        if member.target.sensitive {
            return self.scalar(member, REDACTED);
        }
        self.start(member);
        self.out.push_str(member.target.id);
        self.nested(true, '(', ')', &mut |show| value.write_members(show));
    }

    fn list(&mut self, member: &'static Member, items: &mut dyn ExactSizeIterator<Item = &dyn Value>) {
        if member.target.sensitive {
            return self.scalar(member, REDACTED);
        }
        self.start(member);
        if let Some(element) = member.target.element() {
            self.items(element, &mut items.into_iter());
        }
    }

    fn map(
        &mut self,
        member: &'static Member,
        entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Value)>,
    ) {
        if member.target.sensitive {
            return self.scalar(member, REDACTED);
        }
        self.start(member);
        if let Some((_, value_member)) = member.target.entry() {
            self.entries(value_member, &mut entries.into_iter());
        }
    }

    fn boolean(&mut self, member: &'static Member, value: bool) {
        self.scalar(member, if value { "true" } else { "false" });
    }

    fn integer(&mut self, member: &'static Member, value: i32) {
        self.scalar(member, &value.to_string());
    }

    fn long(&mut self, member: &'static Member, value: i64) {
        self.scalar(member, &value.to_string());
    }

    fn float(&mut self, member: &'static Member, value: f32) {
        self.scalar(member, &format!("{value:?}"));
    }

    fn double(&mut self, member: &'static Member, value: f64) {
        self.scalar(member, &format!("{value:?}"));
    }

    fn string(&mut self, member: &'static Member, value: &str) {
        self.scalar(member, value);
    }

    fn blob(&mut self, member: &'static Member, _value: &[u8]) {
        self.scalar(member, BLOB);
    }

    fn timestamp(&mut self, member: &'static Member, value: Timestamp) {
        self.scalar(member, &value.to_string());
    }

    fn document(&mut self, member: &'static Member, _value: &Document) {
        self.scalar(member, "document");
    }
}
