/**
 * Directories that installs write to or that base images fill: a copy onto one of them may meet files that are not the
 * Dockerfile's. What lies below some of them is the user's by custom.
 */
const filled =
  /^(?:\/|\/(?:bin|boot|dev|etc|lib|lib32|lib64|libx32|proc|run|sbin|sys|tmp)(?:\/.*)?|\/(?:home|media|mnt|opt|root|srv|go)|\/home\/[^/]+|\/usr|\/usr\/(?:bin|games|include|lib|lib32|lib64|libexec|sbin|share)(?:\/.*)?|\/usr\/local|\/usr\/local\/(?:bin|bundle|cargo|etc|games|go|include|lib|libexec|man|rustup|sbin|share)(?:\/.*)?|\/usr\/src|\/var|\/var\/(?:backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp|www)|\/var\/(?:cache|lib|log|run|spool|tmp)\/.*|\/root\/\..*)$/;

/** @param path absolute and clean */
export function isSystemPlace(path: string): boolean {
  return filled.test(path);
}
