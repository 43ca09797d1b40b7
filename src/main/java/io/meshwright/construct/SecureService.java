package io.meshwright.construct;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.CalledService;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.plus.GivenVolume;
import io.meshwright.construct.plus.GivenWorkload;
import io.meshwright.construct.pod.AccountRole;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodFoundation;
import io.meshwright.construct.pod.Scale;
import io.meshwright.construct.security.ApiServerAccess;
import io.meshwright.construct.security.CallerPolicy;
import io.meshwright.construct.security.Grant;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.value.Defaulted;
import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.pod.Role;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Probes;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.Scrape;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.Volume;
import io.meshwright.value.workload.WorkloadIdentity;
import io.meshwright.value.workload.WorkloadKind;
import io.meshwright.value.workload.data.ConfigMapData;
import io.meshwright.value.workload.data.EnvFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cdk8s.ApiObject;
import org.cdk8s.plus34.IConfigMap;
import org.cdk8s.plus34.IResource;
import org.cdk8s.plus34.ISecret;
import org.cdk8s.plus34.IServiceAccount;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * Runs one service safely: its Service, a hardened workload for each version, and the policies by which its declared
 * callers reach it and nobody else does.
 *
 * <pre>{@code
 * SecureService web = SecureService.Builder.create(this, "web")
 *     .name("web").namespace("shop")
 *     .image("ghcr.io/example/web:1.0.0").resources("50m", "64Mi", "128Mi").ready("/healthz")
 *     .http(80, 8080)
 *     .allowGateway(gateway)
 *     .guards(List.of(guard))
 *     .build();
 * }</pre>
 *
 * <p>Instead of an image it takes a {@link Builder#container container} with all its settings, or a Deployment or
 * StatefulSet of cdk8s-plus ({@link Builder#workload}).
 */
public final class SecureService extends Construct implements CalledService {
    private final Props props;
    private final @Nullable ServiceEndpoint endpoint;
    private final List<Workload> workloads = new ArrayList<>();
    private final @Nullable CallerPolicy callers;

    private SecureService(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.endpoint = props.hasOwnService() ? endpoint() : null;
        props.subject().workload().ifPresent(this::complete);
        props.container().ifPresent(container -> {
            PodFiles.of(props.app(), container, props.running().settings())
                    .render(this, props.party().namespace(), props.party().podLabels());
            workloads.addAll(new ServiceWorkloads(this, props, container).make());
        });
        this.callers = props.access().guards().isEmpty() ? null : admit();
        Optional.ofNullable(props.running().settings().role()).ifPresent(this::rights);
    }

    /** The rights of its pods at the API server, and the way there where their namespace lets nothing out. */
    private void rights(Role role) {
        AccountRole.of(this, "role", props.party().namespace(), pod().serviceAccount(), role);
        if (props.access().guards().stream().anyMatch(guard -> guard.guards(props.party()))) {
            ApiServerAccess.of(this, "api-server", props.party(), role.apiServer());
        }
    }

    /** This service as one end of a call. */
    @Override
    public Party party() {
        return props.party();
    }

    /** The ports of the Service, the first is the default of routes; none of a worker. */
    @Override
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

    /**
     * The Deployments, StatefulSets, Jobs or CronJobs that run its pods, also the one that was given, for what this
     * construct cannot say.
     */
    public List<ApiObject> controllers() {
        return props.subject()
                .workload()
                .map(given -> List.of(given.resource()))
                .orElseGet(() -> workloads.stream().map(Workload::controller).toList());
    }

    /** The policies for its callers; empty where nothing is guarded. */
    public Optional<CallerPolicy> callers() {
        return Optional.ofNullable(callers);
    }

    /** The pod, for a release engine that runs it itself. */
    public Pod pod() {
        Container container = props.container()
                .orElseThrow(() -> new InvalidValue("container", "is missing, so there is no pod", "add it"));
        return new ServicePod(props, container).of(ServiceWorkloads.FIRST_VERSION, null);
    }

    /** Completes pods of others with what they need besides themselves. */
    private void complete(GivenWorkload given) {
        Name account = Name.of(props.app());
        given.complete(account);
        PodFoundation foundation = new PodFoundation(
                this,
                props.party().namespace(),
                given.selector(),
                account.toString(),
                Optional.ofNullable(props.running().settings().workloadIdentity())
                        .map(WorkloadIdentity::annotations)
                        .orElse(Map.of()));
        if (given.serviceAccount().isEmpty()) {
            foundation.serviceAccount();
        }
        if (given.replicas() > 1) {
            foundation.budget(given.name(), given.selector());
        }
    }

    private ServiceEndpoint endpoint() {
        Party party = props.party();
        return ServiceEndpoint.of(this, "service", party.name(), party.namespace(), party.podLabels(), props.ports());
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
     * @param subject which service it is
     * @param app name of the workload and its {@code app} label; default: the service's name
     * @param ports of the Service, the first is the default of routes; none: a worker, which has no Service
     * @param container the application; absent: others run the pods
     * @param foreignService whether others make the Service
     * @param scrape where its own metrics are; absent: it has none
     * @param proxyMetadata variables of the sidecar
     * @param proxyStats RE2 expressions, each for the whole name of statistics of Envoy that the sidecar exports beside
     *     those that it always does
     */
    @Buildable
    record Props(
            Subject subject,
            @Defaulted String app,
            List<ServicePort> ports,
            Optional<Container> container,
            Running running,
            Optional<Scrape> scrape,
            Map<String, String> proxyMetadata,
            List<String> proxyStats,
            Access access,
            boolean foreignService) {
        Props {
            Name account = running.settings().serviceAccountName();
            Require.that(
                    account == null
                            || subject.workload().isEmpty()
                                    && subject.serviceAccount().isEmpty(),
                    "settings.serviceAccountName",
                    "is given beside a service account or workload that was made before",
                    "keep one of them");
            Require.that(
                    running.settings().role() == null || container.isPresent(),
                    "settings.role",
                    "is for pods that are made here",
                    "give a container, or make Role and RoleBinding beside the workload");
            subject = subject.known(app, ports, account);
            Party party = Require.present("party", subject.party());
            app = app == null ? party.name().toString() : app;
            for (int i = 0; i < ports.size(); i++) {
                leadsToParty(party, ports.get(i), i);
            }
            Require.that(
                    container.isEmpty() || subject.workload().isEmpty(),
                    "workload",
                    "is given beside a container",
                    "keep one of them");
        }

        Party party() {
            return Require.present("party", subject.party());
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
     * The service's name and pods: a party, a name in a namespace, or pods that were made before.
     *
     * @param party name, namespace, pod labels and identity of the service; default: made of the rest, in the mesh
     * @param name of the service, where no party is given
     * @param namespace of the service, where no party is given
     * @param workload a Deployment or StatefulSet that was made before; absent: made here
     * @param serviceAccount as which its pods run, made before; absent: one of the app's name is made here
     */
    record Subject(
            @Defaulted Party party,
            Optional<Name> name,
            Optional<Name> namespace,
            Optional<GivenWorkload> workload,
            Optional<Name> serviceAccount) {
        /** The same by its party alone, for a service with these settings. */
        Subject known(@Nullable String app, List<ServicePort> ports, @Nullable Name account) {
            workload.ifPresent(given -> given.opens(ports));
            return new Subject(
                    partyFor(app, ports, account), Optional.empty(), Optional.empty(), workload, serviceAccount);
        }

        private Party partyFor(@Nullable String app, List<ServicePort> ports, @Nullable Name account) {
            if (party != null) {
                Require.that(
                        name.isEmpty() && namespace.isEmpty(),
                        "party",
                        "is given beside name and namespace",
                        "keep one of them");
                workload.ifPresent(given -> given.agreesWith(party));
                serviceAccount.ifPresent(made -> Require.that(
                        party.identity()
                                .filter(identity -> !identity.serviceAccount().equals(serviceAccount))
                                .isEmpty(),
                        "serviceAccount",
                        "\"%s\" is not what %s proves".formatted(made, party),
                        "give the party its identity"));
                return party;
            }
            if (workload.isPresent()) {
                return workload.get().party(ports);
            }
            Name own = name.orElseThrow(() -> missing("name"));
            Name label = app == null ? own : Name.of(app);
            return new Party(
                    own,
                    namespace.orElseThrow(() -> missing("namespace")),
                    Map.of("app", label.toString()),
                    Optional.of(Identity.of(
                            namespace.orElseThrow(() -> missing("namespace")),
                            serviceAccount.orElse(account == null ? label : account))),
                    TargetPort.behind(ports));
        }

        private static InvalidValue missing(String setting) {
            return new InvalidValue(setting, "is missing", "give it, or a party or workload");
        }
    }

    /**
     * Settings for running its pods.
     *
     * @param scale pods of each version; default two
     * @param versions that run; default: one
     * @param zoned whether replicas are spread over zones as well as nodes
     * @param kind what keeps them running; absent: a Deployment, or a StatefulSet of one pod that has a volume
     * @param settings where they run, what they carry, and who runs beside the application; default: nothing more
     * @param nativeSidecars whether cluster and Istio know sidecars that start before the others and end after them:
     *     Kubernetes from 1.29 and Istio from 1.24 on
     * @param configMaps of its namespace, by their names: a change of one that its containers name starts new pods
     */
    record Running(
            @Defaulted Scale scale,
            @Defaulted Versions versions,
            boolean zoned,
            Optional<WorkloadKind> kind,
            @Defaulted PodSettings settings,
            boolean nativeSidecars,
            Map<ObjectName, ConfigMapData> configMaps) {
        Running {
            settings = settings == null ? PodSettings.none() : settings;
            scale = scale == null ? Scale.fixed(2) : scale;
            versions = versions == null ? Versions.one() : versions;
        }

        /** The same with other settings of pods. */
        Running with(PodSettings other) {
            return new Running(scale, versions, zoned, kind, other, nativeSidecars, configMaps);
        }
    }

    /**
     * The callers that may call it.
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
        private final Container.Builder simple = Container.builder();
        private final GivenResources given = new GivenResources();
        private boolean isSimple;
        private boolean isWhole;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Name of the Service, its workload and its service account. */
        public Builder name(String name) {
            return name(ConstructMaker.make(scope, id, () -> Name.of(name)));
        }

        /** Namespace where it stands. */
        public Builder namespace(String namespace) {
            return namespace(ConstructMaker.make(scope, id, () -> Name.of(namespace)));
        }

        /** The application's image, with a tag or a digest; with {@link #resources} all that a container needs. */
        public Builder image(String image) {
            simple.image(ConstructMaker.make(scope, id, () -> ImageReference.of(image)));
            isSimple = true;
            return this;
        }

        /**
         * Sets what its container reserves, and the memory at which it is ended.
         *
         * @param cpu cores, such as {@code 50m} for a twentieth; it may use more where the node has them
         * @param memory bytes, such as {@code 64Mi}
         * @param memoryLimit bytes, such as {@code 128Mi}
         */
        public Builder resources(String cpu, String memory, String memoryLimit) {
            simple.resources(ConstructMaker.make(scope, id, () -> Resources.of(cpu, memory, memoryLimit)));
            isSimple = true;
            return this;
        }

        /** The path that answers 200 when it is ready and lives; default: its first port is opened. */
        public Builder ready(String path) {
            simple.probes(ConstructMaker.make(scope, id, () -> Probes.http(path)));
            isSimple = true;
            return this;
        }

        /** A port of the Service, from 1 to 65535, on which HTTP is spoken, and the container's. */
        public Builder http(int port, int targetPort) {
            return port("http", port, targetPort, Protocol.HTTP);
        }

        /** A port of the Service with what is spoken on it, both from 1 to 65535, and the container's. */
        public Builder port(String portName, int port, int targetPort, Protocol protocol) {
            return ports(ConstructMaker.make(
                    scope, id, () -> List.of(ServicePort.of(portName, port, targetPort, protocol))));
        }

        /** Lets in what comes through a gateway. */
        public Builder allowGateway(MeshGateway gateway) {
            return allow(Caller.gateway(), gateway.pods());
        }

        /** Lets in every request of another service. */
        public Builder allow(CalledService client) {
            return allow(Caller.of(client.party().name().toString()), client.party());
        }

        /** Stands in a guarded namespace, or is called from it. */
        public Builder guard(NamespaceGuard guard) {
            return guards(List.of(guard));
        }

        /**
         * Takes a Deployment or StatefulSet of cdk8s-plus, which is finished by now and stays where it is. Names,
         * selectors, ports, rights and resources are kept; what it leaves open (service account, seccomp profile,
         * capabilities) is completed in it.
         *
         * @throws InvalidValue where it has no name or namespace of its own, selects its pods by cdk8s' hash, may run
         *     as root or take rights of the node, or has no memory limit
         */
        public Builder workload(org.cdk8s.plus34.Workload workload) {
            return workload(ConstructMaker.make(scope, id, () -> GivenWorkload.of(workload)));
        }

        /** Runs its pods as a service account of cdk8s-plus, which then nobody else should. */
        public Builder serviceAccount(IServiceAccount account) {
            return serviceAccount(ConstructMaker.make(
                    scope, id, () -> Name.of(named("serviceAccount", account).toString())));
        }

        /** Mounts all keys of a ConfigMap as files of an absolute folder. */
        public Builder mount(String path, IConfigMap configMap) {
            ObjectName name = named("configMap", configMap);
            return mount(path, new GivenVolume(volume(name), Volume.configMap(name)));
        }

        /** Mounts all keys of a Secret as files of an absolute folder. */
        public Builder mount(String path, ISecret secret) {
            ObjectName name = named("secret", secret);
            return mount(path, new GivenVolume(volume(name), Volume.secret(name)));
        }

        /**
         * Mounts a volume at an absolute folder.
         *
         * @throws InvalidValue where it is none of emptyDir with a sizeLimit, configMap, secret and claim, or has
         *     settings that would be lost
         */
        public Builder mount(String path, org.cdk8s.plus34.Volume volume) {
            return mount(path, ConstructMaker.make(scope, id, () -> GivenVolume.of(volume)));
        }

        private Builder mount(String path, GivenVolume volume) {
            given.mount(path, volume);
            return this;
        }

        /** Volumes have no dots in their names [kubernetes.io, Volumes]. */
        private Name volume(ObjectName name) {
            return ConstructMaker.make(scope, id, () -> Name.of(name.dashed()));
        }

        private ObjectName named(String kind, IResource resource) {
            return ConstructMaker.make(scope, id, () -> given.name(kind, resource));
        }

        /** All keys of a ConfigMap as variables. */
        public Builder envFrom(IConfigMap configMap) {
            given.envFrom(EnvFrom.configMap(named("configMap", configMap)));
            return this;
        }

        /** All keys of a Secret as variables. */
        public Builder envFrom(ISecret secret) {
            given.envFrom(EnvFrom.secret(named("secret", secret)));
            return this;
        }

        /** Always this many pods of each version, from 1 to 100. */
        public Builder replicas(int replicas) {
            return scale(Scale.fixed(replicas));
        }

        /** Lets a caller in, within its limits; may be repeated. */
        public Builder allow(Caller limits, Party client) {
            return grants(List.of(new Grant(limits, client)));
        }

        @Override
        public Builder container(@Nullable Container container) {
            isWhole = true;
            return super.container(container);
        }

        /**
         * Makes it.
         *
         * @throws io.meshwright.construct.object.InvalidConstruct where a setting is missing or cannot be, with the
         *     path of this construct; another construct of this id among them
         */
        public SecureService build() {
            return ConstructMaker.make(scope, id, () -> new SecureService(scope, id, whole()));
        }

        private Props whole() {
            Require.that(
                    !isSimple || !isWhole,
                    "container",
                    "is given beside image, resources or ready",
                    "keep one of them");
            if (isSimple) {
                super.container(simple.build());
            }
            return given.addedTo(props());
        }
    }
}
