import { h, uniqueId } from '../ui/dom';

export interface Tab {
  name: string;
  panel: HTMLElement;
}

export interface Tabs {
  element: HTMLElement;
  choose(name: string): void;
}

/** Panels of which one is shown; arrow keys go from tab to tab. */
export function tabs(label: string, items: Tab[]): Tabs {
  const list = h('div', { role: 'tablist', 'aria-label': label, class: 'bench-tabs' });
  const buttons: HTMLButtonElement[] = [];
  const choose = (chosen: number, focus: boolean): void => {
    items.forEach(({ panel }, n) => {
      panel.hidden = n !== chosen;
      buttons[n]?.setAttribute('aria-selected', String(n === chosen));
      buttons[n]?.setAttribute('tabindex', n === chosen ? '0' : '-1');
    });
    if (focus) buttons[chosen]?.focus();
  };
  items.forEach(({ name, panel }, n) => {
    const id = uniqueId('tab');
    panel.id = `${id}-panel`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', id);
    const button = h(
      'button',
      { type: 'button', role: 'tab', id, 'aria-controls': panel.id, click: () => choose(n, false) },
      name,
    );
    buttons.push(button);
    list.append(button);
  });
  list.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = arrowed(event.key, at, buttons.length);
    if (next === null) return;
    event.preventDefault();
    choose(next, true);
  });
  choose(0, false);
  return {
    element: h('div', { class: 'bench-tabbed' }, list, ...items.map(({ panel }) => panel)),
    choose: (name) => choose(items.findIndex((item) => item.name === name), false),
  };
}

/** Where an arrow key leads in a row of `count`; null: nowhere. */
export function arrowed(key: string, at: number, count: number): number | null {
  if (at < 0) return null;
  if (key === 'ArrowRight' || key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
