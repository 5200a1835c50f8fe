export { PlanView } from './plan-view';
