package io.meshwright.construct.delivery;

import imports.io.argoproj.ApplicationSetSpecTemplate;
import imports.io.argoproj.ApplicationSetSpecTemplateMetadata;
import imports.io.argoproj.ApplicationSetSpecTemplateSpec;
import imports.io.argoproj.ApplicationSetSpecTemplateSpecDestination;
import imports.io.argoproj.ApplicationSetSpecTemplateSpecSource;
import imports.io.argoproj.ApplicationSetSpecTemplateSpecSyncPolicy;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.delivery.GitRepository;
import java.util.TreeMap;

/**
 * The Application that a fleet makes for each member: what the root Application is on a cluster that manages itself.
 */
final class FleetTemplate {
    private FleetTemplate() {}

    static ApplicationSetSpecTemplate of(Project project, GitRepository repository, String revision) {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(MeshwrightNames.STAGE, "{{.stage}}");
        return ApplicationSetSpecTemplate.builder()
                .metadata(ApplicationSetSpecTemplateMetadata.builder()
                        .name("{{.name}}")
                        .labels(labels)
                        .build())
                .spec(ApplicationSetSpecTemplateSpec.builder()
                        .project(project.name().value())
                        .source(ApplicationSetSpecTemplateSpecSource.builder()
                                .repoUrl(repository.value())
                                .targetRevision(revision)
                                .path("{{.path}}/%s".formatted(RootApplication.FOLDER))
                                .build())
                        .destination(ApplicationSetSpecTemplateSpecDestination.builder()
                                .name("{{.cluster}}")
                                .namespace(project.namespace().value())
                                .build())
                        // No automated sync: a rolling sync switches it off and triggers each Application itself
                        // [argo-cd, applicationset/Progressive-Syncs.md].
                        .syncPolicy(ApplicationSetSpecTemplateSpecSyncPolicy.builder()
                                .syncOptions(RootApplication.SYNC.allOptions())
                                .build())
                        .build())
                .build();
    }
}
