export { CurveView } from './curve-view';
