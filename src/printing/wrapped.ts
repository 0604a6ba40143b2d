/** A Chinese character takes two columns of a receipt, everything from U+2E80 on and beyond the first plane. */
const FIRST_WIDE = 0x2e80;

function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += (sign.codePointAt(0) ?? 0) >= FIRST_WIDE ? 2 : 1;
  return width;
}

/** Text in rows of at most so many columns: Latin words stay whole where they fit, Chinese breaks anywhere. */
export function wrapped(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  const put = (piece: string): void => {
    if (widthOf(row + piece.trimEnd()) > columns && row !== '') {
      rows.push(row.trimEnd());
      row = '';
    }
    row += row === '' ? piece.trimStart() : piece;
  };
  for (const piece of text.match(/[\u2e80-\u{10ffff}]|[^\s\u2e80-\u{10ffff}]+\s*|\s+/gu) ?? [])
    if (widthOf(piece) > columns) for (const sign of piece) put(sign);
    else put(piece);
  return [...rows, row.trimEnd()].filter(Boolean);
}
