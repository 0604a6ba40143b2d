/**
 * What a branch's configuration must be before a day can be run with it [S-9]. The server refuses by these
 * rules and the administration page shows them beside the field while it is being filled in.
 */
export interface SetupFault {
  /** `services.<id>.prefix`, `counters`, `settings.calls`, … */
  field: string;
  reason: 'needed' | 'repeated' | 'prefix' | 'prefixTaken' | 'unknown' | 'hours' | 'range';
  min?: number;
  max?: number;
}
