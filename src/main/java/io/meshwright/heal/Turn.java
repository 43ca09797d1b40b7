package io.meshwright.heal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.value.MeshwrightNames;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One action of all processes at a time, and so many within an hour. A Lease holds both: who has the turn, and when
 * actions were taken. It is written with the version that was read, so that of two who want it one gets it. Trials are
 * counted by themselves: they are held back as actions are, and take none of the hour's actions away.
 */
final class Turn {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration COUNTED = Duration.ofHours(1);
    private static final int ABSENT = 404;
    private static final int CONFLICT = 409;

    private final HealingPlan plan;
    private final String holder;
    private final Api api;
    private final Clock clock;

    Turn(HealingPlan plan, String holder, Api api, Clock clock) {
        this.plan = plan;
        this.holder = holder;
        this.api = api;
        this.clock = clock;
    }

    /**
     * Takes the turn, and counts it.
     *
     * @throws Held when another has it, or the hour is used up
     */
    void take() throws Held {
        ObjectNode lease = read();
        Instant now = clock.instant();
        String other = lease.at("/spec/holderIdentity").asText("");
        Instant since = instant(lease.at("/spec/renewTime").asText(""));
        if (!other.isEmpty() && since.plus(LONGEST).isAfter(now)) {
            throw new Held("another action is being taken, by %s".formatted(other));
        }
        List<Instant> taken = taken(lease, now);
        if (taken.size() >= plan.hourly()) {
            throw new Held("%d %s within an hour, which is the limit"
                    .formatted(taken.size(), plan.dryRun() ? "trials were made" : "actions were taken"));
        }
        taken.add(now);
        write(lease, holder, now, taken);
    }

    /** Lets the next one have it. A Lease that cannot be written runs out by itself. */
    void release() throws Held {
        ObjectNode lease = read();
        if (lease.at("/spec/holderIdentity").asText("").equals(holder)) {
            write(lease, "", clock.instant(), taken(lease, clock.instant()));
        }
    }

    private ObjectNode read() throws Held {
        Api.Answer answer = api.get(path());
        if (answer.isOk() && answer.body() instanceof ObjectNode lease) {
            return lease;
        }
        if (answer.status() == ABSENT) {
            // Argo CD never applies a Lease [argo-cd, Resource Exclusion], so that the first who wants it makes it.
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            none.putObject("metadata").put("name", HealingPlan.NAME).put("namespace", plan.namespace());
            return none;
        }
        throw new Held("Lease %s cannot be read: %s".formatted(HealingPlan.NAME, answer.said()));
    }

    /** Actions of the last hour, or its trials; a moment that cannot be read counts as now. */
    private List<Instant> taken(ObjectNode lease, Instant now) {
        List<Instant> taken = new ArrayList<>();
        String written =
                lease.path("metadata").path("annotations").path(counted()).asText("");
        for (String moment : written.isEmpty() ? new String[0] : written.split(",")) {
            Instant at = instant(moment);
            if (at.equals(Instant.EPOCH)) {
                taken.add(now);
            } else if (at.plus(COUNTED).isAfter(now)) {
                taken.add(at);
            }
        }
        return taken;
    }

    private void write(ObjectNode lease, String who, Instant now, List<Instant> taken) throws Held {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        ObjectNode metadata = body.putObject("metadata");
        metadata.setAll((ObjectNode) lease.path("metadata").deepCopy());
        metadata.remove("managedFields");
        metadata.withObjectProperty("annotations")
                .put(counted(), taken.stream().map(Instant::toString).collect(Collectors.joining(",")));
        body.putObject("spec")
                .put("holderIdentity", who)
                .put("leaseDurationSeconds", LONGEST.toSeconds())
                .put("renewTime", micros(now));
        Api.Answer answer = lease.path("metadata").has("resourceVersion")
                ? api.send("PUT", path(), Api.JSON, body)
                : api.send("POST", folder(), Api.JSON, body);
        if (!answer.isOk()) {
            throw new Held(
                    answer.status() == CONFLICT
                            ? "another action is being taken"
                            : "Lease %s cannot be written: %s".formatted(HealingPlan.NAME, answer.said()));
        }
    }

    private String counted() {
        return plan.dryRun() ? MeshwrightNames.TRIALS : MeshwrightNames.ACTIONS;
    }

    private String path() {
        return "%s/%s".formatted(folder(), HealingPlan.NAME);
    }

    private String folder() {
        return "/apis/coordination.k8s.io/v1/namespaces/%s/leases".formatted(plan.namespace());
    }

    /** The API server asks for six digits behind the point (MicroTime). */
    private static String micros(Instant now) {
        String text = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return text.substring(0, text.length() - 1).concat(".000000Z");
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException none) {
            return Instant.EPOCH;
        }
    }
}
