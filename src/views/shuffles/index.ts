export { ShufflesView } from './shuffles-view';
