//! The dialog: what to take along, which stretch of the run, and as a file or for the clipboard.

use super::Exporting;
use super::file::{copy, give, keep};
use super::picture::{Of, picture, png};
use crate::desk::{Desk, use_desk};
use crate::dialogs::modal;
use crate::icons::Icon;
use crate::panel::View;
use crate::refresh::Wishes;
use crate::state::{Asked, Happened, Page};
use crate::texts::Texts;
use muster_core::process::Time;
use muster_core::session::api::{Export, Format, Request};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Events taken for one piece: the page stays responsive between two.
const BUDGET: u64 = 5_000;

/// What can be taken along, in the order in which people want it.
const FORMATS: [Format; 7] = [
    Format::Transcript,
    Format::Highlights,
    Format::Perfetto,
    Format::Shiviz,
    Format::Mermaid,
    Format::Csv,
    Format::Jsonl,
];

/// Its name, what it is for, the ending of its file and its media type.
fn about(t: &'static Texts, format: Format) -> (&'static str, &'static str, &'static str, &'static str) {
    match format {
        Format::Transcript => (t.export_transcript, t.export_transcript_for, "txt", "text/plain"),
        Format::Highlights => (t.export_highlights, t.export_highlights_for, "txt", "text/plain"),
        Format::Perfetto => ("Perfetto", t.export_perfetto_for, "json", "application/json"),
        Format::Shiviz => ("ShiViz", t.export_shiviz_for, "log", "text/plain"),
        Format::Mermaid => ("Mermaid", t.export_mermaid_for, "mmd", "text/plain"),
        Format::Csv => ("CSV", t.export_csv_for, "csv", "text/csv"),
        Format::Jsonl => ("JSON Lines", t.export_jsonl_for, "jsonl", "application/jsonl"),
    }
}

#[derive(Properties, PartialEq)]
pub struct ExportProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The stretch of time shown.
    pub wishes: Wishes,
}

/// What can be taken along: a text that the session writes, or a picture of what is shown.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Run(Format),
    /// Of what, and as a PNG instead of SVG.
    Picture(Of, bool),
}

/// Pictures, and how they are called.
const PICTURES: [(Of, bool, &str); 4] = [
    (Of::Stage, false, "stage-svg"),
    (Of::Stage, true, "stage-png"),
    (Of::Diagram, false, "diagram-svg"),
    (Of::Diagram, true, "diagram-png"),
];

/// What becomes of it once all of it is there.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    Keep,
    Copy,
}

/// An export on its way.
#[derive(Clone, PartialEq)]
struct Wanted {
    what: Export,
    then: Then,
    name: String,
}

/// The pieces that came, and their bytes.
#[derive(Default)]
struct Gathered {
    parts: Vec<String>,
    bytes: u64,
}

/// What the reader chose.
#[derive(Clone, PartialEq)]
struct Choice {
    what: What,
    part: bool,
    from: String,
    to: String,
}

impl Choice {
    /// The stretch, unless what stands in a field is no time.
    fn stretch(&self) -> Option<(Time, Option<Time>)> {
        if !self.part {
            return Some((Time::ZERO, None));
        }
        let to = if self.to.trim().is_empty() { None } else { Some(seconds(&self.to)?) };
        Some((if self.from.trim().is_empty() { Time::ZERO } else { seconds(&self.from)? }, to))
    }
}

/// A time in seconds, as a person types it.
fn seconds(text: &str) -> Option<Time> {
    let number = text.trim().trim_end_matches('s').trim_end().parse::<f64>().ok()?;
    (0.0..=1e9).contains(&number).then(|| crate::panel::time(number * 1e9))
}

