import type { ImageName } from '../image/image-name.ts';
import { isLoopback } from './loopback.ts';

/** Where a registry answers to HTTPS. Docker Hub's is not at the host that its images are named after. */
export function registryAddress({ registry }: ImageName): URL {
  return new URL(`https://${registry === 'docker.io' ? 'registry-1.docker.io' : registry}`);
}

/** Plain HTTP goes over a network only if that was asked for. */
export function mayBePlain({ hostname }: URL, insecure: boolean): boolean {
  return insecure || isLoopback(hostname);
}
