/** No connection to a service, or one that must not be trusted, and what it comes to (docs/faults.md) (CR-58). */
import { type Certificates, createCertificates } from './certificates';
import { outcomeOf, WAYS } from './connections';
import { SERVICES } from './services';
import { told } from './table';

let certificates: Certificates;
beforeAll(async () => (certificates = await createCertificates()));

test.each(SERVICES.map((service) => [service.name, service] as const))(
  '%s',
  async (name, service) => {
    const found = await Promise.all(
      WAYS.map(async (way) => [way, await outcomeOf(service, way, certificates)] as const),
    );
    const { works, ...outcomes } = Object.fromEntries(found);
    expect(works).toBe('passes');
    expect(outcomes).toEqual(told(name));
  },
  120_000,
);
