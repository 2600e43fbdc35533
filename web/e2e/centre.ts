//! A centre of its own for a test: the real binary on free ports with an empty data folder. Can be killed and started again.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { wavTone } from './sound.ts';

/** Who can sign in. */
export interface Login {
  id: string;
  password: string;
}

interface Ready {
  ready: true;
  http: string;
  sip: string;
  people?: Login[];
}

/** The binary under test. */
export const BINARY = process.env['OTKLIK_BIN'] ?? resolve(import.meta.dirname, '../../target/debug/otklik');
const READY_WITHIN_MS = 30_000;
const MEDIA_PORTS = 200;

async function udpFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

/** A range of media ports that nobody uses just now. */
async function mediaRange(): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const low = 20_000 + 2 * Math.floor(Math.random() * 9_000);
    const probes = await Promise.all([0, 1, 2, MEDIA_PORTS - 2, MEDIA_PORTS - 1].map((step) => udpFree(low + step)));
    if (probes.every(Boolean)) return `${low}-${low + MEDIA_PORTS - 1}`;
  }
  throw new Error('no free range of media ports');
}

/** A free TCP port, for what must keep its address over a restart. */
async function tcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** How a centre is started, beyond what every test needs. */
export interface Setup {
  args: string[];
  /** The address of the pages; that of HTTP where it is not given. */
  url?: string;
}

/** A running demonstration centre. */
export class Centre {
  #data = mkdtempSync(join(tmpdir(), 'otklik-e2e-'));
  #process: ChildProcess | null = null;
  #ready: Ready | null = null;
  #people: Login[] = [];
  #media = '';
  #url: string | undefined;
  #log: string[] = [];
  #args: string[] = [];

  /** Starts a centre with an empty data folder: the demonstration, or with other arguments and a file of options (YAML). */
  static async start(args: string[] = ['--demo'], config?: string): Promise<Centre> {
    return await Centre.#start(() => ({ args }), config);
  }