/// What to take along.
#[component]
pub fn ExportDialog(ExportProps { page, wishes }: &ExportProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let choice = use_state(|| Choice {
        what: What::Run(Format::Transcript),
        part: false,
        from: "0".into(),
        to: seconds_of(page.now()),
    });
    let wanted = use_state(|| None::<Wanted>);
    let said = use_state(String::new);
    let gathered = use_mut_ref(Gathered::default);
    {
        let (desk, wanted, said, gathered) = (desk.clone(), wanted.clone(), said.setter(), gathered.clone());
        use_effect_with(page.exporting.clone(), move |exporting| {
            if let Some(going) = (*wanted).clone()
                && !goes_on(&desk, &going, exporting, &mut gathered.borrow_mut(), &said)
            {
                wanted.set(None);
            }
        });
    }
    let start = {
        let (desk, choice, wanted, said) = (desk.clone(), choice.clone(), wanted.clone(), said.setter());
        let (page, wishes) = (page.clone(), wishes.clone());
        move |then: Then| {
            let info = page.info.as_ref();
            let mut run =
                info.map_or_else(|| "run".to_owned(), |info| format!("{}-{}", info.name, info.seed));
            let format = match choice.what {
                What::Run(format) => format,
                What::Picture(of, pixels) => {
                    run.push_str(&["-", &seconds_of(page.now()), "s-", name_of(of)].concat());
                    return drawn(&desk, &page, wishes.view(), (of, pixels), run, then, said.clone());
                }
            };
            let Some((from, to)) = choice.stretch() else { return said.set(desk.t.export_bad_time.into()) };
            *gathered.borrow_mut() = Gathered::default();
            let what = Export { format, from, to, lang: desk.lang.tag().into() };
            let name = format!("{run}.{}", about(desk.t, format).2);
            wanted.set(Some(Wanted { what: what.clone(), then, name }));
            said.set(desk.t.export_writing.replace("{0}", &desk.instant(Time::ZERO)));
            desk.tell(Happened::Play(false));
            desk.ask_as(Request::Export { what, written: 0, budget: BUDGET }, Asked::Export(0));
        }
    };
    let (download, copies) = (start.clone(), start);
    let busy = wanted.is_some();
    let inside = html! {
        <div class="export">
            { formats(t, &choice) }
            if let What::Run(_) = choice.what { { stretch(t, &choice) } }
            <footer>
                <span class="muted small grow" id="export-said" role="status">{(*said).clone()}</span>
                if !matches!(choice.what, What::Picture(_, true)) {
                    <button type="button" class="ghost" id="export-copy" disabled={busy} onclick={move |_| copies(Then::Copy)}>{Icon::Copy.html()}{t.copy}</button>
                }
                <button type="button" class="primary" id="export-keep" disabled={busy} onclick={move |_| download(Then::Keep)}>{Icon::Disk.html()}{t.export_download}</button>
            </footer>
        </div>
    };
    modal(t.export.into(), inside)
}

/// Takes what came, and asks for more or gives all of it away. `false` where it is over.
fn goes_on(
    desk: &Desk,
    going: &Wanted,
    exporting: &Exporting,
    gathered: &mut Gathered,
    said: &UseStateSetter<String>,
) -> bool {
    if let Some(phrase) = &exporting.refused {
        said.set(desk.say(phrase));
        return false;
    }
    let Some((written, piece)) = exporting.came.as_ref().filter(|(written, _)| *written == gathered.bytes)
    else {
        return true;
    };
    gathered.bytes = written + piece.text.len() as u64;
    gathered.parts.push(piece.text.clone());
    if piece.more {
        said.set(desk.t.export_writing.replace("{0}", &desk.instant(piece.at.at)));
        let (what, written) = (going.what.clone(), gathered.bytes);
        desk.ask_as(Request::Export { what, written, budget: BUDGET }, Asked::Export(written));
        return true;
    }
    let parts = std::mem::take(&mut gathered.parts);
    hand_over(desk, &parts, about(desk.t, going.what.format).3, &going.name, going.then, said.clone());
    false
}

/// Gives a text away, and says so.
fn hand_over(
    desk: &Desk,
    parts: &[String],
    media: &str,
    name: &str,
    then: Then,
    said: UseStateSetter<String>,
) {
    let t = desk.t;
    match then {
        Then::Keep => said.set(kept(t, keep(parts, media, name), name)),
        Then::Copy => copy(&parts.concat(), move |did| {
            said.set(if did { t.copied } else { t.export_not_copied }.into())
        }),
    }
}

