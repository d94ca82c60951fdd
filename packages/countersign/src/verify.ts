import { CountersignSetup, CountersignVerify } from '@countersign/elements';
import { define } from '@countersign/elements/define';
import { views } from './lib/views.ts';

define({ 'countersign-verify': CountersignVerify, 'countersign-setup': CountersignSetup }, views);

export { CompleteEvent, CountersignSetup, CountersignVerify } from '@countersign/elements';
