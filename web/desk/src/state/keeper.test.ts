//! A text that saves itself, against a centre that answers, is silent, refuses, and is written to by others.
import { describe, expect, it } from 'vitest';
import { differences, opened, phaseOf, settled, type Copy, type Kept, type Trouble } from './draft';
import { AT_MOST_MS, Keeper, REST_MS } from './keeper';

interface Text {
  summary: string;
  answer: string;
  topics: string[];
}

const empty: Text = { summary: '', answer: '', topics: [] };

/** A centre with one text, a clock that stands still, and a browser's store. */
function house(copy: Copy<Text> = { version: 1, fields: empty }, kept: Kept<Text> | null = null) {
  const world = {
    now: 0,
    centre: copy,
    saves: 0,
    fault: null as Trouble<Text> | null,
    hold: false,
    kept,
    timers: [] as { at: number; then: () => void }[],
    answers: [] as (() => void)[],
    /** Lets time pass, and everything that follows from it happen. */
    async pass(ms: number): Promise<void> {
      const until = world.now + ms;
      for (;;) {
        world.timers.sort((a, b) => a.at - b.at);
        const next = world.timers[0];
        if (!next || next.at > until) break;
        world.timers.shift();
        world.now = next.at;
        next.then();
        await world.calm();
      }
      world.now = until;
      await world.calm();
    },
    async calm(): Promise<void> {
      for (let n = 0; n < 20; n += 1) await Promise.resolve();
    },
  };
  const keeper = new Keeper<Text>(copy, kept, {
    save: async (fields, version) => {
      world.saves += 1;
      if (world.hold) await new Promise<void>((done) => world.answers.push(done));
      if (world.fault) throw world.fault;
      if (version !== world.centre.version) throw { kind: 'stale', theirs: { ...world.centre, by: 'Егор Макетов', at: 5 } } satisfies Trouble<Text>;
      world.centre = { version: version + 1, fields };
      return { version: version + 1, at: world.now };
    },
    troubleOf: (error) => error as Trouble<Text>,
    keep: (next) => {
      world.kept = next;
      return true;
    },
    now: () => world.now,
    later: (ms, then) => {
      const timer = { at: world.now + ms, then };
      world.timers.push(timer);
      return () => { world.timers = world.timers.filter((one) => one !== timer); };
    },
  });
  return { world, keeper, phase: () => phaseOf(keeper.state()) };
}

describe('a text that saves itself', () => {
  it('is in this browser at once, at the centre when the fingers rest, and then forgotten here', async () => {
    const { world, keeper, phase } = house();
    expect(phase()).toBe('fresh');
    keeper.type({ summary: 'Отказали' });
    expect([phase(), world.kept?.fields.summary]).toEqual(['unsaved', 'Отказали']);
    await world.pass(REST_MS);
    expect([phase(), world.centre.fields.summary, world.kept, world.saves]).toEqual(['saved', 'Отказали', null, 1]);
  });

  it('leaves within its time though the fingers never rest', async () => {
    const { world, keeper } = house();
    for (let n = 0; n < 10; n += 1) {
      keeper.type({ summary: 'а'.repeat(n + 1) });
      await world.pass(100);
    }
    expect(world.saves).toBe(1);
    expect(world.centre.fields.summary.length).toBe(AT_MOST_MS / 100);
  });

  it('is sent one version at a time; what was typed meanwhile follows', async () => {
    const { world, keeper, phase } = house();
    world.hold = true;
    keeper.type({ summary: 'а' });
    await world.pass(REST_MS);
    keeper.type({ summary: 'аб' });
    await world.pass(5_000);
    expect([world.saves, phase()]).toEqual([1, 'saving']);
    world.hold = false;
    world.answers.forEach((answer) => answer());
    await world.calm();
    await world.pass(REST_MS);
    expect([world.saves, world.centre.fields.summary, phase()]).toEqual([2, 'аб', 'saved']);
  });

  it('waits out a lost network, here and whole, and goes on when it is back', async () => {
    const { world, keeper, phase } = house();
    world.fault = { kind: 'no_link' };
    keeper.type({ summary: 'Без сети' });
    await world.pass(REST_MS);
    keeper.type({ answer: 'Пишу дальше' });
    await world.pass(3_000);
    expect([phase(), world.kept?.fields]).toEqual(['no_link', { summary: 'Без сети', answer: 'Пишу дальше', topics: [] }]);
    world.fault = null;
    keeper.again();
    await world.calm();
    expect([phase(), world.centre.fields.answer, world.kept]).toEqual(['saved', 'Пишу дальше', null]);
  });

  it('tries by itself too, with patience', async () => {
    const { world, keeper, phase } = house();
    world.fault = { kind: 'no_link' };
    keeper.type({ summary: 'x' });
    await world.pass(60_000);
    expect(world.saves).toBeLessThan(15);
    world.fault = null;
    await world.pass(11_000);
    expect(phase()).toBe('saved');
  });

  it('outlives the session', async () => {
    const { world, keeper, phase } = house();
    world.fault = { kind: 'signed_out' };
    keeper.type({ summary: 'После выхода' });
    await world.pass(REST_MS);
    expect([phase(), world.kept?.fields.summary]).toEqual(['signed_out', 'После выхода']);
    const again = house({ version: 1, fields: empty }, world.kept);
    expect(again.keeper.state().fields.summary).toBe('После выхода');
    await again.world.pass(0);
    expect([again.phase(), again.world.centre.fields.summary]).toEqual(['saved', 'После выхода']);
  });

  it('does not send a refused text again until it changes', async () => {
    const { world, keeper, phase } = house();
    world.fault = { kind: 'refused', code: 'too_long' };
    keeper.type({ summary: 'ы'.repeat(100_000) });
    await world.pass(60_000);
    expect([phase(), world.saves, world.kept?.fields.summary.length]).toEqual(['refused', 1, 100_000]);
    world.fault = null;
    keeper.type({ summary: 'ы' });
    await world.pass(REST_MS);
    expect(phase()).toBe('saved');
  });

  it('says at the end of a flush whether all is there', async () => {
    const { world, keeper } = house();
    keeper.type({ summary: 'x' });
    expect(await keeper.flush()).toBe(true);
    world.fault = { kind: 'no_link' };
    keeper.type({ summary: 'y' });
    expect(await keeper.flush()).toBe(false);
  });
});

