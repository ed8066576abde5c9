//! Numbers as the page writes and draws them: with few places, fixed, and with the browser's own functions. The language's
//! bring tables along for the last digit of any float, which no screen shows.

/// A number as text, with so many places, 9 at most.
pub fn fixed(value: f64, places: usize) -> String {
    let scale = 10u64.pow(u32::try_from(places.min(9)).unwrap_or(9));
    #[expect(clippy::cast_possible_truncation, reason = "saturates, far outside of any screen")]
    let parts = (value * scale as f64).round_ties_even() as i64;
    let sign = if parts < 0 { "-" } else { "" };
    let parts = parts.unsigned_abs();
    match places {
        0 => format!("{sign}{parts}"),
        _ => format!("{sign}{}.{:0places$}", parts / scale, parts % scale),
    }
}

/// A place or a length of a drawing, in pixels to a tenth.
pub fn px(value: f64) -> String {
    fixed(value, 1)
}

/// Millionths in per cent, without trailing zeros.
pub fn percent(ppm: u32, places: usize) -> String {
    let text = fixed(f64::from(ppm) / 10_000.0, places);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The sine and the cosine of an angle.
#[cfg(target_arch = "wasm32")]
pub fn sin_cos(angle: f64) -> (f64, f64) {
    (js_sys::Math::sin(angle), js_sys::Math::cos(angle))
}

/// The sine and the cosine of an angle.
#[cfg(not(target_arch = "wasm32"))]
pub fn sin_cos(angle: f64) -> (f64, f64) {
    angle.sin_cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_places_and_no_more() {
        assert_eq!(px(-0.04), "0.0");
        assert_eq!(px(-12.36), "-12.4");
        assert_eq!(fixed(1.006, 2), "1.01");
        assert_eq!(fixed(12.5, 3), "12.500");
        assert_eq!(fixed(7.2, 0), "7");
        assert_eq!(fixed(f64::NAN, 1), "0.0");
    }

    #[test]
    fn a_loss_reads_as_people_write_it() {
        assert_eq!(percent(50_000, 1), "5");
        assert_eq!(percent(12_500, 4), "1.25");
    }
}
