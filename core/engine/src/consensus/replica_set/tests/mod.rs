//! Sentences of the MongoDB 8.0 manual, each as a test that names its page.

mod drivers;
mod elections;
mod harness;
mod probe;
mod reads;
mod reconfig;
mod special;
mod sync;
mod writes;
