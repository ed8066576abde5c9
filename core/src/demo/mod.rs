//! A small proxy, a small server and a caller: systems that have nothing to do with consensus, and live in one world with
//! any others.
//!
//! The caller asks the proxy for a page, over a connection. The proxy starts the server in mid-run when the first request
//! comes, and again when it is gone. The server counts visits on its disk, and answers when the count is safe. They
//! deliberately know nothing of HTTP, of balancing and of each other's insides; larger ones come with traffic and fleets.

mod caller;
mod proxy;
mod server;

pub use caller::{Caller, CallerProgram, CallerTimer};
pub use proxy::{Proxy, ProxyCommand, ProxyProgram, ProxyTimer};
pub use server::{Server, ServerCommand, Visits};

use crate::process::{Arg, Card, Digest, Payload, Phrase, Shape};
use crate::words::traffic::TrafficKey;

/// What callers, proxies and servers say to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Web {
    /// Asks for the page. The asker's own number comes back in the answer.
    Get {
        /// Names the request on this connection.
        request: u64,
    },
    /// The page.
    Page {
        /// Which request it answers.
        request: u64,
        /// How many visits there have been, this one included.
        visits: u64,
    },
    /// No page: nobody could be asked, or the answer was lost.
    Unavailable {
        /// Which request it answers.
        request: u64,
    },
}

impl Payload for Web {
    fn fold(&self, digest: &mut Digest) {
        let words = match *self {
            Web::Get { request } => [0, request, 0],
            Web::Page { request, visits } => [1, request, visits],
            Web::Unavailable { request } => [2, request, 0],
        };
        words.iter().for_each(|&word| digest.word(word));
    }
    fn size(&self) -> u32 {
        match self {
            Web::Get { .. } => 200,
            Web::Page { .. } => 2_000,
            Web::Unavailable { .. } => 150,
        }
    }
    fn card(&self) -> Card {
        let (key, verdict, number) = match *self {
            Web::Get { request } => (TrafficKey::Get, None, request),
            Web::Page { visits, .. } => (TrafficKey::Page, Some(true), visits),
            Web::Unavailable { request } => (TrafficKey::Unavailable, Some(false), request),
        };
        Card {
            kind: key.into(),
            shape: Shape::Diamond,
            answer: verdict.is_some(),
            verdict,
            carries: None,
            epoch: None,
            label: Phrase::new(key, vec![Arg::Number(number)]),
        }
    }
}
