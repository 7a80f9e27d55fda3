/** Buckets, file systems, tables and databases. */
import { asText } from '../../json';
import {
  hex,
  idOf,
  itself,
  named,
  numbered,
  type PlainType,
  type PlainTypes,
  regional,
  unnamed,
} from './form';

/** Of Amazon RDS: its name in lower case, an address and a port. */
function database(name: string, kind: string, infix: string, arn: string): PlainType {
  return {
    name,
    maximum: 63,
    physicalId: (given) => given.toLowerCase(),
    attributes: {
      [arn]: regional('rds', (id) => `${kind}:${id}`),
      'Endpoint.Address': (id, { region, urlSuffix }) =>
        `${id}.${infix}${hex(12)}.${region}.rds.${urlSuffix}`,
      'Endpoint.Port': (_id, _context, { Port: port = '3306' }) => asText(port),
    },
  };
}

function withReader(cluster: PlainType): PlainType {
  const address = (id: string, { region, urlSuffix }: { region: string; urlSuffix: string }): string =>
    `${id}.cluster-ro-${hex(12)}.${region}.rds.${urlSuffix}`;
  return { ...cluster, attributes: { ...cluster.attributes, 'ReadEndpoint.Address': address } };
}

export const DATA: PlainTypes = {
  'AWS::DynamoDB::Table': named('TableName', { Arn: regional('dynamodb', (name) => `table/${name}`) }),
  'AWS::EFS::AccessPoint': {
    physicalId: () => idOf('fsap'),
    attributes: {
      AccessPointId: itself,
      Arn: regional('elasticfilesystem', (id) => `access-point/${id}`),
    },
  },
  'AWS::EFS::FileSystem': {
    physicalId: () => idOf('fs'),
    attributes: {
      FileSystemId: itself,
      Arn: regional('elasticfilesystem', (id) => `file-system/${id}`),
    },
  },
  'AWS::EFS::MountTarget': numbered('fsmt', 'Id'),
  'AWS::ElastiCache::ReplicationGroup': {
    name: 'ReplicationGroupId',
    maximum: 40,
    physicalId: (name) => name.toLowerCase(),
    attributes: {
      'PrimaryEndPoint.Address': (id, { region }) =>
        `${id}.${hex(6)}.ng.0001.use1.cache.${region}.example.com`,
      'PrimaryEndPoint.Port': () => '6379',
      'ReaderEndPoint.Address': (id, { region }) =>
        `${id}-ro.${hex(6)}.ng.0001.use1.cache.${region}.example.com`,
      'ReaderEndPoint.Port': () => '6379',
      'ConfigurationEndPoint.Address': (id, { region }) =>
        `${id}.${hex(6)}.clustercfg.use1.cache.${region}.example.com`,
      'ConfigurationEndPoint.Port': () => '6379',
    },
  },
  'AWS::ElastiCache::ParameterGroup': unnamed('CacheParameterGroupName'),
  'AWS::ElastiCache::SubnetGroup': named('CacheSubnetGroupName'),
  'AWS::FSx::FileSystem': {
    physicalId: () => idOf('fs'),
    attributes: {
      Id: itself,
      DNSName: (id, { region, urlSuffix }) => `${id}.fsx.${region}.${urlSuffix}`,
      LustreMountName: () => hex(8),
      RootVolumeId: () => idOf('fsvol'),
      ResourceARN: regional('fsx', (id) => `file-system/${id}`),
    },
  },
  'AWS::Kinesis::Stream': named('Name', { Arn: regional('kinesis', (name) => `stream/${name}`) }, 128),
  'AWS::OpenSearchService::Domain': named(
    'DomainName',
    {
      Arn: regional('es', (name) => `domain/${name}`),
      DomainEndpoint: (name, { region, urlSuffix }) => `search-${name}-${hex(26)}.${region}.es.${urlSuffix}`,
    },
    28,
  ),
  'AWS::RDS::DBCluster': withReader(database('DBClusterIdentifier', 'cluster', 'cluster-', 'DBClusterArn')),
  'AWS::RDS::DBClusterParameterGroup': named('DBClusterParameterGroupName'),
  'AWS::RDS::DBInstance': database('DBInstanceIdentifier', 'db', '', 'DBInstanceArn'),
  'AWS::RDS::DBParameterGroup': named('DBParameterGroupName'),
  'AWS::RDS::DBSubnetGroup': named('DBSubnetGroupName'),
  'AWS::S3::Bucket': {
    name: 'BucketName',
    maximum: 63,
    physicalId: (name) => name.toLowerCase(),
    attributes: {
      Arn: (id, { partition }) => `arn:${partition}:s3:::${id}`,
      DomainName: (id, { urlSuffix }) => `${id}.s3.${urlSuffix}`,
      DualStackDomainName: (id, { region, urlSuffix }) => `${id}.s3.dualstack.${region}.${urlSuffix}`,
      WebsiteURL: (id, { region, urlSuffix }) => `http://${id}.s3-website-${region}.${urlSuffix}`,
      RegionalDomainName: (id, { region, urlSuffix }) => `${id}.s3.${region}.${urlSuffix}`,
    },
  },
  'AWS::S3::BucketPolicy': named('Bucket'),
};
