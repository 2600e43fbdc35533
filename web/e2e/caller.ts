//! A caller: sipp with a scenario of ours and a steady tone.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aLawTone } from './sound.ts';

/** Whom to call, from which number, with which tone. */
export interface Call {
  sip: string;
  number: string;
  from: string;
  hz: number;
}

/** Nothing in these tests lasts longer, s. */
const AT_MOST_S = 100;

/** A call that goes on. */
export class Caller {
  #folder = mkdtempSync(join(tmpdir(), 'otklik-caller-'));
  #process: ChildProcess;
  #ended: Promise<unknown>;
  #log = '';

  constructor(call: Call) {
    const tone = join(this.#folder, 'tone.al');
    writeFileSync(tone, aLawTone(call.hz, 1));
    const scenario = join(this.#folder, 'caller.xml');
    const source = readFileSync(join(import.meta.dirname, 'sipp/caller.xml'), 'utf8');
    writeFileSync(scenario, source.replaceAll('[caller]', call.from).replaceAll('[tone]', tone));
    // Own media ports: two sipps of one machine would otherwise take each other's.
    const media = 40_000 + 4 * Math.floor(Math.random() * 4_000);
    this.#process = spawn(
      'sipp',
      [call.sip, '-sf', scenario, '-s', call.number, '-m', '1', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-mp', `${media}`,
        '-timeout', `${AT_MOST_S}s`, '-timeout_error', '-nostdin', '-trace_err', '-error_file', join(this.#folder, 'errors.log')],
      { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process.stdout?.on('data', (chunk: Buffer) => (this.#log = (this.#log + chunk.toString()).slice(-4_000)));
    this.#process.stderr?.on('data', (chunk: Buffer) => (this.#log = (this.#log + chunk.toString()).slice(-4_000)));
    this.#ended = once(this.#process, 'exit');
  }

  /** Waits until the other side has hung up, and tells whether the whole scenario went well. */
  async finished(): Promise<void> {
    await this.#ended;
    if (this.#process.exitCode !== 0) throw new Error(`sipp ended with ${this.#process.exitCode ?? this.#process.signalCode}:\n${this.#log}\n${this.#errors()}`);
  }

  /** Lets go of the line without a word, and tidies up. */
  async drop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGKILL');
      await this.#ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #errors(): string {
    try {
      return readFileSync(join(this.#folder, 'errors.log'), 'utf8');
    } catch {
      return '';
    }
  }
}
