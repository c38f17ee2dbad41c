/** Words that stand between a name and its value; any other word only before the first sign, or as the name of a call. */
export const VALUE_WORDS: readonly string[] = [
  'string',
  'str',
  'new',
  'value',
  'default',
  'content',
  'is',
  'was',
  'of',
  'set',
  'to',
  'bearer',
  'basic',
  'token',
];
