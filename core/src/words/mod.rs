//! Typed keys: every sentence and label the core can utter, without a word of any language.
//!
//! One file an area; the rim's tables match on them exhaustively, so that a missing translation does not compile.
//! The number of arguments a key takes, and what they are, stands beside it.

use serde::{Deserialize, Serialize};

/// Declares an area's keys: `Variant = "stable.name"`.
macro_rules! keys {
    ($(#[$doc:meta])* $name:ident in $area:ident { $($(#[$key_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$key_doc])* $variant,)* }

        impl $name {
            /// Every key of the area.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// The key's stable name, for machines.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }

        impl From<$name> for crate::words::Key {
            fn from(key: $name) -> Self {
                crate::words::Key::$area(key)
            }
        }
    };
}

pub mod kernel;
pub mod raft;

/// Any key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// What the world itself says.
    Kernel(kernel::KernelKey),
    /// What Raft says.
    Raft(raft::RaftKey),
}

impl Key {
    /// The key's stable name, for machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Key::Kernel(key) => key.as_str(),
            Key::Raft(key) => key.as_str(),
        }
    }
}
