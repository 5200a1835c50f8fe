import type { ICells } from '../../analysis/matrix-pixels';
import { partitionsOf, type IPartitions } from '../../analysis/partitions';
import type { IScope } from '../../analysis/scope';
import {
  readSpecs,
  shuffleOutcome,
  type IShuffleOutcome
} from '../../analysis/shuffle-outcome';
import {
  judgeShuffle,
  type ShuffleVerdict
} from '../../analysis/shuffle-sizes';
import type { Application, IShuffle, StageAttempt } from '../../model';

/** A shuffle of a scope, and the stage that wrote it. */
export interface IShuffleChoice {
  readonly application: Application;
  readonly stage: StageAttempt;
  readonly shuffle: IShuffle;
}

/** What is shown of a scope. */
export interface IShownShuffle extends IShuffleChoice {
  readonly choices: readonly IShuffleChoice[];
  readonly verdict: ShuffleVerdict;
  readonly cells: ICells;
  readonly outcome: IShuffleOutcome;
  /** The map tasks. */
  readonly maps: IPartitions;
}

/** Keeps which shuffle was chosen, and works out what is shown once a batch. */
export class ShufflesData {
  /** See {@link keyOf}; null for the one that says most. */
  chosen: string | null = null;

  private readonly verdicts = new WeakMap<IShuffle, ShuffleVerdict>();
  private readonly cells = new WeakMap<IShuffle, ICells>();

  /** What is shown now; null while no shuffle is known. */
  shown(scope: IScope): IShownShuffle | null {
    const choices = choicesOf(scope);
    const choice =
      choices.find(each => keyOf(each) === this.chosen) ?? this.first(choices);
    return choice
      ? {
          ...choice,
          choices,
          verdict: this.verdictOf(choice.shuffle),
          cells: this.cellsOf(choice.shuffle),
          outcome: shuffleOutcome(
            choice.application,
            choice.stage,
            choice.shuffle.reducers,
            readSpecs(
              choice.application.shuffleReads.get(choice.shuffle.id)?.[0]
            )
          ),
          maps: partitionsOf(choice.application, choice.stage)
        }
      : null;
  }

  /** Of the crowded shuffles the largest, else the largest. */
  private first(
    choices: readonly IShuffleChoice[]
  ): IShuffleChoice | undefined {
    const bySize = [...choices].sort(
      (a, b) => bytesOf(b.shuffle) - bytesOf(a.shuffle)
    );
    return (
      bySize.find(
        ({ shuffle }) => this.verdictOf(shuffle).kind === 'crowded'
      ) ?? bySize[0]
    );
  }

  private verdictOf(shuffle: IShuffle): ShuffleVerdict {
    let verdict = this.verdicts.get(shuffle);
    if (!verdict) {
      verdict = judgeShuffle(shuffle);
      this.verdicts.set(shuffle, verdict);
    }
    return verdict;
  }

  /** The matrix; a single empty cell where it did not come. */
  private cellsOf(shuffle: IShuffle): ICells {
    let cells = this.cells.get(shuffle);
    if (!cells) {
      const { matrix } = shuffle;
      cells = matrix
        ? {
            rows: matrix.rows,
            columns: matrix.columns,
            values: matrix.logSizes
          }
        : { rows: 1, columns: 1, values: new Uint8Array(1) };
      this.cells.set(shuffle, cells);
    }
    return cells;
  }
}

/** How a shuffle is told from the others of a scope. */
export function keyOf({ application, shuffle }: IShuffleChoice): string {
  return `${application.ordinal}:${shuffle.id}`;
}

/** All bytes of a shuffle, as the driver has them. */
export function bytesOf(shuffle: IShuffle): number {
  return shuffle.reduceSizesBytes.reduce((sum, bytes) => sum + bytes, 0);
}

function choicesOf(scope: IScope): IShuffleChoice[] {
  return scope.parts().flatMap(({ application, stages }) => {
    const seen = new Set<number>();
    // A shuffle that was written in two attempts is one, that of the last.
    return [...stages]
      .reverse()
      .flatMap(stage => {
        const shuffle = application.shuffles.get(stage.shuffleDepId ?? -1);
        if (!shuffle || seen.has(shuffle.id)) {
          return [];
        }
        seen.add(shuffle.id);
        return [{ application, stage, shuffle }];
      })
      .reverse();
  });
}
