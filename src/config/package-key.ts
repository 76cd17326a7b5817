/** The key of package.json that the configuration is under. */
export const packageKey = 'layerscope';

/** Whether what package.json says has a configuration in it. */
export function hasKey(value: unknown): value is { readonly [packageKey]: unknown } {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, packageKey);
}
