/** Buckets, file systems, tables and databases. */
import { idOf, itself, named, numbered, type PlainTypes, regional } from './form';

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
  'AWS::RDS::DBSubnetGroup': named('DBSubnetGroupName'),
  'AWS::S3::Bucket': {
    name: 'BucketName',
    maximum: 63,
    physicalId: (name) => name.toLowerCase(),
    attributes: {
      Arn: (id, { partition }) => `arn:${partition}:s3:::${id}`,
      DomainName: (id, { urlSuffix }) => `${id}.s3.${urlSuffix}`,
      RegionalDomainName: (id, { region, urlSuffix }) => `${id}.s3.${region}.${urlSuffix}`,
    },
  },
  'AWS::S3::BucketPolicy': named('Bucket'),
};
