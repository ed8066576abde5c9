//! Sentences of the MongoDB 8.0 manual, each as a test that names its page (in italics) and quotes it word for word; links and
//! emphasis of the page are left out. What the manual does not say is quoted from the server's own architecture guide,
//! *Replication Internals*, or from the drivers' specifications, under their names.

mod drivers;
mod elections;
mod harness;
mod probe;
mod reads;
mod reconfig;
mod special;
mod sync;
mod walks;
mod writes;
