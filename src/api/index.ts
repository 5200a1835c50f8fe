export { answer, type Answer } from './answer';
export type { IServedLog } from './served';
