package io.meshwright.environment;

import io.meshwright.value.Host;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.SecretRef;
import io.meshwright.value.edge.HostRateLimit;
import io.meshwright.value.edge.RateLimitDescriptors;
import io.meshwright.value.edge.RateLimitService;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.OwnServer;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Probe;
import io.meshwright.value.workload.Probes;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.data.EnvVar;
import io.meshwright.value.workload.data.MountedFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service that counts requests for the gateway, as one of the environment's services: who may call it, what it may
 * call, its pods and its pages are then those of any (github.com/envoyproxy/ratelimit, its variables).
 */
public final class RateLimiter {
    private static final Resources RESOURCES = Resources.of("50m", "64Mi", "256Mi");
    private static final String FILE = "/data/ratelimit/config/gateway.yaml";

    private RateLimiter() {}

    /** The services with this one among them, where the gateway has it and what it needs is there. */
    static Map<Name, Service> joined(
            Gateway gateway,
            Map<Name, NamespaceSettings> namespaces,
            Map<Name, Service> services,
            Map<Name, ExternalService> externals) {
        RateLimitService asked = gateway.rateLimitService();
        if (asked == null
                || services.containsKey(RateLimitService.NAME)
                || !namespaces.containsKey(asked.namespace())) {
            return services;
        }
        Map<Name, Service> all = new LinkedHashMap<>(services);
        address(asked.redis(), services, externals)
                .ifPresent(redis -> all.put(RateLimitService.NAME, service(asked, redis, limits(gateway))));
        return all;
    }

    /** Host and port of the Redis; empty where the file has none of that name. */
    public static Optional<String> address(
            RateLimitService.Redis redis, Map<Name, Service> services, Map<Name, ExternalService> externals) {
        Name name = redis.service();
        if (name != null) {
            return Optional.ofNullable(services.get(name))
                    .filter(service -> !service.ports().isEmpty())
                    .map(service -> "%s:%s"
                            .formatted(
                                    KubernetesNames.serviceHost(name, service.namespace()),
                                    service.ports().get(0).port()));
        }
        return Optional.ofNullable(externals.get(redis.external()))
                .filter(OwnServer.Redis.class::isInstance)
                .map(OwnServer.Redis.class::cast)
                .map(external -> "%s:%s".formatted(external.host(), external.port()));
    }

    private static Map<Host, List<HostRateLimit>> limits(Gateway gateway) {
        Map<Host, List<HostRateLimit>> limits = new LinkedHashMap<>();
        gateway.hosts().forEach((host, policy) -> limits.put(host, policy.rateLimits()));
        return limits;
    }

    private static Service service(RateLimitService asked, String redis, Map<Host, List<HostRateLimit>> limits) {
        return new Service(
                asked.namespace(),
                null,
                List.of(new ServicePort(null, RateLimitService.GRPC, null, Protocol.GRPC)),
                container(asked, redis, limits),
                null,
                null,
                Scale.of(asked.replicas()),
                null,
                List.of(Caller.gateway()),
                null,
                asked.redis().external() == null
                        ? List.of()
                        : List.of(asked.redis().external()),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Container container(RateLimitService asked, String redis, Map<Host, List<HostRateLimit>> limits) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("LOG_LEVEL", "warn");
        texts.put("REDIS_SOCKET_TYPE", "tcp");
        texts.put("REDIS_URL", redis);
        texts.put("REDIS_TLS", asked.redis().tls().toString());
        texts.put("USE_STATSD", "false");
        texts.put("RUNTIME_ROOT", "/data");
        texts.put("RUNTIME_SUBDIRECTORY", "ratelimit");
        // A change of the file starts new pods; a mounted file never changes.
        texts.put("RUNTIME_WATCH_ROOT", "false");
        texts.put("RUNTIME_IGNOREDOTFILES", "true");
        Map<String, SecretRef> secrets = new LinkedHashMap<>();
        if (asked.redis().password() != null) {
            secrets.put("REDIS_AUTH", asked.redis().password());
        }
        return Container.builder()
                .image(asked.image())
                .command(List.of("/bin/ratelimit"))
                .env(EnvVar.texts(texts))
                .secretEnv(secrets)
                .resources(RESOURCES)
                .probes(new Probes(
                        new Probe(null, new Probe.Grpc(null, null), null, null, null, null, null), null, null, null))
                .files(Map.of(FILE, MountedFile.of(RateLimitDescriptors.file(limits))))
                .build();
    }
}
