//! A static host as strict as a reader's may be: a sub-path, no fallback page, a Content-Security-Policy of its own.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header::CONTENT_SECURITY_POLICY},
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse, Response},
};
use std::{
    collections::BTreeSet,
    io,
    net::Ipv4Addr,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};
use tower_http::services::ServeDir;

const FOLDER: &str = "/some/folder";
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'";

/// A running static host. It stops when this is dropped.
#[derive(Debug)]
pub struct Site {
    base: String,
    network: Arc<Network>,
    leave: Arc<Notify>,
    server: JoinHandle<()>,
}

/// What lies between the host and a reader.
#[derive(Debug, Default)]
struct Network {
    requests: Mutex<Vec<String>>,
    obstacle: Mutex<Option<(String, Obstacle)>>,
    go_on: Notify,
}

/// How a network stands in the way.
#[derive(Clone, Copy, Debug)]
pub enum Obstacle {
    /// Nothing is answered.
    Silence,
    /// All is answered with a page of the network's own, as before one has logged in to it.
    Portal,
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Site {
    /// Serves a built page on a free port.
    pub async fn open(dist: &Path) -> io::Result<Self> {
        if !dist.join("index.html").is_file() {
            let what = format!("{} has no built page: run `cargo xtask test`", dist.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, what));
        }
        let network = Arc::<Network>::default();
        let app = Router::new()
            .nest_service(FOLDER, ServeDir::new(dist))
            .layer(from_fn_with_state(Arc::clone(&network), note_and_guard));
        let listener = listen().await?;
        let base = format!("http://{}{FOLDER}/", listener.local_addr()?);
        let leave = Arc::new(Notify::new());
        let left = Arc::clone(&leave);
        let server = tokio::spawn(async move {
            let leaving = async move { left.notified().await };
            axum::serve(listener, app).with_graceful_shutdown(leaving).await.ok(); // ends with the runtime
        });
        Ok(Self { base, network, leave, server })
    }

    /// The page's address, with a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Goes away, with all its connections, as a network does. It does not come back.
    pub async fn leave(&self) {
        self.leave.notify_one();
        while !self.server.is_finished() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The paths asked for so far, oldest first.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.network.requests).clone()
    }

    /// From now on something stands in the way of what has this in its path.
    pub fn obstruct(&self, part: &str, by: Obstacle) {
        *lock(&self.network.obstacle) = Some((part.to_owned(), by));
    }

    /// Nothing stands in the way of what is asked for from now on. What was not answered so far still is not.
    pub fn clear(&self) {
        *lock(&self.network.obstacle) = None;
    }

    /// The same, and what was not answered is answered now.
    pub fn go_on(&self) {
        self.clear();
        self.network.go_on.notify_waiters();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn note_and_guard(State(network): State<Arc<Network>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    // Whoever waits does so before it can be seen that something was asked for.
    let go_on = network.go_on.notified();
    let obstacle =
        lock(&network.obstacle).as_ref().filter(|(part, _)| path.contains(part)).map(|(_, by)| *by);
    lock(&network.requests).push(path);
    let mut response = match obstacle {
        None => next.run(request).await,
        Some(Obstacle::Portal) => Html("<!doctype html><title>Log in</title>").into_response(),
        Some(Obstacle::Silence) => {
            go_on.await;
            next.run(request).await
        }
    };
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// Listens on a port on which no site was before: what a browser kept of that one is not found by this one.
async fn listen() -> io::Result<TcpListener> {
    static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        if USED.lock().unwrap_or_else(PoisonError::into_inner).insert(port) {
            return Ok(listener);
        }
    }
}
