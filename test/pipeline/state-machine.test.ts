import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import * as errors from '../../lambdas/domain/errors.ts';
import {
  readDefinition,
  type StateMachineDefinition,
  substituted,
  taskStates,
} from '../../lambdas/pipeline/run-locally.ts';
import { placeholderOf, type TaskName, tasks } from '../../lambdas/pipeline/tasks.ts';

const definition = await readDefinition();

interface AnyState {
  readonly Type: string;
  readonly Resource?: string;
  readonly Retry?: { ErrorEquals: string[] }[];
  readonly Catch?: { ErrorEquals: string[]; Next: string }[];
  readonly ItemProcessor?: StateMachineDefinition & { ProcessorConfig?: { Mode: string } };
  readonly Next?: string;
  readonly [field: string]: unknown;
}

function allStates(machine: StateMachineDefinition): [string, AnyState, boolean][] {
  const visit = (states: object, nested: boolean): [string, AnyState, boolean][] =>
    Object.entries(states as Record<string, AnyState>).flatMap(([name, state]) => [
      [name, state, nested] as [string, AnyState, boolean],
      ...(state.ItemProcessor === undefined ? [] : visit(state.ItemProcessor.States, true)),
    ]);
  return visit(machine.States, false);
}

const states = allStates(definition);

describe('the state machine', () => {
  it('is valid Amazon States Language', () => {
    expect(() => new StateMachine(substituted(definition) as never)).not.toThrow();
    const broken = { ...definition, StartAt: 'nowhere' };
    expect(() => new StateMachine(substituted(broken) as never)).toThrow(/invalid/);
  });

  it('has a placeholder for every task and no other', () => {
    const placeholders = new Set([...JSON.stringify(definition).matchAll(/\$\{(\w+)\}/g)].map((found) => found[1]));
    expect([...placeholders].sort()).toEqual((Object.keys(tasks) as TaskName[]).map(placeholderOf).sort());
  });

  it('names tasks after the states that call them', () => {
    for (const { state, task } of taskStates(definition)) {
      expect([task, `${task}-silver`, `${task}-gold`, `${task}-analytics`, 'close-failed-run']).toContain(state);
    }
  });

  it('uses only states that both AWS and the local interpreter run', () => {
    const allowed = ['Task', 'Map', 'Choice', 'Pass', 'Wait', 'Succeed', 'Fail'];
    for (const [name, state] of states) expect(allowed, name).toContain(state.Type);
    const text = JSON.stringify(definition);
    expect(text).not.toMatch(/JSONata|QueryLanguage|"Assign"|"Output"|waitForTaskToken|DISTRIBUTED/);
    for (const [, state] of states)
      if (state.ItemProcessor) expect(state.ItemProcessor.ProcessorConfig?.Mode).toBe('INLINE');
  });

  it('does not read the Map context inside an item processor', () => {
    for (const [name, state, nested] of states) {
      if (nested) expect(JSON.stringify(state), name).not.toContain('$$.Map');
    }
  });

  it('matches only errors that exist', () => {
    const exported = new Set<string>(errors.errorNames);
    for (const [name, state] of states) {
      for (const rule of [...(state.Retry ?? []), ...(state.Catch ?? [])]) {
        for (const error of rule.ErrorEquals) {
          expect(/^(States|Lambda|Runtime|Sandbox)\./.test(error) || exported.has(error), `${name}: ${error}`).toBe(
            true,
          );
        }
      }
    }
  });

  it('lists every exported error class by its name', () => {
    const classes = Object.entries(errors).filter(
      ([, value]) => typeof value === 'function' && value.prototype instanceof errors.PipelineError,
    );
    expect(classes.map(([name]) => name).sort()).toEqual([...errors.errorNames].sort());
  });

  it('retries transient errors of every task and gives each a time limit', () => {
    for (const [name, state] of states) {
      if (state.Type !== 'Task') continue;
      expect(
        state.Retry?.flatMap((rule) => rule.ErrorEquals),
        name,
      ).toContain('StorageBusyError');
      expect(state.TimeoutSeconds, name).toBeGreaterThan(0);
    }
  });

  it('asks every task again whose function died', () => {
    for (const [name, state] of states) {
      if (state.Type !== 'Task') continue;
      const [rule, ...others] = (state.Retry ?? []).filter(({ ErrorEquals }) =>
        ErrorEquals.includes('Runtime.ExitError'),
      );
      expect(others, name).toEqual([]);
      expect(rule, name).toMatchObject({
        ErrorEquals: ['Lambda.Unknown', 'Runtime.ExitError', 'Sandbox.Timedout', 'States.Timeout'],
        // A table that is too large for the first function goes to the other engine, and there may be several of them.
        MaxAttempts: name.startsWith('build-layer') ? 4 : 1,
      });
    }
  });

  it('leads every failure after the plan to a step that closes the run', () => {
    for (const [name, state, nested] of states) {
      if (nested || !['Task', 'Map'].includes(state.Type) || ['plan-run', 'close-failed-run'].includes(name)) continue;
      expect(state.Catch, name).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'close-failed-run' },
      ]);
    }
  });

  it('ends well when another run holds the lease, and tells it from its own earlier call', () => {
    const plan = states.find(([name]) => name === 'plan-run')?.[1];
    expect(plan?.Parameters).toEqual({ 'request.$': '$', 'execution.$': '$$.Execution.Name' });
    expect(plan?.Catch?.map(({ ErrorEquals, Next }) => [ErrorEquals, Next])).toEqual([
      [['LeaseHeldError'], 'another-run-works'],
      [['States.ALL'], 'run-failed'],
    ]);
    expect(states.find(([name]) => name === 'another-run-works')?.[1].Type).toBe('Succeed');
  });

  it('catches the failure of each batch inside the Map', () => {
    const batch = states.find(([name]) => name === 'collect-files')?.[1];
    expect(batch?.Catch?.[0]?.Next).toBe('batch-failed');
  });
});
