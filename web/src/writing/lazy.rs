//! The editor that is loaded when the text is first looked at: a file of its own beside the page (`web/lazy/editor.js`), where the
//! page was built with it. Without it the plain field stays.
//!
//! It lives in a shadow root of an element that the page leaves alone, and knows nothing of scenarios: problems and offers come
//! from the session, through the page.

use super::problem::said;
use super::text::offset;
use crate::desk::Desk;
use crate::same::Same;
use js_sys::{Array, Reflect};
use muster_core::session::api::{Completion, Problem};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlScriptElement, HtmlTextAreaElement};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Editor;
    #[wasm_bindgen(js_namespace = musterEditor, catch)]
    fn create(
        host: &Element,
        text: &str,
        heard: &Closure<dyn FnMut(String, String, u32, u32)>,
    ) -> Result<Editor, JsValue>;
    #[wasm_bindgen(method)]
    fn put(this: &Editor, text: &str);
    #[wasm_bindgen(method)]
    fn language(this: &Editor, lang: &str, label: &str);
    #[wasm_bindgen(method)]
    fn problems(this: &Editor, problems: &Array);
    #[wasm_bindgen(method)]
    fn offer(this: &Editor, typed: u32, offers: &Array, expected: &str);
    #[wasm_bindgen(method)]
    fn go(this: &Editor, line: u32, column: u32, length: u32);
    #[wasm_bindgen(method)]
    fn end(this: &Editor);
}

/// What comes from the editor.
pub enum Heard {
    /// The text is this now.
    Typed(String),
    /// It is to be run.
    Run,
    /// What may stand at this line and column of this text?
    Asks(String, u32, u32),
}

/// The editor, once it is there.
#[derive(Clone)]
pub struct Lazy {
    host: NodeRef,
    inner: Rc<RefCell<Option<Up>>>,
    up: bool,
}

struct Up {
    editor: Editor,
    _heard: Closure<dyn FnMut(String, String, u32, u32)>,
}

impl Drop for Up {
    fn drop(&mut self) {
        self.editor.end();
    }
}

impl Lazy {
    /// Is it shown?
    pub fn is_up(&self) -> bool {
        self.up
    }

    /// Where it is shown.
    pub fn host(&self, label: &str) -> Html {
        html! { <div class="editor" id="editor" ref={self.host.clone()} hidden={!self.up} data-label={label.to_owned()}></div> }
    }

    /// The text is this now.
    pub fn put(&self, text: &str) {
        if let Some(up) = &*self.inner.borrow() {
            up.editor.put(text);
        }
    }

    /// Goes to a line, column and length, here or in the plain field.
    pub fn go(&self, field: &NodeRef, (line, column, length): (u32, u32, u32)) {
        if line == 0 {
            return;
        }
        if let Some(up) = &*self.inner.borrow() {
            return up.editor.go(line, column, length);
        }
        if let Some(field) = field.cast::<HtmlTextAreaElement>() {
            let start = offset(&field.value(), line, column);
            let _ = field.focus();
            let _ = field.set_selection_range(start, start + length);
        }
    }
}

/// Loads the editor, once in the page's life, and keeps it telling and told.
#[hook]
pub fn use_lazy(
    desk: &Desk,
    field: &NodeRef,
    problems: &Same<Vec<Problem>>,
    offers: Option<&Same<Completion>>,
    heard: Callback<Heard>,
) -> Lazy {
    let host = use_node_ref();
    let inner = use_mut_ref(|| None::<Up>);
    let up = use_state_eq(|| false);
    let latest = use_mut_ref(|| heard.clone());
    *latest.borrow_mut() = heard;
    {
        let (host, inner, field, shown) = (host.clone(), inner.clone(), field.clone(), up.setter());
        use_effect_with((), move |()| {
            let kept = inner.clone();
            load(move || {
                let made = host.cast::<Element>().and_then(|host| make(&host, &field, latest));
                shown.set(made.is_some());
                *inner.borrow_mut() = made;
            });
            move || drop(kept.borrow_mut().take())
        });
    }
    {
        let (inner, desk) = (inner.clone(), desk.clone());
        use_effect_with((problems.clone(), desk.lang, *up), move |(problems, lang, _)| {
            if let Some(up) = &*inner.borrow() {
                up.editor.language(lang.tag(), desk.t.text);
                up.editor.problems(&problems.iter().map(|problem| row(&desk, problem)).collect());
            }
        });
    }
    {
        let (inner, desk) = (inner.clone(), desk.clone());
        use_effect_with(offers.cloned(), move |offers| {
            if let (Some(up), Some(offers)) = (&*inner.borrow(), offers) {
                let expected = offers.expected.as_ref().map(|phrase| desk.say(phrase)).unwrap_or_default();
                let about = |about: Option<&_>| about.map(|phrase| desk.say(phrase)).unwrap_or_default();
                let row = |offer: &muster_core::session::api::Offer| {
                    Array::of3(
                        &(&*offer.name).into(),
                        &(&*offer.text).into(),
                        &about(offer.about.as_ref()).into(),
                    )
                };
                up.editor.offer(offers.typed, &offers.offers.iter().map(row).collect(), &expected);
            }
        });
    }
    Lazy { host, inner, up: *up }
}

/// A problem as the editor takes it: line, column, length, is it a warning, what it says.
fn row(desk: &Desk, problem: &Problem) -> Array {
    let numbers = [problem.line, problem.column, problem.length].map(JsValue::from);
    numbers.into_iter().chain([problem.warning.into(), said(desk, problem).into()]).collect()
}

fn make(host: &Element, field: &NodeRef, heard: Rc<RefCell<Callback<Heard>>>) -> Option<Up> {
    let tell = Closure::new(move |what: String, text: String, line: u32, column: u32| {
        let heard = heard.borrow().clone();
        heard.emit(match what.as_str() {
            "typed" => Heard::Typed(text),
            "run" => Heard::Run,
            _ => Heard::Asks(text, line, column),
        });
    });
    let text = field.cast::<HtmlTextAreaElement>()?.value();
    let editor = create(host, &text, &tell).ok()?;
    Some(Up { editor, _heard: tell })
}

/// Calls back when the editor's file has run; never if there is none or it cannot be had.
fn load(then: impl FnOnce() + 'static) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if Reflect::has(&js_sys::global(), &"musterEditor".into()).unwrap_or(false) {
        return then();
    }
    let root = document.document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let Some(file) = root.and_then(|root| root.get_attribute("data-editor")) else { return };
    let script =
        document.create_element("script").ok().and_then(|it| it.dyn_into::<HtmlScriptElement>().ok());
    let (Some(script), Some(head)) = (script, document.head()) else { return };
    script.set_type("module");
    script.set_src(&file);
    let came = Closure::once_into_js(then);
    script.set_onload(Some(came.unchecked_ref()));
    let _ = head.append_child(&script); // what is not loaded is not there: the field stays
}
