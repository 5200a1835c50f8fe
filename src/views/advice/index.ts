export { AdviceView } from './advice-view';
