import { LayerscopeError } from '../../src/errors.ts';

/** The error of something that has to fail, as a user sees it. */
export async function complaintOf(failing: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await failing;
  } catch (error) {
    if (!(error instanceof LayerscopeError)) throw error;
    return { code: error.code, message: error.message };
  }
  throw new Error('It did not fail.');
}
