package io.meshwright.construct;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.security.CallerPolicy;
import io.meshwright.construct.security.Grant;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.traffic.Variant;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Scrape;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * Runs one service safely: its Service, a hardened workload for each version, and the policies by which its declared
 * callers reach it and nobody else does.
 */
public final class SecureService extends Construct {
    private static final Name FIRST_VERSION = Name.of("v1");

    private final Props props;
    private final ServiceEndpoint endpoint;
    private final List<Workload> workloads = new ArrayList<>();
    private final @Nullable CallerPolicy callers;

    private SecureService(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.endpoint = new ServiceEndpoint(
                this,
                "service",
                props.party().name(),
                props.party().namespace(),
                props.party().podLabels(),
                props.ports());
        run(new ServicePod(props));
        this.callers = props.access().guards().isEmpty() ? null : admit();
    }

    /** This service as one end of a call. */
    public Party party() {
        return props.party();
    }

    /** The ports of the Service, the first is the default of routes. */
    public List<ServicePort> ports() {
        return props.ports();
    }

    /** The Service object. */
    public ServiceEndpoint endpoint() {
        return endpoint;
    }

    /** The workloads, one for each version; none while a release engine of its own runs the pods. */
    public List<Workload> workloads() {
        return List.copyOf(workloads);
    }

    /** The policies for its callers; empty where nothing is guarded. */
    public Optional<CallerPolicy> callers() {
        return Optional.ofNullable(callers);
    }

    /** The pod, for a release engine that runs it itself. */
    public Pod pod() {
        return new ServicePod(props).of(FIRST_VERSION, null);
    }

    private void run(ServicePod pods) {
        // Scanners that know no Rollout miss its pods behind the Service and the policies (kube-score
        // service-targets-pod).
        if (!(props.running().versions() instanceof Versions.SideBySide versions)) {
            return;
        }
        if (versions.variants().isEmpty()) {
            workloads.add(
                    workload(Name.of(props.app()), pods.of(FIRST_VERSION, null)).build());
            return;
        }
        for (Variant variant : versions.variants()) {
            Pod pod = pods.of(variant.name(), variant.image());
            Map<String, String> selector = new LinkedHashMap<>(pod.selector());
            selector.put("version", variant.name().toString());
            workloads.add(workload(Name.of("%s-%s".formatted(props.app(), variant.name())), pod)
                    .selector(selector)
                    .ownServiceAccount(workloads.isEmpty())
                    .build());
        }
    }

    private Workload.Builder workload(Name name, Pod pod) {
        Storage storage = props.container().storage();
        Scale scale = props.running().scale();
        return Workload.Builder.create(this, name.toString())
                .name(name)
                .namespace(props.party().namespace())
                .pod(pod)
                .controller(
                        storage == null
                                ? Controller.deployment(scale)
                                : Controller.statefulSet(
                                        scale, storage, props.party().name()));
    }

    private CallerPolicy admit() {
        Access access = props.access();
        return CallerPolicy.Builder.create(this, "callers")
                .server(props.party())
                .grants(access.grants())
                .mtls(access.mtls())
                .preflight(access.preflight())
                .guards(access.guards())
                .enforcement(access.enforcement())
                .build();
    }

    /**
     * All a secure service needs.
     *
     * @param party name, namespace, pod labels and identity of the service
     * @param app name of the workload and its {@code app} label; default: the service's name
     * @param ports of the Service, the first is the default of routes
     * @param container the application
     * @param scrape where its own metrics are; absent: it has none
     * @param proxyMetadata variables of the sidecar
     */
    @Buildable
    record Props(
            @Required Party party,
            @Defaulted String app,
            @Required List<ServicePort> ports,
            @Required Container container,
            Running running,
            Optional<Scrape> scrape,
            Map<String, String> proxyMetadata,
            Access access) {
        Props {
            app = app == null ? party.name().toString() : app;
            for (int i = 0; i < ports.size(); i++) {
                leadsToParty(party, ports.get(i), i);
            }
        }

        /** Policies are made of the party's ports, so a call of another one would arrive nowhere. */
        private static void leadsToParty(Party party, ServicePort port, int index) {
            Require.that(
                    party.ports().stream().anyMatch(open -> open.number().equals(port.targetPort())),
                    "ports[%d].targetPort".formatted(index),
                    "\"%s\" is no port of %s, whose callers are let in to %s"
                            .formatted(port.targetPort(), party, party.ports()),
                    "give the party and the Service the same ports");
        }
    }

    /**
     * How its pods run.
     *
     * @param scale pods of each version; default two
     * @param versions that run; default: one
     * @param zoned whether replicas are spread over zones as well as nodes
     */
    record Running(@Defaulted Scale scale, @Defaulted Versions versions, boolean zoned) {
        Running {
            scale = scale == null ? Scale.fixed(2) : scale;
            versions = versions == null ? Versions.one() : versions;
        }
    }

    /**
     * Who may call it.
     *
     * @param mtls who speaks mutual TLS; default: everybody in the mesh
     * @param grants who is let in, and what each may ask
     * @param guards the guarded namespaces of server and callers; none: calls are not authorized
     * @param preflight whether browsers of other origins call it
     * @param enforcement whether others are refused or only reported; default: refused
     */
    record Access(
            @Defaulted MtlsPlan mtls,
            List<Grant> grants,
            List<NamespaceGuard> guards,
            boolean preflight,
            @Defaulted Enforcement enforcement) {
        Access {
            mtls = mtls == null ? MtlsPlan.of(MtlsMode.STRICT) : mtls;
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
        }
    }

    /** Collects what a service is made of. */
    public static final class Builder extends SecureServiceSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Always this many pods of each version. */
        public Builder replicas(int replicas) {
            return scale(Scale.fixed(replicas));
        }

        /** Lets a caller in, within its limits; may be repeated. */
        public Builder allow(Caller limits, Party client) {
            return grants(List.of(new Grant(limits, client)));
        }

        public SecureService build() {
            return new SecureService(scope, id, props());
        }
    }
}
