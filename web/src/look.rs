//! How the page looks and which language it speaks: what the browser prefers, unless the reader chose otherwise. The
//! choice is remembered.

use gloo_storage::{LocalStorage, Storage};
use muster_words::Lang;
use serde::{Deserialize, Serialize};

const KEY: &str = "muster.look";

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The next one, round.
    pub fn next(self) -> Self {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }
}

/// What the reader chose.
#[derive(Clone, PartialEq, Debug)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// The language.
    pub lang: Lang,
    /// Keys of the whole page are heard.
    pub keys: bool,
    /// The system is dark.
    pub system_dark: bool,
}

/// As it is stored; what is missing was never chosen.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    theme: Theme,
    lang: Option<String>,
    no_keys: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look { theme: Theme::System, lang: Lang::En, keys: true, system_dark: false }
    }
}

impl Look {
    /// What was chosen before, or what the browser prefers.
    pub fn remembered() -> Self {
        let stored: Stored = LocalStorage::get(KEY).unwrap_or_default();
        let tag = stored.lang.or_else(|| web_sys::window()?.navigator().language()).unwrap_or_default();
        Look {
            theme: stored.theme,
            lang: Lang::from_tag(&tag),
            keys: !stored.no_keys,
            system_dark: system_dark(),
        }
    }

    /// Remembers it, where the browser lets us.
    pub fn remember(&self) {
        let stored =
            Stored { theme: self.theme, lang: Some(self.lang.tag().to_owned()), no_keys: !self.keys };
        let _ = LocalStorage::set(KEY, stored); // a private window may refuse: nothing is lost but the memory
    }

    /// Puts it on the document: the theme's attribute and the language.
    pub fn wear(&self) {
        let root = web_sys::window().and_then(|window| window.document()).and_then(|d| d.document_element());
        let Some(root) = root else { return };
        let theme = match self.theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let _ = root.set_attribute("data-theme", theme);
        let lang = if self.lang == Lang::Zh { "zh-Hans" } else { "en" };
        let _ = root.set_attribute("lang", lang);
    }

    /// Whether the page is dark now.
    pub fn dark(&self) -> bool {
        match self.theme {
            Theme::Light => false,
            Theme::Dark => true,
            Theme::System => self.system_dark,
        }
    }
}

/// Whether the system is set to dark.
pub fn system_dark() -> bool {
    prefers("(prefers-color-scheme: dark)")
}

/// Whether a media query holds.
pub fn prefers(query: &str) -> bool {
    web_sys::window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}
