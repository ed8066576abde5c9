//! A replica set's configuration document (`rs.conf()`) from a pasted literal, with the scenario's members in place of its hosts.
//!
//! A member is the one whose name its `host` begins with (`n1:27017` is `n1`), if every host begins with a member's name; else
//! members are taken in the order of `_id`. Its term is that of another history, and begins anew; its version stays.

use super::paste::{Expected, Found, Item, Literal, Place, Slip, read as literal};
use crate::consensus::replica_set::{Config, ConfigId, MemberConfig, Priority, SetSettings};
use crate::process::{ProcessId, Span};
use crate::system::Planned;
use crate::text::Milli;
use std::sync::Arc;

/// Reads a configuration of these members.
pub(super) fn read(text: &str, members: &[Planned]) -> Result<Config, Slip> {
    let whole = literal(text)?;
    let top = fields(&whole, TOP)?;
    let Some(list) = top.get("members") else {
        return Err(missing(whole.at, "members"));
    };
    let Literal::List(items) = &list.is else { return Err(list.slip(Expected::List)) };
    if let Some(protocol) = top.get("protocolVersion")
        && number(protocol)? != 1
    {
        return Err(protocol.slip(Expected::Protocol));
    }
    let mut said = items.iter().map(Said::of).collect::<Result<Vec<Said<'_>>, Slip>>()?;
    said.sort_by_key(|member| member.id);
    if said.len() != members.len() {
        let found = Found::This(said.len().to_string().into());
        return Err(Slip { at: list.at, found, expected: Expected::AsManyMembers });
    }
    let named = |host: &str| {
        let name = host.split(':').next().unwrap_or_default();
        members.iter().find(|planned| &*planned.name == name).map(|planned| planned.process)
    };
    let all_named = said.iter().all(|member| named(&member.host).is_some());
    let mut list = Vec::with_capacity(said.len());
    for (at, member) in said.iter().enumerate() {
        let host = if all_named { named(&member.host) } else { members.get(at).map(|m| m.process) };
        let Some(host) = host else { return Err(member.item.slip(Expected::HostOfMember)) };
        list.push(member.known(host)?);
    }
    let version = top.get("version").map_or(Ok(1), version)?;
    let settings = top.get("settings").map_or(Ok(SetSettings::default()), shared)?;
    let journal = top.get("writeConcernMajorityJournalDefault").map_or(Ok(true), flag)?;
    let config = Config::initial(list, settings);
    Ok(Config { id: ConfigId { term: Some(0), version }, majority_journal: journal, ..config })
}

const TOP: &[&str] = &[
    "_id",
    "version",
    "term",
    "members",
    "settings",
    "protocolVersion",
    "writeConcernMajorityJournalDefault",
    "configsvr",
];
const MEMBER: &[&str] = &[
    "_id",
    "host",
    "arbiterOnly",
    "buildIndexes",
    "hidden",
    "priority",
    "tags",
    "secondaryDelaySecs",
    "slaveDelay",
    "votes",
    "newlyAdded",
    "horizons",
];
const SETTINGS: &[&str] = &[
    "chainingAllowed",
    "heartbeatIntervalMillis",
    "heartbeatTimeoutSecs",
    "electionTimeoutMillis",
    "catchUpTimeoutMillis",
    "catchUpTakeoverDelayMillis",
    "getLastErrorModes",
    "getLastErrorDefaults",
    "replicaSetId",
];

/// Longest time, in its own unit.
const MAX_TIME: u64 = i32::MAX as u64;

/// Highest version.
const MAX_VERSION: u64 = i32::MAX as u64;

/// A map all of whose keys are known.
struct Fields<'a>(&'a [(Arc<str>, Item)]);

impl<'a> Fields<'a> {
    fn get(&self, name: &str) -> Option<&'a Item> {
        self.0.iter().find(|(key, _)| &**key == name).map(|(_, item)| item)
    }
}

fn fields<'a>(item: &'a Item, known: &[&str]) -> Result<Fields<'a>, Slip> {
    let Literal::Map(entries) = &item.is else { return Err(item.slip(Expected::Map)) };
    match entries.iter().find(|(key, _)| !known.contains(&&**key)) {
        None => Ok(Fields(entries)),
        Some((key, value)) => {
            Err(Slip { at: value.at, found: Found::This(key.clone()), expected: Expected::KnownField })
        }
    }
}

fn missing(at: Place, name: &str) -> Slip {
    Slip { at, found: Found::Missing(name.into()), expected: Expected::Field }
}

fn number(item: &Item) -> Result<u64, Slip> {
    match &item.is {
        Literal::Number(text) => text.parse().map_err(|_| item.slip(Expected::Whole)),
        _ => Err(item.slip(Expected::Whole)),
    }
}

