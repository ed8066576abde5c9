//! What every component has at hand: the language, the names, and ways to ask the session and to tell the page.

use crate::diagram::{DiagramHappened, Pointed};
use crate::names::Names;
use crate::same::Same;
use crate::state::{Asked, Dialog, Happened, Menu, Page, Selection};
use crate::texts::Texts;
use crate::why::WhyHappened;
use muster_core::process::{Phrase, Span, Time};
use muster_core::session::api::{Request, SeekTo};
use muster_core::view::{Epoch, Place, Subject};
use muster_words::{Lang, units};
use yew::prelude::*;

/// What every component has at hand.
#[derive(Clone, PartialEq)]
pub struct Desk {
    /// The language.
    pub lang: Lang,
    /// The page's own texts in it.
    pub t: &'static Texts,
    /// Names of processes and hosts.
    pub names: Same<Names>,
    page: UseReducerDispatcher<Page>,
    ask: Callback<(Request, Asked)>,
}

impl Desk {
    /// A desk.
    pub fn new(
        lang: Lang,
        names: Same<Names>,
        page: UseReducerDispatcher<Page>,
        ask: Callback<(Request, Asked)>,
    ) -> Self {
        Desk { lang, t: Texts::of(lang), names, page, ask }
    }

    /// Tells the page.
    pub fn tell(&self, happened: Happened) {
        self.page.dispatch(happened);
    }

    /// Asks the session for something that moves the place shown, or changes the run.
    pub fn ask(&self, request: Request) {
        self.ask.emit((request, Asked::Jump));
    }

    /// Asks the session for something else.
    pub fn ask_as(&self, request: Request, asked: Asked) {
        self.ask.emit((request, asked));
    }

    /// Carries out a command.
    pub fn act(&self, command: &str) {
        self.ask(Request::Act(command.into()));
    }

    /// Goes to a place and stays there.
    pub fn go(&self, place: Place) {
        self.tell(Happened::Play(false));
        self.ask(Request::Seek(SeekTo::Ordinal(place.ordinal)));
    }

    /// Stands still and asks for another place.
    pub fn jump(&self, request: Request) {
        self.tell(Happened::Play(false));
        self.ask(request);
    }

    /// Selects something.
    pub fn select(&self, selection: Selection) {
        self.tell(Happened::Select(Some(selection)));
    }

    /// Points at something, wherever on the page it is shown, or at nothing.
    pub fn point(&self, pointed: Option<Pointed>) {
        self.tell(Happened::Diagram(DiagramHappened::Point(pointed)));
    }

    /// Asks why something is as it is, at the moment shown, which stands still for it.
    pub fn why(&self, subject: Subject) {
        self.wonder(subject, false);
    }

    /// The same on the way from the answer shown.
    pub fn why_further(&self, subject: Subject) {
        self.wonder(subject, true);
    }

    fn wonder(&self, subject: Subject, further: bool) {
        self.tell(Happened::Play(false));
        self.why_tell(WhyHappened::Asked(subject.clone(), further));
        self.ask_as(Request::Why(subject), Asked::Why);
    }

    /// Tells the page what happened to a why.
    pub fn why_tell(&self, happened: WhyHappened) {
        self.tell(Happened::Why(happened));
    }

    /// Opens a dialog.
    pub fn open(&self, dialog: Dialog) {
        crate::hands::keep_focus();
        self.tell(Happened::Dialog(Some(dialog)));
    }

    /// Opens a menu.
    pub fn menu(&self, menu: Menu) {
        crate::hands::keep_focus();
        self.tell(Happened::Menu(Some(menu)));
    }

    /// A phrase in words.
    pub fn say(&self, phrase: &Phrase) -> String {
        muster_words::text(phrase, &*self.names, self.lang)
    }

    /// A key without arguments in words.
    pub fn word(&self, key: muster_core::words::Key) -> String {
        self.say(&Phrase::bare(key))
    }

    /// An epoch as short as can be: its number, and whose it is.
    pub fn mark(&self, epoch: Epoch) -> String {
        match epoch.owner {
            Some(owner) => format!("{}.{}", epoch.number, self.names.of_process(owner)),
            None => epoch.number.to_string(),
        }
    }

    /// An instant in words.
    pub fn instant(&self, at: Time) -> String {
        units::instant(at, self.lang)
    }

    /// A length of time in words.
    pub fn span(&self, span: Span) -> String {
        units::span(span, self.lang)
    }
}

/// The desk of the page this component is on.
#[hook]
pub fn use_desk() -> Desk {
    use_context().expect("every component is inside the page")
}
