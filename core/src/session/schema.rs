//! The JSON Schema of scenario files, generated from the types that read them, and what can be told of commands by it.

use super::headless::Kinds;
use super::listing::CommandListing;
use crate::scenario::Command;
use crate::scenario::comparison::KIND;
use crate::scenario::comparison::model::File as Compared;
use crate::scenario::model::File;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The schema (JSON Schema of 2020-12, the generator's default). A system's `spec` and `initial` are those of its kind.
pub fn scenario(kinds: Kinds) -> Value {
    let mut generator = SchemaSettings::default().into_generator();
    let kinds: Vec<Value> = kinds.iter().map(|kind| of_kind(*kind, &mut generator)).collect();
    let mut schema = generator.into_root_schema_for::<File>().to_value();
    schema["$id"] = "https://muster.dev/v1/scenario.json".into();
    schema["title"] = "Muster scenario".into();
    schema["properties"]["kind"] = json!({ "const": "Scenario" });
    schema["properties"]["apiVersion"] = json!({ "const": crate::scenario::model::API_VERSION });
    if let Some(system) = schema.pointer_mut("/$defs/System").and_then(Value::as_object_mut) {
        system.insert("allOf".into(), kinds.into());
    }
    schema
}

/// The schema of comparisons, likewise. A side's `clients` are the settings of the clients that its kind is spoken to by.
pub fn comparison(kinds: Kinds) -> Value {
    let mut generator = SchemaSettings::default().into_generator();
    let sides: Vec<Value> = kinds.iter().filter_map(|kind| of_side(*kind, kinds, &mut generator)).collect();
    let mut schema = generator.into_root_schema_for::<Compared>().to_value();
    schema["$id"] = "https://muster.dev/v1/comparison.json".into();
    schema["title"] = "Muster comparison".into();
    schema["properties"]["kind"]["const"] = KIND.into();
    schema["properties"]["apiVersion"]["const"] = crate::scenario::model::API_VERSION.into();
    if let Some(side) = schema.pointer_mut("/$defs/Side").and_then(Value::as_object_mut) {
        side.insert("allOf".into(), sides.into());
    }
    schema
}

/// If a side is of this kind, then its parts are these; `None` if no side can be.
fn of_side(
    kind: &'static dyn crate::system::SystemKind,
    kinds: Kinds,
    generator: &mut SchemaGenerator,
) -> Option<Value> {
    let wanted = kind.clients()?;
    let mut schema = of_kind(kind, generator);
    let clients = kinds.iter().find(|known| known.kind() == wanted);
    if let Some([Some(spec), _]) = clients.map(|clients| clients.schemas(generator)) {
        schema["then"]["properties"]["clients"] = spec.to_value();
    }
    Some(schema)
}

/// If a system is of this kind, then its parts are these.
fn of_kind(kind: &'static dyn crate::system::SystemKind, generator: &mut SchemaGenerator) -> Value {
    let [spec, initial] = kind.schemas(generator);
    let mut parts = Map::new();
    parts.extend(spec.map(|schema| ("spec".to_string(), schema.to_value())));
    parts.extend(initial.map(|schema| ("initial".to_string(), schema.to_value())));
    let rules: Vec<_> = kind.rules().iter().map(|rule| rule.name).collect();
    if !rules.is_empty() {
        parts.insert("without".into(), json!({ "type": "array", "items": { "enum": rules } }));
    }
    json!({ "if": { "properties": { "kind": { "const": kind.kind() } } }, "then": { "properties": parts } })
}

/// The world's commands: name, and the first sentence of what each does.
pub(super) fn commands() -> Vec<CommandListing> {
    let schema = SchemaSettings::default().into_generator().into_root_schema_for::<Command>().to_value();
    let variants = schema.get("oneOf").and_then(Value::as_array).cloned().unwrap_or_default();
    let command = |variant: &Value| {
        let name = variant.get("required")?.get(0)?.as_str()?.to_string();
        let about = variant.get("description").and_then(Value::as_str).unwrap_or("").to_string();
        Some(CommandListing { name, system: None, about })
    };
    variants.iter().filter_map(command).collect()
}
