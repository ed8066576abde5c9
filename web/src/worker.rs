//! The worker's end of the wire: a session, asked by the page. Each request is answered by exactly one reply, in order;
//! both are bytes. Which systems there are, the module says (`crate::kinds`). Before all answers the page is given the words of
//! systems that it may have been built without.

use crate::{IS_PART, kinds, library, words};
use muster_core::session::Session;
use muster_core::session::transport::{decode_request, encode_reply};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What makes the worker panic: only a page that was asked to in its own address posts it.
pub const PROVOKED: &str = "panic";

/// The worker's end: called once by `boot.js` in a worker, after the module has started there.
#[wasm_bindgen]
pub fn worker_main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    report_panics(scope.clone());
    if let Some(words) = words() {
        let _ = scope.post_message(&js_sys::Array::of1(&words.into())); // without them the page says names
    }
    let port = scope.clone();
    let session = Session::new(kinds(), library()).speaking(muster_words::voice);
    let mut session = if IS_PART { session.part() } else { session };
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        assert!(event.data() != PROVOKED, "a panic was provoked, to see what comes of it");
        let Ok(bytes) = event.data().dyn_into::<js_sys::Uint8Array>() else { return };
        let request = decode_request(&bytes.to_vec()).expect("page and worker are one build");
        let reply = encode_reply(&session.handle(request));
        let reply = js_sys::Uint8Array::from(reply.as_slice());
        let moved = js_sys::Array::of1(&reply.buffer());
        port.post_message_with_transfer(&reply, &moved).expect("bytes can be posted");
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget(); // lives as long as the worker
}

/// A panic's text goes to the page before the module stops: the page says what happened.
fn report_panics(scope: DedicatedWorkerGlobalScope) {
    std::panic::set_hook(Box::new(move |info| {
        console_error_panic_hook::hook(info);
        let _ = scope.post_message(&info.to_string().into()); // nothing more can be done if this fails
    }));
}
