import type { EnterCodeStep } from '@countersign/core/flow';
import type { codeStage } from '../code-stage.ts';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';

/** What is given besides: the stage that this is a case of, handed in lest it come to lie in a third file. */
interface UnseenContext extends ViewContext {
  codeStage: typeof codeStage;
}

/** The code to an address of which nobody is to learn here whether it has an account: the words are the same for all. */
export const unseenCode = (step: EnterCodeStep, context: UnseenContext): StepContent | null => {
  const content = context.codeStage(step, context);
  if (content === null || step.delivery === 'failed') return content;
  return { ...content, lead: msg(str`If there is an account for ${step.target}, we have sent it a code.`) };
};
