//! What a file says of a lesson, as it says it: the types that are read from it and the JSON Schema is made from.

use crate::scenario::{Command, Predicate};
use crate::text::typed::{Fault, Found, FromDoc, Node};
use crate::text::{At, Bilingual, Milli};
use muster_derive::FromDoc;
use std::sync::Arc;

/// A step of a lesson.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LessonStep {
    /// Letters, digits and `-`.
    pub id: At<Arc<str>>,
    /// A line.
    pub title: At<Bilingual>,
    /// A few sentences. `*so*` stands out, `[n1]` is a member to look into, `{4}` a term.
    pub text: At<Bilingual>,
    /// A question to be answered before one watches.
    #[serde(default)]
    pub predict: Option<At<Prediction>>,
    /// What the step waits for; only the last may wait for nothing.
    #[serde(default)]
    pub until: Option<At<Predicate>>,
    /// What is to be reached, ticked when the step is done.
    #[serde(default)]
    pub goal: Option<At<Bilingual>>,
    /// For whoever is stuck.
    #[serde(default)]
    pub hint: Option<At<Bilingual>>,
    /// What may be done here, the likeliest first. Without any the step waits for time to pass.
    #[serde(default, rename = "do")]
    pub deeds: Vec<LessonDeed>,
    /// Playing stops where the step begins.
    #[serde(default)]
    pub pause: bool,
    /// How fast to play it: 0.1 is a tenth of real time.
    #[serde(default)]
    pub speed: Option<Milli>,
    /// Scenarios of the library to go on with.
    #[serde(default)]
    pub then: Vec<At<Arc<str>>>,
}

/// A question that the run answers at the step's end.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    /// The question.
    pub ask: At<Bilingual>,
    /// What may be answered; each says what must hold for it to be right.
    #[serde(default)]
    pub answers: Vec<LessonAnswer>,
    /// Instead of answers: one of these members.
    #[serde(default)]
    pub who: Option<LessonWho>,
    /// Why it comes as it comes.
    pub reveal: At<Bilingual>,
}

/// An answer.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LessonAnswer {
    /// In words.
    pub text: At<Bilingual>,
    /// It is right if this holds when the step ends.
    pub holds: At<Predicate>,
}

/// One of these members is right: whoever a selector means when the step ends.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LessonWho {
    /// As in a target.
    pub select: At<Arc<str>>,
    /// Of which system.
    #[serde(default)]
    pub of: Option<Arc<str>>,
    /// Who may be answered.
    pub among: Vec<At<Arc<str>>>,
}

/// Something to do, as a button.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LessonDeed {
    /// In words.
    pub label: At<Bilingual>,
    /// As in a timeline's `do:`; several are carried out one after the other.
    pub command: Commands,
}

/// A command, or several.
#[derive(Clone, Debug)]
pub struct Commands(pub Vec<At<Command>>);

impl FromDoc for Commands {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.found() {
            Found::List(_) => Vec::from_doc(node).map(Commands),
            _ => At::from_doc(node).map(|one| Commands(vec![one])),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Commands {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Commands".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = generator.subschema_for::<Command>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
    }
}
