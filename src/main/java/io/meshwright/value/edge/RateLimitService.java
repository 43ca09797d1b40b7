package io.meshwright.value.edge;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import org.jspecify.annotations.Nullable;

/** The service that counts requests for all pods of a gateway, and where it keeps its counts. */
@Doc("The service that counts requests for all gateway pods; it becomes a service called ratelimit.")
@Sample("{namespace: shop, image: \"" + RateLimitService.IMAGE + "\", redis: {service: redis}}")
public record RateLimitService(
        @Required @Doc("One of namespaces.") Name namespace,

        @Required
        @Doc("Envoy's rate limit service, with a digest: it has no releases, only commits.")
        @Sample(RateLimitService.IMAGE)
        ImageReference image,

        @Required @Doc("Where counts are kept.") Redis redis,

        @Defaulted @Doc("Pods, 1 to 100; default 2.") Integer replicas,

        @Defaulted @Doc("How long a gateway pod waits for the count, 1ms to 1s; default 100ms.") @Sample("50ms")
        Duration timeout,

        @Defaulted @Doc("Whether requests pass uncounted while nobody counts; default true; false: they get 500.")
        Boolean failOpen) {
    /** Name of its entry of services. */
    public static final Name NAME = Name.of("ratelimit");
    /** The port at which gateways ask it. */
    public static final Port GRPC = Port.of(8081);

    static final String IMAGE = "docker.io/envoyproxy/ratelimit:30a4ce1a"
            + "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final Duration LONGEST = Duration.ofSeconds(1);

    public RateLimitService {
        Require.present("namespace", namespace);
        Require.present("image", image);
        Require.present("redis", redis);
        Require.that(
                image.digest().isPresent(),
                "image",
                "\"%s\" has no digest, and no release of this service says what is in it".formatted(image),
                "add @sha256:… as the registry tells it");
        replicas = replicas == null ? 2 : Require.inRange("replicas", replicas, 1, 100);
        timeout = timeout == null ? Duration.of("100ms") : timeout;
        failOpen = failOpen == null || failOpen;
        Require.that(
                !timeout.isZero() && timeout.compareTo(LONGEST) <= 0,
                "timeout",
                "\"%s\" is not between 1ms and 1s".formatted(timeout),
                "give less than anybody notices");
    }

    /** A Redis of this file: a service, or one outside. */
    @Doc("A Redis of this file: an entry of services or of externals.")
    @Sample("{service: redis}")
    public record Redis(
            @Nullable @Doc("Name of an entry of services, which lets ratelimit in.")
            Name service,

            @Nullable @Doc("Name of an entry of externals of type redis.")
            Name external,

            @Nullable @Doc("Password, as secret/key; default: none.")
            SecretRef password,

            @Defaulted @Doc("Whether it speaks TLS; default false.")
            Boolean tls) {
        public Redis {
            tls = tls != null && tls;
            Require.that(
                    password == null || password.key().isPresent(),
                    "password",
                    "\"%s\" names no key".formatted(password),
                    "write secret/key");
            Require.that(
                    (service == null) != (external == null),
                    "",
                    "is not exactly one of service and external",
                    "give one of them");
        }
    }
}
