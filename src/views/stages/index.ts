export { StagesView, type IStagesOptions } from './stages-view';
