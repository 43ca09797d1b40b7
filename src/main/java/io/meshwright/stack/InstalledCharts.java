package io.meshwright.stack;

import io.meshwright.construct.delivery.chart.ArgoCdValues;
import io.meshwright.construct.delivery.chart.ArgoRolloutsValues;
import io.meshwright.construct.delivery.chart.CertManagerValues;
import io.meshwright.construct.delivery.chart.CertificateDriverValues;
import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.chart.ExternalSecretsValues;
import io.meshwright.construct.delivery.chart.KedaValues;
import io.meshwright.construct.delivery.chart.MetalLbValues;
import io.meshwright.construct.delivery.chart.Replicas;
import io.meshwright.construct.delivery.chart.SlackNotifications;
import io.meshwright.construct.delivery.istio.AcceptedFaults;
import io.meshwright.construct.delivery.istio.IstioBaseValues;
import io.meshwright.construct.delivery.istio.IstioCniValues;
import io.meshwright.construct.delivery.istio.IstioDrift;
import io.meshwright.construct.delivery.istio.IstiodValues;
import io.meshwright.construct.delivery.istio.OpenShiftValues;
import io.meshwright.construct.delivery.istio.Revision;
import io.meshwright.construct.delivery.istio.Webhooks;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.environment.AddOns;
import io.meshwright.environment.AiOps;
import io.meshwright.environment.Certificates;
import io.meshwright.environment.ControlPlane;
import io.meshwright.environment.ControlPlanes;
import io.meshwright.environment.Delivery;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HelmChart;
import io.meshwright.environment.Parties;
import io.meshwright.environment.aiops.Assistant;
import io.meshwright.platform.release.Chart;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.platform.release.IstioUpgradePath;
import io.meshwright.platform.release.Releases;
import io.meshwright.stack.delivery.InstalledChart;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The Helm charts of one cluster, pinned, with values made from the environment: Istio itself and the add-ons in use.
 */
final class InstalledCharts {
    private static final Resources ISTIOD = Resources.of("100m", "512Mi", "2Gi");
    private static final Resources CNI = Resources.of("20m", "64Mi", "256Mi");
    private static final Resources CONTROLLER = Resources.of("25m", "64Mi", "256Mi");

    private final Environment environment;
    private final Releases releases;
    private final List<InstalledChart> charts = new ArrayList<>();

    InstalledCharts(Environment environment, boolean dnsCapture) {
        this.environment = environment;
        this.releases = environment.compatible();
        AddOns.of(environment).forEach(this::addOn);
        istio(dnsCapture);
        environment.charts().forEach(this::foreign);
    }

    List<InstalledChart> all() {
        return List.copyOf(charts);
    }

    /** Argo CD itself. */
    InstalledChart argoCd() {
        Name release = ClusterNamespaces.release(ChartAddOn.ARGO_CD);
        return charts.stream()
                .filter(installed -> installed.name().equals(release))
                .findFirst()
                .orElseThrow();
    }

    /** Addresses of the chart repositories. */
    List<String> repositories() {
        return charts.stream()
                .map(installed -> installed.chart().repository())
                .distinct()
                .sorted()
                .toList();
    }

    private void addOn(ChartAddOn addOn) {
        Wave wave = switch (addOn) {
            case ARGO_CD -> Wave.FOUNDATION;
            case ARGO_ROLLOUTS, KEDA -> Wave.CONTROLLERS;
            case CERT_MANAGER, CERT_MANAGER_CSI_DRIVER, EXTERNAL_SECRETS, METALLB -> Wave.OPERATORS;
        };
        // Named after the namespace, as the charts' own documents do: argocd, not argo-cd.
        charts.add(new InstalledChart(
                ClusterNamespaces.release(addOn),
                addOn.namespace(),
                releases.chart(addOn).chart(),
                values(addOn),
                wave,
                Webhooks.of(addOn, enforced())));
    }

    private void foreign(Name name, HelmChart chart) {
        if (charts.stream().anyMatch(installed -> installed.name().equals(name))) {
            throw new InvalidValue(
                    KeyPath.of("charts").key(name.toString()),
                    "is the name of an Application of the platform",
                    "give it a name of its own");
        }
        charts.add(new InstalledChart(
                name,
                chart.namespace(),
                new Chart(chart.chart(), chart.version(), chart.repository()),
                chart::values,
                chart.wave() == HelmChart.Turn.OPERATORS ? Wave.OPERATORS : Wave.SERVICES,
                List.of()));
    }

    private ChartValues values(ChartAddOn addOn) {
        return switch (addOn) {
            case ARGO_CD -> onOpenShift(argoCd(environment), OpenShiftValues::argoCd);
            case ARGO_ROLLOUTS -> new ArgoRolloutsValues(Replicas.fixed(2), CONTROLLER);
            case CERT_MANAGER -> certManager(addOn);
            case CERT_MANAGER_CSI_DRIVER ->
                onOpenShift(
                        new CertificateDriverValues(
                                environment.cluster().distribution().kubeletFolder()),
                        OpenShiftValues::certificateDriver);
            case EXTERNAL_SECRETS -> new ExternalSecretsValues();
            case KEDA -> new KedaValues();
            case METALLB -> new MetalLbValues(true);
        };
    }

    private CertManagerValues certManager(ChartAddOn addOn) {
        Certificates certificates = Objects.requireNonNull(environment.certificates(), addOn::key);
        return new CertManagerValues(
                addOn.namespace(),
                certificates.provesByDns() ? List.of("1.1.1.1:53", "8.8.8.8:53") : List.of(),
                certificates.identity(),
                certificates.labels());
    }

