//! A shared value that is equal only to itself: components given one are drawn again only when it was replaced.

use std::ops::Deref;
use std::rc::Rc;

/// A shared value, compared by address.
pub struct Same<T>(Rc<T>);

impl<T> Same<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Same(Rc::new(value))
    }
}

impl<T: PartialEq> Same<T> {
    /// Replaces the value, unless it is the same as before: then what depends on it stays as it is.
    pub fn put(&mut self, value: T) {
        if *self.0 != value {
            *self = Same::new(value);
        }
    }
}

/// Puts a value where there may be none yet; what is the same as before stays.
pub fn put<T: PartialEq>(slot: &mut Option<Same<T>>, value: T) {
    match slot {
        Some(old) => old.put(value),
        None => *slot = Some(Same::new(value)),
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Default> Default for Same<T> {
    fn default() -> Self {
        Same::new(T::default())
    }
}
