//! A replica set's configuration document (`rs.conf()`) from a pasted literal, with the scenario's members in place of its hosts.
//!
//! A member is the one whose name its `host` begins with (`n1:27017` is `n1`), if every host begins with a member's name; if none
//! does, members are taken in the order of `_id`. Its term is that of another history, and begins anew; its version stays.
//!
//! What a configuration must be is the set's own to say; here that is said at its place in the text.

use super::paste::{Entry, Item, Literal, read as literal};
use super::slip::{Expected, Found, Place, Slip};
use crate::consensus::replica_set::{
    Config, ConfigError, ConfigId, MAX_DELAY, MAX_MEMBERS, MAX_TAG, MAX_TAGS, MAX_VOTERS, MemberConfig,
    Priority, SetSettings,
};
use crate::process::{ProcessId, Span};
use crate::system::Planned;
use crate::text::nearest;
use std::sync::Arc;

/// Reads a configuration of these members.
pub(super) fn read(text: &str, members: &[Planned]) -> Result<Config, Slip> {
    let whole = literal(text)?;
    let whole = answered(&whole);
    let top = fields(whole, TOP)?;
    let Some(list) = top.get("members") else {
        return Err(missing(whole.at, "members"));
    };
    let Literal::List(items) = &list.is else { return Err(list.slip(Expected::List)) };
    if let Some(protocol) = top.get("protocolVersion")
        && protocol.is.whole() != Some(1)
    {
        return Err(protocol.slip(Expected::Protocol));
    }
    let said = items.iter().map(Said::of).collect::<Result<Vec<Said<'_>>, Slip>>()?;
    if said.len() != members.len() {
        let found = Found::This(said.len().to_string().into());
        return Err(Slip::new(list.at, found, Expected::AsManyMembers(members.len())));
    }
    hosts_once(&said)?;
    hosts_local(&said)?;
    let placed = placed(said, members)?;
    let mut list_of_members = Vec::with_capacity(placed.len());
    for (host, member) in &placed {
        list_of_members.push(member.known(*host).map_err(|slip| slip.of(|| name(member.item)))?);
    }
    let version = top.get("version").map_or(Ok(1), version)?;
    let settings = top.get("settings").map_or(Ok(SetSettings::default()), shared)?;
    let journal = top.get("writeConcernMajorityJournalDefault").map_or(Ok(true), flag)?;
    some_text(top.get("_id").ok_or_else(|| missing(whole.at, "_id"))?)?;
    let config = Config::initial(list_of_members, settings);
    let config = Config { id: ConfigId { term: Some(0), version }, majority_journal: journal, ..config };
    config.validate().map_err(|error| refused(&error, &placed, list, top.get("settings")))?;
    Ok(config)
}

/// The configuration in what the command `replSetGetConfig` answers: `{ config: {…}, ok: 1, … }`.
fn answered(whole: &Item) -> &Item {
    let Literal::Map(entries) = &whole.is else { return whole };
    let of = |name: &str| entries.iter().find(|entry| &*entry.key == name).map(|entry| &entry.item);
    match of("config") {
        Some(config) if matches!(config.is, Literal::Map(_)) && of("members").is_none() => config,
        _ => whole,
    }
}