    private static ArgoCdValues argoCd(Environment environment) {
        Delivery delivery = environment.delivery();
        Host host = delivery.host() == null ? GatewayStack.ARGO_CD.host() : delivery.host();
        Optional<SlackNotifications> notifications = Optional.ofNullable(delivery.notifications())
                .map(slack -> new SlackNotifications(
                        slack.slackChannel(),
                        slack.slackToken().name(),
                        slack.slackToken().key().orElseThrow()));
        return new ArgoCdValues(
                host,
                "",
                delivery.host() != null,
                delivery.fleet() != null,
                notifications,
                delivery.knownHosts(),
                Optional.ofNullable(environment.aiOps())
                        .map(AiOps::assistant)
                        .filter(assistant -> assistant.argoCdToken() != null)
                        .map(assistant -> Assistant.NAME));
    }

    private void istio(boolean dnsCapture) {
        ControlPlanes planes = environment.istio().controlPlanes();
        IstioRelease newest = releases.istio();
        // CRDs are compatible backwards and never forwards; the older control plane validates until it goes.
        istio(
                "istio-base",
                newest.base(),
                new IstioBaseValues(newest, revision(planes.oldest())),
                Wave.ISTIO_BASE,
                IstioDrift.base(newest));
        IstioRelease agent = IstioUpgradePath.agent(
                planes.oldest().version(), planes.newest().version());
        istio(
                "istio-cni",
                agent.cni(),
                onOpenShift(
                        new IstioCniValues(
                                agent,
                                environment.cluster().cniFolders(),
                                environment.cluster().platform().limitsNodeCriticalPods(),
                                CNI),
                        values -> OpenShiftValues.cni(values, agent)),
                Wave.ISTIO_CNI,
                IstioDrift.cni(agent));
        planes.all().forEach(plane -> istiod(plane, dnsCapture));
        environment.gatewayEntries().forEach(entry -> gateway(planes, entry));
        egressGateway(
                planes.label(environment.gateway().tag()),
                release(planes.serving(environment.gateway().tag())));
    }

    private void gateway(ControlPlanes planes, GatewayEntry entry) {
        Name tag = entry.gateway().tag();
        IstioRelease istio = release(planes.serving(tag));
        istio(
                entry.release().toString(),
                istio.gateway(),
                new GatewayInstallation(environment, entry).values(istio, planes.label(tag)),
                Wave.GATEWAY,
                List.of());
    }

    private void egressGateway(Optional<Name> injectedBy, IstioRelease istio) {
        new Parties(environment)
                .egressGateway()
                .ifPresent(pods -> charts.add(new InstalledChart(
                        pods.name(),
                        pods.namespace(),
                        istio.gateway(),
                        new EgressInstallation(environment, pods).values(istio, injectedBy),
                        Wave.GATEWAY,
                        List.of())));
    }

    private void istiod(ControlPlane plane, boolean dnsCapture) {
        IstioRelease istio = release(plane);
        Revision revision = revision(plane);
        Map<String, Object> mesh = new MeshConfiguration(environment, revision.istiod(), dnsCapture).values();
        IstiodValues values = new IstiodValues(
                istio,
                revision,
                mesh,
                switches(),
                Replicas.fixed(2),
                ISTIOD,
                environment.istio().proxy());
        charts.add(new InstalledChart(
                revision.istiod(),
                Parties.ISTIO_SYSTEM,
                istio.istiod(),
                onOpenShift(values, plain -> OpenShiftValues.istiod(plain, istio)),
                Wave.ISTIOD,
                Webhooks.and(IstioDrift.istiod(istio, revision), enforced()),
                notes(plane)));
    }

    /** Why an older release stays, where the environment says it. */
    private Map<String, String> notes(ControlPlane plane) {
        return environment
                .istio()
                .acceptedFaults(plane.version())
                .map(AcceptedFaults::annotations)
                .orElseGet(TreeMap::new);
    }

    /** Switches of istiod, which act on proxies that run already: no pod has to start again. */
    private SortedMap<String, String> switches() {
        SortedMap<String, String> switches = new TreeMap<>();
        if (environment.istio().http10()) {
            // accept_http_10 of every HTTP listener [istio, pilot/pkg/features/pilot.go and
            // networking/core/listener.go].
            switches.put("PILOT_HTTP10", "true");
        }
        if (environment.gateway().http3()) {
            // Listeners of QUIC beside those of TLS, where the gateway's Service has the same port by UDP; answers
            // announce them in alt-svc [istio, pilot/pkg/features/pilot.go and networking/core/gateway.go].
            switches.put("PILOT_ENABLE_QUIC_LISTENERS", "true");
        }
        return switches;
    }

    private IstioRelease release(ControlPlane plane) {
        return Compatibility.istio(plane.version(), environment.cluster().kubernetes(), "istio");
    }

    private void istio(String name, Chart chart, ChartValues values, Wave wave, List<IgnoredDifference> drift) {
        charts.add(new InstalledChart(
                Name.of(name), Parties.ISTIO_SYSTEM, chart, values, wave, Webhooks.and(drift, enforced())));
    }

    private ChartValues onOpenShift(ChartValues values, UnaryOperator<ChartValues> others) {
        return environment.cluster().distribution().isOpenShift() ? others.apply(values) : values;
    }

    private List<String> enforced() {
        return environment.cluster().platform().webhookExpressions();
    }

    static Revision revision(ControlPlane plane) {
        return new Revision(Optional.ofNullable(plane.revision()));
    }
}
