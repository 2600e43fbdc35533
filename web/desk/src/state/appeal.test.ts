//! The appeal on the screen: what is missing, who may speak, which results and topics are offered.
import { describe, expect, it } from 'vitest';
import type { AppealFields, TopicGroup } from '../transport/appeals';
import { addressOf, choiceOfKey, leftSay, missingOf, namesOf, resultChoice, shortName, tooLong, whoChoices } from './appeal';
import { findTopics } from './topics';

const blank: AppealFields = {
  kind: 'consultation', topics: [], asked: '', answered: '', result: null,
  speaker: { is: 'unknown', person: null }, for_whom: { is: 'self', person: null, relation: null },
};

describe('what is missing', () => {
  it.each([
    [{}, ['speaker', 'topic', 'asked', 'result'], 'left-many'],
    [{ asked: '  \n ' }, ['speaker', 'topic', 'asked', 'result'], 'left-many'],
    [{ speaker: { is: 'did_not_say', person: null }, asked: 'x' }, ['topic', 'result'], 'left-two'],
    [{ speaker: { is: 'did_not_say', person: null }, asked: 'x', topics: ['t'] }, ['result'], 'left-one'],
    [{ speaker: { is: 'person', person: 'p' }, asked: 'x', topics: ['t'], result: 'r' }, [], 'left-nothing'],
  ] as const)('%j', (change, missing, key) => {
    const found = missingOf({ ...blank, ...change } as AppealFields);
    expect([found, leftSay(found).key]).toEqual([missing, key]);
  });

  it('counts letters, not their halves, and only where a text is long', () => {
    expect(tooLong('я'.repeat(4_000))).toBeNull();
    expect(tooLong('😀'.repeat(4_000))).toBeNull();
    expect(tooLong('я'.repeat(100_000))).toEqual({ length: 100_000, limit: 4_000 });
  });
});

describe('who speaks', () => {
  const olga = { id: 'o', given_name: 'Ольга', patronymic: 'Сергеевна' };
  const nina = { id: 'n', given_name: 'Нина', patronymic: 'Петровна' };

  it('offers the people of the number, another, nobody; keys follow the places', () => {
    const choices = whoChoices([olga, nina]);
    expect(choices.map((one) => one.kind)).toEqual(['person', 'person', 'other', 'did_not_say']);
    expect(choiceOfKey(choices, 'Digit2')).toEqual({ kind: 'person', person: nina });
    expect(choiceOfKey(choices, 'Digit4')).toEqual({ kind: 'did_not_say' });
    expect([choiceOfKey(choices, 'Digit5'), choiceOfKey(choices, 'KeyA')]).toEqual([null, null]);
    expect(whoChoices([]).map((one) => one.kind)).toEqual(['other', 'did_not_say']);
  });

  it('names', () => {
    expect(addressOf(olga)).toBe('Ольга Сергеевна');
    expect(shortName({ id: 'o', family_name: 'Вымыслова', given_name: 'Ольга', patronymic: 'Сергеевна' })).toBe('Вымыслова О. С.');
    expect(shortName({ id: 'o', family_name: '', given_name: 'Ольга', patronymic: '' })).toBe('Ольга');
  });

  it.each([
    ['Вымыслова Ольга Сергеевна', 'Вымыслова', 'Ольга', 'Сергеевна'],
    ['Ольга Сергеевна Вымыслова', 'Вымыслова', 'Ольга', 'Сергеевна'],
    ['Ольга Сергеевна', '', 'Ольга', 'Сергеевна'],
    ['Макетов Егор', 'Макетов', 'Егор', ''],
    ['  Ольга ', '', 'Ольга', ''],
    ['Мамедов Али Гасан оглы', 'Мамедов', 'Али', 'Гасан оглы'],
  ])('«%s» as dictated', (line, family_name, given_name, patronymic) => {
    expect(namesOf(line)).toEqual({ family_name, given_name, patronymic });
  });
});

it('results: six chips in their order, the rest under «Другой», nothing that is offered no more', () => {
  const result = (id: string, active = true) => ({ id, name: id, active });
  const all = ['spam', 'signal_passed', 'number_given', 'connected', 'booked', 'callback_promised', 'explained'].map((id) => result(id));
  const { chips, more } = resultChoice([...all, result('old', false)], null);
  expect(chips.map((one) => one.id)).toEqual(['explained', 'callback_promised', 'booked', 'connected', 'number_given', 'signal_passed']);
  expect(more.map((one) => one.id)).toEqual(['spam']);
  expect(resultChoice([result('old', false)], 'old').more.map((one) => one.id)).toEqual(['old']);
});

describe('topics', () => {
  const topic = (id: string, name: string, says: string[] = [], active = true) => ({ id, name, says, active });
  const groups: TopicGroup[] = [
    { id: 'children', name: 'Семьи с детьми', active: true, topics: [topic('unified', 'Единое пособие на детей и беременным', ['детские путинские']), topic('camp', 'Путёвки в лагерь'), topic('gone', 'Единое прежнее', [], false)] },
    { id: 'veterans', name: 'Ветераны', active: true, topics: [topic('victory', 'Карта Победы', ['победная карта'])] },
  ];
  it.each([
    ['', ['unified', 'camp', 'victory']],
    ['единым пособием', ['unified']],
    ['путевка', ['camp']],
    ['путинские', ['unified']],
    ['ветер', ['victory']],
    ['rfhnf', ['victory']],
    ['дети лагерь', ['camp']],
    ['пенсия', []],
  ])('«%s»', (query, ids) => {
    expect(findTopics(groups, query).flatMap((found) => found.topics.map((one) => one.id))).toEqual(ids);
  });
});
