//! Where things stand on the stage: groups of members on rings, clients and the like beside them, walls between the
//! sides of a partition. Pure geometry: no event of the run, no drawing.

use crate::number::sin_cos;
use litemap::LiteMap;
use muster_core::process::few;
use muster_core::process::{HostId, ProcessId};
use muster_core::view::{Actor, BarrierView, Ring};
use std::f64::consts::TAU;

/// Room below a member for three lines of words, and for a candidate's dots and one line.
const WORDS: (f64, f64) = (10.0, 36.0);
const WORD: (f64, f64) = (23.0, 12.0);
/// Room between a member's outline and its timer's arc.
pub const ARC_GAP: f64 = 9.0;

/// Below this width the legend lies above the rings; beside them there is no room.
const NARROW: f64 = 480.0;
/// The legend's height there.
const LEGEND: f64 = 16.0;
/// Below this width it takes two rows beside them.
const TWO_ROWS: f64 = 800.0;

/// Members at least this large have room for more than one line of words between them.
const ROOMY: f64 = 25.0;

/// Where an actor stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Its radius.
    pub r: f64,
}

/// A wall of a partition: a stroke from the middle of a ring outwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wall {
    /// From.
    pub from: (f64, f64),
    /// To.
    pub to: (f64, f64),
    /// Which barrier, by its place in the frame.
    pub barrier: usize,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Actors.
    pub spots: LiteMap<ProcessId, Spot>,
    /// Walls.
    pub walls: Vec<Wall>,
    /// The stage's width.
    pub width: f64,
    /// There is room for a second line of words.
    pub roomy: bool,
    /// Clients stand beside the rings, with room for so many letters below each; none if they do not.
    pub letters: usize,
    /// What the legend covers: from the upper left corner so wide and so high.
    pub legend: (f64, f64),
}

impl Layout {
    /// How far a rectangle (left, top, right, bottom) is from the nearest actor and the words below it; less than nothing if it lies on them.
    pub fn room_of(&self, (left, top, right, bottom): (f64, f64, f64, f64)) -> f64 {
        let (wide, high) = if self.roomy { (58.0, WORDS.0 + WORDS.1) } else { (38.0, 20.0) };
        let from = |(l, t, r, b): (f64, f64, f64, f64)| {
            let (dx, dy) = ((l - right).max(left - r), (t - bottom).max(top - b));
            if dx.max(dy) > 0.0 { dx.max(0.0).hypot(dy.max(0.0)) } else { dx.max(dy) }
        };
        let boxes = self.spots.values().flat_map(|Spot { x, y, r }| {
            [(x - r, y - r, x + r, y + r), (x - wide, y + r, x + wide, y + r + high)]
        });
        boxes.map(from).fold(f64::MAX, f64::min)
    }
}

/// Lays out a stage of this size, with words so many times as large as usual.
pub fn lay_out(
    actors: &[Actor],
    barriers: &[BarrierView],
    (width, height): (f64, f64),
    scale: f64,
) -> Layout {
    let mut layout = Layout { width, ..Layout::default() };
    if width < 1.0 || height < 1.0 {
        return layout;
    }
    let outer: Vec<&Actor> = actors.iter().filter(|actor| actor.ring == Ring::Outer).collect();
    let beside = width > 1.25 * height;
    let inside = stand_outside(&mut layout, &outer, (beside, scale), (width, height));
    // On a narrow stage the legend has a row of its own at the top.
    let row = if width < NARROW { LEGEND } else { 0.0 };
    layout.legend = if width < NARROW { (width, row) } else { (width / 2.0, legend_rows(width, scale)) };
    let inside = Area { top: row, height: inside.height - row, ..inside };
    let groups = groups(actors, barriers);
    let count = groups.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of groups")]
    let share = inside.width / count as f64;
    for (number, group) in groups.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of groups")]
        let left = inside.left + share * number as f64;
        let area = Area { left, width: share, ..inside };
        stand_on_ring(&mut layout, group, barriers, (area, scale));
    }
    let members = actors.iter().filter(|actor| actor.ring == Ring::Inner);
    let mut sizes = members.filter_map(|actor| layout.spots.get(&actor.id)).map(|spot| spot.r);
    layout.roomy = sizes.all(|r| r >= ROOMY);
    layout
}

#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// How high the legend beside the rings is: it takes two rows where it is narrow.
fn legend_rows(width: f64, scale: f64) -> f64 {
    if width < TWO_ROWS * scale { 48.0 } else { 30.0 }
}

