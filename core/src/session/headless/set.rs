//! `path=value`: a change to a scenario's text before it is read.
//!
//! The text becomes a tree, the value is read as YAML and put at the path, and the tree is written out again, in flow
//! style. What was wrong with the text itself was told before, with its places in the file; what the change makes wrong is told
//! by its path.

use crate::process::{Arg, Phrase};
use crate::text::doc::Shape;
use crate::text::{Doc, NodeId, Problem};
use crate::words::command::CommandKey as K;
use std::fmt::Write;
use std::sync::Arc;

/// A YAML value apart from its file.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Scalar(Arc<str>, bool),
    List(Vec<Tree>),
    Map(Vec<(Arc<str>, Tree)>),
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
enum Step<'a> {
    Name(&'a str),
    Place(usize),
}

/// The text with every change made, in order.
pub(super) fn apply(bytes: &[u8], changes: &[Arc<str>]) -> Result<String, Problem> {
    let doc = Doc::read(bytes)?;
    let mut roots: Vec<Tree> = doc.roots().iter().map(|root| tree(&doc, *root)).collect();
    for change in changes {
        let refuse = |key: K, args: &[&str]| {
            let args: Vec<_> = args.iter().map(|arg| Arg::Text((*arg).into())).collect();
            Problem { path: change.clone(), ..Problem::whole(Phrase::new(key, args)) }
        };
        let (path, value) = change.split_once('=').ok_or_else(|| refuse(K::SetNoEquals, &[change]))?;
        let steps = steps(path.trim()).ok_or_else(|| refuse(K::SetBadPath, &[path]))?;
        let value =
            read(value).map_err(|problem| Problem { path: change.clone(), line: 0, column: 0, ..problem })?;
        let scenario = roots.iter_mut().find(|root| root.is_scenario());
        let scenario = scenario.ok_or_else(|| Problem::whole(Phrase::bare(K::SetNoScenario)))?;
        scenario.set(&steps, value).map_err(|at| refuse(K::SetNoPlace, &[&at]))?;
    }
    let mut text = String::new();
    for root in &roots {
        text.push_str("---\n");
        root.write(&mut text);
        text.push('\n');
    }
    Ok(text)
}

/// A value as YAML; nothing at all is the empty text.
fn read(value: &str) -> Result<Tree, Problem> {
    let doc = Doc::read(value.as_bytes())?;
    Ok(doc.roots().first().map_or(Tree::Scalar("".into(), false), |root| tree(&doc, *root)))
}

/// The reader has bounded depth and size, aliases expanded.
fn tree(doc: &Doc, id: NodeId) -> Tree {
    match doc.shape(id) {
        Shape::Scalar { text, plain } => Tree::Scalar(text.clone(), *plain),
        Shape::List(items) => Tree::List(items.iter().map(|item| tree(doc, *item)).collect()),
        Shape::Map(entries) => {
            let entry = |(key, value): &(NodeId, NodeId)| {
                (doc.text(*key).cloned().unwrap_or_default(), tree(doc, *value))
            };
            Tree::Map(entries.iter().map(entry).collect())
        }
    }
}

/// `systems[0].spec.heartbeat`.
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, places) = part.split_at(part.find('[').unwrap_or(part.len()));
        if name.is_empty() && (places.is_empty() || steps.is_empty()) {
            return None;
        }
        if !name.is_empty() {
            steps.push(Step::Name(name));
        }
        for place in places.split_terminator(']') {
            steps.push(Step::Place(place.strip_prefix('[')?.parse().ok()?));
        }
        if !places.is_empty() && !places.ends_with(']') {
            return None;
        }
    }
    (steps.len() <= 64).then_some(steps)
}

impl Tree {
    fn get(&self, name: &str) -> Option<&Tree> {
        let Tree::Map(entries) = self else { return None };
        entries.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
    }

    fn is_scenario(&self) -> bool {
        matches!(self.get("kind"), Some(Tree::Scalar(kind, _)) if matches!(&**kind, "Scenario" | crate::scenario::comparison::KIND))
    }

