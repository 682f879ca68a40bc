//! The serialised form, version 1: what is held, oldest and smallest first, nothing else.

use super::authors::{Authors, hash};
use super::topic::{Detail, Topic};
use super::{Kept, Pulse, PulseBuilder, Settings, cut};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Wire {
    version: u32,
    topics_cap: u32,
    caution: u32,
    crisis_authors: u32,
    crisis_reach: u64,
    topics: Vec<WireTopic>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pooled: Option<WireTopic>,
}

#[derive(Serialize, Deserialize)]
struct WireTopic {
    name: String,
    hash: u64,
    fine: Vec<(u32, u32)>,
    middle: Vec<(u32, u32)>,
    hours: Vec<(u32, u32)>,
    recent: Vec<WireDetail>,
    details: Vec<WireDetail>,
}

#[derive(Serialize, Deserialize)]
struct WireDetail {
    slot: u32,
    posts: u32,
    complaints: u32,
    me_too: u32,
    defenders: u32,
    rivals: u32,
    anonymous: u32,
    open_reach: u64,
    closed_reach: u64,
    authors: String,
}

impl WireDetail {
    fn of(d: &Detail) -> Self {
        Self {
            slot: d.slot,
            posts: d.posts,
            complaints: d.complaints,
            me_too: d.me_too,
            defenders: d.defenders,
            rivals: d.rivals,
            anonymous: d.anonymous,
            open_reach: d.open_reach,
            closed_reach: d.closed_reach,
            authors: d.authors.to_hex(),
        }
    }

    fn read(&self) -> Result<Detail, &'static str> {
        // Shares are taken of the posts; what was counted among them can be no more.
        let among = [self.complaints, self.me_too, self.defenders, self.rivals, self.anonymous];
        if among.iter().any(|&part| part > self.posts) {
            return Err("more posts of a kind than posts");
        }
        Ok(Detail {
            slot: self.slot,
            posts: self.posts,
            complaints: self.complaints,
            me_too: self.me_too,
            defenders: self.defenders,
            rivals: self.rivals,
            anonymous: self.anonymous,
            open_reach: self.open_reach,
            closed_reach: self.closed_reach,
            authors: Authors::from_hex(&self.authors).ok_or("authors are no 128 registers")?,
        })
    }
}

impl WireTopic {
    fn of(name: &str, hash: u64, topic: &Topic) -> Self {
        Self {
            name: name.to_owned(),
            hash,
            fine: topic.fine.held(),
            middle: topic.middle.held(),
            hours: topic.hours.held(),
            recent: topic.recent.held().into_iter().map(WireDetail::of).collect(),
            details: topic.details.held().into_iter().map(WireDetail::of).collect(),
        }
    }

    fn read(&self) -> Result<Topic, &'static str> {
        let mut topic = Topic::default();
        for &(index, count) in &self.fine {
            topic.fine.add(index, count);
        }
        for &(index, count) in &self.middle {
            topic.middle.add(index, count);
        }
        for &(index, count) in &self.hours {
            topic.hours.add(index, count);
        }
        for detail in &self.recent {
            topic.recent.add(&detail.read()?);
        }
        for detail in &self.details {
            topic.details.add(&detail.read()?);
        }
        Ok(topic)
    }
}

impl Serialize for Pulse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let topics = self.kept.iter().map(|k| WireTopic::of(&k.name, k.hash, &k.topic));
        Wire {
            version: VERSION,
            topics_cap: self.settings.topics,
            caution: self.settings.caution,
            crisis_authors: self.settings.crisis_authors,
            crisis_reach: self.settings.crisis_reach,
            topics: topics.collect(),
            pooled: self.pooled.as_deref().map(|topic| WireTopic::of("", 0, topic)),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pulse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        if wire.version != VERSION {
            let found = wire.version;
            return Err(D::Error::custom(format!("pulse version {found}; expected {VERSION}")));
        }
        let settings = Settings {
            topics: wire.topics_cap,
            caution: wire.caution,
            crisis_authors: wire.crisis_authors,
            crisis_reach: wire.crisis_reach,
        };
        let mut pulse = PulseBuilder { settings }.build().map_err(D::Error::custom)?;
        if wire.topics.len() > settings.topics as usize {
            return Err(D::Error::custom("more topics than the cap"));
        }
        for topic in wire.topics {
            let (name, hashed) = (topic.name.clone(), topic.hash);
            // a name that was cut keeps the hash of the whole
            if cut(&name) != name || (name.len() < 61 && hash(name.as_bytes()) != hashed) {
                return Err(D::Error::custom("the name of a topic is not of its hash"));
            }
            let topic = topic.read().map_err(D::Error::custom)?;
            match pulse.position(hashed, &name) {
                Ok(_) => return Err(D::Error::custom("a topic stands twice")),
                Err(at) => pulse.kept.insert(at, Kept { hash: hashed, name, topic }),
            }
        }
        if let Some(pooled) = wire.pooled {
            pulse.pooled = Some(Box::new(pooled.read().map_err(D::Error::custom)?));
        }
        Ok(pulse)
    }
}
