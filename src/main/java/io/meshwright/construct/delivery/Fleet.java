package io.meshwright.construct.delivery;

import imports.io.argoproj.ApplicationSet;
import imports.io.argoproj.ApplicationSetSpec;
import imports.io.argoproj.ApplicationSetSpecGenerators;
import imports.io.argoproj.ApplicationSetSpecGeneratorsList;
import imports.io.argoproj.ApplicationSetSpecStrategy;
import imports.io.argoproj.ApplicationSetSpecStrategyRollingSync;
import imports.io.argoproj.ApplicationSetSpecStrategyRollingSyncSteps;
import imports.io.argoproj.ApplicationSetSpecStrategyRollingSyncStepsMatchExpressions;
import imports.io.argoproj.ApplicationSetSpecStrategyRollingSyncStepsMaxUpdate;
import imports.io.argoproj.ApplicationSetSpecSyncPolicy;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.delivery.GitRepository;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/**
 * An ApplicationSet that gives every cluster of a fleet the root Application of its environment, one stage after the
 * other. Deleting it leaves the clusters as they are.
 */
public final class Fleet extends Construct {
    private final ApplicationSet applicationSet;

    private Fleet(Construct scope, String id, Props props) {
        super(scope, id);
        this.applicationSet = ApplicationSet.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().value())
                        .namespace(props.project().namespace().value())
                        .annotations(new TreeMap<>(Protection.annotations()))
                        .build())
                .spec(ApplicationSetSpec.builder()
                        .goTemplate(true)
                        // Else a parameter that is missing becomes the text "<no value>".
                        .goTemplateOptions(List.of("missingkey=error"))
                        .generators(List.of(members(props)))
                        .strategy(strategy(props))
                        .syncPolicy(ApplicationSetSpecSyncPolicy.builder()
                                .preserveResourcesOnDeletion(true)
                                .build())
                        .template(FleetTemplate.of(props.project(), props.repository(), props.revision()))
                        .build())
                .build();
    }

    /** The ApplicationSet, for what this construct cannot say. */
    public ApiObject resource() {
        return applicationSet;
    }

    private static ApplicationSetSpecGenerators members(Props props) {
        return ApplicationSetSpecGenerators.builder()
                .list(ApplicationSetSpecGeneratorsList.builder()
                        .elements(props.members().stream()
                                .map(FleetMember::parameters)
                                .toList())
                        .build())
                .build();
    }

    private static ApplicationSetSpecStrategy strategy(Props props) {
        return ApplicationSetSpecStrategy.builder()
                .type("RollingSync")
                .rollingSync(ApplicationSetSpecStrategyRollingSync.builder()
                        .steps(props.stages().stream().map(Fleet::step).toList())
                        .build())
                .build();
    }

    private static ApplicationSetSpecStrategyRollingSyncSteps step(FleetStage stage) {
        return ApplicationSetSpecStrategyRollingSyncSteps.builder()
                .matchExpressions(List.of(ApplicationSetSpecStrategyRollingSyncStepsMatchExpressions.builder()
                        .key(MeshwrightNames.STAGE)
                        .operator("In")
                        .values(List.of(stage.name().value()))
                        .build()))
                .maxUpdate(ApplicationSetSpecStrategyRollingSyncStepsMaxUpdate.fromString(
                        "%d%%".formatted(stage.percentAtOnce())))
                .build();
    }

    /**
     * All that a fleet needs.
     *
     * @param name of the ApplicationSet
     * @param project of the fleet's own Argo CD, which admits every cluster of it
     * @param repository of Git
     * @param revision branch, tag or commit
     * @param stages of a rollout, the first one first
     * @param members the clusters, each in one stage
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Project project,
            @Required GitRepository repository,
            @Required String revision,
            @Required List<FleetStage> stages,
            @Required List<FleetMember> members) {
        Props {
            Require.notBlank("revision", revision);
            unique(stages, members);
        }

        private static void unique(List<FleetStage> stages, List<FleetMember> members) {
            TreeSet<Name> known = new TreeSet<>();
            for (FleetStage stage : stages) {
                Require.that(
                        known.add(stage.name()),
                        "stages",
                        "\"%s\" stands twice".formatted(stage.name()),
                        "name each stage once");
            }
            TreeSet<Name> names = new TreeSet<>();
            for (FleetMember member : members) {
                Require.that(
                        names.add(member.name()),
                        "members",
                        "\"%s\" stands twice".formatted(member.name()),
                        "give each cluster a name of its own");
                Require.that(
                        known.contains(member.stage()),
                        "members",
                        "\"%s\" is in stage \"%s\", which is not declared".formatted(member.name(), member.stage()),
                        "declare the stage, or Argo CD would never sync this cluster");
            }
        }
    }

    /** Collects what a fleet needs. */
    public static final class Builder extends FleetSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** The next stage of a rollout. */
        public Builder stage(FleetStage stage) {
            return stages(List.of(stage));
        }

        /** One more cluster. */
        public Builder member(FleetMember member) {
            return members(List.of(member));
        }

        public Fleet build() {
            return ConstructMaker.make(scope, id, () -> new Fleet(scope, id, props()));
        }
    }
}