    /// Sets from the scenario's root. A first name that is no field there but a system's name means that system.
    fn set(&mut self, steps: &[Step<'_>], value: Tree) -> Result<(), String> {
        if let [Step::Name(name), rest @ ..] = steps
            && !rest.is_empty()
            && self.get(name).is_none()
            && let Tree::Map(entries) = self
            && let Some((_, Tree::List(systems))) = entries.iter_mut().find(|(key, _)| &**key == "systems")
        {
            let called =
                |system: &&mut Tree| matches!(system.get("name"), Some(Tree::Scalar(n, _)) if &**n == *name);
            if let Some(system) = systems.iter_mut().find(called) {
                return system.put(rest, value, name);
            }
        }
        self.put(steps, value, "")
    }

    /// Mappings that are missing on the way are made; a list's place must be there, or be the next.
    fn put(&mut self, steps: &[Step<'_>], value: Tree, above: &str) -> Result<(), String> {
        let Some((step, rest)) = steps.split_first() else {
            *self = value;
            return Ok(());
        };
        if matches!(self, Tree::Scalar(text, true) if text.is_empty() || &**text == "null" || &**text == "~")
        {
            *self =
                if matches!(step, Step::Name(_)) { Tree::Map(Vec::new()) } else { Tree::List(Vec::new()) };
        }
        let fresh = || Tree::Scalar("".into(), true);
        match (step, self) {
            (Step::Name(name), Tree::Map(entries)) => {
                let at = entries.iter().position(|(key, _)| &**key == *name).unwrap_or_else(|| {
                    entries.push(((*name).into(), fresh()));
                    entries.len() - 1
                });
                let above = if above.is_empty() { (*name).to_string() } else { format!("{above}.{name}") };
                entries[at].1.put(rest, value, &above)
            }
            (Step::Place(place), Tree::List(items)) if *place <= items.len() => {
                if *place == items.len() {
                    items.push(fresh());
                }
                items[*place].put(rest, value, &format!("{above}[{place}]"))
            }
            (Step::Name(name), _) => Err(format!("{above}.{name}")),
            (Step::Place(place), _) => Err(format!("{above}[{place}]")),
        }
    }

    /// Flow style; double quotes around whatever YAML could take for something else.
    fn write(&self, text: &mut String) {
        match self {
            Tree::Scalar(scalar, plain) => write_scalar(scalar, *plain, text),
            Tree::List(items) => {
                text.push('[');
                for (number, item) in items.iter().enumerate() {
                    text.push_str(if number > 0 { ", " } else { "" });
                    item.write(text);
                }
                text.push(']');
            }
            Tree::Map(entries) => {
                text.push('{');
                for (number, (key, value)) in entries.iter().enumerate() {
                    text.push_str(if number > 0 { ", " } else { "" });
                    write_scalar(key, false, text);
                    text.push_str(": ");
                    value.write(text);
                }
                text.push('}');
            }
        }
    }
}

/// A plain scalar stays plain where its letters have no other meaning in flow style.
fn write_scalar(scalar: &str, plain: bool, text: &mut String) {
    let safe = |c: char| c.is_ascii_alphanumeric() || "+-._/%~".contains(c);
    if plain
        && scalar.chars().all(safe)
        && scalar.starts_with(|c: char| c != '%' && c != '-' || scalar.len() > 1)
    {
        text.push_str(scalar);
        return;
    }
    if plain && scalar.is_empty() {
        text.push('~');
        return;
    }
    text.push('"');
    for c in scalar.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(text, "\\U{:08x}", u32::from(c)); // writing to a String cannot fail
            }
            c => text.push(c),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
kind: Scenario
seed: 7
metadata: { title: { en: 'a, b: \"c\"', zh: 领导者 } }
systems:
  - name: kv
    spec: { heartbeat: 50ms, latency: { uniform: [1ms, 2ms] } }
  - name: load
timeline: ~
---
kind: Deployment
";

    fn set(changes: &[&str]) -> Result<Tree, Problem> {
        let changes: Vec<Arc<str>> = changes.iter().map(|change| (*change).into()).collect();
        let text = apply(FILE.as_bytes(), &changes)?;
        let doc = Doc::read(text.as_bytes()).expect("what is written can be read");
        assert_eq!(doc.roots().len(), 2, "documents beside the scenario stay");
        Ok(tree(&doc, doc.roots()[0]))
    }

    fn at(tree: &Tree, path: &str) -> Tree {
        steps(path).unwrap().into_iter().fold(tree.clone(), |tree, step| match (step, tree) {
            (Step::Name(name), tree) => tree.get(name).unwrap().clone(),
            (Step::Place(place), Tree::List(items)) => items[place].clone(),
            _ => panic!("no list"),
        })
    }

    fn plain(text: &str) -> Tree {
        Tree::Scalar(text.into(), true)
    }

    #[test]
    fn nothing_but_what_is_asked_changes() {
        let before = read(FILE.split("---").next().unwrap()).unwrap();
        // Text is text with quotes or without; only what could be a number must not get any.
        let quoted = |tree: &Tree| format!("{tree:?}").replace("领导者\", true", "领导者\", false");
        assert_eq!(quoted(&set(&[]).unwrap()), quoted(&before));
        let after = set(&["seed=8"]).unwrap();
        assert_eq!(at(&after, "seed"), plain("8"));
        assert_eq!(at(&after, "systems"), at(&before, "systems"));
        assert_eq!(at(&after, "metadata.title.en"), Tree::Scalar("a, b: \"c\"".into(), false));
    }

    #[test]
    fn a_path_goes_through_lists_names_and_what_is_not_there_yet() {
        let after =
            set(&["systems[0].spec.heartbeat=20ms", "load.spec.rate=5/s", "systems[2].name=third"]).unwrap();
        assert_eq!(at(&after, "systems[0].spec.heartbeat"), plain("20ms"));
        assert_eq!(at(&after, "systems[1].spec.rate"), plain("5/s"));
        assert_eq!(at(&after, "systems[2].name"), plain("third"));
        let after = set(&["kv.spec.latency={ uniform: [3ms, 4ms] }", "timeline[0].at=2s"]).unwrap();
        assert_eq!(at(&after, "systems[0].spec.latency.uniform[1]"), plain("4ms"));
        assert_eq!(at(&after, "timeline[0].at"), plain("2s"));
    }

    #[test]
    fn what_leads_nowhere_is_refused_with_its_path() {
        for wrong in
            ["seed", "=8", "a..b=1", "systems[x]=1", "systems[0=1", "[0]=1", "seed.x=1", "systems[9].name=x"]
        {
            let problem = set(&[wrong]).expect_err(wrong);
            assert_eq!(&*problem.path, wrong);
        }
        assert!(set(&["seed={"]).is_err());
        assert!(apply(b"kind: Deployment", &["seed=1".into()]).is_err());
    }
}
