import type picocolors from 'picocolors';

/** How text is coloured, or left alone. */
export type Colors = ReturnType<typeof picocolors.createColors>;
