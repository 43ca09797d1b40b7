package io.meshwright.value.traffic;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spring Boot's management endpoints, by the paths of requests for them: {@code actuator} as a whole segment, wherever
 * it stands and however it is written.
 *
 * <p>A proxy sees a path after its own normalization: dot segments are gone and encoded letters are plain, while
 * doubled slashes, encoded slashes, the case of letters and {@code ;parameters} are left to the application, which may
 * take them out (envoy, path normalization; Servlet 6, 3.5.2). A gateway in between may cut off what stands before it.
 */
public final class ManagementPath {
    private static final String SEGMENT = "(.*(/|%2f|%5c))?actuator([^a-z0-9_-].*)?";
    private static final String REFUSED = "/(?i:%s)".formatted(SEGMENT);
    private static final Pattern FORM = Pattern.compile(REFUSED);

    private ManagementPath() {}

    /** Every such path, as an expression for the whole path. */
    public static String regex() {
        return REFUSED;
    }

    /** True if a path is, or lies below, a management endpoint's. */
    public static boolean isOne(@Nullable String path) {
        return path != null && FORM.matches(path);
    }
}
