import { hostSuite } from '../support/host-suite.ts';

hostSuite('Express', process.execPath, 'examples/host-express/host.mjs');
