//! What `api`'s generated code expands to. Kept here, so that the generated files stay lists of facts.

/// An open enumeration: `string_enum! { LaunchType { Ec2 = "EC2", Fargate = "FARGATE" } }`.
///
/// Values that the model does not know are kept in `Unknown` and written back unchanged.
#[macro_export]
macro_rules! string_enum {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
            /// A value that the model does not list.
            Unknown(String),
        }

        impl $name {
            /// Every modelled value, as it is written.
            pub const VALUES: &'static [&'static str] = &[$($text),*];

            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $text,)*
                    $name::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => $name::$variant,)*
                    _ => $name::Unknown(text.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $name::from(text.as_str())
            }
        }

        impl Default for $name {
            /// The empty unknown value: what a missing required member is left at until validation refuses it.
            fn default() -> Self {
                $name::Unknown(String::new())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::Value for $name {
            fn write(&self, member: &'static $crate::Member, out: &mut dyn $crate::ShapeSerializer) {
                out.string(member, self.as_str());
            }

            fn read(
                &mut self,
                member: &'static $crate::Member,
                input: &mut dyn $crate::ShapeDeserializer,
            ) -> Result<(), $crate::DecodeError> {
                *self = input.string(member)?.into();
                Ok(())
            }
        }
    };
}

/// Ties a structure to its schema: `structure!(Tag, TAG, { 0: key, 1: value })`. The numbers are places in the schema.
#[macro_export]
macro_rules! structure {
    ($name:ident, $schema:path, { $($index:literal : $field:ident),* $(,)? }) => {
        impl $crate::Structure for $name {
            fn schema(&self) -> &'static $crate::Schema {
                &$schema
            }

            #[allow(unused_variables)]
            fn write_members(&self, out: &mut dyn $crate::ShapeSerializer) {
                $($crate::Value::write(&self.$field, &$schema.members[$index], out);)*
            }

            #[allow(unused_variables)]
            fn read_member(
                &mut self,
                index: usize,
                input: &mut dyn $crate::ShapeDeserializer,
            ) -> Result<(), $crate::DecodeError> {
                match index {
                    $($index => $crate::Value::read(&mut self.$field, &$schema.members[$index], input),)*
                    _ => Ok(()),
                }
            }
        }

        $crate::structure_value!($name);
    };
}

/// Ties a union to its schema: `union!(Target, TARGET, { 0: Name, 1: Address })`.
#[macro_export]
macro_rules! union {
    ($name:ident, $schema:path, { $($index:literal : $variant:ident),* $(,)? }) => {
        impl $crate::Structure for $name {
            fn schema(&self) -> &'static $crate::Schema {
                &$schema
            }

            fn write_members(&self, out: &mut dyn $crate::ShapeSerializer) {
                match self {
                    $($name::$variant(value) => $crate::Value::write(value, &$schema.members[$index], out),)*
                    $name::Unknown => {}
                }
            }

            fn read_member(
                &mut self,
                index: usize,
                input: &mut dyn $crate::ShapeDeserializer,
            ) -> Result<(), $crate::DecodeError> {
                match index {
                    $($index => {
                        let mut value = Default::default();
                        $crate::Value::read(&mut value, &$schema.members[$index], input)?;
                        *self = $name::$variant(value);
                    })*
                    _ => {}
                }
                Ok(())
            }
        }

        $crate::structure_value!($name);
    };
}

/// A structure as a value.
#[doc(hidden)]
#[macro_export]
macro_rules! structure_value {
    ($name:ident) => {
        impl $crate::Value for $name {
            fn write(&self, member: &'static $crate::Member, out: &mut dyn $crate::ShapeSerializer) {
                out.structure(member, self);
            }

            fn read(
                &mut self,
                member: &'static $crate::Member,
                input: &mut dyn $crate::ShapeDeserializer,
            ) -> Result<(), $crate::DecodeError> {
                *self = Self::default();
                input.structure(member, self)
            }
        }
    };
}

/// `Debug` for a structure with sensitive members, whose values it does not show:
/// `redacted_debug!(Secret, [name], [value])`.
#[macro_export]
macro_rules! redacted_debug {
    ($name:ident, [$($plain:ident),* $(,)?], [$($secret:ident),* $(,)?]) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($plain), &self.$plain))*
                    $(.field(stringify!($secret), &format_args!("<redacted>")))*
                    .finish()
            }
        }
    };
}
