/** What an element may be given: attributes, `on` handlers, a class, text. */
type Attribute = string | number | boolean | null | undefined;
export interface Properties {
  [name: string]: Attribute | ((event: never) => void);
}
export type Child = Node | string | number | null | undefined | false;

function apply(element: Element, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') {
      element.addEventListener(name, value as EventListener);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === 'number' ? String(child) : child);
  }
}

/**
 * An HTML element. Properties that are functions listen to the event of that name; all text is
 * text, whatever it holds.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, properties);
  append(element, children);
  return element;
}

/** An SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  apply(element, properties);
  append(element, children);
  return element;
}

/** Puts children in the place of those that are there. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

let serial = 0;
/** An id that no other element has. */
export function uniqueId(stem: string): string {
  serial += 1;
  return `${stem}-${serial}`;
}
