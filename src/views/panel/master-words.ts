import type { ITranslation } from '../../draw/words';

/** Where an application runs, from its master URL, for who has never seen one. */
export function masterWords(master: string, trans: ITranslation): string {
  const local = /^local(?:\[([^\],]+).*\])?$/.exec(master);
  if (local) {
    const threads = local[1] ?? '1';
    return threads === '*'
      ? trans.__('this computer, all cores')
      : trans._n(
          'this computer, %1 core',
          'this computer, %1 cores',
          Number(threads)
        );
  }
  const cluster = /^local-cluster\[(\d+)/.exec(master);
  if (cluster) {
    return trans._n(
      'this computer, %1 executor process',
      'this computer, %1 executor processes',
      Number(cluster[1])
    );
  }
  const standalone = /^spark:\/\/([^,]+)/.exec(master);
  if (standalone) {
    return trans.__('a Spark cluster (%1)', standalone[1]);
  }
  if (master.startsWith('yarn')) {
    return trans.__('a Hadoop cluster (YARN)');
  }
  if (master.startsWith('k8s://')) {
    return trans.__('a Kubernetes cluster (%1)', master.slice(6));
  }
  return master || trans.__('not known');
}
