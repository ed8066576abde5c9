//! Luck: random numbers that depend on what they are for, not on what was drawn before (DESIGN, law 5).
//!
//! A draw is keyed by the seed, a salt, the stable name of whose luck it is (the channel a→b, a process' timer, a
//! process' disk), which one (message 17, the third setting of the timer, persist 4) and its purpose (loss, latency).
//! So one more fault, message or client elsewhere shifts nobody else's luck, and turning loss on does not move
//! latencies. Each key starts a SplitMix64 of its own (Steele, Lea, Flood: *Fast Splittable Pseudorandom Number
//! Generators*, 2014; the variant 13 of Stafford's mixer as in Vigna's `splitmix64.c`). Its values are pinned by test
//! vectors. It is not for secrets.

/// The weyl increment of SplitMix64: the odd integer nearest 2⁶⁴/φ.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Stafford's mixer, variant 13.
#[inline]
pub const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A SplitMix64.
#[derive(Clone, Debug)]
pub struct Stream(u64);

impl Stream {
    /// A generator with this seed.
    #[inline]
    pub const fn new(seed: u64) -> Self {
        Stream(seed)
    }

    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// Uniform in `0..n`, without bias; 0 if `n` is 0. Lemire: *Fast Random Integer Generation in an Interval*, 2019:
    /// the upper half of a product, drawing again in the few places that would be counted twice.
    #[inline]
    pub fn below(&mut self, n: u64) -> u64 {
        let (upper, lower) = product(self.bits(), n);
        if lower < n { self.fair(n, upper, lower) } else { upper }
    }

    /// Draws again while the product is one of those that would be counted twice.
    #[cold]
    fn fair(&mut self, n: u64, mut upper: u64, mut lower: u64) -> u64 {
        let unfair = n.wrapping_neg() % n;
        while lower < unfair {
            (upper, lower) = product(self.bits(), n);
        }
        upper
    }

    /// Uniform in `low..=high`; `low` if `high` is less.
    #[inline]
    pub fn within(&mut self, low: u64, high: u64) -> u64 {
        match high.saturating_sub(low).checked_add(1) {
            Some(n) => low + self.below(n),
            None => self.bits(),
        }
    }

    /// Uniform in the open interval (0, 1), with 53 bits: never 0, so that its logarithm is finite.
    #[inline]
    pub fn open_unit(&mut self) -> f64 {
        // The last half is rounded up to a whole: that would be 1.
        (((self.bits() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)).min(1.0 - f64::EPSILON / 2.0)
    }
}

/// The upper and lower half of a product. Where one factor has 32 bits, as nearly all have, 64 are enough: 128 are dear in
/// WebAssembly.
#[inline]
fn product(a: u64, b: u64) -> (u64, u64) {
    let upper =
        if b >> 32 == 0 { ((a >> 32) * b + (((a & 0xffff_ffff) * b) >> 32)) >> 32 } else { upper_half(a, b) };
    (upper, a.wrapping_mul(b))
}

#[cold]
fn upper_half(a: u64, b: u64) -> u64 {
    ((u128::from(a) * u128::from(b)) >> 64) as u64
}

/// What a draw is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// How long it takes.
    Latency = 0,
    /// Whether it is lost.
    Loss = 1,
    /// Whether it is doubled.
    Duplicate = 2,
    /// Whether it is overtaken.
    Reorder = 3,
    /// How much longer it takes when it is overtaken.
    Behind = 4,
    /// What of it a crash keeps.
    Torn = 5,
}

/// The luck of one thing: message 17 of a channel, persist 4 of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Luck(u64);

impl Luck {
    /// The luck of the `nth` thing under `key`; `copy` tells copies of a message apart.
    #[inline]
    pub(crate) fn of(key: Key, nth: u64, copy: u32) -> Self {
        Luck(
            mix(key.0.wrapping_add(nth.wrapping_mul(GOLDEN)))
                ^ u64::from(copy).wrapping_mul(0xd6e8_feb8_6659_fd93),
        )
    }

    /// A generator for one purpose.
    #[inline]
    pub(crate) fn stream(self, purpose: Purpose) -> Stream {
        Stream(self.0.wrapping_add((purpose as u64).wrapping_mul(0xa076_1d64_78bd_642f)))
    }

    /// Does something of this chance, in parts of 2³², happen?
    #[inline]
    pub(crate) fn hits(self, purpose: Purpose, chance: u32) -> bool {
        chance != 0 && ((self.stream(purpose).bits() >> 32) as u32) < chance
    }
}

