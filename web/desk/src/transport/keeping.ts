//! Keeping of recordings: the disk, what a day adds to it, how long they stay.
import { read } from './api';
import type { components } from './generated/api';

/** How the disk of the recordings stands. */
export type Keeping = components['schemas']['KeepingNow'];

/** How it stands now. */
export const keeping = (): Promise<Keeping> => read('/api/keeping');
