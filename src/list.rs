//! `muster list`: what there is, from the registries the program itself uses.

use crate::cli::{ListArgs, Things};
use crate::exit::Exit;
use crate::output::{Out, STRONG};
use crate::tables;
use crate::words::{T, words};
use muster_core::process::Phrase;
use muster_core::session::api::Bilingual;
use muster_core::session::headless::Cast;
use muster_core::session::listing::{self, Listing};
use muster_core::systems;
use muster_core::words::Key;
use muster_words::Lang;
use serde_json::{Value, json};
use std::fmt::{self, Write};

const EVERYTHING: [Things; 7] = [
    Things::Scenarios,
    Things::Systems,
    Things::Rules,
    Things::Checks,
    Things::Selectors,
    Things::Facts,
    Things::Commands,
];

/// A list of things: its title, its columns, its rows, and each row as an object.
struct Sheet {
    title: T,
    columns: Vec<T>,
    rows: Vec<Vec<String>>,
    objects: Vec<Value>,
}

/// Lists.
pub fn list(args: &ListArgs, lang: Lang, out: &mut Out) -> Exit {
    let listing = listing::listing(systems::all());
    let wanted = args.what.as_ref().map_or(&EVERYTHING[..], std::slice::from_ref);
    for (number, thing) in wanted.iter().enumerate() {
        let sheet = sheet(*thing, &listing, lang);
        let written = if args.json { lines(&sheet, out) } else { table(&sheet, number > 0, lang, out) };
        if written.is_err() {
            break; // whoever read it has left
        }
    }
    Exit::AsExpected
}

fn lines(sheet: &Sheet, out: &mut Out) -> fmt::Result {
    sheet.objects.iter().try_for_each(|object| writeln!(out, "{object}"))
}

fn table(sheet: &Sheet, gap: bool, lang: Lang, out: &mut Out) -> fmt::Result {
    if gap {
        writeln!(out)?;
    }
    let title = out.paint(STRONG, sheet.title.say(lang));
    writeln!(out, "{title}")?;
    let columns = sheet.columns.iter().map(|column| column.say(lang).to_string()).collect();
    writeln!(out, "{}", tables::words(columns, sheet.rows.clone()))
}

fn pick(both: &Bilingual, lang: Lang) -> String {
    let text = if lang == Lang::Zh && !both.zh.is_empty() { &both.zh } else { &both.en };
    text.trim().to_string()
}

fn says(key: Key, lang: Lang) -> String {
    words(&Phrase::bare(key), &Cast::default(), lang)
}

fn sheet(thing: Things, listing: &Listing, lang: Lang) -> Sheet {
    match thing {
        Things::Scenarios => scenarios(listing, lang),
        Things::Systems => systems_sheet(listing),
        Things::Rules => rules(listing, lang),
        Things::Checks => checks(listing, lang),
        Things::Selectors => names(T::Selectors, "selector", listing, |system| &system.selectors),
        Things::Facts => names(T::Facts, "fact", listing, |system| &system.facts),
        Things::Commands => commands(listing),
    }
}

fn scenarios(listing: &Listing, lang: Lang) -> Sheet {
    let rows = listing
        .scenarios
        .iter()
        .map(|entry| vec![entry.name.to_string(), pick(&entry.title, lang), entry.kinds.join(", ")]);
    let objects = listing.scenarios.iter().map(|entry| {
        json!({ "type": "scenario", "name": entry.name, "title": entry.title, "story": entry.story,
                "kinds": entry.kinds })
    });
    let columns = vec![T::Name, T::Title, T::Systems];
    Sheet { title: T::Scenarios, columns, rows: rows.collect(), objects: objects.collect() }
}

fn systems_sheet(listing: &Listing) -> Sheet {
    let rows = listing.systems.iter().map(|system| {
        let members = format!("{}–{}", system.members.0, system.members.1);
        vec![system.kind.to_string(), members, system.targets.join(", ")]
    });
    let objects = listing.systems.iter().map(|system| {
        json!({ "type": "system", "kind": system.kind, "least": system.members.0, "most": system.members.1,
                "targets": system.targets })
    });
    let columns = vec![T::Name, T::Members, T::Targets];
    Sheet { title: T::Systems, columns, rows: rows.collect(), objects: objects.collect() }
}

fn rules(listing: &Listing, lang: Lang) -> Sheet {
    let all =
        || listing.systems.iter().flat_map(|system| system.rules.iter().map(move |rule| (system, rule)));
    let rows = all().map(|(system, rule)| {
        vec![rule.name.to_string(), system.kind.to_string(), says(rule.reason, lang), rule.source.to_string()]
    });
    let objects = all().map(|(system, rule)| {
        json!({ "type": "rule", "name": rule.name, "system": system.kind, "reason": says(rule.reason, lang),
                "key": rule.reason.as_str(), "source": rule.source })
    });
    let columns = vec![T::Name, T::System, T::Reason, T::Source];
    Sheet { title: T::Rules, columns, rows: rows.collect(), objects: objects.collect() }
}

fn checks(listing: &Listing, lang: Lang) -> Sheet {
    let all =
        || listing.systems.iter().flat_map(|system| system.checks.iter().map(move |check| (system, check)));
    let rows = all()
        .map(|(system, (name, title))| vec![name.to_string(), system.kind.to_string(), says(*title, lang)]);
    let objects = all().map(|(system, (name, title))| {
        json!({ "type": "check", "name": name, "system": system.kind, "title": says(*title, lang),
                "key": title.as_str() })
    });
    let columns = vec![T::Name, T::System, T::Title];
    Sheet { title: T::Checks, columns, rows: rows.collect(), objects: objects.collect() }
}

fn names(
    title: T,
    kind: &str,
    listing: &Listing,
    of: fn(&listing::SystemListing) -> &Vec<&'static str>,
) -> Sheet {
    let all =
        || listing.systems.iter().flat_map(move |system| of(system).iter().map(move |name| (system, name)));
    let rows = all().map(|(system, name)| vec![name.to_string(), system.kind.to_string()]);
    let objects = all().map(|(system, name)| json!({ "type": kind, "name": name, "system": system.kind }));
    Sheet { title, columns: vec![T::Name, T::System], rows: rows.collect(), objects: objects.collect() }
}

fn commands(listing: &Listing) -> Sheet {
    let rows = listing.commands.iter().map(|command| {
        vec![command.name.to_string(), command.system.unwrap_or("").to_string(), command.about.clone()]
    });
    let objects = listing.commands.iter().map(|command| {
        json!({ "type": "command", "name": command.name, "system": command.system, "about": command.about })
    });
    let columns = vec![T::Name, T::System, T::About];
    Sheet { title: T::Commands, columns, rows: rows.collect(), objects: objects.collect() }
}
