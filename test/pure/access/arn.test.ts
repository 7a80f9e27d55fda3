import { partsOfArn } from '../../../access/arn';

test.each([
  [
    'arn:aws:lambda:us-east-1:111122223333:function:provider:live',
    ['aws', 'lambda', 'us-east-1', '111122223333', 'function:provider:live'],
  ],
  ['arn:aws-cn:iam::111122223333:role/a', ['aws-cn', 'iam', '', '111122223333', 'role/a']],
  ['arn:aws:s3', ['aws', 's3', '', '', '']],
  ['111122223333', ['', '', '', '', '']],
  ['', ['', '', '', '', '']],
])('the parts of %j', (text, parts) => {
  const { partition, service, region, accountId, resource } = partsOfArn(text);
  expect([partition, service, region, accountId, resource]).toEqual(parts);
});
