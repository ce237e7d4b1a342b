import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import { describeLakeContract } from '../ports/lake.contract.ts';

describeLakeContract('MemoryLake', async () => {
  const lake = new MemoryLake();
  return {
    lake,
    plant: async (key, body) => {
      lake.plant(key, body);
      return true;
    },
    dispose: async () => {},
  };
});
