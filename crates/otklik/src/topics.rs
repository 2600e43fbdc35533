//! The topics and results that a new data folder begins with; later they are rows that people change.

use anyhow::Context;
use otklik_centre::appeals::filing::Dismissal;
use otklik_model::{ResultId, TopicGroupId, TopicId, UtcMs};
use otklik_store::{AppealResult, Store, Topic, TopicGroup, Topics};
use serde::Deserialize;

const BUILT_IN: &str = include_str!("../../../data/topics.yaml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicsFile {
    groups: Vec<GroupEntry>,
    results: Vec<ResultEntry>,
    #[expect(dead_code, reason = "each is one that the rules know, or the file is refused")]
    dismissals: Vec<Dismissal>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    id: String,
    name: String,
    topics: Vec<TopicEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicEntry {
    id: String,
    name: String,
    says: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultEntry {
    id: String,
    name: String,
}

/// Fills a store that has no topics yet.
pub(crate) async fn seed(store: &Store, now: UtcMs) -> anyhow::Result<()> {
    let topics = parse(BUILT_IN).context("data/topics.yaml")?;
    store.seed_topics(&topics, now).await?;
    Ok(())
}

fn parse(text: &str) -> anyhow::Result<Topics> {
    let TopicsFile { groups, results, dismissals: _ } = serde_yaml_ng::from_str(text)?;
    let mut topics = Topics::default();
    for (place, group) in (0..).zip(groups) {
        let id = TopicGroupId(group.id);
        topics.topics.extend((0..).zip(group.topics).map(|(place, topic)| Topic {
            id: TopicId(topic.id),
            group: id.clone(),
            name: topic.name,
            says: topic.says,
            place,
            active: true,
            version: 1,
        }));
        topics.groups.push(TopicGroup { id, name: group.name, place, active: true, version: 1 });
    }
    topics.results.extend((0..).zip(results).map(|(place, result)| AppealResult {
        id: ResultId(result.id),
        name: result.name,
        place,
        active: true,
        version: 1,
    }));
    Ok(topics)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BUILT_IN, parse};

    #[test]
    fn the_built_in_topics_have_each_id_once() {
        let topics = parse(BUILT_IN).expect("the file is read");
        let ids: BTreeSet<_> = topics.topics.iter().map(|topic| topic.id.as_str()).collect();
        let groups: BTreeSet<_> = topics.groups.iter().map(|group| group.id.as_str()).collect();
        assert_eq!((ids.len(), groups.len(), topics.results.len()), (topics.topics.len(), topics.groups.len(), 17));
        assert!(ids.is_disjoint(&groups), "a filter names a topic or a group");
        assert!(ids.len() > 50 && topics.topics.iter().all(|topic| !topic.name.is_empty()));
    }
}
