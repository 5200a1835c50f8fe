export { PictureButtons } from './picture-buttons';
