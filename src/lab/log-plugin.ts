import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import {
  ABCWidgetFactory,
  DocumentWidget,
  TextModelFactory,
  type DocumentRegistry
} from '@jupyterlab/docregistry';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import { ITranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { CommandIDs } from './command-ids';
import { sparkglassIcon } from './icon';
import { lateWords } from './late-words';
import { ISparkglass } from './tokens';

const MODEL = 'sparkglass-event-log';
const FACTORY = 'Spark event log';
const FILE_TYPE = 'spark-event-log';

/**
 * Names that Spark gives to event logs: the application id of a master (`local-…`, `app-…`, `application_…`, `spark-…`), the attempt and the codec;
 * any file of a rolling log; anything that is being written.
 */
const NAMES =
  '^(events_\\d+_.+|(local-\\d{10,}|app-\\d{14}-\\d+|application_\\d+_\\d+|spark-(application-)?[0-9a-f]{13,})(_\\w+)?(\\.(zstd|lz4|snappy|lzf|gz))?|.+\\.inprogress)$';

/** A model without content: logs are read in ranges. */
class NoContent extends TextModelFactory {
  override get name(): string {
    return MODEL;
  }

  override get fileFormat(): Contents.FileFormat {
    return null;
  }
}

/** Makes the tab; what fills it is loaded then. */
class LogFactory extends ABCWidgetFactory<DocumentWidget> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<DocumentWidget>,
    private readonly fill: (widget: Widget, path: string) => void
  ) {
    super(options);
  }

  protected override createNewWidget(
    context: DocumentRegistry.Context
  ): DocumentWidget {
    const content = new Widget();
    content.addClass('jp-Sparkglass-document');
    content.title.icon = sparkglassIcon;
    this.fill(content, context.path);
    return new DocumentWidget({ content, context });
  }
}

const logChunk = () =>
  import(/* webpackChunkName: "log-document" */ './log-document');

/** Opens Spark's event logs from the file browser. */
export const logPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:event-logs',
  description: 'Opens event logs of Spark.',
  autoStart: true,
  requires: [ISparkglass],
  optional: [ITranslator, IThemeManager, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    sparkglass: ISparkglass,
    translator: ITranslator | null,
    themes: IThemeManager | null,
    browsers: IFileBrowserFactory | null
  ): void => {
    const words = lateWords(translator, sparkglass);
    app.docRegistry.addFileType({
      name: FILE_TYPE,
      displayName: words.__('Spark event log'),
      extensions: [],
      pattern: NAMES,
      contentType: 'file',
      fileFormat: null,
      mimeTypes: ['application/x-ndjson'],
      icon: sparkglassIcon
    });
    app.docRegistry.addModelFactory(new NoContent());
    app.docRegistry.addWidgetFactory(
      new LogFactory(
        {
          name: FACTORY,
          label: words.__('Spark Event Log'),
          modelName: MODEL,
          // Any file, on request: a log may have any name.
          fileTypes: [FILE_TYPE, '*'],
          defaultFor: [FILE_TYPE],
          readOnly: true
        },
        (widget, path) => {
          void Promise.all([logChunk(), sparkglass.words]).then(
            ([{ showLog }, own]) => {
              if (!widget.isDisposed) {
                const { contents } = app.serviceManager;
                showLog(widget, {
                  contents,
                  path,
                  trans: own ?? words,
                  themes
                });
              }
            }
          );
        }
      )
    );
    app.commands.addCommand(CommandIDs.openLog, {
      label: () => words.__('Open Spark Event Log'),
      describedBy: { args: { type: 'object', properties: {} } },
      icon: sparkglassIcon,
      execute: async () => {
        const chosen = browsers?.tracker.currentWidget?.selectedItems().next();
        if (chosen && !chosen.done) {
          const { openFolder } = await logChunk();
          await openFolder(app, chosen.value.path, FACTORY);
        }
      }
    });
  }
};
