import { formatPlatform, type Platform } from '../image/platform.ts';

/** The arguments that BuildKit gives every build, for one platform (Dockerfile reference, "Automatic platform ARGs"). */
export function platformArgs(side: 'TARGET' | 'BUILD', platform: Platform): readonly (readonly [string, string])[] {
  return [
    [`${side}PLATFORM`, formatPlatform(platform)],
    [`${side}OS`, platform.os],
    [`${side}ARCH`, platform.architecture],
    [`${side}VARIANT`, platform.variant ?? ''],
  ];
}
