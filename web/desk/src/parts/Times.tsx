//! Moments in words: time of day, with the day where it is not today.
import { clockTime, dayWord, shortDate } from '../state/clock';
import { useWords } from '../words/words';

/** The word of a day ("вчера", "12 окт."); nothing for today. */
export function useDay(): (ms: number, now: number) => string | null {
  const { t, language } = useWords();
  return (ms, now) => {
    const word = dayWord(ms, now);
    if (word === 'today') return null;
    return word === 'other' ? shortDate(ms, now, language) : t(`day-${word}`);
  };
}

/** The time of a row, the day small below it. */
export function When({ at, now }: { at: number; now: number }) {
  const day = useDay()(at, now);
  return (
    <time dateTime={new Date(at).toISOString()}>
      {clockTime(at)}
      {day !== null && <> <small className="day">{day}</small></>}
    </time>
  );
}
