import { memoryStore } from '@countersign/server';
import { storeSuite } from './store-suite.ts';

storeSuite('memory', async () => memoryStore());
