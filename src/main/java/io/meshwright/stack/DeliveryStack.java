package io.meshwright.stack;

import io.meshwright.construct.delivery.Fleet;
import io.meshwright.construct.delivery.FleetMember;
import io.meshwright.construct.delivery.FleetStage;
import io.meshwright.construct.delivery.GatewayApiDefinitions;
import io.meshwright.construct.delivery.GitSource;
import io.meshwright.construct.delivery.HelmRelease;
import io.meshwright.construct.delivery.Project;
import io.meshwright.construct.delivery.RootApplication;
import io.meshwright.construct.delivery.StackApplication;
import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.environment.Environment;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.stack.delivery.InstalledChart;
import io.meshwright.stack.delivery.StackFolder;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cdk8s.Chart;
import software.constructs.Construct;

/**
 * Argo CD's own objects: the project, the Application of all Applications, and one Application for each chart and
 * stack.
 */
final class DeliveryStack extends Chart {
    /** The folder that the root Application reads. */
    static final String ID = "argocd";

    static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    static final GroupKind PROJECT = new GroupKind("argoproj.io", "AppProject");

    private final Environment environment;
    private final Project project;
    private final GitSource git;

    /**
     * Delivers what stands.
     *
     * @param stacks the charts built before this one, with what each Application must know of them
     * @param added objects in them that extensions made
     */
    DeliveryStack(
            Construct scope,
            Environment environment,
            List<StackFolder> stacks,
            InstalledCharts installed,
            List<AddedObject> added) {
        super(scope, ID);
        this.environment = environment;
        this.git = new GitSource(
                environment.delivery().repository(),
                environment.delivery().revision(),
                environment.delivery().pathOf(environment.metadata()));
        this.project = project(stacks, installed, added);
        RootApplication.Builder.create(this, "root")
                .name(environment.metadata().name())
                .project(project)
                .git(git)
                .build();
        installed.all().forEach(this::release);
        if (environment.installsGatewayApi()) {
            GatewayApiDefinitions.Builder.create(this, GatewayApiDefinitions.NAME.value())
                    .project(project)
                    .build();
        }
        stacks.forEach(this::stack);
        if (environment.delivery().fleet() != null) {
            fleet(environment.delivery().fleet());
        }
    }

    /** Adds what a hub has besides: a project that admits the root Applications of other clusters and nothing else. */
    private void fleet(io.meshwright.environment.Fleet fleet) {
        Name name = Name.of("%s-fleet".formatted(environment.metadata().name()));
        List<FleetMember> members =
                fleet.clusters().entrySet().stream().map(this::member).toList();
        Project admitted = Project.Builder.create(this, "fleet-project")
                .name(name)
                .namespace(Name.of(ID))
                .description("root Applications of the clusters that %s delivers to"
                        .formatted(environment.metadata().name()))
                .repositories(List.of(git.repository().toString()))
                .clusters(members.stream().map(FleetMember::cluster).toList())
                .namespacedKinds(List.of(APPLICATION, PROJECT))
                .build();
        Fleet.Builder rollout = Fleet.Builder.create(this, "fleet")
                .name(name)
                .project(admitted)
                .repository(git.repository())
                .revision(git.revision());
        fleet.stages().forEach(stage -> rollout.stage(new FleetStage(stage.name(), stage.percentAtOnce())));
        members.forEach(rollout::member);
        rollout.build();
    }

    /** Named after the hub too: its Applications share a namespace with the hub's own. */
    private FleetMember member(Map.Entry<Name, io.meshwright.environment.Fleet.Member> entry) {
        io.meshwright.environment.Fleet.Member member = entry.getValue();
        return new FleetMember(
                Name.of("%s-%s".formatted(environment.metadata().name(), entry.getKey())),
                member.cluster() == null ? entry.getKey().toString() : member.cluster(),
                member.path() == null ? environment.delivery().pathOf(environment.metadata()) : member.path(),
                member.stage());
    }

    private Project project(List<StackFolder> stacks, InstalledCharts installed, List<AddedObject> added) {
        AdmittedKinds kinds = AdmittedKinds.of(environment, stacks, added);
        List<String> repositories = new ArrayList<>(installed.repositories());
        repositories.add(environment.delivery().repository().toString());
        if (environment.installsGatewayApi()) {
            repositories.add(GatewayApiDefinitions.SOURCE.repository().toString());
        }
        return Project.Builder.create(this, "project")
                .name(environment.metadata().name())
                .namespace(Name.of(ID))
                .argoCd(environment.compatible().chart(ChartAddOn.ARGO_CD).version())
                .description(environment.metadata().description())
                .repositories(repositories)
                .namespaces(new ClusterNamespaces(environment).destinations())
                .clusterKinds(kinds.cluster())
                .namespacedKinds(kinds.namespaced())
                .nodes(environment.cluster().nodes())
                .build();
    }

    private void release(InstalledChart chart) {
        HelmRelease.Builder.create(this, chart.name().toString())
                .name(chart.name())
                .project(project)
                .namespace(chart.namespace())
                .chart(chart.chart())
                .values(chart.values())
                .wave(chart.wave())
                .ignoreDifferences(chart.drift())
                .notes(chart.notes())
                .build();
    }

    private void stack(StackFolder stack) {
        List<IgnoredDifference> ignored = stack.drift();
        StackApplication.Builder.create(this, stack.name())
                .stack(Name.of(stack.name()))
                .project(project)
                .git(git)
                .wave(stack.wave())
                .ignoreDifferences(ignored)
                .build();
    }
}
