//! The topic as the heading of the sheet: a tree that is searched by what people say, all by keyboard.
import { Popover, UnstyledButton } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Icon } from '../../parts/Icon';
import { TOPICS_MAX } from '../../state/appeal';
import { findTopics, topicOf } from '../../state/topics';
import type { TopicTree } from '../../transport/appeals';
import { useWords } from '../../words/words';

interface ListProps {
  tree: TopicTree;
  chosen: readonly string[];
  pick: (id: string) => void;
  close: () => void;
}

/** The searchable tree. */
function TopicList({ tree, chosen, pick, close }: ListProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const name = useId();
  const found = useMemo(() => findTopics(tree.groups, query), [tree, query]);
  const flat = found.flatMap((one) => one.topics);
  const current = flat[Math.min(at, flat.length - 1)];
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.min(flat.length - 1, Math.max(0, Math.min(at, flat.length - 1) + step)));
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      if (current) pick(current.id);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
  };
  return (
    <div className="topics">
      <div className="q">
        <Icon name="search" />
        <input autoFocus role="combobox" aria-label={t('topic-search')} aria-expanded="true" aria-controls={name} aria-autocomplete="list"
          aria-activedescendant={current ? `${name}-${current.id}` : undefined} placeholder={t('topic-placeholder')} value={query} maxLength={100}
          onChange={(event) => { setQuery(event.target.value); setAt(0); }} onKeyDown={key} />
      </div>
      <div className="topics-list" id={name} role="listbox" aria-label={t('topic-list')} ref={list} tabIndex={-1}>
        {found.map(({ group, topics }) => (
          <div key={group.id} role="group" aria-labelledby={`${name}-g-${group.id}`}>
            <p className="topics-g" id={`${name}-g-${group.id}`} role="presentation">{group.name}</p>
            {topics.map((topic) => (
              <div key={topic.id} id={`${name}-${topic.id}`} role="option" aria-selected={topic === current} className="topics-i"
                onMouseMove={() => setAt(flat.indexOf(topic))} onMouseDown={(event) => event.preventDefault()} onClick={() => pick(topic.id)}>
                <span>{topic.name}</span>{chosen.includes(topic.id) && <Icon name="check" />}
              </div>
            ))}
          </div>
        ))}
      </div>
      {flat.length === 0 && <div className="topics-none" role="status"><p className="strong">{t('topic-none', { query })}</p><p className="dim">{t('topic-none-sub')}</p></div>}
    </div>
  );
}

/** Topics of an appeal: the first is the heading, the others stand beside it as small words. */
export function TopicPicker({ tree, topics, change, need }: { tree: TopicTree | null; topics: string[]; change: (topics: string[]) => void; need: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState<'main' | 'more' | null>(null);
  const [main, ...more] = topics;
  const found = main === undefined || tree === null ? null : topicOf(tree.groups, main);
  const nameOf = (id: string): string => (tree && topicOf(tree.groups, id)?.topic.name) ?? t('topic-unknown', { id });
  const pick = (id: string): void => {
    if (open === 'main') change([id, ...more.filter((one) => one !== id)]);
    else if (!topics.includes(id)) change([...topics, id].slice(0, TOPICS_MAX));
    setOpen(null);
  };
  const drop = (id: string): void => change(topics.filter((one) => one !== id));
  return (
    <div className="topic-row">
      <Popover opened={open === 'main' && tree !== null} onChange={(to) => !to && setOpen(null)} position="bottom-start" width={560} trapFocus returnFocus withRoles transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <UnstyledButton className={`topic${main === undefined ? ' topic--none' : ''}${need ? ' topic--need' : ''}`} data-part="topic" aria-haspopup="listbox" aria-expanded={open === 'main'}
            onClick={() => setOpen(open === 'main' ? null : 'main')}>
            <span>{main !== undefined && <span className="vh">{t('topic-is')} </span>}{found && <span className="path">{found.group.name}</span>}<span className="topic-name">{main === undefined ? t('topic-choose') : nameOf(main)}</span></span>
            <Icon name="chevron" />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className="float">{tree !== null && <TopicList tree={tree} chosen={topics} pick={pick} close={() => setOpen(null)} />}</Popover.Dropdown>
      </Popover>
      {more.map((id) => (
        <UnstyledButton key={id} className="topic-more" aria-label={t('topic-drop', { topic: nameOf(id) })} title={nameOf(id)} onClick={() => drop(id)}><span>{nameOf(id)}</span><Icon name="close" /></UnstyledButton>
      ))}
      {main !== undefined && topics.length < TOPICS_MAX && (
        <Popover opened={open === 'more' && tree !== null} onChange={(to) => !to && setOpen(null)} position="bottom-start" width={560} trapFocus returnFocus withRoles transitionProps={{ duration: 0 }}>
          <Popover.Target>
            <UnstyledButton className="iconbtn" aria-label={t('topic-more')} aria-haspopup="listbox" aria-expanded={open === 'more'} onClick={() => setOpen(open === 'more' ? null : 'more')}><Icon name="plus" /></UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className="float">{tree !== null && <TopicList tree={tree} chosen={topics} pick={pick} close={() => setOpen(null)} />}</Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
