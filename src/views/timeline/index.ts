export { TimelineView, type ITimelineOptions } from './timeline-view';
