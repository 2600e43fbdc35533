//! Setting the tree of topics up.
import { ask, read } from './api';
import type { components } from './generated/api';

type Schemas = components['schemas'];
export type SetupTopics = Schemas['SetupTopics'];
export type SetupTopic = Schemas['SetupTopic'];
export type SetupTopicGroup = Schemas['SetupTopicGroup'];
export type ChangedTopic = Schemas['ChangedTopic'];
export type ChangedTopicGroup = Schemas['ChangedTopicGroup'];

/** The tree, with what is hidden. */
export const topicSetups = (): Promise<SetupTopics> => read('/api/setup/topics');
/** Sets a topic up, or adds one. */
export const setTopicUp = (id: string, change: ChangedTopic): Promise<Response> => ask('PUT', `/api/setup/topics/${encodeURIComponent(id)}`, change);
/** Sets a group of topics up, or adds one. */
export const setTopicGroupUp = (id: string, change: ChangedTopicGroup): Promise<Response> => ask('PUT', `/api/setup/topic-groups/${encodeURIComponent(id)}`, change);
