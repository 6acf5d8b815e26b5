import './map/styles.css';
import './charts/styles.css';
import './country/styles.css';
import './workbench/styles.css';
import './lessons/styles.css';
import './seats/styles.css';
import { BakedEngine, unpack } from './engine/baked';
import type { Engine } from './engine/engine';
import { httpEngine } from './engine/http';
import { shell } from './shell';
import { newStore } from './store';
import { fill, h } from './ui/dom';

/** A report brings its data; without them there is a server to ask. */
async function chooseEngine(): Promise<Engine> {
  const data = document.getElementById('entente-data')?.textContent?.trim();
  if (data) return new BakedEngine(await unpack(data));
  return httpEngine();
}

async function start(): Promise<void> {
  const place = document.getElementById('app') as HTMLElement;
  try {
    const store = newStore();
    const engine = await chooseEngine();
    const results = await engine.initial();
    if (results) store.show(results);
    shell(place, store, engine);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    fill(
      place,
      h('main', {}, h('h1', {}, 'entente'), h('p', { class: 'error', role: 'alert' }, text)),
    );
  }
}

void start();
