/** Where the built modules are, loadable by Node once this one has been imported. */
import { register } from 'node:module';

// `lib/` holds ES modules as a bundler wants them: no file endings in imports.
register(
  `data:text/javascript,${encodeURIComponent(`
    export const resolve = async (name, context, next) => {
      try { return await next(name, context); }
      catch { try { return await next(name + '.js', context); } catch { return next(name + '/index.js', context); } }
    };
    export const load = (url, context, next) =>
      next(url, url.includes('/lib/') ? { ...context, format: 'module' } : context);
  `)}`
);

/** The folder, as `import()` of a program in this folder takes it. */
export const lib = process.env.SPARKGLASS_LIB ?? '../lib';
