//! Icons: strokes on a 24 × 24 grid, drawn for this page.

use yew::prelude::*;

/// An icon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    /// Crash.
    Power,
    /// Start.
    Up,
    /// Partition.
    Split,
    /// Cut a link.
    Cut,
    /// Loss.
    Loss,
    /// Delay.
    Delay,
    /// Pause.
    Pause,
    /// Heal.
    Heal,
    /// Time out now.
    Alarm,
    /// Hand over leadership.
    Crown,
    /// A request.
    Send,
    /// To the start.
    First,
    /// A step back.
    Back,
    /// Play.
    Play,
    /// A step on.
    Next,
    /// To the end.
    Last,
    /// A branch.
    Fork,
    /// Find.
    Find,
    /// A breakpoint.
    Stop,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Change it.
    Edit,
    /// Another seed.
    Again,
    /// A dark page.
    Moon,
    /// A light page.
    Sun,
    /// As the system is.
    Screen,
    /// A projector.
    Beam,
    /// Close.
    Close,
    /// More behind it.
    Down,
    /// Holds.
    Tick,
    /// Broken.
    Cross,
    /// Larger.
    Plus,
    /// Smaller.
    Minus,
    /// The playhead in the middle.
    Aim,
    /// Share.
    Share,
    /// A name is written.
    Pen,
    /// Deleted.
    Bin,
    /// Two beside each other.
    Pair,
    /// A file.
    Page,
    /// Copy.
    Copy,
    /// A disk.
    Disk,
    /// A clock.
    Clock,
    /// More of the same.
    Dots,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Power => "M12 3v8M6.5 6.5a8 8 0 1 0 11 0",
            Icon::Up => "M12 20V5M5.5 11.5 12 5l6.5 6.5",
            Icon::Split => {
                "M12 3v4M12 10v4M12 17v4M3 12h4M17 12h4M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5"
            }
            Icon::Cut => "M4 12h4.5M15.5 12H20M9.5 8l5 8M14.5 8l-5 8",
            Icon::Loss => "M3 12h5M11.5 12h2.5M17 12h1M21 12h.01",
            Icon::Delay => "M12 8v4l2.5 1.8M12 3.5a8.5 8.5 0 1 0 8.5 8.5M16 4.5l4 .3-.6 4",
            Icon::Pause => "M9 5v14M15 5v14",
            Icon::Heal => "M12 5v14M5 12h14",
            Icon::Alarm => "M12 6.5a6.5 6.5 0 1 0 .01 0M12 10v3.2l2 1.3M4.5 6 7 3.8M19.5 6 17 3.8",
            Icon::Crown => "M4 17.5h16M4.5 14.5 4 7l4.5 3.5L12 5l3.5 5.5L20 7l-.5 7.5z",
            Icon::Send => "M4 12 20 4.5 14.5 20l-3-6.5zM11.5 13.5 20 4.5",
            Icon::First => "M6 5v14M19 5 9 12l10 7z",
            Icon::Back => "M16 5 7 12l9 7z",
            Icon::Play => "M8 5l11 7-11 7z",
            Icon::Next => "M8 5l9 7-9 7z",
            Icon::Last => "M18 5v14M5 5l10 7-10 7z",
            Icon::Fork => "M7 4v16M7 12c7 0 10-2 10-8M14 7l3-3 3 3",
            Icon::Find => "M10.5 4a6.5 6.5 0 1 0 .01 0M15.5 15.5 20 20",
            Icon::Stop => "M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2zM8 12h8",
            Icon::Undo => "M9 6 4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3",
            Icon::Redo => "M15 6l4.5 4.5L15 15M19 10.5h-9a5 5 0 0 0 0 10h3",
            Icon::Edit => "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z",
            Icon::Again => "M20 11a8 8 0 1 0-2.3 6M20 5v6h-6",
            Icon::Moon => "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
            Icon::Sun => {
                "M12 8a4 4 0 1 0 .01 0M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Icon::Beam => {
                "M3 9h13v8H3zM6 17v2.5M13 17v2.5M8 13a1.5 1.5 0 1 0 .01 0M18.5 11l2.5-1.5M19 13h2.5M18.5 15l2.5 1.5"
            }
            Icon::Screen => "M4 5h16v11H4zM9 20h6M12 16v4",
            Icon::Close => "M6 6l12 12M18 6 6 18",
            Icon::Down => "M6.5 9.5 12 15l5.5-5.5",
            Icon::Tick => "M5 12.5 10 17.5 19.5 7",
            Icon::Cross => "M7 7l10 10M17 7 7 17",
            Icon::Plus => "M12 6v12M6 12h12",
            Icon::Minus => "M6 12h12",
            Icon::Aim => "M12 5a7 7 0 1 0 .01 0M12 2.5v5M12 16.5v5M2.5 12h5M16.5 12h5",
            Icon::Share => "M12 15V4M7.5 8 12 3.5 16.5 8M5 13v6.5h14V13",
            Icon::Disk => {
                "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3"
            }
            Icon::Clock => "M12 3.5a8.5 8.5 0 1 0 .01 0M12 7.5V12h3.5",
            Icon::Dots => "M5.5 12h.01M12 12h.01M18.5 12h.01",
            Icon::Pen => "M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM13.5 7.5l3 3",
            Icon::Bin => "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
            Icon::Pair => "M4 5.5h6.5v13H4zM13.5 5.5H20v13h-6.5z",
            Icon::Page => "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5",
            Icon::Copy => "M9 9h10.5v11H9zM5.5 15H4.5V4H15v1.5",
        }
    }

    const fn solid(self) -> bool {
        matches!(self, Icon::First | Icon::Back | Icon::Play | Icon::Next | Icon::Last)
    }

    /// Draws it. It says nothing to a screen reader: its button has the words.
    pub fn html(self) -> Html {
        let fill = if self.solid() { "currentColor" } else { "none" };
        html! {
            <svg class="icon" viewBox="0 0 24 24" width="16" height="16" fill={fill} stroke="currentColor"
                stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
                <path d={self.path()} />
            </svg>
        }
    }
}
