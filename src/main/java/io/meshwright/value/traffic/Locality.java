package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Weight;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps requests in the client's own zone and moves them to the next one when its pods fail. */
@Doc("Keeps requests in the client's zone while its pods are healthy.")
public record Locality(
        @Defaulted @Doc("Default true.") Boolean enabled,

        @Defaulted @Doc("Which region stands in for which; zones of one region stand in for each other by themselves.")
        List<Failover> failover,

        @Defaulted @Doc("Fixed shares instead; they do not follow the health of pods.")
        List<Distribute> distribute) {
    public Locality {
        enabled = enabled == null || enabled;
        failover = failover == null ? List.of() : List.copyOf(failover);
        distribute = distribute == null ? List.of() : List.copyOf(distribute);
        Require.that(
                failover.isEmpty() || distribute.isEmpty(),
                "failover",
                "is given beside distribute",
                "keep one of them");
    }

    /** True if it needs a circuit breaker, without which Istio never learns that pods of a zone fail. */
    public boolean needsHealth() {
        return enabled && distribute.isEmpty();
    }

    /** One region that stands in for another. */
    @Doc("One region that stands in for another.")
    public record Failover(
            @Required @Doc("Region.") @Sample("koreacentral")
            String from,

            @Required @Doc("Region.") @Sample("japaneast") String to) {
        public Failover {
            Require.notBlank("from", from);
            Require.that(
                    !Require.notBlank("to", to).equals(from),
                    "to",
                    "\"%s\" stands in for itself".formatted(to),
                    "name another region");
        }
    }

    /** Shares of the requests of one zone. */
    @Doc("Where the requests of one zone go.")
    public record Distribute(
            @Required
            @Doc("Client's locality: region, region/zone or region/zone/*.")
            @Sample("koreacentral/koreacentral-1/*")
            String from,

            @Required
            @Doc("Share by locality; they add up to 100.")
            @Sample("{\"koreacentral/koreacentral-1/*\": 80, \"koreacentral/koreacentral-2/*\": 20}")
            Map<String, Weight> to) {
        public Distribute {
            Require.notBlank("from", from);
            to = Collections.unmodifiableMap(new LinkedHashMap<>(Require.notEmpty("to", to)));
            int sum = to.values().stream().mapToInt(Weight::value).sum();
            Require.that(sum == 100, "to", "the shares add up to \"%d\"".formatted(sum), "make them add up to 100");
        }
    }
}
