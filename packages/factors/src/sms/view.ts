import { codeStage } from '@countersign/elements/code-stage';
import { late } from '@countersign/elements/late';
import type { FactorView } from '@countersign/elements/view';
import { sms } from './client.ts';
import type { SmsContract } from './contract.ts';
import { messages } from './messages.ts';

/** A speech bubble. */
const icon = 'M5 3h10a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H9l-4 3v-3a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z';

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
