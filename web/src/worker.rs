//! Both ends of the wire between the page and its worker.
//!
//! The worker runs the module that the page runs: the page hands it the compiled module, so nothing is fetched twice.

use wasm_bindgen::prelude::*;
use web_sys::{
    DedicatedWorkerGlobalScope, HtmlLinkElement, HtmlScriptElement, MessageEvent, WorkerOptions, WorkerType,
};

/// The page's end: a running worker. It is stopped when this is dropped.
pub struct Worker {
    worker: web_sys::Worker,
    _answers: Closure<dyn FnMut(MessageEvent)>,
}

impl Worker {
    /// Starts a worker; `answer` hears each text that it posts.
    pub fn start(mut answer: impl FnMut(String) + 'static) -> Self {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let boot = by_id::<HtmlScriptElement>("muster-boot").src();
        let worker =
            web_sys::Worker::new_with_options(&boot, &options).expect("the browser has module workers");
        let answers = Closure::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                answer(text);
            }
        });
        worker.set_onmessage(Some(answers.as_ref().unchecked_ref()));
        let first = js_sys::Object::new();
        let glue = by_id::<HtmlLinkElement>("muster-glue").href();
        set(&first, "glue", &glue.into());
        set(&first, "module", &wasm_bindgen::module());
        worker.post_message(&first).expect("a module can be posted to a worker of the same origin");
        Self { worker, _answers: answers }
    }

    /// Posts a text to the worker.
    pub fn send(&self, text: &str) {
        self.worker.post_message(&text.into()).expect("a text can be posted");
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn by_id<T: JsCast>(id: &str) -> T {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    document
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
        .expect("index.html has the element")
}

fn set(object: &js_sys::Object, key: &str, value: &JsValue) {
    js_sys::Reflect::set(object, &key.into(), value).expect("a fresh object takes any key");
}

/// The worker's end: called once by `boot.js` in a worker, after the module has started there.
#[wasm_bindgen]
pub fn worker_main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let port = scope.clone();
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if event.data().as_string().as_deref() == Some("ping") {
            let answer = concat!("The worker of Muster ", env!("CARGO_PKG_VERSION"), " answers.");
            port.post_message(&answer.into()).expect("a text can be posted");
        }
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget(); // lives as long as the worker
}