describe('two people on one text', () => {
  const base: Text = { summary: 'было', answer: 'было', topics: ['a'] };

  function quarrel() {
    const made = house({ version: 3, fields: base });
    made.world.centre = { version: 4, fields: { summary: 'их суть', answer: 'было', topics: ['b'] } };
    made.keeper.type({ summary: 'моя суть', answer: 'мой ответ' });
    return made;
  }

  it('shows both versions, proposes where only one changed, and leaves the rest to a person', async () => {
    const { world, keeper, phase } = quarrel();
    await world.pass(10_000);
    expect([phase(), world.saves]).toEqual(['stale', 1]);
    expect(differences(keeper.state()).map(({ name, mine, theirs, proposed }) => [name, mine, theirs, proposed])).toEqual([
      ['summary', 'моя суть', 'их суть', null], ['answer', 'мой ответ', 'было', 'mine'], ['topics', ['a'], ['b'], 'theirs'],
    ]);
    keeper.settle({ summary: 'theirs', answer: 'mine', topics: 'theirs' });
    await world.calm();
    expect([phase(), world.centre]).toEqual(['saved', { version: 5, fields: { summary: 'их суть', answer: 'мой ответ', topics: ['b'] } }]);
  });

  it('takes theirs as a whole without writing anything', async () => {
    const { world, keeper, phase } = quarrel();
    await world.pass(REST_MS);
    keeper.settle({ summary: 'theirs', answer: 'theirs', topics: 'theirs' });
    await world.calm();
    expect([phase(), world.centre.version, keeper.state().fields.summary, world.kept]).toEqual(['fresh', 4, 'их суть', null]);
  });

  it('mine stays mine where nothing is picked', () => {
    const { keeper } = quarrel();
    const draft = { ...keeper.state(), trouble: { kind: 'stale', theirs: { version: 9, fields: { ...base, summary: 'их' }, by: null, at: null } } } as const;
    expect(settled(draft, {}).fields.summary).toBe('моя суть');
  });

  it('an answer that was lost on its way is no quarrel with oneself', async () => {
    const { world, keeper, phase } = house({ version: 3, fields: base });
    world.centre = { version: 4, fields: { ...base, summary: 'моё' } };
    keeper.type({ summary: 'моё' });
    await world.pass(REST_MS);
    expect(phase()).toBe('fresh');
  });

  it('a version that only moved (filed while one typed on) is no quarrel', async () => {
    const { world, keeper, phase } = house({ version: 3, fields: base });
    world.centre = { version: 4, fields: base };
    keeper.type({ summary: 'дальше' });
    await world.pass(2 * REST_MS);
    expect([phase(), world.centre]).toEqual(['saved', { version: 5, fields: { ...base, summary: 'дальше' } }]);
  });

  it('what this browser kept meets a version that came meanwhile', () => {
    const kept: Kept<Text> = { base: { version: 3, fields: base }, fields: { ...base, summary: 'здесь' } };
    expect(phaseOf(opened({ version: 3, fields: base }, kept))).toBe('unsaved');
    expect(phaseOf(opened({ version: 4, fields: { ...base, answer: 'их' } }, kept))).toBe('stale');
    expect(phaseOf(opened({ version: 4, fields: kept.fields }, kept))).toBe('fresh');
  });

  it('a version of others is simply shown where nothing of ours is unsaved', () => {
    const { keeper } = house({ version: 3, fields: base });
    keeper.refresh({ version: 4, fields: { ...base, answer: 'их' } });
    expect(keeper.state().fields.answer).toBe('их');
  });
});
