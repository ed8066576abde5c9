//! How the page looks and which language it speaks: what the browser prefers, unless the reader chose otherwise. The
//! choice is remembered.

use js_sys::{JSON, Object, Reflect};
use muster_words::Lang;
use wasm_bindgen::JsValue;
use web_sys::Storage;

const KEY: &str = "muster.look";

/// The colours the reader chose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// For the back row of a room: larger type, thicker strokes, full contrast.
    Projector,
}

/// What is on the page, whoever chose it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Worn {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// For a projector.
    Projector,
}

impl Theme {
    /// The next one, round.
    pub fn next(self) -> Self {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Projector,
            Theme::Projector => Theme::System,
        }
    }

    /// The name it is stored by.
    fn name(self) -> &'static str {
        match self {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
            Theme::Projector => "Projector",
        }
    }

    fn named(name: Option<&str>) -> Self {
        match name {
            Some("Light") => Theme::Light,
            Some("Dark") => Theme::Dark,
            Some("Projector") => Theme::Projector,
            _ => Theme::System,
        }
    }
}

/// What the reader chose.
#[derive(Clone, PartialEq, Debug)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// The language.
    pub lang: Lang,
    /// Keys of the whole page are heard.
    pub keys: bool,
    /// The tour was taken, or skipped.
    pub toured: bool,
    /// The system is dark.
    pub system_dark: bool,
}

/// As it is stored; what is missing was never chosen. The browser reads and writes the JSON: a reader of our own for
/// a few fields, with its table for numbers, would be a fiftieth of the page.
struct Stored(JsValue);

impl Stored {
    fn read() -> Self {
        let text = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        Stored(text.and_then(|text| JSON::parse(&text).ok()).unwrap_or(JsValue::NULL))
    }

    fn field(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::NULL)
    }
}

/// Absent where the browser does not let us.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

impl Default for Look {
    fn default() -> Self {
        Look { theme: Theme::System, lang: Lang::En, keys: true, toured: false, system_dark: false }
    }
}

impl Look {
    /// What was chosen before, or what the browser prefers.
    pub fn remembered() -> Self {
        let stored = Stored::read();
        let tag = stored
            .field("lang")
            .as_string()
            .or_else(|| web_sys::window()?.navigator().language())
            .unwrap_or_default();
        Look {
            theme: Theme::named(stored.field("theme").as_string().as_deref()),
            lang: Lang::from_tag(&tag),
            keys: stored.field("no_keys") != true,
            toured: stored.field("toured") == true,
            system_dark: system_dark(),
        }
    }

    /// Remembers it, where the browser lets us.
    pub fn remember(&self) {
        let stored = Object::new();
        let fields: [(&str, JsValue); 4] = [
            ("theme", self.theme.name().into()),
            ("lang", self.lang.tag().into()),
            ("no_keys", (!self.keys).into()),
            ("toured", self.toured.into()),
        ];
        for (name, value) in fields {
            let _ = Reflect::set(&stored, &name.into(), &value); // a plain object takes any field
        }
        if let (Some(storage), Some(text)) =
            (storage(), JSON::stringify(&stored).ok().and_then(|text| text.as_string()))
        {
            let _ = storage.set_item(KEY, &text); // a private window may refuse: nothing is lost but the memory
        }
    }

    /// Puts it on the document: the theme's attribute and the language.
    pub fn wear(&self) {
        let root = web_sys::window().and_then(|window| window.document()).and_then(|d| d.document_element());
        let Some(root) = root else { return };
        let theme = match self.theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Projector => "projector",
        };
        let _ = root.set_attribute("data-theme", theme);
        let lang = if self.lang == Lang::Zh { "zh-Hans" } else { "en" };
        let _ = root.set_attribute("lang", lang);
    }

    /// What is on the page now.
    pub fn worn(&self) -> Worn {
        match self.theme {
            Theme::System if self.system_dark => Worn::Dark,
            Theme::System | Theme::Light => Worn::Light,
            Theme::Dark => Worn::Dark,
            Theme::Projector => Worn::Projector,
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
