/** How registries challenge a pull of REPOSITORY, and what is asked for then; null: a login by Basic. */
export interface RecordedChallenge {
  readonly registry: string;
  readonly repository: string;
  readonly headers: readonly string[];
  readonly asked: string | null;
}

export const recordedChallenges: readonly RecordedChallenge[] = [
  {
    registry: 'Docker Hub',
    repository: 'library/alpine',
    headers: [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/alpine:pull"',
    ],
    asked: 'https://auth.docker.io/token?service=registry.docker.io&scope=repository:library/alpine:pull',
  },
  {
    registry: 'GitHub',
    repository: 'acme/app',
    headers: ['Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:acme/app:pull"'],
    asked: 'https://ghcr.io/token?service=ghcr.io&scope=repository:acme/app:pull',
  },
  {
    registry: 'Harbor',
    repository: 'library/app',
    headers: [
      'Bearer realm="https://harbor.example/service/token",service="harbor-registry",scope="repository:library/app:pull"',
    ],
    asked: 'https://harbor.example/service/token?service=harbor-registry&scope=repository:library/app:pull',
  },
  {
    registry: 'Artifactory',
    repository: 'app',
    headers: [
      'Bearer realm="https://acme.jfrog.io/artifactory/api/docker/docker-local/v2/token",service="acme.jfrog.io",scope="repository:app:pull"',
    ],
    asked:
      'https://acme.jfrog.io/artifactory/api/docker/docker-local/v2/token?service=acme.jfrog.io&scope=repository:app:pull',
  },
  { registry: 'Artifactory with Basic', repository: 'app', headers: ['Basic realm="Artifactory Realm"'], asked: null },
  {
    registry: 'Nexus with tokens',
    repository: 'app',
    headers: ['Bearer realm="https://nexus.example/v2/token",service="https://nexus.example/v2/token"'],
    asked: 'https://nexus.example/v2/token?service=https://nexus.example/v2/token&scope=repository:app:pull',
  },
  {
    registry: 'Nexus',
    repository: 'app',
    headers: ['BASIC realm="Sonatype Nexus Repository Manager"'],
    asked: null,
  },
  {
    registry: 'GitLab',
    repository: 'group/project/app',
    headers: [
      'Bearer realm="https://gitlab.com/jwt/auth",service="container_registry",scope="repository:group/project/app:pull",error="invalid_token"',
    ],
    asked: 'https://gitlab.com/jwt/auth?service=container_registry&scope=repository:group/project/app:pull',
  },
  {
    registry: 'ECR',
    repository: 'app',
    headers: ['Basic realm="https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com"'],
    asked: null,
  },
  {
    registry: 'ECR, public',
    repository: 'acme/app',
    headers: ['Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"'],
    asked: 'https://public.ecr.aws/token/?service=public.ecr.aws&scope=aws',
  },
  {
    registry: 'Quay',
    repository: 'acme/app',
    headers: ['Bearer realm="https://quay.io/v2/auth",service="quay.io",scope="repository:acme/app:pull"'],
    asked: 'https://quay.io/v2/auth?service=quay.io&scope=repository:acme/app:pull',
  },
  {
    registry: 'Google Artifact Registry',
    repository: 'project/app/app',
    headers: [
      'Bearer realm="https://europe-docker.pkg.dev/v2/token",service="europe-docker.pkg.dev",scope="repository:project/app/app:pull"',
    ],
    asked: 'https://europe-docker.pkg.dev/v2/token?service=europe-docker.pkg.dev&scope=repository:project/app/app:pull',
  },
  {
    registry: 'Azure',
    repository: 'app',
    headers: [
      'Bearer realm="https://acme.azurecr.io/oauth2/token",service="acme.azurecr.io",scope="repository:app:pull"',
    ],
    asked: 'https://acme.azurecr.io/oauth2/token?service=acme.azurecr.io&scope=repository:app:pull',
  },
  {
    registry: 'Oracle, which leaves the scope empty',
    repository: 'tenant/app',
    headers: [
      'Bearer realm="https://uk-london-1.ocir.io/12345678/docker/token",service="uk-london-1.ocir.io",scope=""',
    ],
    asked:
      'https://uk-london-1.ocir.io/12345678/docker/token?service=uk-london-1.ocir.io&scope=repository:tenant/app:pull',
  },
  {
    registry: 'NVIDIA, which names no service',
    repository: 'nvidia/cuda',
    headers: ['Bearer realm="https://nvcr.io/proxy_auth",scope=repository:nvidia/cuda:pull'],
    asked: 'https://nvcr.io/proxy_auth?scope=repository:nvidia/cuda:pull',
  },
  {
    registry: 'one that offers both',
    repository: 'app',
    headers: ['Basic realm="r"', 'Bearer realm="https://both.example/token?x=y",service="s",scope="a:b:pull c:d:pull"'],
    asked: 'https://both.example/token?x=y&service=s&scope=a:b:pull&scope=c:d:pull',
  },
];
