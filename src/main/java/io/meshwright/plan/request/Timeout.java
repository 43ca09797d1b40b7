package io.meshwright.plan.request;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;

/** The length of a duration as Istio and the Gateway API write it, such as {@code 1m30s} or {@code 0.5s}. */
final class Timeout {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s)");
    private static final Map<String, Double> UNITS = Map.of("ms", 1.0, "s", 1e3, "m", 6e4, "h", 3.6e6);

    private Timeout() {}

    static double milliseconds(String written) {
        double sum = 0;
        Matcher part = PART.matcher(written);
        while (part.find()) {
            sum += Double.parseDouble(part.group(1)) * UNITS.getOrDefault(part.group(2), 0.0);
        }
        return sum;
    }
}
