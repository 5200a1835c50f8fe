export { PartitionsView } from './partitions-view';
