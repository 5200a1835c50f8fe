import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { pageLanguage } from './lab/language';

const RUN_MIME = 'application/vnd.sparkglass.run.v1+json';

/** An empty output until what draws it has been loaded. */
class LazyRun extends Widget implements IRenderMime.IRenderer {
  constructor(private readonly options: IRenderMime.IRendererOptions) {
    super();
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const [{ PinnedRun }, { wordsIn }, language] = await Promise.all([
      import('./lab/pinned-run'),
      import('./lab/words'),
      pageLanguage(this.options.translator?.languageCode ?? 'en')
    ]);
    const words = await wordsIn(language);
    if (this.isDisposed) {
      return;
    }
    if (!this.inner) {
      this.inner = new PinnedRun(this.options.mimeType, words);
      Widget.attach(this.inner, this.node);
    }
    await this.inner.renderModel(model);
  }

  override dispose(): void {
    this.inner?.dispose();
    super.dispose();
  }

  private inner: (Widget & IRenderMime.IRenderer) | null = null;
}

/** The renderer of pinned runs; JupyterLab loads it apart from the plugins. */
const extension: IRenderMime.IExtension = {
  id: 'sparkglass:mime',
  description: 'Shows pinned Spark runs, also without a kernel.',
  rendererFactory: {
    safe: true,
    mimeTypes: [RUN_MIME],
    defaultRank: 10,
    createRenderer: options => new LazyRun(options)
  },
  dataType: 'json'
};

export default extension;
