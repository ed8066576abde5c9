//! How fast virtual time passes, from a thousandth to a thousand times as fast as the clock on the wall.

/// A speed: a step on a scale of 1, 2, 5, 10, …
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Speed(usize);

const SCALE: [(u32, u32); 19] = [
    (1, 1000),
    (1, 500),
    (1, 200),
    (1, 100),
    (1, 50),
    (1, 20),
    (1, 10),
    (1, 5),
    (1, 2),
    (1, 1),
    (2, 1),
    (5, 1),
    (10, 1),
    (20, 1),
    (50, 1),
    (100, 1),
    (200, 1),
    (500, 1),
    (1000, 1),
];

impl Speed {
    /// The last step of the scale.
    pub const LAST: usize = SCALE.len() - 1;

    /// A step of the scale; beyond its end, the last.
    pub fn step(step: usize) -> Self {
        Speed(step.min(Self::LAST))
    }

    /// The fastest one that is no faster than so many thousandths of real time.
    pub fn of_thousandths(thousandths: u32) -> Self {
        let fits =
            |(of, parts): &(u32, u32)| u64::from(*of) * 1000 <= u64::from(thousandths) * u64::from(*parts);
        Speed(SCALE.iter().rposition(fits).unwrap_or(0))
    }

    /// Which step it is.
    pub fn index(self) -> usize {
        self.0
    }

    /// The next faster or slower one.
    pub fn next(self, faster: bool) -> Self {
        if faster { Self::step(self.0 + 1) } else { Speed(self.0.saturating_sub(1)) }
    }

    /// Virtual seconds in a second.
    pub fn factor(self) -> f64 {
        let (of, parts) = SCALE[self.0];
        f64::from(of) / f64::from(parts)
    }

    /// For people: "1/10×".
    pub fn label(self) -> String {
        match SCALE[self.0] {
            (of, 1) => format!("{of}×"),
            (of, parts) => format!("{of}/{parts}×"),
        }
    }
}

/// A tenth: an election takes a few seconds.
impl Default for Speed {
    fn default() -> Self {
        Speed(6)
    }
}
