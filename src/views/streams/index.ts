export { StreamsView } from './streams-view';
