import type { ITranslation } from '../../draw/words';
import type { ITerm } from '../timeline/terms';

/** A word of the curves that explains itself. */
export type CurveTerm =
  | 'error'
  | 'loss'
  | 'accuracy'
  | 'kappa'
  | 'kappaTemporal'
  | 'kappaM'
  | 'fading'
  | 'window'
  | 'cumulative'
  | 'probe'
  | 'examples'
  | 'visits'
  | 'sparkCpu'
  | 'pythonCpu'
  | 'price'
  | 'bytesRead'
  | 'retrains'
  | 'modelBytes'
  | 'version'
  | 'age'
  | 'lag'
  | 'labelLag'
  | 'latency';

/** What a word of the curves means, and what good looks like. */
export function curveTerm(term: CurveTerm, trans: ITranslation): ITerm {
  return measureTerm(term, trans) ?? costTerm(term, trans);
}

function measureTerm(term: CurveTerm, trans: ITranslation): ITerm | null {
  switch (term) {
    case 'error':
      return {
        name: trans.__('error'),
        what: trans.__(
          'Prequential error: each row is predicted first, compared with its label, and only then learnt from. 0 = all right, 1 = all wrong.'
        ),
        good: trans.__(
          'Good is low, and low again soon after the data change. During a flood of forged rows it looks good though the model is bad: then look at the probe.'
        )
      };
    case 'loss':
      return {
        name: trans.__('loss'),
        what: trans.__(
          'How far the predictions were from the truth, averaged over rows that were predicted before they were learnt from.'
        ),
        good: trans.__('Good is low and falling.')
      };
    case 'accuracy':
      return {
        name: trans.__('accuracy'),
        what: trans.__(
          'Share of the rows that were predicted right before they were learnt from: 1 less the error.'
        ),
        good: trans.__(
          'Good is near 100 %, and back there soon after a change.'
        )
      };
    case 'kappa':
      return {
        name: trans.__('kappa'),
        what: trans.__(
          'How much better than guessing with the same shares of classes: 1 = always right, 0 = no better than chance.'
        ),
        good: trans.__(
          'Good is near 1. Where one class is rare, the error may be low and kappa still 0.'
        )
      };
    case 'kappaTemporal':
      return {
        name: trans.__('kappa, temporal'),
        what: trans.__(
          'How much better than always saying the label of the row before.'
        ),
        good: trans.__(
          'Above 0 the model has learnt more than that labels come in runs.'
        )
      };
    case 'kappaM':
      return {
        name: trans.__('kappa, majority'),
        what: trans.__(
          'How much better than always saying the class that was most frequent so far.'
        ),
        good: trans.__(
          'Above 0 the model has learnt more than which class is common.'
        )
      };
    case 'fading':
      return {
        name: trans.__('fading'),
        what: trans.__(
          'An average in which each row counts α times as much as the one after it: α = 0.99 remembers about 100 rows.'
        ),
        good: trans.__(
          'A larger α is calmer and later; a smaller one sees a change sooner and trembles more.'
        )
      };
    case 'window':
      return {
        name: trans.__('window'),
        what: trans.__('The average of the last rows, all counting the same.'),
        good: trans.__(
          'A wider window is calmer and later; a narrow one sees a change sooner.'
        )
      };
    case 'cumulative':
      return {
        name: trans.__('cumulative'),
        what: trans.__('The average of all rows from the first one on.'),
        good: trans.__(
          'Good for data that do not change. After a change it goes on telling of the past.'
        )
      };
    case 'probe':
      return {
        name: trans.__('probe'),
        what: trans.__(
          'Clean rows that were kept aside and are never learnt from, scored again and again: a dashed line in the colour of its learner.'
        ),
        good: trans.__(
          'Good is near the error on the stream. Far above it, the model has learnt something that is not true.'
        )
      };
    default:
      return null;
  }
}

function costTerm(term: CurveTerm, trans: ITranslation): ITerm {
  switch (term) {
    case 'visits':
      return {
        name: trans.__('visits'),
        what: trans.__(
          'Rows that the learner touched: a training of 10 epochs on 1,000 rows is 10,000 visits. Each retraining begins again from the first row.'
        ),
        good: trans.__(
          'A learner that goes row by row has as many visits as rows.'
        )
      };
    case 'sparkCpu':
      return {
        name: trans.__('Spark CPU'),
        what: trans.__(
          'Processor time of the Spark tasks whose jobs belong to this learner: its micro-batches and its trainings.'
        ),
        good: trans.__(
          'Learners that share micro-batches share this figure, too.'
        )
      };
    case 'pythonCpu':
      return {
        name: trans.__('Python CPU'),
        what: trans.__(
          'Processor time of this learner alone in the Python of your notebook: learning, without scoring. Spark does not see it.'
        ),
        good: trans.__(
          'With toPandas() and partial_fit() nearly all of the work is here.'
        )
      };
    case 'bytesRead':
      return {
        name: trans.__('read'),
        what: trans.__('Bytes that the Spark jobs of this learner read.'),
        good: trans.__('Reading the same rows again and again shows here.')
      };
    case 'price':
      return {
        name: trans.__('price'),
        what: trans.__(
          'Processor time of Spark and of Python, times what you said that an hour of one processor costs, in your currency. What Python workers of Spark take is not in it.'
        ),
        good: trans.__(
          'Beside the error: what one point of it less is worth to you.'
        )
      };
    case 'retrains':
      return {
        name: trans.__('retrained'),
        what: trans.__(
          'How often the model was trained anew on all it had: upright ticks on the axis.'
        ),
        good: trans.__(
          'Between two of them the model stands still while the data go on.'
        )
      };
    case 'modelBytes':
      return {
        name: trans.__('model'),
        what: trans.__('Size of the model when it is saved (pickled).'),
        good: trans.__(
          'A linear model stays as it is; a tree or a neighbour model may grow with the rows.'
        )
      };
    case 'version':
      return {
        name: trans.__('version'),
        what: trans.__('Which model answers requests now.'),
        good: trans.__('It rises with every model that is published.')
      };
    case 'age':
      return {
        name: trans.__('age'),
        what: trans.__('Time since the model that answers was published.'),
        good: trans.__('Good is young enough for how fast your data change.')
      };
    case 'lag':
      return {
        name: trans.__('lag'),
        what: trans.__(
          'Rows that have been seen since, and that the model which answers does not know.'
        ),
        good: trans.__('Good is small; it falls to 0 with a new version.')
      };
    case 'labelLag':
      return {
        name: trans.__('label lag'),
        what: trans.__(
          'Rows that came between a row and its label: the middle one of the last 1,000 labels. What was predicted when the row came is what is scored, and it is drawn at the place of the row.'
        ),
        good: trans.__(
          'Good is small: until the label comes, nobody sees an error there, and nothing is learnt.'
        )
      };
    case 'latency':
      return {
        name: trans.__('latency'),
        what: trans.__(
          'How long a request waited for its answer: the middle one of the last 1,000, and the slowest 5 %.'
        ),
        good: trans.__('Good is a few milliseconds.')
      };
    default:
      return {
        name: trans.__('examples'),
        what: trans.__(
          'Rows with a label that were scored, each counted once for all learners.'
        ),
        good: trans.__('The axis on which learners can be compared.')
      };
  }
}
