export { LineageView } from './lineage-view';
