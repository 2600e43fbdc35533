//! Plays a recording: the browser's player behind our own controls.
import { Slider, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { span } from '../state/clock';
import { note } from '../state/walk';
import { useWords } from '../words/words';
import { Icon } from './Icon';

/** A recording with play, pause and a place to seek. Begins by itself: it was opened by a press on «Слушать». */
export function Player({ url, durationMs, hushed }: { url: string; durationMs: number; hushed: boolean }) {
  const { t } = useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(durationMs / 1000);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    // A browser that forbids to begin without a press leaves the button to press.
    audio.current?.play().catch(() => undefined);
  }, [url]);

  useEffect(() => {
    // Somebody calls: an old talk must not speak over a new one.
    if (hushed) audio.current?.pause();
  }, [hushed]);

  const toggle = (): void => {
    const player = audio.current;
    if (player === null) return;
    if (failed) player.load();
    setFailed(false);
    if (player.paused) player.play().catch(() => setFailed(true));
    else player.pause();
  };
  const seek = (seconds: number): void => {
    setAt(seconds);
    if (audio.current !== null) audio.current.currentTime = seconds;
  };
  const times = { at: span(at * 1000), total: span(length * 1000) };

  return (
    <div className="player">
      <audio ref={audio} src={url} preload="metadata" data-part="recording"
        onPlay={() => {
          setPlaying(true);
          note('hear');
        }} onPause={() => setPlaying(false)} onEnded={() => setPlaying(false)} onError={() => setFailed(true)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => Number.isFinite(event.currentTarget.duration) && setLength(event.currentTarget.duration)} />
      <UnstyledButton className="playbtn" aria-label={t(playing ? 'recording-pause' : 'recording-play')} onClick={toggle}>
        <Icon name={playing ? 'pause' : 'play'} />
      </UnstyledButton>
      <Slider className="seek" label={null} min={0} max={Math.max(1, Math.ceil(length))} step={1} value={Math.round(at)} onChange={seek} size={6}
        thumbLabel={t('recording-seek')} thumbProps={{ 'aria-valuetext': t('recording-at', times) }} />
      <span className="time" role={failed ? 'alert' : undefined}>{failed ? t('recording-failed') : <><b>{times.at}</b> / {times.total}</>}</span>
    </div>
  );
}
