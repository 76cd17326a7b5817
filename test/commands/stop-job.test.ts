import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { stopJob } from '../../src/commands/stop-job.ts';

test('a job is stopped as a whole, and goes on once', () => {
  const kill = vi.fn<(process: number, signal: string) => boolean>(() => true);
  const host = Object.assign(new EventEmitter(), { kill });
  const resumed = vi.fn<() => void>();
  stopJob(host, resumed);
  expect(kill.mock.calls).toEqual([[0, 'SIGTSTP']]);
  expect(resumed).not.toHaveBeenCalled();
  host.emit('SIGCONT');
  host.emit('SIGCONT');
  expect(resumed).toHaveBeenCalledOnce();
});

test('a job goes on where there is no stopping', () => {
  const kill = (): never => {
    throw new Error('ENOSYS');
  };
  const host = Object.assign(new EventEmitter(), { kill });
  const resumed = vi.fn<() => void>();
  stopJob(host, resumed);
  host.emit('SIGCONT');
  expect(resumed).toHaveBeenCalledOnce();
});
