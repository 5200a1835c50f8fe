export { TasksView, type ITasksOptions } from './tasks-view';
