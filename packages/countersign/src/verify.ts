import { CountersignSetup, CountersignVerify } from '@countersign/elements';
import { define } from '@countersign/elements/define';
import { smsView } from '@countersign/factors/sms/view';

define({ 'countersign-verify': CountersignVerify, 'countersign-setup': CountersignSetup }, [smsView]);

export { CompleteEvent, CountersignSetup, CountersignVerify } from '@countersign/elements';
