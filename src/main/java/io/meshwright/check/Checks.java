package io.meshwright.check;

import io.meshwright.check.cel.Language;
import io.meshwright.check.rule.AnnotationsRead;
import io.meshwright.check.rule.ApiRoutesLead;
import io.meshwright.check.rule.ApplicationsComparable;
import io.meshwright.check.rule.AuthorizationFitsPort;
import io.meshwright.check.rule.AuthorizationNamesKnown;
import io.meshwright.check.rule.AuthorizationRuleCanFit;
import io.meshwright.check.rule.CallersAdmitted;
import io.meshwright.check.rule.CertificateBesideGateway;
import io.meshwright.check.rule.CertificateUsable;
import io.meshwright.check.rule.CertificatesLast;
import io.meshwright.check.rule.ChangesArrive;
import io.meshwright.check.rule.ClientCaBesideGateway;
import io.meshwright.check.rule.ConditionsMet;
import io.meshwright.check.rule.CorsOnEveryRoute;
import io.meshwright.check.rule.CorsReachable;
import io.meshwright.check.rule.DefaultsWrittenInLists;
import io.meshwright.check.rule.DefinitionsNewEnough;
import io.meshwright.check.rule.DelegatesMeet;
import io.meshwright.check.rule.Deprecations;
import io.meshwright.check.rule.EdgeSpeaksHttps;
import io.meshwright.check.rule.EgressDeclared;
import io.meshwright.check.rule.EntriesAgree;
import io.meshwright.check.rule.EntrySpokenAsDeclared;
import io.meshwright.check.rule.ExceptionsLast;
import io.meshwright.check.rule.ExportsKnown;
import io.meshwright.check.rule.FirewallAgrees;
import io.meshwright.check.rule.FirewallLetsMeshWork;
import io.meshwright.check.rule.GatewayAdmitted;
import io.meshwright.check.rule.GatewayLetIn;
import io.meshwright.check.rule.GatewayPortOnService;
import io.meshwright.check.rule.GatewayPortOpen;
import io.meshwright.check.rule.GatewaySelectsPods;
import io.meshwright.check.rule.GatewaysAgree;
import io.meshwright.check.rule.HostNetworkOutsideMesh;
import io.meshwright.check.rule.HostServedByGateway;
import io.meshwright.check.rule.KeysFetchedSafely;
import io.meshwright.check.rule.KialiPermitted;
import io.meshwright.check.rule.LocalityOfMeshHeeded;
import io.meshwright.check.rule.ManagementPathsRefused;
import io.meshwright.check.rule.NamespacesInjected;
import io.meshwright.check.rule.NetworksKnown;
import io.meshwright.check.rule.NodesAnswer;
import io.meshwright.check.rule.ObjectsValid;
import io.meshwright.check.rule.OneAutoscaler;
import io.meshwright.check.rule.OneGatewayPerCertificate;
import io.meshwright.check.rule.OneIngressLayer;
import io.meshwright.check.rule.OneObjectPerName;
import io.meshwright.check.rule.OneObjectPerWorkload;
import io.meshwright.check.rule.OneRoutePerHost;
import io.meshwright.check.rule.OutlierDetectionWorks;
import io.meshwright.check.rule.PatchesApply;
import io.meshwright.check.rule.PeerAuthenticationHeeded;
import io.meshwright.check.rule.PlaintextCallerAdmitted;
import io.meshwright.check.rule.PodsInjected;
import io.meshwright.check.rule.PodsOfClusterInjected;
import io.meshwright.check.rule.PolicyComplete;
import io.meshwright.check.rule.PolicyNamedAsItActs;
import io.meshwright.check.rule.PolicySelectsPods;
import io.meshwright.check.rule.PolicyTargetsGateway;
import io.meshwright.check.rule.PolicyTargetsKnown;
import io.meshwright.check.rule.PreflightAdmitted;
import io.meshwright.check.rule.PrincipalsProven;
import io.meshwright.check.rule.ProvidersKnown;
import io.meshwright.check.rule.ReleasesWithoutPublishedFaults;
import io.meshwright.check.rule.RouteOrderDecided;
import io.meshwright.check.rule.RouteReachable;
import io.meshwright.check.rule.RouteShownToGateway;
import io.meshwright.check.rule.RouteToKnownGateway;
import io.meshwright.check.rule.RouteToKnownHost;
import io.meshwright.check.rule.RouteToKnownPort;
import io.meshwright.check.rule.RouteToKnownSubset;
import io.meshwright.check.rule.RouteWeights;
import io.meshwright.check.rule.RuleForKnownHost;
import io.meshwright.check.rule.RuleHeeded;
import io.meshwright.check.rule.ScrapeThroughProxy;
import io.meshwright.check.rule.ServicePorts;
import io.meshwright.check.rule.ServiceSelectsPods;
import io.meshwright.check.rule.ServicesOfPodAgree;
import io.meshwright.check.rule.SidecarsKeepPodSecurity;
import io.meshwright.check.rule.SidecarsMeanWhatTheySay;
import io.meshwright.check.rule.SplitReachesIngress;
import io.meshwright.check.rule.SplitSticky;
import io.meshwright.check.rule.StateKept;
import io.meshwright.check.rule.StreamsUninterrupted;
import io.meshwright.check.rule.SubPathsAgree;
import io.meshwright.check.rule.SubsetSelectsPods;
import io.meshwright.check.rule.SyncsEnd;
import io.meshwright.check.rule.TlsAgrees;
import io.meshwright.check.rule.TokensReachPolicies;
import io.meshwright.check.rule.ToolStreamsUninterrupted;
import io.meshwright.check.rule.VolumesSuitPrograms;
import io.meshwright.check.rule.WebhooksAgree;
import io.meshwright.check.rule.WebhooksLeadSomewhere;
import io.meshwright.check.rule.WorkloadsCovered;
import io.meshwright.manifest.Manifests;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.Day;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;

