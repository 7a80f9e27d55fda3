/** The EKS API at the pace of a run. */
import { type EksApi } from '../../access/aws/eks-api';
import { type Pace } from './time';

export function paced(api: EksApi, pace: Pace): EksApi {
  return {
    call: async (operation, input) => {
      await pace();
      return api.call(operation, input);
    },
  };
}