/// A host says which server it is, and every member is a server of its own.
fn hosts_once(said: &[Said<'_>]) -> Result<(), Slip> {
    /// A host that names no port means this one.
    const USUAL_PORT: &str = ":27017";
    let mut earlier = Vec::with_capacity(said.len());
    for member in said {
        let host = member.host.strip_suffix(USUAL_PORT).unwrap_or(&member.host);
        if earlier.contains(&host) {
            return Err(member.slip("host", "", Expected::HostOnce));
        }
        earlier.push(host);
    }
    Ok(())
}

/// "Either all host names in a replica set configuration must be localhost references, or none must be" (the server's own words).
fn hosts_local(said: &[Said<'_>]) -> Result<(), Slip> {
    let is_local = |member: &&Said<'_>| {
        let host = port(&member.host).map_or(&*member.host, |(host, _)| host);
        matches!(host, "localhost" | "::1" | "[::1]") || host.starts_with("127.")
    };
    let local = said.iter().filter(is_local).count();
    match said.iter().find(is_local) {
        Some(member) if local < said.len() => Err(member.slip("host", "", Expected::HostLocal)),
        _ => Ok(()),
    }
}

/// The pasted members in the order of `_id`, each with the process that it is.
fn placed<'a>(mut said: Vec<Said<'a>>, members: &[Planned]) -> Result<Vec<(ProcessId, Said<'a>)>, Slip> {
    said.sort_by_key(|member| member.id);
    let named = |member: &Said<'_>| {
        let name = member.host.split(':').next().unwrap_or_default();
        members.iter().find(|planned| &*planned.name == name).map(|planned| planned.process)
    };
    let all_named = said.iter().all(|member| named(member).is_some());
    // By `_id`, one would get another's name.
    if let Some(other) = said.iter().find(|member| named(member).is_none())
        && said.iter().any(|member| named(member).is_some())
    {
        return Err(other.slip("host", "", Expected::HostNamed));
    }
    let each = said.into_iter().enumerate().map(|(at, member)| {
        let host = if all_named { named(&member) } else { members.get(at).map(|m| m.process) };
        let host = host.ok_or_else(|| member.item.slip(Expected::HostOfMember))?;
        Ok((host, member))
    });
    each.collect()
}

/// What the set refuses, at the field that says it.
fn refused(
    error: &ConfigError,
    placed: &[(ProcessId, Said<'_>)],
    list: &Item,
    settings: Option<&Item>,
) -> Slip {
    let nobody = |expected: Expected| Slip::new(list.at, Found::Nobody, expected);
    let several = |item: &Item, n: usize, expected: Expected| {
        Slip::new(item.at, Found::This(n.to_string().into()), expected)
    };
    // Of two that collide the later one in the text.
    let last = |right: &dyn Fn(ProcessId, &Said<'_>) -> bool| {
        placed
            .iter()
            .filter(|(id, said)| right(*id, said))
            .map(|(_, said)| said)
            .max_by_key(|said| said.item.at)
    };
    let of = |host: &ProcessId, field: &str, because: &str, expected: Expected| {
        let member = last(&|id, _| id == *host);
        member.map_or_else(|| nobody(expected), |member| member.slip(field, because, expected))
    };
    match error {
        ConfigError::NoMembers => several(list, 0, Expected::Electable),
        ConfigError::TooManyMembers(n) => several(list, *n, Expected::MembersAtMost(MAX_MEMBERS)),
        ConfigError::TooManyVoters(n) => {
            let mut voters: Vec<&Said<'_>> =
                placed.iter().map(|(_, said)| said).filter(|said| said.votes() == Ok(true)).collect();
            voters.sort_by_key(|said| said.item.at);
            let expected = Expected::VotersAtMost(MAX_VOTERS);
            match voters.get(MAX_VOTERS) {
                Some(said) => several(said.fields.get("votes").unwrap_or(said.item), *n, expected)
                    .of(|| name(said.item)),
                None => several(list, *n, expected),
            }
        }
        ConfigError::NoVoters => nobody(Expected::Voter),
        ConfigError::NoElectable => nobody(Expected::Electable),
        ConfigError::SameId(id) => {
            let member = last(&|_, said| said.id == *id);
            member.map_or_else(|| nobody(Expected::IdOnce), |said| said.slip("_id", "", Expected::IdOnce))
        }
        ConfigError::SameHost(id) => of(id, "host", "", Expected::NameOnce),
        ConfigError::PriorityRange(id) => of(id, "priority", "", Expected::Decimal),
        ConfigError::PriorityWithoutVote(id) => of(id, "priority", "votes", Expected::NoPriorityWithoutVote),
        ConfigError::ArbiterPriority(id) => of(id, "priority", "arbiterOnly", Expected::NoPriorityOfArbiter),
        ConfigError::ArbiterWithoutVote(id) => of(id, "votes", "arbiterOnly", Expected::VoteOfArbiter),
        ConfigError::HiddenPriority(id) => of(id, "priority", "hidden", Expected::NoPriorityHidden),
        ConfigError::DelayedPriority(id) => of(id, "priority", DELAY, Expected::NoPriorityDelayed),
        ConfigError::ArbiterDelay(id) => of(id, DELAY, "", Expected::NoDelayOfArbiter),
        ConfigError::Delay(id) => of(id, DELAY, "", Expected::Whole(0, MAX_LATE)),
        ConfigError::Tags(id) => of(id, "tags", "", Expected::TagsAtMost(MAX_TAGS, MAX_TAG)),
        ConfigError::NoTime(field) => {
            let said = settings.and_then(|settings| match &settings.is {
                Literal::Map(entries) => entries.iter().find(|entry| &*entry.key == *field),
                _ => None,
            });
            said.map_or(list, |entry| &entry.item).slip(SOME_TIME)
        }
    }
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
    "commitmentStatus",
];
const MEMBER: &[&str] = &[
    "_id",
    "host",
    "arbiterOnly",
    "buildIndexes",
    "hidden",
    "priority",
    "tags",
    DELAY,
    OLD_DELAY,
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

/// What `secondaryDelaySecs` was called before 5.0.
const OLD_DELAY: &str = "slaveDelay";
const DELAY: &str = "secondaryDelaySecs";

/// Longest time, in its own unit, and highest version: the greatest `int`.
const MAX_INT: i64 = i32::MAX as i64;

/// A length of time that is one.
const SOME_TIME: Expected = Expected::Whole(1, MAX_INT);
/// Longest delay, in seconds.
const MAX_LATE: i64 = MAX_DELAY as i64;

/// A map all of whose keys are known.
struct Fields<'a>(&'a [Entry]);

impl<'a> Fields<'a> {
    fn get(&self, name: &str) -> Option<&'a Item> {
        self.0.iter().find(|entry| &*entry.key == name).map(|entry| &entry.item)
    }
}

fn fields<'a>(item: &'a Item, known: &'static [&'static str]) -> Result<Fields<'a>, Slip> {
    let Literal::Map(entries) = &item.is else { return Err(item.slip(Expected::Map)) };
    match entries.iter().find(|entry| !known.contains(&&*entry.key)) {
        None => Ok(Fields(entries)),
        Some(Entry { at, key, .. }) => {
            let slip = Slip::new(*at, Found::This(key.clone()), Expected::KnownField(known));
            Err(Slip { nearest: nearest(key, known.iter().copied()), ..slip })
        }
    }
}

