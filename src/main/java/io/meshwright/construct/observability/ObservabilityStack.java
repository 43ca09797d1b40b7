package io.meshwright.construct.observability;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Credentials;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Sizes;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.platform.release.Releases;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Optional;
import org.cdk8s.Chart;
import software.constructs.Construct;

/**
 * All of monitoring for one cluster: metrics, logs, traces, the map of the mesh, dashboards, alerts and the backup of
 * what people changed. Namespaces, routes and Secrets are made elsewhere: {@link Settings#domain} says which routes.
 */
public final class ObservabilityStack extends Chart {
    private final Props props;

    /** The stack of these properties; the {@link Builder} collects them. */
    public ObservabilityStack(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        Plan plan = new Plan(props);
        if (plan.runs(Component.PROMETHEUS)) {
            new MetricsTools(this, plan).run();
        }
        props.settings()
                .parts()
                .existingPrometheus()
                .ifPresent(existing -> new ForeignPrometheus(this, plan, existing));
        new LogTools(this, plan).run();
        if (plan.runs(Component.GRAFANA)) {
            new GrafanaServer(this, plan).run();
            new BackupJobs(this, plan);
        }
        props.settings().parts().existingGrafana().ifPresent(existing -> new ForeignGrafana(this, plan, existing));
        if (plan.runs(Component.KIALI)) {
            new KialiServer(this, plan).run();
        }
        if (props.networkPolicies()) {
            new Firewall(this, plan);
        }
    }

    /** The properties that the stack was built from. */
    public Props props() {
        return props;
    }

    /**
     * Properties of the stack.
     *
     * @param settings of the tools
     * @param releases which version of each program goes with the cluster
     * @param sizes of the programs; default: the small profile
     * @param credentials names of the Secrets that must exist
     * @param backupSchedule cron expression in UTC; default {@code 0 3 * * *}
     * @param entrance by which browsers come, needed when a tool is exposed; default: none
     * @param metricsReaders pods outside the stack that query Prometheus, such as KEDA's or Argo Rollouts'
     * @param revision of Istio by which the tools in the mesh get their sidecars; absent: the only one
     * @param networkPolicies whether NetworkPolicies deny what is not needed; default: they do
     * @param scraped pods outside the stack and the mesh that say in annotations where their metrics are
     * @param guarded namespaces outside the stack that deny what nobody declared
     */
    @Buildable
    public record Props(
            @Required Settings settings,
            @Required Releases releases,
            @Defaulted Sizes sizes,
            @Defaulted Credentials credentials,
            @Defaulted String backupSchedule,
            @Defaulted Entrance entrance,
            @Defaulted List<Party> metricsReaders,
            Optional<Name> revision,
            @Defaulted Boolean networkPolicies,
            @Defaulted List<Party> scraped,
            @Defaulted List<Name> guarded) {
        public Props {
            Require.present("settings", settings);
            Require.present("releases", releases);
            sizes = sizes == null ? Sizes.small() : sizes;
            credentials = credentials == null ? Credentials.defaults() : credentials;
            backupSchedule = backupSchedule == null ? "0 3 * * *" : backupSchedule;
            entrance = entrance == null ? Entrance.none() : entrance;
            metricsReaders = metricsReaders == null ? List.of() : List.copyOf(metricsReaders);
            networkPolicies = networkPolicies == null || networkPolicies;
            scraped = scraped == null ? List.of() : List.copyOf(scraped);
            guarded = guarded == null ? List.of() : List.copyOf(guarded);
            Require.that(
                    entrance.gateway().isPresent()
                            || settings.domain().exposed().isEmpty(),
                    "entrance",
                    "is missing, but tools are exposed",
                    "give the pods of the gateway");
            if (!(entrance instanceof Entrance.Guarded)) {
                settings.domain().exposed().forEach(address -> loginOf(address, settings.kialiLogin()));
            }
        }

        /** Outside the mesh no policy guards a tool, so that one without a login would be open to whoever finds it. */
        private static void loginOf(ToolAddress address, KialiLogin kiali) {
            boolean login = address.tool().hasLogin()
                    && !(address.tool() == Tool.KIALI && kiali instanceof KialiLogin.Anonymous);
            Require.that(
                    login,
                    address.tool().service(),
                    "is exposed at \"%s\" and asks nobody for a login".formatted(address.url()),
                    "restrict the gateway to listed addresses or tokens, or do not expose it");
        }
    }

    /** Collects what the stack is made of. */
    public static final class Builder extends ObservabilityStackSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public ObservabilityStack build() {
            return ConstructMaker.make(scope, id, () -> new ObservabilityStack(scope, id, props()));
        }
    }
}
