/**
 * Every text that the function's errors can have, collected from its source: what is handed to an error of its own, followed
 * through the functions, constants and properties by which it comes there. For the index of the runbook.
 */
import { relative } from 'node:path';
import ts from 'typescript';

/** `text`: with … for what is known at run time only. */
export interface ErrorText {
  readonly text: string;
  /** Relative to the root of the repository. */
  readonly file: string;
}

const LEAST_WORDS = 4;

/** `root`: of the repository. In the order of files and lines. */
export function errorTexts(root: string): readonly ErrorText[] {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([`${root}/lambda/index.ts`], { ...options, noEmit: true });
  return new Collector(program, root).collect();
}

class Collector {
  private readonly checker: ts.TypeChecker;
  private readonly files: readonly ts.SourceFile[];
  /** Parameters, and variables that are assigned later, whose value becomes the text of an error. */
  private readonly sinks = new Set<ts.Node>();
  /** Names of properties whose value does. */
  private readonly properties = new Set<string>();
  private readonly followed = new Set<ts.Node>();
  private readonly found = new Map<string, ErrorText>();

  constructor(
    program: ts.Program,
    private readonly root: string,
  ) {
    this.checker = program.getTypeChecker();
    this.files = program
      .getSourceFiles()
      .filter(({ fileName }) => /^(access|lambda)\//.test(relative(root, fileName)));
  }

  collect(): readonly ErrorText[] {
    for (;;) {
      const before = this.sinks.size + this.properties.size + this.followed.size;
      for (const file of this.files) this.visit(file);
      if (this.sinks.size + this.properties.size + this.followed.size === before) break;
    }
    return [...this.found.values()];
  }

  private visit(node: ts.Node): void {
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) this.visitCall(node);
    if (ts.isPropertyAssignment(node) && this.properties.has(nameOf(node.name)))
      this.follow(node.initializer);
    if (ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && this.isSink(node.left))
      this.follow(node.right);
    if (ts.isShorthandPropertyAssignment(node) && this.properties.has(node.name.text)) this.follow(node.name);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private isSink(name: ts.Identifier): boolean {
    const declaration = this.checker.getSymbolAtLocation(name)?.valueDeclaration;
    return declaration !== undefined && ts.isVariableDeclaration(declaration) && this.sinks.has(declaration);
  }

  private visitCall(call: ts.NewExpression | ts.CallExpression): void {
    const declaration = this.checker.getResolvedSignature(call)?.declaration;
    if (declaration === undefined || ts.isJSDocSignature(declaration)) return;
    const isError =
      ts.isConstructorDeclaration(declaration) && declaration.parent.name?.text === 'ProviderError';
    declaration.parameters.forEach((parameter, index) => {
      const argument = call.arguments?.[index];
      if (argument && (this.sinks.has(parameter) || (isError && index === 1))) this.follow(argument);
    });
  }

  /** The text of an error is this. */
  private follow(expression: ts.Expression): void {
    if (this.followed.has(expression)) return;
    this.followed.add(expression);
    if (ts.isStringLiteralLike(expression)) return this.add(expression.text, expression);
    if (ts.isTemplateExpression(expression)) return this.template(expression);
    if (
      ts.isParenthesizedExpression(expression) ||
      ts.isAwaitExpression(expression) ||
      ts.isAsExpression(expression) ||
      ts.isNonNullExpression(expression)
    )
      return this.follow(expression.expression);
    if (ts.isConditionalExpression(expression)) {
      this.follow(expression.whenTrue);
      return this.follow(expression.whenFalse);
    }
    if (ts.isBinaryExpression(expression)) {
      this.follow(expression.left);
      return this.follow(expression.right);
    }
    if (ts.isCallExpression(expression)) return this.returned(expression);
    if (ts.isPropertyAccessExpression(expression)) return this.property(expression);
    if (ts.isIdentifier(expression)) return this.named(expression);
  }

  /** The parts are texts of their own where they have words. */
  private template({ head, templateSpans }: ts.TemplateExpression): void {
    this.add([head.text, ...templateSpans.map(({ literal }) => literal.text)].join('…'), head);
    for (const { expression } of templateSpans) this.follow(expression);
  }

  private returned(call: ts.CallExpression): void {
    const declaration = this.checker.getResolvedSignature(call)?.declaration;
    if (
      declaration &&
      !declaration.getSourceFile().isDeclarationFile &&
      'body' in declaration &&
      declaration.body
    )
      this.returns(declaration.body);
  }

  private returns(body: ts.Node): void {
    if (this.followed.has(body)) return;
    this.followed.add(body);
    if (!ts.isBlock(body)) return this.follow(body as ts.Expression);
    const walk = (node: ts.Node): void => {
      if (ts.isReturnStatement(node) && node.expression) this.follow(node.expression);
      if (!ts.isFunctionLike(node)) ts.forEachChild(node, walk);
    };
    ts.forEachChild(body, walk);
  }

  private property(access: ts.PropertyAccessExpression): void {
    const declaration = this.checker.getSymbolAtLocation(access.name)?.valueDeclaration;
    if (declaration && !declaration.getSourceFile().isDeclarationFile)
      this.declared(declaration, access.name.text);
  }

  private named(name: ts.Identifier): void {
    const symbol = this.checker.getSymbolAtLocation(name);
    const target =
      symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    const shorthand = ts.isShorthandPropertyAssignment(name.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(name.parent)
      : target;
    const declaration = shorthand?.valueDeclaration;
    if (declaration) this.declared(declaration, name.text);
  }

  private declared(declaration: ts.Declaration, name: string): void {
    if (ts.isParameter(declaration)) this.sinks.add(declaration);
    else if (ts.isVariableDeclaration(declaration) && declaration.initializer)
      this.follow(declaration.initializer);
    // What it is assigned later.
    else if (ts.isVariableDeclaration(declaration)) this.sinks.add(declaration);
    else if (ts.isBindingElement(declaration))
      this.properties.add(nameOf(declaration.propertyName ?? (declaration.name as ts.Identifier)));
    else if (
      ts.isPropertySignature(declaration) ||
      ts.isPropertyDeclaration(declaration) ||
      ts.isPropertyAssignment(declaration)
    )
      this.properties.add(name);
  }

  /** What has fewer words is a part of a longer text. */
  private add(text: string, at: ts.Node): void {
    const file = relative(this.root, at.getSourceFile().fileName);
    if (text.split(/[\s…]+/).filter((word) => /[a-z]/i.test(word)).length >= LEAST_WORDS)
      this.found.set(text, { text, file });
  }
}

function nameOf(name: ts.PropertyName | ts.Identifier): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}
