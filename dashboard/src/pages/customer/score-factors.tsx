import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { Definition } from '../../components/definition.tsx';
import { formatPoints, formatShare } from '../../format/figures.ts';
import { componentOf, formatInput } from './score-components.ts';

type Score = Customer['health'];
type Factor = Score['factors'][number];

interface ScoreFactorsProps {
  readonly score: Score;
  /** Whether more points are better. */
  readonly isGood: boolean;
}

/** Why a score is what it is: each weighted factor with the raw values behind it, and what is not known. */
export function ScoreFactors({ score, isGood }: ScoreFactorsProps) {
  return (
    <>
      <p className="mb-3 text-muted">
        {score.score === null
          ? `No score: only ${formatShare(score.coverage)} of the weights are known, and half is needed.`
          : `The sum of what ${score.factors.length - score.missing.length} known factors add.`}
        {score.missing.length === 0
          ? ''
          : ` Nothing is known of ${score.missing.map((name) => componentOf(name).title.toLowerCase()).join(', ')}.`}
      </p>
      <ul className="divide-y divide-line">
        {score.factors.map((factor) => (
          <li key={factor.component} className="py-3 first:pt-0 last:pb-0">
            <FactorRow factor={factor} isGood={isGood} />
          </li>
        ))}
      </ul>
      {score.score === null ? null : (
        <p className="mt-3 flex justify-between border-t border-line pt-3 font-semibold">
          <span>Score</span>
          <span className="tabular-nums">{formatPoints(score.score)} of 100</span>
        </p>
      )}
    </>
  );
}

function FactorRow({ factor, isGood }: { readonly factor: Factor; readonly isGood: boolean }) {
  const { title, definition } = componentOf(factor.component);
  const { value, weight, contribution, inputs } = factor;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">
          <Definition text={definition}>{title}</Definition>
        </h3>
        <p className="tabular-nums">
          {value === null ? (
            <span className="text-muted">not known; its {formatShare(weight)} go to the others</span>
          ) : (
            <>
              {formatPoints(value)} <span className="text-muted">of 100, weight {formatShare(weight)}, adds</span>{' '}
              <span className="font-medium">{formatPoints(contribution)}</span>
            </>
          )}
        </p>
      </div>
      {value === null ? null : (
        <svg aria-hidden="true" className="my-1.5 block h-1.5 w-full">
          <rect width="100%" height="100%" rx="3" className="fill-sunken" />
          <rect width={`${value}%`} height="100%" rx="3" className={barColour(isGood ? value : 100 - value)} />
        </svg>
      )}
      <dl className="mt-1 grid grid-cols-1 gap-x-6 text-xs sm:grid-cols-2">
        {inputs.map(({ name, value: raw, unit, description }) => (
          <div key={name} className="flex justify-between gap-3 py-0.5">
            <dt className="text-muted">{description}</dt>
            <dd className="text-right whitespace-nowrap tabular-nums">{formatInput(raw, unit)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function barColour(goodness: number): string {
  return goodness >= 80 ? 'fill-good-fill' : goodness >= 50 ? 'fill-warn-fill' : 'fill-bad-fill';
}
