//! A part of the page with hooks of its own, drawn again only when what it is given changes, as a component is.
//!
//! Yew's machinery for a component (its life, its messages, its place in the tree) is compiled anew for every component
//! type, several kilobytes each. So the page has one component type, [`Part`], and what is written with `#[component]` is
//! drawn by it: [`part`] takes the place of the tag. A part knows nothing of what it draws.

use std::any::Any;
use std::rc::Rc;
use yew::functional::{FunctionComponent, FunctionProvider, HookContext};
use yew::html::{BaseComponent, HtmlResult};
use yew::prelude::*;
use yew::virtual_dom::{Key, VComp};

/// `<C …/>`
pub fn part<C: FunctionProvider + 'static>(given: C::Properties) -> Html {
    put(Rc::new(Given::<C>(given)), None)
}

/// `<C key=… …/>`: the key tells parts of a list apart when their order changes.
pub fn part_by_key<C: FunctionProvider + 'static>(key: impl Into<Key>, given: C::Properties) -> Html {
    put(Rc::new(Given::<C>(given)), Some(key.into()))
}

fn put(drawn: Rc<dyn Drawn>, key: Option<Key>) -> Html {
    VComp::new::<Part>(Rc::new(PartProps { drawn }), key).into()
}

/// What a part draws, whatever its type.
trait Drawn {
    fn draw(&self, hooks: &mut HookContext) -> HtmlResult;
    fn is_kind_of(&self, other: &dyn Drawn) -> bool;
    fn equals(&self, other: &dyn Drawn) -> bool;
    fn any(&self) -> &dyn Any;
}

/// What is given to what is written as component `C`.
struct Given<C: FunctionProvider>(C::Properties);

impl<C: FunctionProvider + 'static> Drawn for Given<C> {
    fn draw(&self, hooks: &mut HookContext) -> HtmlResult {
        C::run(hooks, &self.0)
    }

    fn is_kind_of(&self, other: &dyn Drawn) -> bool {
        other.any().is::<Self>()
    }

    fn equals(&self, other: &dyn Drawn) -> bool {
        other.any().downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

#[derive(Properties)]
struct PartProps {
    drawn: Rc<dyn Drawn>,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &Self) -> bool {
        self.drawn.equals(&*other.drawn)
    }
}

/// The one component type.
struct Part(FunctionComponent<Part>);

impl FunctionProvider for Part {
    type Properties = PartProps;

    fn run(hooks: &mut HookContext, props: &PartProps) -> HtmlResult {
        props.drawn.draw(hooks)
    }
}

impl BaseComponent for Part {
    type Message = ();
    type Properties = PartProps;

    fn create(ctx: &Context<Self>) -> Self {
        Part(FunctionComponent::new(ctx))
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        true
    }

    /// Another kind of part in the same place begins with hooks of its own, as another component would.
    fn changed(&mut self, ctx: &Context<Self>, before: &PartProps) -> bool {
        if !ctx.props().drawn.is_kind_of(&*before.drawn) {
            self.0.destroy();
            self.0 = FunctionComponent::new(ctx);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> HtmlResult {
        self.0.render(ctx.props())
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.0.rendered();
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.0.destroy();
    }

    fn prepare_state(&self) -> Option<String> {
        None
    }
}
