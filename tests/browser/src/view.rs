//! Views of the page as data: what is shown, and how a reader comes to it. `shots.json` lists them; pictures are taken of them, and
//! each is tried in every theme, language and width.

use crate::{Light, Page, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// A theme that the page can wear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As a light system has it.
    Light,
    /// As a dark system has it.
    Dark,
    /// For a projector.
    Projector,
}

/// A language that the page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Chinese.
    Zh,
}

/// How the page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// In these colours.
    pub theme: Theme,
    /// In this language.
    pub lang: Lang,
    /// In a window of this many CSS pixels.
    pub width: u32,
    /// And so many high.
    pub height: u32,
}

/// The widths at which everything is tried, with a usual height.
pub const SIZES: [(u32, u32); 3] = [(360, 740), (1280, 800), (1920, 1080)];
/// All themes.
pub const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Projector];
/// All languages.
pub const LANGS: [Lang; 2] = [Lang::En, Lang::Zh];

impl Theme {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Projector => "projector",
        }
    }

    fn light(self) -> Light {
        if self == Self::Dark { Light::Dark } else { Light::Light }
    }
}

impl Lang {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

impl std::fmt::Display for Look {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.theme.name(), self.lang.name(), self.width)
    }
}

impl Look {
    /// Every look there is: themes × languages × widths.
    pub fn all() -> Vec<Look> {
        let mut all = Vec::new();
        for theme in THEMES {
            for lang in LANGS {
                all.extend(SIZES.map(|(width, height)| Look { theme, lang, width, height }));
            }
        }
        all
    }

    /// For the n-th of many things: one look of the eighteen, so that any eighteen things in a row are seen in all of them.
    pub fn nth(n: usize) -> Look {
        let (width, height) = SIZES[n / THEMES.len() % SIZES.len()];
        Look { theme: THEMES[n % THEMES.len()], lang: LANGS[n % LANGS.len()], width, height }
    }

    /// Can a view be changed from the other look to this one while it is shown, by its window and its system alone?
    pub fn is_near(self, other: Look, view: &View) -> bool {
        let chosen = |look: Look| look.theme == Theme::Projector;
        // A menu stays where it was opened.
        let stays = self.width == other.width || !view.name.starts_with("menu");
        stays && self.lang == other.lang && chosen(self) == chosen(other)
    }
}

/// A view, and how one comes to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// What it is called.
    pub name: String,
    /// The view that one comes to first, by its name.
    #[serde(default)]
    pub from: Option<String>,
    /// What follows the page's address.
    #[serde(default)]
    pub open: String,
    /// A CSS selector of what is there when it has begun.
    #[serde(default = "members")]
    pub ready: String,
    /// What is done then.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The tour is shown, as on a first visit.
    #[serde(default)]
    pub tour: bool,
}

fn members() -> String {
    ".actor".into()
}

/// Something that is done or waited for.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// The first element for a CSS selector is clicked.
    Click(String),
    /// There is an element for a CSS selector.
    Wait(String),
    /// There is none any more.
    Gone(String),
    /// Keys are typed into the page as a whole.
    Keys(String),
    /// Keys are pressed where the focus is.
    Press(String),
    /// The first element for a CSS selector gets the focus.
    Focus(String),
    /// An event of at least this number is shown.
    Event(u64),
    /// The run is stopped, if it plays, and everything that was asked is answered.
    Stop,
    /// Everything that was asked is answered.
    Rest,
    /// Milliseconds pass: for pictures of what moves.
    Sleep(u64),
}

/// What `shots.json` lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// Sizes of windows, in CSS pixels, of which pictures are taken.
    pub sizes: Vec<(u32, u32)>,
    /// Themes of which pictures are taken.
    pub themes: Vec<Theme>,
    /// Pictures that README.md shows.
    pub readme: Vec<Picture>,
    /// All views.
    pub shots: Vec<View>,
}

/// A picture that README.md shows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Which view.
    pub shot: String,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
    /// In these colours.
    pub theme: Theme,
}

/// All views, each with the whole way to it.
pub fn views() -> Views {
    let mut views: Views = serde_json::from_str(include_str!("../shots.json"))
        .unwrap_or_else(|error| panic!("tests/browser/shots.json: {error}"));
    // A view stands below the one that it begins with, so that one's way is whole.
    for at in 0..views.shots.len() {
        let (before, view) = views.shots.split_at_mut(at);
        let Some(name) = view[0].from.take() else { continue };
        let from = before.iter().find(|view| view.name == name);
        let from = from.unwrap_or_else(|| panic!("shots.json: {name} does not stand above {}", view[0].name));
        let steps = from.steps.iter().chain(&view[0].steps).cloned().collect();
        (view[0].open, view[0].ready, view[0].steps) = (from.open.clone(), from.ready.clone(), steps);
    }
    views
}

impl Page {
    /// Opens the page afresh, as who has chosen this look before; `rest` follows its address.
    pub async fn dress(&self, look: Look, rest: &str, tour: bool) -> Result {
        let theme = if look.theme == Theme::Projector { "Projector" } else { "System" };
        let chosen = json!({ "theme": theme, "lang": look.lang.name(), "no_keys": false, "toured": !tour });
        // The page before this one may live on in a process of its own for a moment, and what is in its copy of the storage
        // then now and again comes over what was chosen here: two in nine hundred times.
        for _ in 0..3 {
            self.put_on(look, &chosen, rest).await?;
            self.until("return document.documentElement.dataset.theme").await?;
            let worn = "const { lang, dataset } = document.documentElement; return [lang.slice(0, 2), dataset.theme]";
            if self.js(worn).await? == json!([look.lang.name(), theme.to_lowercase()]) {
                break;
            }
        }
        Ok(())
    }

    async fn put_on(&self, look: Look, chosen: &Value, rest: &str) -> Result {
        self.goto("about:blank").await?; // so that the page is loaded anew, whatever is behind its `#`
        self.look(look.width, look.height, look.theme.light()).await?;
        let mark = format!("{chosen} {:?}", std::time::Instant::now());
        self.once(&format!(
            "if (location.protocol == 'http:' && sessionStorage.getItem('dressed') != {mark}) {{\
               sessionStorage.clear(); localStorage.clear();\
               localStorage.setItem('muster.look', {}); sessionStorage.setItem('dressed', {mark}) }}",
            json!(chosen.to_string()),
            mark = json!(mark)
        ))
        .await?;
        self.open(rest).await
    }

    /// Changes to a look that is near the present one.
    pub async fn change(&self, look: Look) -> Result {
        self.look(look.width, look.height, look.theme.light()).await
    }

    /// Opens the page afresh and comes to a view.
    pub async fn reach(&self, view: &View, look: Look) -> Result {
        self.dress(look, &view.open, view.tour).await?;
        self.element(&view.ready).await?;
        for step in &view.steps {
            self.take(step).await.map_err(|error| format!("{} {look}: {step:?}: {error}", view.name))?;
        }
        Ok(())
    }

    async fn take(&self, step: &Step) -> Result {
        match step {
            Step::Click(css) => self.click(css).await,
            Step::Wait(css) => self.element(css).await.map(drop),
            Step::Gone(css) => self.gone(css).await,
            Step::Keys(keys) => self.keys(keys).await,
            Step::Press(keys) => self.press(keys).await,
            Step::Focus(css) => self.focus(css).await,
            Step::Event(least) => self.event_that(|now| now >= *least).await.map(drop),
            Step::Stop => self.stop().await,
            Step::Rest => self.rest().await,
            Step::Sleep(ms) => {
                tokio::time::sleep(Duration::from_millis(*ms)).await;
                Ok(())
            }
        }
    }
}
