/** Sheets are loaded by the bundler; `raw` gives their text. */
declare module '*.css';
declare module '*.css?raw' {
  const text: string;
  export default text;
}
