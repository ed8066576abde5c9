//! The page's address: a link's text, or a scenario's name and seed, stand behind `#`, so that they never leave the
//! browser.

use web_sys::Window;

/// What an address asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// The run of a link.
    Link(String),
    /// A scenario of the library, perhaps with a seed.
    Scenario(String, Option<u64>),
}

/// What the present address asks for.
pub fn wanted() -> Option<Wanted> {
    parse(&web_sys::window()?.location().hash().ok()?)
}

fn parse(hash: &str) -> Option<Wanted> {
    let hash = hash.strip_prefix('#')?;
    if let Some(link) = hash.strip_prefix("s=") {
        return Some(Wanted::Link(link.to_owned()));
    }
    let (mut name, mut seed) = (None, None);
    for part in hash.split('&') {
        match part.split_once('=') {
            Some(("scenario", value)) => name = Some(value.to_owned()),
            Some(("seed", value)) => seed = value.parse().ok(),
            _ => {}
        }
    }
    Some(Wanted::Scenario(name?, seed))
}

/// The address of a link.
pub fn address(link: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let here = here.split('#').next().unwrap_or_default();
    format!("{here}#s={link}")
}

/// Puts what is shown behind the address, so that reloading the page shows it again.
pub fn show(shown: &str) {
    let put = |window: Window| {
        window.history().ok()?.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(shown)).ok()
    };
    // A page opened from a file may not: then the address stays as it is.
    let _ = web_sys::window().and_then(put);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_a_link_or_a_scenario() {
        assert_eq!(parse("#s=abc-_"), Some(Wanted::Link("abc-_".to_owned())));
        assert_eq!(
            parse("#scenario=split-vote&seed=9"),
            Some(Wanted::Scenario("split-vote".to_owned(), Some(9)))
        );
        assert_eq!(parse("#scenario=split-vote"), Some(Wanted::Scenario("split-vote".to_owned(), None)));
        assert_eq!(parse("#elsewhere"), None);
        assert_eq!(parse(""), None);
    }
}
