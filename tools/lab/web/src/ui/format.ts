/** A share per mille as a percentage: `0 %`, `< 1 %`, `37 %`, `> 99 %`, `100 %`. */
export function percent(perMille: number): string {
  if (perMille <= 0) return '0 %';
  if (perMille >= 1000) return '100 %';
  if (perMille < 10) return '< 1 %';
  if (perMille > 990) return '> 99 %';
  return `${Math.round(perMille / 10)} %`;
}

/** `digits` after the point, with a true minus sign; nothing is minus zero. */
export function decimal(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? (0).toFixed(digits) : text).replace('-', '−');
}

/** A difference always shows its sign. */
export function signed(value: number, digits = 1): string {
  const text = decimal(value, digits);
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** `rights_salience` as words: `rights salience`. */
export function words(key: string): string {
  return key.replaceAll('_', ' ');
}

const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
  'October', 'November', 'December',
];

/** `2026-07` as `July 2026`, `2026-07-15` as `15 July 2026`; others as they are. */
export function dateText(label: string): string {
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(label);
  if (!found) return label;
  const month = months[Number(found[2]) - 1] ?? found[2];
  const day = found[3] ? `${Number(found[3])} ` : '';
  return `${day}${month} ${found[1]}`;
}
