//! Files for the reader to keep, and texts for the clipboard.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Gives a text, in parts, to the browser as a file of a media type.
pub fn keep(parts: &[String], media: &str, name: &str) -> Option<()> {
    let parts: Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
    let kind = BlobPropertyBag::new();
    kind.set_type(media);
    give(&Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?, name)
}

/// Gives anything to the browser as a file.
pub fn give(blob: &Blob, name: &str) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser has the blob by now; the address is no longer needed.
    gloo_timers::callback::Timeout::new(1_000, move || drop(Url::revoke_object_url(&url))).forget();
    Some(())
}

/// Puts a text into the clipboard, and tells whether that could be done.
pub fn copy(text: &str, then: impl Fn(bool) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return then(false) };
    // Without a secure context there is no clipboard.
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into());
    if !clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
        return then(false);
    }
    let refused = then.clone();
    after(&window.navigator().clipboard().write_text(text), move |_| then(true), move |_| refused(false));
}

/// Does one thing with what a promise brings, or another with why it does not.
pub fn after(promise: &JsValue, did: impl FnOnce(JsValue) + 'static, failed: impl FnOnce(JsValue) + 'static) {
    let (did, failed) = (Closure::once_into_js(did), Closure::once_into_js(failed));
    if let Ok(chain) = js_sys::Reflect::get(promise, &"then".into()) {
        let _ = chain.unchecked_into::<js_sys::Function>().call2(promise, &did, &failed);
    }
}
