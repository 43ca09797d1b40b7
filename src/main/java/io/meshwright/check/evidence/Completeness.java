package io.meshwright.check.evidence;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whether the manifests hold enough of a cluster for something missing to be wrong: often they are a part of one,
 * and the rest lies elsewhere.
 */
public final class Completeness {
    // Services of other clusters: the multi-cluster API, Istio's older names, and OpenShift's federation.
    private static final List<String> ELSEWHERE_KNOWN = List.of(".svc.clusterset.local", ".global", "-imports.local");
    /** Services that Istio's own charts and operators install. */
    private static final Set<String> OF_ISTIO =
            Set.of("istiod", "istio-ingressgateway", "istio-egressgateway", "istio-eastwestgateway");

    private static final String ELSEWHERE =
            "If it lies elsewhere, give those manifests too or declare it in an Externals object.";

    private final Mesh mesh;
    private final Set<String> withServices = new TreeSet<>();
    private final Set<String> withEntries = new TreeSet<>();
    private final Set<String> withPods = new TreeSet<>();
    private final Set<String> unplaced = new TreeSet<>();
    private final Nearby nearby;

    public Completeness(Mesh mesh) {
        this.mesh = mesh;
        mesh.services().all().stream()
                .filter(Service::isWritten)
                .forEach(service -> (service.isKubernetes() ? withServices : withEntries).add(service.namespace()));
        mesh.pods().all().stream().map(Pod::namespace).forEach(withPods::add);
        mesh.manifests().kind(Kind.SERVICE).stream()
                .filter(service -> service.namespace().isEmpty())
                .map(Manifest::name)
                .forEach(unplaced::add);
        this.nearby = new Nearby(mesh.manifests().kind(Kind.SERVICE));
    }

    /** Why a host leads nowhere; a note where nothing of its kind is among the manifests. */
    public record MissingHost(String why, boolean telling) {
        public Finding weighed(Finding finding) {
            return Completeness.weighed(finding, telling);
        }
    }

    /** Why a destination leads nowhere, weighed by where the Services lie that its writer may mean. */
    public Optional<MissingHost> lost(WrittenDestination target, String caller) {
        return near(
                target.owner().manifest(),
                covered(target, caller).or(() -> lost(target.host(), target.namespace(), caller)));
    }

    /**
     * A cluster is called as its service is, so that a wildcard on either side leads nowhere (GetDestinationCluster).
     */
    private Optional<MissingHost> covered(WrittenDestination target, String caller) {
        String host = mesh.services().host(target.host(), target.namespace());
        if (!mesh.services().of(host).isEmpty() || mesh.externals().hasHost(host) || isMadeLater(host)) {
            return Optional.empty();
        }
        return mesh.services().find(host, caller).stream()
                .findFirst()
                .or(() -> mesh.services().all().stream()
                        .filter(service -> HostName.isWildcard(host) && HostName.overlap(service.host(), host))
                        .findFirst())
                .map(service -> new MissingHost(
                        "no cluster is called \"%s\", that of %s is called \"%s\""
                                .formatted(host, service.source().manifest(), service.host()),
                        true));
    }

    /** The same answer, which tells nothing where the Services that the writer may mean lie far from it. */
    public Optional<MissingHost> near(Manifest writer, Optional<MissingHost> lost) {
        return lost.map(why -> nearby.isTelling(writer) ? why : new MissingHost(why.why(), false));
    }

    /** As grave as its rule where the manifests show what there is, and a note where they do not. */
    public static Finding weighed(Finding finding, boolean telling) {
        return telling
                ? finding
                : finding.as(Severity.INFO)
                        .saying("among these manifests %s".formatted(finding.message()))
                        .remedy(ELSEWHERE);
    }

    /**
     * True if Services or ServiceEntries of the namespace are among the manifests, so that a further one would be too.
     */
    public boolean services(String namespace) {
        return withServices.contains(namespace) || withEntries.contains(namespace);
    }

    public boolean anyService() {
        return !withServices.isEmpty() || !withEntries.isEmpty();
    }

    /** True if workloads of the namespace are among the manifests. */
    public boolean pods(String namespace) {
        return withPods.contains(namespace);
    }

    /**
     * Tells whether a namespace may be taken to be among the manifests as a whole: itself and workloads of it are, and
     * no chart and no operator makes others there.
     */
    public boolean isWhole(String namespace) {
        return pods(namespace)
                && mesh.namespaces().manifest(namespace).isPresent()
                && mesh.otherCharts().within(namespace).isEmpty()
                && mesh.operators().within(namespace).isEmpty();
    }

    /** Why a host that an object of a namespace writes leads nowhere for callers in another one. */
    public Optional<MissingHost> lost(String written, String namespace, String caller) {
        String host = mesh.services().host(written, namespace);
        boolean known = HostName.isWildcard(host)
                ? mesh.services().all().stream().anyMatch(service -> HostName.overlap(service.host(), host))
                : mesh.services().find(host, caller).isPresent();
        if (host.isEmpty() || known || mesh.externals().hasHost(host) || isMadeLater(host)) {
            return Optional.empty();
        }
        return Optional.of(
                mesh.services().of(host).isEmpty()
                        ? unknown(host, namespace)
                        : new MissingHost("\"%s\" is not exported to namespace \"%s\"".formatted(host, caller), true));
    }

    private boolean isMadeLater(String host) {
        return isArgoCd(host)
                || mesh.experiments().make(host)
                || mesh.canaries().making(host).isPresent();
    }

    /** Argo CD was there before the Applications that it reads. */
    private boolean isArgoCd(String host) {
        String[] parts = host.split("\\.");
        return host.startsWith("argocd-")
                && parts.length > 2
                && mesh.manifests().kind(Kind.APPLICATION).stream()
                        .anyMatch(application -> application.home().equals(parts[1]));
    }

    /** Add-ons are often applied from files where istioctl installs Istio itself. */
    private boolean isInstalledElsewhere(String home, String name) {
        return home.equals(mesh.config().rootNamespace())
                && (mesh.services().mayBeAddOn(name)
                        || OF_ISTIO.contains(name) && !mesh.installation().isWritten());
    }

    private MissingHost unknown(String host, String namespace) {
        String suffix = ".svc.".concat(mesh.config().domain());
        String[] parts = host.split("\\.");
        boolean abbreviated = parts.length == 2 || parts.length == 3 && parts[2].equals("svc");
        if (abbreviated && mesh.services().kubernetes(parts[1], parts[0]).isPresent()) {
            return new MissingHost(
                    "Istio does not complete \"%s\", it means only itself; write \"%s%s\""
                            .formatted(host, "%s.%s".formatted(parts[0], parts[1]), suffix),
                    true);
        }
        if (host.endsWith(suffix)) {
            String rest = host.substring(0, host.length() - suffix.length());
            String home = rest.substring(rest.lastIndexOf('.') + 1);
            String name = rest.substring(0, Math.max(0, rest.lastIndexOf('.')));
            return new MissingHost(
                    "there is no Service \"%s\" in namespace \"%s\"".formatted(name, home),
                    withServices.contains(home)
                            && !unplaced.contains(name)
                            && !isInstalledElsewhere(home, name)
                            && mesh.otherCharts().behind(host).isEmpty()
                            && mesh.operators().within(home).isEmpty());
        }
        return new MissingHost(
                "no Service and no ServiceEntry has the host \"%s\"".formatted(host),
                (services(namespace) || !withEntries.isEmpty())
                        && ELSEWHERE_KNOWN.stream().noneMatch(host::endsWith));
    }
}
