/**
 * A promise with a limit in time.
 * @param limit milliseconds
 * @param late what it fails with then; what is behind the promise has to be ended by the caller
 */
export async function within<T>(limit: number, promise: Promise<T>, late: () => Error): Promise<T> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
