import { memoryStore } from '../../../packages/server/src/store/memory/memory-store.ts';
import { storeSuite } from './store-suite.ts';

storeSuite('memory', async () => memoryStore());
