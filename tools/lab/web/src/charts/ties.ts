import type { Cascade, World } from '../contract';
import type { Table } from '../ui/table';

/** The strongest ties, laid out in two columns: who had gone ahead, and who followed. */

export interface TieNode {
  actor: number;
  credit: number; // sum of the ties that are shown
  top: number; // 0 to 1 along its column
  bottom: number;
}

export interface Tie {
  from: number; // place in `left`
  to: number; // place in `right`
  credit: number;
  fromTop: number; // where it leaves and arrives, 0 to 1
  fromBottom: number;
  toTop: number;
  toBottom: number;
}

export interface TieLayout {
  left: TieNode[];
  right: TieNode[];
  ties: Tie[];
}

function column(
  ends: readonly { actor: number; credit: number }[], gap: number, total: number,
): TieNode[] {
  const sums = new Map<number, number>();
  for (const { actor, credit } of ends) sums.set(actor, (sums.get(actor) ?? 0) + credit);
  const nodes = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const free = Math.max(0, 1 - gap * (nodes.length - 1));
  let top = 0;
  return nodes.map(([actor, credit]) => {
    const height = (credit / total) * free;
    const node = { actor, credit, top, bottom: top + height };
    top += height + gap;
    return node;
  });
}

/**
 * @param most  how many ties to show, strongest first
 * @param gap   between nodes of a column, as share of its height
 */
export function tieLayout(cascade: Cascade, most: number, gap: number): TieLayout {
  const edges = [...cascade.edges]
    .filter(({ credit }) => credit > 0)
    .sort((a, b) => b.credit - a.credit || a.from - b.from || a.to - b.to)
    .slice(0, most);
  const total = edges.reduce((sum, { credit }) => sum + credit, 0);
  if (total === 0) return { left: [], right: [], ties: [] };
  const spread = (gaps: number, count: number): number =>
    count > 1 ? Math.min(gaps, 0.6 / (count - 1)) : 0;
  const sides = (key: 'from' | 'to'): TieNode[] => {
    const ends = edges.map((edge) => ({ actor: edge[key], credit: edge.credit }));
    const count = new Set(ends.map(({ actor }) => actor)).size;
    return column(ends, spread(gap, count), total);
  };
  const left = sides('from');
  const right = sides('to');
  const leaves = left.map(({ top }) => top);
  const arrives = right.map(({ top }) => top);
  const placed = edges.map((edge) => ({
    from: left.findIndex(({ actor }) => actor === edge.from),
    to: right.findIndex(({ actor }) => actor === edge.to),
    credit: edge.credit,
  }));
  const height = (nodes: TieNode[], place: number, credit: number): number => {
    const node = nodes[place] as TieNode;
    return ((node.bottom - node.top) * credit) / node.credit;
  };
  placed.sort((a, b) => a.from - b.from || a.to - b.to);
  const ties = placed.map((tie): Tie => {
    const fromTop = leaves[tie.from] ?? 0;
    const fromBottom = fromTop + height(left, tie.from, tie.credit);
    leaves[tie.from] = fromBottom;
    return { ...tie, fromTop, fromBottom, toTop: 0, toBottom: 0 };
  });
  for (const tie of [...ties].sort((a, b) => a.to - b.to || a.from - b.from)) {
    tie.toTop = arrives[tie.to] ?? 0;
    tie.toBottom = tie.toTop + height(right, tie.to, tie.credit);
    arrives[tie.to] = tie.toBottom;
  }
  return { left, right, ties };
}

export function tieTable(cascade: Cascade, world: World): Table {
  const id = (actor: number): string => world.actors[actor]?.name ?? '';
  return {
    columns: ['had gone ahead', 'followed', 'moves credited, per replicate'],
    rows: cascade.edges.map(({ from, to, credit }) => [id(from), id(to), credit]),
  };
}

/** Those who brought others, most first; less than 0.005 moves are none. */
export function pivotal(cascade: Cascade, most: number): Cascade['actors'] {
  return [...cascade.actors]
    .filter(({ with_chains: brought }) => brought >= 0.005)
    .sort((a, b) => b.with_chains - a.with_chains || a.actor - b.actor)
    .slice(0, most);
}
