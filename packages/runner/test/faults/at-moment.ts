/** Variables under which a Node program believes it is this moment, wherever it stands. */
export function atMoment(iso: string): NodeJS.ProcessEnv {
  const script = `
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...words) { words.length === 0 ? super(${Date.parse(iso)}) : super(...words); }
      static now() { return ${Date.parse(iso)}; }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}
