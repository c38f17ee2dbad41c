/** Where everything stands in the kernel's memory. Those of data count in elements of the view they are read by, the rest in bytes. */
import { DATA, DATA_LENGTH, SHIFT, STATE_COUNT } from './data.generated.ts';

/** Cells of 32 bits, by which calls speak to each other. */
export const TEXT_START = 0;
export const TEXT_END = 1;
export const HIT_COUNT = 2;
export const PATH_KINDS = 3;
/** Whether the text goes on behind `TEXT_END`. */
export const GOES_ON = 4;
/** Whether keywords are told of as they stand, whatever stands round them. */
export const IS_BARE = 5;
/** States in which the four lanes ended. */
export const REACHED = 8;

/** Kinds of heads (`head.ts`). */
export const RUN = 0;
export const ASSIGNED = 1;
export const NEAR = 2;
export const SPACED = 3;
export const BESIDE = 4;
export const ANY = 5;
export const URL_HEAD = 6;
export const CREDENTIALS = 7;
export const PEM = 8;
export const PEM_BODY = 9;
export const JSON_FILE = 10;
export const NPMRC = 11;
export const AWS = 12;

/** What is told of a keyword. */
export const OURS = 0;
export const ENGINES = 1;
export const BARE = 2;

/** Next state by `state << SHIFT | class`, in the view of 16 bits; rows begin where lines of the processor's cache do. */
export const TABLE = ((DATA + DATA_LENGTH + 127) & ~127) >> 1;

/** Bytes walked at once; a part with shorter lanes is walked in one. */
export const CHUNK = 1 << 17;
export const LEAST_LANE = 64;

/** Where the walk met an ending state, and the byte after it, in the view of 32 bits: at most once for each byte. */
export const HITS = (TABLE + (STATE_COUNT << SHIFT)) >> 1;
export const HIT_PLACE_BITS = 18;

/** Bytes before and behind a chunk that what stands in it is told by: a keyword begun before, a value given after. */
export const BEFORE = 64;
export const BEHIND = 4096;

export const TEXT = (HITS + CHUNK) * 4 + BEFORE;
export const PAGES = (TEXT + CHUNK + BEHIND + 64 + 65535) >> 16;
