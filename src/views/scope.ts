export {
  applicationScope,
  jobScope,
  rowsOf,
  runScope,
  type IScope,
  type IScopePart
} from '../analysis/scope';
