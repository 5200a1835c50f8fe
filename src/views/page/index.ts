export { ScopePage, type IScopePageOptions } from './scope-page';
