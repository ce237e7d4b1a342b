import { Component, type ReactNode } from 'react';
import { ProblemNotice } from './problem-notice.tsx';

interface State {
  readonly error: Error | null;
}

/** Keeps a fault of its children to itself; the rest of the page stays. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <ProblemNotice error={error} onRetry={() => this.setState({ error: null })} />;
  }
}
