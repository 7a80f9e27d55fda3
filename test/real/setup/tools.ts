/** Where the programs are that the rig runs. */
import { join } from 'node:path';
import { type Artifact, find, folderOf } from './cache';
import {
  authenticator,
  authenticatorReader,
  etcd,
  kubeApiserver,
  kubectl,
  type Program,
  roleAggregation,
} from './kubernetes';
import { NODES, nodeFile, type NodeMajor, nodeVersions } from './node-versions';
import { pythonTools } from './python';

/** Everything that has to be there, slowest first. */
export function programs(): readonly Program[] {
  return [
    kubeApiserver(),
    authenticator(),
    authenticatorReader(),
    kubectl(),
    roleAggregation(),
    etcd(),
    pythonTools(),
    nodeVersions(),
  ];
}

export interface Tools {
  readonly kubeApiserver: string;
  readonly etcd: string;
  readonly kubectl: string;
  readonly roleAggregation: string;
  readonly authenticator: string;
  readonly authenticatorReader: string;
  /** Programs of the Python environment. */
  readonly ministack: string;
  readonly cfnLint: string;
  readonly aws: string;
  readonly checkov: string;
  readonly node: Readonly<Record<NodeMajor, string>>;
}

/** Throws, naming what is missing, rather than let a test be skipped. */
export function findTools(): Tools {
  const missing = programs().filter(
    (program): program is Artifact => typeof program !== 'string' && !find(program),
  );
  if (missing.length > 0) {
    throw new Error(`not there yet: ${missing.map(({ title }) => title).join('; ')}: run npm run setup:real`);
  }
  const bin = (artifact: Artifact, name: string): string => join(folderOf(artifact), 'bin', name);
  const nodes = folderOf(nodeVersions());
  return {
    kubeApiserver: pathOf(kubeApiserver()),
    etcd: pathOf(etcd()),
    kubectl: pathOf(kubectl()),
    roleAggregation: pathOf(roleAggregation()),
    authenticator: pathOf(authenticator()),
    authenticatorReader: pathOf(authenticatorReader()),
    ministack: bin(pythonTools(), 'ministack'),
    cfnLint: bin(pythonTools(), 'cfn-lint'),
    aws: bin(pythonTools(), 'aws'),
    checkov: bin(pythonTools(), 'checkov'),
    node: Object.fromEntries(NODES.map((major) => [major, join(nodes, nodeFile(major))])) as Record<
      NodeMajor,
      string
    >,
  };
}

function pathOf(program: Program): string {
  return typeof program === 'string' ? program : join(folderOf(program), program.file);
}
