package io.meshwright.construct.observability.anomaly;

import java.util.List;

/**
 * A service of a drawn mesh.
 *
 * @param requests per second at the busiest hour of a working day
 * @param waves whether it has days, nights and weekends; else it is the same at every hour
 */
record DrawnService(String name, double requests, boolean waves, List<Fault> faults) {
    DrawnService {
        faults = List.copyOf(faults);
    }

    static DrawnService steady(String name, double requests, Fault... faults) {
        return new DrawnService(name, requests, false, List.of(faults));
    }

    static DrawnService weekly(String name, double requests, Fault... faults) {
        return new DrawnService(name, requests, true, List.of(faults));
    }

    /** Requests per second at an hour since the beginning, which is a Monday's midnight. */
    double expected(double hour) {
        if (!waves) {
            return requests;
        }
        double ofDay = hour % 24;
        double day = 0.3 + 0.7 * Math.max(0, Math.sin(Math.PI * (ofDay - 6) / 16));
        boolean weekend = ((int) (hour / 24)) % 7 >= 5;
        return requests * day * (weekend ? 0.55 : 1);
    }
}
