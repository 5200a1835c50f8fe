export { curvePicture, type ICurvePicture } from './curve-picture';
export { CurveView } from './curve-view';
