import { codeStage } from '@countersign/elements/code-stage';
import { late } from '@countersign/elements/late';
import type { FactorView } from '@countersign/elements/view';
import { email } from './client.ts';
import type { EmailContract } from './contract.ts';
import { messages } from './messages.ts';

/** An envelope. */
const icon = 'M3 5h14v10H3zl7 6 7-6';

/** Only who adds an address needs the field for it. */
const emailStage = late(async () => (await import('./view-email.ts')).emailStage);

/** How the e-mail factor looks. */
export const emailView: FactorView<EmailContract> = {
  client: email(),
  name: messages.name,
  icon,
  setup: (step, context) => (step.stage === 'email' ? emailStage(step, context) : codeStage(step, context)),
  verify: codeStage,
};