/// Clients and the like: in columns beside the rings where the stage is wide, else in a row below them. What is left.
fn stand_outside(
    layout: &mut Layout,
    outer: &[&Actor],
    (beside, scale): (bool, f64),
    (width, height): (f64, f64),
) -> Area {
    let whole = Area { left: 0.0, top: 0.0, width, height };
    if outer.is_empty() {
        return whole;
    }
    if !beside {
        let r = (width / (outer.len() as f64 * 3.2)).clamp(7.0, 15.0);
        let y = height - r - 6.0;
        for (index, actor) in outer.iter().enumerate() {
            let x = width * (index as f64 + 0.5) / outer.len() as f64;
            layout.spots.insert(actor.id, Spot { x, y, r });
        }
        return Area { height: height - 2.0 * r - 8.0, ..whole };
    }
    let column = if width > 900.0 { 132.0 * scale } else { (width * 0.2).clamp(68.0, 132.0) };
    // A letter is about so wide.
    layout.letters = (column / (6.6 * scale)) as usize;
    let top = legend_rows(width, scale);
    let high = height - top - 4.0;
    let fits = (high / (44.0 * scale)).floor().max(1.0) as usize;
    let both = outer.len() > fits;
    let (left, right) = outer.split_at(if both { outer.len().div_ceil(2) } else { outer.len() });
    for (side, x) in [(left, column / 2.0), (right, width - column / 2.0)] {
        let step = high / side.len().max(1) as f64;
        let r = (step * 0.27).clamp(6.0, 19.0);
        for (index, actor) in side.iter().enumerate() {
            let y = top + step * (index as f64 + 0.5) - 10.0;
            layout.spots.insert(actor.id, Spot { x, y, r });
        }
    }
    let columns = if both { 2.0 } else { 1.0 };
    Area { left: column, width: width - column * columns, ..whole }
}

/// Members by group, each in ring order: as declared, unless a partition's sides would not lie together.
fn groups<'a>(actors: &'a [Actor], barriers: &[BarrierView]) -> Vec<Vec<&'a Actor>> {
    let mut groups: LiteMap<u16, Vec<&Actor>> = LiteMap::new();
    for actor in actors.iter().filter(|actor| actor.ring == Ring::Inner) {
        groups.entry(actor.group).or_default().push(actor);
    }
    let mut groups: Vec<_> = groups.into_iter().map(|(_, group)| group).collect();
    if let [barrier] = barriers {
        for group in &mut groups {
            let sides: Vec<_> = group.iter().map(|actor| side(barrier, actor.host)).collect();
            let borders = (0..sides.len()).filter(|i| sides[*i] != sides[(i + 1) % sides.len()]).count();
            let mut kinds = sides.clone();
            few::sort_by_key(&mut kinds, |kind| *kind);
            kinds.dedup();
            if borders > kinds.len().max(2) {
                few::sort_by_key(group, |actor| side(barrier, actor.host));
            }
        }
    }
    groups
}

fn side(barrier: &BarrierView, host: HostId) -> Option<usize> {
    barrier.groups.iter().position(|group| group.contains(&host))
}

fn stand_on_ring(
    layout: &mut Layout,
    group: &[&Actor],
    barriers: &[BarrierView],
    (area, scale): (Area, f64),
) {
    let most = if area.height > 480.0 { 46 } else { 38 };
    // Those with room for one line need less of it.
    let ring = |r: i32| {
        let (own, type_size) = if f64::from(r) >= ROOMY { WORDS } else { WORD };
        Oval::new(group.len(), area, f64::from(r), own + type_size * scale)
    };
    let loose = |oval: &Oval| oval.is_loose(scale);
    let oval = (12..=most).rev().map(ring).find(loose).unwrap_or_else(|| ring(12));
    for (index, actor) in group.iter().enumerate() {
        let (x, y) = if group.len() == 1 { oval.centre } else { oval.at(index as f64, 1.0) };
        layout.spots.insert(actor.id, Spot { x, y, r: oval.r });
    }
    for (number, barrier) in barriers.iter().enumerate() {
        for (index, actor) in group.iter().enumerate() {
            let next = group[(index + 1) % group.len()];
            let (here, there) = (side(barrier, actor.host), side(barrier, next.host));
            if group.len() > 1 && here != there && (here.is_some() && there.is_some() || both_closed(barrier))
            {
                let mut to = oval.at(index as f64 + 0.5, 1.1);
                // Below the words of the member above it.
                if to.1 > oval.centre.1 {
                    to.1 += 10.0;
                }
                layout.walls.push(Wall { from: oval.centre, to, barrier: number });
            }
        }
    }
}

/// A ring of members, wider than high where the stage is.
struct Oval {
    centre: (f64, f64),
    reach: (f64, f64),
    count: usize,
    r: f64,
}

impl Oval {
    fn new(count: usize, area: Area, r: f64, words: f64) -> Self {
        // Whoever leads wears a crown.
        let top = area.top + r + ARC_GAP + 12.0;
        let bottom = area.top + area.height - r - ARC_GAP - words;
        let high = ((bottom - top) / 2.0).max(10.0);
        let wide = (area.width / 2.0 - r - ARC_GAP - 40.0).min((high * 1.65).max(130.0)).max(10.0);
        Oval { centre: (area.left + area.width / 2.0, (top + bottom) / 2.0), reach: (wide, high), count, r }
    }

