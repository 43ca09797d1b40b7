package io.meshwright.construct;

import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.security.CallerPolicy;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
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
    private final CallerPolicy callers;

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
        this.callers = props.guards().isEmpty() ? null : admit();
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
        if (props.runsElsewhere()) {
            return;
        }
        if (props.variants().isEmpty()) {
            workloads.add(
                    workload(Name.of(props.app()), pods.of(FIRST_VERSION, null)).build());
            return;
        }
        for (Variant variant : props.variants()) {
            Pod pod = pods.of(variant.name(), variant.image());
            Map<String, String> selector = new LinkedHashMap<>(pod.selector());
            selector.put("version", variant.name().toString());
            Workload.Builder workload = workload(Name.of("%s-%s".formatted(props.app(), variant.name())), pod)
                    .selector(selector);
            workloads.add((workloads.isEmpty() ? workload : workload.sharesServiceAccount()).build());
        }
    }

    private Workload.Builder workload(Name name, Pod pod) {
        Workload.Builder workload = Workload.Builder.create(this, name.toString())
                .name(name)
                .namespace(props.party().namespace())
                .replicas(props.replicas())
                .pod(pod);
        Storage storage = props.container().storage();
        if (storage != null) {
            workload.storage(storage, props.party().name());
        }
        return props.autoscaled() ? workload.autoscaled() : workload;
    }

    private CallerPolicy admit() {
        CallerPolicy.Builder policy = CallerPolicy.Builder.create(this, "callers")
                .server(props.party())
                .mtls(props.mtls())
                .preflight(props.preflight())
                .guards(props.guards())
                .enforcement(props.enforcement());
        props.admissions().forEach(admission -> policy.admit(admission.limits(), admission.client()));
        return policy.build();
    }

    /** One caller and what it may ask. */
    public record Grant(Caller limits, Party client) {}

    /**
     * All a secure service needs.
     *
     * @param app the workload's name and its {@code app} label
     * @param variants versions that run side by side; empty for one
     * @param zoned whether replicas are spread over zones as well as nodes
     * @param runsElsewhere whether a release engine of its own runs the pods
     * @param guards the guarded namespaces; empty where calls are not authorized
     * @param preflight whether browsers of other origins call it
     * @param enforcement whether its callers are enforced or only observed
     */
    public record Props(
            Party party,
            String app,
            List<ServicePort> ports,
            Container container,
            int replicas,
            boolean autoscaled,
            boolean zoned,
            List<Variant> variants,
            boolean runsElsewhere,
            Scrape scrape,
            Map<String, String> proxyMetadata,
            MtlsPlan mtls,
            List<Grant> admissions,
            List<NamespaceGuard> guards,
            boolean preflight,
            Enforcement enforcement) {
        public Props {
            Require.present("party", party);
            app = app == null ? party.name().toString() : app;
            ports = Require.notEmpty("ports", ports);
            Require.present("container", container);
            Require.inRange("replicas", replicas, 1, 100);
            variants = List.copyOf(variants);
            proxyMetadata = new LinkedHashMap<>(proxyMetadata);
            admissions = List.copyOf(admissions);
            guards = List.copyOf(guards);
        }
    }

    /** Collects what a service is made of. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private final List<Grant> admissions = new ArrayList<>();
        private Party party;
        private String app;
        private List<ServicePort> ports = List.of();
        private Container container;
        private int replicas = 2;
        private boolean autoscaled;
        private boolean zoned;
        private List<Variant> variants = List.of();
        private boolean runsElsewhere;
        private Scrape scrape;
        private Map<String, String> proxyMetadata = Map.of();
        private MtlsPlan mtls;
        private List<NamespaceGuard> guards = List.of();
        private boolean preflight;
        private Enforcement enforcement = Enforcement.ENFORCE;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Name, namespace, pod labels and identity. */
        public Builder party(Party party) {
            this.party = party;
            return this;
        }

        /** Name of the workload; default: the service's. */
        public Builder app(String app) {
            this.app = app;
            return this;
        }

        public Builder ports(List<ServicePort> ports) {
            this.ports = ports;
            return this;
        }

        public Builder container(Container container) {
            this.container = container;
            return this;
        }

        /** Pods of each version; default 2. */
        public Builder replicas(int replicas) {
            this.replicas = replicas;
            return this;
        }

        /** Leaves the number of pods to an autoscaler. */
        public Builder autoscaled() {
            this.autoscaled = true;
            return this;
        }

        /** Spreads replicas over zones as well as nodes. */
        public Builder zoned(boolean zoned) {
            this.zoned = zoned;
            return this;
        }

        /** Versions that run side by side. */
        public Builder variants(List<Variant> variants) {
            this.variants = variants;
            return this;
        }

        /** A release engine of its own runs the pods. */
        public Builder runsElsewhere() {
            this.runsElsewhere = true;
            return this;
        }

        /** Where its own metrics are; default: it has none. */
        public Builder scrape(Scrape scrape) {
            this.scrape = scrape;
            return this;
        }

        /** Variables of the sidecar. */
        public Builder proxyMetadata(Map<String, String> proxyMetadata) {
            this.proxyMetadata = proxyMetadata;
            return this;
        }

        /** Who speaks mutual TLS; default: everybody in the mesh. */
        public Builder mtls(MtlsPlan mtls) {
            this.mtls = mtls;
            return this;
        }

        /** Lets a caller in, within its limits; may be repeated. */
        public Builder allow(Caller limits, Party client) {
            admissions.add(new Grant(limits, client));
            return this;
        }

        /** The guarded namespaces of server and callers. */
        public Builder guards(List<NamespaceGuard> guards) {
            this.guards = guards;
            return this;
        }

        /** Browsers of other origins call it. */
        public Builder preflight(boolean preflight) {
            this.preflight = preflight;
            return this;
        }

        /** Default: enforced. */
        public Builder enforcement(Enforcement enforcement) {
            this.enforcement = enforcement;
            return this;
        }

        public SecureService build() {
            return new SecureService(
                    scope,
                    id,
                    new Props(
                            party,
                            app,
                            ports,
                            container,
                            replicas,
                            autoscaled,
                            zoned,
                            variants,
                            runsElsewhere,
                            scrape,
                            proxyMetadata,
                            mtls == null ? MtlsPlan.of(MtlsMode.STRICT) : mtls,
                            admissions,
                            guards,
                            preflight,
                            enforcement));
        }
    }
}
