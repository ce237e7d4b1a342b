import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import type { ExecuteRequest, ExecuteResult } from '../../../../lambdas/api/contract/actions.ts';
import type { ApiError } from '../../api/api-error.ts';
import { postJson } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { Recommendation } from '../../components/recommendation.ts';

interface ScheduleDialogProps {
  readonly recommendation: Recommendation;
  readonly onClose: () => void;
  readonly onDone: (result: ExecuteResult) => void;
}

const field = 'mt-1 block w-full rounded-md border border-edge bg-surface px-3 text-sm';
const usualDays = { HIGH: 'tomorrow', MEDIUM: 'in 7 days', LOW: 'in 14 days' } as const;

/** When it is due and what else to say; then the Task is made. */
export function ScheduleDialog({ recommendation, onClose, onDone }: ScheduleDialogProps) {
  const [dueOn, setDueOn] = useState('');
  const [note, setNote] = useState('');
  const [key] = useState(newKey);
  const queries = useQueryClient();
  const execute = useMutation<ExecuteResult, ApiError>({
    mutationFn: () => postJson(executePath(recommendation), bodyOf(dueOn, note), key),
    onSuccess: async (result) => {
      await queries.invalidateQueries();
      onDone(result);
    },
  });
  return (
    <Modal
      label={`Schedule: ${recommendation.action}`}
      onClose={onClose}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-xl p-5"
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          execute.mutate();
        }}
      >
        <header>
          <h2 className="text-base font-semibold break-words">{recommendation.action}</h2>
          <p className="mt-0.5 text-muted">Makes a Task in Salesforce for whoever owns the account.</p>
        </header>
        <label className="block">
          <span className="font-medium">Due on</span>
          <input
            type="date"
            value={dueOn}
            onChange={({ target }) => setDueOn(target.value)}
            className={`${field} h-9`}
          />
          <span className="text-xs text-muted">Left empty: {usualDays[recommendation.priority]}.</span>
        </label>
        <label className="block">
          <span className="font-medium">Note</span>
          <textarea
            rows={3}
            maxLength={2_000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
            className={`${field} py-2`}
          />
        </label>
        {execute.error === null ? null : <ProblemNotice error={execute.error} />}
        <footer className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={execute.isPending}>
            <CalendarPlus aria-hidden="true" className="size-4" />
            {execute.isPending ? 'Scheduling' : 'Schedule'}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}

function executePath({ recommendation_id }: Recommendation): string {
  return `/api/actions/${encodeURIComponent(recommendation_id)}/execute`;
}

function bodyOf(dueOn: string, note: string): ExecuteRequest {
  return { ...(dueOn === '' ? {} : { due_on: dueOn }), ...(note.trim() === '' ? {} : { note: note.trim() }) };
}

/** The same for every try of one dialog, so that a lost answer does no harm. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
}
