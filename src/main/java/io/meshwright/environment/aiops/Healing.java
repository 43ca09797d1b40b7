package io.meshwright.environment.aiops;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.healing.HealingAction;
import io.meshwright.value.healing.HealingAlert;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reversible actions that processes take by themselves when an alert asks for them, one process for each. */
@Doc("Reversible actions that are taken by themselves when an alert asks for them; they begin with trials.")
@Sample("{image: \"" + Healing.IMAGE + "\", evictPod: {services: [web], alerts: [ContainerNearMemoryLimit]}}")
public record Healing(
        @Required @Doc("Image of meshwright with the digest that was looked at.") @Sample(Healing.IMAGE)
        ImageReference image,

        @Defaulted @Doc("Actions of all kinds within an hour at most, from 1 to 20; default 4.")
        Integer hourly,

        @Defaulted
        @Doc("Token that Alertmanager shows, as secret/key, in the namespaces healing and of the tools; default"
                + " healing-token/token.")
        @Sample("heal/token")
        SecretRef token,

        @Defaulted @Doc("Of each process; default: 20m and 96Mi reserved, 256Mi at most.")
        Resources resources,

        @Nullable @Doc("Aborts a release that is under way; default: never.")
        AbortRollout abortRollout,

        @Nullable @Doc("Evicts the pod that an alert names; default: never.")
        EvictPod evictPod,

        @Nullable @Doc("Raises the minimum of an autoscaler while an alert lasts; default: never.")
        MoveMinimum moveMinimum) {
    static final String IMAGE = "ghcr.io/meshwright/meshwright:0.1.0"
            + "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final int MOST_HOURLY = 20;
    private static final int MOST_PODS = 1000;

    public Healing {
        Require.that(
                Require.present("image", image).digest().isPresent(),
                "image",
                "\"%s\" has no digest, and what acts by itself is what somebody looked at".formatted(image),
                "add @sha256:… as the registry tells it");
        hourly = hourly == null ? 4 : Require.inRange("hourly", hourly, 1, MOST_HOURLY);
        token = token == null ? SecretRef.of("healing-token/token") : token.keyed("token");
        resources = resources == null ? Resources.of("20m", "96Mi", "256Mi") : resources;
        Require.that(
                abortRollout != null || evictPod != null || moveMinimum != null,
                "",
                "has no action",
                "add abortRollout, evictPod or moveMinimum, or remove it");
    }

    /** The actions that are asked for, in the order of their keys. */
    public List<Asked> asked() {
        return Stream.of(abortRollout, evictPod, moveMinimum)
                .flatMap(Stream::ofNullable)
                .map(Asked.class::cast)
                .toList();
    }

    /** True if the minimum of a service's autoscaler is moved, so that Git only says how it begins. */
    public boolean movesMinimum(Name service) {
        return moveMinimum != null && moveMinimum.services().containsKey(service);
    }

    private static List<HealingAlert> given(HealingAction action, @Nullable List<HealingAlert> alerts) {
        if (alerts == null) {
            return List.of();
        }
        Require.notEmpty("alerts", alerts);
        for (int i = 0; i < alerts.size(); i++) {
            HealingAlert alert = alerts.get(i);
            Require.that(
                    alert.about() == action.about(),
                    "alerts[%d]".formatted(i),
                    "\"%s\" is about %s, and %s asks for %s"
                            .formatted(
                                    alert,
                                    alert.about().words(),
                                    action.word(),
                                    action.about().words()),
                    "use one of %s"
                            .formatted(Stream.of(HealingAlert.values())
                                    .filter(other -> other.about() == action.about())
                                    .map(HealingAlert::alertName)
                                    .collect(Collectors.joining(", "))));
        }
        return List.copyOf(alerts);
    }

    private static List<Name> once(List<Name> services) {
        for (int i = 0; i < services.size(); i++) {
            Require.that(
                    services.indexOf(services.get(i)) == i,
                    "services[%d]".formatted(i),
                    "\"%s\" is named twice".formatted(services.get(i)),
                    "remove it");
        }
        return List.copyOf(services);
    }

    /** One action as a file asks for it. */
    public interface Asked {
        /** The kind of action. */
        HealingAction action();

        /** The services on which it may be taken, in the order of the file. */
        List<Name> named();

        /** Returns the alerts that the file gives; none: those of its kind. */
        List<HealingAlert> alerts();

        Boolean dryRun();

        /** The alerts that start it. */
        default List<HealingAlert> startedBy() {
            return alerts().isEmpty() ? action().usualAlerts() : alerts();
        }
    }

    /** The release that is under way loses its weight. */
    @Doc("Aborts a release of Argo Rollouts that is under way, so that the stable version gets all requests again.")
    public record AbortRollout(
            @Required @Doc("Services that Argo Rollouts releases.") @Sample("[web]")
            List<Name> services,

            @Defaulted
            @Doc("Alerts of a service that start it; default ServiceErrorBudgetBurnsFast and"
                    + " ServiceLatencyBudgetBurnsFast.")
            @Sample("[CanaryWorseThanStable]")
            List<HealingAlert> alerts,

            @Defaulted
            @Doc("true: the API server is asked whether it would, people are told, and nothing changes; default true.")
            Boolean dryRun)
            implements Asked {
        public AbortRollout {
            services = once(Require.notEmpty("services", services));
            alerts = given(HealingAction.ABORT_ROLLOUT, alerts);
            dryRun = dryRun == null || dryRun;
        }

        @Override
        public HealingAction action() {
            return HealingAction.ABORT_ROLLOUT;
        }

        @Override
        public List<Name> named() {
            return services;
        }
    }

    /** One pod is made anew. */
    @Doc("Evicts the pod that an alert names, by the eviction API and never the last one that is ready.")
    @Sample("{services: [web], alerts: [ContainerNearMemoryLimit]}")
    public record EvictPod(
            @Required @Doc("Services of several pods.") @Sample("[web]")
            List<Name> services,

            @Defaulted
            @Doc("Alerts of a pod that start it; default MemoryReachesLimit, which needs aiOps.forecasts.")
            @Sample("[ContainerNearMemoryLimit]")
            List<HealingAlert> alerts,

            @Defaulted
            @Doc("true: the API server is asked whether it would, people are told, and nothing changes; default true.")
            Boolean dryRun,

            @Defaulted @Doc("Other pods of the workload that must be ready, from 1 to 100; default 1.")
            Integer least)
            implements Asked {
        public EvictPod {
            services = once(Require.notEmpty("services", services));
            alerts = given(HealingAction.EVICT_POD, alerts);
            dryRun = dryRun == null || dryRun;
            least = least == null ? 1 : Require.inRange("least", least, 1, 100);
        }

        @Override
        public HealingAction action() {
            return HealingAction.EVICT_POD;
        }

        @Override
        public List<Name> named() {
            return services;
        }
    }

    /** An autoscaler's minimum goes up while an alert lasts, and back. */
    @Doc("Raises an autoscaler's minimum by one pod at a time while an alert lasts, and takes it back afterwards.")
    @Sample("{services: {web: 4}}")
    public record MoveMinimum(
            @Required @Doc("Up to how many pods the minimum of a service goes, by its name.") @Sample("{web: 4}")
            Map<Name, Integer> services,

            @Defaulted
            @Doc("Alerts of a service that start it; default ServiceLatencyBudgetBurnsFast and"
                    + " ServiceLatencyBudgetBurnsSlowly.")
            @Sample("[ServiceSaturationUnusual]")
            List<HealingAlert> alerts,

            @Defaulted
            @Doc("true: the API server is asked whether it would, people are told, and nothing changes; default true.")
            Boolean dryRun)
            implements Asked {
        public MoveMinimum {
            services = new LinkedHashMap<>(Require.notEmpty("services", services));
            services.forEach((name, most) ->
                    Require.inRange("services.%s".formatted(name), Require.present("services", most), 2, MOST_PODS));
            alerts = given(HealingAction.MOVE_MINIMUM, alerts);
            dryRun = dryRun == null || dryRun;
        }

        @Override
        public HealingAction action() {
            return HealingAction.MOVE_MINIMUM;
        }

        @Override
        public List<Name> named() {
            return List.copyOf(services.keySet());
        }
    }
}
