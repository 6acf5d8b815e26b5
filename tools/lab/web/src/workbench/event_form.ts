import { durationText, parseDuration } from './calendar';
import type { Of, Operation } from './subjects';

/** Events as a form has them, and as YAML has them. */

/** A selector; `except` takes ids away. */
export interface Who {
  all: boolean;
  ids: string[];
  org: string[];
  region: string[];
  subregion: string[];
  except: string[];
}

export interface ChangeForm {
  operation: Operation;
  subject: string; // key of a Subject
  to: string; // of set, hold, band: a rung or a number
  from: string; // of band
  by: string; // of add, scale
  who: Who | null;
  towards: Who | null;
  of: string[]; // groups, sectors or covariates
  authority: string; // empty: the only one
  note: string;
}

export interface EventForm {
  id: string; // empty: made from its date and change
  date: string;
  until: string; // empty: none
  duration: string; // empty: for ever
  probability: string; // empty: 1
  conditional: boolean; // has `when`, which the form leaves alone
  note: string;
  changes: ChangeForm[];
}

const operations: Operation[] = ['set', 'hold', 'band', 'add', 'scale'];
const kinds: Of[] = ['group', 'sector', 'covariate'];
type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value);
const list = (value: unknown): string[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(text) : [text(value)];
};

export function nobody(): Who {
  return { all: false, ids: [], org: [], region: [], subregion: [], except: [] };
}

/** @return null: a selector that a form has no place for */
export function whoOf(value: unknown): Who | null {
  if (value === 'all') return { ...nobody(), all: true };
  if (typeof value === 'string') return { ...nobody(), ids: [value] };
  if (Array.isArray(value)) return { ...nobody(), ids: value.map(text) };
  if (!isMapping(value)) return null;
  const { ids, org, region, subregion, except, ...others } = value;
  if (Object.keys(others).length > 0 || isMapping(except)) return null;
  const all = ids === 'all';
  const who = { ...nobody(), all, org: list(org), region: list(region), except: list(except) };
  return { ...who, ids: all ? [] : list(ids), subregion: list(subregion) };
}

export function whoValue(who: Who): unknown {
  const { all, ids, org, region, subregion, except } = who;
  const parts: Mapping = {};
  if (all) parts.ids = 'all';
  else if (ids.length > 0) parts.ids = ids;
  if (org.length > 0) parts.org = org.length === 1 ? org[0] : org;
  if (region.length > 0) parts.region = region.length === 1 ? region[0] : region;
  if (subregion.length > 0) parts.subregion = subregion.length === 1 ? subregion[0] : subregion;
  if (except.length > 0) parts.except = except;
  const keys = Object.keys(parts);
  if (keys.length === 1 && keys[0] === 'ids') return all ? 'all' : ids;
  return keys.length === 0 ? [] : parts;
}

/** @return null: a change that a form has no place for */
export function changeOf(value: unknown): ChangeForm | null {
  if (!isMapping(value)) return null;
  const operation = operations.find((name) => name in value);
  if (!operation) return null;
  const what = text(value[operation]);
  const who = value.actors === undefined ? null : whoOf(value.actors);
  const towards = value.towards === undefined ? null : whoOf(value.towards);
  if ((value.actors !== undefined && !who) || (value.towards !== undefined && !towards)) {
    return null;
  }
  const kind = kinds.find((name) => name in value);
  return {
    operation,
    subject: what === 'rung' ? `rung:${text(value.ladder)}` : what,
    to: text(value.to),
    from: text(value.from),
    by: text(value.by),
    who,
    towards,
    of: kind ? list(value[kind]) : [],
    authority: text(value.authority),
    note: text(value.note),
  };
}

/** A number where the text is one, so that YAML has no quotes. */
function scalar(value: string): string | number {
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** @param of  what kind of thing the names in `change.of` are */
export function changeValue(change: ChangeForm, of: Of | null): Mapping {
  const [what, ladder] = change.subject.split(':') as [string, string | undefined];
  const value: Mapping = { [change.operation]: what };
  if (ladder !== undefined) value.ladder = ladder;
  if (of && change.of.length > 0) value[of] = change.of.length === 1 ? change.of[0] : change.of;
  if (change.authority !== '') value.authority = change.authority;
  if (change.who) value.actors = whoValue(change.who);
  if (change.towards) value.towards = whoValue(change.towards);
  const { operation } = change;
  if (operation === 'band') value.from = scalar(change.from);
  if (operation === 'add' || operation === 'scale') value.by = scalar(change.by);
  else value.to = scalar(change.to);
  if (change.note !== '') value.note = change.note;
  return value;
}

/** @return null: an event that a form has no place for */
export function eventOf(value: unknown): EventForm | null {
  if (!isMapping(value)) return null;
  const changes = Array.isArray(value.change) ? value.change : [value.change];
  const forms = changes.map(changeOf);
  if (forms.length === 0 || forms.some((form) => form === null)) return null;
  return {
    id: text(value.id),
    date: text(value.date),
    until: text(value.until),
    duration: text(value.duration),
    probability: text(value.probability),
    conditional: 'when' in value,
    note: text(value.note),
    changes: forms as ChangeForm[],
  };
}

/** The event's keys; undefined: not to be there. `when` is not among them. */
export function eventValue(event: EventForm, kindOf: (subject: string) => Of | null): Mapping {
  const changes = event.changes.map((change) => changeValue(change, kindOf(change.subject)));
  const duration = parseDuration(event.duration);
  const probability = event.probability.trim();
  return {
    id: event.id || undefined,
    date: event.date,
    until: event.until || undefined,
    duration: duration ? durationText(duration) : event.duration || undefined,
    probability: probability === '' ? undefined : scalar(probability),
    change: changes.length === 1 ? changes[0] : changes,
    note: event.note || undefined,
  };
}

/** What the program would say of a form; empty: nothing. */
export function formProblems(event: EventForm): string[] {
  const problems: string[] = [];
  const probability = Number(event.probability || 1);
  if (!(probability >= 0 && probability <= 1)) problems.push('The probability must be 0 to 1.');
  if (event.duration !== '' && !parseDuration(event.duration)) {
    problems.push('A duration is a number and a unit, such as 6 months.');
  }
  for (const change of event.changes) {
    const who = [change.who, change.towards].filter((part) => part !== null);
    if (who.some((part) => Array.isArray(whoValue(part)) && part.ids.length === 0)) {
      problems.push('Say which countries it moves.');
    }
    const amount = change.operation === 'add' || change.operation === 'scale';
    if ((amount ? change.by : change.to).trim() === '') {
      problems.push('Say to what, or by how much.');
    }
    if (amount && !Number.isFinite(Number(change.by))) problems.push('An amount is a number.');
  }
  return [...new Set(problems)];
}
