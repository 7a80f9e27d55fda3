/** Which stack of an App needs which, before CDK has looked at references itself. */
import {
  CfnElement,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib';
import { Dependable, type IConstruct } from 'constructs';

/** The stack and the stacks that hold it, outermost first. */
export function stackChain(stack: Stack): Stack[] {
  return stack.nestedStackParent ? [...stackChain(stack.nestedStackParent), stack] : [stack];
}

/** Finds the resources that a value refers to while the value is resolved. */
class ReferenceCollector extends DefaultTokenResolver {
  readonly targets = new Set<IConstruct>();

  constructor() {
    super(new StringConcat());
  }

  override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    // What Stack.consumeReference gives holds the reference inside.
    const reference = (token as { readonly reference?: unknown }).reference ?? token;
    if (Reference.isReference(reference)) this.targets.add(reference.target);
    return super.resolveToken(token, context, postProcessor);
  }
}

/** What a value refers to. */
export function referencesIn(value: unknown, scope: IConstruct): readonly IConstruct[] {
  const collector = new ReferenceCollector();
  Tokenization.resolve(value, { scope, resolver: collector, preparing: true });
  return [...collector.targets];
}

function referencesOf(element: IConstruct): readonly IConstruct[] {
  if (!CfnElement.isCfnElement(element)) return [];
  try {
    return referencesIn(element._toCloudFormation(), element);
  } catch {
    // What cannot be resolved, CDK reports itself when it synthesises.
    return [];
  }
}

/**
 * The stacks that must be deployed before `from`, directly or through others, and `from` itself: because of what its
 * resources refer to, or what it was told to depend on. Constructs in `except` do not count. `unitOf` says of each
 * construct which stack is deployed for it.
 */
export function neededBy(
  from: Stack,
  unitOf: (construct: IConstruct) => Stack,
  except: ReadonlySet<IConstruct>,
): ReadonlySet<Stack> {
  const needed = new Set<Stack>([from]);
  const targetsOf = (construct: IConstruct): readonly IConstruct[] => {
    if (except.has(construct)) return [];
    const dependencies = construct.node.dependencies.flatMap((one) => Dependable.of(one).dependencyRoots);
    return [...referencesOf(construct), ...dependencies];
  };
  // A set hands out what is added to it while it is gone through.
  for (const stack of needed) {
    for (const construct of [...stack.dependencies, ...stack.node.findAll().flatMap(targetsOf)])
      needed.add(unitOf(construct));
  }
  return needed;
}

/** The stack of a construct, as it is deployed when stacks at `depth` are told apart. */
export function unitAt(depth: number): (construct: IConstruct) => Stack {
  return (construct) => {
    const chain = stackChain(Stack.of(construct));
    return chain[Math.min(depth, chain.length - 1)] as Stack;
  };
}