/// Whose luck it is, under a seed and a salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u64);

impl Key {
    /// The key of what these stable names say, in this order.
    pub(crate) fn of(seed: u64, salt: u64, names: &[u64]) -> Self {
        let mut key = mix(seed ^ 0x6d75_7374_6572).wrapping_add(mix(salt.wrapping_mul(GOLDEN)));
        for &name in names {
            key = mix(key.rotate_left(17) ^ name).wrapping_add(GOLDEN);
        }
        Key(key)
    }
}

/// A stable number for a name: FNV-1a over its bytes, mixed.
pub fn name_key(name: &str) -> u64 {
    let fnv = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(fnv)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand_xoshiro::SplitMix64;
    use rand_xoshiro::rand_core::{Rng, SeedableRng};

    /// The first outputs of Vigna's splitmix64.c with the seed 1234567, as published with it.
    #[test]
    fn it_gives_the_published_values() {
        let mut luck = Stream::new(1_234_567);
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(published.map(|_| luck.bits()), published);
    }

    proptest! {
        #[test]
        fn a_product_is_the_whole_one(a: u64, b: u64, short in 0u64..1 << 32) {
            for b in [b, short, 1 << 32, (1 << 32) - 1, u64::MAX] {
                let whole = u128::from(a) * u128::from(b);
                prop_assert_eq!(product(a, b), ((whole >> 64) as u64, whole as u64));
            }
        }

        #[test]
        fn it_is_the_generator_that_others_call_splitmix64(seed: u64) {
            let (mut ours, mut theirs) = (Stream::new(seed), SplitMix64::seed_from_u64(seed));
            for _ in 0..50 {
                prop_assert_eq!(ours.bits(), theirs.next_u64());
            }
        }

        #[test]
        fn a_range_is_kept(seed: u64, low: u64, high: u64) {
            let drawn = Stream::new(seed).within(low, high);
            prop_assert!(drawn >= low && (drawn <= high || high < low));
        }
    }

    #[test]
    fn every_number_of_a_range_is_as_likely_as_any_other() {
        let mut luck = Stream::new(7);
        let mut counts = [0u32; 6];
        (0..60_000).for_each(|_| counts[luck.below(6) as usize] += 1);
        let chi: f64 =
            counts.iter().map(|&n| (f64::from(n) - 10_000.0) * (f64::from(n) - 10_000.0) / 10_000.0).sum();
        assert!(chi < 20.5, "χ² with 5 degrees of freedom, 99.9 %: {chi}");
    }

    /// 2⁶⁴ is no multiple of 3·2⁶²: without drawing again the first third would come twice as often as the others.
    #[test]
    fn a_range_near_the_whole_is_without_bias() {
        let n = 3 << 62;
        let mut luck = Stream::new(3);
        let low = (0..30_000).filter(|_| luck.below(n) < n / 3).count();
        assert!((9_700..10_300).contains(&low), "{low}");
    }

    #[test]
    fn luck_depends_on_names_number_purpose_and_salt_and_on_nothing_else() {
        let key = Key::of(1, 0, &[1, name_key("a"), name_key("b")]);
        let luck = Luck::of(key, 17, 0);
        assert_eq!(luck, Luck::of(Key::of(1, 0, &[1, name_key("a"), name_key("b")]), 17, 0));
        let others = [
            Luck::of(Key::of(2, 0, &[1, name_key("a"), name_key("b")]), 17, 0),
            Luck::of(Key::of(1, 5, &[1, name_key("a"), name_key("b")]), 17, 0),
            Luck::of(Key::of(1, 0, &[1, name_key("b"), name_key("a")]), 17, 0),
            Luck::of(key, 18, 0),
            Luck::of(key, 17, 1),
        ];
        let first = |luck: Luck, purpose| luck.stream(purpose).bits();
        for other in others {
            assert_ne!(first(luck, Purpose::Latency), first(other, Purpose::Latency));
        }
        assert_ne!(first(luck, Purpose::Latency), first(luck, Purpose::Loss));
    }

    #[test]
    fn the_golden_draws_are_what_they_were() {
        let key = Key::of(7, 0, &[1, name_key("n1"), name_key("n2")]);
        let drawn =
            [1, 2, 3].map(|nth| Luck::of(key, nth, 0).stream(Purpose::Latency).within(1_000_000, 10_000_000));
        assert_eq!(drawn, [5_185_565, 3_743_890, 1_858_856]);
    }
}
