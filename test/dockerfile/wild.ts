/** Dockerfiles with what one finds in them; to be mutated. */
export const WILD: readonly string[] = [
  `# syntax=docker/dockerfile:1
ARG NODE_VERSION=20
FROM --platform=$BUILDPLATFORM node:\${NODE_VERSION}-alpine AS base
WORKDIR /usr/src/app
FROM base AS deps
RUN --mount=type=bind,source=package.json,target=package.json \\
    --mount=type=cache,target=/root/.npm \\
    npm ci --omit=dev
FROM deps AS build
COPY . .
RUN npm run build
FROM base AS final
ENV NODE_ENV production
USER node
COPY --from=deps --chown=node:node /usr/src/app/node_modules ./node_modules
COPY --link --from=build /usr/src/app/dist ./dist
EXPOSE 3000
CMD npm start
`,
  `FROM debian:bookworm-slim
RUN set -eux; \\
\tapt-get update; \\
# tools
\tapt-get install -y --no-install-recommends \\
\t\tca-certificates \\

\t\tcurl \\
\t; \\
\trm -rf /var/lib/apt/lists/*
ENV PATH=/opt/bin:$PATH LANG="C.UTF-8" GREETING='hello $USER'
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN <<EOF
curl -fsSL https://example.org | tar -xz -C /opt
EOF
COPY <<-"CONF" /etc/app.conf
\tkey = "$value"
\tCONF
HEALTHCHECK --interval=30s --timeout=3s CMD curl -f http://localhost/ || exit 1
ENTRYPOINT ["/opt/bin/app"]
`,
  `# escape=\`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell", "-Command"]
RUN Invoke-WebRequest https://example.org/a.zip -OutFile C:\\a.zip; \`
    Expand-Archive C:\\a.zip -DestinationPath C:\\
WORKDIR C:\\app
COPY app\\ .
`,
];
