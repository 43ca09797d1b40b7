package io.meshwright.environment;

import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.PublishedFaults;
import io.meshwright.value.Acceptance;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Version;
import io.meshwright.value.Word;
import io.meshwright.value.edge.Authorizer;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.MtlsException;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.telemetry.SpanTag;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mesh: its version, its defaults, and what its proxies report. */
@Doc("The mesh: version, defaults and telemetry.")
public record Istio(
        @Required @Doc("Istio release, for example 1.26.2; of a line such as \"1.30\" the newest patch that is known.")
        Version version,

        @Nullable
        @Doc("Why this release stays although security faults of it are published; default: each is a warning.")
        Acceptance publishedFaults,

        @Defaulted @Doc("Mutual TLS of the whole mesh; default STRICT.")
        MtlsMode mtls,

        @Defaulted @Doc("Named exceptions to it.") List<MtlsException> exceptions,

        @Defaulted @Doc("Whether declared callers are enforced or only observed; default ENFORCE.")
        Enforcement authorization,

        @Defaulted
        @Doc("Whether circuit breakers act; default true. Off: those that services declare wait for the day.")
        Boolean circuitBreakers,

        @Defaulted @Doc("Where traffic to undeclared hosts goes; default REGISTRY_ONLY: nowhere.")
        Outbound outbound,

        @Defaulted
        @Doc("Whether proxies take HTTP/1.0 from callers, such as an nginx before 1.29.7; default false: they"
                + " answer 426.")
        Boolean http10,

        @Defaulted @Doc("What a sidecar reserves and may use; default 50m/128Mi, at most 1Gi.")
        Resources proxy,

        @Nullable
        @Doc("Name of this release's control plane, for example 1-26-2; default: none, as the only one needs none.")
        Name revision,

        @Defaulted
        @Doc("Tags by which namespaces choose a control plane, each with its revision; the first is for all that"
                + " name none.")
        Map<Name, Name> tags,

        @Nullable @Doc("The older control plane that serves beside this one while an upgrade lasts; default: none.")
        ControlPlane from,

        @Defaulted @Doc("What proxies log and trace.") MeshTelemetry telemetry,

        @Defaulted @Doc("Services that hosts of the gateway ask about requests, by a name of one's own.")
        Map<Name, Authorizer> authorizers) {
    /** Provider of spans where the file declares none of its own. */
    public static final Name TRACING = Name.of("otel-tracing");

    /** The documents' ceiling for a sidecar: 1Gi, not the 8Gi that filled the nodes (incident I4). */
    private static final Resources PROXY = Resources.of("50m", "128Mi", "1Gi");

    public Istio {
        Require.present("version", version);
        version = Compatibility.patched(version);
        mtls = mtls == null ? MtlsMode.STRICT : mtls;
        exceptions = exceptions == null ? List.of() : List.copyOf(exceptions);
        authorization = authorization == null ? Enforcement.ENFORCE : authorization;
        circuitBreakers = circuitBreakers == null || circuitBreakers;
        outbound = outbound == null ? Outbound.REGISTRY_ONLY : outbound;
        http10 = http10 != null && http10;
        proxy = proxy == null ? PROXY : proxy;
        tags = tags == null ? Map.of() : new LinkedHashMap<>(tags);
        new ControlPlanes(planes(version, revision, from), tags).refuse();
        telemetry = telemetry == null ? MeshTelemetry.defaults() : telemetry;
        authorizers = authorizers == null ? Map.of() : new LinkedHashMap<>(authorizers);
    }

    /** Returns the control planes, which know who serves a namespace. */
    public ControlPlanes controlPlanes() {
        return new ControlPlanes(planes(version, revision, from), tags);
    }

    /** Why a control plane of this release may have published faults; empty where it has none, or nobody insists. */
    public Optional<Acceptance> acceptedFaults(Version release) {
        return Optional.ofNullable(publishedFaults)
                .filter(accepted -> !PublishedFaults.of(release).areNone());
    }

    private static List<ControlPlane> planes(Version version, @Nullable Name revision, @Nullable ControlPlane from) {
        ControlPlane newest = new ControlPlane(version, revision);
        return from == null ? List.of(newest) : List.of(from, newest);
    }

    /** {@code meshConfig.outboundTrafficPolicy.mode}. */
    public enum Outbound {
        REGISTRY_ONLY,
        ALLOW_ANY
    }

    /** Logs and traces of proxies, for the mesh and for single namespaces. */
    @Doc("What proxies log and trace.")
    public record MeshTelemetry(
            @Defaulted @Doc("File of the access log; default /dev/stdout; empty: none.")
            String accessLogFile,

            @Defaulted @Doc("Percent of requests that are traced; default 1.")
            Double sampling,

            @Defaulted @Doc("Tags on every span, by name.") Map<String, SpanTag> tags,

            @Defaulted @Doc("Providers that Telemetry resources name, by name.")
            Map<Name, Provider> providers,

            @Defaulted @Doc("Telemetry resources, by name.") Map<Name, NamespaceTelemetry> namespaces) {
        public MeshTelemetry {
            accessLogFile = accessLogFile == null ? "/dev/stdout" : accessLogFile;
            sampling = sampling == null ? 1.0 : sampling;
            Require.that(
                    sampling >= 0 && sampling <= 100,
                    "sampling",
                    "\"%s\" is no percentage".formatted(sampling),
                    "give 0 to 100");
            tags = tags == null ? Map.of() : new LinkedHashMap<>(tags);
            providers = providers == null ? Map.of() : new LinkedHashMap<>(providers);
            namespaces = namespaces == null ? Map.of() : new LinkedHashMap<>(namespaces);
        }

        static MeshTelemetry defaults() {
            return new MeshTelemetry(null, null, null, null, null);
        }
    }

    /** One extension provider; both kinds send to the environment's OpenTelemetry Collector. */
    @Doc("One provider that sends to the OpenTelemetry Collector.")
    public record Provider(
            @Required @Doc("tracing or accessLog.") Kind kind,

            @Defaulted @Doc("Labels of an access log line, by name; values are Envoy operators or literals.")
            Map<String, String> labels) {
        public Provider {
            Require.present("kind", kind);
            labels = labels == null ? Map.of() : new LinkedHashMap<>(labels);
            Require.that(
                    kind == Kind.ACCESS_LOG || labels.isEmpty(),
                    "labels",
                    "a tracing provider has none",
                    "remove them, or use kind: accessLog");
            Require.that(kind == Kind.TRACING || !labels.isEmpty(), "labels", "is empty", "give at least one entry");
        }

        /** The signal that it carries. */
        public enum Kind {
            @Word("tracing")
            TRACING,
            @Word("accessLog")
            ACCESS_LOG
        }
    }

    /** Reports of one namespace's proxies, by provider. */
    @Doc("A Telemetry resource of one namespace.")
    public record NamespaceTelemetry(
            @Required Name namespace,
            @Defaulted @Doc("Providers of access logs.") List<Name> accessLogs,
            @Nullable @Doc("Provider of traces.") Name tracing,

            @Nullable @Doc("Percent of requests that are traced; default: the mesh's.")
            Double sampling,

            @Defaulted @Doc("Tags on its spans.") Map<String, SpanTag> tags,

            @Defaulted @Doc("Providers of metrics; default prometheus.")
            List<Name> metrics) {
        public NamespaceTelemetry {
            Require.present("namespace", namespace);
            spansTaken("sampling", tracing != null || sampling == null);
            spansTaken("tags", tracing != null || tags == null);
            accessLogs = accessLogs == null ? List.of() : List.copyOf(accessLogs);
            tags = tags == null ? Map.of() : new LinkedHashMap<>(tags);
            metrics = metrics == null ? List.of(Name.of("prometheus")) : List.copyOf(metrics);
        }

        private static void spansTaken(String key, boolean taken) {
            Require.that(
                    taken,
                    key,
                    "decides about spans that no provider takes",
                    "name a provider in tracing, or remove it");
        }
    }
}
