import type { Decision, World } from '../contract';
import { dateText, words } from '../ui/format';
import type { Span } from './game';

/** Terms of a decision as a player is told them. */
const plain: Record<string, string> = {
  baseline: 'What the higher rung costs by itself',
  security: 'Shared enemies, and the border',
  economic: 'Trade, mines and transit',
  rights: 'The audience at home, which minds rights',
  alignment: 'Where friends and patrons stand',
  bandwagon: 'How much of the world recognises',
  rivalry: 'A rival that quarrels, or is there already',
  confrontation: 'The quarrel with those who withhold recognition',
  pressure: 'Pressure by the power that opposes recognition',
  need: 'Refugees, returns, relief: need of a counterpart',
  cross: 'Where you stand on the other ladders',
  switching: 'Changing course has a cost',
  exclusivity: 'What a rival claimant already has from you',
  grievance: 'Enemies of yours that it shelters',
  embeddedness: 'Your own ties hold you back',
  mediation: 'Mediators at work',
  settling: 'The habit of years',
  proximity: 'You are near',
  size: 'A great state has business everywhere',
  religion: 'Shared religion',
  disposition: 'What your country does beyond its reasons',
};

export function termWords(world: World, key: string): string {
  return plain[key] ?? world.terms.find((term) => term.key === key)?.meaning ?? words(key);
}

/** What a term says of a step, against staying. */
export interface Pull {
  term: string;
  value: number; // in log-odds; above 0: for the step
  strength: 'strongly' | 'clearly' | 'a little';
}

/** Terms that speak for or against the rung below (-1) or above (1), the strongest first. */
export function pulls(decision: Decision, direction: -1 | 1): Pull[] {
  return decision.terms
    .flatMap(({ term, below, above }): Pull[] => {
      const value = direction < 0 ? below : above;
      if (value === null || Math.abs(value) < 0.1) return [];
      const size = Math.abs(value);
      const strength = size >= 2 ? 'strongly' : size >= 0.5 ? 'clearly' : 'a little';
      return [{ term, value, strength }];
    })
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** `3 turns of 6 months`, `10 turns of a month`. */
export function lengthWords(unit: World['time']['unit'], length: number): string {
  return length === 1 ? `one ${unit}` : `${length} ${unit}s`;
}

/** A turn's first and last date: `January 2026`, `June 2026`; a quarter ends with its month. */
export function ends({ time }: World, span: Span): [string, string] {
  const last = time.labels[span.first + span.steps - 1] ?? '';
  const [year, month] = last.split('-').map(Number);
  const end =
    time.unit === 'quarter' && month !== undefined
      ? `${year}-${String(month + 2).padStart(2, '0')}`
      : last;
  return [dateText(time.labels[span.first] ?? ''), dateText(end)];
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** A list as one says it: `A, B and C`. */
export function listWords(items: string[], most = 12): string {
  const shown = items.length > most ? items.slice(0, most) : items;
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  if (shown.length < 2) return shown[0] ?? 'nobody';
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
