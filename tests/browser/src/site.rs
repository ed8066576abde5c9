//! A static host as strict as a reader's may be: a sub-path, no fallback page, a Content-Security-Policy of its own.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header::CONTENT_SECURITY_POLICY},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use std::{
    collections::BTreeSet,
    io,
    net::Ipv4Addr,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
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
    requests: Arc<Mutex<Vec<String>>>,
    leave: Arc<Notify>,
    server: JoinHandle<()>,
}

impl Site {
    /// Serves a built page on a free port.
    pub async fn open(dist: &Path) -> io::Result<Self> {
        if !dist.join("index.html").is_file() {
            let what = format!("{} has no built page: run `cargo xtask test`", dist.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, what));
        }
        let requests = Arc::new(Mutex::new(Vec::new()));
        let app = Router::new()
            .nest_service(FOLDER, ServeDir::new(dist))
            .layer(from_fn_with_state(Arc::clone(&requests), note_and_guard));
        let listener = listen().await?;
        let base = format!("http://{}{FOLDER}/", listener.local_addr()?);
        let leave = Arc::new(Notify::new());
        let left = Arc::clone(&leave);
        let server = tokio::spawn(async move {
            let leaving = async move { left.notified().await };
            axum::serve(listener, app).with_graceful_shutdown(leaving).await.ok(); // ends with the runtime
        });
        Ok(Self { base, requests, leave, server })
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
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn note_and_guard(
    State(requests): State<Arc<Mutex<Vec<String>>>>,
    request: Request,
    next: Next,
) -> Response {
    requests.lock().unwrap_or_else(PoisonError::into_inner).push(request.uri().path().to_owned());
    let mut response = next.run(request).await;
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
