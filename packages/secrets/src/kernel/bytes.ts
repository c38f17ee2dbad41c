/** Compiled (`compile-kernel.ts`): bytes by their names. */
export const TAB = 0x09;
export const NEW_LINE = 0x0a;
export const SPACE = 0x20;
export const PERCENT = 0x25;
export const OPENING = 0x28;
export const CLOSING = 0x29;
export const PLUS = 0x2b;
export const MINUS = 0x2d;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const EQUALS_SIGN = 0x3d;
export const AT_SIGN = 0x40;
export const BACKSLASH = 0x5c;
export const CLOSING_BRACKET = 0x5d;
export const BACK_TICK = 0x60;
export const AMPERSAND = 0x26;
