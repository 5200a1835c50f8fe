export {
  ApplicationCard,
  type IApplicationCardProps
} from './application-card';
export { ApplicationViews } from './application-views';
export { CachedData } from './cached-data';
export {
  ConnectionLine,
  connectionWords,
  type ConnectionState
} from './connection-line';
export { Cores } from './cores';
export { CurvesList, type ICurvesListProps } from './curves-list';
export { DataFramesList, type IDataFramesProps } from './data-frames';
export { ExecutorsList } from './executors-list';
export { InsertCell } from './insert-cell';
export { JobsList, type IJobsListProps } from './jobs-list';
export { QueriesList, type IQueriesListProps } from './queries-list';
export { Notices, noticeWords } from './notices';
export {
  lackWords,
  Recording,
  recordingWords,
  type IRecordingProps
} from './recording';
export { isActive, type IRecordingState } from './recording-state';
