import { correction, generate } from 'lean-qr/nano';

/** Light around the symbol, in modules; readers need it to find the symbol (ISO/IEC 18004 asks for four). */
const quietZone = 4;

/** A QR code as a drawing: its side in modules, the quiet zone included, and the dark ones as an SVG path. */
export interface Drawing {
  side: number;
  path: string;
}

/** Draws text as a QR code; throws when it is too long for one. */
export const drawModules = (text: string): Drawing => {
  // Shown on a screen, where nothing gets torn: larger modules serve better than more correction.
  const code = generate(text, { minCorrectionLevel: correction.M });
  const places = Array.from({ length: code.size }, (_, place) => place);
  const dark = places.flatMap((y) => places.filter((x) => code.get(x, y)).map((x) => [x, y] as const));
  const path = dark.map(([x, y]) => `M${x + quietZone} ${y + quietZone}h1v1h-1z`).join('');
  return { side: code.size + 2 * quietZone, path };
};
