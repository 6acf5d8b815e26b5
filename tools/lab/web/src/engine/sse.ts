/** An event of a `text/event-stream`. */
export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * Reads the text of a `text/event-stream` piece by piece, wherever it is cut (WHATWG HTML, "Parsing
 * an event stream"). Lines end with CR, LF or both; comments and fields that nobody here needs
 * (`id`, `retry`) are passed over; an event without data is none.
 */
export class EventParser {
  private rest = '';
  private begun = false;
  private event = '';
  private data: string[] = [];

  /** @return the events that this piece completes */
  push(piece: string): ServerEvent[] {
    let text = this.rest + piece;
    if (!this.begun && text !== '') {
      this.begun = true;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    const found: ServerEvent[] = [];
    let start = 0;
    for (;;) {
      const end = lineEnd(text, start);
      if (!end) break;
      const event = this.line(text.slice(start, end.at));
      if (event) found.push(event);
      start = end.next;
    }
    this.rest = text.slice(start);
    return found;
  }

  private line(text: string): ServerEvent | null {
    if (text === '') return this.complete();
    const colon = text.indexOf(':');
    if (colon === 0) return null; // a comment
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.event = value;
    if (field === 'data') this.data.push(value);
    return null;
  }

  private complete(): ServerEvent | null {
    const { event, data } = this;
    this.event = '';
    this.data = [];
    return data.length === 0 ? null : { event: event || 'message', data: data.join('\n') };
  }
}

/** Where the line that begins at `start` ends; null: not yet known. */
function lineEnd(text: string, start: number): { at: number; next: number } | null {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\n') return { at, next: at + 1 };
    if (text[at] !== '\r') continue;
    if (at + 1 === text.length) return null; // LF may follow in the next piece
    return { at, next: text[at + 1] === '\n' ? at + 2 : at + 1 };
  }
  return null;
}
