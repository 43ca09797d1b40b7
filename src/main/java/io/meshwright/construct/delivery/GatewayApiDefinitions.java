package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import imports.io.argoproj.ApplicationSpecSource;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.Url;
import io.meshwright.value.istio.IstioNames;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * An Application that installs the definitions of the Gateway API's standard channel from its own repository, which has
 * no chart. The commit is their checksum. It goes only when a person confirms it, since every Gateway and route would
 * go too.
 */
public final class GatewayApiDefinitions extends Construct {
    /** Name of the Application. */
    public static final Name NAME = Name.of("gateway-api");

    /** Release 1.6.1, by the commit of its tag. */
    public static final GitSource SOURCE = new GitSource(
            Url.of("https://github.com/kubernetes-sigs/gateway-api"),
            "8bb74df00e56ec8f944d48c25e6c1c9c2f6848e3",
            "config/crd");

    /** Kinds that it installs besides definitions: from 1.5 on they keep an older release from being applied over. */
    public static final List<GroupKind> KINDS = List.of(
            new GroupKind("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
            new GroupKind("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"));

    private final Application application;

    private GatewayApiDefinitions(Construct scope, String id, Props props) {
        super(scope, id);
        // Before istiod, which otherwise begins without the kinds and reads them when they come.
        SortedMap<String, String> annotations = new TreeMap<>(Wave.OPERATORS.applicationAnnotations());
        annotations.putAll(Protection.annotations());
        this.application = ArgoObjects.application(
                this,
                new ArgoObjects.Head(
                        NAME,
                        props.project(),
                        IstioNames.ROOT_NAMESPACE,
                        props.project().retry()),
                true,
                annotations,
                ApplicationSpecSource.builder()
                        .repoUrl(SOURCE.repository().value())
                        .targetRevision(SOURCE.revision())
                        .path(SOURCE.path())
                        .build(),
                new Sync(List.of(), List.of()));
    }

    /** The Application, for what this construct cannot say. */
    public ApiObject resource() {
        return application;
    }

    /**
     * All that it needs.
     *
     * @param project of the Application
     */
    @Buildable
    record Props(@Required Project project) {}

    /** Collects what it needs. */
    public static final class Builder extends GatewayApiDefinitionsSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public GatewayApiDefinitions build() {
            return ConstructMaker.make(scope, id, () -> new GatewayApiDefinitions(scope, id, props()));
        }
    }
}
