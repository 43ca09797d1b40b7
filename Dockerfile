# The program with its Java and Node, for pipelines:
#   docker run --rm --read-only --tmpfs /tmp -v "$PWD:/work" -w /work -u "$(id -u):$(id -g)" ghcr.io/meshwright/meshwright:0.1.0 check
# A base is a release and its digest. Digests cannot be looked up without a registry: the release job asks for that of each
# line below a mark, and builds with --build-arg (.github/workflows/release.yaml).
# digest: release job
ARG MAVEN_IMAGE=maven:3.9.11-eclipse-temurin-21
# digest: release job
ARG NODE_IMAGE=node:22.22.2-bookworm-slim
# digest: release job
ARG JRE_IMAGE=eclipse-temurin:21.0.8_9-jre-noble

# hadolint ignore=DL3006
FROM ${NODE_IMAGE} AS node

# What builds; the development container is this stage.
# hadolint ignore=DL3006
FROM ${MAVEN_IMAGE} AS tools
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
    && node --version && npm --version \
    && { ! id ubuntu || userdel --remove ubuntu; } && useradd --uid 1000 --create-home developer

FROM tools AS build
WORKDIR /build
COPY . .
RUN mvn -B -Prelease package -DskipTests -Dmaven.test.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true \
    && mkdir /opt/meshwright \
    && tar -xzf src/target/meshwright-[0-9]*.tar.gz -C /opt/meshwright --strip-components=1

# hadolint ignore=DL3006
FROM ${JRE_IMAGE}
LABEL org.opencontainers.image.source="https://github.com/meshwright/meshwright" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=build /opt/meshwright /opt/meshwright
# The archive of classes is made here, once for all who run the image; nobody but root may write it.
ENV XDG_CACHE_HOME=/opt/meshwright/cache PATH=/opt/meshwright/bin:$PATH
RUN CI='' meshwright --version && test -n "$(find /opt/meshwright/cache -name 'classes-*.jsa')"
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/opt/meshwright/bin/meshwright"]
CMD ["--help"]
