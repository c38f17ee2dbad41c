/** Writes a WebAssembly module in its binary format (https://webassembly.github.io/spec/core/binary/). All values are i32. */

/** A function without its code. */
export interface Signature {
  readonly name: string;
  readonly parameters: number;
  readonly hasResult: boolean;
}

export interface WasmFunction extends Signature {
  readonly isExported: boolean;
  /** Locals beside the parameters. */
  readonly locals: number;
  readonly code: readonly number[];
}

export interface WasmModule {
  /** Functions of the host, from its module `host`; numbered before those of the module. */
  readonly imports: readonly Signature[];
  readonly functions: readonly WasmFunction[];
  /** Of 64 KiB; the memory is exported as `memory` and does not grow. */
  readonly pages: number;
}

const I32 = 0x7f;
const FUNCTION = 0;
const MEMORY = 2;

export function encodeModule({ imports, functions, pages }: WasmModule): Uint8Array<ArrayBuffer> {
  const signatures = [...imports, ...functions];
  const exported = functions.flatMap((each, index) => (each.isExported ? [{ each, index }] : []));
  return Uint8Array.of(
    ...HEADER,
    ...section(1, signatures.map(typeOf)),
    ...section(
      2,
      imports.map(({ name }, index) => [...text('host'), ...text(name), FUNCTION, ...unsigned(index)]),
    ),
    ...section(
      3,
      functions.map((_, index) => unsigned(imports.length + index)),
    ),
    ...section(5, [[1, ...unsigned(pages), ...unsigned(pages)]]),
    ...section(7, [
      [...text('memory'), MEMORY, 0],
      ...exported.map(({ each, index }) => [
        ...text(each.name),
        FUNCTION,
        ...unsigned(imports.length + index),
      ]),
    ]),
    ...section(
      10,
      functions.map(({ locals, code }) => {
        const body = [...(locals > 0 ? [1, ...unsigned(locals), I32] : [0]), ...code, END];
        return [...unsigned(body.length), ...body];
      }),
    ),
  );
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const END = 0x0b;

function typeOf({ parameters, hasResult }: Signature): number[] {
  return [
    0x60,
    ...unsigned(parameters),
    ...Array<number>(parameters).fill(I32),
    ...(hasResult ? [1, I32] : [0]),
  ];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function text(content: string): number[] {
  const bytes = [...Buffer.from(content, 'utf8')];
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128, for lengths and indices. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Signed LEB128, for constants. */
export function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = rest === 0 ? (low & 0x40) === 0 : rest === -1 && (low & 0x40) !== 0;
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
