package io.meshwright.mesh.terms;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Envoy's normalization of paths, on by default in Istio: dot segments go, slashes stay doubled, and an encoded slash
 * stays encoded.
 */
final class RequestPath {
    private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
    private static final String UNRESERVED = "-._~";

    private RequestPath() {}

    static String normalize(String path) {
        String decoded = decodeUnreserved(path.replace('\\', '/'));
        return decoded.startsWith("/") ? withoutDots(decoded) : decoded;
    }

    private static String decodeUnreserved(String path) {
        StringBuilder decoded = new StringBuilder();
        Matcher matcher = ENCODED.matcher(path);
        int done = 0;
        while (matcher.find()) {
            char character = (char) Integer.parseInt(matcher.group(1), 16);
            boolean plain =
                    character < 128 && Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0;
            decoded.append(path, done, matcher.start()).append(plain ? String.valueOf(character) : matcher.group());
            done = matcher.end();
        }
        return decoded.append(path.substring(done)).toString();
    }

    private static String withoutDots(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.substring(1).split("/", -1);
        for (int index = 0; index < parts.length; index++) {
            boolean last = index == parts.length - 1;
            if (parts[index].equals("..")) {
                segments.pollLast();
            } else if (!parts[index].equals(".")) {
                segments.addLast(parts[index]);
                continue;
            }
            if (last) {
                segments.addLast("");
            }
        }
        return "/".concat(String.join("/", segments));
    }
}