fn missing(at: Place, name: &str) -> Slip {
    Slip::new(at, Found::Missing(name.into()), Expected::Field)
}

/// A whole number within these bounds.
fn number(item: &Item, least: i64, most: i64) -> Result<i64, Slip> {
    let number = item.is.whole().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| item.slip(Expected::Whole(least, most)))
}

/// The same of numbers that are never below 0.
fn count(item: &Item, least: u32, most: i64) -> Result<u64, Slip> {
    number(item, i64::from(least), most).map(i64::unsigned_abs)
}

/// A configuration's version: the server takes from 1 to the greatest `int`.
fn version(item: &Item) -> Result<u64, Slip> {
    count(item, 1, MAX_INT).map_err(|slip| Slip { expected: Expected::Version, ..slip })
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

fn some_text(item: &Item) -> Result<Arc<str>, Slip> {
    let text = text(item)?;
    if text.trim().is_empty() { Err(item.slip(Expected::SomeText)) } else { Ok(text) }
}

/// A host: a server's name, and its port behind it. Only an address of IPv6 may begin with a colon, and has more of them.
fn server(item: &Item) -> Result<Arc<str>, Slip> {
    let host = text(item)?;
    let no_name = host.trim().is_empty() || host.starts_with(':') && host.matches(':').count() == 1;
    let no_port = port(&host).is_some_and(|(_, port)| port.parse::<u16>().ok().is_none_or(|port| port == 0));
    if no_name || no_port { Err(item.slip(Expected::Host)) } else { Ok(host) }
}

/// A host without its port, and that; an address of IPv6 has one behind brackets only.
fn port(host: &str) -> Option<(&str, &str)> {
    host.rsplit_once(':').filter(|(name, _)| !name.contains(':') || name.ends_with(']'))
}

fn shared(item: &Item) -> Result<SetSettings, Slip> {
    let (said, usual) = (fields(item, SETTINGS)?, SetSettings::default());
    let time = |name: &str, unit: fn(u64) -> Span, usual: Span| match said.get(name) {
        Some(item) => count(item, 1, MAX_INT).map(unit),
        None => Ok(usual),
    };
    // −1 is without end, or never.
    let or_never = |name: &str, usual: Option<Span>| match said.get(name) {
        Some(item) => number(item, -1, MAX_INT).map(|ms| u64::try_from(ms).ok().map(Span::millis)),
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

/// What the text calls a member: its host, or else its `_id`.
fn name(member: &Item) -> Option<Arc<str>> {
    let Literal::Map(entries) = &member.is else { return None };
    let of = |name: &str| entries.iter().find(|entry| &*entry.key == name).map(|entry| &entry.item.is);
    match (of("host"), of("_id")) {
        (Some(Literal::Text(host)), _) if !host.trim().is_empty() => Some(host.clone()),
        (_, Some(Literal::Number(id))) => Some(format!("_id: {id}").into()),
        _ => None,
    }
}

impl<'a> Said<'a> {
    fn of(item: &'a Item) -> Result<Said<'a>, Slip> {
        Said::read(item).map_err(|slip| slip.of(|| name(item)))
    }

    fn read(item: &'a Item) -> Result<Said<'a>, Slip> {
        let fields = fields(item, MEMBER)?;
        let id = fields.get("_id").ok_or_else(|| missing(item.at, "_id"))?;
        let host = fields.get("host").ok_or_else(|| missing(item.at, "host"))?;
        let most = i64::from(u8::MAX);
        let known = u8::try_from(number(id, 0, most)?).map_err(|_| id.slip(Expected::Whole(0, most)))?;
        Ok(Said { item, fields, id: known, host: server(host)? })
    }

    fn delay(&self) -> Option<&'a Item> {
        self.fields.get(DELAY).or(self.fields.get(OLD_DELAY))
    }

    fn votes(&self) -> Result<bool, Slip> {
        let Some(votes) = self.fields.get("votes") else { return Ok(true) };
        match votes.is.whole() {
            Some(0) => Ok(false),
            Some(1) => Ok(true),
            _ => Err(votes.slip(Expected::Votes)),
        }
    }

    /// Something else than this was expected of a field; where that is left out, of the field because of which it was.
    fn slip(&self, field: &str, because: &str, expected: Expected) -> Slip {
        let get = |field: &str| if field == DELAY { self.delay() } else { self.fields.get(field) };
        let slip = match (get(field), get(because)) {
            (Some(item), _) => item.slip(expected),
            (None, because) => {
                let at = because.unwrap_or(self.item).at;
                Slip::new(at, Found::Missing(field.into()), expected)
            }
        };
        slip.of(|| name(self.item))
    }

    fn known(&self, host: ProcessId) -> Result<MemberConfig, Slip> {
        let said = |name: &str| self.fields.get(name);
        let is = |name: &str| said(name).map_or(Ok(false), flag);
        let plain = match is("arbiterOnly")? {
            true => MemberConfig::arbiter(self.id, host),
            false => MemberConfig::new(self.id, host),
        };
        let rank = said("priority").map_or(Ok(plain.priority), priority)?;
        if !said("buildIndexes").map_or(Ok(true), flag)? && rank != Priority::ZERO {
            return Err(self.slip("priority", "buildIndexes", Expected::NoPriorityWithoutIndexes));
        }
        let tags = said("tags").map_or(Ok(Vec::new()), tags)?;
        if plain.arbiter_only && !tags.is_empty() {
            return Err(self.slip("tags", "", Expected::NoTagsOfArbiter));
        }
        Ok(MemberConfig {
            priority: rank,
            votes: self.votes()?,
            hidden: is("hidden")?,
            delay_secs: self.delay().map_or(Ok(0), |item| count(item, 0, MAX_LATE))?,
            tags,
            newly_added: is("newlyAdded")?,
            ..plain
        })
    }
}

fn priority(item: &Item) -> Result<Priority, Slip> {
    let thousandths = item.is.thousandths().and_then(|thousandths| u32::try_from(thousandths).ok());
    thousandths.map(Priority).ok_or_else(|| item.slip(Expected::Decimal))
}

/// A tag: what it is called and what it says.
type Tag = (Arc<str>, Arc<str>);

fn tags(item: &Item) -> Result<Vec<Tag>, Slip> {
    let Literal::Map(entries) = &item.is else { return Err(item.slip(Expected::Map)) };
    entries.iter().map(|entry| Ok((entry.key.clone(), text(&entry.item)?))).collect()
}
