import { hostSuite } from '../support/host-suite.ts';

hostSuite('Python', 'python3', 'examples/host-python/host.py');
