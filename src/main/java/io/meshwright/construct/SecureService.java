package io.meshwright.construct;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.security.CallerPolicy;
import io.meshwright.construct.security.Grant;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.value.Defaulted;
import io.meshwright.value.InvalidValue;
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
import io.meshwright.value.workload.CronJob;
import io.meshwright.value.workload.Job;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Scrape;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.StatefulSet;
import io.meshwright.value.workload.Storage;
import io.meshwright.value.workload.WorkloadKind;
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
    private final @Nullable ServiceEndpoint endpoint;
    private final List<Workload> workloads = new ArrayList<>();
    private final @Nullable CallerPolicy callers;

    private SecureService(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.endpoint = props.hasOwnService() ? endpoint() : null;
        props.container().ifPresent(container -> {
            PodFiles.of(props.app(), container, props.running().settings())
                    .render(this, props.party().namespace(), props.party().podLabels());
            run(new ServicePod(props, container), container);
        });
        this.callers = props.access().guards().isEmpty() ? null : admit();
    }

    /** This service as one end of a call. */
    public Party party() {
        return props.party();
    }

    /** The ports of the Service, the first is the default of routes; none of a worker. */
    public List<ServicePort> ports() {
        return props.ports();
    }

    /** The Service object; empty for a worker, which has no ports, and where the Service is made by others. */
    public Optional<ServiceEndpoint> service() {
        return Optional.ofNullable(endpoint);
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
        Container container = props.container()
                .orElseThrow(() -> new InvalidValue("container", "is missing, so there is no pod", "add it"));
        return new ServicePod(props, container).of(FIRST_VERSION, null);
    }

    private ServiceEndpoint endpoint() {
        Party party = props.party();
        return new ServiceEndpoint(this, "service", party.name(), party.namespace(), party.podLabels(), props.ports());
    }

    private void run(ServicePod pods, Container container) {
        // Scanners that know no Rollout miss its pods behind the Service and the policies (kube-score
        // service-targets-pod).
        if (!(props.running().versions() instanceof Versions.SideBySide versions)) {
            return;
        }
        if (versions.variants().isEmpty()) {
            workloads.add(workload(Name.of(props.app()), pods.of(FIRST_VERSION, null), container)
                    .build());
            return;
        }
        for (Variant variant : versions.variants()) {
            Pod pod = pods.of(variant.name(), variant.image());
            Map<String, String> selector = new LinkedHashMap<>(pod.selector());
            selector.put("version", variant.name().toString());
            workloads.add(workload(Name.of("%s-%s".formatted(props.app(), variant.name())), pod, container)
                    .selector(selector)
                    .ownServiceAccount(workloads.isEmpty())
                    .build());
        }
    }

    private Workload.Builder workload(Name name, Pod pod, Container container) {
        return Workload.Builder.create(this, name.toString())
                .name(name)
                .namespace(props.party().namespace())
                .pod(pod)
                .controller(controller(container));
    }

    private Controller controller(Container container) {
        Storage storage = container.storage();
        Scale scale = props.running().scale();
        WorkloadKind kind = props.running().kind().orElse(null);
        if (kind instanceof Job job) {
            return Controller.job(job);
        }
        if (kind instanceof CronJob job) {
            return Controller.cronJob(job);
        }
        if (kind instanceof StatefulSet named) {
            Party party = props.party();
            Name governing = Name.of("%s-headless".formatted(party.name()));
            ServiceEndpoint.headless(this, "headless", governing, party.namespace(), party.podLabels(), props.ports());
            return Controller.statefulSet(scale, Optional.ofNullable(storage), governing, named);
        }
        return storage == null
                ? Controller.deployment(scale)
                : Controller.statefulSet(scale, storage, props.party().name());
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
     * @param ports of the Service, the first is the default of routes; none: a worker, which has no Service
     * @param container the application; absent: others run the pods
     * @param foreignService whether others make the Service
     * @param scrape where its own metrics are; absent: it has none
     * @param proxyMetadata variables of the sidecar
     */
    @Buildable
    record Props(
            @Required Party party,
            @Defaulted String app,
            List<ServicePort> ports,
            Optional<Container> container,
            Running running,
            Optional<Scrape> scrape,
            Map<String, String> proxyMetadata,
            Access access,
            boolean foreignService) {
        Props {
            app = app == null ? party.name().toString() : app;
            for (int i = 0; i < ports.size(); i++) {
                leadsToParty(party, ports.get(i), i);
            }
        }

        boolean hasOwnService() {
            return !ports.isEmpty() && !foreignService;
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
     * @param kind what keeps them running; absent: a Deployment, or a StatefulSet of one pod that has a volume
     * @param settings where they run, what they carry, and who runs beside the application; default: nothing more
     * @param nativeSidecars whether cluster and Istio know sidecars that start before the others and end after them:
     *     Kubernetes from 1.29 and Istio from 1.24 on
     */
    record Running(
            @Defaulted Scale scale,
            @Defaulted Versions versions,
            boolean zoned,
            Optional<WorkloadKind> kind,
            @Defaulted PodSettings settings,
            boolean nativeSidecars) {
        Running {
            settings = settings == null ? PodSettings.none() : settings;
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
