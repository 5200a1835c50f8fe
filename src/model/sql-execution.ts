import type { ISparkPlanInfo } from '../events';

/** One version of a plan: the first, or what adaptive execution made of it. */
export interface IPlanVersion {
  readonly plan: ISparkPlanInfo;
  readonly physicalPlanDescription: string;
}

/** One execution of a SQL query or of a DataFrame action. */
export class SqlExecution {
  constructor(readonly id: number) {}

  rootExecutionId: number | null = null;
  description = '';
  details = '';
  /** ms since 1970. */
  submissionTime: number | null = null;
  completionTime: number | null = null;
  error: string | null = null;
  readonly jobIds: number[] = [];
  /** All versions, oldest first. */
  readonly plans: IPlanVersion[] = [];

  /** The newest plan. */
  get plan(): ISparkPlanInfo | null {
    return this.plans[this.plans.length - 1]?.plan ?? null;
  }

  get physicalPlanDescription(): string {
    return this.plans[this.plans.length - 1]?.physicalPlanDescription ?? '';
  }
}
