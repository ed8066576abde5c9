//! The rules of a protocol by name. Every protocol here lists its own with the reason for each; each can be switched off,
//! alone, to see what the reason was. Every switch is one `if` at the rule itself; this file knows no rule.

use crate::words::Key;

/// What breaks first when a rule is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guards {
    /// The promise of consensus or of the store: two histories, a lost or doubled write, a stale read.
    Safety,
    /// Progress: a leader, an answer.
    Liveness,
    /// Only the price.
    Cost,
}

/// A rule of some protocol.
pub trait Named: Copy {
    /// As it is written in `without:`.
    fn name(self) -> &'static str;
    /// Where its reason is given: a paper's section, a page of a manual.
    fn source(self) -> &'static str;
    /// Why it is there, in a sentence.
    fn reason(self) -> Key;
}

/// Declares a protocol's rules, and the set of those in force: `Rule = "name", "where its reason is given", what it guards`.
/// The reasons are keys of the same names in `$area`.
macro_rules! rules {
    ($area:ident($key:ident): $($(#[$doc:meta])* $rule:ident = $name:literal, $source:literal, $guards:ident;)*) => {
        /// A rule that can be switched off.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Rule { $($(#[$doc])* $rule,)* }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Rule] = &[$(Rule::$rule,)*];
            /// As it is written in `without:`.
            pub const fn name(self) -> &'static str {
                match self { $(Rule::$rule => $name,)* }
            }
            /// Where its reason is given: a paper's section, a page of a manual.
            pub const fn source(self) -> &'static str {
                match self { $(Rule::$rule => $source,)* }
            }
            /// What breaks first without it.
            pub const fn guards(self) -> $crate::consensus::rules::Guards {
                match self { $(Rule::$rule => $crate::consensus::rules::Guards::$guards,)* }
            }
            /// Why it is there, in a sentence.
            pub const fn reason(self) -> $crate::words::Key {
                match self { $(Rule::$rule => $crate::words::Key::$area($key::$rule),)* }
            }
            /// The rule of that name.
            pub fn named(name: &str) -> Option<Rule> {
                Rule::ALL.iter().copied().find(|rule| rule.name() == name)
            }
        }

        impl $crate::consensus::rules::Named for Rule {
            fn name(self) -> &'static str {
                self.name()
            }
            fn source(self) -> &'static str {
                self.source()
            }
            fn reason(self) -> $crate::words::Key {
                self.reason()
            }
        }

        /// Which rules are in force.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
        pub struct Rules {
            off: u64,
        }

        const _: () = assert!(Rule::ALL.len() <= 64);

        impl Rules {
            /// All in force.
            pub const ALL: Rules = Rules { off: 0 };

            /// Is this one in force?
            #[inline]
            pub const fn has(self, rule: Rule) -> bool {
                self.off & (1 << rule as u8) == 0
            }
            /// With one switched off.
            #[must_use]
            pub const fn without(self, rule: Rule) -> Rules {
                Rules { off: self.off | 1 << rule as u8 }
            }
            /// With one switched on.
            #[must_use]
            pub const fn with(self, rule: Rule) -> Rules {
                Rules { off: self.off & !(1 << rule as u8) }
            }
            /// Those switched off, in the order of the table.
            pub fn switched_off(self) -> impl Iterator<Item = Rule> {
                Rule::ALL.iter().copied().filter(move |&rule| !self.has(rule))
            }
        }

        impl $crate::process::Fold for Rules {
            fn fold(&self, digest: &mut $crate::process::Digest) {
                digest.word(self.off);
            }
        }

        impl $crate::process::Fold for Rule {
            fn fold(&self, digest: &mut $crate::process::Digest) {
                digest.bytes(self.name().as_bytes());
            }
        }

        #[cfg(test)]
        #[test]
        fn every_rule_is_found_by_its_name_and_switches_alone() {
            for &rule in Rule::ALL {
                assert_eq!(Rule::named(rule.name()), Some(rule));
                let rules = Rules::ALL.without(rule);
                assert_eq!(rules.switched_off().collect::<Vec<_>>(), [rule]);
                assert_eq!(rules.with(rule), Rules::ALL);
            }
            assert_eq!(Rule::named("noSuchRule"), None);
        }
    };
}
pub(crate) use rules;
