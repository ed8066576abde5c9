//! Hosts, zones and members of a file: how they are numbered, which member runs where, and what lies between zones.
//!
//! It knows of a system only how many members it has and what they are called.

use super::model::{File, Network, System as Declaration, ZoneLink};
use super::read::{MAX_HOSTS, Reader, is_name};
use crate::kernel::{DiskSpec, HostSpec, LinkSpec};
use crate::process::{Arg, HostId, Phrase, ProcessId, few};
use crate::system::Planned;
use crate::text::{NodeId, clipped, nearest};
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// Laws of links from one zone to another.
type ZoneLinks = Vec<(Arc<str>, Arc<str>, LinkSpec)>;

/// Longest name of a zone, in bytes.
const LONGEST_ZONE: usize = 100;

/// Hosts and processes as they are numbered.
#[derive(Default)]
pub(super) struct Cluster {
    pub(super) hosts: Vec<(Arc<str>, HostSpec)>,
    by_name: LiteMap<Arc<str>, HostId>,
    pub(super) processes: LiteMap<Arc<str>, ProcessId>,
}

impl Cluster {
    fn host(&mut self, name: &Arc<str>, zone: Option<&Arc<str>>) -> HostId {
        if let Some(id) = self.by_name.get(name) {
            return *id;
        }
        let id = HostId(self.hosts.len() as u32 + 1);
        self.hosts.push((
            name.clone(),
            HostSpec { zone: zone.cloned().unwrap_or_default(), ..HostSpec::default() },
        ));
        self.by_name.insert(name.clone(), id);
        id
    }
    pub(super) fn known(&self) -> few::Set<Arc<str>> {
        few::Set::of(self.by_name.keys().chain(self.processes.keys()).cloned().collect())
    }
}

impl Reader<'_> {
    /// Gives members their identities, and hosts to run on.
    pub(super) fn place(
        &mut self,
        system: &Declaration,
        path: &str,
        names: Vec<(Arc<str>, NodeId)>,
        cluster: &mut Cluster,
    ) -> Option<Vec<Planned>> {
        let mut members = Vec::new();
        for (at, (name, node)) in names.into_iter().enumerate() {
            if !is_name(&name) {
                self.add(node, path, Phrase::new(K::BadName, [clipped(&name)]), None);
                return None;
            }
            let host_name = match &system.hosts {
                Some(hosts) if !hosts.is_empty() => hosts[at % hosts.len()].value.clone(),
                _ => name.clone(),
            };
            if cluster.processes.contains_key(&name) {
                self.add(node, path, Phrase::new(K::NameTaken, [clipped(&name)]), None);
                return None;
            }
            // Several may share a host; each is bounded by itself.
            let most = cluster.hosts.len().max(cluster.processes.len());
            if most >= MAX_HOSTS {
                let args = [Arg::Number(most as u64 + 1), Arg::Number(MAX_HOSTS as u64)];
                self.add(node, path, Phrase::new(K::TooMany, args), None);
                return None;
            }
            let zone =
                system.zones.as_ref().filter(|zones| !zones.is_empty()).map(|zones| &zones[at % zones.len()]);
            let host = cluster.host(&host_name, zone);
            let process = ProcessId(cluster.processes.len() as u32 + 1);
            cluster.processes.insert(name.clone(), process);
            members.push(Planned { name, process, host });
        }
        Some(members)
    }

    pub(super) fn links(&mut self, network: &Network, _cluster: &Cluster) -> (LinkSpec, ZoneLinks) {
        let plain = ZoneLink::everywhere(network).over(&LinkSpec::default());
        let mut zones = Vec::new();
        for link in &network.zones {
            let spec = link.parts().over(&plain);
            zones.push((link.from.value.clone(), link.to.value.clone(), spec.clone()));
            if !link.one_way && link.from.value != link.to.value {
                zones.push((link.to.value.clone(), link.from.value.clone(), spec));
            }
        }
        (plain, zones)
    }

    /// Lays the file's own hosts over those that members brought along.
    pub(super) fn hosts(&mut self, file: &File, cluster: &mut Cluster, disk: &DiskSpec) {
        for (_, spec) in &mut cluster.hosts {
            spec.disk = disk.clone();
        }
        for (at, host) in file.hosts.iter().enumerate() {
            let id = cluster.host(&host.name, None);
            if self.at_most(MAX_HOSTS, cluster.hosts.len(), "hosts").is_none() {
                return;
            }
            let spec = &mut cluster.hosts[id.0 as usize - 1].1;
            if let Some(zone) = &host.zone {
                spec.zone = zone.clone();
            }
            let own = host.disk.as_ref().and_then(|disk| disk.sync.as_ref());
            spec.disk = own.map_or_else(|| disk.clone(), |sync| DiskSpec { sync: sync.kernel() });
            spec.offset = host.clock.offset.unwrap_or_default().0;
            if let Some(drift) = &host.clock.drift {
                spec.drift_ppm = drift.value;
                if spec.check().is_err() {
                    let number = |n: i64| Arg::Text(n.to_string().into());
                    let most = i64::from(crate::kernel::law::MOST_DRIFT_PPM);
                    let args = [number(i64::from(drift.value)), number(-most), number(most)];
                    let path = format!("hosts[{at}].clock.drift");
                    self.add(drift.node, &path, Phrase::new(K::OutOfBounds, args), None);
                }
            }
        }
        let zones = few::Set::of(cluster.hosts.iter().map(|(_, spec)| &spec.zone).collect());
        for (at, link) in file.network.zones.iter().enumerate() {
            for (side, zone) in [("from", &link.from), ("to", &link.to)] {
                if !self.problems.is_full() && !zones.contains(&&zone.value) {
                    let near = nearest(zone, zones.iter().map(|zone| &***zone)).map(str::to_owned);
                    let path = format!("network.zones[{at}].{side}");
                    let phrase = Phrase::new(K::UnknownZone, [clipped(zone)]);
                    self.add(zone.node, &path, phrase, near.as_deref());
                }
            }
        }
    }

    /// Zones are called as anybody likes, but every host carries its zone's name.
    pub(super) fn zone<'z>(
        &mut self,
        zones: impl IntoIterator<Item = &'z Arc<str>>,
        node: NodeId,
        path: &str,
    ) {
        if let Some(zone) = zones.into_iter().find(|zone| zone.len() > LONGEST_ZONE) {
            let phrase = Phrase::new(K::LongName, [clipped(zone), Arg::Number(LONGEST_ZONE as u64)]);
            self.add(node, path, phrase, None);
        }
    }
}