    /// The place of the `turn`-th member, or between two, at a part of the reach.
    fn at(&self, turn: f64, part: f64) -> (f64, f64) {
        let (sin, cos) = sin_cos(TAU * turn / self.count as f64);
        (self.centre.0 + self.reach.0 * part * sin, self.centre.1 - self.reach.1 * part * cos)
    }

    /// Does every member have room for its timer's arc, and below it for a word?
    fn is_loose(&self, scale: f64) -> bool {
        let own = 2.0 * (self.r + ARC_GAP);
        let places: Vec<_> = (0..self.count).map(|turn| self.at(turn as f64, 1.0)).collect();
        let apart = |a: &(f64, f64), b: &(f64, f64)| {
            (a.0 - b.0).abs() > own + 20.0 * scale || (a.1 - b.1).abs() > own + 18.0 + 12.0 * scale
        };
        places.iter().enumerate().all(|(index, a)| places[index + 1..].iter().all(|b| apart(a, b)))
    }
}

/// A barrier of one named side stands between it and everybody else.
fn both_closed(barrier: &BarrierView) -> bool {
    barrier.groups.len() < 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::view::Status;

    fn member(id: u32) -> Actor {
        Actor {
            id: ProcessId(id),
            name: format!("n{id}").into(),
            host: HostId(id),
            group: 0,
            ring: Ring::Inner,
            status: Status::Up,
            role: None,
            epoch: None,
            arc: None,
            tally: None,
            caption: None,
            badges: Vec::new(),
        }
    }

    fn client(id: u32) -> Actor {
        Actor { ring: Ring::Outer, ..member(id) }
    }

    fn stages() -> impl Iterator<Item = (f64, f64)> {
        [(344.0, 300.0), (334.0, 190.0), (468.0, 205.0), (560.0, 330.0), (800.0, 430.0), (1300.0, 700.0)]
            .into_iter()
    }

    #[test]
    fn members_never_touch_and_stay_on_the_stage_with_their_words() {
        for (size, count) in stages().flat_map(|size| (1..=9).map(move |count| (size, count))) {
            let actors: Vec<_> = (1..=count).map(member).chain((20..23).map(client)).collect();
            let layout = lay_out(&actors, &[], size, 1.0);
            let spots: Vec<_> = layout.spots.values().collect();
            for (index, a) in spots.iter().enumerate() {
                assert!(a.x - a.r >= 0.0 && a.x + a.r <= size.0, "{a:?} in {size:?}");
                assert!(a.y - a.r >= 0.0 && a.y + a.r <= size.1, "{a:?} in {size:?}");
                for b in &spots[index + 1..] {
                    let distance = (a.x - b.x).hypot(a.y - b.y);
                    assert!(distance > a.r + b.r, "{a:?} and {b:?} of {count} in {size:?}");
                }
            }
        }
    }

    #[test]
    fn a_partition_whose_sides_lie_together_has_two_walls_and_moves_nobody() {
        let actors: Vec<_> = (1..=5).map(member).collect();
        let sides = [vec![HostId(1), HostId(2)], vec![HostId(3), HostId(4), HostId(5)]];
        let barrier = BarrierView { id: "cut".into(), groups: sides.to_vec(), one_way: false };
        let size = (800.0, 430.0);
        let walled = lay_out(&actors, &[barrier], size, 1.0);
        assert_eq!(walled.walls.len(), 2);
        assert_eq!(walled.spots, lay_out(&actors, &[], size, 1.0).spots);
    }

    #[test]
    fn sides_that_do_not_lie_together_are_brought_together() {
        let actors: Vec<_> = (1..=5).map(member).collect();
        let sides = [vec![HostId(1), HostId(3)], vec![HostId(2), HostId(4), HostId(5)]];
        let barrier = BarrierView { id: "cut".into(), groups: sides.to_vec(), one_way: false };
        assert_eq!(lay_out(&actors, &[barrier], (800.0, 430.0), 1.0).walls.len(), 2);
    }

    #[test]
    fn there_is_no_room_on_an_actor_or_on_its_words() {
        let mut layout = Layout { roomy: true, ..Layout::default() };
        layout.spots.insert(ProcessId(1), Spot { x: 200.0, y: 100.0, r: 30.0 });
        assert!(layout.room_of((190.0, 90.0, 210.0, 104.0)) < 0.0, "on it");
        assert!(layout.room_of((240.0, 150.0, 300.0, 163.0)) < 0.0, "on its words");
        assert!(layout.room_of((240.0, 94.0, 300.0, 107.0)) > 9.0, "beside it");
        assert_eq!(layout.room_of((100.0, 186.0, 300.0, 200.0)), 10.0, "below its words");
    }
}
