/** Where dive has the rules of `dive --ci`, in the working directory alone. */
export const diveFile = '.dive-ci';