/** All checks, registered here and nowhere else. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new AnnotationsRead(),
            new ApiRoutesLead(),
            new ApplicationsComparable(),
            new AuthorizationFitsPort(),
            new AuthorizationNamesKnown(),
            new AuthorizationRuleCanFit(),
            new CallersAdmitted(),
            new CertificateBesideGateway(),
            new CertificateUsable(),
            new ChangesArrive(),
            new ClientCaBesideGateway(),
            new ConditionsMet(),
            new CorsOnEveryRoute(),
            new CorsReachable(),
            new DefaultsWrittenInLists(),
            new DefinitionsNewEnough(),
            new DelegatesMeet(),
            new Deprecations(),
            new EdgeSpeaksHttps(),
            new EgressDeclared(),
            new EntriesAgree(),
            new EntrySpokenAsDeclared(),
            new ExportsKnown(),
            new FirewallAgrees(),
            new FirewallLetsMeshWork(),
            new GatewayAdmitted(),
            new GatewayLetIn(),
            new GatewayPortOnService(),
            new GatewayPortOpen(),
            new GatewaySelectsPods(),
            new GatewaysAgree(),
            new HostNetworkOutsideMesh(),
            new HostServedByGateway(),
            new KeysFetchedSafely(),
            new KialiPermitted(),
            new LocalityOfMeshHeeded(),
            new ManagementPathsRefused(),
            new NamespacesInjected(),
            new NetworksKnown(),
            new NodesAnswer(),
            new ObjectsValid(),
            new OneAutoscaler(),
            new OneGatewayPerCertificate(),
            new OneIngressLayer(),
            new OneObjectPerWorkload(),
            new OneRoutePerHost(),
            new OutlierDetectionWorks(),
            new PatchesApply(),
            new PeerAuthenticationHeeded(),
            new PlaintextCallerAdmitted(),
            new PodsInjected(),
            new PodsOfClusterInjected(),
            new PolicyComplete(),
            new PolicyNamedAsItActs(),
            new PolicySelectsPods(),
            new PolicyTargetsGateway(),
            new PolicyTargetsKnown(),
            new PreflightAdmitted(),
            new PrincipalsProven(),
            new ProvidersKnown(),
            new ReleasesWithoutPublishedFaults(),
            new RouteOrderDecided(),
            new RouteReachable(),
            new RouteShownToGateway(),
            new RouteToKnownGateway(),
            new RouteToKnownHost(),
            new RouteToKnownPort(),
            new RouteToKnownSubset(),
            new RouteWeights(),
            new RuleForKnownHost(),
            new RuleHeeded(),
            new ScrapeThroughProxy(),
            new ServicePorts(),
            new ServiceSelectsPods(),
            new ServicesOfPodAgree(),
            new SidecarsKeepPodSecurity(),
            new SidecarsMeanWhatTheySay(),
            new SplitReachesIngress(),
            new SplitSticky(),
            new StateKept(),
            new StreamsUninterrupted(),
            new SubPathsAgree(),
            new SubsetSelectsPods(),
            new SyncsEnd(),
            new TlsAgrees(),
            new TokensReachPolicies(),
            new ToolStreamsUninterrupted(),
            new VolumesSuitPrograms(),
            new WebhooksAgree(),
            new WebhooksLeadSomewhere(),
            new WorkloadsCovered());

    private Checks() {}

    /** Begins what every run needs and takes long to make, while the caller still reads. */
    public static void prepare() {
        ForkJoinPool.commonPool().execute(Language::prepare);
    }

    /** What is wrong with a mesh, after suppressions. */
    public static Findings run(Mesh mesh) {
        return Suppressions.of(mesh.manifests())
                .applyTo(new Findings(Stream.concat(OneObjectPerName.among(mesh.manifests()), breaches(mesh))
                        .toList()));
    }

    /** What is wrong with what was read, after suppressions; by default for every version that the manifests name. */
    public static Findings run(Reading reading, Optional<IstioVersion> version) {
        // A copy of an object changes nothing for anybody, and dozens of copies would cost minutes.
        Manifests distinct = reading.manifests().distinct();
        Mesh oldest = version.map(known -> Mesh.of(distinct, known)).orElseGet(() -> Mesh.of(distinct));
        List<IstioVersion> newer = version.isPresent()
                ? List.of()
                : oldest.installation().versions().stream().skip(1).toList();
        Stream<Finding> found = Stream.of(
                        reading.unreadable().stream().map(Flaws::finding),
                        OneObjectPerName.among(reading.manifests()),
                        breaches(oldest),
                        newer.stream().flatMap(each -> breaches(Mesh.of(distinct, each))))
                .flatMap(findings -> findings);
        // Once for all releases, since a suppression may be needed for one of them only.
        return Suppressions.of(reading.manifests()).applyTo(new Findings(found.toList()));
    }

    /**
     * Exceptions and certificates that a day finds over; apart from the rest, because nothing else depends on when it
     * is asked.
     */
    public static Findings expired(Reading reading, Day today) {
        return new Findings(Stream.concat(
                        ExceptionsLast.over(reading.manifests(), today),
                        CertificatesLast.over(reading.manifests(), today))
                .toList());
    }

    /** What remains of findings when these Suppressions are heeded as well. */
    public static Findings suppressed(Findings findings, Reading suppressions) {
        Findings remaining = Suppressions.of(suppressions.manifests()).applyTo(findings);
        return Findings.together(List.of(
                remaining,
                new Findings(
                        suppressions.unreadable().stream().map(Flaws::finding).toList())));
    }

    private static Stream<Finding> breaches(Mesh mesh) {
        Doubts doubts = new Doubts(mesh.manifests());
        // A task for each, since they differ a hundredfold in what they cost and a parallel stream would deal them in
        // blocks.
        List<ForkJoinTask<List<Finding>>> tasks = ALL.stream()
                .map(check -> ForkJoinTask.adapt(
                        () -> check.run(mesh).map(doubts::weighed).toList()))
                .toList();
        return ForkJoinTask.invokeAll(tasks).stream().flatMap(task -> task.join().stream());
    }
}
