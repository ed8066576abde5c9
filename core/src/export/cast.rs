//! Who is who in a trace: names for the numbers, and text for identities.

use crate::kernel::World;
use crate::process::{Arg, ConnectionId, EventId, HostId, MessageId, Phrase, ProcessId};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write;
use std::sync::Arc;

/// A process as a trace names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Its number.
    pub id: ProcessId,
    /// Its name.
    pub name: Arc<str>,
    /// The host it runs on.
    pub host: HostId,
}

/// Every process and host seen so far. It grows with them, not with the run.
#[derive(Clone, Debug)]
pub struct Cast {
    processes: BTreeMap<ProcessId, Who>,
    order: Vec<ProcessId>,
    hosts: BTreeMap<HostId, Arc<str>>,
}

/// Where the operator sits: no host of the virtual cluster.
pub const CONSOLE: HostId = HostId(0);

impl Default for Cast {
    /// The operator alone.
    fn default() -> Self {
        let operator = Who { id: ProcessId::OPERATOR, name: "operator".into(), host: CONSOLE };
        Cast {
            processes: [(operator.id, operator)].into(),
            order: vec![ProcessId::OPERATOR],
            hosts: [(CONSOLE, "console".into())].into(),
        }
    }
}

impl Cast {
    /// Adds a host, or does nothing if it is known.
    pub fn host(&mut self, id: HostId, name: &Arc<str>) {
        self.hosts.entry(id).or_insert_with(|| name.clone());
    }
    /// Adds a process, or does nothing if it is known.
    pub fn process(&mut self, id: ProcessId, name: &Arc<str>, host: HostId) {
        if let Entry::Vacant(place) = self.processes.entry(id) {
            place.insert(Who { id, name: name.clone(), host });
            self.order.push(id);
        }
    }
    /// Adds everybody of a world who is not known, and who has left it too: it is spoken of on.
    pub fn meet(&mut self, world: &World) {
        world.host_names().for_each(|(id, name)| self.host(id, name));
        world.process_names().for_each(|(id, name, host)| self.process(id, name, host));
    }
    /// Is this process known?
    pub fn knows(&self, id: ProcessId) -> bool {
        self.processes.contains_key(&id)
    }
    /// Everybody, the operator first, in the order in which they came.
    pub fn everybody(&self) -> impl Iterator<Item = &Who> {
        self.order.iter().filter_map(|id| self.processes.get(id))
    }
    /// One of them.
    pub fn who(&self, id: ProcessId) -> Option<&Who> {
        self.processes.get(&id)
    }
    /// A process' place in the order in which they came; small and stable within a trace.
    pub fn place(&self, id: ProcessId) -> Option<usize> {
        // Few processes; a trace is not the hot path.
        self.order.iter().position(|known| *known == id)
    }
    /// A process' name; its number if it has none.
    pub fn name(&self, id: ProcessId) -> Arc<str> {
        self.processes.get(&id).map_or_else(|| format!("{id:?}").into(), |who| who.name.clone())
    }
    /// A host's name, if it is known.
    pub fn host_named(&self, id: HostId) -> Option<&str> {
        self.hosts.get(&id).map(|name| &**name)
    }
    /// A host's name; its number if it has none.
    pub fn host_name(&self, id: HostId) -> Arc<str> {
        self.hosts.get(&id).map_or_else(|| format!("{id:?}").into(), Arc::clone)
    }
    /// An event in one word: `n1.2.17` is the 17th event of `n1`, in its second life.
    pub fn event(&self, id: EventId) -> String {
        format!("{}.{}.{}", self.name(id.process), id.incarnation, id.number)
    }
    /// A message in one word: `n1>n2#5`, and `n1>n2#5.1` for its first copy.
    pub fn message(&self, id: MessageId) -> String {
        let mut text = format!("{}>{}#{}", self.name(id.from), self.name(id.to), id.number);
        if id.copy > 0 {
            let _ = write!(text, ".{}", id.copy);
        }
        text
    }
    /// A connection in one word: `c1~3`.
    pub fn connection(&self, id: ConnectionId) -> String {
        format!("{}~{}", self.name(id.opener), id.number)
    }
}

/// Makes words of phrases; the rim has one for each language.
pub trait Say {
    /// The phrase in words.
    fn say(&self, phrase: &Phrase, cast: &Cast) -> String;
}

impl<F: Fn(&Phrase, &Cast) -> String> Say for F {
    fn say(&self, phrase: &Phrase, cast: &Cast) -> String {
        self(phrase, cast)
    }
}

/// Words for machines: the key, then its arguments.
pub struct Keys;

impl Say for Keys {
    fn say(&self, phrase: &Phrase, cast: &Cast) -> String {
        let mut text = String::from(phrase.key.as_str());
        for arg in &phrase.args {
            text.push(' ');
            plain(arg, cast, &mut text);
        }
        text
    }
}

fn plain(arg: &Arg, cast: &Cast, text: &mut String) {
    match arg {
        Arg::Process(id) => text.push_str(&cast.name(*id)),
        Arg::Host(id) => text.push_str(&cast.host_name(*id)),
        Arg::Epoch(number) | Arg::Number(number) => {
            let _ = write!(text, "{number}");
        }
        Arg::Ballot(number, owner) => {
            let _ = write!(text, "{number}.{}", cast.name(*owner));
        }
        Arg::At(time) => {
            let _ = write!(text, "{}ns", time.0);
        }
        Arg::For(span) => {
            let _ = write!(text, "{}ns", span.0);
        }
        Arg::Name(name) | Arg::Text(name) => text.push_str(name),
        Arg::Phrase(phrase) => text.push_str(&Keys.say(phrase, cast)),
        Arg::List(args) => {
            for (number, arg) in args.iter().enumerate() {
                if number > 0 {
                    text.push(',');
                }
                plain(arg, cast, text);
            }
        }
    }
}
