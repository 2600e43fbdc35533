//! The caller's page: asks what the centre says, and draws what the caller's state is. Light on purpose: residents come
//! with old telephones and slow networks.
import '@fontsource-variable/golos-text';
import '../look/tokens.css';
import '../look/call.css';
import { readableNumber } from '../state/number';
import { Caller, type State } from './caller';
import { callScreen } from './callScreen';
import { el, mark } from './dom';
import { callerPage, type CallerPage, type PageLine } from './link';
import { askingScreen, endedScreen, heading, noMicrophoneScreen, noSoundScreen, offScreen, startScreen, telephone, unreachedScreen, type Drawn, type Scene } from './screens';
import { KEYS } from './voice';
import { language, t, turnLanguage } from './words';

const REFRESH_MS = 10_000;
const TICK_MS = 500;

const loudspeaker = el('audio', { autoplay: true, 'data-part': 'telephone' });
const main = el('main', { id: 'main' });
const head = el('header', { class: 'head' });
const foot = el('footer', { class: 'foot' });
let page: CallerPage | null = null;
let reached = true;
let drawnAs = '';
let drawn: Drawn | null = null;

const caller = new Caller(loudspeaker, () => show());

/** The line that is called: the one in the address, or the first. */
function lineOf(found: CallerPage): PageLine | undefined {
  const wanted = new URLSearchParams(location.search).get('line');
  return found.lines.find((line) => line.id === wanted) ?? found.lines[0];
}

function screen(state: State, scene: Scene): Drawn {
  switch (state.name) {
    case 'start': return scene.page.on ? startScreen(scene, state) : offScreen(scene.line);
    case 'asking': return askingScreen();
    case 'no_microphone': return noMicrophoneScreen(scene, state);
    case 'no_sound': return noSoundScreen(scene);
    case 'call': return callScreen(scene);
    case 'ended': return endedScreen(scene, state);
  }
}

/** What has to differ for a screen to be drawn anew. A start page that is only refreshed keeps field and focus. */
function kindOf(state: State): string {
  const more = state.name === 'start' ? `${caller.speaker} ${page?.on} ${state.refused?.code} ${state.refused?.seconds}` : state.name === 'no_microphone' ? state.why : '';
  return `${language()} ${state.name} ${more}`;
}

function drawFrame(line: PageLine | undefined): void {
  document.documentElement.lang = language();
  document.title = t('call-title');
  const number = line === undefined ? null : telephone(line.number)(readableNumber(line.number));
  if (number !== null) number.className = 'tel';
  head.replaceChildren(el('div', { class: 'wrap' }, mark(), el('b', {}, t('call-brand')), number));
  foot.replaceChildren(el('div', { class: 'wrap' }, el('button', { type: 'button', class: 'aslink', lang: language() === 'ru' ? 'en' : 'ru', onclick: () => { turnLanguage(); show(); } }, t('call-other-language'))));
}

function draw(kind: string, next: Drawn, line?: PageLine): void {
  const first = drawnAs === '';
  const turned = first || drawnAs.split(' ')[0] !== language();
  [drawnAs, drawn] = [kind, next];
  if (turned || head.childElementCount === 0 || line !== undefined) drawFrame(line);
  main.replaceChildren(el('div', { class: 'wrap stack' }, ...next.parts));
  // Whoever hears the page is told that it is another one now; at the very first the browser does it.
  if (!first) main.querySelector('h1')?.focus({ preventScroll: true });
}

function show(): void {
  const line = page === null ? undefined : lineOf(page);
  if (page === null || line === undefined) {
    const kind = `${language()} ${reached ? 'loading' : 'unreached'}`;
    if (kind !== drawnAs) draw(kind, reached ? { parts: [heading(t('call-loading'))] } : unreachedScreen(() => void refresh()));
    return;
  }
  const kind = kindOf(caller.state);
  if (kind === drawnAs) return drawn?.update?.();
  draw(kind, screen(caller.state, { caller, page, line }), line);
}

async function refresh(): Promise<void> {
  try {
    const found = await callerPage();
    if (page === null && found.demo && new URLSearchParams(location.search).get('voice') === 'sample') caller.speaker = 'sample';
    page = found;
    reached = true;
  } catch {
    reached = false;
  }
  show();
}

/** Keys of the keyboard are keys of the telephone, while one calls. */
function typed(event: KeyboardEvent): void {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat;
  if (plain && caller.state.name === 'call' && KEYS.some((key) => key === event.key)) caller.press(event.key);
}

const skip = el('a', { class: 'skip', href: '#main' }, t('call-skip'));
document.getElementById('root')?.append(skip, head, main, foot, loudspeaker);
document.addEventListener('keydown', typed);
show();
void refresh().then(() => caller.resume());
setInterval(() => {
  if (caller.state.name === 'start' && document.visibilityState === 'visible') void refresh();
}, REFRESH_MS);
setInterval(() => drawn?.update?.(), TICK_MS);
