/** Errors of nodes and of what runs on them. Data; the first that fits is meant. */
import { type ErrorHelp } from './error-help';

export const OF_NODES: readonly ErrorHelp[] = [
  {
    shape: /did not contain an instance id/i,
    meaning:
      'The entry has the user name of a node, {{EC2PrivateDNSName}}, and the session of the caller is no EC2 instance.',
    look: ['Which entry it is: eks-access explain ARN aws-auth.yaml. People need another user name.'],
    rules: ['node-username-on-person'],
  },
  {
    shape:
      /NodeCreationFailure|join the (?:kubernetes )?cluster|NodegroupActive|Unhealthy nodes in|register node|kubelet\S*[^]*Unauthorized|(?:CSINode publishing|lease exists)[^]*Unauthorized/i,
    meaning: 'A node did not join: no entry lets its role in, or the node does not reach the cluster.',
    look: [
      'With Unauthorized in the log of the node (journalctl -u kubelet) it is the entry of its role: eks-access doctor --cluster NAME, or eks-access explain ARN_OF_THE_ROLE aws-auth.yaml.',
      'In aws-auth: user name system:node:{{EC2PrivateDNSName}}, groups system:bootstrappers and system:nodes, the ARN without its path. As an access entry: type EC2_LINUX, EC2_WINDOWS or HYBRID_LINUX, not STANDARD.',
      'Without it: the route to the endpoint of the cluster, its security groups, and the name of the cluster in the user data.',
    ],
    rules: ['node-mapping-missing', 'node-entry-type', 'role-arn-path', 'duplicate-shadowed'],
  },
  {
    shape: /is not allowed to modify node|node "[^"]+" cannot (?:read|modify)/i,
    meaning: 'The node logs in under the name of another node.',
    look: [
      'The user name of its entry: system:node:{{EC2PrivateDNSName}} for instances, {{SessionName}} for Fargate and hybrid nodes alone.',
    ],
    rules: ['node-groups-incomplete', 'node-username-on-person'],
  },
  {
    shape: /dialing backend|kubelet-client/i,
    meaning: 'Logging in worked: the API server and the kubelet of the node do not get on.',
    look: [
      'kubectl get csr: requests of the node that stay Pending. Its entry has to give the user name system:node:{{EC2PrivateDNSName}} and the group system:nodes.',
      'Whether security groups let the control plane reach port 10250 of the node.',
    ],
    rules: ['node-groups-incomplete', 'node-entry-type'],
  },
  {
    shape: /kube-proxy-windows|windows[^.]*\b(?:DNS|resolve)|(?:DNS|resolve)[^.]*windows/i,
    meaning:
      'kube-proxy of Windows nodes needs a group of its own, and without it their pods reach no service.',
    look: [
      'In aws-auth: the groups of their role are system:bootstrappers, system:nodes and eks:kube-proxy-windows. As an access entry: type EC2_WINDOWS.',
      'Give Windows and Linux nodes roles of their own.',
    ],
    rules: ['node-groups-incomplete', 'node-entry-type'],
  },
  {
    shape: /pull(?:ing)? image|ImagePull|ErrImage/i,
    meaning: 'A registry refuses an image to a node: no mapping is the cause.',
    look: ['The IAM policies of the role of the node for ECR, or the imagePullSecrets of the pod.'],
    rules: [],
  },
];
