//! The page of the centre in words: cards, order, alarms, the feed.
import { describe, expect, it } from 'vitest';
import type { Alarm, CentreView, Specialist } from '../transport/centre';
import { alarmView, cardView, inOrder, nextOf, phaseView, wishesOf } from './centre';
import { afterCentre, emptyCentre } from './centreFeed';

const NOW = 1_000_000;

function one(id: string, state: string, more: Partial<Specialist> & { reason?: string } = {}): Specialist {
  const { reason, ...rest } = more;
  return { id, name: id, gender: 'f', state: { state, ...(reason ? { reason } : {}) }, since: NOW - 72_000, until: null, sound: true, line: null, phase: null, changed_by: null, ...rest } as Specialist;
}

describe('a card', () => {
  it.each([
    [one('a', 'offline', { since: null }), 'offline', 'bar-offline', null],
    [one('a', 'ready'), 'ready', 'bar-ready', '01:12'],
    [one('a', 'reserved'), 'ring', 'bar-ring', '01:12'],
    [one('a', 'talking', { phase: 'talking' }), 'talk', 'centre-talks', '01:12'],
    [one('a', 'talking', { phase: 'lost' }), 'link', 'centre-lost', '01:12'],
    [one('a', 'wrap_up'), 'wrap', 'centre-writes', '01:12'],
    [one('a', 'break', { reason: 'lunch' }), 'break', 'bar-break', '01:12'],
    [one('a', 'break', { reason: 'not_ready', sound: false }), 'sound', 'bar-no-sound', '01:12'],
  ] as const)('%#', (specialist, glyph, word, time) => {
    const view = cardView(specialist, false, NOW);
    expect([view.glyph, view.word.key, view.time]).toEqual([glyph, word, time]);
  });

  it('says who changed the state, and whose the next call is', () => {
    const all = [one('anna', 'ready', { since: NOW - 5 }), one('vera', 'ready'), one('zoya', 'ready', { since: 1, sound: false })];
    expect(nextOf(all)).toBe('vera');
    expect(cardView(one('a', 'break', { reason: 'rest', changed_by: { id: 'lidia', name: 'Лидия' } }), false, NOW).by).toBe('Лидия');
  });

  it('who needs help stands first, who is away last; a talk is nobody else\'s to end', () => {
    const all = [one('a', 'offline'), one('b', 'break', { reason: 'rest' }), one('c', 'ready'), one('d', 'talking', { phase: 'lost' })];
    expect(inOrder(all).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    expect(all.map(wishesOf)).toEqual([[], ['ready', 'break', 'sign_out'], ['break', 'sign_out'], []]);
  });
});

it('an alarm has a title, more about it, and one button', () => {
  const alarm = { id: 'long_wait:main', kind: 'long_wait', since: NOW, weight: 2, line: { id: 'main', name: 'Основная' }, specialist: { id: 'vera', name: 'Вера Тестова' }, at: NOW - 150_000, action: 'call_ready', target: 'vera', seen: null } as Alarm;
  const { title, sub, button } = alarmView(alarm, NOW);
  expect([title.key, sub.args, button]).toEqual(['alarm-wait', { line: 'Основная', wait: '2:30' }, { key: 'alarm-do-call', args: { name: 'Вера' } }]);
});

it('a phase says its place and how long', () => {
  const call = { id: 'x', line: { id: 'main', name: 'm' }, phase: 'waiting', place: 3, started_at: NOW - 9_000, queued_at: NOW - 4_000, answered_at: null, caller: null, specialist: null };
  expect(phaseView(call, NOW)).toEqual({ text: { key: 'centre-phase-waiting', args: { place: 3 } }, time: '0:04' });
});

it('changes before a snapshot are nothing; later ones replace what they name', () => {
  const delta = { type: 'delta', now: 5, centre: { waiting: 2 } } as const;
  expect(afterCentre(emptyCentre, delta, 5)).toBe(emptyCentre);
  const first = afterCentre(emptyCentre, { type: 'snapshot', now: 5_000, centre: { waiting: 1, calls: [] } as unknown as CentreView }, 4_000);
  const next = afterCentre(first, delta, 5);
  expect([first.offsetMs, next.centre?.waiting, next.centre?.calls]).toEqual([1_000, 2, []]);
});
