package io.meshwright.construct.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.Version;
import java.util.List;
import java.util.function.Consumer;
import org.cdk8s.Testing;
import software.constructs.Construct;

/** Synthesizes one construct as a stack would. */
public final class Synthesis {
    static final GitSource GIT = new GitSource(Url.of("https://git.example.org/platform.git"), "main", "dist/sample");

    private Synthesis() {}

    /** All objects that the construct makes, in their order. */
    public static JsonNode of(Consumer<Construct> construct) {
        org.cdk8s.Chart chart = Testing.chart();
        construct.accept(chart);
        return new ObjectMapper().valueToTree(Testing.synth(chart));
    }

    /** A project that a construct under test belongs to; its own object comes first. */
    static Project project(Construct scope) {
        return project(scope, Version.of("3.4.5"));
    }

    /** The same in an Argo CD of this version. */
    static Project project(Construct scope, Version argoCd) {
        return Project.Builder.create(scope, "project")
                .name(Name.of("sample"))
                .argoCd(argoCd)
                .description("sample")
                .repositories(List.of(GIT.repository().value()))
                .namespaces(List.of(Name.of("shop"), Name.of("istio-system")))
                .clusterKinds(List.of(GroupKind.of("v1", "Namespace")))
                .namespacedKinds(List.of(GroupKind.of("apps/v1", "Deployment")))
                .build();
    }
}
