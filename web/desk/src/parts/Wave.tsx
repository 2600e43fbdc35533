//! A recording with its two voices drawn: the caller above, the specialist below. By keyboard: space, arrows (5 s), Home, End.
import { SegmentedControl, UnstyledButton } from '@mantine/core';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { span } from '../state/clock';
import { peaks as askPeaks, type Peaks } from '../transport/centre';
import { useWords } from '../words/words';
import { useSlow } from './hooks';
import { Icon } from './Icon';
import { paintWave } from './wavePaint';
import '../look/wave.css';

const STEP_S = 5;
const SPEEDS = ['1', '1.25', '1.5'] as const;
type Side = 'left' | 'right';

/** Mutes each voice: the sound goes through a mixer only once somebody asks for it. */
class Mixer {
  #gains: Record<Side, GainNode> | null = null;

  set(audio: HTMLAudioElement, side: Side, muted: boolean): void {
    if (this.#gains === null) {
      const context = new AudioContext();
      const split = context.createChannelSplitter(2);
      const join = context.createChannelMerger(2);
      const gains = { left: context.createGain(), right: context.createGain() };
      context.createMediaElementSource(audio).connect(split);
      split.connect(gains.left, 0).connect(join, 0, 0);
      split.connect(gains.right, 1).connect(join, 0, 1);
      join.connect(context.destination);
      void context.resume();
      this.#gains = gains;
    }
    this.#gains[side].gain.value = muted ? 0 : 1;
  }
}

function useShape(call: string): { shape: Peaks | null; failed: boolean } {
  const [found, setFound] = useState<{ shape: Peaks | null; failed: boolean }>({ shape: null, failed: false });
  useEffect(() => {
    let over = false;
    setFound({ shape: null, failed: false });
    askPeaks(call).then((shape) => !over && setFound({ shape, failed: false }), () => !over && setFound({ shape: null, failed: true }));
    return () => {
      over = true;
    };
  }, [call]);
  return found;
}

/** Draws the shape anew when the place, the size or the theme changes. */
function useDrawing(canvas: RefObject<HTMLCanvasElement | null>, shape: Peaks | null, played: number, muted: Record<Side, boolean>): void {
  const draw = useCallback(() => {
    if (canvas.current === null || shape === null) return;
    const style = getComputedStyle(canvas.current);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    paintWave(canvas.current, shape, played, muted, { left: colour('--wrap'), right: colour('--accent'), rest: colour('--line-control'), line: colour('--line'), now: colour('--ink') });
  }, [canvas, shape, played, muted]);
  useEffect(draw, [draw]);
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    const again = (): void => latest.current();
    const sizes = new ResizeObserver(again);
    if (canvas.current) sizes.observe(canvas.current);
    const theme = new MutationObserver(again);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      sizes.disconnect();
      theme.disconnect();
    };
  }, [canvas]);
}

function Voice({ side, muted, toggle }: { side: Side; muted: boolean; toggle: () => void }) {
  const { t } = useWords();
  return (
    <UnstyledButton className="voice" data-side={side} aria-pressed={!muted} onClick={toggle}>
      <i aria-hidden="true" />{t(`wave-${side}`)}<span className="vh">{t(muted ? 'wave-muted' : 'wave-heard')}</span>
    </UnstyledButton>
  );
}

/** A recording of a call with its shape. Begins by itself: it was opened by a press on «Слушать». */
export function Wave({ call, url, durationMs, hushed }: { call: string; url: string; durationMs: number; hushed: boolean }) {
  const { t, language } = useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const mixer = useRef(new Mixer());
  const { shape, failed: unshaped } = useShape(call);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(durationMs / 1000);
  const [speed, setSpeed] = useState<string>('1');
  const [muted, setMuted] = useState<Record<Side, boolean>>({ left: false, right: false });
  const slow = useSlow(shape === null && !unshaped);
  useDrawing(canvas, shape, length > 0 ? at / length : 0, muted);

  useEffect(() => {
    // A browser that forbids to begin without a press leaves the button to press.
    audio.current?.play().catch(() => undefined);
  }, [url]);
  useEffect(() => {
    // Somebody calls: an old talk must not speak over a new one.
    if (hushed) audio.current?.pause();
  }, [hushed]);
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = Number(speed);
  }, [speed]);

  const toggle = (): void => {
    const player = audio.current;
    if (player === null) return;
    if (failed) player.load();
    setFailed(false);
    if (player.paused) player.play().catch(() => setFailed(true));
    else player.pause();
  };
  const seek = (seconds: number): void => {
    const place = Math.min(length, Math.max(0, seconds));
    setAt(place);
    if (audio.current) audio.current.currentTime = place;
  };
  const keys = (event: KeyboardEvent): void => {
    const acts: Record<string, () => void> = {
      ' ': toggle, ArrowRight: () => seek(at + STEP_S), ArrowLeft: () => seek(at - STEP_S), Home: () => seek(0), End: () => seek(length),
    };
    const act = acts[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const point = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    if (event.buttons === 1) seek(((event.clientX - box.left) / box.width) * length);
  };
  const mute = (side: Side): void => {
    if (audio.current) mixer.current.set(audio.current, side, !muted[side]);
    setMuted({ ...muted, [side]: !muted[side] });
  };
  const times = { at: span(at * 1000), total: span(length * 1000) };

  return (
    <div className="wave">
      <audio ref={audio} src={url} preload="metadata" data-part="recording"
        onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setPlaying(false)} onError={() => setFailed(true)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => Number.isFinite(event.currentTarget.duration) && setLength(event.currentTarget.duration)} />
      <UnstyledButton className="playbtn" aria-label={t(playing ? 'recording-pause' : 'recording-play')} onClick={toggle}><Icon name={playing ? 'pause' : 'play'} /></UnstyledButton>
      <div className="wave-place" role="slider" tabIndex={0} aria-label={t('recording-seek')} aria-valuemin={0} aria-valuemax={Math.ceil(length)} aria-valuenow={Math.round(at)}
        aria-valuetext={t('recording-at', times)} data-drawn={shape !== null} onKeyDown={keys} onPointerDown={point} onPointerMove={point}>
        <canvas ref={canvas} aria-hidden="true" />
        {slow && <span className="wave-wait" role="status" aria-label={t('loading')}><i className="skel" /><i className="skel" /></span>}
      </div>
      <div className="wave-foot">
        <Voice side="left" muted={muted.left} toggle={() => mute('left')} />
        <Voice side="right" muted={muted.right} toggle={() => mute('right')} />
        <span className="time" role={failed ? 'alert' : undefined}>{failed ? t('recording-failed') : <><b>{times.at}</b> / {times.total}</>}</span>
        <SegmentedControl className="seg" aria-label={t('wave-speed')} value={speed} onChange={setSpeed} transitionDuration={0}
          data={SPEEDS.map((value) => ({ value, label: t('wave-times', { speed: new Intl.NumberFormat(language).format(Number(value)) }) }))} />
      </div>
    </div>
  );
}
