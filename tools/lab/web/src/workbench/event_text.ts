import { isMap, isSeq } from 'yaml';
import type { Document, Node } from 'yaml';
import { parseDate } from './calendar';
import { eventOf, eventValue } from './event_form';
import type { EventForm } from './event_form';
import type { Of } from './subjects';
import { edited, read, syntaxProblems } from './variant_text';

/** Events in the text of a variant: `events`, a list or {remove, add, replace}. */

type Path = (string | number)[];

const plain = { aliasDuplicateObjects: false }; // no anchors in a text for people
const shortChange = 120; // of JSON, which is longer than YAML

export interface VariantEvent {
  path: Path; // where it stands in the text
  id: string; // empty: none given
  date: string;
  duration: string;
  note: string;
  form: EventForm | null; // null: only the YAML has room for it
}

export interface VariantEvents {
  events: VariantEvent[];
  removed: string[]; // ids of the scenario's events
  replaced: boolean; // none of the scenario's events is left
}

function lists(document: Document.Parsed): Path[] {
  const events = document.get('events');
  if (isSeq(events)) return [['events']];
  if (!isMap(events)) return [];
  return ['replace', 'add'].filter((key) => isSeq(events.get(key))).map((key) => ['events', key]);
}

export function eventsOf(text: string): VariantEvents {
  const found: VariantEvents = { events: [], removed: [], replaced: false };
  if (syntaxProblems(text).length > 0) return found;
  const document = read(text);
  if (!isMap(document.contents)) return found;
  for (const path of lists(document)) {
    const items: unknown = (document.getIn(path) as Node).toJS(document);
    if (!Array.isArray(items)) continue;
    items.forEach((item: unknown, place) => {
      const { id, date, duration, note } = (item ?? {}) as Record<string, unknown>;
      const words = [id, date, duration, note].map((part) => (part == null ? '' : String(part)));
      const [name = '', day = '', time = '', why = ''] = words;
      const form = eventOf(item);
      found.events.push({
        path: [...path, place], id: name, date: day, duration: time, note: why, form,
      });
    });
  }
  const events = document.get('events');
  if (isMap(events)) {
    found.replaced = events.has('replace');
    const removed = events.get('remove');
    if (isSeq(removed)) found.removed = (removed.toJS(document) as unknown[]).map(String);
  }
  return found;
}

/** Ids are names of events; this one has none yet. */
export function freeId(wish: string, taken: readonly string[]): string {
  const stem = wish.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'event';
  let id = stem;
  for (let n = 2; taken.includes(id); n += 1) id = `${stem}-${n}`;
  return id;
}

function eventNode(document: Document.Parsed, value: Record<string, unknown>): Node {
  const node: Node = document.createNode(value, plain);
  if (isMap(node)) node.set('change', changeNode(document, value.change));
  return node;
}

/** A change stands on one line where it fits, as in the shipped variants. */
function changeNode(document: Document.Parsed, value: unknown): Node {
  const node = document.createNode(value, plain);
  for (const change of isSeq(node) ? node.items : [node]) {
    if (isMap(change)) change.flow = JSON.stringify(change).length < shortChange;
  }
  return node;
}

/** Puts an event at the end of the variant's own. */
export function withEvent(
  text: string, form: EventForm, kindOf: (subject: string) => Of | null,
): string {
  return edited(text, (document) => {
    const value = defined(eventValue(form, kindOf));
    const events = document.get('events');
    const path = lists(document).at(-1) ?? (isMap(events) ? ['events', 'add'] : ['events']);
    const list = document.getIn(path);
    if (isSeq(list)) list.add(eventNode(document, value));
    else document.setIn(path, document.createNode([eventNode(document, value)]));
  });
}

/** Writes what a form changed; conditions, comments and what is the same stay as they are. */
export function changedEvent(
  text: string, path: Path, form: EventForm, kindOf: (subject: string) => Of | null,
): string {
  return edited(text, (document) => {
    const node = document.getIn(path);
    if (!isMap(node)) return;
    const before = node.toJS(document) as Record<string, unknown>;
    for (const [key, value] of Object.entries(eventValue(form, kindOf))) {
      if (JSON.stringify(value) === JSON.stringify(before[key])) continue;
      if (value === undefined) {
        node.delete(key);
      } else if (key === 'change') {
        node.set(key, changeNode(document, value));
      } else {
        node.set(key, value);
      }
    }
  });
}

export function withoutEvent(text: string, path: Path): string {
  return edited(text, (document) => {
    document.deleteIn(path);
    clear(document, path.slice(0, -1));
  });
}

/** Moves an event; `until` moves with it only where it would lie before. */
export function movedEvent(text: string, path: Path, date: string): string {
  return edited(text, (document) => {
    const node = document.getIn(path);
    if (!isMap(node)) return;
    node.set('date', date);
    const until = parseDate(String(node.get('until') ?? ''));
    const day = parseDate(date);
    if (until && day && until < day) node.set('until', date);
  });
}

/** Takes an event of the scenario out, or lets it be again. */
export function withScenarioEvent(text: string, id: string, kept: boolean): string {
  return edited(text, (document) => {
    const events = document.get('events');
    if (isSeq(events)) {
      document.set('events', document.createNode({}));
      document.setIn(['events', 'add'], events);
    } else if (!isMap(events)) {
      document.set('events', document.createNode({}));
    }
    const removed = document.getIn(['events', 'remove']);
    const ids = isSeq(removed) ? (removed.toJS(document) as unknown[]).map(String) : [];
    const left = kept ? ids.filter((other) => other !== id) : [...new Set([...ids, id])];
    const node = document.createNode(left);
    if (isSeq(node)) node.flow = true;
    document.setIn(['events', 'remove'], node);
    clear(document, ['events', 'remove']);
  });
}

/** Takes out a list that is empty, and `events` where nothing is left of it. */
function clear(document: Document.Parsed, path: Path): void {
  const list = document.getIn(path);
  if (isSeq(list) && list.items.length === 0 && path[1] !== 'replace') document.deleteIn(path);
  const events = document.get('events');
  if (!isMap(events)) return;
  const [only] = events.items;
  if (events.items.length === 0) {
    document.delete('events');
  } else if (events.items.length === 1 && String(only?.key) === 'add') {
    document.set('events', events.get('add')); // a list again
  }
}

function defined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}
