//! What the diagram is told: lanes, arrows, marks, bands and kinds.

use super::*;

#[test]
fn the_window_has_lanes_arrows_and_marks() {
    let mut session = session();
    play(&mut session, 1_700);
    let ask = |session: &mut Session, from, to| {
        let (from, to) = (Time::millis(from), Time::millis(to));
        match session.handle(Request::Window { from, to, arrows: 2_000, dots: 1_000, without: Vec::new() }) {
            Reply::Window(window) => *window,
            other => panic!("{other:?}"),
        }
    };
    let window = ask(&mut session, 900, 1_600);
    assert_eq!(window.lanes.len(), 3);
    let crashed: Vec<_> = window.lanes[0].segments.iter().map(|segment| segment.status).collect();
    assert!(crashed.contains(&Status::Up) && crashed.contains(&Status::Crashed), "{crashed:?}");
    for lane in &window.lanes {
        for pair in lane.segments.windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "a lane has no gaps");
        }
    }
    assert!(window.arrows.iter().any(|arrow| arrow.lost), "what n3 sends to the dead n1 is lost");
    assert!(window.arrows.iter().any(|arrow| arrow.delivery.is_some()));
    assert_eq!(window.marks.len(), 4, "{:?}", window.marks);
    let (from, to, without) = (Time::ZERO, Time::secs(2), Vec::new());
    let few = match session.handle(Request::Window { from, to, arrows: 10, dots: 5, without }) {
        Reply::Window(window) => *window,
        other => panic!("{other:?}"),
    };
    assert!(few.arrows.len() <= 10 && few.arrows_left_out > 0);
}

#[test]
fn what_is_wrong_is_a_band_from_the_command_that_made_it_so_to_the_one_that_mended_it() {
    let mut session = session();
    let ask = |session: &mut Session| {
        let (from, to, without) = (Time::ZERO, Time::secs(2), Vec::new());
        match session.handle(Request::Window { from, to, arrows: 0, dots: 0, without }) {
            Reply::Window(window) => window.bands,
            other => panic!("{other:?}"),
        }
    };
    play(&mut session, 100);
    let before = ask(&mut session).len();
    act(&mut session, "partition: { groups: [[n1], [n2, n3]] }");
    play(&mut session, 300);
    let bands = ask(&mut session);
    let wall = bands.iter().find(|band| band.kind == BandKind::Wall).expect("a partition is a wall");
    assert!(wall.lasts && wall.sides.len() == 2, "{wall:?}");
    assert_eq!(wall.from, Time::millis(100));
    act(&mut session, "disk: { host: n2, fault: stall }");
    play(&mut session, 500);
    act(&mut session, "heal: all");
    play(&mut session, 600);
    let bands = ask(&mut session);
    assert_eq!(bands.len(), before + 2, "{bands:?}");
    let ended = |kind| bands.iter().find(|band| band.kind == kind).map(|band| (band.to, band.lasts));
    assert_eq!(ended(BandKind::Wall), Some((Time::millis(500), false)));
    assert_eq!(ended(BandKind::Disk), Some((Time::millis(500), false)));
    // Before it was mended it is not known that it will be.
    assert!(matches!(session.handle(Request::Seek(SeekTo::Time(Time::millis(400)))), Reply::Shown(_)));
    act(&mut session, "crash: n3");
    let bands = ask(&mut session);
    assert!(bands.iter().any(|band| band.kind == BandKind::Wall && band.lasts), "{bands:?}");
}

#[test]
fn kinds_left_out_of_the_window_are_counted_and_not_drawn() {
    let mut session = session();
    play(&mut session, 1_700);
    let ask = |session: &mut Session, without: Vec<crate::words::Key>| {
        let (from, to) = (Time::millis(100), Time::millis(1_600));
        match session.handle(Request::Window { from, to, arrows: 2_000, dots: 1_000, without }) {
            Reply::Window(window) => *window,
            other => panic!("{other:?}"),
        }
    };
    let all = ask(&mut session, Vec::new());
    assert!(all.dots.windows(2).all(|pair| pair[0].place < pair[1].place));
    let messages = all.kinds.iter().filter(|kind| kind.card.is_some());
    assert_eq!(messages.map(|kind| kind.count).sum::<u64>(), all.arrows.len() as u64);
    let kind = all.kinds.iter().find(|kind| kind.card.is_some()).expect("messages").kind;
    let fewer = ask(&mut session, vec![kind]);
    assert_eq!(fewer.kinds, all.kinds);
    assert!(fewer.arrows.len() < all.arrows.len() && fewer.arrows_left_out == 0);
    assert!(fewer.arrows.iter().all(|arrow| arrow.card.kind != kind));
    assert!(fewer.dots.iter().all(|dot| dot.kind != kind));
    // Whoever sent a message is known, and whoever got it.
    assert!(all.arrows.iter().any(|arrow| arrow.cause.is_some() && arrow.delivery.is_some()));
}
