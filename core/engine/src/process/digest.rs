//! A digest over canonical words: the proof that two histories are the same.
//!
//! Words are 64-bit, in an order each type fixes by hand; never localised text, `usize` as such, or floats. It is a
//! fingerprint against accident, not against an adversary.

use litemap::LiteMap;

/// Two lanes of multiply-and-rotate over 64-bit words (the mixing constants are the odd ones of Steele and Vigna's
/// SplitMix64 and of xxHash64).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Digest {
    a: u64,
    b: u64,
}

impl Digest {
    /// An empty digest.
    pub const fn new() -> Self {
        Digest { a: 0x9e37_79b9_7f4a_7c15, b: 0xbf58_476d_1ce4_e5b9 }
    }

    /// Adds one word.
    #[inline]
    pub fn word(&mut self, word: u64) {
        self.a = (self.a ^ word).wrapping_mul(0x9fb2_1c65_1e98_df25).rotate_left(29);
        self.b = (self.b.rotate_left(23) ^ word).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    }

    /// Adds bytes with their length, eight to a word, little-endian.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }

    /// The value so far.
    pub fn value(&self) -> u128 {
        fn finish(mut x: u64) -> u64 {
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            x ^ (x >> 31)
        }
        u128::from(finish(self.a ^ self.b.rotate_left(32))) << 64 | u128::from(finish(self.b))
    }

    /// The upper half of the value, where 64 bits are enough.
    pub fn short(&self) -> u64 {
        (self.value() >> 64) as u64
    }
}

/// What can be added to a digest, in one canonical order.
pub trait Fold {
    /// Adds itself.
    fn fold(&self, digest: &mut Digest);
}

impl Fold for () {
    fn fold(&self, _digest: &mut Digest) {}
}
impl Fold for bool {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(*self));
    }
}
impl Fold for u8 {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(*self));
    }
}
impl Fold for u32 {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(*self));
    }
}
impl Fold for u64 {
    fn fold(&self, digest: &mut Digest) {
        digest.word(*self);
    }
}
impl Fold for str {
    fn fold(&self, digest: &mut Digest) {
        digest.bytes(self.as_bytes());
    }
}
impl Fold for String {
    fn fold(&self, digest: &mut Digest) {
        self.as_str().fold(digest);
    }
}
impl<T: Fold + ?Sized> Fold for &T {
    fn fold(&self, digest: &mut Digest) {
        (**self).fold(digest);
    }
}
impl<T: Fold + ?Sized> Fold for std::sync::Arc<T> {
    fn fold(&self, digest: &mut Digest) {
        (**self).fold(digest);
    }
}
impl<T: Fold> Fold for Option<T> {
    fn fold(&self, digest: &mut Digest) {
        match self {
            None => digest.word(0),
            Some(value) => {
                digest.word(1);
                value.fold(digest);
            }
        }
    }
}
impl<T: Fold> Fold for [T] {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.len() as u64);
        for item in self {
            item.fold(digest);
        }
    }
}
impl<T: Fold> Fold for Vec<T> {
    fn fold(&self, digest: &mut Digest) {
        self.as_slice().fold(digest);
    }
}
impl<A: Fold, B: Fold> Fold for (A, B) {
    fn fold(&self, digest: &mut Digest) {
        self.0.fold(digest);
        self.1.fold(digest);
    }
}
impl<K: Fold, V: Fold> Fold for LiteMap<K, V> {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.len() as u64);
        for (key, value) in self {
            key.fold(digest);
            value.fold(digest);
        }
    }
}