/// A configuration's version: the server takes from 1 to the greatest `int`.
fn version(item: &Item) -> Result<u64, Slip> {
    match number(item) {
        Ok(version @ 1..=MAX_VERSION) => Ok(version),
        _ => Err(item.slip(Expected::Version)),
    }
}

fn flag(item: &Item) -> Result<bool, Slip> {
    match item.is {
        Literal::Bool(flag) => Ok(flag),
        _ => Err(item.slip(Expected::Bool)),
    }
}

fn text(item: &Item) -> Result<Arc<str>, Slip> {
    match &item.is {
        Literal::Text(text) => Ok(text.clone()),
        _ => Err(item.slip(Expected::Text)),
    }
}

fn shared(item: &Item) -> Result<SetSettings, Slip> {
    let (said, usual) = (fields(item, SETTINGS)?, SetSettings::default());
    let bounded = |item: &Item| match number(item)? {
        time @ 0..=MAX_TIME => Ok(time),
        _ => Err(item.slip(Expected::Whole)),
    };
    let time = |name: &str, unit: fn(u64) -> Span, usual: Span| match said.get(name) {
        Some(item) => bounded(item).map(unit),
        None => Ok(usual),
    };
    // −1 is without end, or never.
    let or_never = |name: &str, usual: Option<Span>| match said.get(name) {
        Some(Item { is: Literal::Number(text), .. }) if &**text == "-1" => Ok(None),
        Some(item) => bounded(item).map(|ms| Some(Span::millis(ms))),
        None => Ok(usual),
    };
    Ok(SetSettings {
        heartbeat_interval: time("heartbeatIntervalMillis", Span::millis, usual.heartbeat_interval)?,
        heartbeat_timeout: time("heartbeatTimeoutSecs", Span::secs, usual.heartbeat_timeout)?,
        election_timeout: time("electionTimeoutMillis", Span::millis, usual.election_timeout)?,
        catch_up_timeout: or_never("catchUpTimeoutMillis", usual.catch_up_timeout)?,
        catch_up_takeover_delay: or_never("catchUpTakeoverDelayMillis", usual.catch_up_takeover_delay)?,
        chaining_allowed: said.get("chainingAllowed").map_or(Ok(usual.chaining_allowed), flag)?,
    })
}

/// A member as it was pasted.
struct Said<'a> {
    item: &'a Item,
    fields: Fields<'a>,
    id: u8,
    host: Arc<str>,
}

impl<'a> Said<'a> {
    fn of(item: &'a Item) -> Result<Said<'a>, Slip> {
        let fields = fields(item, MEMBER)?;
        let id = fields.get("_id").ok_or_else(|| missing(item.at, "_id"))?;
        let host = fields.get("host").ok_or_else(|| missing(item.at, "host"))?;
        let known = u8::try_from(number(id)?).map_err(|_| id.slip(Expected::Whole))?;
        Ok(Said { item, fields, id: known, host: text(host)? })
    }

    fn known(&self, host: ProcessId) -> Result<MemberConfig, Slip> {
        let said = |name: &str| self.fields.get(name);
        let is = |name: &str| said(name).map_or(Ok(false), flag);
        let plain = match is("arbiterOnly")? {
            true => MemberConfig::arbiter(self.id, host),
            false => MemberConfig::new(self.id, host),
        };
        let votes = match said("votes") {
            Some(votes) => match number(votes)? {
                0 => false,
                1 => true,
                _ => return Err(votes.slip(Expected::Votes)),
            },
            None => true,
        };
        let delay = said("secondaryDelaySecs").or(said("slaveDelay")).map_or(Ok(0), number)?;
        Ok(MemberConfig {
            priority: said("priority").map_or(Ok(plain.priority), priority)?,
            votes,
            hidden: is("hidden")?,
            delay_secs: delay,
            tags: said("tags").map_or(Ok(Vec::new()), tags)?,
            newly_added: is("newlyAdded")?,
            ..plain
        })
    }
}

fn priority(item: &Item) -> Result<Priority, Slip> {
    let Literal::Number(text) = &item.is else { return Err(item.slip(Expected::Decimal)) };
    Milli::read(text).map(|milli| Priority(milli.thousandths)).map_err(|_| item.slip(Expected::Decimal))
}

/// A tag: what it is called and what it says.
type Tag = (Arc<str>, Arc<str>);

fn tags(item: &Item) -> Result<Vec<Tag>, Slip> {
    let Literal::Map(entries) = &item.is else { return Err(item.slip(Expected::Map)) };
    entries.iter().map(|(key, value)| Ok((key.clone(), text(value)?))).collect()
}
