//! The page's end of the wire: a running worker. It is stopped when this is dropped.
//!
//! The worker runs the module that the page runs: the page hands it the compiled module, so nothing is fetched twice. Or it runs the
//! one that has all systems, where the page was built without them: that one the first such worker fetches and compiles, so that
//! the page does not stand still meanwhile, and hands to the page for the next.

use muster_core::session::api::{Reply, Request};
use muster_core::session::transport::{decode_reply, encode_request};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, HtmlLinkElement, HtmlScriptElement, MessageEvent, WorkerOptions, WorkerType};

/// What came over the wire.
pub enum Heard {
    /// An answer.
    Reply(Reply),
    /// The module with all systems, which the worker has fetched and compiled.
    Compiled(js_sys::WebAssembly::Module),
    /// Words of systems that the page may have been built without, from the module with all.
    Words(String),
    /// The worker stopped, and what it said.
    Died(String),
}

/// What a worker runs.
pub enum Module {
    /// The page's own module.
    Mine,
    /// The one with all systems: compiled, if one has been before.
    Whole(Option<js_sys::WebAssembly::Module>),
}

/// A running worker.
pub struct Wire {
    worker: web_sys::Worker,
    _answers: Closure<dyn FnMut(MessageEvent)>,
    _errors: Closure<dyn FnMut(ErrorEvent)>,
}

impl Wire {
    /// Starts a worker; `heard` hears all that comes from it.
    pub fn start(module: Module, heard: impl Fn(Heard) + Clone + 'static) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let boot = by_id::<HtmlScriptElement>("muster-boot").src();
        let worker = web_sys::Worker::new_with_options(&boot, &options)?;
        let hear = heard.clone();
        let answers = Closure::new(move |event: MessageEvent| hear(read(&event.data())));
        worker.set_onmessage(Some(answers.as_ref().unchecked_ref()));
        let errors = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            // Where its script cannot be fetched the event is a plain one, without a message.
            let message = js_sys::Reflect::get(&event, &"message".into()).ok();
            let message = message.and_then(|message| message.as_string());
            heard(Heard::Died(message.unwrap_or_else(|| "boot.js: network error".to_owned())));
        });
        worker.set_onerror(Some(errors.as_ref().unchecked_ref()));
        worker.post_message(&first_message(module)?.into())?;
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

/// What `boot.js` in the worker is told first: the glue, and the module or where it is.
fn first_message(module: Module) -> Result<js_sys::Object, JsValue> {
    let first = js_sys::Object::new();
    let set = |name: &str, value: &JsValue| js_sys::Reflect::set(&first, &name.into(), value);
    let whole = match module {
        Module::Mine => {
            set("glue", &by_id::<HtmlLinkElement>("muster-glue").href().into())?;
            set("module", &wasm_bindgen::module())?;
            return Ok(first);
        }
        Module::Whole(compiled) => compiled,
    };
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    let place = root.and_then(|root| root.get_attribute(WHOLE)).ok_or("the page was built without it")?;
    set("glue", &format!("./{place}.js").into())?;
    match whole {
        Some(compiled) => set("module", &compiled)?,
        None => set("address", &format!("./{place}.wasm").into())?,
    };
    set("unpacker", &by_id::<HtmlLinkElement>("muster-unpacker").href().into())?;
    Ok(first)
}

/// Where the page says where the module with all systems is, relative to it and without an ending (xtask/src/whole.rs).
const WHOLE: &str = "data-whole";

fn read(data: &JsValue) -> Heard {
    if let Some(bytes) = data.dyn_ref::<js_sys::Uint8Array>() {
        return match decode_reply(&bytes.to_vec()) {
            Ok(reply) => Heard::Reply(reply),
            Err(error) => Heard::Died(format!("{error:?}")),
        };
    }
    if let Some(words) = data.dyn_ref::<js_sys::Array>() {
        return Heard::Words(words.get(0).as_string().unwrap_or_default());
    }
    match data.dyn_ref::<js_sys::WebAssembly::Module>() {
        Some(module) => Heard::Compiled(module.clone()),
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
