import type { EngineKind } from '../image/image.ts';

/** What to do about an engine that cannot be reached. */
export const advice: Readonly<Record<EngineKind, { start: string; setting: string; permission: string }>> = {
  docker: {
    start: 'systemctl start docker, or open Docker Desktop',
    setting: 'DOCKER_HOST',
    permission: 'Use sudo, or join its group (sudo usermod -aG docker "$USER", then log in again)',
  },
  podman: {
    start: 'systemctl --user enable --now podman.socket',
    setting: 'CONTAINER_HOST',
    permission: 'Use sudo, or a service of your own (systemctl --user enable --now podman.socket)',
  },
};
