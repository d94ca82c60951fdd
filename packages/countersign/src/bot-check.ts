export { solveBotCheck, solvingBotChecks } from '@countersign/client/bot-check';
