import { codeStage } from '@countersign/elements/code-stage';
import { late } from '@countersign/elements/late';
import type { FactorView } from '@countersign/elements/view';
import { sms } from './client.ts';
import type { SmsContract } from './contract.ts';
import { messages } from './messages.ts';

/** A speech bubble. */
const icon =
  'M3 5.5A2.5 2.5 0 0 1 5.5 3h9A2.5 2.5 0 0 1 17 5.5v6a2.5 2.5 0 0 1-2.5 2.5H9l-4 3v-3.05A2.5 2.5 0 0 1 3 11.5zM7 8.5h.01M10 8.5h.01M13 8.5h.01';

/** Only who adds a number needs the field for it. */
const phoneStage = late(async () => (await import('./view-phone.ts')).phoneStage);

/** How the SMS factor looks. */
export const smsView: FactorView<SmsContract> = {
  client: sms(),
  name: messages.name,
  icon,
  setup: (step, context) => (step.stage === 'phone' ? phoneStage(step, context) : codeStage(step, context)),
  verify: codeStage,
};
