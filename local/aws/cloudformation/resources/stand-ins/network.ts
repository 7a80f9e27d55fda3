/** The network of Amazon EC2. */
import { asText } from '../../json';
import { hex, idOf, itself, numbered, type PlainTypes, publicAddress, regional, unnamed } from './form';

export const NETWORK: PlainTypes = {
  'AWS::EC2::DHCPOptions': numbered('dopt', 'DhcpOptionsId'),
  'AWS::EC2::EIP': {
    physicalId: publicAddress,
    attributes: { PublicIp: itself, AllocationId: () => idOf('eipalloc') },
  },
  'AWS::EC2::EIPAssociation': numbered('eipassoc', 'Id'),
  'AWS::EC2::EgressOnlyInternetGateway': numbered('eigw', 'Id'),
  'AWS::EC2::FlowLog': numbered('fl', 'Id'),
  'AWS::EC2::InternetGateway': numbered('igw', 'InternetGatewayId'),
  'AWS::EC2::NatGateway': numbered('nat', 'NatGatewayId'),
  'AWS::EC2::NetworkAcl': numbered('acl', 'Id'),
  'AWS::EC2::NetworkAclEntry': unnamed('Id'),
  'AWS::EC2::NetworkInterface': {
    physicalId: () => idOf('eni'),
    attributes: {
      Id: itself,
      PrimaryPrivateIpAddress: () => '10.0.0.20',
      SecondaryPrivateIpAddresses: (_id, _context, { SecondaryPrivateIpAddressCount: count = 0 }) =>
        Array.from({ length: Number(count) || 0 }, (_, index) => `10.0.0.${21 + index}`),
    },
    mirrors: { PrimaryPrivateIpAddress: 'PrivateIpAddress' },
  },
  'AWS::EC2::NetworkInterfaceAttachment': numbered('eni-attach', 'AttachmentId'),
  'AWS::EC2::CustomerGateway': numbered('cgw', 'CustomerGatewayId'),
  'AWS::EC2::TransitGatewayRoute': unnamed(),
  'AWS::EC2::TransitGatewayRouteTable': numbered('tgw-rtb', 'TransitGatewayRouteTableId'),
  'AWS::EC2::TransitGatewayRouteTableAssociation': unnamed(),
  'AWS::EC2::TransitGatewayRouteTablePropagation': unnamed(),
  'AWS::EC2::VPCEndpointServicePermissions': unnamed(),
  'AWS::EC2::VPNConnection': numbered('vpn', 'VpnConnectionId'),
  'AWS::EC2::VPNGateway': numbered('vgw', 'VPNGatewayId'),
  'AWS::EC2::PrefixList': {
    physicalId: () => idOf('pl'),
    attributes: { PrefixListId: itself, Arn: regional('ec2', (id) => `prefix-list/${id}`) },
  },
  'AWS::EC2::Route': {
    physicalId: (_name, _context, properties) => {
      const { RouteTableId: table, DestinationCidrBlock: block, DestinationIpv6CidrBlock: six } = properties;
      return `${asText(table)}|${asText(block ?? six)}`;
    },
    attributes: {},
    mirrors: { CidrBlock: 'DestinationCidrBlock' },
  },
  'AWS::EC2::RouteTable': numbered('rtb', 'RouteTableId'),
  'AWS::EC2::SecurityGroup': { ...numbered('sg', 'GroupId', 'Id'), mirrors: { VpcId: 'VpcId' } },
  'AWS::EC2::SecurityGroupEgress': numbered('sgr', 'Id'),
  'AWS::EC2::SecurityGroupIngress': numbered('sgr', 'Id'),
  'AWS::EC2::Subnet': {
    physicalId: () => idOf('subnet'),
    attributes: {
      SubnetId: itself,
      AvailabilityZone: (_id, { region }) => `${region}a`,
      NetworkAclAssociationId: () => idOf('aclassoc'),
      Ipv6CidrBlocks: () => [],
    },
    mirrors: { AvailabilityZone: 'AvailabilityZone', CidrBlock: 'CidrBlock', VpcId: 'VpcId' },
  },
  'AWS::EC2::SubnetNetworkAclAssociation': numbered('aclassoc', 'AssociationId'),
  'AWS::EC2::SubnetRouteTableAssociation': numbered('rtbassoc', 'Id'),
  'AWS::EC2::TransitGateway': numbered('tgw', 'Id'),
  'AWS::EC2::TransitGatewayAttachment': numbered('tgw-attach', 'Id'),
  'AWS::EC2::VPC': {
    physicalId: () => idOf('vpc'),
    attributes: {
      VpcId: itself,
      DefaultSecurityGroup: () => idOf('sg'),
      DefaultNetworkAcl: () => idOf('acl'),
      CidrBlockAssociations: () => [idOf('vpc-cidr-assoc')],
      // Of the block for documentation (RFC 3849), as if one were associated already.
      Ipv6CidrBlocks: () => [`2001:db8:${hex(4)}:${hex(2)}00::/56`],
    },
    mirrors: { CidrBlock: 'CidrBlock' },
  },
  'AWS::EC2::VPCCidrBlock': numbered('vpc-cidr-assoc', 'Id'),
  'AWS::EC2::VPCDHCPOptionsAssociation': unnamed(),
  'AWS::EC2::VPCEndpoint': {
    physicalId: () => idOf('vpce'),
    attributes: {
      Id: itself,
      DnsEntries: (id, { region, urlSuffix }) => [
        `Z${hex(13).toUpperCase()}:${id}-${hex(8)}.${region}.vpce.${urlSuffix}`,
      ],
      NetworkInterfaceIds: (_id, _context, { SubnetIds: subnets }) =>
        Array.isArray(subnets) ? subnets.map(() => idOf('eni')) : [],
    },
  },
  'AWS::EC2::VPCEndpointService': numbered('vpce-svc', 'ServiceId'),
  'AWS::EC2::VPCGatewayAttachment': {
    physicalId: (_name, _context, { VpcId: vpc }) => `IGW|${asText(vpc)}`,
    attributes: { AttachmentType: () => 'IGW' },
  },
  'AWS::EC2::VPCPeeringConnection': numbered('pcx', 'Id'),
};
