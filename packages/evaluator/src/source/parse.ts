import { types } from 'node:util';
import { parseSync } from 'oxc-parser';
import type { Node, ParserOptions, Program } from 'oxc-parser';
import { conflictMarker } from './conflict-markers.ts';
import { lineStarts } from './source-file.ts';
import type { Language, Parsed, Request, SyntaxProblem } from './source-file.ts';
import { childrenOf } from './walk.ts';

/** Parses a module. A text with syntax errors has no program, only problems. */
export function parse(text: string, language: Language, isJsx = false): Parsed {
  const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const lines = lineStarts(source);
  const failed = (problems: readonly SyntaxProblem[]): Parsed => ({
    text: source,
    language,
    program: null,
    problems,
    requests: [],
    hasModuleSyntax: false,
    lines,
    memo: new Map(),
  });
  const marker = conflictMarker(source);
  if (marker) return failed([marker]);
  return language === 'json'
    ? parseJson(source, lines, failed)
    : parseModule(source, language, isJsx, lines, failed);
}

function parseModule(
  text: string,
  language: 'js' | 'ts',
  isJsx: boolean,
  lines: readonly number[],
  failed: (problems: readonly SyntaxProblem[]) => Parsed,
): Parsed {
  const options: ParserOptions = {
    lang: isJsx ? `${language}x` : language,
    sourceType: 'unambiguous',
    astType: 'ts',
    preserveParens: false,
    showSemanticErrors: true,
  };
  let result = parseSync(`module.${language}`, text, options);
  // Top-level `await` alone makes a module too, which the parser only sees if it is told.
  if (result.errors.length > 0) {
    const { sourceType: _unsure, ...rest } = options;
    for (const sourceType of ['module', 'commonjs'] as const) {
      const again = parseSync(`module.${language}`, text, { ...rest, sourceType });
      if (again.errors.length === 0) {
        result = again;
        break;
      }
    }
  }
  if (result.errors.length > 0) {
    return failed(result.errors.map(({ message, labels }) => ({ message, start: labels[0]?.start ?? 0 })));
  }
  const { program } = result;
  return {
    text,
    language,
    program,
    problems: [],
    requests: requestsOf(program, text),
    hasModuleSyntax: program.sourceType === 'module',
    lines,
    memo: new Map(),
  };
}

/** JSON is read as the expression it is, so that every value has its place. */
function parseJson(
  text: string,
  lines: readonly number[],
  failed: (problems: readonly SyntaxProblem[]) => Parsed,
): Parsed {
  try {
    JSON.parse(text);
  } catch (error) {
    const message = types.isNativeError(error) ? error.message : String(error);
    const at = /position (\d+)/.exec(message);
    return failed([{ message: `is not JSON: ${message}`, start: at ? Number(at[1]) : 0 }]);
  }
  // A leading parenthesis keeps `{` from being a block; the first unit of the text is white space or is cut off by none.
  const { program, errors } = parseSync('module.js', `(${text}\n)`, {
    lang: 'js',
    sourceType: 'commonjs',
    astType: 'ts',
    preserveParens: false,
  });
  if (errors.length > 0) return failed([{ message: 'is not JSON', start: 0 }]);
  return {
    text,
    language: 'json',
    program,
    problems: [],
    requests: [],
    hasModuleSyntax: false,
    memo: new Map(),
    lines: lines.map((start, index) => (index === 0 ? start : start + 1)),
  };
}

function requestsOf(program: Program, text: string): Request[] {
  const requests: Request[] = [];
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ImportDeclaration':
        if (statement.importKind !== 'type')
          requests.push({ specifier: statement.source.value, by: 'import' });
        break;
      case 'ExportAllDeclaration':
        if (statement.exportKind !== 'type')
          requests.push({ specifier: statement.source.value, by: 'import' });
        break;
      case 'ExportNamedDeclaration':
        if (statement.source && statement.exportKind !== 'type')
          requests.push({ specifier: statement.source.value, by: 'import' });
        break;
      default:
    }
  }
  if (/\brequire\b|\bimport\s*\(/.test(text)) collectCalls(program, requests);
  return requests;
}

function collectCalls(node: Node, requests: Request[]): void {
  if (node.type === 'ImportExpression' && isText(node.source)) {
    requests.push({ specifier: node.source.value, by: 'import' });
  } else if (node.type === 'CallExpression' && node.arguments.length === 1 && isRequire(node.callee)) {
    const [argument] = node.arguments;
    if (isText(argument)) requests.push({ specifier: argument.value, by: 'require' });
  } else if (node.type === 'TSImportEqualsDeclaration') {
    const target = node.moduleReference;
    if (target.type === 'TSExternalModuleReference')
      requests.push({ specifier: target.expression.value, by: 'require' });
  }
  for (const child of childrenOf(node)) collectCalls(child, requests);
}

function isRequire(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'require'
  );
}

function isText(node: Node | undefined): node is Node & { type: 'Literal'; value: string } {
  return node?.type === 'Literal' && typeof node.value === 'string';
}
