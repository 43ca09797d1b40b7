package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import imports.io.argoproj.ApplicationSpec;
import imports.io.argoproj.ApplicationSpecDestination;
import imports.io.argoproj.ApplicationSpecSource;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.Name;
import java.util.List;
import java.util.SortedMap;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/** Makes the part that all Applications have in common. */
final class ArgoObjects {
    static final String IN_CLUSTER = "https://kubernetes.default.svc";
    private static final List<String> CASCADE = List.of(ArgoNames.RESOURCES_FINALIZER);

    private ArgoObjects() {}

    /** One Application; {@code cascade} says whether its objects go when it goes. */
    static Application application(
            Construct scope,
            Head head,
            boolean cascade,
            SortedMap<String, String> annotations,
            ApplicationSpecSource source,
            Sync sync) {
        return Application.Builder.create(scope, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(head.name().value())
                        .namespace(head.project().namespace().value())
                        .annotations(annotations)
                        .finalizers(cascade ? CASCADE : null)
                        .build())
                .spec(ApplicationSpec.builder()
                        .project(head.project().name().value())
                        .source(source)
                        .destination(ApplicationSpecDestination.builder()
                                .server(IN_CLUSTER)
                                .namespace(head.namespace().value())
                                .build())
                        .syncPolicy(sync.policy(head.retry()))
                        .ignoreDifferences(sync.differences())
                        .build())
                .build();
    }

    /**
     * One folder, and none below it: Argo CD's default, which it strips from what it reads, so that writing it would
     * differ for ever.
     */
    static ApplicationSpecSource folder(GitSource git, String stack) {
        return ApplicationSpecSource.builder()
                .repoUrl(git.repository().value())
                .targetRevision(git.revision())
                .path(git.folder(stack))
                .build();
    }

    /**
     * The name of an Application, its project, the namespace of objects that name none, and how a failed sync is tried
     * again.
     */
    record Head(Name name, Project project, Name namespace, Retry retry) {}
}
