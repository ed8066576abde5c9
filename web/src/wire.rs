//! The page's end of the wire: a running worker. It is stopped when this is dropped.
//!
//! The worker runs the module that the page runs: the page hands it the compiled module, so nothing is fetched twice.

use muster_core::session::api::{Reply, Request};
use muster_core::session::transport::{decode_reply, encode_request};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, HtmlLinkElement, HtmlScriptElement, MessageEvent, WorkerOptions, WorkerType};

/// What came over the wire.
pub enum Heard {
    /// An answer.
    Reply(Reply),
    /// The worker stopped, and what it said.
    Died(String),
}

/// A running worker.
pub struct Wire {
    worker: web_sys::Worker,
    _answers: Closure<dyn FnMut(MessageEvent)>,
    _errors: Closure<dyn FnMut(ErrorEvent)>,
}

impl Wire {
    /// Starts a worker; `heard` hears all that comes from it.
    pub fn start(heard: impl Fn(Heard) + Clone + 'static) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let boot = by_id::<HtmlScriptElement>("muster-boot").src();
        let worker = web_sys::Worker::new_with_options(&boot, &options)?;
        let hear = heard.clone();
        let answers = Closure::new(move |event: MessageEvent| hear(read(&event.data())));
        worker.set_onmessage(Some(answers.as_ref().unchecked_ref()));
        let errors = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            heard(Heard::Died(event.message()));
        });
        worker.set_onerror(Some(errors.as_ref().unchecked_ref()));
        let first = js_sys::Object::new();
        let glue = by_id::<HtmlLinkElement>("muster-glue").href();
        js_sys::Reflect::set(&first, &"glue".into(), &glue.into())?;
        js_sys::Reflect::set(&first, &"module".into(), &wasm_bindgen::module())?;
        worker.post_message(&first)?;
        Ok(Self { worker, _answers: answers, _errors: errors })
    }

    /// Posts a request.
    pub fn send(&self, request: &Request) {
        let bytes = js_sys::Uint8Array::from(encode_request(request).as_slice());
        let moved = js_sys::Array::of1(&bytes.buffer());
        self.worker.post_message_with_transfer(&bytes, &moved).expect("bytes can be posted");
    }

    /// Posts what makes the worker panic.
    pub fn provoke(&self) {
        let _ = self.worker.post_message(&crate::worker::PROVOKED.into()); // a worker that is gone has died already
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn read(data: &JsValue) -> Heard {
    match data.dyn_ref::<js_sys::Uint8Array>() {
        Some(bytes) => match decode_reply(&bytes.to_vec()) {
            Ok(reply) => Heard::Reply(reply),
            Err(error) => Heard::Died(format!("{error:?}")),
        },
        None => Heard::Died(data.as_string().unwrap_or_default()),
    }
}

fn by_id<T: JsCast>(id: &str) -> T {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    document
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
        .expect("index.html has the element")
}
