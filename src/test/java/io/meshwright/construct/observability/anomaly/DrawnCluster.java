package io.meshwright.construct.observability.anomaly;

import io.meshwright.construct.observability.anomaly.Fault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Services of one seed: one for each kind of fault, which lasts one to five hours, and three without any. */
final class DrawnCluster {
    static final int HOURS = 11 * 24;
    /** Hours from the beginning before which no fault begins: all that is looked back at is over by then. */
    static final int FIRST = 8 * 24 + 2;

    private static final String CALM = "no-fault-";

    private final Random random;
    private final List<DrawnService> services = new ArrayList<>();

    private DrawnCluster(long seed) {
        random = new Random(seed);
        add("traffic-up", Kind.TRAFFIC, 2, 4);
        add("traffic-down", Kind.TRAFFIC, 0.1, 0.4);
        add("silence", Kind.TRAFFIC, 0, 0);
        add("traffic-drifts", Kind.TRAFFIC_DRIFT, 2, 4);
        add("few-errors", Kind.ERRORS, 0.025, 0.06);
        add("many-errors", Kind.ERRORS, 0.15, 0.5);
        add("slow", Kind.SLOW, 2.5, 6);
        add("gets-slower", Kind.SLOW_DRIFT, 3, 8);
        add("more-cpu", Kind.BUSY, 2, 4);
        add("more-lines", Kind.LINES, 4, 15);
        for (int i = 1; i <= 3; i++) {
            services.add(DrawnService.weekly(CALM.concat(String.valueOf(i)), size()));
        }
    }

    static List<DrawnService> of(long seed) {
        return List.copyOf(new DrawnCluster(seed).services);
    }

    static boolean isCalm(String service) {
        return service.startsWith(CALM);
    }

    private void add(String name, Kind kind, double least, double most) {
        double hours = 1 + 4 * random.nextDouble();
        // Not at night, when a fault of traffic is one of nobody.
        double from = FIRST + 24 * random.nextInt(2) + 6 + 9 * random.nextDouble();
        double size = least + (most - least) * random.nextDouble();
        services.add(DrawnService.weekly(name, size(), new Fault(kind, from, hours, size)));
    }

    private double size() {
        return Math.exp(Math.log(2) + random.nextDouble() * Math.log(25));
    }
}