  /** Starts a demonstration that is told its own address: with more arguments, and opened at another one. */
  static async startAt(setup: (http: string) => Setup): Promise<Centre> {
    return await Centre.#start((http) => {
      const { args, url } = setup(http);
      return { args: ['--demo', ...args], ...(url === undefined ? {} : { url }) };
    });
  }

  static async #start(setup: (http: string) => Setup, config?: string): Promise<Centre> {
    const centre = new Centre();
    const http = `127.0.0.1:${await tcpPort()}`;
    const { args, url } = setup(http);
    centre.#url = url;
    centre.#args = args;
    if (config !== undefined) {
      const file = join(centre.#data, 'options.yaml');
      writeFileSync(file, config);
      centre.#args = [...args, '--config', file];
    }
    try {
      centre.#media = await mediaRange();
      await centre.#spawn(http, '127.0.0.1:0');
      if (url === undefined && centre.#people.length > 0) await centre.#speakBriefly();
      return centre;
    } catch (error) {
      // A centre that never became ready must not outlive its test.
      await centre.stop();
      throw error;
    }
  }

  /** Prepares a centre that is no demonstration: nobody works there, and a link waits for the first administrator. */
  static async startNew(): Promise<{ centre: Centre; link: string }> {
    const centre = new Centre();
    try {
      centre.#media = await mediaRange();
      const http = `127.0.0.1:${await tcpPort()}`;
      const said = execFileSync(BINARY, ['init', '--data', centre.#data, '--public-url', `http://${http}`, '--name', 'nadya']).toString();
      const link = said.split('\n').find((line) => line.includes('/welcome/'))?.trim();
      if (link === undefined) throw new Error(`init printed no link: ${said}`);
      await centre.#spawn(http, '127.0.0.1:0');
      return { centre, link };
    } catch (error) {
      await centre.stop();
      throw error;
    }
  }

  /** What the administrator asks of the API. */
  async asAdministrator(method: string, path: string, body?: unknown): Promise<Response> {
    const cookie = await this.#administrator();
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return await fetch(`${this.url}/api/${path}`, { method, headers: { cookie, 'content-type': 'application/json' }, ...init });
  }

  /** Takes the recorder away from the first line: whoever calls while it is closed hears our promise and is let go. */
  async withoutRecorder(): Promise<void> {
    const { lines } = (await (await this.asAdministrator('GET', 'setup/lines')).json()) as { lines: Record<string, unknown>[] };
    const { id, version, name, number, recorded, keep_days, hours, days } = lines[0] ?? {};
    const set = await this.asAdministrator('PUT', `setup/lines/${String(id)}`, { version, name, number, recorded, keep_days, recorder: false, hours, days });
    if (!set.ok) throw new Error(`the line keeps its recorder: ${set.status} ${await set.text()}`);
  }

  async #administrator(): Promise<string> {
    const { id: name, password } = this.login('oleg');
    const signedIn = await fetch(`${this.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) });
    return signedIn.headers.getSetCookie().map((set) => set.split(';')[0]).join('; ');
  }

  /** The opening words become a short sign, as an administrator would set them: what they say is heard out by the tests on the telephone. */
  async #speakBriefly(): Promise<void> {
    const address = (path: string): string => `${this.url}/api/${path}`;
    const cookie = await this.#administrator();
    for (const prompt of ['greeting', 'recording_notice', 'danger_first']) {
      const set = await fetch(address(`setup/prompts/${prompt}/sound?version=0&file=short.wav`), { method: 'PUT', headers: { cookie, 'content-type': 'audio/wav' }, body: new Uint8Array(wavTone(200, 0.3)) });
      if (!set.ok) throw new Error(`${prompt} stays long: ${set.status} ${await set.text()}`);
    }
  }

  /** Address of the pages. */
  get url(): string {
    return this.#url ?? `http://${this.#now().http}`;
  }

  /** The data folder. */
  get data(): string {
    return this.#data;
  }

  /** Address to call. */
  get sip(): string {
    return this.#now().sip;
  }

  /** The password of somebody. */
  login(id: string): Login {
    const found = this.#people.find((one) => one.id === id);
    if (!found) throw new Error(`nobody is called ${id}: ${this.#people.map((one) => one.id).join(', ')}`);
    return found;
  }

  /** Everybody who can sign in. */
  get people(): Login[] {
    return this.#people;
  }

  /** The end without any chance to tidy up: what a power cut does. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts again with the same data and the same ports. */
  async restart(): Promise<void> {
    const before = this.#now();
    await this.#spawn(before.http, before.sip);
  }

  /** What `otklik verify` says of the store beside the running server; nothing where it is sound. */
  async verify(): Promise<string> {
    const child = spawn(BINARY, ['verify', '--data', this.#data], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child, 'close');
    return child.exitCode === 0 ? '' : said || `verify ended with ${child.exitCode}`;
  }

  /** Stops and throws the data away. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** What the centre has written to its log. */
  get log(): string {
    return this.#log.join('');
  }

  #now(): Ready {
    if (this.#ready === null) throw new Error('the centre is not started');
    return this.#ready;
  }

  async #spawn(http: string, sip: string): Promise<void> {
    const child = spawn(
      BINARY,
      ['serve', ...this.#args, '--data', this.#data, '--http', http, '--sip', sip, '--media-ports', this.#media],
      { env: { ...process.env, OTKLIK_READY_JSON: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process = child;
    child.stderr?.on('data', (chunk: Buffer) => this.#log.push(chunk.toString()));
    const ready = await new Promise<Ready>((done, fail) => {
      const timer = setTimeout(() => fail(this.#trouble('did not become ready')), READY_WITHIN_MS);
      child.once('error', (error) => fail(error));
      child.once('exit', (code) => fail(this.#trouble(`ended with ${code}`)));
      createInterface({ input: child.stdout! }).on('line', (line) => {
        this.#log.push(`${line}\n`);
        if (!line.startsWith('{"ready":')) return;
        clearTimeout(timer);
        done(JSON.parse(line) as Ready);
      });
    });
    child.removeAllListeners('exit');
    this.#ready = ready;
    // Passwords live in the database: a restart need not print them again.
    if (ready.people?.length) this.#people = ready.people;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(timer);
  }

  #trouble(what: string): Error {
    return new Error(`${BINARY} ${what}:\n${this.#log.join('').slice(-4_000)}`);
  }
}
