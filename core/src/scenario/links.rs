//! The laws of links as the file gives them: for all, and between zones, each part on its own.

use super::model::{Network, ZoneLink};
use crate::kernel::LinkSpec;

/// Parts of a link's law; what is left out is as it was.
pub(super) struct Parts<'a> {
    latency: Option<&'a crate::text::law::Law>,
    loss: Option<crate::text::Probability>,
    duplicate: Option<crate::text::Probability>,
    reorder: Option<crate::text::Probability>,
    bandwidth: Option<crate::text::Bandwidth>,
}

impl ZoneLink {
    pub(super) fn parts(&self) -> Parts<'_> {
        Parts {
            latency: self.latency.as_ref(),
            loss: self.loss,
            duplicate: self.duplicate,
            reorder: self.reorder,
            bandwidth: self.bandwidth,
        }
    }
    pub(super) fn everywhere(network: &Network) -> Parts<'_> {
        Parts {
            latency: network.latency.as_ref(),
            loss: network.loss,
            duplicate: network.duplicate,
            reorder: network.reorder,
            bandwidth: network.bandwidth,
        }
    }
}

impl Parts<'_> {
    pub(super) fn over(&self, link: &LinkSpec) -> LinkSpec {
        LinkSpec {
            latency: self.latency.map_or_else(|| link.latency.clone(), |law| law.kernel()),
            loss: self.loss.map_or(link.loss, |loss| loss.chance()),
            duplicate: self.duplicate.map_or(link.duplicate, |p| p.chance()),
            reorder: self.reorder.map_or(link.reorder, |p| p.chance()),
            bandwidth: self.bandwidth.map_or(link.bandwidth, |b| b.bytes_per_second),
        }
    }
}
