/** The only door of this folder, which is a file of its own in the package (docs/decisions/0012). */
export { callerIdentity } from './caller';
export { type LookedAt, type MigrationEdge, openMigration } from './changing/open-migration';
export { type Performed } from './changing/performed';
export { type DescribedCluster } from './describe-cluster';
export { type MadeAdmin, makeAdmin } from './make-admin';
export { reachCluster, type Reached, type Wanted } from './reach';
export { openSession, type Session } from './session';
export { reachStacks } from './stacks';
export { openUndelivered, type Undelivered } from './undelivered';
