//! Small building blocks of every shape: enumerations that keep unknown names, secrets, and `null` as absence.

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A text that must not be logged: it serialises as itself and shows as `[redacted]`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SensitiveString(pub String);

impl SensitiveString {
    /// The secret itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SensitiveString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl From<&str> for SensitiveString {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for SensitiveString {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Reads `null` as the default: the official agent's encoder writes neither, other encoders may write `null`.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// An enumeration of texts in which a name nobody knows yet survives a round trip.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// A name this version does not know.
            Other(String),
        }

        impl $name {
            /// The name on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(<std::borrow::Cow<'de, str>>::deserialize(deserializer)?.as_ref()))
            }
        }
    };
}
pub(crate) use open_enum;

/// A structure as the wire has it: camelCase, absent fields omitted, `null` read as absent, unknown fields ignored.
///
/// `Option`, `Vec` and map fields are spelt `name: opt T`, `name: list T`, `name: map T`; a plain `name: T` is always written
/// and must be there unless it is marked `= default`.
macro_rules! shape {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $kind:ident $ty:ty),* $(,)? }) => {
        shape!(@fields [$(#[$doc])*] $name {} $($(#[$fdoc])* $field : $kind $ty,)*);
    };
    (@fields [$($doc:tt)*] $name:ident {$($done:tt)*}) => {
        $($doc)*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($done)* }
    };
    (@fields [$($doc:tt)*] $name:ident {$($done:tt)*} $(#[$fdoc:meta])* $field:ident : opt $ty:ty, $($rest:tt)*) => {
        shape!(@fields [$($doc)*] $name {$($done)*
            $(#[$fdoc])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $field: Option<$ty>,
        } $($rest)*);
    };
    (@fields [$($doc:tt)*] $name:ident {$($done:tt)*} $(#[$fdoc:meta])* $field:ident : list $ty:ty, $($rest:tt)*) => {
        shape!(@fields [$($doc)*] $name {$($done)*
            $(#[$fdoc])*
            #[serde(default, deserialize_with = "crate::text::null_as_default", skip_serializing_if = "Vec::is_empty")]
            pub $field: Vec<$ty>,
        } $($rest)*);
    };
    (@fields [$($doc:tt)*] $name:ident {$($done:tt)*} $(#[$fdoc:meta])* $field:ident : map $ty:ty, $($rest:tt)*) => {
        shape!(@fields [$($doc)*] $name {$($done)*
            $(#[$fdoc])*
            #[serde(default, deserialize_with = "crate::text::null_as_default", skip_serializing_if = "std::collections::BTreeMap::is_empty")]
            pub $field: std::collections::BTreeMap<String, $ty>,
        } $($rest)*);
    };
    // Always written; read as the default where it is absent.
    (@fields [$($doc:tt)*] $name:ident {$($done:tt)*} $(#[$fdoc:meta])* $field:ident : plain $ty:ty, $($rest:tt)*) => {
        shape!(@fields [$($doc)*] $name {$($done)*
            $(#[$fdoc])*
            #[serde(default, deserialize_with = "crate::text::null_as_default")]
            pub $field: $ty,
        } $($rest)*);
    };
}
pub(crate) use shape;

#[cfg(test)]
mod tests {
    use super::*;

    shape!(Sample { some_name: opt String, names: list String, tags: map String, count: plain i64 });
    open_enum!(Colour { Red = "RED" });

    #[test]
    fn absence_is_omission_and_null_is_absence() {
        let empty: Sample =
            serde_json::from_str(r#"{"someName":null,"names":null,"tags":null,"count":null,"new":1}"#)
                .unwrap();
        assert_eq!(empty, Sample::default());
        assert_eq!(serde_json::to_string(&empty).unwrap(), r#"{"count":0}"#);
    }

    #[test]
    fn an_unknown_name_survives() {
        let colours: Vec<Colour> = serde_json::from_str(r#"["RED","MAUVE"]"#).unwrap();
        assert_eq!(colours, [Colour::Red, Colour::Other("MAUVE".into())]);
        assert_eq!(serde_json::to_string(&colours).unwrap(), r#"["RED","MAUVE"]"#);
    }

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", SensitiveString::from("hunter2")), "[redacted]");
    }
}
