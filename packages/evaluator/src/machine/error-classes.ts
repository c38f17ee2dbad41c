/** Built-in classes whose prototype's prototype is not that of `Object`. */
export const PARENTS: Readonly<Record<string, string>> = {
  TypeError: 'Error',
  RangeError: 'Error',
  SyntaxError: 'Error',
  ReferenceError: 'Error',
  EvalError: 'Error',
  URIError: 'Error',
  DataCloneError: 'Error',
};
