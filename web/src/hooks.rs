//! Small hooks on the browser: frames, sizes, listeners.

use crate::look::prefers;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

/// The innermost element of this kind that an event happened to. The page's root hears all events: an event's own current
/// target is that.
pub fn target(event: &web_sys::Event, css: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(css).ok()?
}

/// Brings an element into sight and moves no more than that takes; whether it glides there, the style says.
pub fn into_sight(element: &Element) {
    let wanted = ScrollIntoViewOptions::new();
    wanted.set_block(ScrollLogicalPosition::Nearest);
    wanted.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&wanted);
}

/// On a small screen the panel of time covers the page's foot: the page moves up until an element is seen above it, or begins at
/// the top.
pub fn above_panel(element: &Element) {
    if !prefers("(max-width: 1100px)") {
        return;
    }
    let window = web_sys::window();
    let panel = window.as_ref().and_then(|window| window.document()?.query_selector(".time").ok().flatten());
    let (Some(window), Some(panel)) = (window, panel) else { return };
    let it = element.get_bounding_client_rect();
    let covered = it.bottom() - panel.get_bounding_client_rect().top();
    if covered > 0.0 {
        window.scroll_by_with_x_and_y(0.0, covered.min(it.top() - 8.0).max(0.0));
    }
}

/// Calls `each` with the time in milliseconds before every frame the browser draws. The last `each` given is called.
#[hook]
pub fn use_frames(each: impl Fn(f64) + 'static) {
    let latest = use_mut_ref(|| None::<Box<dyn Fn(f64)>>);
    *latest.borrow_mut() = Some(Box::new(each));
    use_effect_with((), move |()| {
        let frames = Frames::start(move |now| {
            if let Some(each) = &*latest.borrow() {
                each(now);
            }
        });
        move || frames.stop()
    });
}

type Frame = Closure<dyn FnMut(f64)>;

struct Frames {
    callback: Rc<RefCell<Option<Frame>>>,
    handle: Rc<RefCell<Option<i32>>>,
}

impl Frames {
    fn start(each: impl Fn(f64) + 'static) -> Self {
        let callback: Rc<RefCell<Option<Frame>>> = Rc::default();
        let handle: Rc<RefCell<Option<i32>>> = Rc::default();
        let (next, next_handle) = (Rc::clone(&callback), Rc::clone(&handle));
        *callback.borrow_mut() = Some(Closure::new(move |now| {
            *next_handle.borrow_mut() = request(next.borrow().as_ref());
            each(now);
        }));
        *handle.borrow_mut() = request(callback.borrow().as_ref());
        Frames { callback, handle }
    }

    fn stop(self) {
        if let (Some(window), Some(handle)) = (web_sys::window(), self.handle.borrow_mut().take()) {
            let _ = window.cancel_animation_frame(handle);
        }
        self.callback.borrow_mut().take();
    }
}

fn request(frame: Option<&Frame>) -> Option<i32> {
    web_sys::window()?.request_animation_frame(frame?.as_ref().unchecked_ref()).ok()
}

/// The size of an element's content in CSS pixels, kept up to date; zero before it is known.
#[hook]
pub fn use_size(node: &NodeRef) -> (f64, f64) {
    let size = use_state_eq(|| (0.0, 0.0));
    let node = node.clone();
    let set = size.setter();
    use_effect_with((), move |()| {
        let element = node.cast::<Element>();
        let measured = element.clone();
        let measure = move || {
            if let Some(element) = &measured {
                set.set((f64::from(element.client_width()), f64::from(element.client_height())));
            }
        };
        measure();
        let heard = Closure::<dyn FnMut()>::new(measure);
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &element) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(heard);
        }
    });
    *size
}

/// Listens on the window while the component lives. The last `heard` given is called.
#[hook]
pub fn use_window_event(name: &'static str, heard: impl Fn(&web_sys::Event) + 'static) {
    let latest = use_mut_ref(|| None::<Box<dyn Fn(&web_sys::Event)>>);
    *latest.borrow_mut() = Some(Box::new(heard));
    use_effect_with((), move |()| {
        let options = gloo_events::EventListenerOptions::enable_prevent_default();
        let listener = web_sys::window().map(|window| {
            gloo_events::EventListener::new_with_options(&window, name, options, move |event| {
                if let Some(heard) = &*latest.borrow() {
                    heard(event);
                }
            })
        });
        move || drop(listener)
    });
}