/// Whether a file was given to the browser, in words.
fn kept(t: &Texts, done: Option<()>, name: &str) -> String {
    done.map_or_else(|| t.not_saved.to_owned(), |()| [t.saved_file, " ", name].concat())
}

/// Gives a picture of what is shown away.
fn drawn(
    desk: &Desk,
    page: &Page,
    view: View,
    (of, pixels): (Of, bool),
    name: String,
    then: Then,
    said: UseStateSetter<String>,
) {
    let t = desk.t;
    let Some(picture) = picture(desk, page, view, of) else { return said.set(t.not_saved.into()) };
    if !pixels {
        let name = name + ".svg";
        return hand_over(desk, &[picture.svg], "image/svg+xml", &name, then, said);
    }
    let name = name + ".png";
    png(&picture, move |blob| said.set(kept(t, blob.and_then(|blob| give(&blob, &name)), &name)));
}

/// What a picture is of, in its file's name.
fn name_of(of: Of) -> &'static str {
    match of {
        Of::Stage => "stage",
        Of::Diagram => "diagram",
    }
}

/// An instant in seconds, as the page says it.
fn seconds_of(at: Time) -> String {
    crate::number::fixed((at.nanos() / 1_000_000) as f64 / 1e3, 3)
}

fn formats(t: &'static Texts, choice: &UseStateHandle<Choice>) -> Html {
    let one = |what: What, value: &'static str, name: &'static str, words: &'static str| {
        let (setter, now) = (choice.setter(), (**choice).clone());
        let onchange = move |_: Event| setter.set(Choice { what, ..now.clone() });
        html! {
            <label key={value}>
                <input type="radio" name="export" {value} checked={choice.what == what} {onchange} />
                <span><b>{name}</b>{" "}<small class="muted">{words}</small></span>
            </label>
        }
    };
    let run = FORMATS.into_iter().map(|format| {
        let (name, words, ..) = about(t, format);
        one(What::Run(format), format.name(), name, words)
    });
    let pictures = PICTURES.into_iter().map(|(of, pixels, value)| {
        let name = if of == Of::Stage { t.stage } else { t.diagram };
        one(What::Picture(of, pixels), value, name, if pixels { t.export_png } else { t.export_svg })
    });
    html! {
        <>
            <fieldset class="field choices"><legend>{t.export_what}</legend>{ for run }</fieldset>
            <fieldset class="field choices"><legend>{t.export_picture}</legend>{ for pictures }</fieldset>
        </>
    }
}

fn stretch(t: &'static Texts, choice: &UseStateHandle<Choice>) -> Html {
    let which = |part: bool, words: &'static str, id: &'static str| {
        let (setter, now) = (choice.setter(), (**choice).clone());
        let onchange = move |_: Event| setter.set(Choice { part, ..now.clone() });
        html! { <label><input type="radio" name="export-part" {id} checked={choice.part == part} {onchange} /><span>{words}</span></label> }
    };
    let field = |id: &'static str, words: &'static str, value: &str, put: fn(&mut Choice, String)| {
        let (setter, now) = (choice.setter(), (**choice).clone());
        let oninput = move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            {
                let mut next = now.clone();
                put(&mut next, input.value());
                setter.set(next);
            }
        };
        let invalid = !value.trim().is_empty() && seconds(value).is_none();
        html! { <label class="time">{words}<input type="text" inputmode="decimal" {id} value={value.to_owned()} aria-invalid={invalid.to_string()} {oninput} /></label> }
    };
    html! {
        <fieldset class="field choices">
            <legend>{t.export_stretch}</legend>
            { which(false, t.export_all, "export-all") }
            { which(true, t.export_part, "export-part") }
            if choice.part {
                <div class="row">
                    { field("export-from", t.export_from, &choice.from, |choice, value| choice.from = value) }
                    { field("export-to", t.export_to, &choice.to, |choice, value| choice.to = value) }
                </div>
            }
        </fieldset>
    }
}
